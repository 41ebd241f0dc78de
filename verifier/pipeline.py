"""The whole flow, top to bottom: bytes become an examination, an examination becomes a report.

Only a shell builds a `Verifier`: it hands in the opener (sandboxed, or in-process for tests), the loaded
engines and what the office knows. Per-call arguments never change it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from verifier import integrity, match, rules
from verifier.examination import Examination, Finding, Opened
from verifier.extraction import Labels, extract
from verifier.extraction.parts import split_pages
from verifier.hidden_name import with_hidden_name
from verifier.history import History
from verifier.letter import Kind, Letter
from verifier.page import Page, PageImage
from verifier.reading.reader import Reader
from verifier.record import Maker, Records, Registry
from verifier.report import Report
from verifier.seals.examiner import SealExaminer

Opener = Callable[[bytes], Opened]
"""Turns untrusted bytes into an opened document; raises `errors.UnreadableDocumentError` or `SandboxError`."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Everything that verifying needs, loaded once: opener, reader, labels, seals, registry."""

    open: Opener
    reader: Reader
    labels: Labels
    seals: SealExaminer
    registry: Registry

    def examine(self, document: bytes) -> tuple[Examination, ...]:
        """Return what is seen in the document, one examination per part; costly, knows no record.

        Raises `errors.UnreadableDocumentError` and `errors.ProcessingError`.
        """
        started = time.process_time()
        opened = self.open(document)  # 1 bytes -> pages, in the sandbox
        after_open = time.process_time()
        images = self.reader.read(opened.pages)  # 2 upright, ink apart, words with confidence
        after_read = time.process_time()
        parts = split_pages(tuple(image.page for image in images), self.labels)  # 3 one document a part
        whole = Examination(
            sha256=hashlib.sha256(document).hexdigest(),
            media_type=opened.media_type,
            part_index=1,
            part_of=len(parts),
            pages=(),
            letter=Letter(Kind.UNKNOWN),
            seals=(),
            findings=(),
            signed=opened.signed,
            reader_version=self.reader.version,
            models_version=self.labels.version,
            registry_version=self.registry.registry_version,
            opened_findings=opened.findings,
            seconds_open=after_open - started,
            seconds_read=after_read - after_open,
        )
        seen = [self._examine_part(whole, index, pages, images, opened) for index, pages in enumerate(parts, 1)]
        return tuple(replace(part, seconds_total=time.process_time() - started) for part in seen)

    def _examine_part(
        self, whole: Examination, index: int, pages: tuple[Page, ...], images: tuple[PageImage, ...], opened: Opened
    ) -> Examination:
        """Return what is seen in one document of a file."""
        numbers = {page.number for page in pages}
        letter = extract(pages, self.labels, self.registry.known_makers)  # 4 what it claims
        mine = tuple(image for image in images if image.page.number in numbers)
        found = _of_pages(opened.findings, numbers)
        seals = self.seals.examine(mine, found, issuing_maker(letter, self.registry))  # 5 who sealed it
        if letter is not (named := with_hidden_name(letter, seals, self.registry.known_makers)):
            letter, seals = named, self.seals.examine(mine, found, issuing_maker(named, self.registry))
        hidden = integrity.examine(found, pages, letter)  # 6 what the file hides,
        tampered = integrity.find_traces(opened.pages, pages, letter, found)  # and what its pixels betray
        penned = (*integrity.find_pen(mine, letter), *integrity.find_struck(mine, letter))
        traces = (*tampered, *penned, *integrity.find_slips(mine, seals))
        return replace(
            whole, part_index=index, pages=pages, letter=letter, seals=seals, findings=(*hidden, *traces),
            opened_findings=found, traces=traces,
        )  # fmt: skip

    def judge(
        self,
        seen: Examination,
        records: Records,
        history: History,
        on: date,
        *,
        name: str,
        application: str | None = None,
    ) -> Report:
        """Return the report on an examined document; cheap, pure, repeatable to the letter.

        `on` is the day it is judged; `application` limits the comparison to one export application.
        """
        facts = match.compare(seen, records, self.registry, history, application)  # 7 claim × record × archive
        checks = rules.check(seen, facts, on)  # 8 the notice, clause by clause
        return rules.report(seen, facts, checks, self.registry, on, name=name)


