"""What exporters and makers filed over time, and what did not agree: counts for an official, never a decision.

648-1(3): the commerce departments keep credit evaluations; Annex 1 lists dishonest conduct, and repeated irregular
filling counts. What is known of that list is data (models/negative_list.toml).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from verifier.errors import ConfigurationError
from verifier.record import Records, VehicleRecord
from verifier.report import ApplicationReport, Check, Outcome, Report
from verifier.rules.catalogue import models_path

FILE = "negative_list.toml"
REPEATED = 2
"""Filings with the same mismatch from which it is shown as repeated; the notice names no number (inferred)."""


@dataclass(frozen=True, slots=True)
class NegativeItem:
    """One known item of the negative list; `shown_by` are checks whose failing is counted beside it."""

    id: str
    name: str
    name_zh: str
    shown_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """How often a check failed in one month; `filings` counts documents or applications, each once."""

    month: str
    check: str
    filings: int


@dataclass(frozen=True, slots=True)
class EnterpriseHistory:
    """What one exporter or maker filed: `role` is `exporter` or `manufacturer`."""

    role: str
    name: str
    documents: int
    applications: int
    mismatches: tuple[Mismatch, ...]
    repeated: tuple[str, ...]
    """Checks that failed in several filings, most often first."""
    negative_items: tuple[tuple[str, int], ...]
    """(item of the negative list, filings with a check that may bear on it); an official judges."""


@dataclass(frozen=True, slots=True)
class _Filing:
    role: str
    name: str
    month: str
    is_application: bool
    failed: frozenset[str]


def enterprise_histories(
    documents: Iterable[Report], applications: Iterable[ApplicationReport], records: Records
) -> tuple[EnterpriseHistory, ...]:
    """Return the history of every exporter and maker, by role and name, whatever the order of what was filed.

    Exporters answer for documents and applications, makers for the letters that carry their name. A filing belongs to
    the month of its application, without one to the month in which it was judged.
    """
    by_number: dict[str, list[VehicleRecord]] = {}
    for record in records.vehicles:
        if record.application_number:
            by_number.setdefault(record.application_number, []).append(record)
    filings = [
        *(filing for report in documents for filing in _of_document(report, by_number)),
        *(filing for report in applications for filing in _of_application(report, by_number)),
    ]
    names = sorted({(filing.role, filing.name) for filing in filings})
    return tuple(_history(role, name, [f for f in filings if (f.role, f.name) == (role, name)]) for role, name in names)


def _of_document(report: Report, by_number: dict[str, list[VehicleRecord]]) -> Iterator[_Filing]:
    rows = [record for number in report.applications for record in by_number.get(number, ())]
    failed = _failed(report.checks)
    month = _month(rows) or report.judged_on[:7]
    exporter = report.fields.get("exporter")
    for name in sorted({row.applicant for row in rows if row.applicant} or ({exporter.value} if exporter else set())):
        yield _Filing("exporter", name, month, False, failed)
    issuer = report.fields.get("issuer")
    if issuer:
        yield _Filing("manufacturer", issuer.value, month, False, failed)


def _of_application(report: ApplicationReport, by_number: dict[str, list[VehicleRecord]]) -> Iterator[_Filing]:
    rows = by_number.get(report.application, [])
    failed = _failed((*report.checks, *(check for vehicle in report.vehicles for check in vehicle.checks)))
    for name in sorted({row.applicant for row in rows if row.applicant}):
        yield _Filing("exporter", name, _month(rows) or "", True, failed)


def _failed(checks: Iterable[Check]) -> frozenset[str]:
    return frozenset(check.id for check in checks if check.outcome is Outcome.FAIL)


def _month(rows: Iterable[VehicleRecord]) -> str | None:
    return min((row.application_date.isoformat()[:7] for row in rows if row.application_date), default=None)


def _history(role: str, name: str, filings: list[_Filing]) -> EnterpriseHistory:
    monthly = Counter((filing.month, check) for filing in filings for check in filing.failed)
    total = Counter(check for filing in filings for check in filing.failed)
    repeated = sorted((c for c, number in total.items() if number >= REPEATED), key=lambda c: (-total[c], c))
    return EnterpriseHistory(
        role,
        name,
        documents=sum(not filing.is_application for filing in filings),
        applications=sum(filing.is_application for filing in filings),
        mismatches=tuple(Mismatch(month, check, number) for (month, check), number in sorted(monthly.items())),
        repeated=tuple(repeated),
        negative_items=tuple(
            (item.id, sum(bool(f.failed & item.shown_by) for f in filings)) for item in negative_list()
        ),
    )


@lru_cache(maxsize=1)
def negative_list() -> tuple[NegativeItem, ...]:
    """Return the known items of the negative list; raises ConfigurationError where the file is missing or broken."""
    try:
        items = tomllib.loads(models_path(FILE).read_text(encoding="utf-8"))["items"]
        return tuple(
            NegativeItem(str(i["id"]), str(i["name"]), str(i["name_zh"]), frozenset(map(str, i["shown_by"])))
            for i in items
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ConfigurationError(f"models/{FILE}: {error}") from error
