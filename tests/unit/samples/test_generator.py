"""The generator: as wide as it claims, the same each time, true to its own truth."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from samples.applications import KINDS, applications
from samples.captures.patching import text_quad
from samples.captures.producers import PRODUCERS
from samples.captures.scanning import captured
from samples.content import Capture, Plan
from samples.forgeries import DEFECTS, RESTS_ON
from samples.forgeries.pairs import PAIRS, pair_of
from samples.generate import chosen_letters, plan_letters, with_defect, write_set
from samples.layouts import LAYOUTS, UNSTATED
from samples.making import make, sheets_of
from samples.paper.faces import TYPES
from samples.paper.rendering import PAPER_DPI, printed
from samples.paper.sheet import Sheets, Text
from samples.planning import CAPTURES, HOLDOUT, careful_plan, genuine_plan
from samples.world.makers import MAKERS
from samples.world.places import PLACES
from verifier.formats.vin import is_valid

ROOT = Path(__file__).parents[3]
CAPTURED = (
    "scan_200", "far_skewed", "turned_back", "upside_down", "phone_tilted", "phone_curled", "scanner_app", "messenger"
)  # fmt: skip


def test_variety_is_what_was_asked_for() -> None:
    assert len(LAYOUTS) >= 14
    assert len({kind.chinese.path for kind in TYPES.values()}) >= 8
    assert len(MAKERS) >= 30
    assert "oval" in {maker.shape for maker in MAKERS}
    assert any(not maker.star for maker in MAKERS)
    assert len({place.code for place in PLACES}) == len(PLACES) >= 40
    assert len(DEFECTS) + len(PAIRS) >= 35
    assert len(PRODUCERS) >= 4


def test_parts_are_kept_aside_as_promised() -> None:
    known = {
        "layouts": set(LAYOUTS), "types": set(TYPES), "makers": {m.key for m in MAKERS}, "captures": set(CAPTURES),
        "defects": {*DEFECTS, *PAIRS},
    }  # fmt: skip
    for name, reserved in HOLDOUT.items():
        assert set(reserved) <= known[name], f"{name} reserves what nobody makes"
    assert len(HOLDOUT["layouts"]) >= 4
    assert len(HOLDOUT["types"]) >= 3
    assert len(HOLDOUT["captures"]) >= 2
    assert len(HOLDOUT["makers"]) >= 8
    assert len(HOLDOUT["defects"]) >= 0.25 * (len(DEFECTS) + len(PAIRS))


def test_tuning_letters_use_nothing_kept_aside() -> None:
    plans = plan_letters(60, 5, "tuning")
    assert not {plan.layout for plan in plans} & set(HOLDOUT["layouts"])
    assert not {plan.maker.key for plan in plans} & set(HOLDOUT["makers"])
    assert not {plan.type_name for plan in plans} & set(HOLDOUT["types"])
    assert not {plan.capture_name for plan in plans} & set(HOLDOUT["captures"])
    assert not {plan.defect for plan in plans} & set(HOLDOUT["defects"])


def test_every_genuine_vin_is_valid_and_unique() -> None:
    vins = [v.vin for plan in plan_letters(200, 8) if plan.defect is None for v in plan.letter.vehicles]
    assert all(is_valid(vin) for vin in vins)
    assert len(set(vins)) == len(vins)


@pytest.mark.parametrize("defect", sorted(DEFECTS))
def test_every_defect_changes_its_letter(defect: str) -> None:
    plan = genuine_plan(3, 12, one_country=True)
    plant, must_trip = DEFECTS[defect]
    assert plant(plan, np.random.default_rng(1)) != plan
    assert must_trip


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_prints_all_that_matters(layout: str) -> None:
    plan = next(p for p in (genuine_plan(index, 2) for index in range(2000)) if p.layout == layout)
    marks = [mark.text for page in sheets_of(plan).pages for mark in page if isinstance(mark, Text)]
    text = "".join(marks).replace(" ", "")
    for vehicle in plan.letter.vehicles:
        assert vehicle.vin in text
    assert plan.letter.number.replace(" ", "") in text
    for outlet in plan.letter.outlets:
        assert outlet.phone.replace(" ", "") in text


def _small(plan: Plan) -> Plan:
    return replace(plan, capture=Capture("jpg", 100), letter=replace(plan.letter, vehicles=plan.letter.vehicles[:1]))


def test_same_seed_same_bytes_and_a_stopped_run_goes_on(tmp_path: Path) -> None:
    plans = [_small(plan) for plan in plan_letters(6, 77) if plan.defect is None][:3]
    write_set(plans, tmp_path / "a", 1, makers=MAKERS[:2])
    write_set(plans[:1], tmp_path / "b", 1, makers=())  # as if stopped after the first letter
    kept = next((tmp_path / "b" / "letters").iterdir())
    made_at = kept.stat().st_mtime_ns
    write_set(plans, tmp_path / "b", 1, makers=MAKERS[:2])
    assert kept.stat().st_mtime_ns == made_at
    for name in sorted(path.name for path in (tmp_path / "a" / "letters").iterdir()):
        assert (tmp_path / "a" / "letters" / name).read_bytes() == (tmp_path / "b" / "letters" / name).read_bytes()
    assert (tmp_path / "a" / "truth.jsonl").read_text() == (tmp_path / "b" / "truth.jsonl").read_text()
    rows = [json.loads(line) for line in (tmp_path / "a" / "truth.jsonl").read_text().splitlines()]
    assert [row["file"].split("/")[1][:5] for row in rows] == [f"{plan.index:05d}" for plan in plans]


DIGEST = (
    "import hashlib, json\n"
    "from samples.generate import plan_letters\n"
    "from samples.making import make\n"
    "from samples.truth import truth_of\n"
    "for plan in plan_letters(2, 31):\n"
    "    made = make(plan)\n"
    "    print(hashlib.sha256(made.document).hexdigest(), json.dumps(truth_of(plan, made)))\n"
)


def test_another_process_makes_the_same_bytes() -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", DIGEST], check=True, capture_output=True, cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": salt},
        ).stdout  # sets of strings come in another order with another salt
        for salt in ("1", "2")
    ]  # fmt: skip
    assert found[0].count(b"\n") >= 2
    assert found[0] == found[1]


def test_chosen_letters_are_of_the_tuning_part_and_of_the_kinds_asked_for() -> None:
    plans = chosen_letters(2, ("wrong_country", "number_reused"), 5)
    assert [plan.defect for plan in plans] == [None, None, "wrong_country", "number_reused", "number_reused"]
    assert not any(plan.kept_aside for plan in plans)


def test_a_defect_stands_on_the_page_it_is_planted_on() -> None:
    """What a layout leaves out cannot be wrong there: such a letter would be genuine."""
    plan = replace(careful_plan(0, 17), layout="stated_count")
    for name in RESTS_ON:
        (forged,) = with_defect(name, plan, plan, np.random.default_rng(1))
        assert RESTS_ON[name] not in UNSTATED.get(forged.layout, ()), name


def test_swapped_pages_show_each_letter_the_other_ones_vehicles() -> None:
    plans = [careful_plan(index, 6) for index in (0, 2)]
    a, b = pair_of("pages_swapped", plans[0], plans[1], np.random.default_rng(1))
    assert set(a.letter.vehicles) == set(b.records.vehicles)
    assert set(b.letter.vehicles) == set(a.records.vehicles)
    assert a.letter.country != b.letter.country


@pytest.mark.parametrize("name", ["born_digital", "scan_200", "phone_curled", "turned", "scanner_app", "messenger"])
def test_a_sheet_across_is_captured_across(name: str) -> None:
    plan = replace(careful_plan(0, 3), layout="landscape_list", type_name="song", capture=CAPTURES[name])
    document = make(plan).document
    if document.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(document)) as pdf:
            width, height = (float(pdf.pages[0].mediabox[k]) for k in (2, 3))
    else:
        width, height = Image.open(io.BytesIO(document)).size
    assert (width > height) == (name != "turned")


@pytest.mark.parametrize("producer", PRODUCERS)
def test_producers_print_the_same_text_in_the_same_bytes(producer: str) -> None:
    plan = _small(genuine_plan(1, 4, one_country=True))
    plan = replace(plan, type_name="song", layout="label_lines", capture=Capture("pdf_born", 0, producer=producer))
    first, second = make(plan).document, make(plan).document
    assert first == second
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert len(pdf.pages) == 1
        assert abs(float(pdf.pages[0].mediabox[3]) - 842) < 2


@pytest.mark.parametrize("name", CAPTURED)
def test_truth_boxes_follow_the_paper(name: str) -> None:
    """A dark square on white paper is found where the capture says it went."""
    paper = np.full((round(297 * PAPER_DPI / 25.4), round(210 * PAPER_DPI / 25.4), 3), 250, np.uint8)
    x0, y0, x1, y1 = (round(v * PAPER_DPI / 25.4) for v in (60, 200, 66, 206))
    paper[y0:y1, x0:x1] = 20
    shot = captured(paper, CAPTURES[name], np.random.default_rng(6))
    x, y = shot.to_page(np.array([(63.0, 203.0)]))[0]
    height, width = shot.pixels.shape[:2]
    px, py = round(x * width), round(y * height)
    assert shot.pixels[py - 4 : py + 5, px - 4 : px + 5].mean() < 100
    beside = shot.to_page(np.array([(75.0, 203.0)]))[0] * (width, height)
    assert shot.pixels[round(beside[1]), round(beside[0])].mean() > 110


def test_patched_scan_differs_only_where_it_was_painted_over() -> None:
    plan = replace(genuine_plan(9, 4, one_country=True), capture=CAPTURES["scan_200_png"], layout="label_lines")
    plant, _ = DEFECTS["vin_patched_in_scan"]
    changed = plant(plan, np.random.default_rng(2))
    before, after = (np.asarray(Image.open(io.BytesIO(make(p).document)).convert("RGB"), int) for p in (plan, changed))
    rows = np.where(np.abs(before - after).max(axis=(1, 2)) > 0)[0]
    assert 0 < len(rows) < 0.03 * before.shape[0]


def test_applications_come_in_every_kind() -> None:
    cases = applications(len(KINDS), 3)
    assert {case.name for case in cases} == set(KINDS)
    assert len({case.application for case in cases}) == len(cases)
    for case in cases:
        recorded = {v.vin for plan in (*case.plans, *case.unwritten) for v in plan.records.vehicles}
        assert {vin for vin, _ in case.statuses} == recorded, case.name


def test_a_forger_knows_where_printed_characters_end():
    """Print is drawn in whole pixels, a per cent larger or smaller than its size says: half a character in a line."""
    sheets = Sheets(TYPES["song"])
    text = 3 * "LHGCM567290000018"
    sheets.put(24.0, text, size=4.27, y=60.0)
    mark, paper = sheets.pages[0][0], printed(sheets, 0, (255, 255, 255))
    assert isinstance(mark, Text)
    inked = np.flatnonzero((paper.min(axis=2) < 128).any(axis=0)) / PAPER_DPI * 25.4
    right = text_quad(mark, sheets, text)[:, 0].max()
    assert 0 <= right - inked.max() < 0.5
