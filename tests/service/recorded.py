"""A recorded reader: what it sees is made from a document's digest, so that no two letters share anything.

A document's first words can ask for trouble: to kill the process, to raise, to hang, to be slow.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import time

from tests.unit.rules import builders as b
from verifier.errors import DamagedFileError, ProcessingError
from verifier.examination import Examination
from verifier.formats.vin import check_digit
from verifier.jobs.examiner import Examiner
from verifier.page import Page
from verifier.record import Registry

PDF = b"%PDF-1.7 "
KILLS, RAISES, HANGS, DAMAGED, FAILS = b"kills", b"raises", b"hangs", b"damaged", b"fails"
SHORTEST_SECONDS, LONGEST_SECONDS = 0.001, 0.03
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def letter(text: str) -> bytes:
    """Return a document that reads as an ordinary letter, unlike any other with another `text`."""
    return PDF + text.encode()


def troublesome(what: bytes, text: str = "") -> bytes:
    """Return a document that asks for trouble."""
    return PDF + what + b" " + text.encode()


def vin_of(document: bytes) -> str:
    """Return the valid VIN that the letter names."""
    chosen = random.Random(hashlib.sha256(document).digest())
    bare = "LSV" + "".join(chosen.choice(_LETTERS) for _ in range(14))
    return bare[:8] + check_digit(bare) + bare[9:]


class RecordedExaminer:
    """Stands in for the real reader."""

    made_with = "recorded"

    def examine(self, document: bytes) -> tuple[Examination, ...]:
        """Return what a reader might have seen."""
        _trouble(document)
        sha256 = hashlib.sha256(document).hexdigest()
        time.sleep(random.Random(sha256).uniform(SHORTEST_SECONDS, LONGEST_SECONDS))
        claims = b.letter(vehicles=(b.vehicle(b.field(vin_of(document))),), number=b.field(sha256[:16].upper()))
        page: Page = b.page(pixels_sha256=sha256)
        return (b.examination(sha256=sha256, letter=claims, pages=(page,), seals=(b.seal(ink=b""),)),)

    def close(self) -> None:
        """Nothing is held."""


def _trouble(document: bytes) -> None:
    asked = document.removeprefix(PDF)
    if asked.startswith(KILLS):
        os.kill(os.getpid(), signal.SIGKILL)
    if asked.startswith(RAISES):
        raise ZeroDivisionError
    if asked.startswith(HANGS):
        time.sleep(3600)
    if asked.startswith(DAMAGED):
        raise DamagedFileError
    if asked.startswith(FAILS):
        raise ProcessingError("as asked")


def recorded_examiner(registry: Registry) -> Examiner:
    """Return the recorded reader, whatever the registry."""
    return RecordedExaminer()
