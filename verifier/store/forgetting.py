"""Everything the store knows of one document's content, forgotten: readings, index, archive, judgements."""

from __future__ import annotations

from sqlalchemy import Connection, delete, or_, select

from verifier.store import archive_tables as a
from verifier.store import relations, seal_marks
from verifier.store.tables import examinations


def forget_content(connection: Connection, sha256: str) -> None:
    """Remove every row that was made from the content; an official's decision and the hash stay."""
    entries = select(a.archive_entries.c.id).where(a.archive_entries.c.sha256 == sha256)
    connection.execute(delete(a.ink_pairs).where(or_(a.ink_pairs.c.one.in_(entries), a.ink_pairs.c.other.in_(entries))))
    for table in (a.seal_prints, a.reuse_keys):
        connection.execute(delete(table).where(table.c.entry.in_(entries)))
    for table in (a.archive_entries, a.judgements, a.failures, a.fingerprints, examinations):
        connection.execute(delete(table).where(table.c.sha256 == sha256))
    relations.forget_keys(connection, sha256)
    seal_marks.forget(connection, sha256)
