"""Use-cases: organisations and persons come, change and go; passwords are theirs alone."""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection

from verifier.errors import NotFoundError, RequestError
from verifier.store import events, people
from verifier.store.clock import new_id, now
from verifier.store.database import Database
from verifier.store.people import EXPORTER, OFFICE, NewPerson, Organisation, Person, Role

INVITATION_SECONDS = 7 * 24 * 3600.0
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
"""argon2id: the least memory that OWASP's password storage cheat sheet takes with two passes (19 MiB, t=2, p=1)."""
AT_ONCE = 4
"""Passwords hashed at once: a flood of logins waits instead of taking the machine's memory."""
_HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
_TURN = threading.BoundedSemaphore(AT_ONCE)


class TakenError(RequestError):
    """A name that somebody has already."""

    code = "taken"
    cause = "the name is taken"
    cause_zh = "名称已被使用"
    advice = "choose another one"
    advice_zh = "请更换名称"
    http_status = 409


class PasswordError(RequestError):
    """A password that is too easily guessed."""

    code = "password_refused"
    cause = f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters and is not the login"
    cause_zh = f"密码须为 {SHORTEST_PASSWORD} 至 {LONGEST_PASSWORD} 个字符，且不得与登录名相同"
    advice = "choose several words"
    advice_zh = "请使用由多个词组成的密码"
    http_status = 422


class InvitationError(RequestError):
    """A code that is none, or no longer one."""

    code = "invitation_invalid"
    cause = "the invitation is not valid any more"
    cause_zh = "邀请码无效或已过期"
    advice = "ask the administrator for a new one"
    advice_zh = "请向管理员索取新的邀请码"
    http_status = 403


class RoleError(RequestError):
    """A role that does not fit the organisation."""

    code = "role_refused"
    cause = "exporters work for exporters, every other role for an office"
    cause_zh = "出口企业人员只能隶属出口企业，其他角色只能隶属商务主管部门"
    http_status = 422


@dataclass(frozen=True, slots=True)
class Invited:
    """A new person, and the code with which the person sets a password; it is shown this once."""

    person: Person
    invitation: str


def digest_of(secret: str) -> str:
    """Return the form in which a secret is kept: its SHA-256, for secrets that nobody could guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hashed(password: str) -> str:
    """Return the argon2id hash of a password."""
    with _TURN:
        return _HASHER.hash(password)


@lru_cache(maxsize=1)
def _of_nobody() -> str:
    """Return a hash that no password has: asking for a login that does not exist takes as long as for one that does."""
    return _HASHER.hash(secrets.token_hex())


def fits(password: str, stored: str | None) -> bool:
    """Return whether a password is the one that was hashed; takes as long where there is none."""
    with _TURN:
        try:
            return _HASHER.verify(stored or _of_nobody(), password)
        except (VerificationError, InvalidHashError):
            return False


def add_organisation(
    database: Database, name: str, kind: str, office_id: str | None = None, *, actor: str
) -> Organisation:
    """Return a new office, or a new exporter of an office; raises TakenError, NotFoundError."""
    with database.transaction() as connection:
        return _new_organisation(connection, name, kind, office_id, actor)


def _new_organisation(connection: Connection, name: str, kind: str, office_id: str | None, actor: str) -> Organisation:
    if office_id is not None and people.get_organisation(connection, office_id).kind != OFFICE:
        raise NotFoundError("office")
    organisation = Organisation(new_id(), name.strip(), kind, office_id)
    at = now(connection)
    if not people.put_organisation(connection, organisation, at):
        raise TakenError
    events.put_audit(connection, at, actor, "organisation added", organisation.id, {"kind": kind})
    return organisation


def bootstrap(database: Database, office: str, login: str, name: str, *, actor: str) -> Invited:
    """Return the first administrator, of a first office; raises TakenError where there is anybody already."""
    with database.transaction() as connection:
        if people.any_people(connection):
            raise TakenError("there are people already; an administrator adds further ones")
        found = people.find_organisation(connection, office.strip())
        organisation = found or _new_organisation(connection, office, OFFICE, None, actor)
        return _invite(connection, organisation, Newcomer(login, name, Role.ADMIN), actor)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to be added."""

    login: str
    name: str
    role: Role


def add_person(
    database: Database, organisation_id: str, newcomer: Newcomer, *, actor: str, within: str | None = None
) -> Invited:
    """Return a new person with an invitation.

    `within` is the office that the organisation must be or belong to. Raises TakenError, RoleError, NotFoundError.
    """
    with database.transaction() as connection:
        organisation = people.get_organisation(connection, organisation_id)
        if within is not None and within not in (organisation.id, organisation.office_id):
            raise NotFoundError("organisation")
        return _invite(connection, organisation, newcomer, actor)


