"""Connections, in one place: pragmas, transactions, migrations, and what errors become."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool, QueuePool

from verifier.errors import ConfigurationError, StoreError
from verifier.store.blobs import Blobs

BUSY_MILLISECONDS = 20_000
"""How long a writer waits for another one before it gives up."""


POOLED = 8
"""Connections that a service process keeps; more are opened when needed, up to `OVERFLOW` on top."""
OVERFLOW = 40
"""As many as the web server has threads."""
MIGRATION_LOCK = 648_000
"""PostgreSQL advisory lock, so that processes that start together migrate one after the other."""


class Database:
    """The store behind one URL, with the blob folder beside it.

    No connection outlives its transaction, so none crosses a fork; only a service process, which never forks,
    asks for `pooled` ones. `blobs` is where large content lies: beside an embedded database unless given.
    """

    def __init__(self, url: str, *, blobs: Path | None = None, pooled: bool = False) -> None:
        try:
            self._url = _with_driver(make_url(url))
            self._engine = _engine(self._url, pooled=pooled)
        except (ArgumentError, ImportError) as error:
            raise ConfigurationError(f"database URL: {error}") from error
        self._reading = self._engine.execution_options(reads_only=True)
        self._blobs = blobs
        self._ready_in = 0

    @property
    def blobs(self) -> Blobs:
        """The blob folder; raises ConfigurationError where none was named and the database is no file."""
        if self._blobs is None and self.is_embedded and self._url.database:
            return Blobs(Path(self._url.database).parent / "blobs")
        if self._blobs is None:
            raise ConfigurationError("VERIFIER_BLOBS must name a folder where the database is not embedded")
        return Blobs(self._blobs)

    @property
    def is_embedded(self) -> bool:
        """Whether this is SQLite: one machine, one file."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def exists(self) -> bool:
        """Whether there is anything to read: False for an embedded database that was never written."""
        if not self.is_embedded or not self._url.database:
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

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the data and keeps no writer waiting.

        Raises StoreError where the database is gone or no database.
        """
        self._prepare()
        try:
            with self._reading.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(_reason(error)) from error

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Yield a connection that sees the data of one moment throughout, however long it takes."""
        self._prepare()
        engine = (
            self._reading if self.is_embedded else self._engine.execution_options(isolation_level="REPEATABLE READ")
        )
        try:
            with engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(_reason(error)) from error

    def close(self) -> None:
        """Give back the pooled connections."""
        self._engine.dispose()

    def _prepare(self) -> None:
        """Bring the schema up to date, once a process."""
        if self._ready_in == os.getpid():
            return
        try:
            if self._url.database and self.is_embedded:
                Path(self._url.database).parent.mkdir(parents=True, exist_ok=True)
            configuration = Config()
            configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            with self._engine.begin() as connection:
                if not self.is_embedded:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                configuration.attributes["connection"] = connection
                command.upgrade(configuration, "head")
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(_reason(error)) from error
        self._ready_in = os.getpid()


def _reason(error: SQLAlchemyError | OSError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _with_driver(url: URL) -> URL:
    """Return the URL with the driver that is installed: people write postgresql://."""
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _engine(url: URL, *, pooled: bool) -> Engine:
    if pooled:
        engine = create_engine(url, poolclass=QueuePool, pool_size=POOLED, max_overflow=OVERFLOW, pool_pre_ping=True)
    else:
        engine = create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _begin)
    return engine


def _on_connect(connection, _record) -> None:  # type: ignore[no-untyped-def]  # SQLAlchemy's event signature
    connection.isolation_level = None  # the driver must not begin transactions by itself
    for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: upgrading a read lock later could fail after work was done."""
    reads_only = connection.get_execution_options().get("reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
