"""What came of examining a document, and how it travels from a worker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from verifier.errors import ProcessingError, VerifierError
from verifier.examination import Examination, decode_examinations, encode_examinations
from verifier.store.archive import FiledPart

Outcome = tuple[Examination, ...] | VerifierError
"""What was seen in a file, or why nothing was."""
DIED = "the worker process died"


@dataclass(frozen=True, slots=True)
class Done:
    """A document that was dealt with; `sha256` is empty where not even its bytes could be had."""

    index: int
    sha256: str
    outcome: Outcome
    filed: tuple[FiledPart, ...] = ()
    """What the archive keeps at hand of each part."""


@dataclass(frozen=True, slots=True)
class _Packed:
    index: int
    sha256: str
    seen: bytes
    code: str
    detail: str
    filed: tuple[FiledPart, ...]


def encode_outcomes(done: Iterable[Done]) -> bytes:
    """Return outcomes as bytes."""
    return msgspec.msgpack.encode([_pack(one) for one in done])


def decode_outcomes(packed: bytes) -> tuple[Done, ...]:
    """Return the outcomes that `encode_outcomes` packed."""
    rows = msgspec.msgpack.decode(packed, type=list[_Packed])
    return tuple(Done(row.index, row.sha256, _outcome(row), row.filed) for row in rows)


def _pack(done: Done) -> _Packed:
    outcome = done.outcome
    if isinstance(outcome, VerifierError):
        return _Packed(done.index, done.sha256, b"", outcome.code, outcome.detail, ())
    return _Packed(done.index, done.sha256, encode_examinations(outcome), "", "", done.filed)


def _outcome(row: _Packed) -> Outcome:
    return error_of(row.code, row.detail) if row.code else decode_examinations(row.seen)


def error_of(code: str, detail: str) -> VerifierError:
    """Return the error with a code, as it was raised elsewhere or earlier."""
    return _classes().get(code, ProcessingError)(detail)


def _classes() -> dict[str, type[VerifierError]]:
    found: dict[str, type[VerifierError]] = {}
    waiting: list[type[VerifierError]] = [VerifierError]
    while waiting:
        one = waiting.pop()
        found[one.code] = found.get(one.code, one)
        waiting += one.__subclasses__()
    return found