def understand(parts: tuple[Examination, ...], labels: Labels, registry: Registry) -> tuple[Examination, ...] | None:
    """Return what the stored words of a file claim by today's extraction, split as today; no pixel is needed.

    `parts` are the examinations of one file. None where a document now names another maker than the one its seals
    were compared with: then the file must be examined again.
    """
    pages = tuple(page for part in parts for page in part.pages)
    groups = split_pages(pages, labels)
    found = [_understood(parts, group, labels, registry) for group in groups]
    if any(part is None for part in found):
        return None
    return tuple(
        replace(part, part_index=index, part_of=len(found)) for index, part in enumerate(found, 1) if part is not None
    )


def understand_as(
    parts: tuple[Examination, ...],
    groups: Sequence[Sequence[int]],
    kinds: Mapping[int, Kind],
    labels: Labels,
    registry: Registry,
) -> tuple[Examination, ...]:
    """Return what the stored words of a file claim where an official says which pages are one paper, of which kind.

    `groups` are page numbers by part; pages that none names belong to the last. `kinds` go by part, from 1. Seals
    that were compared with another maker's impressions count as not compared.
    """
    pages = [page for part in parts for page in part.pages]
    named = {number for group in groups for number in group}
    wanted = [[page for page in pages if page.number in group] for group in groups]
    wanted[-1] += [page for page in pages if page.number not in named]
    kept = [tuple(group) for group in wanted if group]
    found = []
    for index, group in enumerate(kept, 1):
        part = _understood(parts, group, labels, registry, kinds.get(index))
        if part is None:
            bare = tuple(replace(p, seals=tuple(replace(s, comparison=None) for s in p.seals)) for p in parts)
            part = _understood(bare, group, labels, registry, kinds.get(index), any_maker=True)
        if part is not None:
            found.append(replace(part, part_index=index, part_of=len(kept)))
    return tuple(found)


def _understood(
    parts: tuple[Examination, ...],
    pages: tuple[Page, ...],
    labels: Labels,
    registry: Registry,
    kind: Kind | None = None,
    *,
    any_maker: bool = False,
) -> Examination | None:
    """Return the document on some pages of a file, from what was seen on them."""
    numbers = {page.number for page in pages}
    seals = tuple(seal for part in parts for seal in part.seals if seal.page in numbers)
    letter = with_hidden_name(extract(pages, labels, registry.known_makers, kind), seals, registry.known_makers)
    maker = issuing_maker(letter, registry)
    compared = {issuing_maker(part.letter, registry) for part in parts if any(s.page in numbers for s in part.seals)}
    if maker is None:
        seals = tuple(replace(seal, comparison=None) for seal in seals)
    elif compared - {maker} and not any_maker:
        return None
    opened = _of_pages(tuple(dict.fromkeys(f for part in parts for f in part.opened_findings)), numbers)
    hidden = integrity.examine(opened, pages, letter)
    traces = tuple(trace for part in parts for trace in part.traces if trace.page in numbers)
    return replace(
        parts[0], pages=pages, letter=letter, seals=seals, findings=(*hidden, *traces), opened_findings=opened,
        traces=traces, models_version=labels.version,
    )  # fmt: skip


def _of_pages(findings: tuple[Finding, ...], numbers: set[int]) -> tuple[Finding, ...]:
    """Return the findings on some pages, then those about the whole file."""
    return (
        *(finding for finding in findings if finding.page in numbers),
        *(finding for finding in findings if finding.page is None),
    )


def issuing_maker(letter: Letter, registry: Registry) -> Maker | None:
    """Return the known maker that issues a letter: the one whose impressions its seals are compared with."""
    return registry.known_makers.named(letter.issuer.value) if letter.issuer else None
