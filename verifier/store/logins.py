"""Logins that failed, counted by name and address; logins that are under way at an identity provider."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from verifier.store import people_tables as t
from verifier.store.upsert import insert_into

FORGOTTEN_SECONDS = 3600.0
"""Failures older than this count no more."""


def count_try(connection: Connection, key: str, at: float) -> int:
    """Count a try before it is known how it ends; return how many there were lately, this one among them."""
    table = t.login_failures
    row = connection.execute(select(table).where(table.c.key == key).with_for_update()).first()
    lately = row.failures if row is not None and at - row.last_at < FORGOTTEN_SECONDS else 0
    values = {"failures": lately + 1, "last_at": at}
    new = insert_into(connection, table).values(key=key, blocked_until=0.0, **values)
    counted = {"last_at": at, "failures": table.c.failures + 1 if lately else 1}
    written = new.on_conflict_do_update(index_elements=["key"], set_=counted).returning(table.c.failures)
    return int(connection.execute(written).scalar_one())


def block(connection: Connection, key: str, until: float) -> None:
    """Refuse tries under a key until a moment."""
    table = t.login_failures
    connection.execute(table.update().where(table.c.key == key).values(blocked_until=until))


def blocked_until(connection: Connection, keys: list[str]) -> float:
    """Return until when tries under any of the keys are refused, 0 where none is."""
    table = t.login_failures.c
    return max(connection.scalars(select(table.blocked_until).where(table.key.in_(keys))), default=0.0)


def uncount_try(connection: Connection, key: str) -> None:
    """Take back a try that succeeded: a whole office may share an address."""
    table = t.login_failures
    fewer = {"failures": table.c.failures - 1, "blocked_until": 0.0}
    connection.execute(table.update().where(table.c.key == key, table.c.failures > 0).values(fewer))


def forget_tries(connection: Connection, key: str) -> None:
    """Start counting anew: somebody logged in."""
    connection.execute(delete(t.login_failures).where(t.login_failures.c.key == key))


def put_oidc_login(connection: Connection, state: str, nonce: str, verifier: str, expires_at: float) -> None:
    """Keep what a login at the identity provider must come back with."""
    connection.execute(insert(t.oidc_logins).values(state=state, nonce=nonce, verifier=verifier, expires_at=expires_at))


def take_oidc_login(connection: Connection, state: str, at: float) -> tuple[str, str] | None:
    """Return (nonce, PKCE verifier) of a login, once; None where there is none or it took too long."""
    table = t.oidc_logins
    connection.execute(delete(table).where(table.c.expires_at < at))
    taken = delete(table).where(table.c.state == state).returning(table.c.nonce, table.c.verifier)
    row = connection.execute(taken).first()
    return None if row is None else (row.nonce, row.verifier)
