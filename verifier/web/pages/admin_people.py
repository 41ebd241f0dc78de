"""Pages of administration: who may log in, and for whom."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from verifier.cases import people
from verifier.cases.people import Invited, Newcomer
from verifier.store.people import EXPORTER, Person, Role
from verifier.web import shapes
from verifier.web.auth import CurrentPerson
from verifier.web.deps import Service, TheService
from verifier.web.pages.rendering import is_part, render
from verifier.web.pages.visiting import Visiting

router = APIRouter(prefix="/admin/people", include_in_schema=False)
Name = Annotated[str, Form(min_length=1, max_length=200)]


def _shown(request: Request, service: Service, person: Person, invited: Invited | None = None) -> Response:
    return render(
        request,
        "admin_people_list.html" if is_part(request) else "admin_people.html",
        everybody=people.list_people(service.database, person.office_id),
        organisations=people.list_organisations(service.database, person.office_id),
        invited=invited,
        roles=tuple(Role),
    )


@router.get("")
def show_people(request: Request, service: TheService, visit: Visiting, person: CurrentPerson) -> Response:
    """Show everybody of the office and its exporters."""
    return _shown(request, service, person)


@router.post("/organisations")
def add_exporter(request: Request, service: TheService, visit: Visiting, person: CurrentPerson, name: Name) -> Response:
    """Add an exporter for whom the office is competent."""
    people.add_organisation(service.database, name, EXPORTER, person.office_id, actor=person.id)
    return _shown(request, service, person)


@router.post("")
def add_person(
    request: Request,
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
    login: Name,
    name: Name,
    role: Annotated[Role, Form()],
    organisation: Annotated[str, Form(pattern=shapes.ID_PATTERN)],
) -> Response:
    """Add somebody and show the invitation this once."""
    newcomer = Newcomer(login, name, role)
    made = people.add_person(service.database, organisation, newcomer, actor=person.id, within=person.office_id)
    return _shown(request, service, person, made)


@router.post("/{member}/invitations")
def invite_again(
    request: Request, member: shapes.Identifier, service: TheService, visit: Visiting, person: CurrentPerson
) -> Response:
    """Give somebody a new invitation and show it this once."""
    people.get_person_of(service.database, member, person.office_id)
    return _shown(request, service, person, people.invite_again(service.database, member, actor=person.id))


@router.post("/{member}")
def change_person(
    request: Request,
    member: shapes.Identifier,
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
    active: Annotated[bool, Form()],
) -> Response:
    """Let somebody in no more, or again."""
    people.get_person_of(service.database, member, person.office_id)
    people.change_person(service.database, member, actor=person.id, active=active)
    return _shown(request, service, person)
