"""What officials decided on documents, as the archive shows it beside every later judgement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from verifier.store.archive_tables import standing_decisions
from verifier.store.groups import in_groups


def put_decision(connection: Connection, sha256: str, decision: str, decided_by: str, at: datetime) -> None:
    """Keep what an official decided on a document; a later decision replaces it."""
    connection.execute(delete(standing_decisions).where(standing_decisions.c.sha256 == sha256))
    values = {"sha256": sha256, "decision": decision, "decided_by": decided_by, "decided_at": at}
    connection.execute(insert(standing_decisions).values(**values))


def remove_decision(connection: Connection, sha256: str) -> None:
    """Forget that something stands on a document: the official took it back."""
    connection.execute(delete(standing_decisions).where(standing_decisions.c.sha256 == sha256))


def get_decisions(connection: Connection, digests: Iterable[str]) -> dict[str, str]:
    """Return what officials decided, by document."""
    found: dict[str, str] = {}
    table = standing_decisions.c
    for some in in_groups(digests):
        rows = connection.execute(select(table.sha256, table.decision).where(table.sha256.in_(some)))
        found |= {sha256: decision for sha256, decision in rows}
    return found
