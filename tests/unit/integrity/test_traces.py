"""Values pasted over in a scan stand out from their page; genuine ones do not."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from samples.captures.tools import PAINTERS
from samples.paper.faces import TYPES
from verifier.examination import OpenedPage
from verifier.integrity.traces import find_traces
from verifier.integrity.traces.heat import heat_picture
from verifier.integrity.traces.pieces import piece_at
from verifier.integrity.traces.strokes import FEATURES, stroke_row
from verifier.letter import Field, Kind, Letter, VehicleClaim
from verifier.page import Box, Colour, Line, Page

WIDTH, HEIGHT, ROWS = 900, 1200, 18
LEFT, TOP, STEP, SIZE = 90, 60, 60, 30
ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
PATCHED = 7


def vins(seed: int) -> list[str]:
    rng = np.random.default_rng(seed)
    return ["".join(rng.choice(list(ALPHABET), 17)) for _ in range(ROWS)]


def scanned(texts: list[str], seed: int) -> np.ndarray:
    """A page of numbers as a scanner delivers it, before compression."""
    page = Image.new("RGB", (WIDTH, HEIGHT), (250, 249, 245))
    pen = ImageDraw.Draw(page)
    face = ImageFont.truetype(TYPES["song"].other.path, SIZE)
    for row, text in enumerate(texts):
        pen.text((LEFT, TOP + row * STEP), text, font=face, fill=(30, 30, 30))
    soft = cv2.GaussianBlur(np.asarray(page), (0, 0), 0.8).astype(np.float32)
    noise = np.random.default_rng(seed).normal(0, 2.5, soft.shape)
    return compressed(np.clip(soft + noise, 0, 255).astype(np.uint8))


def compressed(pixels: np.ndarray) -> np.ndarray:
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", quality=86)
    return np.array(Image.open(stored).convert("RGB"))


def box_of(row: int) -> Box:
    y = TOP + row * STEP
    return Box.from_pixels(LEFT, y + 4, LEFT + 17 * 18, y + SIZE, width=WIDTH, height=HEIGHT)


def read(texts: list[str], **changes) -> tuple[Page, Letter]:
    lines = tuple(
        Line(t, box_of(i), 0.99, tuple(np.linspace(box_of(i).x0, box_of(i).x1, 18)), (0.99,) * 17)
        for i, t in enumerate(texts)
    )
    whole = dict(rotation=0, homography=None, colour=Colour.COLOUR, born_digital=False) | changes
    page = Page(1, 114, 152, True, 200, lines=lines, **whole)
    claims = tuple(VehicleClaim(Field(t, t, 0.99, 1, box_of(i))) for i, t in enumerate(texts))
    return page, Letter(Kind.CONFIRMATION_LETTER, vehicles=claims)


def forged(kind: str, seed: int = 0) -> tuple[np.ndarray, list[str]]:
    """A page with one number painted over in one of the forger's ways, compressed again."""
    texts = vins(seed)
    stated = [t if i != PATCHED else t[::-1] for i, t in enumerate(texts)]
    genuine, other = scanned(texts, seed), scanned(stated, seed + 1)
    x0, y0, x1, y1 = box_of(PATCHED).to_pixels(width=WIDTH, height=HEIGHT)
    patch = np.s_[y0 - 6 : y1 + 6, x0 - 6 : x1 + 6]
    pixels = genuine.copy()
    pixels[patch] = PAINTERS[kind](other, np.random.default_rng(seed))[patch]
    return compressed(pixels), stated


def traces(pixels: np.ndarray, texts: list[str], **changes):
    page, letter = read(texts, **changes)
    return find_traces((OpenedPage(1, pixels, 200, True, born_digital=False),), (page,), letter)


@pytest.mark.parametrize("seed", range(2))
def test_a_genuine_page_leaves_no_trace(seed):
    texts = vins(seed)
    assert traces(scanned(texts, seed), texts) == ()


def test_saving_the_whole_page_again_is_no_trace():
    texts = vins(5)
    assert traces(compressed(scanned(texts, 5)), texts) == ()


