"""A service with the checked-in samples in it, read by the real reader, as the pages show them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.service.serving import Served, serving
from verifier.cases import office, recording
from verifier.inputs import read_records
from verifier.jobs.examiner import real_examiner

SAMPLES = Path(__file__).parents[2] / "samples"
LETTERS = SAMPLES / "letters"


@dataclass(frozen=True)
class Filled:
    """A running service and the identifiers of its letters, by file name."""

    served: Served
    letters: dict[str, str]

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.served.url


@contextlib.contextmanager
def filled(home: Path, names: Sequence[str]) -> Iterator[Filled]:
    """Yield a service that knows the samples' records, seals and lists, and has judged the named letters."""
    with serving(home, make=real_examiner) as served:
        know(served)
        yield Filled(served, {name: send(served, name) for name in names})


def know(served: Served) -> None:
    """Bring in records, seals and lists."""
    database = served.service.database
    office.register_seals(database, SAMPLES / "specimens.csv")
    office.import_lists(database, SAMPLES / "lists")
    recording.put_records(database, read_records(SAMPLES / "records.csv"), "tester")


def application_of(name: str) -> str | None:
    """Return the application whose records have a vehicle of a sample letter."""
    expected = json.loads((LETTERS / "expected.json").read_text(encoding="utf-8"))[name]
    vins = {vehicle["vin"] for vehicle in expected["fields"]["vehicles"]}
    numbers = [one.application_number for one in read_records(SAMPLES / "records.csv").vehicles if one.vin in vins]
    return numbers[0] if numbers else None


def send(served: Served, name: str) -> str:
    """Send a letter and return its identifier once it is judged."""
    with httpx.Client(base_url=served.url, timeout=120) as api:
        content = (LETTERS / name).read_bytes()
        application = application_of(name)
        fields = {"application": application} if application else {}
        answer = api.post("/v1/documents", files={"file": (name, content)}, data=fields, headers={"Prefer": "wait=60"})
        return str(answer.json()["documents"][0]["id"])
