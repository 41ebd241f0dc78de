"""Database and blobs on bad days: locked, gone, restarted in the midst of it, altered, under a jumping clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from tests.service.office import Office
from tests.service.postgres import Postgres
from tests.service.recorded import letter
from verifier.errors import StoreError
from verifier.store import database as store
from verifier.store import service_tables as t
from verifier.store.database import Database

pytestmark = pytest.mark.integration


def test_a_locked_database_is_waited_for_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_MILLISECONDS", 200)  # not twenty seconds of this test's time
    office = Office(Database(f"sqlite:///{tmp_path}/v.sqlite3", blobs=tmp_path / "blobs"))
    office.hand_in(letter("one"))
    holder = sqlite3.connect(tmp_path / "v.sqlite3")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked") as told:
        office.hand_in(letter("two"))
    assert told.value.retryable
    holder.rollback()
    holder.close()
    second = office.hand_in(letter("two")).document_ids[0]
    office.work()
    assert office.upload(second).verdict == "flagged"


def test_a_database_file_that_vanished_is_told(embedded: Office, tmp_path: Path) -> None:
    embedded.hand_in(letter("one"))
    for file in tmp_path.glob("verifier.db*"):
        file.unlink()
    with pytest.raises(StoreError):
        embedded.hand_in(letter("two"))


def test_a_database_file_that_was_overwritten_is_told(embedded: Office, tmp_path: Path) -> None:
    embedded.hand_in(letter("one"))
    for file in tmp_path.glob("verifier.db-*"):
        file.unlink()
    (tmp_path / "verifier.db").write_bytes(b"not a database at all" * 1000)
    with pytest.raises(StoreError, match="not a database"):
        embedded.hand_in(letter("two"))


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    """Return a server that may be stopped in the midst of things."""
    server = Postgres()
    yield server
    server.stop()


def _interrupted(database: Database, server: Postgres) -> None:
    with database.transaction() as connection:
        connection.execute(update(t.documents).values(name="half done"))
        server.restart()
        connection.execute(text("SELECT 1"))


def test_a_server_restarted_in_the_midst_of_a_transaction_loses_that_one_only(
    own_server: Postgres, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database = Database(own_server.fresh(), blobs=tmp_path / "blobs", pooled=True)
    request.addfinalizer(database.close)
    office = Office(database)
    kept = office.hand_in(letter("one")).document_ids[0]
    with pytest.raises(StoreError):
        _interrupted(database, own_server)
    assert office.upload(kept).name == "letter.pdf"
    office.work()
    assert office.upload(kept).verdict == "flagged"
    own_server.pause()
    with pytest.raises(StoreError):
        office.hand_in(letter("two"))
    own_server.restart()
    assert office.hand_in(letter("two")).document_ids[0] != kept


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_that_jumps_while_a_job_is_held_strands_nothing(embedded: Office, hours: int) -> None:
    """A worker died holding a job; then the clock was set: the lease now ends hours from now, or ended hours ago."""
    document = embedded.hand_in(letter("one")).document_ids[0]
    held = {"state": "leased", "worker": "dead"}
    with embedded.database.transaction() as connection:
        row = connection.execute(select(t.jobs)).one()
        until = row.created_at - hours * 3600
        connection.execute(update(t.jobs).values(held | {"leased_until": until, "token": row.token + 1}))
    embedded.work()
    assert embedded.upload(document).verdict == "flagged"


def test_a_clock_set_back_does_not_hold_waiting_jobs_for_hours(embedded: Office) -> None:
    document = embedded.hand_in(letter("one")).document_ids[0]
    with embedded.database.transaction() as connection:
        row = connection.execute(select(t.jobs)).one()
        connection.execute(
            update(t.jobs).values(not_before=row.not_before + 5 * 3600, created_at=row.created_at + 5 * 3600)
        )
    while embedded.worker.work_once():
        pass
    assert embedded.upload(document).verdict == "flagged"


@pytest.mark.parametrize("fault", ["missing", "altered", "cut off"])
def test_an_upload_whose_bytes_are_not_what_came_in_gets_no_verdict(embedded: Office, fault: str) -> None:
    document = embedded.hand_in(letter("one")).document_ids[0]
    blob = embedded.database.blobs.path(embedded.upload(document).sha256)
    blob.chmod(0o600)
    if fault == "missing":
        blob.unlink()
    else:
        blob.write_bytes(letter("two") if fault == "altered" else blob.read_bytes()[:-1])
    embedded.work()
    upload = embedded.upload(document)
    assert upload.verdict is None
    assert embedded.report(document)["error"]["code"] == "store_failed"
    assert embedded.report(document)["error"]["retryable"]


def test_an_examination_that_was_altered_is_made_anew(embedded: Office) -> None:
    document = embedded.hand_in(letter("one")).document_ids[0]
    embedded.work()
    before = embedded.report(document)
    with embedded.database.reading() as connection:
        blobs = [row.blob for row in connection.execute(text("SELECT blob FROM examinations"))]
    for blob in blobs:
        path = embedded.database.blobs.path(blob)
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-7] + b"altered")
    again = embedded.hand_in(letter("one")).document_ids[0]
    embedded.work()
    assert embedded.report(again)["fields"] == before["fields"]
