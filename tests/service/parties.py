"""Two offices with their exporters and people, without a web server: what tests of decisions start from."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

from tests.service.claims import Claim, claim_reader, record_of, register_maker, vin_number
from tests.service.office import Office
from verifier.cases import people, recording
from verifier.cases.decisions import Ruled, Ruling
from verifier.cases.people import Newcomer
from verifier.cases.queue import CaseView, open_view
from verifier.cases.submissions import Arrived, Submission, submit
from verifier.jobs.worker import Worker
from verifier.record import Records
from verifier.store import cases
from verifier.store.database import Database
from verifier.store.people import EXPORTER, OFFICE, Organisation, Person, Role

PASSWORD = "four words of a test"


@dataclass
class Party:
    """An office with one exporter and its people, by role; a second official and senior official beside the first."""

    office: Organisation
    exporter: Organisation
    people: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


STAFF = {
    "official": Role.OFFICIAL,
    "official2": Role.OFFICIAL,
    "senior": Role.SENIOR_OFFICIAL,
    "senior2": Role.SENIOR_OFFICIAL,
    "auditor": Role.AUDITOR,
    "admin": Role.ADMIN,
}


@dataclass
class Parties:
    """A store with two offices, north and south; letters go in, work is done, cases come out."""

    database: Database
    control_share: float = 0.0
    north: Party = field(init=False)
    south: Party = field(init=False)
    worker: Worker = field(init=False)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        with self.database.transaction() as connection:
            register_maker(connection)
        self.north = self._party("北方商务局", "北方贸易有限公司", "north")
        self.south = self._party("南方商务局", "南方贸易有限公司", "south")
        self.worker = Worker(self.database, claim_reader, 20.0, control_share=self.control_share)

    def _party(self, office: str, exporter: str, where: str) -> Party:
        authority = people.add_organisation(self.database, office, OFFICE, actor="test")
        company = people.add_organisation(self.database, exporter, EXPORTER, authority.id, actor="test")
        staff = {name: self._person(authority, f"{name}.{where}", role) for name, role in STAFF.items()}
        staff["exporter"] = self._person(company, f"exporter.{where}", Role.EXPORTER)
        return Party(authority, company, staff)

    def _person(self, organisation: Organisation, login: str, role: Role) -> Person:
        newcomer = Newcomer(login, f"Name of {login}", role)
        return people.add_person(self.database, organisation.id, newcomer, actor="test").person

    def fresh_claim(self, party: Party, vehicles: int = 1) -> Claim:
        """Return a claim that shares nothing with any other."""
        vins = tuple(vin_number(next(self.numbers)) for _ in range(vehicles))
        return Claim(vins, f"NO-{next(self.numbers):06d}", party.exporter.name)

    def put_records(self, party: Party, claim: Claim, application: str) -> None:
        """Have the records that make a claim genuine come in at the party's office."""
        records = tuple(record_of(vin, application, party.exporter.name) for vin in claim.vins)
        recording.put_records(self.database, Records(records), party["official"].id, party.office.id)

    def upload(
        self,
        party: Party,
        claim: Claim,
        *,
        by: str = "exporter",
        name: str = "letter.pdf",
        application: str | None = None,
    ) -> str:
        """Hand a letter in and return its identifier."""
        person = party[by]
        arrived = Arrived(self.database.blobs.sealed(claim.content), name, "application/pdf")
        sent = Submission((arrived,), person.organisation_id, person.id, application, None, person.id)
        try:
            return submit(self.database, sent, most_waiting=10_000).document_ids[0]
        finally:
            arrived.file.forget()

    def work(self) -> None:
        """Work until nothing waits."""
        Office.work(self)  # type: ignore[arg-type]  # it needs `database` and `worker`

    def flagged_case(self, party: Party, vehicles: int = 1) -> CaseView:
        """Return the case of a letter without records: it fails `record.found`."""
        document = self.upload(party, self.fresh_claim(party, vehicles))
        self.work()
        return self.case_of(party, document)

    def doubtful_case(self, party: Party) -> CaseView:
        """Return the case of a letter in which nothing fails: its number cannot be read surely."""
        claim = replace(self.fresh_claim(party), number="")
        self.put_records(party, claim, f"AP-{claim.vins[0]}")
        document = self.upload(party, claim, application=f"AP-{claim.vins[0]}")
        self.work()
        return self.case_of(party, document)

    def genuine(self, party: Party) -> str:
        """Return a letter that deserves *verified*, after it was judged."""
        claim = self.fresh_claim(party)
        self.put_records(party, claim, f"AP-{claim.number}")
        document = self.upload(party, claim, application=f"AP-{claim.number}")
        self.work()
        return document

    def case_of(self, party: Party, document: str, who: str = "official") -> CaseView:
        """Return the newest case of a document as somebody sees it."""
        with self.database.reading() as connection:
            number = max(case.id for case in cases.cases_of(connection, document))
        return open_view(self.database, party[who], number)

    def has_case(self, document: str) -> bool:
        """Whether a document ever had a case."""
        with self.database.reading() as connection:
            return bool(cases.cases_of(connection, document))


def rulings(view: CaseView, outcome: Ruled, comment: str = "as the page shows", note: str = "") -> list[Ruling]:
    """Return the same ruling for every vehicle of a case."""
    return [Ruling(vehicle.vin, outcome, comment, note) for vehicle in view.vehicles]
