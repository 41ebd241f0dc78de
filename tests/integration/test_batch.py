"""A batch on a real database with real worker processes; only the reading is recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.faulty import offices
from tests.faulty.recorded import Recorded, document, load_recorded, record_of, write_documents
from verifier.batch.local import LocalPool, PlainLoop
from verifier.batch.outcome import Outcome
from verifier.batch.run import judge_rows
from verifier.errors import DamagedFileError
from verifier.inputs import ManifestRow
from verifier.record import Records
from verifier.report import to_json
from verifier.store.archive_tables import archive_entries, judgements
from verifier.store.database import Database
from verifier.store.tables import examinations

pytestmark = pytest.mark.integration


def reports(out: Path) -> list[dict[str, Any]]:
    """Return the reports of a results file."""
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def count(home: Path, table: object) -> int:
    """Return how many rows a table has."""
    with Database(offices.url_in(home)).transaction() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


def test_results_are_those_of_judging_everything_in_memory(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    write_documents(folder, 30, odd={3: {"country": "RU"}, 4: {"fault": "damaged"}})
    (folder / "900000.pdf").write_bytes(document(3, country="KG"))  # the vehicle of another letter, elsewhere
    (folder / "900001.pdf").write_bytes((folder / "000007.pdf").read_bytes())  # the same bytes under another name
    summary = offices.run(offices.order(folder, tmp_path / "results.jsonl", 30), tmp_path)

    paths = sorted(folder.iterdir())
    examiner = load_recorded(offices.registry())
    outcomes = [outcome(examiner, path.read_bytes()) for path in paths]
    records = Records(tuple(record_of(number) for number in range(30)))
    rows = [ManifestRow(path) for path in paths]
    expected = judge_rows(rows, outcomes, (), records, offices.registry(), offices.ON)
    assert reports(tmp_path / "results.jsonl") == [json.loads(json.dumps(to_json(r))) for r in expected.reports]
    applications = reports(tmp_path / "results.applications.jsonl")
    assert applications == [json.loads(json.dumps(to_json(r))) for r in expected.applications]
    assert summary.reports == 32
    assert "unreadable" in summary.verdicts


def outcome(examiner: Recorded, content: bytes) -> Outcome:
    """Return what a made-up document gives."""
    try:
        return examiner.examine(content)
    except DamagedFileError as error:
        return error


def test_neither_workers_nor_a_second_run_change_results(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    write_documents(folder, 40, odd={3: {"country": "RU"}})
    (folder / "900000.pdf").write_bytes(document(3, country="KG"))
    written = []
    for name, engine in (("one", PlainLoop()), ("two", LocalPool(2)), ("again", PlainLoop())):
        home = tmp_path / ("two" if name == "again" else name)
        home.mkdir(exist_ok=True)
        offices.run(offices.order(folder, home / f"{name}.jsonl", 40), home, engine)
        written.append((home / f"{name}.jsonl").read_bytes())
    assert written[0] == written[1] == written[2]
    assert count(tmp_path / "two", judgements) == 41, "the same judgement is recorded once"
    assert count(tmp_path / "two", archive_entries) == count(tmp_path / "two", examinations) == 41


def test_poison_is_found_reported_and_everything_else_done(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    write_documents(folder, 12, poison={5: {"fault": "kill"}}, slow={10: {"fault": "hang"}})
    asked = offices.order(folder, tmp_path / "results.jsonl", 12, timeout_seconds=1.0)
    offices.run(asked, tmp_path, LocalPool(2))

    found = {r["document"]["name"]: r for r in reports(tmp_path / "results.jsonl")}
    assert len(found) == 12
    errors = {name: report["error"]["message"] for name, report in found.items() if report["error"]}
    assert sorted(errors) == ["000005.pdf", "000010.pdf"]
    assert "died" in errors["000005.pdf"]
    assert "longer than 1 s" in errors["000010.pdf"]
    assert all(found[name]["verdict"] is None and found[name]["document"]["sha256"] for name in errors)
    assert not list((tmp_path / "spool").iterdir())


def test_manifest_names_applications_and_the_same_bytes_elsewhere_fail(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    write_documents(folder, 2)
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("path,application_number\nletters/000000.pdf,AP000000\nletters/000000.pdf,AP9\n")
    asked = offices.order(manifest, tmp_path / "results.jsonl", 2)
    offices.run(asked, tmp_path)
    first, second = reports(tmp_path / "results.jsonl")
    outcomes = [{c["id"]: c["outcome"] for c in r["checks"]} for r in (first, second)]
    assert [o["document.duplicate"] for o in outcomes] == ["fail", "fail"]


def test_archive_of_earlier_runs_is_compared_with(tmp_path: Path) -> None:
    for run, country in (("a", "KZ"), ("b", "RU")):
        (tmp_path / run).mkdir()
        (tmp_path / run / "letter.pdf").write_bytes(document(1, country=country))
        offices.run(offices.order(tmp_path / run, tmp_path / f"{run}.jsonl", 2), tmp_path)
    (late,) = reports(tmp_path / "b.jsonl")
    assert {c["id"]: c["outcome"] for c in late["checks"]}["vin.reuse"] == "fail"
