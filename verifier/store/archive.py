"""Entries of the archive: filed once per document part and application, found by what they share."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, tuple_, update

from verifier.store.archive_tables import archive_entries, ink_pairs, reuse_keys, seal_prints
from verifier.store.groups import in_groups
from verifier.store.tables import examinations
from verifier.store.upsert import put_once


@dataclass(frozen=True, slots=True)
class SealPrint:
    """The perceptual key of one seal's ink; `bucket` digests maker and shape."""

    seal: int
    bucket: int
    diameter_mm: float
    print: bytes


@dataclass(frozen=True, slots=True)
class FiledPart:
    """What the archive keeps at hand of one part of a document."""

    sha256: str
    part_index: int
    maker: str
    """Who issued it, in the one spelling of a known maker; '' where nobody is named."""
    specimens: str
    """Digest of the maker's impressions that its seals were compared with."""
    claims: bytes
    keys: tuple[int, ...]
    prints: tuple[SealPrint, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """Under which name and application a document is filed, and what its examination was made with."""

    name: str
    application: str
    made_with: str
    examined_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a document as the archive has it."""

    id: int
    sha256: str
    part_index: int
    application: str
    name: str
    made_with: str
    maker: str
    specimens: str
    claims: bytes


_COLUMNS = [archive_entries.c[name] for name in Entry.__dataclass_fields__]


def _same_filing(part: FiledPart, filing: Filing) -> ColumnElement[bool]:
    table = archive_entries.c
    return and_(
        table.sha256 == part.sha256, table.part_index == part.part_index, table.application == filing.application
    )


def put_entry(connection: Connection, part: FiledPart, filing: Filing) -> int:
    """File a part, or file it anew where it was examined again; return its id."""
    table = archive_entries
    values = {
        "sha256": part.sha256,
        "part_index": part.part_index,
        "application": filing.application,
        "name": filing.name,
        "made_with": filing.made_with,
        "examined_at": filing.examined_at,
    } | _contents(part)
    known = connection.scalar(select(table.c.id).where(_same_filing(part, filing)))
    if known is None:
        entry = int(connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())
    else:
        entry = int(known)
        connection.execute(update(table).where(table.c.id == entry).values(**values))
        _forget_shared(connection, entry)
    _put_shared(connection, entry, part)
    return entry


def refile(connection: Connection, entry: Entry, part: FiledPart) -> None:
    """Replace what an entry claims; its examination stays the one it was."""
    connection.execute(update(archive_entries).where(archive_entries.c.id == entry.id).values(**_contents(part)))
    _forget_shared(connection, entry.id)
    _put_shared(connection, entry.id, part)


def _contents(part: FiledPart) -> dict[str, object]:
    return {"maker": part.maker, "specimens": part.specimens, "claims": part.claims}


def _forget_shared(connection: Connection, entry: int) -> None:
    for table in (reuse_keys, seal_prints):
        connection.execute(delete(table).where(table.c.entry == entry))
    connection.execute(delete(ink_pairs).where(or_(ink_pairs.c.one == entry, ink_pairs.c.other == entry)))


def _put_shared(connection: Connection, entry: int, part: FiledPart) -> None:
    put_once(connection, reuse_keys, [{"key": key, "entry": entry} for key in sorted(set(part.keys))])
    prints = [
        {
            "entry": entry,
            "seal": one.seal,
            "bucket": one.bucket,
            "diameter_mm": one.diameter_mm,
            "print": one.print,
            "paired": False,
        }
        for one in part.prints
    ]
    if prints:
        connection.execute(insert(seal_prints), prints)


def get_entries(connection: Connection, ids: Iterable[int]) -> dict[int, Entry]:
    """Return entries by id."""
    found: dict[int, Entry] = {}
    for some in in_groups(ids):
        for row in connection.execute(select(*_COLUMNS).where(archive_entries.c.id.in_(some))):
            found[row.id] = Entry(*row)
    return found


def find_entries(connection: Connection, digests: Iterable[str]) -> tuple[Entry, ...]:
    """Return every entry of documents, by their digests, in the order of filing."""
    found: list[Entry] = []
    for some in in_groups(digests):
        rows = connection.execute(select(*_COLUMNS).where(archive_entries.c.sha256.in_(some)))
        found += [Entry(*row) for row in rows]
    return tuple(sorted(found, key=lambda entry: entry.id))


def filed(connection: Connection, digests: Iterable[str]) -> frozenset[tuple[str, str, str]]:
    """Return (digest, application, made_with) of what is filed."""
    found: set[tuple[str, str, str]] = set()
    table = archive_entries.c
    for some in in_groups(digests):
        query = select(table.sha256, table.application, table.made_with).where(table.sha256.in_(some))
        found.update((a, b, c) for a, b, c in connection.execute(query))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the archive is meant; None does not limit."""

    since: date | None = None
    """Examined on this day or later."""
    maker: str | None = None
    """The maker in the archive's spelling."""


def list_entry_ids(connection: Connection, scope: Scope, after: tuple[str, int], limit: int) -> list[tuple[str, int]]:
    """Return (maker, id) of the next `limit` entries after such a pair: maker by maker, in the order of filing."""
    table = archive_entries.c
    query = select(table.maker, table.id).where(tuple_(table.maker, table.id) > tuple_(*after))
    if scope.since is not None:
        query = query.where(table.examined_at >= datetime.combine(scope.since, time(), UTC))
    if scope.maker is not None:
        query = query.where(table.maker == scope.maker)
    return [(maker, entry) for maker, entry in connection.execute(query.order_by(table.maker, table.id).limit(limit))]


@dataclass(frozen=True, slots=True)
class Unfiled:
    """An examination that no entry was made of."""

    sha256: str
    made_with: str
    name: str
    application: str | None
    examined_at: datetime


def unfiled(connection: Connection, limit: int) -> tuple[Unfiled, ...]:
    """Return documents whose newest examination is not filed, the oldest first."""
    e, a = examinations.c, archive_entries.c
    newest = select(e.sha256).where(~select(a.id).where(a.sha256 == e.sha256, a.examined_at >= e.examined_at).exists())
    query = select(e.sha256, e.made_with, e.name, e.application_number, e.examined_at).where(e.sha256.in_(newest))
    return tuple(Unfiled(*row) for row in connection.execute(query.order_by(e.examined_at).limit(limit)))


# --- what entries share ----------------------------------------------------------------------------------


def links(connection: Connection, ids: Collection[int]) -> tuple[tuple[int, int], ...]:
    """Return (entry, other entry) of those that share bytes, number, a VIN or a page picture with another."""
    found: set[tuple[int, int]] = set()
    mine, theirs = reuse_keys.alias("mine"), reuse_keys.alias("theirs")
    for some in in_groups(ids):
        query = (
            select(mine.c.entry, theirs.c.entry)
            .join_from(mine, theirs, and_(mine.c.key == theirs.c.key, mine.c.entry != theirs.c.entry))
            .where(mine.c.entry.in_(some))
        )
        found.update((a, b) for a, b in connection.execute(query))
    return tuple(sorted(found))


def holders(connection: Connection, keys: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return the entries that hold each key, by key; keys that nobody holds are left out."""
    found: dict[int, list[int]] = {}
    for some in in_groups(keys):
        query = select(reuse_keys.c.key, reuse_keys.c.entry).where(reuse_keys.c.key.in_(some))
        for key, entry in connection.execute(query.order_by(reuse_keys.c.key, reuse_keys.c.entry)):
            found.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def filed_under(connection: Connection, application: str) -> frozenset[int]:
    """Return the entries filed under an application."""
    query = select(archive_entries.c.id).where(archive_entries.c.application == application)
    return frozenset(connection.scalars(query))


def ink_links(connection: Connection, ids: Collection[int]) -> tuple[tuple[int, int], ...]:
    """Return (entry, other entry) of those with the same ink pixels."""
    found: set[tuple[int, int]] = set()
    one, other = ink_pairs.c.one, ink_pairs.c.other
    for some in in_groups(ids):
        query = select(one, other).where(or_(one.in_(some), other.in_(some)))
        for a, b in connection.execute(query):
            found |= {(a, b), (b, a)}
    return tuple(sorted(pair for pair in found if pair[0] in set(ids)))


def put_ink_pairs(connection: Connection, pairs: Iterable[tuple[int, int, float]]) -> None:
    """Keep pairs of entries with the same ink pixels."""
    rows = [{"one": min(a, b), "other": max(a, b), "likeness": likeness} for a, b, likeness in pairs]
    put_once(connection, ink_pairs, rows)


@dataclass(frozen=True, slots=True)
class ShelvedPrint:
    """A seal's key in a bucket, and whether it was compared with every earlier one."""

    entry: int
    seal: int
    diameter_mm: float
    print: bytes
    paired: bool


def prints_of(connection: Connection, bucket: int) -> tuple[ShelvedPrint, ...]:
    """Return every seal in a bucket, in the order of filing."""
    table = seal_prints.c
    query = select(table.entry, table.seal, table.diameter_mm, table.print, table.paired).where(table.bucket == bucket)
    return tuple(ShelvedPrint(*row) for row in connection.execute(query.order_by(table.entry, table.seal)))


def unpaired_buckets(connection: Connection) -> tuple[int, ...]:
    """Return the buckets with seals that were not yet compared with the others."""
    return tuple(connection.scalars(select(seal_prints.c.bucket).where(~seal_prints.c.paired).distinct()))


def mark_paired(connection: Connection, bucket: int, last_entry: int) -> None:
    """Note that a bucket's seals, up to those of an entry, were compared with one another."""
    table = seal_prints.c
    chosen = table.bucket == bucket, table.entry <= last_entry
    connection.execute(update(seal_prints).where(*chosen).values(paired=True))
