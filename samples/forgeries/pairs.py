"""Two letters of one maker that share what they may not: both must be flagged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from samples.content import Plan, SealPlan
from samples.planning import CAPTURES, HOLDOUT, genuine_plan

PAIRS = {
    "number_reused": ("letter.number_reuse",),
    "seal_pasted_same_pixels": ("seal.reuse",),
    "vin_reused_other_country": ("vin.reuse",),
    "pages_swapped": ("record.export_country", "letter.vehicle_count", "document.page_reuse"),
}
"""By name: the checks of which at least one must see it on both letters."""


def pair_of(name: str, first: Plan, second: Plan, rng: np.random.Generator) -> list[Plan]:
    """Return the two letters."""
    if first.seal is None:
        raise ValueError("a pair is made of sealed letters")
    twin = replace(
        second,
        maker=first.maker,
        letter=replace(second.letter, issuer=first.letter.issuer, issuer_en=first.letter.issuer_en),
        records=replace(second.records, manufacturer=first.records.manufacturer),
        capture=first.capture,
        capture_name=first.capture_name,
        off_edge=False,
    )
    if name == "number_reused":
        twin = replace(twin, letter=replace(twin.letter, number=first.letter.number), seal=_fresh(first.seal, rng))
    elif name == "seal_pasted_same_pixels":
        scan = {"capture": CAPTURES["scan_300"], "capture_name": "scan_300", "off_edge": False, "further_seals": ()}
        first = replace(first, seal=replace(first.seal, over_print=False), **scan)  # type: ignore[arg-type]
        twin = replace(twin, seal=first.seal, pasted_from=first, **scan)  # type: ignore[arg-type]
    elif name == "pages_swapped":
        first, twin = _pages_swapped(first, _elsewhere(first, second), twin)
    else:
        twin = _same_vehicle(first, second, replace(twin, seal=_fresh(first.seal, rng)))
    planted = {"defect": name, "must_trip": PAIRS[name], "kept_aside": first.kept_aside or name in HOLDOUT["defects"]}
    return [replace(first, **planted), replace(twin, **planted)]  # type: ignore[arg-type]


def _pages_swapped(first: Plan, second: Plan, twin: Plan) -> tuple[Plan, Plan]:
    """Return two letters for two countries, each with the other one's closing page and list of vehicles."""
    names = {"issuer": first.letter.issuer, "issuer_en": first.letter.issuer_en}
    other = replace(second.letter, **names)  # type: ignore[arg-type]
    twin = replace(twin, records=replace(second.records, manufacturer=first.records.manufacturer))
    ends = [
        {"vehicles": end.vehicles, "issued_on": end.issued_on, "valid_until": end.valid_until}
        for end in (first.letter, other)
    ]
    paper = {"layout": "annex", "capture": CAPTURES["pdf_scan_300"], "capture_name": "pdf_scan_300"}
    swapped = [
        replace(plan, letter=replace(front, stated_count=len(front.vehicles), **end), **paper)  # type: ignore[arg-type]
        for plan, front, end in ((first, first.letter, ends[1]), (twin, other, ends[0]))
    ]
    return swapped[0], swapped[1]


def _same_vehicle(first: Plan, second: Plan, twin: Plan) -> Plan:
    """Return the twin for another country, with the first letter's first vehicle among its own."""
    vehicles = (first.letter.vehicles[0], *twin.letter.vehicles[1:])
    elsewhere = _elsewhere(first, second)
    names = {"issuer": first.letter.issuer, "issuer_en": first.letter.issuer_en}
    return replace(
        twin,
        letter=replace(elsewhere.letter, vehicles=vehicles, **names),  # type: ignore[arg-type]
        records=replace(elsewhere.records, vehicles=vehicles, manufacturer=first.records.manufacturer),
    )


def _fresh(seal: SealPlan, rng: np.random.Generator) -> SealPlan:
    """Return another impression of the same seal."""
    return replace(seal, seed=int(rng.integers(1 << 30)), degrees=float(rng.uniform(0, 360)))


def _elsewhere(first: Plan, second: Plan) -> Plan:
    """Return the second letter, for another country than the first one's."""
    step = 1
    while second.letter.country == first.letter.country:
        second = genuine_plan(second.index + 1000 * step, second.seed, one_country=True)
        step += 1
    return second
