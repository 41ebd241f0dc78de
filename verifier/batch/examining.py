"""Examining a shard inside a worker: models loaded with the first document, a watchdog over each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Protocol

from verifier.batch.filing import file_part
from verifier.batch.outcome import DIED, Done, Outcome, encode_outcomes
from verifier.batch.shards import Shard
from verifier.batch.sources import read_document
from verifier.batch.spool import IN_HAND, LATE, Spool
from verifier.batch.work import time_limit
from verifier.errors import ProcessingError, VerifierError
from verifier.examination import Examination
from verifier.record import Registry

TRIES = 2
"""A document over its time is tried once more: the machine may have been busy or asleep."""
LOADING_SECONDS = 180.0
"""Loading the models takes 3 to 5 s on an idle core."""


@dataclass(frozen=True, slots=True)
class ToExamine:
    """A document of a run: where it lies, and its place in the run."""

    index: int
    location: str


class Examiner(Protocol):
    """Sees what is in a document."""

    def examine(self, document: bytes) -> tuple[Examination, ...]:
        """Return what is seen in the document, one examination per part; raises VerifierError."""


def load_examiner(registry: Registry) -> Examiner:
    """Return the real thing: sandbox, models, Tesseract."""
    from verifier import assembly  # engines are loaded by whoever reads, with the first document

    return assembly.build_verifier(registry, assembly.open_sandbox())


def load_examiner_alone(registry: Registry) -> Examiner:
    """Return the real thing for the only process that reads: it may use more than one core."""
    from verifier import assembly

    return assembly.build_verifier(registry, assembly.open_sandbox(), threads=assembly.threads_alone())


@dataclass(frozen=True, slots=True, eq=False)
class ExamineWork:
    """Examines documents. `spool` is a folder on the worker's machine, better one that all of them share."""

    registry: Registry
    spool: str
    timeout_seconds: float
    load: Callable[[Registry], Examiner] = field(default=load_examiner)
    """A function of a module: it is sent by name. Tests put recorded and faulty examiners here."""

    def process(self, shard: Shard[ToExamine], *, killable: bool) -> bytes:
        """Return the outcomes of a shard, those that an earlier try finished taken from the spool."""
        desk = _Desk(self, Spool(self.spool), killable)
        return encode_outcomes(desk.done(item) for item in shard.items)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one document at a time is in hand."""

    work: ExamineWork
    spool: Spool
    killable: bool

    def done(self, item: ToExamine) -> Done:
        try:
            content = read_document(item.location)
        except VerifierError as error:
            return Done(item.index, "", error)
        sha256 = hashlib.sha256(content).hexdigest()
        kept = self.spool.get(sha256)
        if kept is not None:
            return replace(kept, index=item.index)
        outcome = self._outcome(sha256, content)
        parts = () if isinstance(outcome, VerifierError) else outcome
        done = Done(item.index, sha256, outcome, tuple(file_part(seen, self.work.registry) for seen in parts))
        self.spool.put(done)
        return done

    def _outcome(self, sha256: str, content: bytes) -> Outcome:
        if not self.killable and self.spool.note(sha256, IN_HAND) > TRIES:
            return ProcessingError(DIED)
        with self._limit(LOADING_SECONDS, lambda: None):
            examiner = _loaded(self.work)
        with self._limit(self.work.timeout_seconds, lambda: self._note_late(sha256)):
            outcome = examine(examiner, content)
        self.spool.forget(sha256, IN_HAND)
        return outcome

    def _limit(self, seconds: float, late: Callable[[], None]) -> AbstractContextManager[None]:
        return time_limit(seconds, late) if self.killable else nullcontext()

    def _note_late(self, sha256: str) -> None:
        """Called by the watchdog: the last thing this process does."""
        if self.spool.note(sha256, LATE) >= TRIES:
            error = ProcessingError(f"it took longer than {self.work.timeout_seconds:.0f} s")
            self.spool.put(Done(0, sha256, error))


def examine(examiner: Examiner, content: bytes) -> Outcome:
    """Return what is seen in a document, or the error that says why nothing is."""
    try:
        return examiner.examine(content)
    except VerifierError as error:
        return error
    except Exception as error:  # noqa: BLE001  # the shell's converter: one file must not stop the others
        return ProcessingError(f"unforeseen {type(error).__name__}: {error}")


_examiners: dict[tuple[Callable[[Registry], Examiner], str], Examiner] = {}
"""What this process has loaded: one, as long as the registry stays the same."""


def _loaded(work: ExamineWork) -> Examiner:
    """Return the examiner, loaded once; raises MissingEngineError."""
    key = work.load, work.registry.registry_version + work.registry.lists_version
    if key not in _examiners:
        _examiners.clear()
        _examiners[key] = work.load(work.registry)
    return _examiners[key]
