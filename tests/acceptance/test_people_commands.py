"""`verifier people` and `verifier audit` as an operator runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.acceptance.conftest import Run
from verifier.cases import people, sessions
from verifier.store.database import Database

pytestmark = pytest.mark.acceptance
Verifier = Callable[..., Run]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Return the store that the `verifier` fixture's commands work on."""
    home = tmp_path / "home"
    return Database(f"sqlite:///{home}/verifier.sqlite3", blobs=home / "blobs")


def test_the_first_administrator_is_made_by_a_command_and_only_once(verifier: Verifier, database: Database) -> None:
    made = verifier("people", "bootstrap", "Root", "--office", "北方商务局")
    assert made.exit_code == 0
    (code,) = made.stdout.split()
    people.accept_invitation(database, code, "four words of a test")
    assert sessions.log_in(database, "root", "four words of a test", "here").person.role == "admin"
    again = verifier("people", "bootstrap", "other", "--office", "北方商务局")
    assert (again.exit_code, "there are people already" in again.stderr) == (2, True)
    assert verifier("people", "add-exporter", "远航", "--office", "北方商务局").exit_code == 0
    assert verifier("people", "add", "a", "--organisation", "远航", "--role", "exporter").exit_code == 0
    assert verifier("people", "add", "b", "--organisation", "nowhere", "--role", "official").exit_code == 2
    assert verifier("people", "disable", "root").exit_code == 0
    listed = {one["login"]: one["active"] for one in verifier("people", "list").reports}
    assert listed == {"a": True, "root": False}


def test_the_audit_is_exported_verified_and_what_was_cut_off_is_named(
    verifier: Verifier, database: Database, tmp_path: Path
) -> None:
    verifier("people", "bootstrap", "root", "--office", "北方商务局")
    for number in range(3):
        verifier("people", "add-office", f"office {number}")
    assert verifier("audit", "checkpoint", "--out", tmp_path / "kept.json").exit_code == 0
    assert verifier("audit", "export", "--out", tmp_path / "audit.jsonl").exit_code == 0
    key = json.loads((tmp_path / "kept.json").read_text())["key"]
    good = verifier("audit", "verify", "--checkpoint", tmp_path / "kept.json", "--key", key)
    assert (good.exit_code, "5 entries hold" in good.stdout) == (0, True)
    assert verifier("audit", "verify", "--export", tmp_path / "audit.jsonl").exit_code == 0
    lines = (tmp_path / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "audit.jsonl").write_text("\n".join([*lines[:2], *lines[3:]]), encoding="utf-8")
    bad = verifier("audit", "verify", "--export", tmp_path / "audit.jsonl")
    assert (bad.exit_code, bad.stdout) == (1, "entry 3: missing\n")
    with database.transaction() as connection:
        connection.execute(text("DROP TRIGGER rule_p011_1"))
        connection.execute(text("DELETE FROM audit WHERE id > 3"))
        connection.execute(text("DELETE FROM audit_checkpoints"))
    assert verifier("audit", "verify").exit_code == 0  # by itself it looks whole
    cut = verifier("audit", "verify", "--checkpoint", tmp_path / "kept.json")
    assert (cut.exit_code, cut.stdout) == (1, "entry 4: cut off: a checkpoint signed entry 5\n")
    other = json.loads((tmp_path / "kept.json").read_text()) | {"entry": 3}
    (tmp_path / "forged.json").write_text(json.dumps(other))
    forged = verifier("audit", "verify", "--checkpoint", tmp_path / "forged.json")
    assert (forged.exit_code, "not signed by the trusted key" in forged.stdout) == (1, True)
