"""Makes the checked-in samples again: python -m samples.checked_in."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from samples.content import Plan
from samples.forgeries import DEFECTS
from samples.forgeries.pairs import pair_of
from samples.generate import fitted
from samples.making import make
from samples.planning import CAPTURES, genuine_plan
from samples.truth import file_name, truth_of, write_tables
from samples.world.makers import MAKERS

HERE = Path(__file__).parent
SEED = 648
GENUINE = (
    ("label_lines", "scan_200", False),
    ("ruled_table", "pdf_scan_200_layer", True),
    ("prose", "scan_300", False),
    ("bilingual", "turned", False),
    ("annex", "pdf_scan_200_layer", False),
    ("english_table", "skewed", False),
)
"""Layout, capture, and whether print runs under the seal."""
GENUINE_MISSED = (("clauses", "grey", False), ("ruled_table", "born_digital", False))
"""Genuine letters that honestly need a person: no colour to judge the seal by, a seal drawn by the file."""
SHOWN = (
    "wrong_country", "country_missing", "vin_one_char_off", "vin_bad_check_digit", "outlets_missing",
    "outlets_elsewhere", "issuer_sales_company", "manufacturer_differs", "issued_after_receipt", "seal_missing",
    "seal_of_other_maker", "seal_special_purpose", "text_layer_lies_vin", "overlay_over_vin",
)  # fmt: skip
LAYOUTS_OF_DEFECTS = ("ruled_table", "label_lines", "bilingual", "clauses")


def main() -> int:
    """Write samples/letters, its expected verdicts, and the tables beside it."""
    plans = named_plans()
    shutil.rmtree(HERE / "letters", ignore_errors=True)
    (HERE / "letters").mkdir()
    expected = {}
    for name, plan in plans.items():
        made = make(plan)
        truth = truth_of(plan, made)
        path = HERE / "letters" / (name + Path(file_name(plan)).suffix)
        path.write_bytes(made.document)
        shown = ("expected_verdict", "must_trip", "defect", "fields")
        expected[path.name] = {key: truth[key] for key in shown}
    text = json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
    (HERE / "letters" / "expected.json").write_text(text, encoding="utf-8")
    used = {plan.maker.key for plan in plans.values()}
    write_tables(list(plans.values()), HERE, [maker for maker in MAKERS if maker.key in used])
    (HERE / "manifest.csv").unlink()
    return 0


def named_plans() -> dict[str, Plan]:
    """Return the plans by file name; every one has an index, and so an application, of its own."""
    plans: dict[str, Plan] = {}
    for number, (layout, capture, over) in enumerate((*GENUINE, *GENUINE_MISSED)):
        plans[f"genuine_{layout}_{capture}"] = _plan(number, layout, capture, over_print=over)
    for number, defect in enumerate(SHOWN, 20):
        plant, must_trip = DEFECTS[defect]
        plan = _plan(number, LAYOUTS_OF_DEFECTS[number % 4], "scan_200", over_print=False)
        planted = plant(plan, np.random.default_rng([SEED, number]))
        plans[defect] = replace(planted, defect=defect, must_trip=must_trip)
    first = _plan(40, "label_lines", "scan_200", over_print=False)
    pair = pair_of(
        "number_reused", first, _plan(41, "bilingual", "scan_200", over_print=False), np.random.default_rng(3)
    )
    plans |= {f"number_reused_{letter}": plan for letter, plan in zip("ab", pair, strict=True)}
    return {name: fitted(plan) for name, plan in plans.items()}


def _plan(index: int, layout: str, capture: str, *, over_print: bool) -> Plan:
    """Return a genuine plan of the tuning part in a given layout and capture, with few vehicles."""
    plan = genuine_plan(index, SEED, part="tuning", one_country=True)
    if plan.seal is None:
        raise ValueError("a genuine plan is sealed")
    vehicles = plan.letter.vehicles[:3]
    return replace(
        plan,
        layout=layout,
        type_name="song" if capture == "born_digital" else plan.type_name,
        capture=CAPTURES[capture],
        seal=replace(plan.seal, over_print=over_print, wear=min(plan.seal.wear, 0.35), faint=0.0, doubled_mm=0.0),
        dress=replace(plan.dress, signed=False),
        further_seals=(),
        off_edge=False,
        letter=replace(plan.letter, vehicles=vehicles),
        records=replace(plan.records, vehicles=vehicles),
    )


if __name__ == "__main__":
    sys.exit(main())
