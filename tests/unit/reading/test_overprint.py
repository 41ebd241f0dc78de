"""Which lines are read again where something crosses them, and which reading stays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from verifier.page import Pixels
from verifier.reading.lines import SeenLine
from verifier.reading.overprint import MOST_AGAIN, read_overprinted
from verifier.recognition.engine import RecognisedText


def read_as(text: str, *confidences: float) -> RecognisedText:
    """Return a reading, each character as sure as the last figure given."""
    each = (*confidences, *[confidences[-1]] * len(text))[: len(text)]
    return RecognisedText(text, min(each), tuple(np.linspace(0, 1, len(text) + 1)), each)


def seen(read: RecognisedText) -> SeenLine:
    return SeenLine((0, 0, 200, 40), np.full((40, 200, 3), 255, np.uint8), read)


class Recorded:
    """A reader that says what it was told to, and counts the lines it was asked for."""

    def __init__(self, read: RecognisedText) -> None:
        self.read, self.asked = read, 0

    def recognise(self, crops: Sequence[Pixels], *, width_scale: float = 1.0) -> tuple[RecognisedText, ...]:
        self.asked += len(crops)
        return (self.read,) * len(crops)


def test_the_surer_reading_of_a_crossed_line_stays() -> None:
    crossed = seen(read_as("北辰汽东有限公司", 0.99, 0.99, 0.99, 0.4, 0.99))
    (line,) = read_overprinted([crossed], Recorded(read_as("北辰汽车有限公司", 0.97)))
    assert line.read.text == "北辰汽车有限公司"
    (line,) = read_overprinted([crossed], Recorded(read_as("北展汽车有限公司", 0.3)))
    assert line.read.text == "北辰汽东有限公司"


@pytest.mark.parametrize(
    "read",
    [
        read_as("北辰汽车有限公司", 0.99),  # sure
        read_as("日期", 0.5),  # too short
        read_as("丿乀乁乂亅", 0.2),  # a scribble
        read_as("ООО Азия Авто", 0.7),  # the second reader's
        read_as("Phường Bến Nghé", 0.7),
    ],
    ids=lambda read: read.text,
)
def test_other_lines_are_left_alone(read: RecognisedText) -> None:
    reader = Recorded(read_as("something else", 0.999))
    assert read_overprinted([seen(read)], reader) == [seen(read)] or reader.asked == 0
    assert reader.asked == 0


def test_a_page_without_a_clear_line_does_not_cost_every_line_again() -> None:
    reader = Recorded(read_as("确认书确认书", 0.9))
    lines = [seen(read_as("确人书确人书", 0.7)) for _ in range(5 * MOST_AGAIN)]
    assert len(read_overprinted(lines, reader)) == len(lines)
    assert reader.asked == MOST_AGAIN
