"""Defects of what a letter says, against the rule or against the vehicles' records."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from samples.content import Plan
from samples.forgeries.planting import Defects, first_recorded, printed, recorded
from samples.planning import pick, place_other_than
from samples.world.makers import MAKERS
from samples.world.place import Outlet
from samples.world.vehicles import bad_check_digit, one_character_off

OUTLET_IN_CHINA = Outlet(
    "乌鲁木齐汽车维修有限公司", "中国新疆乌鲁木齐市北京南路188号", "王强", "+86 991 368 2200", "CN"
)
COUNTING_LAYOUTS = ("annex", "clauses", "stated_count")
"""Layouts that say how many vehicles there are."""


def wrong_country(plan: Plan, rng: np.random.Generator) -> Plan:
    return recorded(plan, export_country=place_other_than(rng, plan.letter.country).code)


def country_missing(plan: Plan, rng: np.random.Generator) -> Plan:
    return printed(plan, country_text="", country_text_en="")


def country_is_region(plan: Plan, rng: np.random.Generator) -> Plan:
    zh, en = pick(rng, [("海外地区", "Overseas"), ("中亚地区", "Central Asia"), ("全球", "Worldwide")])
    return printed(plan, country_text=zh, country_text_en=en)


def vin_one_char_off(plan: Plan, rng: np.random.Generator) -> Plan:
    return first_recorded(plan, vin=one_character_off(plan.letter.vehicles[0].vin, rng))


def vin_bad_check_digit(plan: Plan, rng: np.random.Generator) -> Plan:
    first, *others = plan.letter.vehicles
    return printed(plan, vehicles=(replace(first, vin=bad_check_digit(first.vin, rng)), *others))


def outlets_missing(plan: Plan, rng: np.random.Generator) -> Plan:
    return printed(plan, outlets=())


def outlet_without_address(plan: Plan, rng: np.random.Generator) -> Plan:
    return printed(plan, outlets=tuple(replace(outlet, address="") for outlet in plan.letter.outlets))


def outlets_in_china(plan: Plan, rng: np.random.Generator) -> Plan:
    return printed(plan, outlets=(OUTLET_IN_CHINA,))


def outlets_elsewhere(plan: Plan, rng: np.random.Generator) -> Plan:
    return printed(plan, outlets=place_other_than(rng, plan.letter.country).chinese)


def issuer_sales_company(plan: Plan, rng: np.random.Generator) -> Plan:
    return printed(plan, issuer=plan.maker.sales_name, issuer_en=plan.maker.sales_name_en)


def issuer_dealer(plan: Plan, rng: np.random.Generator) -> Plan:
    return printed(plan, issuer="江州顺达汽车贸易有限公司", issuer_en="Jiangzhou Shunda Auto Trading Co., Ltd.")


def manufacturer_differs(plan: Plan, rng: np.random.Generator) -> Plan:
    return recorded(plan, manufacturer=pick(rng, [m.name for m in MAKERS if m.key != plan.maker.key]))


def model_differs(plan: Plan, rng: np.random.Generator) -> Plan:
    return first_recorded(plan, model=plan.letter.vehicles[0].model + "9")


def registration_date_differs(plan: Plan, rng: np.random.Generator) -> Plan:
    true = plan.letter.vehicles[0].registration_date
    return first_recorded(plan, registration_date=true + timedelta(days=int(rng.integers(1, 20))))


def issued_after_receipt(plan: Plan, rng: np.random.Generator) -> Plan:
    return printed(plan, issued_on=plan.records.received_on + timedelta(days=int(rng.integers(2, 30))))


def letter_expired(plan: Plan, rng: np.random.Generator) -> Plan:
    until = plan.records.applied_on - timedelta(days=int(rng.integers(2, 20)))
    return printed(plan, valid_until=until, issued_on=until - timedelta(days=60))


def brand_differs(plan: Plan, rng: np.random.Generator) -> Plan:
    """The certificate names another brand."""
    others = [m for m in MAKERS if m.brand != plan.maker.brand]
    other = pick(rng, others)
    return first_recorded(plan, brand=other.brand, brand_en=other.brand_en)


def transfer_date_differs(plan: Plan, rng: np.random.Generator) -> Plan:
    """The letter states another date of transfer than the certificate."""
    true = plan.letter.vehicles[0].transfer_date
    other = first_recorded(plan, transfer_date=true - timedelta(days=int(rng.integers(1, 9))))
    return replace(other, layout="long_table")


def applicant_differs(plan: Plan, rng: np.random.Generator) -> Plan:
    """Another company applies than the one the letter is for."""
    return recorded(plan, applicant="宁波海曙远洋二手车出口有限公司")


def duplicate_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    """One vehicle stands in the list twice, where another should."""
    return printed(plan, vehicles=(*plan.letter.vehicles, plan.letter.vehicles[0]))


def count_mismatch(plan: Plan, rng: np.random.Generator) -> Plan:
    """The sentence counts other vehicles than the list has."""
    stated = len(plan.letter.vehicles) + int(rng.integers(1, 4))
    return replace(printed(plan, stated_count=stated), layout=pick(rng, COUNTING_LAYOUTS))


def page_gap(plan: Plan, rng: np.random.Generator) -> Plan:
    """The footer counts a page that is not there."""
    dress = replace(plan.dress, footer=pick(rng, ("第{page}页 共{pages}页", "Page {page} of {pages}")), pages=9)
    return replace(plan, dress=dress)


def outlet_phone_elsewhere(plan: Plan, rng: np.random.Generator) -> Plan:
    """Every outlet is said to stand in the destination, but its address and phone are another country's."""
    others = place_other_than(rng, plan.letter.country).local
    return printed(plan, outlets=tuple(replace(o, name=plan.letter.outlets[0].name) for o in others))


