"""Organisations, persons and what they log in with, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from verifier.errors import NotFoundError
from verifier.store import people_tables as t
from verifier.store.upsert import insert_into


class Role(StrEnum):
    """What a person may do; each has one."""

    EXPORTER = "exporter"
    OFFICIAL = "official"
    SENIOR_OFFICIAL = "senior_official"
    AUDITOR = "auditor"
    ADMIN = "admin"


DECIDING = frozenset({Role.OFFICIAL, Role.SENIOR_OFFICIAL})
OFFICE, EXPORTER = "office", "exporter"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An office, or an exporter with the office that is competent for it."""

    id: str
    name: str
    kind: str
    office_id: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with one role in one organisation."""

    id: str
    login: str
    name: str
    role: Role
    active: bool
    organisation_id: str
    organisation: str
    office_id: str
    """The office that the organisation is, or that is competent for it."""

    @property
    def decides(self) -> bool:
        """Whether the role decides cases."""
        return self.role in DECIDING


def put_organisation(connection: Connection, organisation: Organisation, at: float) -> bool:
    """Add an organisation; return False where the name is taken."""
    o = organisation
    values = {"id": o.id, "name": o.name, "kind": o.kind, "office_id": o.office_id, "created_at": at}
    row = insert_into(connection, t.organisations).values(**values).on_conflict_do_nothing()
    return connection.execute(row.returning(t.organisations.c.id)).first() is not None


_ORGANISATION = [t.organisations.c[name] for name in Organisation.__dataclass_fields__]


def get_organisation(connection: Connection, organisation_id: str) -> Organisation:
    """Return an organisation; raises NotFoundError."""
    row = connection.execute(select(*_ORGANISATION).where(t.organisations.c.id == organisation_id)).first()
    if row is None:
        raise NotFoundError("organisation")
    return Organisation(*row)


def find_organisation(connection: Connection, name: str) -> Organisation | None:
    """Return the organisation of exactly this name."""
    row = connection.execute(select(*_ORGANISATION).where(t.organisations.c.name == name)).first()
    return None if row is None else Organisation(*row)


def all_organisations(connection: Connection) -> frozenset[str]:
    """Return every organisation."""
    return frozenset(connection.scalars(select(t.organisations.c.id)))


def list_organisations(connection: Connection, office_id: str) -> tuple[Organisation, ...]:
    """Return an office and its exporters, the office first."""
    table = t.organisations.c
    query = select(*_ORGANISATION).where(or_(table.id == office_id, table.office_id == office_id))
    return tuple(Organisation(*row) for row in connection.execute(query.order_by(table.kind.desc(), table.name)))


def owners_of_office(connection: Connection, office_id: str) -> frozenset[str]:
    """Return the organisations whose documents an office sees: its own and its exporters'."""
    table = t.organisations.c
    return frozenset(
        connection.scalars(select(table.id).where(or_(table.id == office_id, table.office_id == office_id)))
    )


def office_of(connection: Connection, owner: str) -> str | None:
    """Return the office that is competent for an owner of documents, None for one that is no organisation."""
    table = t.organisations.c
    found = connection.scalar(select(func.coalesce(table.office_id, table.id)).where(table.id == owner))
    return None if found is None else str(found)


# --- persons --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What a person's row starts with."""

    id: str
    organisation_id: str
    login: str
    name: str
    role: Role


def put_person(connection: Connection, person: NewPerson, at: float) -> bool:
    """Add a person; return False where the login is taken."""
    values = {name: getattr(person, name) for name in NewPerson.__dataclass_fields__}
    row = insert_into(connection, t.people).values(**values, active=True, created_at=at)
    written = row.on_conflict_do_nothing().returning(t.people.c.id)
    return connection.execute(written).first() is not None


def _people() -> Select[Any]:
    p, o = t.people.c, t.organisations.c
    office = func.coalesce(o.office_id, o.id)
    columns = (p.id, p.login, p.name, p.role, p.active, o.id, o.name.label("organisation"), office)
    return select(*columns).join_from(t.people, t.organisations)


def _person(row: Sequence[Any]) -> Person:
    id_, login, name, role, active, organisation_id, organisation, office_id = row[:8]
    return Person(id_, login, name, Role(role), active, organisation_id, organisation, office_id)


def get_person(connection: Connection, person_id: str) -> Person:
    """Return a person; raises NotFoundError."""
    row = connection.execute(_people().where(t.people.c.id == person_id)).first()
    if row is None:
        raise NotFoundError("person")
    return _person(row)


def names_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return persons' names by their ids."""
    query = select(t.people.c.id, t.people.c.name).where(t.people.c.id.in_(sorted(set(ids))))
    return {id_: name for id_, name in connection.execute(query)}


def list_people(connection: Connection, organisations: Iterable[str]) -> tuple[Person, ...]:
    """Return the persons of some organisations, by login."""
    query = _people().where(t.people.c.organisation_id.in_(sorted(organisations)))
    return tuple(_person(row) for row in connection.execute(query.order_by(t.people.c.login)))


def any_people(connection: Connection) -> bool:
    """Return whether there is anybody yet."""
    return connection.execute(select(t.people.c.id).limit(1)).first() is not None


