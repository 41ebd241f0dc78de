"""A store of each sort: an embedded one, and a database of a real PostgreSQL server; an office over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.office import Office
from tests.service.postgres import Postgres
from verifier.store.database import Database


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Return a server of this test session's own."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database, of each sort in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/verifier.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.fresh()


@pytest.fixture
def any_database(any_url: str, tmp_path: Path) -> Iterator[Database]:
    """Return an empty store, of each sort in turn."""
    database = Database(any_url, blobs=tmp_path / "blobs", pooled=True)
    yield database
    database.close()


@pytest.fixture
def office(any_database: Database) -> Office:
    """Return an office with an empty store, of each sort in turn."""
    return Office(any_database)


@pytest.fixture
def embedded(tmp_path: Path) -> Office:
    """Return an office with an embedded store, for what does not depend on the database."""
    return Office(Database(f"sqlite:///{tmp_path}/verifier.db", blobs=tmp_path / "blobs"), timeout_seconds=5.0)
