"""The audit on a real store of each sort: a chain from the first entry, and edits of it found."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import verifier.store
from tests.proofs.chains import EDITS, edit_at_random, make_history
from tests.service.parties import Parties
from verifier.cases import auditing
from verifier.store.database import Database

pytestmark = pytest.mark.integration


def test_random_edits_are_found_and_the_first_bad_entry_is_named(any_database: Database) -> None:
    parties = Parties(any_database)
    make_history(parties, 3)
    outcome = edit_at_random(parties, 6 * len(EDITS), seed=3)
    assert outcome.missed == []
    assert outcome.total == 6 * len(EDITS)


def test_a_ruling_changed_behind_the_software_s_back_is_named(any_database: Database) -> None:
    parties = Parties(any_database)
    make_history(parties, 2)
    assert auditing.verify(any_database, (), "").bad is None
    sqlite = any_database.is_embedded
    with any_database.transaction() as connection:
        if sqlite:
            for number in range(2, 10):
                connection.execute(text(f"DROP TRIGGER rule_p011_{number}"))
        else:
            connection.execute(text("ALTER TABLE decisions DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE decisions SET public_comment = 'what nobody wrote' WHERE id = 2"))
    bad = auditing.verify(any_database, (), "").bad
    assert bad is not None
    assert bad.what == "decision 2 is not as it was recorded"


def test_what_was_recorded_before_there_was_a_chain_becomes_its_beginning(any_url: str, tmp_path: Path) -> None:
    engine = create_engine(any_url.replace("postgresql://", "postgresql+psycopg://"))
    configuration = Config()
    folder = Path(verifier.store.__file__).parent / "migrations"
    configuration.set_main_option("script_location", str(folder))
    with engine.begin() as connection:
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "p010")
        row = {"at": 1.5, "actor": "a", "act": "b", "subject": "c", "detail": "{}"}
        for number in (1, 2, 7):
            values = ", ".join(f":{name}" for name in ("id", *row))
            names = ", ".join(("id", *row))
            statement = text(f"INSERT INTO audit ({names}) VALUES ({values})")
            connection.execute(statement, row | {"id": number})
    engine.dispose()
    database = Database(any_url, blobs=tmp_path / "blobs")
    found = auditing.verify(database, (), "")
    assert (found.entries, found.bad) == (3, None)
