"""The time that leases and entries are reckoned by: one clock a database, so that machines need not agree."""

from __future__ import annotations

import secrets
import time

from sqlalchemy import Connection, text

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter looks like another or like a digit."""


def now(connection: Connection) -> float:
    """Return seconds since 1970 by the database's clock (an embedded one has this machine's)."""
    if connection.dialect.name == "sqlite":
        return time.time()
    return float(connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())")))


def new_id() -> str:
    """Return 26 letters that sort by time and cannot be guessed (the ULID format).

    >>> len(new_id()), new_id() != new_id()
    (26, True)
    """
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
