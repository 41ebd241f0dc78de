"""Reading and writing the tables, each function inside a transaction that its caller holds."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from PIL import Image
from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from verifier.errors import NotFoundError, StoreError
from verifier.examination import Examination, decode_examinations, encode_examinations
from verifier.impressions import EncodedPicture
from verifier.record import (
    Announcement,
    CccCertificate,
    CharacterLayout,
    Maker,
    Records,
    Registry,
    Specimen,
    SpecimenStatus,
    VehicleRecord,
)
from verifier.store import relations, seal_layouts, seal_marks, tables
from verifier.store.blobs import Blobs
from verifier.store.groups import in_groups
from verifier.store.service_tables import revisions

_LISTS = {"makers": tables.listed_makers, "announcements": tables.announcements, "ccc": tables.ccc_certificates}
T = TypeVar("T")


# --- records --------------------------------------------------------------------------------------------


def put_records(connection: Connection, records: Records) -> int:
    """Insert or replace records, one per VIN and application; return how many."""
    table = tables.vehicle_records
    for record in records.vehicles:
        connection.execute(
            delete(table).where(table.c.vin == record.vin, table.c.application_number == record.application_number)
            if record.application_number
            else delete(table).where(table.c.vin == record.vin, table.c.application_number.is_(None))
        )
    if records.vehicles:
        connection.execute(insert(table), [asdict(record) for record in records.vehicles])
    return len(records.vehicles)


def get_records(connection: Connection) -> Records:
    """Return all records, in the order they were imported."""
    rows = connection.execute(select(tables.vehicle_records).order_by(tables.vehicle_records.c.id))
    return Records(tuple(VehicleRecord(**_without(row, "id")) for row in rows))  # type: ignore[arg-type]  # the table has its columns


# --- seal registry --------------------------------------------------------------------------------------


def put_specimens(connection: Connection, makers: Iterable[Maker], specimens: Iterable[Specimen]) -> int:
    """Insert or replace registered makers and their impressions; return how many impressions."""
    _count_change(connection)
    for maker in makers:
        connection.execute(delete(tables.registered_makers).where(tables.registered_makers.c.name == maker.name))
        connection.execute(
            insert(tables.registered_makers).values(
                name=maker.name,
                name_en=maker.name_en,
                former_names="\n".join(maker.former_names),
                wmi=" ".join(maker.wmi),
            )
        )
    registered = tuple(specimens)
    for specimen in registered:
        key = _specimen_key(specimen.sha256, specimen.manufacturer)
        connection.execute(delete(tables.specimens).where(*key))
        values = {name: getattr(specimen, name) for name in specimen.__slots__ if name not in {"image", "layout"}}
        connection.execute(insert(tables.specimens).values(**values | {"image": _as_png(specimen)}))
    return len(registered)


def _specimen_key(sha256: str, manufacturer: str):  # type: ignore[no-untyped-def]  # two SQL expressions
    return tables.specimens.c.sha256 == sha256, tables.specimens.c.manufacturer == manufacturer


def _as_png(specimen: Specimen) -> bytes:
    content = io.BytesIO()
    Image.fromarray(specimen.pixels).save(content, "PNG")
    return content.getvalue()


def get_specimens(connection: Connection) -> tuple[Specimen, ...]:
    """Return all registered impressions, makers in alphabetical order."""
    table = tables.specimens
    layouts = seal_layouts.get_all(connection)
    rows = connection.execute(select(table).order_by(table.c.manufacturer, table.c.sha256))
    return tuple(_specimen(row, layouts.get(row.sha256)) for row in rows)


def _specimen(row: Row[tuple[object, ...]], layout: CharacterLayout | None) -> Specimen:
    values = _without(row, "image")
    picture = EncodedPicture(bytes(row._mapping["image"]), f"the impression {row._mapping['sha256'][:12]}")
    status = SpecimenStatus(str(values["status"]))
    return Specimen(**values | {"image": picture, "status": status, "layout": layout})  # type: ignore[arg-type]


def retire_specimen(connection: Connection, sha256: str, status: SpecimenStatus) -> int:
    """Set the status of the impressions whose digest begins with `sha256`; raises NotFoundError for none."""
    changed = connection.execute(
        update(tables.specimens)
        .where(tables.specimens.c.sha256.startswith(sha256, autoescape=True))
        .values(status=status.value)
    )
    if not changed.rowcount:
        raise NotFoundError(f"no registered impression {sha256}")
    _count_change(connection)
    return changed.rowcount


def put_layout(connection: Connection, sha256: str, layout: CharacterLayout) -> None:
    """Keep what a registrar says of where the characters of an impression stand; raises NotFoundError for none."""
    query = select(tables.specimens.c.sha256).where(tables.specimens.c.sha256 == sha256)
    if connection.scalar(query.limit(1)) is None:
        raise NotFoundError(f"no registered impression {sha256}")
    seal_layouts.put(connection, sha256, layout)
    _count_change(connection)


_REGISTRY = "registry"


def _count_change(connection: Connection) -> None:
    """Count a change of seal registry or lists."""
    changed = update(revisions).where(revisions.c.name == _REGISTRY).values(number=revisions.c.number + 1)
    if not connection.execute(changed).rowcount:
        connection.execute(insert(revisions).values(name=_REGISTRY, number=1))


def registry_revision(connection: Connection) -> int:
    """Return how often seal registry and lists were changed: who holds them loaded sees whether they are old."""
    return connection.scalar(select(revisions.c.number).where(revisions.c.name == _REGISTRY)) or 0


def get_registered_makers(connection: Connection) -> tuple[Maker, ...]:
    """Return the makers with registered impressions."""
    rows = connection.execute(select(tables.registered_makers).order_by(tables.registered_makers.c.name))
    return tuple(
        Maker(row.name, row.name_en, tuple(row.former_names.splitlines()), tuple(row.wmi.split())) for row in rows
    )


# --- lists ----------------------------------------------------------------------------------------------


def put_lists(connection: Connection, lists: Registry) -> tuple[str, ...]:
    """Replace each list that is given as a whole; return their names."""
    _count_change(connection)
    given = []
    for name, table in _LISTS.items():
        entries: tuple[Maker | Announcement | CccCertificate, ...] | None = getattr(lists, name)
        if entries is None:
            continue
        connection.execute(delete(table))
        if entries:
            connection.execute(insert(table), [_list_row(table, entry) for entry in entries])
        connection.execute(delete(tables.imported_lists).where(tables.imported_lists.c.list == name))
        connection.execute(insert(tables.imported_lists).values(list=name, imported_at=datetime.now(UTC)))
        given.append(name)
    return tuple(given)


def _list_row(table: Table, entry: Maker | Announcement | CccCertificate) -> dict[str, object]:
    values = asdict(entry)
    if isinstance(entry, Maker):
        values["former_names"] = "\n".join(entry.former_names)
    return {column: value for column, value in values.items() if column in table.c}


def get_lists(connection: Connection) -> Registry:
    """Return a registry with the lists that were ever imported, the others None."""
    imported = set(connection.scalars(select(tables.imported_lists.c.list)))
    return Registry(
        makers=tuple(_maker(row) for row in _all(connection, "makers")) if "makers" in imported else None,
        announcements=_entries(connection, "announcements", Announcement) if "announcements" in imported else None,
        ccc=_entries(connection, "ccc", CccCertificate) if "ccc" in imported else None,
    )


def _all(connection: Connection, name: str) -> Iterator[Row[tuple[object, ...]]]:
    yield from connection.execute(select(_LISTS[name]).order_by(_LISTS[name].c.id))


def _entries(connection: Connection, name: str, of: type[T]) -> tuple[T, ...]:
    return tuple(of(**_without(row, "id")) for row in _all(connection, name))


def _maker(row: Row[tuple[object, ...]]) -> Maker:
    values = _without(row, "id")
    return Maker(**values | {"former_names": tuple(str(values["former_names"]).splitlines())})  # type: ignore[arg-type]


# --- examinations ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """An examined document of the archive."""

    name: str
    application_number: str | None
    parts: tuple[Examination, ...]


def put_examination(
    connection: Connection, made_with: str, document: StoredDocument, *, blob: str | None = None
) -> None:
    """Keep what was seen in a document; the same document seen with the same versions is kept once.

    `blob` is where it lies already, as `compressed` returns it; without one it lies in the row.
    """
    table = tables.examinations
    sha256 = document.parts[0].sha256
    connection.execute(delete(table).where(table.c.sha256 == sha256, table.c.made_with == made_with))
    connection.execute(
        insert(table).values(
            sha256=sha256,
            made_with=made_with,
            name=document.name,
            application_number=document.application_number,
            parts=None if blob else compressed(document.parts),
            blob=blob,
            examined_at=datetime.now(UTC),
        )
    )
    relations.put_keys(connection, sha256, document.parts)
    seal_marks.put(connection, sha256, seal_marks.marks_of(document.parts))


def compressed(parts: tuple[Examination, ...]) -> bytes:
    """Return examinations as they are stored."""
    return zlib.compress(encode_examinations(parts), 6)


def get_examination(
    connection: Connection, sha256: str, made_with: str, blobs: Blobs | None = None
) -> tuple[Examination, ...] | None:
    """Return what was seen in a document with these versions, None where it was not examined so."""
    table = tables.examinations
    query = select(table.c.parts, table.c.blob).where(table.c.sha256 == sha256, table.c.made_with == made_with)
    row = connection.execute(query).first()
    return None if row is None else _parts(row, blobs)


def get_documents(
    connection: Connection, blobs: Blobs | None = None, only: Iterable[str] | None = None
) -> tuple[StoredDocument, ...]:
    """Return the archive, or those with the digests in `only`: every document as it was examined last."""
    table = tables.examinations
    query = select(table).order_by(table.c.examined_at, table.c.sha256)
    latest: dict[str, Row[*tuple[Any, ...]]] = {}
    for wanted in [None] if only is None else in_groups(sorted(only)):
        some = query if wanted is None else query.where(table.c.sha256.in_(wanted))
        latest |= {row.sha256: row for row in connection.execute(some)}
    return tuple(StoredDocument(row.name, row.application_number, _parts(row, blobs)) for row in latest.values())


def _parts(row: Row[*tuple[Any, ...]], blobs: Blobs | None) -> tuple[Examination, ...]:
    try:
        if row.blob is None:
            return decode_examinations(zlib.decompress(row.parts))
        if blobs is None:
            raise StoreError("a stored examination lies in the blob folder, which is not at hand")
        return decode_examinations(zlib.decompress(blobs.read(row.blob)))
    except (zlib.error, ValueError) as error:
        raise StoreError("a stored examination is damaged; run the batch again to read its document anew") from error


def _without(row: Row[tuple[object, ...]], column: str) -> dict[str, object]:
    return {name: value for name, value in row._mapping.items() if name != column}
