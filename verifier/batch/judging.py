"""Judging entries of the archive, a shard at a time, each against its records and the documents it shares with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import Connection

from verifier import match, rules
from verifier.batch.filing import unpack_claims
from verifier.batch.records import Claim, RecordSource
from verifier.examination import Examination, plain_number
from verifier.history import History, Trace
from verifier.match import Facts, Reuse
from verifier.record import Records, Registry
from verifier.report import Report, Versions
from verifier.store import archive
from verifier.store.archive import Entry
from verifier.store.judgements import Judgement, Row, pack_checks, pack_records

ENCODER = msgspec.json.Encoder(enc_hook=plain_number)


@dataclass(frozen=True, slots=True)
class Judged:
    """A report, with what it rests on."""

    entry: Entry
    report: Report
    facts: Facts
    records: Records
    """The records that bear on the document: with them it is judged the same again."""


class Docket:
    """The entries of one shard with all that judging them needs, fetched at once."""

    def __init__(
        self, connection: Connection, entries: Sequence[Entry], source: RecordSource, registry: Registry
    ) -> None:
        self.entries = tuple(entries)
        self.registry = registry
        self.source = source
        ids = [entry.id for entry in entries]
        self._links = _grouped(archive.links(connection, ids))
        self._inks = _grouped(archive.ink_links(connection, ids))
        near = {other for links in (self._links, self._inks) for others in links.values() for other in others}
        self._known = {entry.id: entry for entry in entries} | archive.get_entries(connection, near - set(ids))
        self._seen: dict[int, Examination] = {}
        self._traces: dict[int, Trace] = {}
        source.prepare(self._claim(entry) for entry in self._known.values())

    def seen(self, entry: Entry) -> Examination:
        """Return what was seen in an entry, without words and ink."""
        if entry.id not in self._seen:
            self._seen[entry.id] = unpack_claims(entry.claims)
        return self._seen[entry.id]

    def records(self, entry: Entry) -> Records:
        """Return the records that bear on an entry now."""
        return self.source.excerpt(self._claim(entry))

    def judge(
        self, entry: Entry, on: date, *, name: str = "", records: Records | None = None, history: History | None = None
    ) -> Judged:
        """Return the judgement of an entry; other records or another history than today's where given."""
        seen, records = self.seen(entry), self.records(entry) if records is None else records
        history = self.history(entry) if history is None else history
        facts = match.compare(seen, records, self.registry, history, entry.application or None)
        checks = rules.check(seen, facts, on)
        report = rules.report(seen, facts, checks, self.registry, on, name=name or entry.name)
        return Judged(entry, report, facts, records)

    def history(self, entry: Entry) -> History:
        """Return the other documents that share something with an entry."""
        others = [self._known[i] for i in self._links.get(entry.id, ()) if _bears(entry, self._known.get(i))]
        inked = [self._known[i] for i in self._inks.get(entry.id, ()) if i in self._known]
        if not others and not inked:
            return _ALONE
        chosen = sorted({one.id: one for one in (*others, *inked)}.values(), key=_order)
        traces = tuple(self._trace(one) for one in chosen)
        inked_ids = {one.id for one in inked}
        hits = tuple(place for place, one in enumerate(chosen) if one.id in inked_ids)
        return History.of(traces, {(entry.sha256, entry.part_index): hits} if hits else {})

    def _trace(self, entry: Entry) -> Trace:
        if entry.id not in self._traces:
            applications = (
                {entry.application} if entry.application else _applications(self.records(entry), self.seen(entry))
            )
            self._traces[entry.id] = match.trace_of(self.seen(entry), entry.name, applications, self.registry)
        return self._traces[entry.id]

    def _claim(self, entry: Entry) -> Claim:
        vins = frozenset(vehicle.vin.value for vehicle in self.seen(entry).letter.vehicles)
        return Claim(vins, entry.application or None)


_ALONE = History()


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def _bears(entry: Entry, other: Entry | None) -> bool:
    """Return whether another entry can bear on this one: the same part only where both name an application."""
    if other is None:
        return False
    if other.sha256 != entry.sha256:
        return True
    if other.part_index != entry.part_index:
        return other.application == entry.application
    return bool(entry.application and other.application)


def _order(entry: Entry) -> tuple[str, int, str, str]:
    return entry.sha256, entry.part_index, entry.name, entry.application


def _applications(records: Records, seen: Examination) -> frozenset[str]:
    vins = {vehicle.vin.value for vehicle in seen.letter.vehicles}
    return frozenset(r.application_number for r in records.vehicles if r.vin in vins and r.application_number)


# --- as the ledger keeps it ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A judgement on its way from a worker to the ledger and the results file."""

    judgement: Judgement | None
    """None where nothing was seen in the document."""
    snapshot: bytes
    report: bytes
    verdict: str | None
    applications: tuple[str, ...]


def row_of(judged: Judged, *, with_report: bool = True) -> JudgedRow:
    """Return a judgement as it is recorded and reported."""
    report = judged.report
    digest, snapshot = pack_records(judged.records.vehicles)
    judgement = judgement_of(judged, digest)
    encoded = ENCODER.encode(report) if with_report else b""
    return JudgedRow(judgement, snapshot, encoded, judgement.verdict, report.applications)


def judgement_of(judged: Judged, snapshot: str) -> Judgement:
    """Return the ledger's row: its key says what the judgement rests on, so that each is recorded once."""
    report, entry = judged.report, judged.entry
    versions = versions_text(report.versions)
    others = others_digest(judged.facts.reuse)
    place = (entry.sha256, str(entry.part_index), entry.application)
    rests_on = (*place, report.record_digest, snapshot, versions, report.judged_on, others)
    return Judgement(
        key=hashlib.sha256("\n".join(rests_on).encode()).hexdigest(),
        sha256=entry.sha256,
        part_index=entry.part_index,
        application=entry.application,
        verdict=report.verdict.value if report.verdict else None,
        judged_on=date.fromisoformat(report.judged_on),
        record_digest=report.record_digest,
        snapshot=snapshot,
        others=others,
        rules=report.versions.rules,
        versions=versions,
        checks=pack_checks(check_rows(report)),
    )


def versions_text(versions: Versions) -> str:
    """Return the versions as JSON."""
    return msgspec.json.encode(versions).decode()


def check_rows(report: Report) -> list[Row]:
    """Return (id, subject, outcome, reason) of every check."""
    return [
        (c.id, ";".join(f"{k}={v}" for k, v in (c.subject or {}).items()), c.outcome.value, c.reason or "")
        for c in report.checks
    ]


def others_digest(reuse: Reuse) -> str:
    """Return a digest of the other documents that a judgement rests on; '' where there are none."""
    groups = (reuse.same_file, reuse.same_picture, reuse.same_number, reuse.same_number_and_vins, reuse.same_ink)
    named = [[(t.sha256, t.part_index, t.content) for t in group] for group in groups]
    vins = [(vin, trace.sha256, trace.part_index) for vin, trace in reuse.same_vin]
    if not any(named) and not vins:
        return ""
    return hashlib.sha256(repr((named, vins)).encode()).hexdigest()
