"""The archive judged again: brought up to date where a stage changed, judged, compared, reported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from verifier.batch.change_report import ChangeFiles, Counted
from verifier.batch.changes import Change
from verifier.batch.engine import Engine, run_all
from verifier.batch.inks import pair_inks
from verifier.batch.place import Place
from verifier.batch.refresh import RefreshWork, Stage, file_all, keep_refreshed, read_refreshed
from verifier.batch.review import ReviewWork, Terms, read_reviewed
from verifier.batch.run import Progress, in_order, record, whole_file
from verifier.batch.shards import cut
from verifier.batch.verdicts import Office
from verifier.cases.opening import reopen_decided
from verifier.record import Records, Registry
from verifier.report import Outcome
from verifier.store import archive
from verifier.store.archive import Scope
from verifier.store.archive_tables import archive_entries
from verifier.store.database import Database

LISTED_TOGETHER = 5_000
REFRESHED_TOGETHER = 100
REVIEWED_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Review:
    """What judging the archive again is asked to do."""

    place: Place
    registry: Registry
    records: Records | None
    on: date
    out: Path
    scope: Scope = field(default_factory=Scope)
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What came of it."""

    counted: Counted
    stages: dict[Stage, int]
    """How many entries had to repeat what; `reading` counts those that could not be brought up to date."""


def reverify(review: Review, engine: Engine, progress: Progress) -> ReviewSummary:
    """Judge the archive again and write what changed beside the results; an official's decision is never touched."""
    database = review.place.open()
    file_all(database, review.registry)
    stages = _refresh(review, database, engine)
    pair_inks(database)
    counted = _judge(review, database, engine, progress)
    return ReviewSummary(counted, stages)


def _refresh(review: Review, database: Database, engine: Engine) -> dict[Stage, int]:
    """Bring every entry up to date, also those out of scope: they may share something with one that is in it."""
    stages = dict.fromkeys(Stage, 0)
    work = RefreshWork(review.place, review.registry)
    for _, answer in run_all(engine, work, cut(list_ids(database, Scope()), REFRESHED_TOGETHER)):
        refreshed = read_refreshed(answer or b"\x90")
        keep_refreshed(database, refreshed)
        for one in refreshed:
            stages[one.stage] += 1
    return stages


def _judge(review: Review, database: Database, engine: Engine, progress: Progress) -> Counted:
    office = Office.of(review.place, review.registry, review.records, review.on)
    work = ReviewWork(office, review.terms)
    total = _count(database)
    counted = Counted()
    with ExitStack() as stack:
        results = stack.enter_context(whole_file(review.out))
        changes = stack.enter_context(ChangeFiles.beside(review.out))
        for answer in in_order(run_all(engine, work, cut(list_ids(database, review.scope), REVIEWED_TOGETHER))):
            reviewed = read_reviewed(answer)
            record(database, (one.row for one in reviewed))
            results.writelines(one.row.report + b"\n" for one in reviewed if one.row.report)
            for one in reviewed:
                counted.count(one.row.verdict, one.change)
                if one.change is not None:
                    changes.write(one.change)
                    _tell_officials(database, one.change)
            progress(counted.documents, total)
        changes.finish(counted)
    return counted


def _tell_officials(database: Database, change: Change) -> None:
    """Open a case where something fails that did not before on a document that an official has decided."""
    newly = [check.id for check in change.checks if check.now == Outcome.FAIL and check.before != Outcome.FAIL]
    if change.decision is not None and newly:
        reopen_decided(database, change.sha256, newly)


def list_ids(database: Database, scope: Scope) -> Iterator[int]:
    """Yield the entries in scope, maker by maker, so that a worker meets the same impressions again and again."""
    after = "", 0
    while True:
        with database.reading() as connection:
            listed = archive.list_entry_ids(connection, scope, after, LISTED_TOGETHER)
        yield from (entry for _, entry in listed)
        if len(listed) < LISTED_TOGETHER:
            return
        after = listed[-1]


def _count(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(archive_entries)) or 0)
