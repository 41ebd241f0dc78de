"""Made-up documents whose bytes say what is seen in them, how long it takes, and what goes wrong."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from tests.unit.rules import builders as b
from verifier.errors import DamagedFileError
from verifier.examination import Examination
from verifier.extraction import Labels
from verifier.formats.vin import check_digit
from verifier.record import Registry, VehicleRecord
from verifier.settings import models_folder


def vin(number: int) -> str:
    """Return a vehicle number with a valid check digit."""
    raw = f"LSVAA418_E2{number:06d}"
    return raw.replace("_", check_digit(raw.replace("_", "0")))


def document(number: int, **how: object) -> bytes:
    """Return a document for vehicle `number`; `how`: `seconds`, `fault` (kill, hang, damaged), `country`, `vins`."""
    return json.dumps({"number": number} | how, sort_keys=True).encode()


def write_documents(folder: Path, count: int, **faults: dict[int, dict[str, object]]) -> None:
    """Write `count` documents; `faults[...]` maps numbers to their `how`."""
    folder.mkdir(parents=True, exist_ok=True)
    special = {number: how for group in faults.values() for number, how in group.items()}
    for number in range(count):
        (folder / f"{number:06d}.pdf").write_bytes(document(number, **special.get(number, {})))


def seen_in(content: bytes) -> Examination:
    """Return what is seen in a made-up document."""
    said = json.loads(content)
    numbers = said.get("vins", [said["number"]])
    country = b.field(said.get("country", "KZ"))
    letter = b.letter(
        number=b.field(f"BC-2026-{said['number']:06d}"),
        export_country=country,
        export_countries=(country,),
        vehicles=tuple(b.vehicle(b.field(vin(number))) for number in numbers),
        valid_until=b.field(said["valid_until"]) if "valid_until" in said else None,
    )
    digest = hashlib.sha256(content).hexdigest()
    page = replace(b.page(), pixels_sha256=digest)
    return b.examination(sha256=digest, letter=letter, pages=(page,))


def record_of(number: int, **changes: object) -> VehicleRecord:
    """Return the record of vehicle `number`, ten vehicles an application."""
    return b.record(vin=vin(number), application_number=f"AP{number // 10:06d}", **changes)


class Recorded:
    """Sees what a document says; stops its process where the document says so."""

    def __init__(self, registry: Registry) -> None:
        self._versions = {
            "registry_version": registry.registry_version,
            "models_version": Labels.load(models_folder()).version,
        }

    def examine(self, document: bytes) -> tuple[Examination, ...]:
        """Return what the document says is seen in it."""
        said = json.loads(document)
        time.sleep(said.get("seconds", 0.0))
        if said.get("fault") == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if said.get("fault") == "hang":
            time.sleep(600)
        if said.get("fault") == "damaged":
            raise DamagedFileError
        return (replace(seen_in(document), **self._versions),)


def load_recorded(registry: Registry) -> Recorded:
    """Return the examiner; sent to workers by name."""
    return Recorded(registry)
