"""Defects: each takes a genuine plan and plants exactly one thing, and names the checks that must see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np

from samples.content import Letter, Plan
from samples.makers import MAKERS
from samples.place import Outlet
from samples.planning import CAPTURES, official_seal, pick, place_other_than
from samples.vehicles import bad_check_digit, one_character_off

Planter = Callable[[Plan, np.random.Generator], Plan]
_CHARACTERS = "江州云岭金海川远龙泉源辽南宁福庆清阳湘北成星驰晨汽车工业新能限公司有未天大"
_TWINS = "红洲去玲全梅州运尤皇原迂商宇幅厌请阴相比戌呈弛辰气东土亚析熊跟么同冇末夫太"
LOOK_ALIKES = dict(zip(_CHARACTERS, _TWINS, strict=True))
"""Characters with ones that look like them in a seal."""
OUTLET_IN_CHINA = Outlet(
    "乌鲁木齐汽车维修有限公司", "中国新疆乌鲁木齐市北京南路188号", "王强", "+86 991 368 2200", "CN"
)


def _printed(plan: Plan, **changes: object) -> Plan:
    return replace(plan, letter=replace(plan.letter, **changes))  # type: ignore[arg-type]


def _recorded(plan: Plan, **changes: object) -> Plan:
    return replace(plan, records=replace(plan.records, **changes))  # type: ignore[arg-type]


def _first_recorded(plan: Plan, **changes: object) -> Plan:
    first, *others = plan.records.vehicles
    return _recorded(plan, vehicles=(replace(first, **changes), *others))  # type: ignore[arg-type]


def _sealed(plan: Plan, **changes: object) -> Plan:
    assert plan.seal is not None
    return replace(plan, seal=replace(plan.seal, **changes))  # type: ignore[arg-type]


def wrong_country(plan: Plan, rng: np.random.Generator) -> Plan:
    return _recorded(plan, export_country=place_other_than(rng, plan.letter.country).code)


def country_missing(plan: Plan, rng: np.random.Generator) -> Plan:
    return _printed(plan, country_text="", country_text_en="")


def country_is_region(plan: Plan, rng: np.random.Generator) -> Plan:
    zh, en = pick(rng, [("海外地区", "Overseas"), ("中亚地区", "Central Asia"), ("全球", "Worldwide")])
    return _printed(plan, country_text=zh, country_text_en=en)


def vin_one_char_off(plan: Plan, rng: np.random.Generator) -> Plan:
    return _first_recorded(plan, vin=one_character_off(plan.letter.vehicles[0].vin, rng))


def vin_bad_check_digit(plan: Plan, rng: np.random.Generator) -> Plan:
    first, *others = plan.letter.vehicles
    return _printed(plan, vehicles=(replace(first, vin=bad_check_digit(first.vin, rng)), *others))


def outlets_missing(plan: Plan, rng: np.random.Generator) -> Plan:
    return _printed(plan, outlets=())


def outlet_without_address(plan: Plan, rng: np.random.Generator) -> Plan:
    return _printed(plan, outlets=tuple(replace(outlet, address="") for outlet in plan.letter.outlets))


def outlets_in_china(plan: Plan, rng: np.random.Generator) -> Plan:
    return _printed(plan, outlets=(OUTLET_IN_CHINA,))


def outlets_elsewhere(plan: Plan, rng: np.random.Generator) -> Plan:
    return _printed(plan, outlets=place_other_than(rng, plan.letter.country).chinese)


def issuer_sales_company(plan: Plan, rng: np.random.Generator) -> Plan:
    return _printed(plan, issuer=plan.maker.sales_name, issuer_en=plan.maker.sales_name_en)


def issuer_dealer(plan: Plan, rng: np.random.Generator) -> Plan:
    return _printed(plan, issuer="江州顺达汽车贸易有限公司", issuer_en="Jiangzhou Shunda Auto Trading Co., Ltd.")


def manufacturer_differs(plan: Plan, rng: np.random.Generator) -> Plan:
    return _recorded(plan, manufacturer=pick(rng, [m.name for m in MAKERS if m.key != plan.maker.key]))


def model_differs(plan: Plan, rng: np.random.Generator) -> Plan:
    return _first_recorded(plan, model=plan.letter.vehicles[0].model + "9")


def registration_date_differs(plan: Plan, rng: np.random.Generator) -> Plan:
    true = plan.letter.vehicles[0].registration_date
    return _first_recorded(plan, registration_date=true + timedelta(days=int(rng.integers(1, 20))))


def issued_after_receipt(plan: Plan, rng: np.random.Generator) -> Plan:
    return _printed(plan, issued_on=plan.records.received_on + timedelta(days=int(rng.integers(2, 30))))


def letter_expired(plan: Plan, rng: np.random.Generator) -> Plan:
    until = plan.records.applied_on - timedelta(days=int(rng.integers(2, 20)))
    return _printed(plan, valid_until=until, issued_on=until - timedelta(days=60))


def seal_missing(plan: Plan, rng: np.random.Generator) -> Plan:
    return replace(plan, seal=None)


def seal_of_other_maker(plan: Plan, rng: np.random.Generator) -> Plan:
    other = pick(rng, [maker for maker in MAKERS if maker.key != plan.maker.key])
    assert plan.seal is not None
    seal = official_seal(other, plan.seal.seed, wear=plan.seal.wear, degrees=plan.seal.degrees, over_print=False)
    return replace(plan, seal=seal)


def seal_sales_company(plan: Plan, rng: np.random.Generator) -> Plan:
    return _sealed(plan, text=plan.maker.sales_name)


def seal_special_purpose(plan: Plan, rng: np.random.Generator) -> Plan:
    return _sealed(plan, bottom=pick(rng, ["合同专用章", "财务专用章", "业务专用章"]), code="")


def seal_one_lookalike_char(plan: Plan, rng: np.random.Generator) -> Plan:
    assert plan.seal is not None
    text = plan.seal.text
    places = [index for index, character in enumerate(text) if character in LOOK_ALIKES]
    at = places[int(rng.integers(len(places)))]
    return _sealed(plan, text=text[:at] + LOOK_ALIKES[text[at]] + text[at + 1 :])


def seal_recarved(plan: Plan, rng: np.random.Generator) -> Plan:
    assert plan.seal is not None
    faces = [face for face in ("song", "song2", "bold", "sans", "kai") if face != plan.seal.face]
    return _sealed(plan, face=pick(rng, faces), code="")


def seal_printed_black(plan: Plan, rng: np.random.Generator) -> Plan:
    return _sealed(plan, ink="black")


def seal_too_small(plan: Plan, rng: np.random.Generator) -> Plan:
    return _sealed(plan, diameter_mm=27.0, shape="round", code="")


def text_layer_lies_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    vin = plan.letter.vehicles[0].vin
    return replace(_layered(plan), layer_swaps=((vin, one_character_off(vin, rng)),))


def text_layer_lies_country(plan: Plan, rng: np.random.Generator) -> Plan:
    other = place_other_than(rng, plan.letter.country)
    letter: Letter = plan.letter
    swaps = ((letter.country_text, other.name), (letter.country_text_en, other.name_en))
    return replace(_layered(plan), layer_swaps=swaps)


def homoglyph_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    vin = plan.letter.vehicles[0].vin
    look = vin.translate(str.maketrans("ABCEHKMPTX", "АВСЕНКМРТХ"))
    return replace(_layered(plan), layer_swaps=((vin, look),)) if look != vin else text_layer_lies_vin(plan, rng)


def overlay_over_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    vin = plan.letter.vehicles[0].vin
    return replace(_layered(plan), overlay_swaps=((vin, one_character_off(vin, rng)),))


def _layered(plan: Plan) -> Plan:
    return replace(plan, capture=CAPTURES["pdf_scan_200_layer"])


DEFECTS: dict[str, tuple[Planter, tuple[str, ...]]] = {
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
    "seal_missing": (seal_missing, ("seal.present",)),
    "seal_of_other_maker": (seal_of_other_maker, ("seal.specimen", "seal.text")),
    "seal_sales_company": (seal_sales_company, ("seal.kind", "seal.specimen", "seal.text")),
    "seal_special_purpose": (seal_special_purpose, ("seal.kind",)),
    "seal_one_lookalike_char": (seal_one_lookalike_char, ("seal.specimen", "seal.text")),
    "seal_recarved": (seal_recarved, ("seal.specimen",)),
    "seal_printed_black": (seal_printed_black, ("seal.colour",)),
    "seal_too_small": (seal_too_small, ("seal.size", "seal.present")),
    "text_layer_lies_vin": (text_layer_lies_vin, ("document.text_layer",)),
    "text_layer_lies_country": (text_layer_lies_country, ("document.text_layer",)),
    "homoglyph_vin": (homoglyph_vin, ("vin.homoglyph", "document.text_layer")),
    "overlay_over_vin": (overlay_over_vin, ("document.overlay",)),
}
"""By name; pairs of letters that reuse something are made in generate.py."""
