"""Whom the second reader is asked about for accents: doubtful lines, every one where Vietnamese or Azeri is spelt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from verifier.page import Pixels
from verifier.reading.foreign import in_own_scripts
from verifier.reading.lines import SeenLine
from verifier.recognition.engine import RecognisedText
from verifier.recognition.ppocr import PpOcrRecogniser

WIDTH = 400


def line(text: str, level: int, confidence: float = 0.99) -> SeenLine:
    """Return a line read as `text`, its crop of one grey level by which it is known again."""
    edges = tuple(np.linspace(0, 1, len(text) + 1).tolist())
    centres = tuple((a + b) / 2 for a, b in pairwise(edges))
    read = RecognisedText(text, confidence, edges, (confidence,) * len(text), centres)
    return SeenLine((0, 0, WIDTH, 20), np.full((20, WIDTH, 3), level, np.uint8), read, settled=True)


class Speller:
    """A second reader that spells the crops of some levels otherwise, and remembers which it was asked about."""

    version = "speller"

    def __init__(self, better: dict[int, str]) -> None:
        self.better = better
        self.asked: list[int] = []

    def read_vins(self, crops: Sequence[Pixels]) -> tuple[RecognisedText, ...]:
        raise AssertionError("no vehicle number stands here")

    def read_lines(self, crops: Sequence[Pixels], language: str) -> tuple[RecognisedText, ...]:
        levels = [int(crop[0, 0, 0]) for crop in crops]
        self.asked += levels
        return tuple(self._said(self.better.get(level, "")) for level in levels)

    def _said(self, text: str) -> RecognisedText:
        edges = tuple(np.linspace(0, 1, len(text) + 1).tolist())
        return RecognisedText(text, 0.9, edges, (0.9,) * len(text))


class Silent(PpOcrRecogniser):
    """A first reader that nobody needs."""

    def __init__(self) -> None:
        super().__init__(lambda batch: batch, ())


def said(lines: Sequence[SeenLine], second: Speller) -> list[str]:
    return [one.read.text for one in in_own_scripts(lines, Silent(), second)]


def test_a_spanish_letter_is_asked_about_where_it_is_doubted_only() -> None:
    second = Speller({2: "matriculación", 3: "fabricánte"})
    lines = [line("número de chasis", 1), line("matriculacion", 2, 0.7), line("fabricante", 3)]
    assert said(lines, second) == ["número de chasis", "matriculación", "fabricante"]
    assert second.asked == [1, 2]


@pytest.mark.parametrize(
    ("seen", "spelt"),
    [("Dch v tô Sông", "Dịch vụ Ô tô Sông"), ("Xlzlr Bakı", "Xəzər Bakı"), ("Xazr, Bakı", "Xəzər, Bakı")],
)
def test_where_vietnamese_or_azeri_is_spelt_every_line_is_asked_about_once(seen: str, spelt: str) -> None:
    second = Speller({1: spelt, 2: "Hồng Minh"})
    assert said([line(seen, 1), line("Hng Minh", 2)], second) == [spelt, "Hồng Minh"]
    assert second.asked == [1, 2]


def test_without_any_accent_nobody_is_asked() -> None:
    second = Speller({})
    assert said([line("Service outlets", 1, 0.5)], second) == ["Service outlets"]
    assert second.asked == []
