"""What the review of a letter shows, put together for its template. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.cases.presenting import Age, Presented
from verifier.cases.viewing import WIDTHS
from verifier.examination import Finding
from verifier.integrity.traces import is_measurable
from verifier.record import VehicleRecord
from verifier.web.pages.shown import (
    Facts,
    ShownCheck,
    evidence_boxes,
    judged_day,
    shown_checks,
    shown_facts,
)


@dataclass(frozen=True, slots=True)
class Review:
    """A letter as an official sees it."""

    presented: Presented
    opened: tuple[ShownCheck, ...]
    """Failed and unsure, worst first."""
    notes: tuple[ShownCheck, ...]
    settled: tuple[ShownCheck, ...]
    """Passed and skipped."""
    facts: tuple[Facts, ...]
    ages: dict[str, Age]
    records: dict[str, VehicleRecord]
    findings: tuple[tuple[int, Finding], ...]
    """(part, what the file hides)."""
    scanned_pages: tuple[int, ...]
    """Pages whose print can be coloured by how unlike the rest it is."""
    viewer: dict[str, object]
    """For the page viewer: pages with their sizes, and every place a check points to."""


def review_of(presented: Presented) -> Review:
    """Return what the review of a document shows."""
    checks = shown_checks(presented)
    ages = {age.vin: age for age in presented.ages(judged_day(presented))} if presented.reports else {}
    return Review(
        presented,
        tuple(one for one in checks if one.is_open),
        tuple(one for one in checks if one.check.outcome == "note"),
        tuple(one for one in checks if one.check.outcome in ("pass", "skipped")),
        tuple(shown_facts(report) for report in presented.reports),
        ages,
        {record.vin: record for record in presented.records},
        tuple((part.part_index, finding) for part in presented.seen for finding in part.findings),
        tuple(page.number for part in presented.seen for page in part.pages if is_measurable(page)),
        _viewer(presented, checks),
    )


def _viewer(presented: Presented, checks: tuple[ShownCheck, ...]) -> dict[str, object]:
    numbers = [page.number for part in presented.seen for page in part.pages]
    pages = [
        {
            "number": number,
            "levels": [
                {
                    "url": f"/v1/documents/{presented.upload.id}/pages/{number}?width={width}",
                    "width": width,
                    "height": round(width * presented.aspect(number)),
                }
                for width in WIDTHS
            ],
        }
        for number in numbers
    ]
    return {"pages": pages, "boxes": list(evidence_boxes(checks))}
