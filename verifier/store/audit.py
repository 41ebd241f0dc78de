"""The audit chain: every entry carries the digest of the one before, so that no edit, gap or change of order fits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, or_, select

from verifier.store import service_tables as t
from verifier.store.case_tables import audit_checkpoints
from verifier.store.people_tables import organisations, people
from verifier.store.upsert import insert_into

FIRST = "0" * 64
"""What the first entry names as the one before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. `digest` covers everything else of it, `previous` among it."""

    id: int
    at: float
    actor: str
    act: str
    subject: str
    detail: str
    previous: str
    digest: str

    @property
    def computed(self) -> str:
        """The digest that the entry's contents have."""
        return digest_of(self.id, self.at, self.actor, self.act, self.subject, self.detail, self.previous)


def digest_of(id_: int, at: float, actor: str, act: str, subject: str, detail: str, previous: str) -> str:
    """Return the SHA-256 of an entry, over its fields as a JSON array.

    >>> digest_of(1, 2.0, "a", "b", "c", "{}", FIRST)[:8]
    'cb423f41'
    """
    fields = json.dumps([id_, at, actor, act, subject, detail, previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(fields.encode()).hexdigest()


def append(connection: Connection, at: float, actor: str, act: str, subject: str, detail: Mapping[str, object]) -> None:
    """Add an entry behind the last; the caller holds the order (`events.take_turn`)."""
    last = connection.execute(select(t.audit.c.id, t.audit.c.digest).order_by(t.audit.c.id.desc()).limit(1)).first()
    number, previous = (last.id + 1, last.digest) if last else (1, FIRST)
    written = json.dumps(dict(detail), ensure_ascii=False, sort_keys=True)
    values = {"id": number, "at": at, "actor": actor, "act": act, "subject": subject, "detail": written}
    digest = digest_of(number, at, actor, act, subject, written, previous)
    connection.execute(insert(t.audit).values(**values, previous=previous, digest=digest))


_COLUMNS = [t.audit.c[name] for name in Entry.__dataclass_fields__]
ROWS = 1000
"""At a time, so that memory stays flat."""


def entries(connection: Connection, after: int = 0, *, limit: int | None = None) -> Iterator[Entry]:
    """Yield the entries behind the one numbered `after`, oldest first."""
    query = select(*_COLUMNS).where(t.audit.c.id > after).order_by(t.audit.c.id).limit(limit)
    with connection.execute(query, execution_options={"yield_per": ROWS}) as rows:  # closed also where a reader stops
        for row in rows:
            yield Entry(*row)


def entries_about(connection: Connection, subjects: tuple[str, ...]) -> tuple[Entry, ...]:
    """Return every entry about one of some subjects, oldest first."""
    query = select(*_COLUMNS).where(t.audit.c.subject.in_(subjects)).order_by(t.audit.c.id)
    return tuple(Entry(*row) for row in connection.execute(query))


def entries_of(
    connection: Connection, owners: frozenset[str], office_id: str, after: int, limit: int
) -> tuple[Entry, ...]:
    """Return entries about documents of some owners, or of acts by people of an office, oldest first."""
    documents, persons, groups = t.documents.c, people.c, organisations.c
    about = select(documents.id).where(documents.owner.in_(sorted(owners)))
    by = select(persons.id).join_from(people, organisations)
    by = by.where(or_(groups.id == office_id, groups.office_id == office_id))
    query = select(*_COLUMNS).where(t.audit.c.id > after)
    query = query.where(or_(t.audit.c.subject.in_(about), t.audit.c.actor.in_(by), t.audit.c.subject.in_(by)))
    return tuple(Entry(*row) for row in connection.execute(query.order_by(t.audit.c.id).limit(limit)))


def last_entry(connection: Connection) -> Entry | None:
    """Return the newest entry, None where nothing happened yet."""
    row = connection.execute(select(*_COLUMNS).order_by(t.audit.c.id.desc()).limit(1)).first()
    return None if row is None else Entry(*row)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed state of the chain: up to entry `entry` its digest was `digest`. Key and signature are base64."""

    entry: int
    digest: str
    at: float
    key: str
    signature: str


def put_checkpoint(connection: Connection, checkpoint: Checkpoint) -> None:
    """Keep a checkpoint; one of the same entry stays."""
    values = {name: getattr(checkpoint, name) for name in Checkpoint.__dataclass_fields__}
    connection.execute(insert_into(connection, audit_checkpoints).values(**values).on_conflict_do_nothing())


def list_checkpoints(connection: Connection) -> tuple[Checkpoint, ...]:
    """Return the checkpoints kept here, oldest first."""
    columns = [audit_checkpoints.c[name] for name in Checkpoint.__dataclass_fields__]
    return tuple(Checkpoint(*row) for row in connection.execute(select(*columns).order_by(audit_checkpoints.c.entry)))
