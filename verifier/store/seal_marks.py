"""The grain of the ink on sealed papers, by the names they are looked for under: finds the few with like ink.

Everything a maker ever sealed is too much to fetch for each new letter of it. Of each seal 64 bytes are looked through
(`seals/prints.py`, the first sieve), of the likeliest the whole key; what passes is fetched and compared by pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, or_, select

from verifier.examination import Examination
from verifier.seals.prints import SAME_DIAMETER, SIEVE, Sieve, ink_key_of, like_at_some_turn
from verifier.store.groups import in_groups
from verifier.store.relations import LONGEST_KEY, sealing_names
from verifier.store.service_tables import seal_marks as table
from verifier.store.service_tables import trace_keys


@dataclass(frozen=True, slots=True)
class Mark:
    """One seal's ink under one name; `place` numbers the seals of a file. `print` is empty where there is no grain."""

    place: int
    name: str
    shape: str
    diameter_mm: float
    print: bytes


def marks_of(parts: Iterable[Examination]) -> tuple[Mark, ...]:
    """Return the marks of a file's papers, each under every name that it is looked for under."""
    found: list[Mark] = []
    place = 0
    for seen in parts:
        names = sorted(name[:LONGEST_KEY] for name in sealing_names(seen))
        for seal in seen.seals:
            if names and seal.ink:
                key = ink_key_of(seal) or b""
                found += [Mark(place, name, seal.shape, seal.diameter_mm, key) for name in names]
                place += 1
    return tuple(found)


def put(connection: Connection, sha256: str, marks: Sequence[Mark]) -> None:
    """Make a file findable by its ink, in place of what was known of it before."""
    forget(connection, sha256)
    rows = [
        {
            "sha256": sha256,
            "place": mark.place,
            "name": mark.name,
            "shape": mark.shape,
            "diameter_mm": mark.diameter_mm,
            "sieve": mark.print[:SIEVE],
            "phased": mark.print[SIEVE:],
        }
        for mark in marks
    ]
    if rows:
        connection.execute(insert(table), rows)


def stored(connection: Connection, sha256: str) -> tuple[Mark, ...]:
    """Return the marks of a file."""
    rows = connection.execute(select(table).where(table.c.sha256 == sha256))
    return tuple(Mark(r.place, r.name, r.shape, r.diameter_mm, bytes(r.sieve) + bytes(r.phased)) for r in rows)


def add_names(connection: Connection, sha256: str, names: Iterable[str]) -> None:
    """Make a file's ink findable under further names, as an official read them."""
    known = stored(connection, sha256)
    firsts = {mark.place: mark for mark in known}.values()
    wanted = {name[:LONGEST_KEY] for name in names} - {mark.name for mark in known}
    put(connection, sha256, (*known, *(replace(mark, name=name) for mark in firsts for name in sorted(wanted))))


def forget(connection: Connection, sha256: str) -> None:
    """Make a file unfindable by its ink."""
    connection.execute(delete(table).where(table.c.sha256 == sha256))


def likely(connection: Connection, marks: Iterable[Mark], names: Iterable[str]) -> frozenset[str]:
    """Return the digests of files whose ink is like that of these marks, under these names beside their own."""
    found: set[str] = set()
    whole = {(mark.place, mark.shape): mark for mark in marks if mark.print}
    under = sorted({mark.name for mark in marks} | {name[:LONGEST_KEY] for name in names})
    for shape in sorted({mark.shape for mark in whole.values()}):
        mine = [mark for mark in whole.values() if mark.shape == shape]
        for some in in_groups(under):
            found |= _likely_there(connection, and_(table.c.name.in_(some), table.c.shape == shape), mine)
    return frozenset(found)


def _likely_there(connection: Connection, here: ColumnElement[bool], mine: Sequence[Mark]) -> set[str]:
    columns = (table.c.sha256, table.c.place, table.c.diameter_mm, table.c.sieve)
    rows = [row for row in connection.execute(select(*columns).where(here)) if row.sieve]
    if not rows:
        return set()
    sieve = Sieve.of([bytes(row.sieve) for row in rows], [row.diameter_mm for row in rows])
    found: set[str] = set()
    for mark in mine:
        near = {(rows[i].sha256, rows[i].place) for i in sieve.near(mark.print, mark.diameter_mm, SAME_DIAMETER)}
        found |= _like(connection, mark, sorted(near))
    return found


def _like(connection: Connection, mark: Mark, near: Sequence[tuple[str, int]]) -> set[str]:
    if not near:
        return set()
    wanted = or_(*(and_(table.c.sha256 == sha256, table.c.place == place) for sha256, place in near))
    phased = {
        (row.sha256, row.place): bytes(row.phased)
        for row in connection.execute(select(table.c.sha256, table.c.place, table.c.phased).where(wanted))
    }
    keys = list(phased)
    alike = like_at_some_turn(mark.print, [phased[key] for key in keys])
    return {sha256 for (sha256, _), same in zip(keys, alike, strict=True) if same}


def unmarked(connection: Connection, issuer_kind: str, names: Iterable[str]) -> frozenset[str]:
    """Return the sealed files of these names whose ink an earlier version did not mark: they have to be compared."""
    none = ~exists().where(table.c.sha256 == trace_keys.c.sha256)
    found: set[str] = set()
    for some in in_groups(sorted(set(names))):
        query = select(trace_keys.c.sha256).where(trace_keys.c.kind == issuer_kind, trace_keys.c.key.in_(some), none)
        found.update(connection.scalars(query))
    return frozenset(found)
