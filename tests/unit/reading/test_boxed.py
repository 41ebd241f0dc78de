"""Numbers written one character to a box: one line, what was not detected read at its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verifier.page import Box, Line, Pixels
from verifier.reading.boxed import joined_boxes
from verifier.recognition.engine import RecognisedText

NUMBER = "LGEGGAXW0SU090719"
LEFT, PITCH, WIDTH, HEIGHT, TOP = 0.3, 0.03, 0.016, 0.02, 0.25
PLANE = np.full((1000, 800, 3), 255, np.uint8)


class Reader:
    """Reads what it is told, in turn, and counts the crops it was shown."""

    version = "none"

    def __init__(self, text: str = "", confidence: float = 0.99) -> None:
        self.text, self.confidence, self.asked = text, confidence, 0

    def recognise(self, crops: Sequence[Pixels], *, width_scale: float = 1.0) -> tuple[RecognisedText, ...]:
        self.asked += len(crops)
        read = self.text[: len(crops)].ljust(len(crops))
        return tuple(
            RecognisedText(one.strip(), self.confidence, (0.0, 1.0), (self.confidence,), (0.5,)) for one in read
        )


def boxes(text: str, pitch: float = PITCH) -> list[Line]:
    """Return characters as lines of their own at one distance; a dot stands for one that was not detected."""
    found = []
    for place, character in enumerate(text):
        x = LEFT + place * pitch
        if character != ".":
            box = Box(x, TOP, x + WIDTH, TOP + HEIGHT)
            found.append(Line(character, box, 0.99, (x, x + WIDTH), (0.99,)))
    return found


def test_seventeen_characters_at_one_distance_are_one_number() -> None:
    label = Line("车架号", Box(0.1, TOP, 0.2, TOP + HEIGHT), 0.99, (0.1, 0.13, 0.17, 0.2), (0.99,) * 3)
    reader = Reader()
    found = joined_boxes([label, *boxes(NUMBER)], PLANE, reader)
    assert [line.text for line in found] == ["车架号", NUMBER]
    assert len(found[1].edges) == len(NUMBER) + 1
    assert reader.asked == 0


def test_characters_that_were_not_detected_are_read_at_their_places() -> None:
    reader = Reader("W0719")
    (line,) = joined_boxes(boxes(NUMBER[:7] + "." + NUMBER[8:13]), PLANE, reader)
    assert line.text == NUMBER
    assert reader.asked == 5


def test_what_is_not_surely_read_makes_no_number() -> None:
    lines = boxes(NUMBER[:13])
    assert joined_boxes(lines, PLANE, Reader("0719", confidence=0.5)) == lines


def test_characters_at_other_distances_are_no_number() -> None:
    uneven = [*boxes(NUMBER[:8]), *boxes("." * 6 + NUMBER[8:], pitch=1.35 * PITCH)]
    assert sorted(line.text for line in joined_boxes(uneven, PLANE, Reader())) == sorted(NUMBER)


def test_longer_rows_are_no_number() -> None:
    lines = boxes(NUMBER + "1")
    assert joined_boxes(lines, PLANE, Reader()) == lines
