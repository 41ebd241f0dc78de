"""Judging documents together: each against records, registry, and every other document of run and archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from verifier import match, rules
from verifier.examination import Examination, Seal
from verifier.history import History, Trace, ink_names
from verifier.record import Records, Registry
from verifier.report import ApplicationReport, Report
from verifier.rules.applications import Document, judge_application
from verifier.seals.ink import same_pixels
from verifier.seals.prints import SAME_DIAMETER, PrintShelf, ink_key_of

SAME_INK = 0.70
"""Likeness from which two seals are the same pixels (`same_pixels`): of 240 pairs of stampings none, of 48 copies saved
once more all, of 120 turned, scaled, printed over and compressed hard 0.90 lie above."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A document as the run or the archive knows it; `application` where a manifest or an option named one."""

    name: str
    seen: Examination
    application: str | None = None


def judge_documents(
    documents: Sequence[Examined], archive: Iterable[Examined], records: Records, registry: Registry, on: date
) -> tuple[Report, ...]:
    """Return one report a document, in the same order; the order itself changes nothing.

    Documents of the run stand for themselves where the archive has the same bytes.
    """
    mine = {document.seen.sha256 for document in documents}
    everything = [*documents, *(old for old in archive if old.seen.sha256 not in mine)]
    everything.sort(key=lambda one: (one.seen.sha256, one.seen.part_index, one.name, one.application or ""))
    traces = tuple(_trace(one, records, registry) for one in everything)
    history = History.of(traces, _ink_hits(everything, traces, mine))
    return tuple(_judge(document, records, registry, history, on) for document in documents)


def _judge(document: Examined, records: Records, registry: Registry, history: History, on: date) -> Report:
    facts = match.compare(document.seen, records, registry, history, document.application)
    checks = rules.check(document.seen, facts, on)
    return rules.report(document.seen, facts, checks, registry, on, name=document.name)


def _trace(document: Examined, records: Records, registry: Registry) -> Trace:
    vins = {vehicle.vin.value for vehicle in document.seen.letter.vehicles}
    numbers = {r.application_number for r in records.vehicles if r.vin in vins and r.application_number}
    applications = {document.application} if document.application else numbers
    return match.trace_of(document.seen, document.name, applications, registry)


def judge_applications(
    numbers: Iterable[str],
    documents: Iterable[tuple[Examined, Report]],
    records: Records,
    registry: Registry,
    on: date,
) -> tuple[ApplicationReport, ...]:
    """Return one report an application, in the order of `numbers`; the order of documents changes nothing."""
    judged = tuple(documents)
    by_vin: dict[str, list[tuple[Examined, Report]]] = {}
    by_application: dict[str, list[tuple[Examined, Report]]] = {}
    for one in judged:
        for vin in {claim.vin.value for claim in one[0].seen.letter.vehicles}:
            by_vin.setdefault(vin, []).append(one)
        for number in one[1].applications:
            by_application.setdefault(number, []).append(one)
    reports = []
    for number in numbers:
        vins = dict.fromkeys(record.vin for record in records.of_application(number))
        about = [*by_application.get(number, ()), *(one for vin in vins for one in by_vin.get(vin, ()))]
        found = {(e.seen.sha256, e.seen.part_index, e.name, e.application or ""): (e, r) for e, r in about}
        filed = tuple(_for_application(*found[key], number, records, registry, on) for key in sorted(found))
        reports.append(judge_application(number, records, filed, on, registry))
    return tuple(reports)


def _for_application(
    examined: Examined, report: Report, number: str, records: Records, registry: Registry, on: date
) -> Document:
    """Return a document as it stands to one application.

    One that was filed with another application is compared with this one's records as well: it must hold for both.
    """
    if number in report.applications:
        return Document(examined.seen, report)
    return Document(
        examined.seen, report, _judge(replace(examined, application=number), records, registry, History(), on)
    )


def _ink_hits(
    everything: Sequence[Examined], traces: tuple[Trace, ...], mine: set[str]
) -> dict[tuple[str, int], tuple[int, ...]]:
    """Return, by document, the traces whose seals are the same pixels; only pairs that could matter are compared."""
    shelves: dict[tuple[str, str, str], list[tuple[int, Seal]]] = {}
    for index, one in enumerate(everything):
        for seal in one.seen.seals:
            for name in ink_names(one.seen, seal, traces[index].issuer or ""):
                shelves.setdefault((traces[index].kind, name, seal.shape), []).append((index, seal))
    hits: dict[tuple[str, int], set[int]] = {}
    for shelf in shelves.values():
        own = {place for place, (index, _) in enumerate(shelf) if traces[index].sha256 in mine}
        for a, b in _same_pixels(shelf, own, traces):
            hits.setdefault(traces[a].key, set()).add(b)
            hits.setdefault(traces[b].key, set()).add(a)
    return {key: tuple(sorted(found)) for key, found in hits.items()}


def _same_pixels(
    shelf: Sequence[tuple[int, Seal]], own: Set[int], traces: tuple[Trace, ...]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of documents that share the pixels of a seal; `own` are the places of the run's own on the shelf."""
    if not own or len({index for index, _ in shelf}) < 2:
        return
    keys = [ink_key_of(seal) for _, seal in shelf]
    kept = [place for place, key in enumerate(keys) if key is not None]
    row_of = {place: row for row, place in enumerate(kept)}
    prints = PrintShelf.of([key for key in keys if key], [shelf[place][1].diameter_mm for place in kept])
    for place in sorted(own):
        a, seal = shelf[place]
        for row in prints.find(row_of[place], SAME_DIAMETER) if place in row_of else ():
            b, other = shelf[kept[row]]
            if kept[row] in own and kept[row] < place:
                continue  # compared from the other side
            if _worth_comparing(traces[a], traces[b]) and same_pixels(seal, other) >= SAME_INK:
                yield a, b


def _worth_comparing(one: Trace, other: Trace) -> bool:
    return one.key != other.key and one.content != other.content
