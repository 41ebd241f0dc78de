"""What workers do after everything was seen: judge documents, then applications. They only read the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import msgspec
import numpy as np
from sqlalchemy import Connection

from verifier.batch.filing import vin_key
from verifier.batch.judging import ENCODER, Docket, JudgedRow, row_of
from verifier.batch.outcome import error_of
from verifier.batch.place import Place
from verifier.batch.records import GivenRecords, RecordSource, StoredRecords
from verifier.batch.shards import Shard
from verifier.record import Records, Registry
from verifier.report import ApplicationReport
from verifier.rules import error_report
from verifier.second_pass import Examined, judge_applications
from verifier.store import archive
from verifier.store.archive import Entry


@dataclass(frozen=True, slots=True, eq=False)
class Office:
    """What judging needs to know wherever it runs: where the archive is, the registry, given records, the day."""

    place: Place
    registry: Registry
    records: Records | None
    """None where the database's own records are used."""
    on: date

    @classmethod
    def of(cls, place: Place, registry: Registry, records: Records | None, on: date) -> Office:
        """Return an office without the pictures of impressions, which judging never looks at."""
        bare = tuple(replace(s, image=np.zeros((1, 1, 3), np.uint8)) for s in registry.specimens)
        return cls(place, replace(registry, specimens=bare), records, on)

    @contextmanager
    def open(self) -> Iterator[tuple[Connection, RecordSource]]:
        """Yield one state of the archive and of the records."""
        with self.place.open().reading() as connection:
            yield connection, StoredRecords(connection) if self.records is None else _given(self.records)


_shelves: dict[int, tuple[Records, GivenRecords]] = {}
"""What this process has indexed."""


def _given(records: Records) -> GivenRecords:
    known = _shelves.get(id(records))
    if known is None or known[0] is not records:
        _shelves.clear()
        known = _shelves[id(records)] = records, GivenRecords(records)
    return known[1]


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A document of a run. `error` is (code, detail) where nothing was seen in it."""

    name: str
    sha256: str
    application: str
    error: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class JudgeWork:
    """Judges documents of a run; every part of a document gets its report."""

    office: Office

    def process(self, shard: Shard[ToJudge], *, killable: bool) -> bytes:
        """Return the JudgedRows of a shard, in its order."""
        with self.office.open() as (connection, source):
            return msgspec.msgpack.encode(self._rows(connection, source, shard.items))

    def _rows(self, connection: Connection, source: RecordSource, items: Sequence[ToJudge]) -> list[JudgedRow]:
        entries = archive.find_entries(connection, {item.sha256 for item in items if item.error is None})
        filed: dict[tuple[str, str], list[Entry]] = {}
        for entry in sorted(entries, key=lambda one: one.part_index):
            filed.setdefault((entry.sha256, entry.application), []).append(entry)
        wanted = {(item.sha256, item.application) for item in items}
        chosen = [entry for place in sorted(wanted) for entry in filed.get(place, ())]
        docket = Docket(connection, chosen, source, self.office.registry)
        rows: list[JudgedRow] = []
        for item in items:
            if item.error is not None:
                rows.append(self._failed(item, item.error))
            else:
                parts = filed[item.sha256, item.application]
                rows += [row_of(docket.judge(entry, self.office.on, name=item.name)) for entry in parts]
        return rows

    def _failed(self, item: ToJudge, error: tuple[str, str]) -> JudgedRow:
        office = self.office
        report = error_report(error_of(*error), office.registry, office.on, name=item.name, sha256=item.sha256)
        verdict = report.verdict.value if report.verdict else None
        return JudgedRow(None, b"", ENCODER.encode(report), verdict, ())


def read_rows(answer: bytes) -> list[JudgedRow]:
    """Return the rows that `JudgeWork.process` packed."""
    return msgspec.msgpack.decode(answer, type=list[JudgedRow])


@dataclass(frozen=True, slots=True, eq=False)
class ApplicationWork:
    """Judges applications from the letters of run and archive that name their vehicles."""

    office: Office

    def process(self, shard: Shard[str], *, killable: bool) -> bytes:
        """Return the application reports of a shard as JSON lines, in its order."""
        with self.office.open() as (connection, source):
            reports = [self.judge(connection, source, number) for number in shard.items]
        return b"".join(ENCODER.encode(report) + b"\n" for report in reports)

    def judge(self, connection: Connection, source: RecordSource, number: str) -> ApplicationReport:
        """Return the report of one application."""
        records = source.of_application(number)
        keys = {vin_key(record.vin) for record in records.vehicles}
        held = {entry for entries in archive.holders(connection, keys).values() for entry in entries}
        held |= archive.filed_under(connection, number)
        letters = _newest(archive.get_entries(connection, held).values(), number)
        docket = Docket(connection, letters, source, self.office.registry)
        documents = [
            (Examined(e.name, docket.seen(e), e.application or None), docket.judge(e, self.office.on).report)
            for e in docket.entries
        ]
        (report,) = judge_applications([number], documents, records, self.office.registry, self.office.on)
        return report


def _newest(entries: Iterable[Entry], number: str) -> list[Entry]:
    """Return each document part once: as filed under this application, else under none, else under another."""
    chosen: dict[tuple[str, int], Entry] = {}
    for entry in sorted(entries, key=lambda one: (one.application == number, not one.application, -one.id)):
        chosen[entry.sha256, entry.part_index] = entry
    return [chosen[place] for place in sorted(chosen)]
