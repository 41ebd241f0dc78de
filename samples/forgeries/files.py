"""Defects of the file: layers, annotations and hidden text that say other than the page shows, pixels pasted over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from samples.content import Plan
from samples.forgeries.planting import Defects, recorded
from samples.planning import CAPTURES, place_other_than
from samples.world.vehicles import one_character_off

SEEN = ("typed", "elsewhere", "typed_characters")
WIPED = ("wiped", "matched", "wiped_characters")
CLONED = ("cloned", "cloned", "cloned_resampled")
TWINS = ("twin", "twin_characters")
"""Ways of painting over a scan (`captures.patching.WAYS`): those that leave traces in pixels, those that leave some,
copies within the page, and what cannot be told at all; docs/tampering.md has the shares. Ways of saving the file anew
are tried by tests.proofs.prove_13."""


def text_layer_lies_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    vin = plan.letter.vehicles[0].vin
    return replace(_layered(plan), layer_swaps=((vin, one_character_off(vin, rng)),))


def text_layer_lies_country(plan: Plan, rng: np.random.Generator) -> Plan:
    other = place_other_than(rng, plan.letter.country)
    swaps = ((plan.letter.country_text, other.name), (plan.letter.country_text_en, other.name_en))
    return replace(_layered(plan), layer_swaps=swaps)


def homoglyph_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    vin = plan.letter.vehicles[0].vin
    look = vin.translate(str.maketrans("ABCEHKMPTX", "АВСЕНКМРТХ"))
    return replace(_layered(plan), layer_swaps=((vin, look),)) if look != vin else text_layer_lies_vin(plan, rng)


def overlay_over_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    vin = plan.letter.vehicles[0].vin
    return replace(_layered(plan), overlay_swaps=((vin, one_character_off(vin, rng)),))


def _layered(plan: Plan) -> Plan:
    return replace(plan, capture=CAPTURES["pdf_scan_200_layer"], capture_name="pdf_scan_200_layer")


def _lying(plan: Plan, kind: str, rng: np.random.Generator) -> Plan:
    vin = plan.letter.vehicles[0].vin
    return replace(_layered(plan), file_lie=kind, lie_pairs=((vin, one_character_off(vin, rng)),))


def white_text_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    """Another number stands on the page in white."""
    return _lying(plan, "white_text", rng)


def off_page_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    """Another number stands beside the page."""
    return _lying(plan, "off_page", rng)


def hidden_content_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    """Another number stands in optional content that is switched off."""
    return _lying(plan, "optional_content", rng)


def form_field_over_vin(plan: Plan, rng: np.random.Generator) -> Plan:
    """A form field with another number covers the printed one."""
    return _lying(plan, "form_field", rng)


def to_unicode_lies(plan: Plan, rng: np.random.Generator) -> Plan:
    """A born-digital page whose font tells other characters than it draws."""
    capture = replace(CAPTURES["born_digital"], producer="reportlab")
    return replace(plan, capture=capture, capture_name="born_digital", type_name="song", file_lie="to_unicode")


def cover_patch_country(plan: Plan, rng: np.random.Generator) -> Plan:
    """The page's content covers the scanned country with another, the one applied for."""
    other = place_other_than(rng, plan.letter.country)
    pairs = ((plan.letter.country_text, other.name), (plan.letter.country_text_en, other.name_en))
    forged = recorded(plan, export_country=other.code)
    return replace(_layered(forged), file_lie="cover", lie_pairs=pairs)


def vin_patched_in_scan(plan: Plan, rng: np.random.Generator) -> Plan:
    """The scan's pixels are painted over with the number of another car, the one applied for."""
    first, *others = plan.letter.vehicles
    vin = one_character_off(first.vin, rng)
    forged = recorded(plan, vehicles=(replace(first, vin=vin), *others))
    return replace(_flat(forged), patches=((first.vin, vin),), patch_kind=str(rng.choice(SEEN)))


def country_patched_in_scan(plan: Plan, rng: np.random.Generator) -> Plan:
    """The scan's pixels are painted over with another country, the one applied for."""
    other = place_other_than(rng, plan.letter.country)
    pairs = ((plan.letter.country_text, other.name), (plan.letter.country_text_en, other.name_en))
    forged = _flat(recorded(plan, export_country=other.code))
    return replace(forged, patches=pairs, patch_kind=str(rng.choice(SEEN)))


def vin_wiped_in_scan(plan: Plan, rng: np.random.Generator) -> Plan:
    """The patch comes from a scanner like the letter's, its noise wiped away before pasting, or was made like it."""
    return replace(vin_patched_in_scan(plan, rng), patch_kind=str(rng.choice(WIPED)))


def vin_cloned_in_scan(plan: Plan, rng: np.random.Generator) -> Plan:
    """The character that differs was copied from elsewhere on the page, where the page has it."""
    return replace(vin_patched_in_scan(plan, rng), patch_kind=str(rng.choice(CLONED)))


def vin_patched_by_a_twin(plan: Plan, rng: np.random.Generator) -> Plan:
    """The patch comes from the letter's own scanner at the same settings: pixels cannot tell it."""
    return replace(vin_patched_in_scan(plan, rng), patch_kind=str(rng.choice(TWINS)))


def _flat(plan: Plan) -> Plan:
    """Return the plan with a capture in which pixels can be painted over: no digital page, no photo."""
    if plan.capture.form != "pdf_born" and not plan.capture.photo:
        return plan
    return replace(plan, capture=CAPTURES["scan_300"], capture_name="scan_300")


DEFECTS: Defects = {
    "text_layer_lies_vin": (text_layer_lies_vin, ("document.text_layer",)),
    "text_layer_lies_country": (text_layer_lies_country, ("document.text_layer",)),
    "homoglyph_vin": (homoglyph_vin, ("vin.homoglyph", "document.text_layer")),
    "overlay_over_vin": (overlay_over_vin, ("document.overlay",)),
    "white_text_vin": (white_text_vin, ("document.text_layer", "document.overlay")),
    "off_page_vin": (off_page_vin, ("document.text_layer", "document.overlay")),
    "hidden_content_vin": (hidden_content_vin, ("document.text_layer", "document.overlay")),
    "form_field_over_vin": (form_field_over_vin, ("document.overlay",)),
    "to_unicode_lies": (to_unicode_lies, ("document.text_layer",)),
    "cover_patch_country": (cover_patch_country, ("document.overlay", "document.text_layer", "document.tampering")),
    "vin_patched_in_scan": (vin_patched_in_scan, ("document.tampering",)),
    "country_patched_in_scan": (country_patched_in_scan, ("document.tampering",)),
    "vin_wiped_in_scan": (vin_wiped_in_scan, ("document.tampering",)),
    "vin_cloned_in_scan": (vin_cloned_in_scan, ("document.tampering",)),
    "vin_patched_by_a_twin": (vin_patched_by_a_twin, ("document.tampering",)),
}
