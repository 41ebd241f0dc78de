"""Designations read again where squeezing may have taken a letter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from verifier.page import Pixels
from verifier.reading.codes import with_codes_unsqueezed
from verifier.reading.lines import SeenLine
from verifier.recognition.engine import RecognisedText


def read_as(text: str) -> RecognisedText:
    edges = tuple(np.linspace(0, 1, len(text) + 1).tolist())
    centres = tuple((a + b) / 2 for a, b in pairwise(edges))
    return RecognisedText(text, 0.95, edges, (0.95,) * len(text), centres)


def seen(text: str) -> SeenLine:
    return SeenLine((0, 0, 400, 40), np.full((40, 400, 3), 255, np.uint8), read_as(text))


class Recorded:
    """A reader that says one thing, and counts how often it is asked."""

    def __init__(self, text: str) -> None:
        self.text, self.asked = text, 0

    def recognise(self, crops: Sequence[Pixels], *, width_scale: float = 1.0) -> tuple[RecognisedText, ...]:
        assert width_scale == 1.0
        self.asked += len(crops)
        return (read_as(self.text),) * len(crops)


def test_a_lost_equal_letter_comes_back_everywhere() -> None:
    reader = Recorded("FY6501REEV")
    lines = with_codes_unsqueezed([seen("丰翼牌 FY6501REV 型"), seen("FY6501REV")], reader)
    assert [line.read.text for line in lines] == ["丰翼牌 FY6501REEV 型", "FY6501REEV"]
    assert all(len(line.read.edges) == len(line.read.text) + 1 for line in lines)


@pytest.mark.parametrize(
    ("first", "again"),
    [("2025-11-1", "2025-11-11"), ("2026年1月5日", "2026年11月5日"), ("于2026年2月2日登记", "2026年2月22日")],
)
def test_a_lost_equal_digit_of_a_date_comes_back(first: str, again: str) -> None:
    (line,) = with_codes_unsqueezed([seen(first)], Recorded(again))
    assert again in line.read.text


def test_equal_designations_that_lost_nothing_are_looked_at_once() -> None:
    reader = Recorded("HT7150G")
    lines = [seen("HT7150G")] * 30
    assert with_codes_unsqueezed(lines, reader) == lines
    assert reader.asked == 1


@pytest.mark.parametrize(
    "text", ["LXH6JC135SC013800", "2026-01-14", "2026年3月25日", "+962 5 382 6410", "品牌型号", "Amman Road 12"]
)
def test_nothing_else_is_read_again(text: str) -> None:
    reader = Recorded("FY6501REEV")
    with_codes_unsqueezed([seen(text)], reader)
    assert reader.asked == 0


def test_another_reading_is_not_taken() -> None:
    line = seen("FY6501REV")
    assert with_codes_unsqueezed([line], Recorded("FY65O1REEV")) == [line]
