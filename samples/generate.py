"""Makes letters with their truth: python -m samples.generate --n 200 --seed 7 --out FOLDER [--jobs 2] [--part all]."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from samples.capturing import as_file, scanned, with_overlays
from samples.content import Plan, SealPlan
from samples.faces import TYPES
from samples.layouts import ENGLISH, LAYOUTS
from samples.maker import Maker
from samples.makers import MAKERS
from samples.planning import CAPTURES, HOLDOUT, genuine_plan, official_seal
from samples.planting import DEFECTS
from samples.rendering import Pixels, digital, printed, stamped
from samples.seal_art import specimen
from samples.sheet import Sheets
from verifier.inputs import MAKER_COLUMNS, RECORD_COLUMNS, SPECIMEN_COLUMNS

GENUINE_SHARE = 0.5
"""Half of the letters are genuine: straight-through rate and refusals are measured on as many."""
PAIRS = {
    "number_reused": ("letter.number_reuse",),
    "seal_pasted_same_pixels": ("seal.reuse",),
    "vin_reused_other_country": ("vin.reuse",),
}
"""Defects of two letters together: both must be flagged."""
SPECIMENS_EACH = 2
_EXTENSIONS = {"jpg": "jpg", "png": "png", "tif": "tif", "pdf_scan": "pdf", "pdf_born": "pdf"}


def main() -> int:
    """Write a folder of letters, their truth, and the tables that an office would have."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--part", choices=["all", "tuning", "kept_aside"], default="all")
    arguments = parser.parse_args()
    plans = plan_letters(arguments.n, arguments.seed, arguments.part)
    write_letters(plans, arguments.out, arguments.jobs)
    write_tables(plans, arguments.out)
    return 0


def plan_letters(n: int, seed: int, part: str = "all") -> list[Plan]:
    """Return `n` plans (one more where the last is half of a pair), genuine and defective in turn."""
    plans: list[Plan] = []
    index = 0
    while len(plans) < n:
        found = [plan for plan in _letters_at(index, seed, part) if part != "kept_aside" or plan.kept_aside]
        plans += found
        index += 2
    return [fitted(plan) for plan in plans]


def fitted(plan: Plan) -> Plan:
    """Return the plan with a capture that holds all its pages: several do not fit one JPEG or PNG."""
    several = len(_set(plan).pages) > 1 and plan.capture.form in ("jpg", "png")
    return replace(plan, capture=replace(plan.capture, form="pdf_scan")) if several else plan


def _set(plan: Plan) -> Sheets:
    sheets = Sheets(TYPES[plan.type_name])
    LAYOUTS[plan.layout](sheets, plan.letter)
    return sheets


def _letters_at(index: int, seed: int, part: str) -> list[Plan]:
    """Return the letter, or the pair of letters, that belongs to an index."""
    rng = np.random.default_rng([seed, index, 1])
    plan = genuine_plan(index, seed, part=part)
    if rng.random() < GENUINE_SHARE:
        return [plan]
    names = [name for name in (*DEFECTS, *PAIRS) if part != "tuning" or name not in HOLDOUT["defects"]]
    name = str(rng.choice(names))
    if name in PAIRS:
        return pair_of(name, plan, genuine_plan(index + 1, seed, part=part), rng)
    plant, must_trip = DEFECTS[name]
    aside = plan.kept_aside or name in HOLDOUT["defects"]
    return [replace(plant(plan, rng), defect=name, must_trip=must_trip, kept_aside=aside)]


def pair_of(name: str, first: Plan, second: Plan, rng: np.random.Generator) -> list[Plan]:
    """Return two letters of one maker that share what they may not."""
    twin = replace(
        second,
        maker=first.maker,
        letter=replace(second.letter, issuer=first.letter.issuer, issuer_en=first.letter.issuer_en),
        records=replace(second.records, manufacturer=first.records.manufacturer),
        capture=first.capture,
    )
    if name == "number_reused":
        twin = replace(twin, letter=replace(twin.letter, number=first.letter.number), seal=_fresh(first, rng))
    elif name == "seal_pasted_same_pixels":
        assert first.seal is not None
        first = replace(first, capture=CAPTURES["scan_300"], seal=replace(first.seal, over_print=False))
        twin = replace(twin, capture=CAPTURES["scan_300"], seal=first.seal, pasted_from=first)
    else:
        vehicles = (first.letter.vehicles[0], *twin.letter.vehicles[1:])
        country = _elsewhere(first, second)
        twin = replace(
            twin,
            letter=replace(
                country.letter, issuer=first.letter.issuer, issuer_en=first.letter.issuer_en, vehicles=vehicles
            ),
            records=replace(country.records, vehicles=vehicles, manufacturer=first.records.manufacturer),
            seal=_fresh(first, rng),
        )
    planted = {"defect": name, "must_trip": PAIRS[name], "kept_aside": first.kept_aside or name in HOLDOUT["defects"]}
    return [replace(first, **planted), replace(twin, **planted)]  # type: ignore[arg-type]


