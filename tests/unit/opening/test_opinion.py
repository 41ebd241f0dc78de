"""Two parsers of one file disagree about vehicle numbers, never about where words end."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen import canvas

from verifier.opening.opinion import second_opinion
from verifier.page import Box, LayerWord

ONE, OTHER = "LSVAA4182E2184847", "LFV2A21J970002020"


def document(*lines: str) -> bytes:
    """Return a PDF with these lines."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out)
    for number, line in enumerate(lines):
        sheet.drawString(72, 700 - 40 * number, line)
    sheet.save()
    return out.getvalue()


def words(*texts: str) -> tuple[LayerWord, ...]:
    """Return words of a layer, one below the other."""
    return tuple(LayerWord(text, Box(0.1, 0.1 * n, 0.5, 0.1 * n + 0.02), None) for n, text in enumerate(texts))


@pytest.mark.parametrize("seen", [(ONE, OTHER), (ONE, OTHER[:9], OTHER[9:]), (ONE[:8], ONE[8:], OTHER)])
def test_numbers_cut_into_words_otherwise_are_the_same(seen: tuple[str, ...]) -> None:
    assert second_opinion(document(ONE, OTHER), {1: words(*seen)}) == ()


def test_another_number_is_a_conflict() -> None:
    (found,) = second_opinion(document(ONE), {1: words(OTHER)})
    assert (found.code, found.text, found.shown) == ("parser_conflict", ONE, OTHER)


def test_a_number_that_only_one_parser_sees_is_a_conflict() -> None:
    (found,) = second_opinion(document(ONE, OTHER), {1: words(ONE)})
    assert (found.text, found.shown) == (OTHER, "")
