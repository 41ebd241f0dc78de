"""A service with people and the checked-in samples in it, read by the real reader, as the pages show them."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.service.serving import Served, serving
from verifier.cases import office, people, recording
from verifier.cases.people import Newcomer
from verifier.inputs import read_records
from verifier.jobs.examiner import real_examiner
from verifier.record import Records
from verifier.store.people import EXPORTER, Role

SAMPLES = Path(__file__).parents[2] / "samples"
LETTERS = SAMPLES / "letters"
PASSWORD = "correct horse battery"
CLOSED = {"VERIFIER_OPEN_ACCESS": "0", "VERIFIER_UNDO_SECONDS": "2", "VERIFIER_CONTROL_SHARE": "0"}
"""People log in; decisions are published after two seconds; nothing is judged blind unless a test wants it."""
PEOPLE = {
    "exporter": (Role.EXPORTER, "出口员 李"),
    "official": (Role.OFFICIAL, "审核员 王"),
    "colleague": (Role.OFFICIAL, "审核员 陈"),
    "senior": (Role.SENIOR_OFFICIAL, "复核员 赵"),
    "auditor": (Role.AUDITOR, "审计员 孙"),
    "admin": (Role.ADMIN, "管理员 周"),
}
"""By login; everybody has PASSWORD."""


@dataclass
class Filled:
    """A running service with people, and the identifiers of its letters by file name."""

    served: Served
    letters: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.served.url

    def send(self, *names: str) -> None:
        """Send letters as the exporter and return once all are judged."""
        with httpx.Client(base_url=self.url, timeout=120) as api:
            csrf = api.post("/v1/session", json={"login": "exporter", "password": PASSWORD}).json()["csrf"]
            for name in names:
                application = application_of(name)
                answer = api.post(
                    "/v1/documents",
                    files={"file": (name, (LETTERS / name).read_bytes())},
                    data={"application": application} if application else {},
                    headers={"X-CSRF-Token": csrf},
                )
                assert answer.status_code == 202, answer.text
                self.letters[name] = answer.json()["documents"][0]["id"]
            while any(api.get(f"/v1/documents/{one}").json()["state"] == "queued" for one in self.letters.values()):
                time.sleep(0.1)


@contextlib.contextmanager
def filled(home: Path, names: Sequence[str] = (), settings: dict[str, str] | None = None) -> Iterator[Filled]:
    """Yield a service that knows people and the samples' records, seals and lists, and has judged the named letters."""
    with serving(home, make=real_examiner, settings=CLOSED | (settings or {})) as served:
        populate(served)
        ready = Filled(served)
        ready.send(*names)
        yield ready


def populate(served: Served) -> None:
    """Add an office, an exporter and one person a role; bring in records, seals and lists."""
    database = served.service.database
    records = read_records(SAMPLES / "records.csv")
    ours = people.add_organisation(database, "天津市商务局", "office", actor="tester")
    theirs = people.add_organisation(database, "霍尔果斯陆港汽车出口有限公司", EXPORTER, ours.id, actor="tester")
    for login, (role, name) in PEOPLE.items():
        where = theirs.id if role is Role.EXPORTER else ours.id
        invited = people.add_person(database, where, Newcomer(login, name, role), actor="tester")
        people.accept_invitation(database, invited.invitation, PASSWORD)
    office.register_seals(database, SAMPLES / "specimens.csv")
    office.import_lists(database, SAMPLES / "lists")
    recording.put_records(database, Records(records.vehicles), "tester", ours.id)


def application_of(name: str) -> str | None:
    """Return the application whose records have a vehicle of a sample letter."""
    expected = json.loads((LETTERS / "expected.json").read_text(encoding="utf-8"))[name]
    vins = {vehicle["vin"] for vehicle in expected["fields"]["vehicles"]}
    numbers = [one.application_number for one in read_records(SAMPLES / "records.csv").vehicles if one.vin in vins]
    return numbers[0] if numbers else None
