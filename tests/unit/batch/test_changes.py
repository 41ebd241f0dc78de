"""What changed between two judgements, and why."""

from __future__ import annotations

from collections import Counter

from verifier.batch.change_page import page_of
from verifier.batch.change_report import Counted
from verifier.batch.changes import Cause, Change, CheckChange, explain, outcomes_of

BEFORE = {("record.model", "vin=L1"): ("pass", ""), ("letter.validity", ""): ("pass", "")}
NOW = {("record.model", "vin=L1"): ("fail", "differs"), ("letter.validity", ""): ("fail", "expired")}


def test_what_can_be_undone_is_told_apart() -> None:
    undone = {
        Cause.RECORDS: {**NOW, ("record.model", "vin=L1"): ("pass", "")},
        Cause.DAY: {**NOW, ("letter.validity", ""): ("pass", "")},
    }
    rows = explain(BEFORE, NOW, (Cause.RECORDS, Cause.DAY), undone)
    assert {row.id: row.because for row in rows} == {
        "record.model": (Cause.RECORDS,),
        "letter.validity": (Cause.DAY,),
    }


def test_what_cannot_be_undone_is_named_where_nothing_else_fits() -> None:
    (row,) = explain(BEFORE, {**BEFORE, ("letter.validity", ""): NOW["letter.validity", ""]}, (Cause.RULES,), {})
    assert (row.before, row.now, row.reason, row.because) == ("pass", "fail", "expired", (Cause.RULES,))


def test_the_graver_of_two_rows_counts() -> None:
    rows = [("a", "", "pass", ""), ("a", "", "fail", "x"), ("a", "", "note", "")]
    assert outcomes_of(rows) == {("a", ""): ("fail", "x")}


def test_page_escapes_what_letters_say() -> None:
    row = CheckChange("record.model", "<b>", "pass", "fail", "differs", (Cause.RECORDS,))
    change = Change(
        "<script>.pdf", "a", 1, "AP", "maker", "verified", "flagged", "accepted", None, "2026-01-01", "1", "2",
        (Cause.RECORDS,), (row,),
    )  # fmt: skip
    counted = Counted(documents=3)
    counted.count("flagged", change)
    page = page_of(counted)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "decision stands: accepted" in page
    assert counted.turns == Counter({"verified → flagged": 1})
