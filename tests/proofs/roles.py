"""Random sequences of people of every role in two offices; every answer is searched for what nobody there may know."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.service.claims import Claim, record_of
from tests.service.parties import Party
from tests.service.rooms import Rooms
from verifier.cases import recording
from verifier.record import Records

WHERE = ("north", "south")
DECIDING = ("official", "official2", "senior", "senior2")
READING = (*DECIDING, "exporter", "auditor")
EVERYBODY = (*READING, "admin")
REUSED = ("nothing", "vehicle", "number", "both", "file")
PLACES = ("", "/report", "/report", "/report", "/judgements", "/decisions", "/corrections", "/seals/0")
LISTS = ("/v1/documents", "/v1/cases", "/v1/applications", "/v1/records", "/v1/audit", "/v1/people",
         "/v1/organisations", "/v1/webhooks", "/v1/control", "/v1/cases?state=decided", "/v1/documents?verdict=flagged",
         "/v1/session", "/v1/tokens", "/v1/lists", "/v1/seals")  # fmt: skip
MOST_KEPT = 24
"""Documents among which sequences choose, the newest: old ones stay where they are."""


@dataclass(frozen=True)
class Sent:
    """A document that somebody sent, and what only its own side may read of it."""

    id: str
    where: str
    by: str
    """`exporter`, or a role of the office: then the office's alone."""
    claim: Claim
    name: str
    application: str
    recorded: bool
    """Whether records of its vehicles came in that name the exporter of its side: then that one may read them."""
    secret: str
    """Stands in internal notes on it: for the office alone."""

    @property
    def sha256(self) -> str:
        """The content's digest."""
        return hashlib.sha256(self.claim.content).hexdigest()


@dataclass
class Witness:
    """Everything that was sent, what each answer may not hold, and what was found in one nevertheless."""

    rooms: Rooms
    sent: list[Sent] = field(default_factory=list)
    owners: dict[str, list[Sent]] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)
    answers: int = 0
    refused: int = 0
    steps: int = 0
    sequences: int = 0

    def remember(self, one: Sent) -> None:
        """Know from now on whose words these are."""
        self.sent.append(one)
        for word in _words(one):
            self.owners.setdefault(word, []).append(one)
        self.owners.setdefault(one.secret, []).append(one)

    def leaked(self, told: str, who: str, where: str) -> set[str]:
        """Return the words of an answer that its reader must not know: others' names, vehicles, digests, notes."""
        found = {word for word in _TOKENS.findall(told) if word in self.owners}
        leaked = {word for word in found if not any(self._may_know(one, word, who, where) for one in self.owners[word])}
        return leaked | {name for name in self._foreign_names(who, where) if name in told}

    def _may_know(self, one: Sent, word: str, who: str, where: str) -> bool:
        if word == one.secret:
            return one.where == where and who not in ("exporter", "admin")
        if one.recorded and who == "exporter" and word in (one.application, *one.claim.vins):
            return one.where == where
        return self._is_shown(one, who, where)

    def _is_shown(self, one: Sent, who: str, where: str) -> bool:
        if one.where != where or who == "admin":
            return False
        return who != "exporter" or one.by == "exporter"

    def _foreign_names(self, who: str, where: str) -> set[str]:
        other = self.rooms.party("south" if where == "north" else "north")
        names = {other.exporter.name, other.exporter.id, *(p.name for p in other.people.values())}
        names |= {person.id for person in other.people.values()}
        if who == "exporter":
            own = self.rooms.party(where)
            staff = [person for role, person in own.people.items() if role != "exporter"]
            names |= {person.name for person in staff} | {person.id for person in staff}
        return names

    def look(self, answer: httpx.Response, who: str, where: str) -> None:
        """Search an answer, its headers too."""
        self.answers += 1
        self.refused += answer.status_code in (401, 403, 404)
        told = f"{answer.text}\n{dict(answer.headers)}"
        printed = {one.claim.exporter for one in self.sent if one.id in told and self._is_shown(one, who, where)}
        for word in (
            self.leaked(told, who, where) - printed
        ):  # a paper may name another exporter: whoever has it may read it
            request = f"{answer.request.method} {answer.request.url.path}"
            self.leaks.append(f"{who}.{where} read {word!r} in {request}")
        if who == "exporter" and ('"audience": "official"' in told or '"audience":"official"' in told):
            self.leaks.append(f"exporter.{where} read a check for officials")
        if answer.status_code >= 500:
            self.leaks.append(f"{answer.request.method} {answer.request.url.path} failed: {answer.status_code}")


_TOKENS = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{5,}[0-9A-Za-z]")
"""What the marks of documents look like: VINs, digests, identifiers, file names, numbers."""


def _words(one: Sent) -> set[str]:
    return {one.name, one.sha256, one.application, one.claim.number, *one.claim.vins, one.id}


