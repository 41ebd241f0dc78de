"""Judging entries again inside a worker, and saying what changed and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import msgspec
from sqlalchemy import Connection

from verifier.batch.changes import (
    Cause,
    Change,
    Outcomes,
    explain,
    outcomes_before,
    outcomes_of,
    suspects,
)
from verifier.batch.judging import ENCODER, Docket, Judged, JudgedRow, check_rows, judgement_of
from verifier.batch.records import RecordSource
from verifier.batch.shards import Shard
from verifier.batch.verdicts import Office
from verifier.history import History
from verifier.record import Records, VehicleRecord
from verifier.store import archive, judgements, standing_decisions
from verifier.store.archive import Entry
from verifier.store.judgements import Judgement, pack_records


@dataclass(frozen=True, slots=True)
class Terms:
    """How the archive is judged again."""

    current_records: bool = False
    """With the records of today, not with those that each document was judged with."""
    rules_of_then: bool = False
    """By the clauses in force on the day of the earlier judgement, not on today's."""
    changed_only: bool = False
    """Report only what changed."""
    rules_version: str | None = None
    """Only what was last judged under this version of the rules."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A judgement made again; `change` is None where it came out as before."""

    row: JudgedRow
    change: Change | None


@dataclass(frozen=True, slots=True, eq=False)
class ReviewWork:
    """Judges a shard of entries again."""

    office: Office
    terms: Terms

    def process(self, shard: Shard[int], *, killable: bool) -> bytes:
        """Return what came of each entry that is meant, in the shard's order."""
        with self.office.open() as (connection, source):
            return msgspec.msgpack.encode(list(self._reviewed(connection, source, shard.items)))

    def _reviewed(self, connection: Connection, source: RecordSource, ids: tuple[int, ...]) -> Iterator[Reviewed]:
        known = archive.get_entries(connection, ids)
        entries = [known[i] for i in ids if i in known]
        latest = judgements.get_latest(connection, (_place(entry) for entry in entries))
        if self.terms.rules_version is not None:
            wanted = {place for place, one in latest.items() if one.rules == self.terms.rules_version}
            entries = [entry for entry in entries if _place(entry) in wanted]
        bench = _Bench(
            Docket(connection, entries, source, self.office.registry),
            judgements.get_snapshots(connection, (one.snapshot for one in latest.values())),
            standing_decisions.get_decisions(connection, (entry.sha256 for entry in entries)),
            self.office.on,
            self.terms,
        )
        for entry in entries:
            yield bench.review(entry, latest.get(_place(entry)))


def _place(entry: Entry) -> tuple[str, int, str]:
    return entry.sha256, entry.part_index, entry.application


@dataclass(frozen=True, slots=True)
class _Bench:
    """What reviewing the entries of one shard needs."""

    docket: Docket
    snapshots: dict[str, tuple[VehicleRecord, ...]]
    decisions: dict[str, str]
    today: date
    terms: Terms

    def review(self, entry: Entry, before: Judgement | None) -> Reviewed:
        """Return an entry's judgement of today and how it differs from the one before."""
        on = before.judged_on if before is not None and self.terms.rules_of_then else self.today
        then = None if before is None or self.terms.current_records else self._then(before)
        judged = self.docket.judge(entry, on, records=then)
        digest, snapshot = (before.snapshot, b"") if before and then else pack_records(judged.records.vehicles)
        judgement = judgement_of(judged, digest)
        change = self._change(judged, judgement, before)
        report = b"" if self.terms.changed_only and change is None else ENCODER.encode(judged.report)
        row = JudgedRow(judgement, snapshot, report, judgement.verdict, judged.report.applications)
        return Reviewed(row, change)

    def _then(self, before: Judgement) -> Records | None:
        """Return the records of an earlier judgement; None where they were not kept."""
        kept = self.snapshots.get(before.snapshot)
        return None if kept is None else Records(kept, is_excerpt=True)

    def _change(self, judged: Judged, now: Judgement, before: Judgement | None) -> Change | None:
        if before is None:
            return self._described(judged, now, None, (Cause.FIRST,))
        if before.verdict == now.verdict and before.checks == now.checks:
            return None
        was, is_ = outcomes_before(before), outcomes_of(check_rows(judged.report))
        if before.verdict == now.verdict and was == is_:
            return None
        possible = suspects(before, now)
        undone = dict(self._undone(judged, before, possible)) if len(possible) > 1 else {}
        rows = explain(was, is_, possible, undone)
        causes = tuple(dict.fromkeys(cause for row in rows for cause in row.because)) or possible
        change = self._described(judged, now, before, causes)
        return replace(change, checks=rows)

    def _undone(
        self, judged: Judged, before: Judgement, possible: tuple[Cause, ...]
    ) -> Iterator[tuple[Cause, Outcomes]]:
        """Yield, for each cause that can be undone, how it comes out with that one thing as before."""
        entry, on = judged.entry, date.fromisoformat(judged.report.judged_on)
        again: dict[Cause, Judged] = {}
        then = self._then(before)
        if Cause.RECORDS in possible and then is not None:
            again[Cause.RECORDS] = self.docket.judge(entry, on, records=then)
        if Cause.DAY in possible:
            again[Cause.DAY] = self.docket.judge(entry, before.judged_on, records=judged.records)
        if Cause.OTHERS in possible and not before.others:
            again[Cause.OTHERS] = self.docket.judge(entry, on, records=judged.records, history=History())
        for cause, one in again.items():
            yield cause, outcomes_of(check_rows(one.report))

    def _described(
        self, judged: Judged, now: Judgement, before: Judgement | None, because: tuple[Cause, ...]
    ) -> Change:
        entry = judged.entry
        return Change(
            document=entry.name,
            sha256=entry.sha256,
            part=entry.part_index,
            application=entry.application,
            maker=entry.maker,
            verdict_before=before.verdict if before else None,
            verdict_now=now.verdict,
            decision=self.decisions.get(entry.sha256),
            judged_before=before.judged_on.isoformat() if before else None,
            judged_now=now.judged_on.isoformat(),
            rules_before=before.rules if before else None,
            rules_now=now.rules,
            because=because,
            checks=(),
        )


def read_reviewed(answer: bytes) -> list[Reviewed]:
    """Return what `ReviewWork.process` packed."""
    return msgspec.msgpack.decode(answer, type=list[Reviewed])
