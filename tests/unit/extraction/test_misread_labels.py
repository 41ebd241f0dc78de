"""Labels with a letter that the reader lost or exchanged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.extraction.sheet import LABELS, page
from verifier.extraction import extract
from verifier.extraction.misread_labels import misread_label
from verifier.record import Makers


def issued_on(label: str, *, confidence: float) -> str | None:
    """Return the date of issue that a letter says under a label read so surely."""
    sheet = page(f"售后维修服务确认书\n{label} | 6 February 2026\nRegistered | 26 September 2025")
    lines = tuple(replace(line, confidence=confidence) if line.text == label else line for line in sheet.lines)
    found = extract((replace(sheet, lines=lines),), LABELS, Makers()).issued_on
    return found.value if found else None


@pytest.mark.parametrize("label", ["6. Date of ssue", "Date of lssue", "Dale of issue"])
def test_a_letter_lost_or_exchanged_leaves_a_label_known(label: str) -> None:
    assert issued_on(label, confidence=0.9) == "2026-02-06"


def test_what_was_read_surely_stands_as_it_is() -> None:
    fields = LABELS.fields
    assert misread_label("Service outlets", fields) is None
    assert misread_label("Date of issue", fields) is None


@pytest.mark.parametrize("text", ["出具日斯", "Fax", "Date of issue of the licence", "LJZ6RZ0W5SB044200"])
def test_short_ones_and_other_texts_are_not_guessed_at(text: str) -> None:
    assert misread_label(text, LABELS.fields) is None