class Roles(RuleBasedStateMachine):
    """Uploads, records, looks, decisions and corrections by whoever, on whatever."""

    witness: ClassVar[Witness]

    def __init__(self) -> None:
        super().__init__()
        self.witness.sequences += 1

    def _ask(self, who: str, where: str, method: str, path: str, **rest: Any) -> httpx.Response:
        self.witness.steps += 1
        answer = self.witness.rooms[f"{who}.{where}"].request(method, path, **rest)
        self.witness.look(answer, who, where)
        return answer

    def _pick(self, place: int) -> Sent | None:
        kept = self.witness.sent[-MOST_KEPT:]
        return kept[place % len(kept)] if kept else None

    @rule(where=st.sampled_from(WHERE), by=st.sampled_from(("exporter", "exporter", "official", "senior2")),
          reused=st.sampled_from(REUSED), place=st.integers(0, 99), recorded=st.booleans())  # fmt: skip
    def upload(self, where: str, by: str, reused: str, place: int, recorded: bool) -> None:
        party, parties = self.witness.rooms.party(where), self.witness.rooms.parties
        claim = _reusing(parties.fresh_claim(party), self._pick(place), reused)
        number = len(self.witness.sent)
        mark = hashlib.sha256(f"mark {number}".encode()).hexdigest()[:12]
        application = f"AP{mark}"
        if recorded:
            _put_records(self.witness.rooms, party, claim, application)
        name = f"file-{mark}.pdf"
        answer = self.witness.rooms[f"{by}.{where}"].post(
            "/v1/documents", files={"file": (name, claim.content)}, data={"application": application}
        )
        document = answer.json()["documents"][0]["id"]
        self.witness.remember(Sent(document, where, by, claim, name, application, recorded, f"secret-{mark}"))
        self.witness.look(answer, by, where)
        parties.work()

    @rule(who=st.sampled_from(READING), where=st.sampled_from(WHERE), place=st.integers(0, 99),
          path=st.sampled_from(PLACES))  # fmt: skip
    def read(self, who: str, where: str, place: int, path: str) -> None:
        one = self._pick(place)
        if one is not None:
            self._ask(who, where, "GET", f"/v1/documents/{one.id}{path}")

    @rule(who=st.sampled_from(EVERYBODY), where=st.sampled_from(WHERE), path=st.sampled_from(LISTS))
    def list_something(self, who: str, where: str, path: str) -> None:
        self._ask(who, where, "GET", path)

    @rule(who=st.sampled_from(READING), where=st.sampled_from(WHERE), place=st.integers(0, 99))
    def read_application(self, who: str, where: str, place: int) -> None:
        one = self._pick(place)
        if one is not None:
            self._ask(who, where, "GET", f"/v1/applications/{one.application}")

    @rule(who=st.sampled_from(DECIDING), where=st.sampled_from(WHERE),
          outcome=st.sampled_from(("approve", "reject")), correct=st.booleans())  # fmt: skip
    def work(self, who: str, where: str, outcome: str, correct: bool) -> None:
        taken = self._ask(who, where, "POST", "/v1/queue")
        if taken.status_code != 200:
            return
        document = taken.json()["document"]["id"]
        one = next(sent for sent in self.witness.sent if sent.id == document)
        if correct:
            body = {"field": "exporter", "value": self.witness.rooms.party(one.where).exporter.name}
            self._ask(who, where, "POST", f"/v1/documents/{document}/corrections", json=body)
        self._decide(who, where, taken.json()["case"]["number"], one, outcome)

    @rule(who=st.sampled_from(READING), where=st.sampled_from(WHERE), case=st.integers(1, 40),
          act=st.sampled_from(("", "/history", "/undo", "/second", "/lease", "/decisions")))  # fmt: skip
    def meddle(self, who: str, where: str, case: int, act: str) -> None:
        newest = max(len(self.witness.sent) - case, 1)
        path = f"/v1/cases/{newest}{act}"
        if act in ("", "/history"):
            self._ask(who, where, "GET", path)
        elif act == "/lease":
            self._ask(who, where, "DELETE", path)
        else:
            body = {"agrees": True, "note": "agreed", "rulings": [{"vin": "", "outcome": "approve"}]}
            self._ask(who, where, "POST", path, json=body, headers={"If-Match": '"2"'})

    def _decide(self, who: str, where: str, number: int, one: Sent, outcome: str) -> None:
        seen = self._ask(who, where, "GET", f"/v1/cases/{number}")
        if seen.json()["may_second"]:
            body: dict[str, Any] = {"agrees": outcome == "approve", "note": one.secret}
            path = f"/v1/cases/{number}/second"
        else:
            ruling = {
                "outcome": outcome,
                "public_comment": "mend what the report names",
                "internal_note": one.secret,
            }
            body = {"rulings": [ruling | {"vin": vehicle["vin"]} for vehicle in seen.json()["vehicles"]]}
            path = f"/v1/cases/{number}/decisions"
        self._ask(who, where, "POST", path, json=body, headers={"If-Match": seen.headers["etag"]})


def machine_of(witness: Witness) -> type[Roles]:
    """Return the machine whose rules act in the witness's rooms."""
    return type("RolesHere", (Roles,), {"witness": witness})


def _reusing(fresh: Claim, other: Sent | None, reused: str) -> Claim:
    if other is None or reused == "nothing":
        return fresh
    if reused == "file":
        return other.claim
    vins = other.claim.vins if reused in ("vehicle", "both") else fresh.vins
    number = other.claim.number if reused in ("number", "both") else fresh.number
    return Claim(vins, number, fresh.exporter)


def _put_records(rooms: Rooms, party: Party, claim: Claim, application: str) -> None:
    rows = tuple(record_of(vin, application, party.exporter.name) for vin in claim.vins)
    recording.put_records(rooms.parties.database, Records(rows), party["official"].id, party.office.id)


def run_sequences(rooms: Rooms, sequences: int, steps: int) -> Witness:
    """Return what was found in the answers of so many random sequences."""
    witness = Witness(rooms)
    many = settings(
        max_examples=sequences, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), print_blob=False,
    )  # fmt: skip
    run_state_machine_as_test(machine_of(witness), settings=many)
    return witness


def describe(witness: Witness) -> str:
    """Return what was done, as one line of JSON."""
    counts = {"sequences": witness.sequences, "requests": witness.answers, "documents": len(witness.sent)}
    return json.dumps(counts | {"refused": witness.refused, "leaks": len(witness.leaks)})