def find_login(connection: Connection, login: str) -> tuple[Person, str | None] | None:
    """Return the person with a login and the password's hash, None where there is none."""
    row = connection.execute(_people().add_columns(t.people.c.password).where(t.people.c.login == login)).first()
    return None if row is None else (_person(row), row.password)


def find_subject(connection: Connection, subject: str) -> Person | None:
    """Return the person that an identity provider calls by a name."""
    row = connection.execute(_people().where(t.people.c.subject == subject)).first()
    return None if row is None else _person(row)


def has_subject(connection: Connection, person_id: str) -> bool:
    """Return whether an identity provider knows the person already."""
    return connection.scalar(select(t.people.c.subject).where(t.people.c.id == person_id)) is not None


def change_person(connection: Connection, person_id: str, **values: object) -> bool:
    """Change a person's row; return False where a value is taken by somebody else. Raises NotFoundError."""
    try:
        with connection.begin_nested():
            changed = connection.execute(update(t.people).where(t.people.c.id == person_id).values(**values))
    except IntegrityError:
        return False
    if not changed.rowcount:
        raise NotFoundError("person")
    return True


# --- secrets, by their digests --------------------------------------------------------------------------


def put_invitation(connection: Connection, digest: str, person_id: str, expires_at: float) -> None:
    """Add a code with which a person sets a password; earlier ones of the person are used up."""
    mine = (t.invitations.c.person_id == person_id) & t.invitations.c.used_at.is_(None)
    connection.execute(update(t.invitations).where(mine).values(used_at=0.0))
    connection.execute(insert(t.invitations).values(digest=digest, person_id=person_id, expires_at=expires_at))


def use_invitation(connection: Connection, digest: str, at: float) -> str | None:
    """Return whose code it is, used up from now on; None where it is none, expired or used."""
    table = t.invitations
    fresh = (table.c.digest == digest) & table.c.used_at.is_(None) & (table.c.expires_at > at)
    used = connection.scalar(update(table).where(fresh).values(used_at=at).returning(table.c.person_id))
    return None if used is None else str(used)


def put_session(connection: Connection, digest: str, person_id: str, at: float) -> None:
    """Add a session."""
    connection.execute(insert(t.sessions).values(digest=digest, person_id=person_id, created_at=at, seen_at=at))


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session that was not ended."""

    person_id: str
    created_at: float
    seen_at: float


def get_session(connection: Connection, digest: str) -> StoredSession | None:
    """Return a session, None where there is none or it was ended."""
    table = t.sessions.c
    query = select(table.person_id, table.created_at, table.seen_at)
    row = connection.execute(query.where(table.digest == digest, table.ended_at.is_(None))).first()
    return None if row is None else StoredSession(*row)


def see_session(connection: Connection, digest: str, at: float) -> None:
    """Note that a session was used."""
    connection.execute(update(t.sessions).where(t.sessions.c.digest == digest).values(seen_at=at))


def end_sessions(connection: Connection, at: float, *, digest: str | None = None, person_id: str | None = None) -> None:
    """End one session, or all of a person."""
    table = t.sessions.c
    which = table.digest == digest if digest is not None else table.person_id == person_id
    connection.execute(update(t.sessions).where(which, table.ended_at.is_(None)).values(ended_at=at))


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token for programs; its secret is known to whoever made it."""

    id: str
    person_id: str
    name: str
    scopes: frozenset[str]
    created_at: float
    expires_at: float
    revoked_at: float | None


def put_token(connection: Connection, token: ApiToken, digest: str) -> None:
    """Add a token."""
    values = {name: getattr(token, name) for name in ApiToken.__dataclass_fields__}
    values["scopes"] = " ".join(sorted(token.scopes))
    connection.execute(insert(t.api_tokens).values(**values, digest=digest))


_TOKEN = [t.api_tokens.c[name] for name in ApiToken.__dataclass_fields__]


def _token(row: Sequence[Any]) -> ApiToken:
    id_, person_id, name, scopes, *times = row
    return ApiToken(id_, person_id, name, frozenset(scopes.split()), *times)


def find_token(connection: Connection, digest: str) -> ApiToken | None:
    """Return the token with a digest."""
    row = connection.execute(select(*_TOKEN).where(t.api_tokens.c.digest == digest)).first()
    return None if row is None else _token(row)


def list_tokens(connection: Connection, person_id: str) -> tuple[ApiToken, ...]:
    """Return a person's tokens, newest first."""
    table = t.api_tokens.c
    query = select(*_TOKEN).where(table.person_id == person_id).order_by(table.id.desc())
    return tuple(_token(row) for row in connection.execute(query))


def revoke_tokens(connection: Connection, person_id: str, at: float, token_id: str | None = None) -> int:
    """Have one token of a person, or all, hold no longer; return how many did until now."""
    table = t.api_tokens.c
    mine = [table.person_id == person_id, table.revoked_at.is_(None)]
    mine += [table.id == token_id] if token_id is not None else []
    return connection.execute(update(t.api_tokens).where(*mine).values(revoked_at=at)).rowcount
