"""One batch from folder or manifest to results: examine what is new, file it, judge everything together.

What is examined is recorded shard by shard; after any death the same call goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, TypeVar

from verifier.batch.engine import Engine, run_all
from verifier.batch.examining import Examiner, ExamineWork, load_examiner
from verifier.batch.inks import pair_inks
from verifier.batch.intake import Intake, Known
from verifier.batch.judging import JudgedRow
from verifier.batch.outcome import Outcome, decode_outcomes
from verifier.batch.place import Place
from verifier.batch.shards import cut, size_for
from verifier.batch.sources import Row
from verifier.batch.verdicts import ApplicationWork, JudgeWork, Office, ToJudge, read_rows
from verifier.batch.work import Answer
from verifier.errors import ProcessingError, VerifierError
from verifier.inputs import ManifestRow
from verifier.record import Records, Registry
from verifier.report import ApplicationReport, Report
from verifier.rules import error_report
from verifier.second_pass import Examined, judge_applications, judge_documents
from verifier.store.database import Database
from verifier.store.judgements import put_judgements, put_snapshots

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Called with (done, total) after every shard."""
JUDGED_TOGETHER = 100
"""Documents judged as one shard: a fifth of a second."""
APPLICATIONS_TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Order:
    """What a batch is asked to do."""

    rows: tuple[Row, ...]
    registry: Registry
    made_with: str
    records: Records | None
    """None where the database's own records are used."""
    on: date
    out: Path
    spool: str
    timeout_seconds: float
    resume: bool = False
    load: Callable[[Registry], Examiner] = load_examiner


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a batch."""

    reports: int
    verdicts: frozenset[str | None]
    applications: int


def run_batch(order: Order, place: Place, engines: Engines, progress: Progress) -> Summary:
    """Examine, file and judge the documents of `order`; write its results and return what came of it."""
    database = place.open()
    known = examine_rows(order, database, engines.examining, progress)
    office = Office.of(place, order.registry, order.records, order.on)
    items = [_to_judge(row, known[index]) for index, row in enumerate(order.rows)]
    return judge_rows_of(items, office, database, engines.judging, order.out)


@dataclass(frozen=True, slots=True)
class Engines:
    """Who examines, who judges: judging needs the database within reach."""

    examining: Engine
    judging: Engine


def examine_rows(order: Order, database: Database, engine: Engine, progress: Progress) -> Sequence[Known]:
    """Return what is known of every row, examined anew only where the archive has it not."""
    intake = Intake(order.rows, database, order.registry, order.made_with, order.spool)
    if not order.resume:
        intake.try_failures_again()
    work = ExamineWork(order.registry, order.spool, order.timeout_seconds, order.load)
    progress(0, len(order.rows))
    size = size_for(len(order.rows), engine.workers)
    for shard, answer in run_all(engine, work, cut(intake.missing(), size)):
        intake.record(shard, None if answer is None else decode_outcomes(answer))
        progress(intake.done, len(order.rows))
    progress(intake.done, len(order.rows))
    pair_inks(database)
    return intake.known


def _to_judge(row: Row, known: Known) -> ToJudge:
    error = (known.error.code, known.error.detail) if known.error else None
    return ToJudge(row.name, known.sha256, row.application_number or "", error)


def judge_rows_of(items: Sequence[ToJudge], office: Office, database: Database, engine: Engine, out: Path) -> Summary:
    """Judge examined documents and the applications they touch; write both results files, each whole or not at all."""
    verdicts: set[str | None] = set()
    applications: set[str] = set()
    count = 0
    shards = cut(items, min(JUDGED_TOGETHER, size_for(len(items), engine.workers)))
    with whole_file(out) as file:
        for answer in in_order(run_all(engine, JudgeWork(office), shards)):
            rows = read_rows(answer)
            record(database, rows)
            file.writelines(row.report + b"\n" for row in rows)
            verdicts.update(row.verdict for row in rows)
            applications.update(number for row in rows for number in row.applications)
            count += len(rows)
    with whole_file(out.with_suffix(".applications.jsonl")) as file:
        numbers = cut(sorted(applications), APPLICATIONS_TOGETHER)
        file.writelines(in_order(run_all(engine, ApplicationWork(office), numbers)))
    return Summary(count, frozenset(verdicts), len(applications))


def record(database: Database, rows: Iterable[JudgedRow]) -> None:
    """Put judgements into the ledger, each once."""
    made = [(row.judgement, row.snapshot) for row in rows if row.judgement is not None]
    with database.transaction() as connection:
        put_snapshots(connection, {judgement.snapshot: snapshot for judgement, snapshot in made})
        put_judgements(connection, (judgement for judgement, _ in made))


def in_order(answers: Iterable[Answer[T]]) -> Iterator[bytes]:
    """Yield answers by shard number; holds no more than were handed out ahead.

    Raises ProcessingError for a shard that stopped its worker: judging touches no untrusted byte.
    """
    waiting: dict[int, bytes] = {}
    following = 0
    for shard, answer in answers:
        if answer is None:
            raise ProcessingError("a worker died while it judged; run the batch again")
        waiting[shard.number] = answer
        while following in waiting:
            yield waiting.pop(following)
            following += 1


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that appears under its name only once it is complete and on disk; raises ProcessingError."""
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise ProcessingError(f"{path} cannot be written: {error.strerror}") from error


# --- a few documents, in memory --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a set of documents."""

    reports: tuple[Report, ...]
    applications: tuple[ApplicationReport, ...]


def judge_rows(
    rows: Sequence[ManifestRow],
    outcomes: Sequence[Outcome],
    archive: Iterable[Examined],
    records: Records,
    registry: Registry,
    on: date,
) -> Judged:
    """Return the reports of examined files in their order, and of every application they touch."""
    examined = [
        Examined(row.path.name, seen, row.application_number)
        for row, outcome in zip(rows, outcomes, strict=True)
        if not isinstance(outcome, VerifierError)
        for seen in outcome
    ]
    judged = list(judge_documents(examined, archive, records, registry, on))
    numbers = sorted({number for report in judged for number in report.applications})
    applications = judge_applications(numbers, zip(examined, judged, strict=True), records, registry, on)
    remaining = iter(judged)
    reports: list[Report] = []
    for row, outcome in zip(rows, outcomes, strict=True):
        if isinstance(outcome, VerifierError):
            reports.append(error_report(outcome, registry, on, name=row.path.name, sha256=_digest_of(row.path)))
        else:
            reports += [next(remaining) for _ in outcome]
    return Judged(tuple(reports), applications)


def _digest_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
