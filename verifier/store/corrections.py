"""What officials read where the machine misread, as rows; the machine's reading stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from verifier.errors import NotFoundError
from verifier.store.case_tables import corrections
from verifier.store.groups import in_groups


@dataclass(frozen=True, slots=True)
class Correction:
    """One value as an official reads it. `machine` is what the machine had; `withdrawn_at` where it holds no longer."""

    id: int
    document_id: str
    part: int
    field: str
    value: str
    machine: str
    corrected_by: str
    corrected_at: float
    withdrawn_at: float | None


_COLUMNS = [corrections.c[name] for name in Correction.__dataclass_fields__]


def put_correction(connection: Connection, new: Correction) -> int:
    """Add a correction and return its number; an earlier one of the same field holds no longer."""
    c = corrections.c
    same = (c.document_id == new.document_id) & (c.part == new.part) & (c.field == new.field)
    connection.execute(update(corrections).where(same, c.withdrawn_at.is_(None)).values(withdrawn_at=new.corrected_at))
    values = {name: getattr(new, name) for name in Correction.__dataclass_fields__ if name != "id"}
    return int(connection.execute(insert(corrections).values(**values).returning(c.id)).scalar_one())


def withdraw_correction(connection: Connection, document_id: str, number: int, at: float) -> None:
    """Have a correction hold no longer; raises NotFoundError."""
    c = corrections.c
    mine = (c.document_id == document_id) & (c.id == number) & c.withdrawn_at.is_(None)
    if not connection.execute(update(corrections).where(mine).values(withdrawn_at=at)).rowcount:
        raise NotFoundError("correction")


def corrections_of(connection: Connection, document_id: str) -> tuple[Correction, ...]:
    """Return every correction of a document, oldest first, also those that hold no longer."""
    query = select(*_COLUMNS).where(corrections.c.document_id == document_id).order_by(corrections.c.id)
    return tuple(Correction(*row) for row in connection.execute(query))


def holding(connection: Connection, document_id: str) -> tuple[Correction, ...]:
    """Return the corrections of a document that hold, oldest first."""
    return tuple(one for one in corrections_of(connection, document_id) if one.withdrawn_at is None)


def holding_of(connection: Connection, document_ids: Iterable[str]) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections that hold, oldest first, of every document that has any."""
    found: dict[str, tuple[Correction, ...]] = {}
    for some in in_groups(document_ids):
        query = select(*_COLUMNS).where(corrections.c.document_id.in_(some), corrections.c.withdrawn_at.is_(None))
        for row in connection.execute(query.order_by(corrections.c.id)):
            one = Correction(*row)
            found[one.document_id] = (*found.get(one.document_id, ()), one)
    return found


def forget_values(connection: Connection, document_id: str) -> None:
    """Empty what a deleted document's corrections say; who corrected which field, and when, stays."""
    mine = corrections.c.document_id == document_id
    connection.execute(update(corrections).where(mine).values(value="", machine=""))
