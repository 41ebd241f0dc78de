"""The truth beside letters, and the tables that an office would have: records, specimens, lists."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from PIL import Image

from samples.content import Capture, Plan, SealPlan
from samples.layouts import ENGLISH
from samples.making import Made
from samples.paper.seal_art import specimen
from samples.paper.sheet import HEIGHT_MM
from samples.planning import official_seal
from samples.world.maker import Maker
from samples.world.makers import MAKERS
from verifier.inputs import MAKER_COLUMNS, RECORD_COLUMNS, SPECIMEN_COLUMNS

SPECIMENS_EACH = 2
ARC_PRINT_FROM = 0.01
"""A seal counts as standing over print where print covers more of its name's ring than this."""
_EXTENSIONS = {"jpg": "jpg", "png": "png", "tif": "tif", "pdf_scan": "pdf", "pdf_born": "pdf"}


def file_name(plan: Plan) -> str:
    """Return `letters/00012-wrong_country.jpg`."""
    return f"letters/{plan.index:05d}-{plan.defect or 'genuine'}.{_EXTENSIONS[plan.capture.form]}"


def truth_of(plan: Plan, made: Made) -> dict[str, object]:
    """Return the truth of a letter as verifier.evaluation reads it."""
    passes = plan.defect is None and plan.capture.colour == "colour" and plan.capture.form != "pdf_born"
    return {
        "file": file_name(plan),
        "genuine": plan.defect is None,
        "defect": plan.defect,
        "must_trip": list(plan.must_trip),
        "expected_verdict": "verified" if passes else "flagged",
        "layout": plan.layout,
        "font": plan.type_name,
        "maker": plan.maker.key,
        "capture": {
            "form": plan.capture.form, "dpi": _dpi(plan.capture), "colour": plan.capture.colour,
            "name": plan.capture_name,
        },
        "seal_over_print": made.arc_print > ARC_PRINT_FROM,
        "arc_print": round(made.arc_print, 4),
        "kept_aside": plan.kept_aside,
        "fields": truth_fields(plan),
        "boxes": [{"text": text, **asdict(where)} for text, where in made.texts],
        "seals": [asdict(where) for where in made.seals],
    }  # fmt: skip


def _dpi(capture: Capture) -> int:
    """Return what is left of a capture's resolution."""
    return round(capture.resent_px / (HEIGHT_MM / 25.4)) if capture.resent_px else capture.dpi


def truth_fields(plan: Plan) -> dict[str, object]:
    """Return what the page says, values normalised as in a report."""
    letter = plan.letter
    lies = plan.lie_pairs if plan.file_lie in ("cover", "form_field") else ()
    shown = dict((*plan.overlay_swaps, *lies, *plan.patches))  # a viewer shows what lies on top
    named = bool(letter.country_text) and plan.defect not in ("country_missing", "country_is_region")
    country = letter.country
    if letter.country_text in shown:
        country = plan.records.export_country
    goes_to = {v.vin: one.place.code for one in letter.destinations for v in one.vehicles}
    return {
        "number": letter.number or None,
        "issuer": letter.issuer_en if plan.layout in ENGLISH else letter.issuer,
        "issued_on": letter.issued_on.isoformat(),
        "valid_until": letter.valid_until.isoformat() if letter.valid_until else None,
        "export_country": country if named and not goes_to else None,
        "vehicles": [
            {
                "vin": shown.get(v.vin, v.vin),
                "brand": v.brand,
                "model": v.model,
                "registration_date": v.registration_date.isoformat(),
                "export_country": goes_to.get(v.vin),
            }
            for v in letter.vehicles
        ],
        "outlets": [asdict(o) | {"address": o.address or None} for o in letter.outlets],
    }


# --- tables -----------------------------------------------------------------------------------------------


def write_tables(plans: Sequence[Plan], out: Path, makers: Sequence[Maker] = MAKERS) -> None:
    """Write records.csv, specimens.csv with its pictures, lists/ and manifest.csv."""
    _write_csv(out / "records.csv", (*RECORD_COLUMNS, "received_on", "brand_en"), _record_rows(plans))
    _write_csv(out / "specimens.csv", (*SPECIMEN_COLUMNS, "shape", "diameter_mm"), _specimen_rows(out, makers))
    (out / "lists").mkdir(exist_ok=True)
    rows = ((m.name, m.name_en, m.former_names, "vehicle", "", "") for m in makers)
    _write_csv(out / "lists" / "makers.csv", MAKER_COLUMNS, rows)
    manifest = ((file_name(plan), plan.records.application) for plan in plans if (out / file_name(plan)).is_file())
    _write_csv(out / "manifest.csv", ("path", "application_number"), manifest)


def write_lines(path: Path, rows: Iterable[dict[str, object]]) -> None:
    """Write one JSON object a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _record_rows(plans: Sequence[Plan]) -> Iterator[tuple[object, ...]]:
    written: set[tuple[str, str]] = set()
    for plan in plans:
        office = plan.records
        goes_to = {v.vin: one.place.code for one in plan.letter.destinations for v in one.vehicles}
        for v in office.vehicles:
            if (office.application, v.vin) not in written:
                written.add((office.application, v.vin))
                yield (
                    v.vin, v.brand, v.model, office.manufacturer, v.registration_date, v.transfer_date,
                    goes_to.get(v.vin, office.export_country), office.applicant, office.applied_on,
                    office.application, office.received_on, v.brand_en,
                )  # fmt: skip


def _specimen_rows(out: Path, makers: Sequence[Maker]) -> Iterator[tuple[object, ...]]:
    (out / "specimens").mkdir(exist_ok=True)
    for maker in makers:
        for number in range(SPECIMENS_EACH):
            image = f"specimens/{maker.key}-{number + 1}.jpg"
            picture = Image.fromarray(specimen(_careful(maker, number)))
            picture.save(out / image, quality=93, subsampling=0, dpi=(300, 300))
            yield maker.name, maker.name_en, " ".join(maker.wmi), image, maker.shape, maker.diameter_mm


def _careful(maker: Maker, number: int) -> SealPlan:
    return official_seal(maker, 1000 + number, wear=0.12, degrees=4.0 * number - 2, over_print=False)
