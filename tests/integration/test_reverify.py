"""Judging the archive again: only what is meant, what changed and why, never over an official's decision."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.faulty import offices
from tests.faulty.recorded import document, load_recorded, record_of, write_documents
from tests.unit.rules import builders as b
from verifier.batch.local import LocalPool, PlainLoop
from verifier.batch.place import Place
from verifier.batch.reread import Reread, read_again
from verifier.batch.reverify import Review, ReviewSummary, reverify
from verifier.batch.review import Terms
from verifier.inputs import with_versions
from verifier.record import CharacterLayout, LayoutState, Records, Specimen
from verifier.store import archive, standing_decisions
from verifier.store.archive import Scope
from verifier.store.database import Database

pytestmark = pytest.mark.integration
LETTERS = 12
NOT_YET_APPLIED = {"application_date": None, "received_on": None}
RECORDS = Records((record_of(0, **NOT_YET_APPLIED), *(record_of(number) for number in range(1, LETTERS))))
"""The first vehicle's letter is a pre-check: it is judged on the day."""


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the home of an archive of judged letters."""
    write_documents(tmp_path / "letters", LETTERS, dated={0: {"valid_until": "2026-06-01"}})
    asked = offices.order(tmp_path / "letters", tmp_path / "results.jsonl", LETTERS, records=RECORDS)
    offices.run(asked, tmp_path)
    return tmp_path


def review(home: Path, **changes: object) -> Review:
    """Return what judging the archive again is asked to do: nothing differs unless changed."""
    asked = Review(
        Place(offices.url_in(home), home / "blobs"), offices.registry(), RECORDS, offices.ON, home / "again.jsonl"
    )
    return replace(asked, **changes)  # type: ignore[arg-type]


def run(asked: Review) -> ReviewSummary:
    """Judge again."""
    return reverify(asked, PlainLoop(), lambda _done, _total: None)


def test_nothing_changed_is_said_so(home: Path) -> None:
    summary = run(review(home))
    assert (summary.counted.documents, summary.counted.changed) == (LETTERS, 0)
    assert (home / "again.jsonl").read_bytes() == (home / "results.jsonl").read_bytes()
    assert run(review(home, terms=Terms(changed_only=True))).counted.changed == 0
    assert not (home / "again.jsonl").read_bytes()


def test_workers_change_nothing(home: Path) -> None:
    run(review(home))
    alone = (home / "again.jsonl").read_bytes()
    reverify(review(home), LocalPool(2), lambda _done, _total: None)
    assert (home / "again.jsonl").read_bytes() == alone


def test_changed_records_count_only_where_asked_for(home: Path) -> None:
    changed = Records((replace(RECORDS.vehicles[0], export_country="RU"), *RECORDS.vehicles[1:]))
    assert run(review(home, records=changed)).counted.changed == 0
    terms = Terms(current_records=True, changed_only=True)
    summary = run(review(home, records=changed, terms=terms))
    assert summary.counted.turns == {"verified → flagged": 1}
    (change,) = lines(home / "again.changes.jsonl")
    assert change["because"] == ["records"]
    assert {(c["id"], c["before"], c["now"]) for c in change["checks"]} >= {("record.export_country", "pass", "fail")}
    assert [r["document"]["name"] for r in lines(home / "again.jsonl")] == ["000000.pdf"]


def test_causes_are_told_apart(home: Path) -> None:
    """A validity that ran out and another record at once: each check names its own cause."""
    changed = Records((replace(RECORDS.vehicles[0], model="OTHER"), *RECORDS.vehicles[1:]))
    asked = review(home, records=changed, on=date(2026, 7, 1), terms=Terms(current_records=True))
    run(asked)
    (first,) = lines(home / "again.changes.jsonl")
    because = {row["id"]: row["because"] for row in first["checks"]}
    assert because == {"record.model": ["records"], "letter.validity": ["day"]}


def test_retired_impression_touches_only_its_makers_letters(home: Path) -> None:
    known = offices.registry()
    lost = tuple(replace(s, sha256="another") for s in known.specimens)
    summary = run(review(home, registry=with_versions(replace(known, specimens=lost))))
    assert summary.stages["seals"] + summary.stages["reading"] == LETTERS
    other = (*known.specimens, b.specimen(manufacturer="别家汽车有限公司", sha256="other"))
    summary = run(review(home, registry=with_versions(replace(known, specimens=other))))
    assert summary.stages["rules"] == LETTERS


def test_a_confirmed_layout_touches_only_its_maker_s_letters(home: Path) -> None:
    def with_layout(specimen: Specimen) -> Specimen:
        places = ((0.5, 0.6), (0.6, 0.7))
        said = CharacterLayout(
            LayoutState.CONFIRMED, "registrar", datetime(2026, 3, 1, tzinfo=UTC), "北辰", boxes=places
        )
        return replace(specimen, layout=said)

    known = offices.registry()
    confirmed = tuple(map(with_layout, known.specimens))
    summary = run(review(home, registry=with_versions(replace(known, specimens=confirmed))))
    assert summary.stages["seals"] + summary.stages["reading"] == LETTERS
    other = with_layout(b.specimen(manufacturer="别家汽车有限公司", sha256="other"))
    summary = run(review(home, registry=with_versions(replace(known, specimens=(*known.specimens, other)))))
    assert summary.stages["rules"] == LETTERS


def test_lists_change_the_verdict_and_are_named(home: Path) -> None:
    known = offices.registry()
    without = with_versions(replace(known, makers=(), registered=()))
    summary = run(review(home, registry=without))
    assert summary.counted.changed == LETTERS
    assert "lists" in summary.counted.causes


def test_decision_of_an_official_stands(home: Path) -> None:
    sha256 = lines(home / "results.jsonl")[0]["document"]["sha256"]
    with Database(offices.url_in(home)).transaction() as connection:
        standing_decisions.put_decision(connection, sha256, "accepted", "official-1", datetime.now(UTC))
    changed = Records(tuple(record_of(n, export_country="RU") for n in range(LETTERS)))
    summary = run(review(home, records=changed, terms=Terms(current_records=True)))
    assert summary.counted.decided == 1
    decided = [c for c in lines(home / "again.changes.jsonl") if c["decision"]]
    assert [(c["sha256"], c["decision"]) for c in decided] == [(sha256, "accepted")]
    with Database(offices.url_in(home)).transaction() as connection:
        assert standing_decisions.get_decisions(connection, [sha256]) == {sha256: "accepted"}


def test_tables_and_page_hold_the_same_changes(home: Path) -> None:
    changed = Records(tuple(record_of(n, export_country="RU") for n in range(LETTERS)))
    run(review(home, records=changed, terms=Terms(current_records=True)))
    changes = lines(home / "again.changes.jsonl")
    rows = sum(len(change["checks"]) for change in changes)
    table = pq.read_table(home / "again.changes.parquet")
    assert table.num_rows == rows
    assert set(table.column("verdict_now").to_pylist()) == {"flagged"}
    sheet = openpyxl.load_workbook(home / "again.changes.xlsx").active
    assert sheet.max_row == rows + 1
    page = (home / "again.changes.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert f"{LETTERS} changed" in page


def test_scope_limits_what_is_judged(home: Path) -> None:
    assert run(review(home, scope=Scope(maker="somebody else"))).counted.documents == 0
    assert run(review(home, scope=Scope(since=date(2100, 1, 1)))).counted.documents == 0
    assert run(review(home, terms=Terms(rules_version="0"))).counted.documents == 0


def test_documents_are_read_again_where_they_lie(home: Path) -> None:
    (home / "letters" / "000003.pdf").unlink()
    asked = Reread("read otherwise", str(home / "spool"), 30.0, load_recorded)
    assert read_again(review(home), asked, PlainLoop(), lambda _done, _total: None) == 0
    with Database(offices.url_in(home)).reading() as connection:
        ids = [i for _, i in archive.list_entry_ids(connection, Scope(), ("", 0), 100)]
        made = [entry.made_with for entry in archive.get_entries(connection, ids).values()]
    assert sorted(made) == [*["read otherwise"] * (LETTERS - 1), offices.MADE_WITH]


def test_later_document_changes_an_earlier_judgement(home: Path) -> None:
    (home / "late").mkdir()
    (home / "late" / "copy.pdf").write_bytes(document(5, country="RU"))
    offices.run(offices.order(home / "late", home / "late.jsonl", LETTERS), home)
    summary = run(review(home))
    assert summary.counted.causes == {"other documents": 1}
    (change,) = lines(home / "again.changes.jsonl")
    assert (change["document"], change["verdict_now"]) == ("000005.pdf", "flagged")
