"""Makes papers filed beside letters, with their truth: python -m samples.papers --n 100 --seed 8 --out FOLDER.

The same arguments give the same bytes; what an earlier run made stays.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from samples.captures.files import as_file
from samples.captures.scanning import captured
from samples.filed import Certificate, OtherPaper, Proof
from samples.filing import Paper, Row, filed, genuine_certificate, genuine_proof, other_paper
from samples.forgeries.proofs import planted
from samples.generate import source_digest
from samples.layouts import certificates, others, proofs
from samples.paper.dress import dressed
from samples.paper.faces import TYPES
from samples.paper.rendering import Pixels, printed, stamped
from samples.paper.sheet import Sheets
from samples.truth import write_lines, write_tables
from samples.world.maker import Maker
from samples.world.makers import MAKERS
from samples.world.modifiers import MODIFIERS
from verifier.inputs import ANNOUNCEMENT_COLUMNS, CCC_COLUMNS, MAKER_COLUMNS

PROOF_SHARE, CERTIFICATE_SHARE = 0.5, 0.4
"""The rest are other papers."""
DEFECT_SHARE = 0.45
VERSION = ".version"
"""File that says which generator made a folder."""


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper's file and the number of its pages."""

    document: bytes
    pages: int


def plan_papers(n: int, seed: int) -> list[Paper]:
    """Return `n` papers: proofs, certificates and others, nearly half of the first two with a defect."""
    return [_planned(index, seed) for index in range(n)]


def _planned(index: int, seed: int) -> Paper:
    rng = np.random.default_rng([seed, index, 10])
    draw = float(rng.random())
    if draw < PROOF_SHARE:
        paper = genuine_proof(index, seed)
    elif draw < PROOF_SHARE + CERTIFICATE_SHARE:
        paper = genuine_certificate(index, seed)
    else:
        return other_paper(index, seed)
    paper = planted(paper, rng) if rng.random() < DEFECT_SHARE else paper
    return filed(paper, len(sheets_of(paper).pages))


def sheets_of(paper: Paper) -> Sheets:
    """Return the paper set and dressed."""
    sheets = Sheets(TYPES[paper.type_name])
    if isinstance(paper.content, Proof):
        proofs.LOOKS[paper.look](sheets, paper.content)
    elif isinstance(paper.content, Certificate):
        certificates.LOOKS[paper.look](sheets, paper.content)
    else:
        others.LOOKS[paper.look](sheets, paper.content)
    dressed(sheets, paper.dress)
    return sheets


def make_paper(paper: Paper) -> MadePaper:
    """Return the file of a paper."""
    sheets = sheets_of(paper)
    shots = [
        captured(
            _stamped(sheets, paper, number), paper.capture, np.random.default_rng([paper.seed, paper.index, number])
        )
        for number in range(len(sheets.pages))
    ]
    return MadePaper(as_file([shot.pixels for shot in shots], paper.capture, sheets, ()), len(shots))


def _stamped(sheets: Sheets, paper: Paper, number: int) -> Pixels:
    page = printed(sheets, number, (252, 251, 248))
    if paper.seal is None:
        return page
    at = sheets.sealed_at if paper.seal.over_print else sheets.clear_at
    if number == at[0]:
        return stamped(page, paper.seal, at[1], at[2])
    if paper.kind == "modification_proof":
        return stamped(page, replace(paper.seal, seed=paper.seal.seed + number + 1), 60.0, 250.0)
    return page


# --- truth and tables -------------------------------------------------------------------------------------


def truth_of_paper(paper: Paper, pages: int) -> dict[str, object]:
    """Return what the paper says, values as a report spells them, and the checks its defect must trip."""
    return {
        "file": paper.name, "kind": paper.kind, "look": paper.look,
        "kept_aside": paper.look in proofs.ASIDE | certificates.ASIDE | others.ASIDE, "capture": paper.capture_name,
        "defect": paper.defect, "must_trip": list(paper.must_trip), "pages": pages, "fields": _fields(paper),
    }  # fmt: skip


def _fields(paper: Paper) -> dict[str, object]:
    content = paper.content
    if isinstance(content, OtherPaper):
        return {}
    if isinstance(content, Proof):
        return {
            "chassis_brand": content.chassis_brand, "chassis_model": content.chassis_model,
            "modified_brand": content.modified_brand, "modified_model": content.modified_model,
            "announcement": content.announcement.strip("（）") or None, "ccc_certificate": content.ccc or None,
            "issuer": content.issuer, "vins": list(content.vins),
        }  # fmt: skip
    transferred = content.owners[-1].since.isoformat() if len(content.owners) > 1 else None
    pledged = any(m.released_on is None for m in content.mortgages) if content.mortgages else None
    return {
        "owner": content.owners[-1].name, "manufacturer": content.manufacturer, "brand": content.brand,
        "model": content.model, "vins": [content.vin], "registration_date": content.owners[0].since.isoformat(),
        "transfer_date": transferred, "mortgaged": None if pledged is None else ("yes" if pledged else "no"),
    }  # fmt: skip


def write_papers(papers: Sequence[Paper], out: Path) -> None:
    """Write the files, truth.jsonl and the office's tables; files that this generator made before stay."""
    out.mkdir(parents=True, exist_ok=True)
    version = out / VERSION
    if not version.is_file() or version.read_text(encoding="utf-8") != source_digest():
        for path in out.glob("*-*-*.*"):
            path.unlink()
        version.write_text(source_digest(), encoding="utf-8")
    truths = []
    for done, paper in enumerate(papers, 1):
        path = out / paper.name
        if not path.is_file():
            path.write_bytes(make_paper(paper).document)
        truths.append(truth_of_paper(paper, len(sheets_of(paper).pages)))
        if sys.stderr.isatty() or done == len(papers):
            sys.stderr.write(f"\r{done} / {len(papers)} papers made")
    sys.stderr.write("\n")
    write_lines(out / "truth.jsonl", truths)
    write_office(papers, out)


def write_office(papers: Sequence[Paper], out: Path, sealed: Sequence[Maker] = (*MAKERS, *MODIFIERS)) -> None:
    """Write records.csv, specimens.csv and lists/ for papers; impressions are drawn of the `sealed` companies only."""
    write_tables((), out, sealed)
    rows = [row for paper in papers for row in paper.records]
    _write_rows(out / "records.csv", tuple(dict.fromkeys(c for row in rows for c in row)), rows)
    kinds = [(m, "vehicle") for m in MAKERS] + [(m, "modified") for m in MODIFIERS]
    makers = [{"name": m.name, "name_en": m.name_en, "former_names": m.former_names, "kind": k} for m, k in kinds]
    _write_rows(out / "lists" / "makers.csv", MAKER_COLUMNS, makers)
    listed = [row for paper in papers for row in paper.listed]
    for name, columns in (("announcements", ANNOUNCEMENT_COLUMNS), ("ccc", CCC_COLUMNS)):
        _write_rows(out / "lists" / f"{name}.csv", columns, [row for row in listed if row["list"] == name])


def _write_rows(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def main() -> int:
    """Write a folder of papers with truth and tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    write_papers(plan_papers(arguments.n, arguments.seed), arguments.out)
    return 0


def read_truths(folder: Path) -> list[dict[str, object]]:
    """Return the truth of a folder of papers."""
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(main())
