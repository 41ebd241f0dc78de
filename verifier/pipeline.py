"""The whole flow, top to bottom: bytes become an examination, an examination becomes a report.

Only a shell builds a `Verifier`: it hands in the opener (sandboxed, or in-process for tests), the loaded
engines and what the office knows. Per-call arguments never change it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from verifier import integrity, match, rules
from verifier.examination import Examination, Opened
from verifier.extraction import Labels, extract
from verifier.formats.names import find_maker
from verifier.history import History
from verifier.letter import Letter
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
        pages = tuple(image.page for image in images)
        letter = extract(pages, self.labels, self.registry.known_makers)  # 3 what it claims
        seals = self.seals.examine(images, opened.findings, _issuing_maker(letter, self.registry))  # 4 who sealed it
        hidden = integrity.examine(opened.findings, pages, letter)  # 5 what the file hides,
        traces = integrity.find_traces(opened.pages, pages, letter)  # and what its pixels betray
        return (
            Examination(
                sha256=hashlib.sha256(document).hexdigest(),
                media_type=opened.media_type,
                part_index=1,
                part_of=1,
                pages=pages,
                letter=letter,
                seals=seals,
                findings=(*hidden, *traces),
                signed=opened.signed,
                reader_version=self.reader.version,
                models_version=self.labels.version,
                registry_version=self.registry.registry_version,
                opened_findings=opened.findings,
                traces=traces,
                seconds_open=after_open - started,
                seconds_read=after_read - after_open,
                seconds_total=time.process_time() - started,
            ),
        )

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
        facts = match.compare(seen, records, self.registry, history, application)  # 6 claim × record × archive
        checks = rules.check(seen, facts, on)  # 7 the notice, clause by clause
        return rules.report(seen, facts, checks, self.registry, on, name=name)


def understand(seen: Examination, labels: Labels, registry: Registry) -> Examination | None:
    """Return what the stored words of an examination claim by today's extraction; no pixel is needed.

    None where the letter now names another maker: its seals were compared with the wrong impressions, so the
    document must be examined again.
    """
    letter = extract(seen.pages, labels, registry.known_makers)
    if _issuing_maker(letter, registry) != _issuing_maker(seen.letter, registry):
        return None
    findings = integrity.examine(seen.opened_findings, seen.pages, letter)
    return replace(seen, letter=letter, findings=(*findings, *seen.traces), models_version=labels.version)


def _issuing_maker(letter: Letter, registry: Registry) -> Maker | None:
    return find_maker(letter.issuer.value, registry.known_makers) if letter.issuer else None
