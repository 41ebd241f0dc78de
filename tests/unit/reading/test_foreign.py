"""What is handed to the second reader, with a recorded first reader."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from verifier.errors import LimitExceededError
from verifier.examination import OpenedPage
from verifier.page import Pixels
from verifier.reading.reader import Reader
from verifier.reading.scripts import foreign_spans
from verifier.recognition.engine import DetectedText, RecognisedText

HEIGHT = 40


def crop_with_ink(*stretches: tuple[int, int]) -> Pixels:
    """Return a white line of 1,000 columns with strokes, five columns apart, in the given stretches."""
    crop = np.full((HEIGHT, 1000, 3), 255, np.uint8)
    for left, right in stretches:
        for column in range(left, right, 5):
            crop[10:30, column : column + 3] = 20
    return crop


def reading(*characters: tuple[str, int, float]) -> RecognisedText:
    """Return what was read: (character, its middle's column, confidence)."""
    text = "".join(character for character, _, _ in characters)
    centres = tuple(column / 1000 for _, column, _ in characters)
    edges = (0.0, *((a + b) / 2 for a, b in pairwise(centres)), 1.0)
    confidences = tuple(confidence for _, _, confidence in characters)
    return RecognisedText(text, min(confidences, default=0.0), edges if text else (0.0,), confidences, centres)


LABEL = (("名", 20, 0.9), ("称", 56, 0.9), ("：", 85, 0.9))


def test_ink_without_characters_is_foreign() -> None:
    (span,) = foreign_spans(reading(*LABEL), crop_with_ink((0, 100), (110, 500)))
    assert (span.start, span.stop) == (3, 3)
    assert 95 <= span.left <= 115  # a column or two of the colon may stay outside it
    assert 490 <= span.right <= 503


def test_white_without_characters_is_not() -> None:
    assert foreign_spans(reading(*LABEL), crop_with_ink((0, 100))) == ()


def test_a_line_of_which_nothing_was_read_is_foreign_as_a_whole() -> None:
    (span,) = foreign_spans(reading(), crop_with_ink((50, 700)))
    assert (span.start, span.stop) == (0, 0)


def test_a_vin_is_never_foreign_however_poorly_read() -> None:
    vin = [(character, 120 + 20 * i, 0.3) for i, character in enumerate("LSVAA4182E2184847")]
    assert foreign_spans(reading(*LABEL, *vin), crop_with_ink((0, 100), (110, 450))) == ()


def test_greek_letters_speak_for_cyrillic() -> None:
    name = [(character, 120 + 18 * i, 0.95) for i, character in enumerate("Hypeκ Acao")]
    (span,) = foreign_spans(reading(*LABEL, *name), crop_with_ink((0, 100), (110, 300)))
    assert (span.start, span.stop) == (3, 13)


class Everywhere:
    """Finds text all over the page, and reads nothing in it."""

    version = "everywhere"

    def detect(self, image: Pixels) -> tuple[DetectedText, ...]:
        height, width = image.shape[:2]
        corners = np.array([[0, 0], [width, 0], [width, 10], [0, 10]], float)
        return tuple(DetectedText(corners + np.array([0, row]), 1.0) for row in range(0, height - 10, 2))

    def recognise(self, crops: Sequence[Pixels], *, width_scale: float = 1.0) -> tuple[RecognisedText, ...]:
        return tuple(RecognisedText("", 0.0, (0.0,), ()) for _ in crops)

    def read_vins(self, crops: Sequence[Pixels]) -> tuple[RecognisedText, ...]:
        return self.recognise(crops)

    def read_lines(self, crops: Sequence[Pixels], language: str) -> tuple[RecognisedText, ...]:
        return self.recognise(crops)


def test_more_print_than_any_letter_has_is_refused() -> None:
    engine = Everywhere()
    page = OpenedPage(1, np.full((2000, 1400, 3), 255, np.uint8), 200.0, True, False)
    with pytest.raises(LimitExceededError, match="more print"):
        Reader(engine, engine, engine, engine, "none").read((page,))
