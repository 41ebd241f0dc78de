"""A second reader that gives another valid VIN than the first is asked once more: its surer reading is its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from tests.unit.reading.test_reader import ROWS, Engine, _page
from verifier.page import Pixels
from verifier.reading.reader import Reader
from verifier.recognition.engine import RecognisedText

SEEN, OTHER, INVALID = "L1YNMEDD5SC193877", "LAYNMEDD5SC193877", "L1YNMEDD6SC193877"


class FirstReader(Engine):
    """Reads the same VIN on every line."""

    def _recognised(self, crop: Pixels) -> RecognisedText:
        return said(SEEN, 0.99)


class SecondReader:
    """Answers one thing at first and another when it is asked again, then about softer crops."""

    version = "second"

    def __init__(self, first: RecognisedText, again: RecognisedText) -> None:
        self.answers = [first, again]
        self.asked: list[float] = []

    def read_vins(self, crops: Sequence[Pixels]) -> tuple[RecognisedText, ...]:
        answer = self.answers.pop(0)
        self.asked += [steepest(crop) for crop in crops]
        return (answer,) * len(crops)

    def read_lines(self, crops: Sequence[Pixels], language: str) -> tuple[RecognisedText, ...]:
        return tuple(said("", 0.0) for _ in crops)


def steepest(crop: Pixels) -> float:
    """Return the largest step between neighbouring rows."""
    return float(np.abs(np.diff(crop.astype(int), axis=0)).max())


def said(text: str, confidence: float) -> RecognisedText:
    edges = tuple(np.linspace(0.05, 0.95, len(text) + 1).tolist())
    centres = tuple((a + b) / 2 for a, b in pairwise(edges))
    return RecognisedText(text, confidence, edges, (confidence,) * len(text), centres)


def second_readings(second: SecondReader) -> set[str]:
    first = FirstReader(0.0)
    (image,) = Reader(first, first, first, second, "test").read((_page(0.0),))
    return {line.text for line in image.page.second_readings}


@pytest.mark.parametrize(
    ("first", "again", "kept", "asked_twice"),
    [
        (said(OTHER, 0.27), said(SEEN, 0.82), SEEN, True),
        (said(OTHER, 0.54), said(SEEN, 0.42), OTHER, True),
        (said(OTHER, 0.54), said(OTHER, 0.66), OTHER, True),
        (said(SEEN, 0.2), said(OTHER, 0.9), SEEN, False),
        (said(INVALID, 0.2), said(OTHER, 0.9), INVALID, False),
    ],
)
def test_a_disputed_vin_is_looked_at_once_more(
    first: RecognisedText, again: RecognisedText, kept: str, asked_twice: bool
) -> None:
    second = SecondReader(first, again)
    assert second_readings(second) == {kept}
    assert len(second.asked) == len(ROWS) * (1 + asked_twice)
    assert all(softly < crisply for crisply, softly in zip(second.asked, second.asked[len(ROWS) :], strict=False))
