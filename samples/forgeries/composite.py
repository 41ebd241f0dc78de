"""Letters with two things wrong that fit each other, and issuers that may not issue."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from samples.content import Plan
from samples.forgeries.letters import vin_one_char_off, wrong_country
from samples.forgeries.planting import Defects, printed
from samples.forgeries.seals import seal_recarved
from samples.planning import pick

UNITS = (
    ("进出口有限公司", "Import & Export Co., Ltd."),
    ("国际贸易有限公司", "International Trading Co., Ltd."),
    ("有限公司海外事业部", "Co., Ltd. Overseas Division"),
    ("专用车改装有限公司", "Vehicle Modification Co., Ltd."),
)
"""Units of a group that may not issue letters: Chinese and English ends of their names."""


def issuer_other_unit(plan: Plan, rng: np.random.Generator) -> Plan:
    """The group's trading company, overseas division or modifier issues the letter under the maker's seal."""
    end, end_en = pick(rng, UNITS)
    return printed(plan, issuer=plan.maker.group + end, issuer_en=f"{plan.maker.group_en} {end_en}")


def unit_with_its_own_seal(plan: Plan, rng: np.random.Generator) -> Plan:
    """The same, and the seal is that unit's own: letter and seal agree with each other."""
    other = issuer_other_unit(plan, rng)
    if other.seal is None:
        raise ValueError("a unit's seal takes the place of the maker's own")
    return replace(other, seal=replace(other.seal, text=other.letter.issuer, code=""))


def recarved_seal_and_other_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    """A re-carved seal under a letter for a vehicle that is not the one applied for."""
    return seal_recarved(vin_one_char_off(plan, rng), rng)


def other_country_and_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    """A letter that served another country and another vehicle."""
    return vin_one_char_off(wrong_country(plan, rng), rng)


def outlet_provider_missing(plan: Plan, rng: np.random.Generator) -> Plan:
    """Addresses and phones stand there, but nobody who provides the service."""
    return printed(plan, outlets=tuple(replace(outlet, name="") for outlet in plan.letter.outlets))


def country_by_hand(plan: Plan, rng: np.random.Generator) -> Plan:
    """The form was printed without a destination; somebody wrote one into it."""
    return replace(plan, by_hand=(plan.letter.country_text, plan.letter.country_text_en))


def vin_by_hand(plan: Plan, rng: np.random.Generator) -> Plan:
    """The number of the only vehicle is written into a printed form."""
    return replace(printed(plan, vehicles=plan.letter.vehicles[:1]), by_hand=(plan.letter.vehicles[0].vin,))


def outlets_struck(plan: Plan, rng: np.random.Generator) -> Plan:
    """Names and addresses of all outlets are struck through with a pen."""
    return replace(plan, struck=tuple(text for outlet in plan.letter.outlets for text in (outlet.name, outlet.address)))


def vehicle_struck(plan: Plan, rng: np.random.Generator) -> Plan:
    """One vehicle's number is struck through with a pen."""
    return replace(plan, struck=(plan.letter.vehicles[int(rng.integers(len(plan.letter.vehicles)))].vin,))


DEFECTS: Defects = {
    "issuer_other_unit": (issuer_other_unit, ("letter.issuer",)),
    "unit_with_its_own_seal": (unit_with_its_own_seal, ("letter.issuer",)),
    "recarved_seal_and_other_vin": (recarved_seal_and_other_vin, ("record.vin", "seal.specimen")),
    "other_country_and_vin": (other_country_and_vin, ("record.vin", "record.export_country")),
    "outlet_provider_missing": (outlet_provider_missing, ("letter.outlets",)),
    "country_by_hand": (country_by_hand, ("document.handwriting",)),
    "vin_by_hand": (vin_by_hand, ("document.handwriting",)),
    "outlets_struck": (outlets_struck, ("document.handwriting",)),
    "vehicle_struck": (vehicle_struck, ("document.handwriting",)),
}