def issued_in_future(plan: Plan, rng: np.random.Generator) -> Plan:
    """The date lies years ahead."""
    return printed(plan, issued_on=plan.letter.issued_on.replace(year=2027, day=1))


DEFECTS: Defects = {
    "wrong_country": (wrong_country, ("record.export_country",)),
    "country_missing": (country_missing, ("letter.export_country",)),
    "country_is_region": (country_is_region, ("letter.export_country",)),
    "vin_one_char_off": (vin_one_char_off, ("record.vin",)),
    "vin_bad_check_digit": (vin_bad_check_digit, ("vin.check_digit",)),
    "outlets_missing": (outlets_missing, ("letter.outlets",)),
    "outlet_without_address": (outlet_without_address, ("letter.outlets",)),
    "outlets_in_china": (outlets_in_china, ("letter.outlets_country",)),
    "outlets_elsewhere": (outlets_elsewhere, ("letter.outlets_country",)),
    "issuer_sales_company": (issuer_sales_company, ("letter.issuer",)),
    "issuer_dealer": (issuer_dealer, ("letter.issuer",)),
    "manufacturer_differs": (manufacturer_differs, ("record.manufacturer",)),
    "model_differs": (model_differs, ("record.model",)),
    "registration_date_differs": (registration_date_differs, ("record.registration_date",)),
    "issued_after_receipt": (issued_after_receipt, ("letter.issued_on",)),
    "letter_expired": (letter_expired, ("letter.validity",)),
    "brand_differs": (brand_differs, ("record.brand",)),
    "transfer_date_differs": (transfer_date_differs, ("record.transfer_date",)),
    "applicant_differs": (applicant_differs, ("record.applicant",)),
    "duplicate_vin": (duplicate_vin, ("letter.duplicate_vin",)),
    "count_mismatch": (count_mismatch, ("letter.vehicle_count",)),
    "page_gap": (page_gap, ("document.pages",)),
    "outlet_phone_elsewhere": (outlet_phone_elsewhere, ("letter.outlets_country",)),
    "issued_in_future": (issued_in_future, ("letter.issued_on",)),
}
