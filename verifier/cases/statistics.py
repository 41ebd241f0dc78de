"""Use-case: what was judged over time, by verdict, reason, maker, exporter and country. Read only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from verifier.cases.presenting import read_stored
from verifier.report import Outcome, Report, ReportField, Verdict
from verifier.store import documents as uploads
from verifier.store import results
from verifier.store.blobs import Blobs
from verifier.store.database import Database
from verifier.store.documents import DONE, Owners, StoredUpload, Wanted

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOST_COUNTED = 5000
"""Newest documents of a period; at a third of a millisecond each the page opens in two seconds."""
AT_ONCE = 500
MOST_ROWS = 12
"""Rows of one table by name; the rest is summed as others."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counted:
    """One judged document, as statistics see it."""

    day: date
    verdict: str
    issuer: str
    exporter: str
    country: str
    failing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """How the documents of one week, maker, exporter or country were judged."""

    name: str
    verified: int
    flagged: int
    unreadable: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.verified + self.flagged + self.unreadable

    @property
    def straight_through(self) -> float | None:
        """Share that was verified without a person; None of nothing."""
        return self.verified / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Reason:
    """How many documents failed a check, or left it unsure, in one month."""

    month: str
    check: str
    documents: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """A period in figures."""

    since: date
    until: date
    whole: Row
    weeks: tuple[Row, ...]
    reasons: tuple[Reason, ...]
    makers: tuple[Row, ...]
    exporters: tuple[Row, ...]
    countries: tuple[Row, ...]
    is_complete: bool
    """False where there were more documents than are counted."""


def statistics(database: Database, since: date, until: date, owners: Owners) -> Statistics:
    """Return what was uploaded from `since` to `until` (both included, the office's days) and judged."""
    found, complete = _uploads(database, since, until, owners)
    counted = tuple(one for one in (_counted(database, upload) for upload in found) if one)
    return summarise(counted, since, until, complete=complete)


def summarise(counted: tuple[Counted, ...], since: date, until: date, *, complete: bool = True) -> Statistics:
    """Return the figures of some judged documents."""
    failing = Counter((one.day.isoformat()[:7], check) for one in counted for check in one.failing)
    return Statistics(
        since,
        until,
        _row("", counted),
        _weeks(counted, since, until),
        tuple(Reason(month, check, number) for (month, check), number in sorted(failing.items())),
        _by(counted, lambda one: one.issuer),
        _by(counted, lambda one: one.exporter),
        _by(counted, lambda one: one.country),
        complete,
    )


def _row(name: str, counted: Iterable[Counted]) -> Row:
    verdicts = Counter(one.verdict for one in counted)
    return Row(name, *(verdicts[verdict.value] for verdict in (Verdict.VERIFIED, Verdict.FLAGGED, Verdict.UNREADABLE)))


def _weeks(counted: tuple[Counted, ...], since: date, until: date) -> tuple[Row, ...]:
    """Return every week of the period by its Monday, empty ones too."""
    by_week: dict[date, list[Counted]] = {}
    for one in counted:
        by_week.setdefault(_monday(one.day), []).append(one)
    first, number = _monday(since), (_monday(until) - _monday(since)).days // 7 + 1
    mondays = (first + n * WEEK for n in range(number))
    return tuple(_row(monday.isoformat(), by_week.get(monday, ())) for monday in mondays)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by(counted: tuple[Counted, ...], name_of: Callable[[Counted], str]) -> tuple[Row, ...]:
    """Return rows by name, the longest first; what is beyond MOST_ROWS comes last, without a name."""
    by_name: dict[str, list[Counted]] = {}
    for one in counted:
        by_name.setdefault(name_of(one) or "—", []).append(one)
    ordered = sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0]))
    others = [one for _, several in ordered[MOST_ROWS:] for one in several]
    rows = [_row(name, several) for name, several in ordered[:MOST_ROWS]]
    return (*rows, *([_row("", others)] if others else ()))


def _uploads(database: Database, since: date, until: date, owners: Owners) -> tuple[list[StoredUpload], bool]:
    """Return the newest judged uploads of the period, and whether these are all."""
    found: list[StoredUpload] = []
    for one in _newest_first(database, owners):
        day = _day(one.uploaded_at)
        if day < since:
            break
        if day <= until:
            if len(found) == MOST_COUNTED:
                return found, False
            found.append(one)
    return found, True


def _newest_first(database: Database, owners: Owners) -> Iterator[StoredUpload]:
    cursor: str | None = None
    while True:
        with database.reading() as connection:
            some = uploads.list_uploads(connection, Wanted(owners, cursor, DONE), AT_ONCE)
        yield from some
        if len(some) < AT_ONCE:
            return
        cursor = some[-1].id


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, SHANGHAI).date()


def _counted(database: Database, upload: StoredUpload) -> Counted | None:
    if upload.verdict is None:
        return None
    with database.reading() as connection:
        blob = results.get_report(connection, upload.id).blob
    if blob is None:
        return None
    issuer, exporter, country, failing = _digest(_Stored(blob, database.blobs))
    return Counted(_day(upload.uploaded_at), upload.verdict, issuer, exporter, country, failing)


@dataclass(frozen=True, slots=True)
class _Stored:
    """Reports by their digest: what was read once is not read again."""

    sha256: str
    blobs: Blobs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Stored) and other.sha256 == self.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)


@lru_cache(maxsize=4 * MOST_COUNTED)
def _digest(stored: _Stored) -> tuple[str, str, str, tuple[str, ...]]:
    """Return issuer, exporter, country and failing checks of a document's reports."""
    reports = read_stored(results.read_reports(stored.blobs, stored.sha256))
    names = (_first(reports, name) for name in ("issuer", "exporter", "export_country"))
    opened = {c.id for report in reports for c in report.checks if c.outcome in (Outcome.FAIL, Outcome.UNSURE)}
    issuer, exporter, country = names
    return issuer, exporter, country, tuple(sorted(opened))


def _first(reports: tuple[Report, ...], name: str) -> str:
    values = (report.fields.get(name) for report in reports)
    return next((value.value for value in values if isinstance(value, ReportField)), "")
