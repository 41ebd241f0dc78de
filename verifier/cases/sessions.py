"""Use-cases: somebody logs in, comes again, leaves; programs do so by tokens. Guessing becomes slow."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from verifier.cases.people import digest_of, fits
from verifier.errors import NotFoundError, RequestError
from verifier.store import events, logins, people
from verifier.store.clock import new_id, now
from verifier.store.database import Database
from verifier.store.people import ApiToken, Person

IDLE_SECONDS = 30 * 60.0
"""A session that was not used for so long is over (OWASP: 15 to 30 minutes for what matters)."""
LONGEST_SECONDS = 12 * 3600.0
"""Nobody works longer: a session is over then, however busy."""
SEEN_SECONDS = 60.0
"""A use is written down at most so often."""
FREE_TRIES = {"login": 5, "address": 30}
"""Before each further try must wait; an address may be a whole office."""
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 10.0, 900.0
"""The wait doubles with each try."""
LONGEST_TOKEN_DAYS, DAY_SECONDS = 365, 24 * 3600.0
SCOPES = frozenset({"read", "upload", "decide", "manage"})
TOKEN_PREFIX = "verifier_"


class LoginError(RequestError):
    """Wrong name, wrong password, or somebody who may not log in: which of them is not said."""

    code = "login_failed"
    cause = "the login or the password is wrong"
    cause_zh = "登录名或密码错误"
    advice = "try again; an administrator can send a new invitation"
    advice_zh = "请重试；管理员可重新发送邀请"
    http_status = 401


class ThrottledError(RequestError):
    """Too many tries."""

    code = "login_throttled"
    cause = "there were too many tries to log in"
    cause_zh = "登录尝试次数过多"
    advice = "wait as long as Retry-After says"
    advice_zh = "请按 Retry-After 等待后重试"
    http_status = 429
    retryable = True
    retry_after_seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Session:
    """A session that began: the secret goes into a cookie and is kept nowhere else."""

    secret: str
    person: Person

    @property
    def csrf(self) -> str:
        """What requests that change something carry beside the cookie."""
        return csrf_of(self.secret)


def csrf_of(secret: str) -> str:
    """Return the token that only pages of this session know."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


def log_in(database: Database, login: str, password: str, address: str) -> Session:
    """Return a new session; raises LoginError, and ThrottledError before the password is looked at."""
    name = login.strip().lower()
    keys = {"login": digest_of(f"login {name}"), "address": digest_of(f"address {address}")}
    with database.transaction() as connection:
        waits = _wait(connection, keys)
        found = people.find_login(connection, name)
    if waits:
        error = ThrottledError()
        error.retry_after_seconds = waits
        raise error
    person, stored = found if found else (None, None)
    if not fits(password, stored) or person is None or not person.active:
        with database.transaction() as connection:
            events.put_audit(connection, now(connection), "nobody", "login failed", person.id if person else "unknown")
        raise LoginError
    with database.transaction() as connection:
        logins.forget_tries(connection, keys["login"])
        logins.uncount_try(connection, keys["address"])
        return begin(connection, person)


def _wait(connection: Connection, keys: dict[str, str]) -> float:
    """Count a try under every key; return for how long none is looked at, 0 where this one is."""
    at = now(connection)
    tries = {kind: logins.count_try(connection, key, at) for kind, key in sorted(keys.items())}  # holds their rows
    until = logins.blocked_until(connection, sorted(keys.values()))
    if until > at:
        return until - at
    for kind, key in keys.items():
        beyond = tries[kind] - FREE_TRIES[kind]
        if beyond >= 0:
            logins.block(connection, key, at + min(FIRST_WAIT_SECONDS * 2.0 ** min(beyond, 20), LONGEST_WAIT_SECONDS))
    return 0.0


def begin(connection: Connection, person: Person) -> Session:
    """Return a new session of somebody who proved who they are."""
    secret, at = secrets.token_urlsafe(32), now(connection)
    people.put_session(connection, digest_of(secret), person.id, at)
    events.put_audit(connection, at, person.id, "logged in", person.id)
    return Session(secret, person)


def resume(database: Database, secret: str) -> Person | None:
    """Return whose session it is; None where it is none, over, or the person may not log in any more."""
    digest = digest_of(secret)
    with database.reading() as connection:
        at = now(connection)
        session = people.get_session(connection, digest)
        if session is None or at - session.seen_at > IDLE_SECONDS or at - session.created_at > LONGEST_SECONDS:
            return None
        person = people.get_person(connection, session.person_id)
    if not person.active:
        return None
    if at - session.seen_at > SEEN_SECONDS:
        with database.transaction() as connection:
            people.see_session(connection, digest, at)
    return person


def log_out(database: Database, secret: str, person: Person) -> None:
    """End a session."""
    with database.transaction() as connection:
        at = now(connection)
        people.end_sessions(connection, at, digest=digest_of(secret))
        events.put_audit(connection, at, person.id, "logged out", person.id)


# --- tokens of programs ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that was made; `secret` is shown this once."""

    token: ApiToken
    secret: str


def make_token(database: Database, person: Person, name: str, scopes: Iterable[str], days: int) -> NewToken:
    """Return a new token with which programs act for a person, within its scopes; raises RequestError."""
    wanted = frozenset(scopes)
    if not wanted or not wanted <= SCOPES or not 1 <= days <= LONGEST_TOKEN_DAYS:
        raise RequestError(f"scopes: of {', '.join(sorted(SCOPES))}; days: 1 to {LONGEST_TOKEN_DAYS}")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with database.transaction() as connection:
        at = now(connection)
        token = ApiToken(new_id(), person.id, name.strip(), wanted, at, at + days * DAY_SECONDS, None)
        people.put_token(connection, token, digest_of(secret))
        events.put_audit(connection, at, person.id, "token made", token.id, {"scopes": sorted(wanted), "days": days})
    return NewToken(token, secret)


def list_tokens(database: Database, person: Person) -> tuple[ApiToken, ...]:
    """Return a person's tokens, newest first."""
    with database.reading() as connection:
        return people.list_tokens(connection, person.id)


def revoke_token(database: Database, person: Person, token_id: str) -> None:
    """Have a token hold no longer; raises NotFoundError where it is none of the person's, or revoked."""
    with database.transaction() as connection:
        at = now(connection)
        if not people.revoke_tokens(connection, person.id, at, token_id):
            raise NotFoundError("token")
        events.put_audit(connection, at, person.id, "token revoked", token_id)


def person_of_token(database: Database, secret: str) -> tuple[Person, frozenset[str]] | None:
    """Return (person, scopes) of a token that holds, None of any other."""
    with database.reading() as connection:
        token = people.find_token(connection, digest_of(secret))
        if token is None or token.revoked_at is not None or token.expires_at <= now(connection):
            return None
        person = people.get_person(connection, token.person_id)
    return (person, token.scopes) if person.active else None
