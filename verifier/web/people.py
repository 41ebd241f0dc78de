"""Organisations and persons, as an administrator keeps them."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from verifier.cases import people
from verifier.store.people import EXPORTER, Organisation, Person, Role
from verifier.web import shapes
from verifier.web.auth import CurrentPerson
from verifier.web.deps import TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1", tags=["people"])


class NewExporter(BaseModel):
    """An exporter for whom the office is competent; the name is the applicant's in its records."""

    name: str = Field(min_length=1, max_length=200)


class ShownOrganisation(BaseModel):
    """The office, or one of its exporters."""

    id: str
    name: str
    kind: str

    @classmethod
    def of(cls, organisation: Organisation) -> ShownOrganisation:
        """Return an organisation as the API shows it."""
        return cls(id=organisation.id, name=organisation.name, kind=organisation.kind)


class Organisations(BaseModel):
    """The office and its exporters."""

    items: list[ShownOrganisation]


class NewPerson(BaseModel):
    """Somebody who shall log in."""

    login: str = Field(min_length=1, max_length=200)
    name: str = Field(min_length=1, max_length=200)
    role: Role
    organisation: str = Field(pattern=shapes.ID_PATTERN)


class Change(BaseModel):
    """What changes of a person; what is not named stays."""

    role: Role | None = None
    active: bool | None = None
    subject: str | None = Field(
        None, min_length=1, max_length=200, description="The identity provider's name of the person: issuer|sub."
    )


class ShownPerson(BaseModel):
    """A person."""

    id: str
    login: str
    name: str
    role: Role
    active: bool
    organisation: str

    @classmethod
    def of(cls, person: Person) -> ShownPerson:
        """Return a person as an administrator sees it."""
        return cls(
            id=person.id, login=person.login, name=person.name, role=person.role, active=person.active,
            organisation=person.organisation,
        )  # fmt: skip


class People(BaseModel):
    """Everybody of the office and its exporters."""

    items: list[ShownPerson]


class InvitedPerson(BaseModel):
    """A person and the code with which the password is set; it is shown this once and holds for a week."""

    person: ShownPerson
    invitation: str

    @classmethod
    def of(cls, invited: people.Invited) -> InvitedPerson:
        """Return an invitation as the API shows it."""
        return cls(person=ShownPerson.of(invited.person), invitation=invited.invitation)


@router.get("/organisations", responses=problems(), summary="List organisations")
def list_organisations(service: TheService, person: CurrentPerson) -> Organisations:
    """Return the office and its exporters."""
    found = people.list_organisations(service.database, person.office_id)
    return Organisations(items=[ShownOrganisation.of(one) for one in found])


@router.post("/organisations", status_code=201, responses=problems(409), summary="Add an exporter")
def add_organisation(asked: NewExporter, service: TheService, person: CurrentPerson) -> ShownOrganisation:
    """Add an exporter for whom the own office is competent."""
    made = people.add_organisation(service.database, asked.name, EXPORTER, person.office_id, actor=person.id)
    return ShownOrganisation.of(made)


@router.get("/people", responses=problems(), summary="List people")
def list_people(service: TheService, person: CurrentPerson) -> People:
    """Return everybody of the office and its exporters."""
    return People(items=[ShownPerson.of(one) for one in people.list_people(service.database, person.office_id)])


@router.post("/people", status_code=201, responses=problems(404, 409), summary="Add a person")
def add_person(asked: NewPerson, service: TheService, person: CurrentPerson) -> InvitedPerson:
    """Add somebody to the office or one of its exporters; the answer has the invitation."""
    newcomer = people.Newcomer(asked.login, asked.name, asked.role)
    made = people.add_person(service.database, asked.organisation, newcomer, actor=person.id, within=person.office_id)
    return InvitedPerson.of(made)


@router.patch("/people/{person}", responses=problems(404, 409), summary="Change a person")
def change_person(
    person: shapes.Identifier, asked: Change, service: TheService, administrator: CurrentPerson
) -> ShownPerson:
    """Change role or identity, or let somebody in no more; sessions and tokens of the person end."""
    people.get_person_of(service.database, person, administrator.office_id)
    changed = people.change_person(
        service.database, person, actor=administrator.id, role=asked.role, active=asked.active, subject=asked.subject
    )
    return ShownPerson.of(changed)


@router.post("/people/{person}/invitations", status_code=201, responses=problems(404), summary="Invite again")
def invite_again(person: shapes.Identifier, service: TheService, administrator: CurrentPerson) -> InvitedPerson:
    """Give somebody who forgot the password a new invitation."""
    people.get_person_of(service.database, person, administrator.office_id)
    return InvitedPerson.of(people.invite_again(service.database, person, actor=administrator.id))
