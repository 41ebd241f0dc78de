"""Defects that a hurried reader overlooks: one character, one year, one digit, the right words for another country."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from samples.content import Plan
from samples.forgeries.planting import Defects, first_recorded, printed, recorded
from samples.forgeries.seals import LOOK_ALIKES
from samples.planning import pick, place_other_than
from samples.world.vehicles import new_vin, with_check_digit

SISTERS = ("汽车零部件有限公司", "汽车金融有限公司", "汽车发动机有限公司", "汽车研究院有限公司")
"""What other companies of the same group are called."""
LATIN_LOOK_ALIKES = {"l": "i", "i": "l", "n": "m", "u": "v", "a": "o", "e": "c"}
NOT_FROM = 2
"""Characters at a name's head that stay: a forger changes what the eye runs over."""


def seal_of_sister_company(plan: Plan, rng: np.random.Generator) -> Plan:
    """The seal is that of another company of the same group."""
    if plan.seal is None:
        raise ValueError("a sister's seal takes the place of the maker's own")
    return replace(plan, seal=replace(plan.seal, text=plan.maker.group + pick(rng, SISTERS), code=""))


def issuer_one_lookalike_char(plan: Plan, rng: np.random.Generator) -> Plan:
    """One character of the issuer's printed name is another that looks like it; the seal is the maker's own."""
    zh = _one_changed(plan.letter.issuer, LOOK_ALIKES, rng)
    return printed(plan, issuer=zh, issuer_en=_one_changed(plan.letter.issuer_en, LATIN_LOOK_ALIKES, rng))


def _one_changed(name: str, twins: dict[str, str], rng: np.random.Generator) -> str:
    places = [at for at, character in enumerate(name) if character in twins and at >= NOT_FROM]
    at = places[int(rng.integers(len(places)))]
    return name[:at] + twins[name[at]] + name[at + 1 :]


def registration_a_year_off(plan: Plan, rng: np.random.Generator) -> Plan:
    """The letter states the day of first registration a year later than the certificate."""
    true = plan.letter.vehicles[0].registration_date - timedelta(days=365)
    return first_recorded(plan, registration_date=true)


def outlet_addresses_elsewhere(plan: Plan, rng: np.random.Generator) -> Plan:
    """Names and phones are the destination's, the addresses a third country's."""
    others = place_other_than(rng, plan.letter.country).local
    outlets = tuple(replace(o, address=others[n % len(others)].address) for n, o in enumerate(plan.letter.outlets))
    return printed(plan, outlets=outlets)


def vin_fresh_same_wmi(plan: Plan, rng: np.random.Generator) -> Plan:
    """The only vehicle is another one of the maker, its number valid, of which nobody has a record."""
    first = plan.letter.vehicles[0]
    other = replace(first, vin=new_vin(plan.maker, first.registration_date.year, 987_000 + plan.index, rng))
    return recorded(printed(plan, vehicles=(other,)), vehicles=(first,))


def vin_transposed(plan: Plan, rng: np.random.Generator) -> Plan:
    """Two neighbouring digits of the only vehicle's serial number change places, position 9 follows."""
    first = plan.letter.vehicles[0]
    vin = first.vin
    places = [at for at in range(11, 16) if vin[at] != vin[at + 1]]
    at = pick(rng, places)
    turned = vin[:at] + vin[at + 1] + vin[at] + vin[at + 2 :]
    other = replace(first, vin=with_check_digit(turned))
    return recorded(printed(plan, vehicles=(first,)), vehicles=(other,))


def country_swapped_outlets_left(plan: Plan, rng: np.random.Generator) -> Plan:
    """The destination was changed to the one applied for; the outlets are still those of the former one."""
    other = place_other_than(rng, plan.letter.country)
    changed = printed(plan, country=other.code, country_text=other.name, country_text_en=other.name_en)
    return recorded(changed, export_country=other.code)


DEFECTS: Defects = {
    "seal_of_sister_company": (seal_of_sister_company, ("seal.specimen", "seal.text")),
    "issuer_one_lookalike_char": (issuer_one_lookalike_char, ("letter.issuer", "record.manufacturer", "seal.text")),
    "registration_a_year_off": (registration_a_year_off, ("record.registration_date",)),
    "outlet_addresses_elsewhere": (outlet_addresses_elsewhere, ("letter.outlets_country",)),
    "vin_fresh_same_wmi": (vin_fresh_same_wmi, ("record.found",)),
    "vin_transposed": (vin_transposed, ("record.vin", "record.found")),
    "country_swapped_outlets_left": (country_swapped_outlets_left, ("letter.outlets_country",)),
}
