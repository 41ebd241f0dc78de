"""A database that the first release wrote: brought up to date by being opened, with everything still in it."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

import verifier.store
from verifier.cases import office
from verifier.cases.office import Inputs
from verifier.report import Verdict
from verifier.store import relations
from verifier.store import repositories as store
from verifier.store.database import Database

OLD = Path(__file__).parent / "old" / "revision_0001.sqlite3"
LETTER = "5fc5a7285e4b48ced3c27c76a901b9907c69fce27c700d86074793a693977c28"
APPLICATION = "CK202664800000"
Rows = dict[str, set[tuple[object, ...]]]


def rows_of(path: Path, columns: dict[str, list[str]]) -> Rows:
    """Return every row of the tables named, the columns named."""
    connection = sqlite3.connect(path)
    try:
        return {
            table: set(connection.execute(f"SELECT {', '.join(names)} FROM {table}"))
            for table, names in columns.items()
        }
    finally:
        connection.close()


def columns_of(path: Path) -> dict[str, list[str]]:
    """Return the tables of a database with the names of their columns, Alembic's own apart."""
    connection = sqlite3.connect(path)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for (table,) in tables
            if table != "alembic_version"
        }
    finally:
        connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a copy of the old database."""
    return Path(shutil.copy(OLD, tmp_path / "verifier.sqlite3"))


@pytest.fixture
def upgraded(path: Path) -> Database:
    """Return the old database after it was opened once."""
    database = Database(f"sqlite:///{path}")
    with database.transaction():
        pass
    return database


def test_opening_brings_it_to_the_newest_revision(path: Path, upgraded: Database) -> None:
    assert upgraded.exists
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(verifier.store.__file__).parent / "migrations"))
    newest = set(ScriptDirectory.from_config(configuration).get_heads())
    versions = {"alembic_version": ["version_num"]}
    assert rows_of(OLD, versions) == {"alembic_version": {("0001",)}}
    assert rows_of(path, versions) == {"alembic_version": {(revision,) for revision in newest}}


def test_every_row_is_still_there(path: Path, upgraded: Database) -> None:
    assert upgraded.exists
    before = columns_of(OLD)
    assert {"vehicle_records", "specimens", "listed_makers", "examinations"} <= set(before)
    assert rows_of(path, before) == rows_of(OLD, before)


def test_what_was_stored_reads_as_today(upgraded: Database) -> None:
    with upgraded.transaction() as connection:
        assert len(store.get_records(connection).vehicles) == 10
        (specimen,) = store.get_specimens(connection)
        assert (specimen.manufacturer, specimen.pixels.ndim) == ("江州星驰汽车有限公司", 3)
        assert len(store.get_lists(connection).makers) == 12
        letters = store.get_documents(connection, upgraded.blobs)
    assert {letter.name for letter in letters} == {"genuine_label_lines_scan_200.jpg", "vin_one_char_off.jpg"}
    assert LETTER in {letter.parts[0].sha256 for letter in letters}


def test_a_letter_that_was_examined_then_covers_its_vehicles_now(upgraded: Database) -> None:
    (report,) = office.report_applications(upgraded, APPLICATION, Inputs(), date(2026, 4, 1))
    assert [vehicle.status for vehicle in report.vehicles] == ["covered", "covered"]
    assert report.verdict is Verdict.VERIFIED


def test_numbers_of_letters_are_found_in_the_form_of_today(path: Path, upgraded: Database) -> None:
    old = {"sha256": "0" * 64, "kind": "number", "key": "HO2026Q1"}
    with upgraded.transaction() as connection:
        connection.execute(text("INSERT INTO trace_keys VALUES (:sha256, :kind, :key)"), old)
        connection.execute(text("UPDATE alembic_version SET version_num = 's009'"))
    with Database(f"sqlite:///{path}").transaction() as connection:
        assert relations.keys_stored(connection, old["sha256"]) == {("number", "HO2026Q1"), ("number", "H0202601")}
