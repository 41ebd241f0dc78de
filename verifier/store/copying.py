"""Every row of one database carried into another, SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, Connection, Integer, Table, func, insert, inspect, select, text

from verifier.store import archive_tables, case_tables, people_tables  # noqa: F401  # their tables are copied too
from verifier.store import service_tables as t
from verifier.store.case_tables import decisions
from verifier.store.tables import metadata

ROWS = 500
"""At a time, so that memory stays flat."""


def copy_rows(source: Connection, sink: Connection) -> int:
    """Copy every table in the order of its references; return how many rows."""
    copied = 0
    with _without_rules(sink):
        for table in metadata.sorted_tables:
            result = source.execution_options(yield_per=ROWS).execute(select(table).order_by(*_named_first(table)))
            for rows in result.partitions(ROWS):
                sink.execute(insert(table), [dict(row._mapping) for row in rows])
                copied += len(rows)
    if sink.dialect.name == "postgresql":
        _set_counters(sink)
    return copied


def _named_first(table: Table) -> list[ColumnElement[object]]:
    """Return the order in which a table's rows come after those of it that they name: offices before their exporters.

    Keys alone do not tell: of two that are made within a millisecond either may be the smaller one.
    """
    naming = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    return [*(column.is_not(None) for column in naming), *table.primary_key.columns]


@contextmanager
def _without_rules(sink: Connection) -> Iterator[None]:
    """Put rows as they were: the rules of decisions hold when they are made, by the roles people had then."""
    if sink.dialect.name == "postgresql":
        sink.execute(text(f"ALTER TABLE {decisions.name} DISABLE TRIGGER USER"))
        yield
        sink.execute(text(f"ALTER TABLE {decisions.name} ENABLE TRIGGER USER"))
        return
    rules = sink.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for rule in rules:
        sink.exec_driver_sql(f"DROP TRIGGER {rule.name}")
    yield
    for rule in rules:
        sink.exec_driver_sql(rule.sql)


def _set_counters(sink: Connection) -> None:
    """Have PostgreSQL count on from the highest number that came with the rows."""
    for table in metadata.sorted_tables:
        column = next(iter(table.primary_key.columns))
        if len(table.primary_key.columns) == 1 and isinstance(column.type, Integer):
            highest = sink.scalar(select(func.max(column)))
            if highest is not None:
                counter = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")
                sink.execute(counter, {"table": table.name, "column": column.name, "highest": highest})


def is_empty(connection: Connection) -> bool:
    """Whether the database holds nothing yet."""
    known = set(inspect(connection).get_table_names())
    return all(
        connection.execute(select(table).limit(1)).first() is None
        for table in metadata.sorted_tables
        if table.name in known
    )


def blobs_named(connection: Connection) -> frozenset[str]:
    """Return the digest of every blob that is in use."""
    return frozenset(connection.scalars(select(t.blobs.c.sha256).where(t.blobs.c.removed_at.is_(None))))