def _fresh(plan: Plan, rng: np.random.Generator) -> SealPlan:
    """Return another impression of the same seal."""
    assert plan.seal is not None
    return replace(plan.seal, seed=int(rng.integers(1 << 30)), degrees=float(rng.uniform(0, 360)))


def _elsewhere(first: Plan, second: Plan) -> Plan:
    """Return the second letter, for another country than the first one's."""
    step = 1
    while second.letter.country == first.letter.country:
        second = genuine_plan(second.index + 1000 * step, second.seed)
        step += 1
    return second


# --- one letter -------------------------------------------------------------------------------------------


def make_letter(plan: Plan) -> bytes:
    """Return the file of a plan."""
    sheets = _set(plan)
    if plan.capture.form == "pdf_born":
        document = digital(sheets, plan.seal, _place_of_seal(plan, sheets))
    else:
        document = as_file(_scans(plan, sheets), plan.capture, sheets, plan.layer_swaps)
    return with_overlays(document, sheets, plan.overlay_swaps) if plan.overlay_swaps else document


def _place_of_seal(plan: Plan, sheets: Sheets) -> tuple[int, float, float]:
    """Return (page, x, y) in mm of the seal's middle: over the closing lines or on clear paper beside them."""
    rng = np.random.default_rng([plan.seed, plan.index, 4])
    page, x, y = sheets.sealed_at if plan.seal is None or plan.seal.over_print else sheets.clear_at
    return page, x + float(rng.normal(0, 2)), y + float(rng.normal(0, 2))


def _scans(plan: Plan, sheets: Sheets) -> list[Pixels]:
    """Return the scanned pages; letters of several pages are stamped on each."""
    rng = np.random.default_rng([plan.seed, plan.index, 2])
    at = _place_of_seal(plan, sheets)
    tone = (int(rng.integers(246, 255)), int(rng.integers(244, 254)), int(rng.integers(238, 252)))
    pages = []
    for number in range(len(sheets.pages)):
        paper = printed(sheets, number, tone)
        if plan.seal and not plan.pasted_from:
            paper = stamped(paper, _on_page(plan, number, at[0]), at[1], at[2] if number == at[0] else 250.0)
        pages.append(scanned(paper, plan.capture, rng))
    if plan.pasted_from:
        _paste(pages[at[0]], at, plan.pasted_from)
    return pages


def _paste(page: Pixels, at: tuple[int, float, float], source: Plan) -> None:
    """Copy the seal's pixels out of another letter's scan onto this one, as a picture editor would."""
    sheets = _set(source)
    where = _place_of_seal(source, sheets)
    scan = _scans(source, sheets)[where[0]]
    px, half = source.capture.dpi / 25.4, round(24.5 * source.capture.dpi / 25.4)
    (ax, ay), (bx, by) = [(round(x * px), round(y * px)) for _, x, y in (where, at)]
    reach = min(half, ax, ay, bx, by, *(size - v for size, v in zip(page.shape[1::-1], (bx, by), strict=True)))
    reach = min(reach, scan.shape[1] - ax, scan.shape[0] - ay)
    target = page[by - reach : by + reach, bx - reach : bx + reach]
    np.minimum(target, scan[ay - reach : ay + reach, ax - reach : ax + reach], out=target)


def _on_page(plan: Plan, page: int, closing_page: int) -> SealPlan:
    assert plan.seal is not None
    if page == closing_page:
        return plan.seal
    return replace(plan.seal, seed=plan.seal.seed + 7 * (page + 1), degrees=(plan.seal.degrees + 37 * (page + 1)) % 360)


def file_name(plan: Plan) -> str:
    """Return `letters/00012-wrong_country.jpg`."""
    return f"letters/{plan.index:05d}-{plan.defect or 'genuine'}.{_EXTENSIONS[plan.capture.form]}"


