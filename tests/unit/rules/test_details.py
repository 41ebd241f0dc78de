"""What an official is shown in each situation: every row's reason, subject, values and places, as a readable file.

A changed line shows as a changed file. `python -m tests.unit.rules.test_details` writes it anew; look at the difference
before you keep it.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.unit.rules.situations import Judged, situations
from verifier.report import ApplicationReport, Check, Evidence, Report, to_json

FILE = Path(__file__).parent / "details.txt"
FAULTLESS = ("letter", "proof", "certificate")


def named() -> dict[str, Judged]:
    """Return the situations by name, those of the same name numbered."""
    counted: Counter[str] = Counter()
    found = {}
    for name, judged in situations():
        counted[name] += 1
        found[name if counted[name] == 1 else f"{name} ({counted[name]})"] = judged
    return found


SITUATIONS = named()


def told(name: str) -> list[str]:
    """Return what a situation's report says, line by line: all of a faultless paper, else what differs from it."""
    report = SITUATIONS[name]()
    if isinstance(report, ApplicationReport):
        return _application(report)
    rows = [_row(check) for check in report.checks]
    if name.endswith(", faultless") or not report.checks:
        return [*_head(report), *rows]
    paper = next((kind for kind in FAULTLESS if report.kind.endswith(kind)), FAULTLESS[0])
    usual = {_row(check) for check in _usual(paper).checks}
    gone = sorted(usual - set(rows))
    return [f"verdict {report.verdict}", *(row for row in rows if row not in usual), *_ids_gone(gone, rows)]


def _usual(paper: str) -> Report:
    report = SITUATIONS[f"{paper}, faultless"]()
    assert isinstance(report, Report)
    return report


def _ids_gone(gone: list[str], rows: list[str]) -> list[str]:
    left = {row.split(" ")[0] for row in rows}
    return [f"without {row.split(' ')[0]}" for row in gone if row.split(" ")[0] not in left]


def _application(report: ApplicationReport) -> list[str]:
    lines = [f"{report.application} {report.verdict}", *map(_row, report.checks)]
    for vehicle in report.vehicles:
        lines.append(f"{vehicle.vin} {vehicle.age_days} {vehicle.status} {','.join(d[:4] for d in vehicle.documents)}")
        lines += map(_row, vehicle.checks)
    return lines


def _head(report: Report) -> list[str]:
    """Return everything but checks and versions, which every release changes."""
    whole = to_json(report)
    return [
        f"{key} = {json.dumps(value, ensure_ascii=False)}"
        for key, value in whole.items()
        if key not in ("checks", "versions")
    ] + [f"versions = {sorted(whole['versions'])} {whole['versions']['registry']} {whole['versions']['reader']}"]


def _row(check: Check) -> str:
    parts = [check.id, check.outcome.value, check.reason or "-"]
    parts += [f"{key}={value}" for key, value in (check.subject or {}).items()]
    parts += [
        f"{key}: {value}" for key, value in (("found", check.found), ("expected", check.expected)) if value is not None
    ]
    return " | ".join([" ".join(parts[:3]), *parts[3:], *map(_place, check.evidence)])


def _place(evidence: Evidence) -> str:
    box = ",".join(f"{edge:g}" for edge in evidence.box) if evidence.box else ""
    return f"@{evidence.page} {box} {evidence.text}".rstrip()


def _kept() -> dict[str, list[str]]:
    blocks = FILE.read_text(encoding="utf-8").split("\n\n")
    return {lines[0].removeprefix("# "): lines[1:] for block in blocks if (lines := block.strip("\n").split("\n"))}


@pytest.mark.parametrize("name", SITUATIONS)
def test_an_official_is_shown_what_the_situation_calls_for(name: str) -> None:
    assert told(name) == _kept()[name]


def test_nothing_is_kept_of_situations_that_are_gone() -> None:
    assert set(_kept()) == set(SITUATIONS)


if __name__ == "__main__":
    text = "\n\n".join("\n".join([f"# {name}", *told(name)]) for name in SITUATIONS)
    FILE.write_text(text + "\n", encoding="utf-8")