@pytest.mark.parametrize("kind", ["typed", "elsewhere"])
@pytest.mark.parametrize("seed", range(2))
def test_a_number_painted_over_is_the_only_one_that_stands_out(kind, seed):
    pixels, texts = forged(kind, seed)
    found = traces(pixels, texts)
    assert [finding.field for finding in found] == [f"vehicles[{PATCHED}].vin"]
    assert found[0].box == box_of(PATCHED)
    assert found[0].code == "tampering"
    assert float(found[0].detail) > 1


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_laid_on_the_glass_turned_is_judged_the_same(rotation):
    pixels, texts = forged("typed")
    on_glass = np.ascontiguousarray(np.rot90(pixels, rotation // 90))
    assert [f.field for f in traces(on_glass, texts, rotation=rotation)] == [f"vehicles[{PATCHED}].vin"]


def test_pages_without_grey_levels_and_drawn_pages_are_not_looked_at():
    pixels, texts = forged("typed")
    assert traces(pixels, texts, colour=Colour.BILEVEL) == ()
    assert traces(pixels, texts, born_digital=True) == ()


def test_a_stamp_over_a_number_does_not_count():
    texts = vins(2)
    pixels = scanned(texts, 2)
    x0, y0, x1, y1 = box_of(3).to_pixels(width=WIDTH, height=HEIGHT)
    cv2.circle(pixels, ((x0 + x1) // 2, (y0 + y1) // 2), 70, (205, 40, 45), 4)
    assert traces(compressed(pixels), texts) == ()


def test_the_picture_reddens_what_stands_out_and_leaves_bare_paper():
    pixels, texts = forged("typed")
    picture = heat_picture(pixels, read(texts)[0])
    x, y = (round(v * side) for v, side in zip(box_of(PATCHED).centre, (WIDTH, HEIGHT), strict=True))
    assert picture.shape == pixels.shape
    assert picture[y, x - 100 : x + 100, 0].mean() > picture[y, x - 100 : x + 100, 1].mean() + 40
    assert np.array_equal(picture[: TOP - 20], pixels[: TOP - 20])


def test_too_faint_or_too_small_print_is_not_measured():
    pale = np.full((60, 200, 3), 250, np.uint8)
    quad = np.array([(10, 10), (190, 10), (190, 50), (10, 50)], float)
    assert stroke_row(pale, quad) is None
    cv2.putText(pale, "LSVAA4182", (12, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (225, 225, 225), 2)
    assert stroke_row(pale, quad) is None
    cv2.putText(pale, "LSVAA4182", (12, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 2)
    row = stroke_row(pale, quad)
    assert row is not None
    assert len(row) == len(FEATURES)
    assert stroke_row(pale, quad + 1000) is None


def written(*, ink: int = 20, paper: int = 250) -> np.ndarray:
    picture = np.full((60, 200, 3), paper, np.uint8)
    cv2.putText(picture, "LSVAA4182", (12, 42), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (ink,) * 3, 2, cv2.LINE_AA)
    return picture


def test_a_line_under_print_is_none_of_it():
    quad = np.array([(8, 12), (192, 12), (192, 50), (8, 50)], float)
    plain = stroke_row(written(), quad)
    ruled = written()
    cv2.line(ruled, (0, 52), (199, 52), (0, 0, 0), 2)
    row = stroke_row(ruled, quad)
    assert plain is not None
    assert row is not None
    of_strokes = slice(0, FEATURES.index("near_detail"))
    assert row[of_strokes] == pytest.approx(plain[of_strokes], abs=0.12)


def test_light_print_on_a_dark_band_is_not_measured():
    quad = np.array([(8, 12), (192, 12), (192, 50), (8, 50)], float)
    assert stroke_row(written(ink=250, paper=40), quad) is None


fractions = st.floats(0.05, 0.85)


@given(fractions, fractions, st.sampled_from([0, 90, 180, 270]))
def test_a_piece_leads_back_to_where_its_box_comes_from(x, y, rotation):
    box = Box(x, y, x + 0.1, y + 0.05)
    page, _ = read([], rotation=rotation)
    quad = piece_at(page, box, "x", (1, 1)).quad
    corners = Box(*quad.min(axis=0), *quad.max(axis=0))
    assert tuple(page.upright(corners)) == pytest.approx(tuple(box), abs=1e-9)
