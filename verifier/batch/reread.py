"""Reading documents of the archive again that were read with other versions, from where they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from verifier.batch.engine import Engine
from verifier.batch.examining import Examiner, load_examiner
from verifier.batch.reverify import Review, list_ids
from verifier.batch.run import Order, Progress, examine_rows
from verifier.batch.sources import Row
from verifier.errors import NotFoundError
from verifier.record import Registry
from verifier.store import archive, ledger
from verifier.store.archive import Entry
from verifier.store.blobs import Blobs
from verifier.store.database import Database
from verifier.store.groups import in_groups


@dataclass(frozen=True, slots=True)
class Reread:
    """How documents are read again."""

    made_with: str
    spool: str
    timeout_seconds: float
    load: Callable[[Registry], Examiner] = load_examiner


def read_again(review: Review, asked: Reread, engine: Engine, progress: Progress) -> int:
    """Read documents in scope again; return how many could not be found any more. The archive keeps what they said."""
    database = review.place.open()
    rows: list[Row] = []
    missing = 0
    for entry, location in _located(review, asked, database):
        if location:
            rows.append(Row(location, entry.name, entry.application or None))
        else:
            missing += 1
    order = Order(
        rows=tuple(rows),
        registry=review.registry,
        made_with=asked.made_with,
        records=review.records,
        on=review.on,
        out=review.out,
        spool=asked.spool,
        timeout_seconds=asked.timeout_seconds,
        load=asked.load,
    )
    examine_rows(order, database, engine, progress)
    return missing


def _located(review: Review, asked: Reread, database: Database) -> Iterator[tuple[Entry, str]]:
    """Yield first parts that were examined with other versions, each with where its file lies ('' where nowhere)."""
    for ids in in_groups(list_ids(database, review.scope)):
        with database.reading() as connection:
            entries = [e for e in archive.get_entries(connection, ids).values() if e.part_index == 1]
            old = [entry for entry in entries if entry.made_with != asked.made_with]
            locations = ledger.get_locations(connection, (entry.sha256 for entry in old))
        for entry in old:
            yield entry, _blob(database.blobs, entry.sha256) or locations.get(entry.sha256, "")


def _blob(blobs: Blobs, sha256: str) -> str:
    """Return where an uploaded document lies, '' where it was none."""
    try:
        path = blobs.path(sha256)
    except NotFoundError:
        return ""
    return str(path) if path.is_file() else ""
