"""Connections, in one place: pragmas, transactions, migrations, and what errors become."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from verifier.errors import ConfigurationError, StoreError

BUSY_MILLISECONDS = 20_000
"""How long a writer waits for another one before it gives up."""


class Database:
    """The store behind one URL. No connection outlives its transaction, so none crosses a fork."""

    def __init__(self, url: str) -> None:
        try:
            self._url = make_url(url)
            self._engine = _engine(url)
        except (ArgumentError, ImportError) as error:
            raise ConfigurationError(f"database URL: {error}") from error
        self._ready_in = 0

    @property
    def exists(self) -> bool:
        """Whether there is anything to read: False for an embedded database that was never written."""
        if self._url.get_backend_name() != "sqlite" or not self._url.database:
            return True
        return Path(self._url.database).is_file()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield a connection inside one transaction: committed at the end, rolled back by any exception.

        Raises StoreError where the database is gone, locked, full or no database.
        """
        self._prepare()
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(_reason(error)) from error

    def _prepare(self) -> None:
        """Bring the schema up to date, once a process."""
        if self._ready_in == os.getpid():
            return
        try:
            if self._url.database and self._url.get_backend_name() == "sqlite":
                Path(self._url.database).parent.mkdir(parents=True, exist_ok=True)
            configuration = Config()
            configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            with self._engine.begin() as connection:
                configuration.attributes["connection"] = connection
                command.upgrade(configuration, "head")
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(_reason(error)) from error
        self._ready_in = os.getpid()


def _reason(error: SQLAlchemyError | OSError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _engine(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _on_connect(connection, _record) -> None:  # type: ignore[no-untyped-def]  # SQLAlchemy's event signature
    connection.isolation_level = None  # the driver must not begin transactions by itself
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once: upgrading a read lock later could fail after work was done."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
