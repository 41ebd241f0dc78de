"""Reports as pages show them: checks with their crops and marked differences, facts in rows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from verifier.cases.presenting import Presented, in_order
from verifier.formats.vin import is_well_formed
from verifier.page import Box
from verifier.report import Check, Outcome, Report, ReportField
from verifier.web.pages.marks import Crop, Piece, ShownVin, crop_around, differences, shown_vin

OPEN = frozenset({Outcome.FAIL, Outcome.UNSURE})
"""Outcomes that somebody has to look at."""
MOST_CROPS = 3
"""Pictures beside one check."""


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """One check as a page shows it."""

    number: int
    part: int
    check: Check
    found: tuple[Piece, ...]
    expected: tuple[Piece, ...]
    found_vin: ShownVin | None
    expected_vin: ShownVin | None
    crops: tuple[Crop, ...]

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it."""
        return self.check.outcome in OPEN

    @property
    def subject(self) -> str:
        """What the check is about, in a few characters; empty for the whole document."""
        return ", ".join((self.check.subject or {}).values())


def shown_checks(presented: Presented) -> tuple[ShownCheck, ...]:
    """Return every check of a document as people look at them, numbered from 1."""
    flat = [(report.document.part.index, check) for report in presented.reports for check in report.checks]
    parts = {id(check): part for part, check in flat}
    ordered = in_order(check for _, check in flat)
    return tuple(_shown(n, parts[id(check)], check, presented) for n, check in enumerate(ordered, start=1))


def _shown(number: int, part: int, check: Check, presented: Presented) -> ShownCheck:
    found, expected = check.found or "", check.expected or ""
    left, right = differences(found, expected) if found and expected else (_plain(found), _plain(expected))
    places = [(e.page, e.box) for e in check.evidence if e.box][:MOST_CROPS]
    return ShownCheck(
        number,
        part,
        check,
        left,
        right,
        _vin(found, expected),
        _vin(expected, found),
        tuple(crop_around(page, Box(*box), presented.aspect(page)) for page, box in places if box),
    )


def _plain(text: str) -> tuple[Piece, ...]:
    return (Piece(text, False),) if text else ()


def _vin(text: str, other: str) -> ShownVin | None:
    return shown_vin(text, other) if is_well_formed(text) else None


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that the document states, with its place."""

    key: str
    """Name in the report, with points: `issuer`, `vehicles.0.vin`; what a correction names."""
    name: str
    """Which of words.FIELDS."""
    field: ReportField
    vin: ShownVin | None = None

    @property
    def value(self) -> str:
        """The normalised value."""
        return self.field.value


@dataclass(frozen=True, slots=True)
class Facts:
    """What one part of a document states."""

    report: Report
    single: tuple[Fact, ...]
    vehicles: tuple[tuple[Fact, ...], ...]
    outlets: tuple[tuple[Fact, ...], ...]


def shown_facts(report: Report) -> Facts:
    """Return what a report read, in rows."""
    single = [_fact(key, key, value) for key, value in report.fields.items() if isinstance(value, ReportField)]
    return Facts(report, tuple(single), _rows(report, "vehicles"), _rows(report, "outlets"))


def _rows(report: Report, name: str) -> tuple[tuple[Fact, ...], ...]:
    rows = enumerate(report.fields.get(name) or ())
    return tuple(
        tuple(_fact(f"{name}.{number}.{key}", key, value) for key, value in row.items() if value)
        for number, row in rows
    )


def _fact(key: str, name: str, field: ReportField) -> Fact:
    return Fact(key, name, field, shown_vin(field.value) if name == "vin" else None)


@dataclass(frozen=True, slots=True)
class Mending:
    """What is open in a document, told apart by who can mend it."""

    mine: tuple[ShownCheck, ...] = ()
    """For the exporter."""
    theirs: tuple[ShownCheck, ...] = ()
    """For the office."""
    notes: tuple[ShownCheck, ...] = ()
    passed: int = 0


def mending(checks: Iterable[ShownCheck]) -> Mending:
    """Return what an exporter must know: own work first."""
    several = tuple(checks)
    opened = [one for one in several if one.is_open]
    return Mending(
        tuple(one for one in opened if one.check.mend_by == "exporter"),
        tuple(one for one in opened if one.check.mend_by != "exporter"),
        tuple(one for one in several if one.check.outcome is Outcome.NOTE),
        sum(one.check.outcome is Outcome.PASS for one in several),
    )


def evidence_boxes(checks: Iterable[ShownCheck]) -> Iterator[dict[str, object]]:
    """Yield every place that a check points to, for the page viewer."""
    for one in checks:
        for crop in one.crops:
            box = [round(side, 5) for side in crop.box]
            yield {"check": one.number, "page": crop.page, "box": box, "outcome": one.check.outcome.value}


def judged_day(presented: Presented) -> date:
    """Return the day on which the newest report was judged."""
    return date.fromisoformat(presented.reports[0].judged_on)
