"""Letters that say what a test wants, and a recorded reader that sees just that: genuine where its record agrees."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Connection

from tests.unit.rules import builders as b
from verifier.examination import Examination
from verifier.formats.vin import check_digit
from verifier.jobs.examiner import Examiner
from verifier.letter import Field
from verifier.record import Maker, Registry, VehicleRecord
from verifier.store import repositories

PDF = b"%PDF-1.7 "
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def vin_number(number: int) -> str:
    """Return a valid VIN for every number, in which no two differ by a few characters only."""
    chosen = random.Random(number)
    bare = "LSV" + "".join(chosen.choice(_LETTERS) for _ in range(14))
    return bare[:8] + check_digit(bare) + bare[9:]


@dataclass(frozen=True)
class Claim:
    """What a letter says."""

    vins: tuple[str, ...]
    number: str
    exporter: str
    brand: str = "北辰牌"

    @property
    def content(self) -> bytes:
        """The document's bytes."""
        return PDF + json.dumps(self.__dict__, ensure_ascii=False).encode()


def _number(said: str) -> Field:
    """Return the letter's number; '' stands for one that is there and hardly legible."""
    return b.field(said) if said else b.field("?", confidence=0.1)


class ClaimReader:
    """Sees in a document what its claim says."""

    made_with = "claims"

    def examine(self, document: bytes) -> tuple[Examination, ...]:
        """Return a faultless letter with the claim's values."""
        said = json.loads(document.removeprefix(PDF))
        sha256 = hashlib.sha256(document).hexdigest()
        vehicles = tuple(b.vehicle(b.field(vin), brand=b.field(said["brand"])) for vin in said["vins"])
        letter = b.letter(vehicles=vehicles, number=_number(said["number"]), exporter=b.field(said["exporter"]))
        page = b.page(pixels_sha256=sha256)
        return (b.examination(sha256=sha256, letter=letter, pages=(page,), seals=(b.seal(ink=b""),)),)

    def close(self) -> None:
        """Nothing is held."""


def claim_reader(registry: Registry) -> Examiner:
    """Return the reader, whatever the registry."""
    return ClaimReader()


def record_of(vin: str, application: str, applicant: str) -> VehicleRecord:
    """Return the record that a genuine letter agrees with."""
    return replace(b.record(), vin=vin, application_number=application, applicant=applicant)


def register_maker(connection: Connection) -> None:
    """Have the office know the maker and its seal."""
    specimen = b.specimen(image=np.zeros((4, 4, 3), np.uint8))
    repositories.put_specimens(connection, (Maker(b.MAKER, "Beichen Automobile Co., Ltd."),), (specimen,))
