"""The store on a real database file: what is put comes back, and bad days have a clear word."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tests.unit.rules import builders as b
from verifier.errors import ConfigurationError, NotFoundError, StoreError
from verifier.examination import decode_examinations, encode_examinations
from verifier.record import Announcement, Maker, Records, Registry, SpecimenStatus
from verifier.store import repositories as store
from verifier.store.database import Database


@pytest.fixture
def database(any_database: Database) -> Database:
    """Return an empty store, of each sort in turn."""
    return any_database


def test_records_come_back_as_they_were(database: Database) -> None:
    records = Records((b.record(), b.record(application_number="AP2"), b.record(application_number=None)))
    with database.transaction() as connection:
        assert store.put_records(connection, records) == 3
    with database.transaction() as connection:
        assert store.get_records(connection) == records


def test_record_of_the_same_vin_and_application_is_replaced(database: Database) -> None:
    for model in ("OLD", "NEW"):
        with database.transaction() as connection:
            store.put_records(connection, Records((b.record(model=model),)))
    with database.transaction() as connection:
        assert [r.model for r in store.get_records(connection).vehicles] == ["NEW"]


def test_specimens_come_back_with_their_pixels_and_can_be_retired(database: Database) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (40, 50, 3), dtype=np.uint8)
    with database.transaction() as connection:
        store.put_specimens(connection, (Maker(b.MAKER, wmi=("LSV",)),), (b.specimen(image=pixels, sha256="ab" * 32),))
    with database.transaction() as connection:
        (specimen,) = store.get_specimens(connection)
        assert np.array_equal(specimen.pixels, pixels)
        assert store.get_registered_makers(connection) == (Maker(b.MAKER, wmi=("LSV",)),)
        store.retire_specimen(connection, "abab", SpecimenStatus.LOST)
        assert store.get_specimens(connection)[0].status is SpecimenStatus.LOST
        with pytest.raises(NotFoundError):
            store.retire_specimen(connection, "ffff", SpecimenStatus.LOST)


def test_list_that_is_not_given_is_left_as_it_was(database: Database) -> None:
    with database.transaction() as connection:
        store.put_lists(connection, Registry(announcements=(Announcement("400", "北辰牌", "BC1"),)))
        store.put_lists(connection, Registry(makers=(Maker(b.MAKER),)))
    with database.transaction() as connection:
        lists = store.get_lists(connection)
    assert lists.announcements == (Announcement("400", "北辰牌", "BC1"),)
    assert lists.makers == (Maker(b.MAKER),)


def test_examination_comes_back_only_for_what_made_it(database: Database) -> None:
    seen = decode_examinations(encode_examinations((b.examination(),)))  # places and confidences as they are stored
    document = store.StoredDocument("a.pdf", None, seen)
    with database.transaction() as connection:
        store.put_examination(connection, "made with this", document)
        assert store.get_examination(connection, "a" * 64, "made with this") == seen
        assert store.get_examination(connection, "a" * 64, "made with that") is None


def test_failed_transaction_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.transaction() as connection:
            store.put_records(connection, Records((b.record(),)))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.transaction() as connection:
        assert store.get_records(connection).vehicles == ()


def _write_many(url: str, number: int) -> None:
    database = Database(url)
    for index in range(20):
        with database.transaction() as connection:
            store.put_records(connection, Records((b.record(application_number=f"AP{number}-{index}"),)))


def test_writers_in_several_processes_wait_for_one_another(any_url: str) -> None:
    url = any_url
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(url, number)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with Database(url).transaction() as connection:
        assert len(store.get_records(connection).vehicles) == 60


def test_a_file_that_is_no_database_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "verifier.db").write_text("not a database, but long enough to be looked at as one" * 20)
    with pytest.raises(StoreError, match="not a database"), Database(f"sqlite:///{tmp_path}/verifier.db").transaction():
        pass


def test_unknown_database_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError):
        Database("oracle9://nowhere")


def test_embedded_database_is_durable_by_its_pragmas(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/verifier.db")
    with database.transaction() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    with sqlite3.connect(tmp_path / "verifier.db") as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    plain.close()
