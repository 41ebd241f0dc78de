"""Judgements as they were made: each once, the newest stands, all kept."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime

import msgspec
from sqlalchemy import Connection, func, select, tuple_

from verifier.record import VehicleRecord
from verifier.store.archive_tables import judgements, record_snapshots
from verifier.store.groups import in_groups
from verifier.store.upsert import put_once

FAST = 1
"""zlib level: check rows compress eight times at the cheapest level, nine times at the usual one."""

Row = tuple[str, str, str, str]
"""(check id, subject as `key=value` pairs, outcome, reason)"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement of one document part, as the ledger keeps it."""

    key: str
    sha256: str
    part_index: int
    application: str
    verdict: str | None
    judged_on: date
    record_digest: str
    snapshot: str
    others: str
    rules: str
    versions: str
    checks: bytes


def pack_checks(rows: Iterable[Row]) -> bytes:
    """Return check rows as they are stored."""
    return zlib.compress(msgspec.msgpack.encode(list(rows)), FAST)


def unpack_checks(packed: bytes) -> tuple[Row, ...]:
    """Return the check rows of a judgement."""
    return msgspec.msgpack.decode(zlib.decompress(packed), type=tuple[Row, ...])


def put_judgements(connection: Connection, made: Iterable[Judgement]) -> None:
    """Record judgements; one that was recorded before is the same one and stays."""
    at = datetime.now(UTC)
    put_once(connection, judgements, [asdict(one) | {"recorded_at": at} for one in made])


_COLUMNS = [judgements.c[field.name] for field in fields(Judgement)]
Filed = tuple[str, int, str]
"""(digest, part, application)"""


def get_latest(connection: Connection, filed: Iterable[Filed]) -> dict[Filed, Judgement]:
    """Return the newest judgement of each, those never judged left out."""
    found: dict[Filed, Judgement] = {}
    table = judgements.c
    place = tuple_(table.sha256, table.part_index, table.application)
    for some in in_groups(filed, 150):
        newest = select(func.max(table.id)).where(place.in_(some))
        newest = newest.group_by(table.sha256, table.part_index, table.application)
        for row in connection.execute(select(*_COLUMNS).where(table.id.in_(newest))):
            one = Judgement(*row)
            found[one.sha256, one.part_index, one.application] = one
    return found


def put_snapshots(connection: Connection, packed: dict[str, bytes]) -> None:
    """Keep the records of judgements, by their digest."""
    put_once(connection, record_snapshots, [{"digest": k, "records": v} for k, v in sorted(packed.items())])


def get_snapshots(connection: Connection, digests: Iterable[str]) -> dict[str, tuple[VehicleRecord, ...]]:
    """Return the records that judgements were made with, by digest."""
    found: dict[str, tuple[VehicleRecord, ...]] = {}
    for some in in_groups(set(digests)):
        rows = connection.execute(select(record_snapshots).where(record_snapshots.c.digest.in_(some)))
        found |= {row.digest: unpack_records(row.records) for row in rows}
    return found


def pack_records(records: tuple[VehicleRecord, ...]) -> tuple[str, bytes]:
    """Return (digest, bytes) of records as they are stored."""
    plain = msgspec.msgpack.encode(records)
    return hashlib.sha256(plain).hexdigest(), zlib.compress(plain, FAST)


def unpack_records(packed: bytes) -> tuple[VehicleRecord, ...]:
    """Return stored records."""
    return msgspec.msgpack.decode(zlib.decompress(packed), type=tuple[VehicleRecord, ...])