def _write(out: Path, plan: Plan) -> None:
    (out / file_name(plan)).write_bytes(make_letter(plan))


def write_letters(plans: Sequence[Plan], out: Path, jobs: int) -> None:
    """Write every letter, and tell how far it is on stderr."""
    (out / "letters").mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(jobs) as pool:
        for done, _ in enumerate(pool.map(partial(_write, out), plans, chunksize=4), 1):
            if sys.stderr.isatty() or done == len(plans):
                sys.stderr.write(f"\r{done} / {len(plans)} letters made")
    sys.stderr.write("\n")


# --- truth and tables -------------------------------------------------------------------------------------


def truth_of(plan: Plan) -> dict[str, object]:
    """Return the truth of a letter as verifier.evaluation reads it."""
    letter, english = plan.letter, plan.layout in ENGLISH
    genuine = plan.defect is None
    passes = genuine and plan.capture.colour == "colour" and plan.capture.form != "pdf_born"
    shown = dict(plan.overlay_swaps)  # a viewer shows what lies on top
    named = bool(letter.country_text) and plan.defect not in ("country_missing", "country_is_region")
    return {
        "file": file_name(plan),
        "genuine": genuine,
        "defect": plan.defect,
        "must_trip": list(plan.must_trip),
        "expected_verdict": "verified" if passes else "flagged",
        "layout": plan.layout,
        "font": plan.type_name,
        "maker": plan.maker.key,
        "capture": {"form": plan.capture.form, "dpi": plan.capture.dpi, "colour": plan.capture.colour},
        "seal_over_print": bool(plan.seal and plan.seal.over_print),
        "kept_aside": plan.kept_aside,
        "fields": {
            "number": letter.number or None,
            "issuer": letter.issuer_en if english else letter.issuer,
            "issued_on": letter.issued_on.isoformat(),
            "export_country": letter.country if named else None,
            "vehicles": [
                {
                    "vin": shown.get(v.vin, v.vin),
                    "brand": v.brand,
                    "model": v.model,
                    "registration_date": v.registration_date.isoformat(),
                }
                for v in letter.vehicles
            ],
            "outlets": [asdict(o) | {"address": o.address or None} for o in letter.outlets],
        },
    }  # fmt: skip


def write_tables(plans: Sequence[Plan], out: Path) -> None:
    """Write truth.jsonl, records.csv, specimens.csv with its pictures, lists/, manifest.csv."""
    lines = [json.dumps(truth_of(plan), ensure_ascii=False) for plan in plans]
    (out / "truth.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _write_csv(out / "records.csv", (*RECORD_COLUMNS, "received_on", "brand_en"), _record_rows(plans))
    _write_csv(out / "specimens.csv", (*SPECIMEN_COLUMNS, "shape", "diameter_mm"), _specimen_rows(out))
    (out / "lists").mkdir(exist_ok=True)
    makers = ((m.name, m.name_en, m.former_names, "vehicle", "", "") for m in MAKERS)
    _write_csv(out / "lists" / "makers.csv", MAKER_COLUMNS, makers)
    manifest = ((file_name(plan), plan.records.application) for plan in plans)
    _write_csv(out / "manifest.csv", ("path", "application_number"), manifest)


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _record_rows(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    for plan in plans:
        office = plan.records
        for v in office.vehicles:
            yield (
                v.vin, v.brand, v.model, office.manufacturer, v.registration_date, v.transfer_date,
                office.export_country, office.applicant, office.applied_on, office.application, office.received_on,
                v.brand_en,
            )  # fmt: skip


def _specimen_rows(out: Path) -> Iterator[tuple[object, ...]]:
    (out / "specimens").mkdir(exist_ok=True)
    for maker in MAKERS:
        for number in range(SPECIMENS_EACH):
            image = f"specimens/{maker.key}-{number + 1}.jpg"
            Image.fromarray(specimen(_careful(maker, number))).save(
                out / image, quality=93, subsampling=0, dpi=(300, 300)
            )
            yield maker.name, maker.name_en, " ".join(maker.wmi), image, maker.shape, maker.diameter_mm


def _careful(maker: Maker, number: int) -> SealPlan:
    return official_seal(maker, 1000 + number, wear=0.12, degrees=4.0 * number - 2, over_print=False)


if __name__ == "__main__":
    sys.exit(main())
