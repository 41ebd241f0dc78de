"""A page is read once: what was read to find out which way up it is, straightened or not, is not read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import pytest

from verifier.examination import OpenedPage
from verifier.page import Pixels
from verifier.reading.reader import Reader
from verifier.recognition.engine import DetectedText, RecognisedText

SIZE = (1200, 800)
ROWS, LEFT, LENGTH, HEIGHT = (180, 380, 580, 780, 980), 120, 560, 40
"""Symmetric, so that the lines of a page on its head stand at the same places."""


def _runs(degrees: float) -> tuple[DetectedText, ...]:
    """Return five lines of text, slanting downward by some degrees about the middle of the page."""
    matrix = cv2.getRotationMatrix2D((SIZE[1] / 2, SIZE[0] / 2), -degrees, 1.0).astype(np.float64)
    outlines = (
        np.array([(LEFT, y), (LEFT + LENGTH, y), (LEFT + LENGTH, y + HEIGHT), (LEFT, y + HEIGHT)], float) for y in ROWS
    )
    return tuple(DetectedText(outline @ matrix[:, :2].T + matrix[:, 2], 0.9) for outline in outlines)


class Engine:
    """Detects the lines of a page; reads a crop whose upper half is black, which only stands the right way up."""

    version = "none"

    def __init__(self, degrees: float) -> None:
        self.degrees = degrees
        self.read: Counter[bytes] = Counter()

    def detect(self, image: Pixels) -> tuple[DetectedText, ...]:
        return _runs(self.degrees)

    def detect_within(self, image: Pixels, zone: tuple[int, int, int, int]) -> tuple[DetectedText, ...]:
        raise AssertionError("no seal is on the page")

    def recognise(self, crops: Sequence[Pixels], *, width_scale: float = 1.0) -> tuple[RecognisedText, ...]:
        self.read.update(crop.tobytes() for crop in crops)
        return tuple(self._recognised(crop) for crop in crops)

    def _recognised(self, crop: Pixels) -> RecognisedText:
        half = crop.shape[0] // 2
        upright = float(crop[:half].mean()) < float(crop[half:].mean())
        confidence = 0.99 if upright else 0.3
        text = "维修" * 4
        edges = tuple(np.linspace(0.05, 0.95, len(text) + 1).tolist())
        centres = tuple(((a + b) / 2) for a, b in pairwise(edges))
        return RecognisedText(text, confidence, edges, (confidence,) * len(text), centres)

    def read_vins(self, crops: Sequence[Pixels]) -> tuple[RecognisedText, ...]:
        assert not crops
        return ()

    def read_lines(self, crops: Sequence[Pixels], language: str) -> tuple[RecognisedText, ...]:
        return tuple(RecognisedText("", 0.0, (0.0,), ()) for _ in crops)


def _page(degrees: float, *, drawn: bool = False) -> OpenedPage:
    """Return a page with five different lines, each a bar that is black above and grey below."""
    paper = np.full((*SIZE, 3), 255, np.uint8)
    for number, y in enumerate(ROWS):
        paper[y + 4 : y + HEIGHT // 2, LEFT + 8 : LEFT + LENGTH - 8] = 2 * number
        paper[y + HEIGHT // 2 : y + HEIGHT - 4, LEFT + 8 : LEFT + LENGTH - 8] = 120
    matrix = cv2.getRotationMatrix2D((SIZE[1] / 2, SIZE[0] / 2), -degrees, 1.0)
    turned = cv2.warpAffine(paper, matrix, SIZE[::-1], borderValue=(255, 255, 255))
    return OpenedPage(1, np.asarray(turned, np.uint8), 200.0, scale_known=True, born_digital=drawn)


def _reader(engine: Engine) -> Reader:
    return Reader(engine, engine, engine, engine, "test")


@pytest.mark.parametrize("degrees", [0.0, 0.8, 6.0])
def test_no_line_is_read_twice(degrees: float) -> None:
    engine = Engine(degrees)
    (image,) = _reader(engine).read((_page(degrees),))
    assert len(image.page.lines) == len(ROWS)
    assert image.page.rotation == 0
    assert (image.page.homography is None) is (degrees == 0.0)
    assert sorted(engine.read.values()) == [1] * len(ROWS)


@pytest.mark.parametrize("degrees", [0.0, 0.8])
def test_a_page_on_its_head_is_turned_and_read(degrees: float) -> None:
    opened = _page(degrees)
    flipped = OpenedPage(
        1, np.ascontiguousarray(opened.pixels[::-1, ::-1]), opened.dpi, scale_known=True, born_digital=False
    )
    engine = Engine(degrees)  # the lines of this page lie the same way round
    (image,) = _reader(engine).read((flipped,))
    assert image.page.rotation == 180
    assert len(image.page.lines) == len(ROWS)
    assert all(line.confidence > 0.9 for line in image.page.lines)


def test_a_drawn_page_with_the_same_print_again_is_read_in_part() -> None:
    opened = _page(0.0, drawn=True)
    pixels = opened.pixels.copy()
    for y in ROWS[1:]:
        pixels[y : y + HEIGHT] = pixels[ROWS[0] : ROWS[0] + HEIGHT]
    again = OpenedPage(1, pixels, opened.dpi, scale_known=True, born_digital=True)
    engine = Engine(0.0)
    (image,) = _reader(engine).read((again,))
    assert len(image.page.lines) == len(ROWS)
    assert engine.read.total() < len(ROWS)
