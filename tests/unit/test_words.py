import zlib
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.examination import MARK, Examination, decode_examinations, encode_examinations, plain_number
from verifier.letter import Kind, Letter
from verifier.page import Box, Colour, LayerWord, Line, Page, Source
from verifier.words import packed, page_on_grid, unpacked

KEPT = Path(__file__).parent / "data" / "examination-2.msgpack.z"
"""Stored by the first version that had form 2: whatever comes later must read it."""
PAGE = Page(1, 210.0, 297.0, True, 200.0, Colour.COLOUR, False, 0, None, ())

fractions = st.floats(-0.5, 1.5)
shares = st.floats(0.0, 1.0)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x0, y0 = draw(fractions), draw(fractions)
    return Box(x0, y0, x0 + draw(st.floats(0.0001, 1.0)), y0 + draw(st.floats(0.0001, 1.0)))


@st.composite
def text_lines(draw: st.DrawFn) -> Line:
    text = draw(st.text(min_size=1, max_size=30))
    edges = sorted(draw(st.lists(fractions, min_size=len(text) + 1, max_size=len(text) + 1)))
    confidences = draw(st.lists(shares, min_size=len(text), max_size=len(text)))
    return Line(text, draw(boxes()), draw(shares), tuple(edges), tuple(confidences), draw(st.sampled_from(Source)))


@st.composite
def pages(draw: st.DrawFn) -> Page:
    words = st.builds(LayerWord, st.text(max_size=9), boxes(), st.sampled_from([None, "white", "tiny"]))
    some = st.lists(text_lines(), max_size=5).map(tuple)
    layer, rules = draw(st.lists(words, max_size=5)), draw(st.lists(boxes(), max_size=5))
    lines, second, marks = draw(some), draw(some), draw(some)
    return replace(PAGE, lines=lines, second_readings=second, marks=marks, layer=tuple(layer), rules=tuple(rules))


def examination(*seen: Page) -> Examination:
    return Examination("00", "image/png", 1, 1, seen, Letter(Kind.UNKNOWN), (), (), False, "reader", "models", "none")


@given(pages())
def test_what_is_on_the_grid_is_stored_without_loss(page: Page) -> None:
    page = page_on_grid(page)
    assert page_on_grid(page) == page
    assert unpacked(packed(page)) == page
    assert decode_examinations(encode_examinations((examination(page, page),))) == (examination(page, page),)


@given(text_lines())
def test_the_grid_is_finer_than_anything_read(line: Line) -> None:
    (kept,) = page_on_grid(replace(PAGE, lines=(line,))).lines
    assert kept.text == line.text
    assert kept.edges == pytest.approx(line.edges, abs=0.00025)
    assert kept.box.x0 == pytest.approx(line.box.x0, abs=0.00013)
    assert kept.character_confidences == pytest.approx(line.character_confidences, abs=0.005)


@pytest.mark.parametrize("confidence", [0.99, 0.995, 0.999])
def test_high_confidences_are_told_apart(confidence: float) -> None:
    line = Line("a", Box(0, 0, 1, 1), confidence, (0.0, 1.0), (confidence,))
    (kept,) = page_on_grid(replace(PAGE, lines=(line,))).lines
    assert kept.confidence == pytest.approx(confidence, abs=0.0005)


def test_first_form_is_still_read() -> None:
    seen = (examination(replace(PAGE, lines=(Line("售后", Box(0, 0, 0.5, 0.1), 0.9, (0.0, 0.2, 0.4), (0.9, 0.95)),))),)
    assert decode_examinations(msgspec.msgpack.encode(seen, enc_hook=plain_number)) == seen


def test_examination_stored_by_an_earlier_version_is_read() -> None:
    (seen,) = decode_examinations(zlib.decompress(KEPT.read_bytes()))
    assert seen.letter.vehicles[0].vin.value in "".join(line.text for line in seen.pages[0].lines)


@pytest.mark.parametrize("stored", [b"", b"seen", MARK + b"\x09", MARK + b"\x02\x93", b"\x93\x01\x02\x03"])
def test_anything_else_is_a_value_error(stored: bytes) -> None:
    with pytest.raises(ValueError, match=r"(?i)examination|message|expected|truncated|malformed"):
        decode_examinations(stored)
