"""Which documents of the archive could bear on which: found by shared VIN, number, page picture, issuer or bytes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, text

from verifier.examination import Examination
from verifier.formats.names import normalise_name
from verifier.formats.numbers import letter_number_key
from verifier.history import ink_names
from verifier.record import Registry
from verifier.store import service_tables as t
from verifier.store.groups import in_groups
from verifier.store.upsert import insert_into

LONGEST_KEY = 128
"""Characters; longer names are cut, which only finds more."""
VIN, NUMBER, PICTURE, ISSUER = "vin", "number", "picture", "issuer"

Key = tuple[str, str]
"""(kind, value)"""


TURN_LOCK = 648_002
"""PostgreSQL advisory lock: of two documents that bear on one another, the second sees the first."""


def take_turn(connection: Connection) -> None:
    """Make documents findable one after the other, to the end of the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({TURN_LOCK})"))


def keys_of(parts: Iterable[Examination]) -> frozenset[Key]:
    """Return by what a document may be found."""
    found: set[Key] = set()
    for seen in parts:
        letter = seen.letter
        found.update((VIN, vehicle.vin.value) for vehicle in letter.vehicles)
        found.update((PICTURE, page.pixels_sha256) for page in seen.pages if page.lines and page.pixels_sha256)
        if letter.number:
            found.add((NUMBER, letter_number_key(letter.number.value)))
        found.update((ISSUER, name) for name in sealing_names(seen))
    return frozenset((kind, value[:LONGEST_KEY]) for kind, value in found if value)


def sealing_names(seen: Examination) -> set[str]:
    """Return the names under which the ink of a paper's seals is looked for (`history.ink_names`)."""
    issuer = normalise_name(seen.letter.issuer.value) if seen.letter.issuer else "-"
    return {name for seal in seen.seals for name in ink_names(seen, seal, issuer)}


def put_keys(connection: Connection, sha256: str, parts: Iterable[Examination]) -> None:
    """Make a document findable, in place of what was known of it before."""
    forget_keys(connection, sha256)
    add_keys(connection, sha256, keys_of(parts))


def add_keys(connection: Connection, sha256: str, keys: Iterable[Key]) -> None:
    """Make a document findable by further keys."""
    rows = [{"sha256": sha256, "kind": kind, "key": key} for kind, key in sorted(keys)]
    if rows:
        connection.execute(insert_into(connection, t.trace_keys).on_conflict_do_nothing(), rows)


def keys_stored(connection: Connection, sha256: str) -> frozenset[Key]:
    """Return by what a document can be found."""
    query = select(t.trace_keys.c.kind, t.trace_keys.c.key).where(t.trace_keys.c.sha256 == sha256)
    return frozenset((kind, key) for kind, key in connection.execute(query))


def forget_keys(connection: Connection, sha256: str) -> None:
    """Make a document unfindable."""
    connection.execute(delete(t.trace_keys).where(t.trace_keys.c.sha256 == sha256))


def find_related(connection: Connection, keys: Iterable[Key]) -> frozenset[str]:
    """Return the digests of the documents that have one of the keys."""
    by_kind: dict[str, list[str]] = {}
    for kind, value in keys:
        by_kind.setdefault(kind, []).append(value)
    found: set[str] = set()
    for kind, values in by_kind.items():
        for some in in_groups(values):
            query = select(t.trace_keys.c.sha256).where(t.trace_keys.c.kind == kind, t.trace_keys.c.key.in_(some))
            found.update(connection.scalars(query))
    return frozenset(found)


def telling(keys: Iterable[Key]) -> frozenset[Key]:
    """Return the keys that few documents share: an issuer is no reason to look at everything that it ever sealed."""
    return frozenset(key for key in keys if key[0] != ISSUER)


def with_other_names(keys: Iterable[Key], registry: Registry) -> frozenset[Key]:
    """Return the keys with every other name of a known issuer added."""
    widened = set(keys)
    for kind, value in tuple(widened):
        maker = registry.known_makers.named(value) if kind == ISSUER else None
        if maker:
            names = (*maker.names, *maker.former_names)
            widened.update((ISSUER, normalise_name(name)[:LONGEST_KEY]) for name in names)
    return frozenset(widened)
