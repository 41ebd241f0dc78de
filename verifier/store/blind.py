"""Cases whose official must not know what the machine thinks."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from verifier.store.case_tables import cases
from verifier.store.cases import OPEN, UNDECIDED


def blind_documents(connection: Connection, document_ids: Iterable[str]) -> frozenset[str]:
    """Return which documents await somebody who must not know the verdict."""
    some = cases.c.document_id.in_(sorted(set(document_ids)))
    query = select(cases.c.document_id).where(some, cases.c.blind, cases.c.state == OPEN)
    return frozenset(connection.scalars(query))


def typical_risk(connection: Connection, office_id: str, pick: float) -> int | None:
    """Return the risk of one of the undecided cases; `pick` from 0 to 1 chooses."""
    mine = (cases.c.office_id == office_id) & cases.c.state.in_(UNDECIDED)
    number = connection.scalar(select(func.count()).select_from(cases).where(mine)) or 0
    if not number:
        return None
    place = min(int(pick * number), number - 1)
    return connection.scalar(select(cases.c.risk).where(mine).order_by(cases.c.id).offset(place).limit(1))
