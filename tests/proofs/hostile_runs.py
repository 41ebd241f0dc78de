"""Files put through the opener one by one: how each was answered, and what its child cost."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from samples.hostile import Sample
from verifier import errors
from verifier.sandbox import Sandbox

OPENED = ""
"""Answer for a file that was opened; every other one is the code of an error."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one file was answered; `seconds` is wall time, the rest is its child's."""

    name: str
    code: str
    detail: str
    seconds: float
    cpu_seconds: float
    peak_bytes: int
    signal: int


def answered(sandbox: Sandbox, name: str, document: bytes) -> Answer:
    """Return how the sandbox answers a file; any exception but the verifier's own goes up: a crash of the parent."""
    began, last = time.perf_counter(), sandbox.last
    code, detail = OPENED, ""
    try:
        sandbox.open(document)
    except errors.VerifierError as error:
        code, detail = error.code, error.detail
    ended = sandbox.last
    cost = (0.0, 0, 0) if ended is last else (ended.cpu_seconds, ended.peak_bytes, ended.status & 0x7F)
    return Answer(name, code, detail, time.perf_counter() - began, *cost)


def answers(sandbox: Sandbox, samples: Iterable[Sample]) -> list[Answer]:
    """Return how each sample is answered."""
    return [answered(sandbox, sample.name, sample.make()) for sample in samples]
