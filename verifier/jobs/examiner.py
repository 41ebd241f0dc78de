"""What a worker looks at documents with: the real reader, or in tests a recorded one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from verifier.assembly import build_verifier, made_with, open_sandbox, threads_alone
from verifier.examination import Examination
from verifier.memory import give_back_memory
from verifier.record import Registry


class Examiner(Protocol):
    """Sees what is in a document. `made_with` is a digest of all that the result depends on."""

    @property
    def made_with(self) -> str:
        """Digest of engines, models, labels and registry."""

    def examine(self, document: bytes) -> tuple[Examination, ...]:
        """Return one examination a part; raises UnreadableDocumentError, ProcessingError."""

    def close(self) -> None:
        """Let go of what it holds."""


MakeExaminer = Callable[[Registry], Examiner]
"""Builds an examiner that knows a registry; a function of a module, so that another process finds it."""


class RealExaminer:
    """Engines and models in this process, documents opened in a sandbox."""

    def __init__(self, registry: Registry) -> None:
        self._sandbox = open_sandbox()
        self._verifier = build_verifier(registry, self._sandbox, threads=threads_alone())
        self._made_with = made_with(registry)

    @property
    def made_with(self) -> str:
        """Digest of engines, models, labels and registry."""
        return self._made_with

    def examine(self, document: bytes) -> tuple[Examination, ...]:
        """Return what is seen in the document."""
        try:
            return self._verifier.examine(document)
        finally:
            give_back_memory()

    def close(self) -> None:
        """End the sandbox."""
        self._sandbox.close()


def real_examiner(registry: Registry) -> Examiner:
    """Return an examiner with everything that is installed; raises MissingEngineError."""
    return RealExaminer(registry)