def _invite(connection: Connection, organisation: Organisation, newcomer: Newcomer, actor: str) -> Invited:
    role = newcomer.role
    if (role is Role.EXPORTER) != (organisation.kind == EXPORTER):
        raise RoleError
    at = now(connection)
    new = NewPerson(new_id(), organisation.id, newcomer.login.strip().lower(), newcomer.name.strip(), role)
    if not people.put_person(connection, new, at):
        raise TakenError
    events.put_audit(connection, at, actor, "person added", new.id, {"role": role.value})
    return Invited(people.get_person(connection, new.id), _invitation(connection, new.id, at))


def _invitation(connection: Connection, person_id: str, at: float) -> str:
    code = secrets.token_urlsafe(24)
    people.put_invitation(connection, digest_of(code), person_id, at + INVITATION_SECONDS)
    return code


def invite_again(database: Database, person_id: str, *, actor: str) -> Invited:
    """Return a new invitation of a person who forgot the password; earlier ones and all sessions end."""
    with database.transaction() as connection:
        person, at = people.get_person(connection, person_id), now(connection)
        people.end_sessions(connection, at, person_id=person_id)
        events.put_audit(connection, at, actor, "invited again", person_id)
        return Invited(person, _invitation(connection, person_id, at))


def accept_invitation(database: Database, code: str, password: str) -> Person:
    """Set the password that a person chose and return the person; raises InvitationError, PasswordError."""
    _refuse_short(password)
    password_hash = hashed(password)
    with database.transaction() as connection:
        at = now(connection)
        person_id = people.use_invitation(connection, digest_of(code), at)
        if person_id is None:
            raise InvitationError
        _set_password(connection, people.get_person(connection, person_id), password, password_hash, at)
        return people.get_person(connection, person_id)


def set_password(database: Database, person: Person, password: str, *, actor: str) -> None:
    """Give a person a password; every session ends. Raises PasswordError."""
    _refuse_short(password)
    password_hash = hashed(password)
    with database.transaction() as connection:
        _set_password(connection, person, password, password_hash, now(connection), actor)


def _refuse_short(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise PasswordError


def _set_password(
    connection: Connection, person: Person, password: str, password_hash: str, at: float, actor: str = ""
) -> None:
    if password.lower() == person.login:
        raise PasswordError
    people.change_person(connection, person.id, password=password_hash)
    people.end_sessions(connection, at, person_id=person.id)
    events.put_audit(connection, at, actor or person.id, "password set", person.id)


def change_person(
    database: Database, person_id: str, *, actor: str, role: Role | None = None, active: bool | None = None,
    subject: str | None = None,
) -> Person:  # fmt: skip
    """Change role, identity or whether the person may log in; sessions and tokens end. Raises TakenError, RoleError."""
    with database.transaction() as connection:
        person, at = people.get_person(connection, person_id), now(connection)
        kind = people.get_organisation(connection, person.organisation_id).kind
        if role is not None and (role is Role.EXPORTER) != (kind == EXPORTER):
            raise RoleError
        values = {name: value for name, value in (("role", role), ("active", active), ("subject", subject))
                  if value is not None}  # fmt: skip
        if values and not people.change_person(connection, person_id, **values):
            raise TakenError
        people.end_sessions(connection, at, person_id=person_id)
        people.revoke_tokens(connection, person_id, at)
        events.put_audit(connection, at, actor, "person changed", person_id, {k: str(v) for k, v in values.items()})
        return people.get_person(connection, person_id)


def list_people(database: Database, office_id: str) -> tuple[Person, ...]:
    """Return everybody of an office and its exporters."""
    with database.reading() as connection:
        return people.list_people(connection, people.owners_of_office(connection, office_id))


def find_person(database: Database, login: str) -> Person:
    """Return the person with a login; raises NotFoundError."""
    with database.reading() as connection:
        found = people.find_login(connection, login.strip().lower())
    if found is None:
        raise NotFoundError("person")
    return found[0]


def get_person_of(database: Database, person_id: str, office_id: str) -> Person:
    """Return a person of an office or its exporters; raises NotFoundError for any other."""
    with database.reading() as connection:
        person = people.get_person(connection, person_id)
    if person.office_id != office_id:
        raise NotFoundError("person")
    return person


def list_everybody(database: Database) -> tuple[Person, ...]:
    """Return everybody of every office, for the operator."""
    with database.reading() as connection:
        return people.list_people(connection, people.all_organisations(connection))


def find_organisation(database: Database, name: str) -> Organisation:
    """Return the organisation of exactly this name; raises NotFoundError."""
    with database.reading() as connection:
        found = people.find_organisation(connection, name.strip())
    if found is None:
        raise NotFoundError("organisation")
    return found


def list_organisations(database: Database, office_id: str) -> tuple[Organisation, ...]:
    """Return an office and its exporters."""
    with database.reading() as connection:
        return people.list_organisations(connection, office_id)
