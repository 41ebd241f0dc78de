"""Single characters copied within a scan or set anew are seen; honest equal ones are not, noise or none."""

from __future__ import annotations

import io
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from samples.captures.tools import CLEARERS, saved_after
from samples.content import Capture
from samples.paper.faces import TYPES
from tests.unit.integrity.test_traces import (
    HEIGHT,
    LEFT,
    ROWS,
    SIZE,
    STEP,
    TOP,
    WIDTH,
    compressed,
    scanned,
    traces,
    vins,
)
from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.characters import rows_of
from verifier.integrity.traces.compression import QUALITIES, USUAL_STEPS, as_compressed, steps_of
from verifier.integrity.traces.copies import _deviation, copy_deviations
from verifier.integrity.traces.prints import astray_of, kinds_of

SUSPECT, AT = 7, 4
"""The row and the character that the forger changes."""
FACE = ImageFont.truetype(TYPES["song"].other.path, SIZE)


def cell(row: int, at: int, seed: int = 0) -> tuple[int, int, int, int]:
    """Where a character of `scanned` stands, in pixels."""
    text = vins(seed)[row]
    x0, x1 = (LEFT + round(FACE.getlength(text[:n])) for n in (at, at + 1))
    return x0, TOP + row * STEP - 2, x1, TOP + row * STEP + SIZE + 4


def cells_of_rows(texts: list[str]) -> list[Cell]:
    found = []
    for row, text in enumerate(texts):
        for at, character in enumerate(text):
            x0, x1 = (LEFT + FACE.getlength(text[:n]) for n in (at, at + 1))
            middle, down, width, height = _ink_of(character)
            found.append(Cell(character, x0 + middle, TOP + row * STEP + down, x1 - x0, SIZE, row, (width, height)))
    return found


def _ink_of(character: str) -> tuple[float, float, float, float]:
    """Middle across and down from where it is drawn, width and height of a character's ink."""
    left, top, right, bottom = FACE.getbbox(character)
    return (left + right - 1) / 2, (top + bottom - 1) / 2, right - left, FACE.getbbox("H")[3] - FACE.getbbox("H")[1]


def copied(seed: int = 0) -> tuple[np.ndarray, list[str], int]:
    """A page one of whose characters was copied from another number, before it is saved again, and that one's row."""
    texts, pixels = vins(seed), scanned(vins(seed), seed)
    old = texts[SUSPECT][AT]
    donor, at = next(
        (row, n)
        for row in range(ROWS)
        for n, c in enumerate(texts[row])
        if row != SUSPECT and c != old and abs(FACE.getlength(c) - FACE.getlength(old)) < 1
    )
    x0, y0, x1, y1 = cell(donor, at, seed)
    left, top, right, _ = cell(SUSPECT, AT, seed)
    wide = min(x1 - x0, right - left)
    pixels[top : top + y1 - y0, left : left + wide] = pixels[y0:y1, x0 : x0 + wide]
    texts[SUSPECT] = texts[SUSPECT][:AT] + texts[donor][at] + texts[SUSPECT][AT + 1 :]
    return pixels, texts, donor


def deviations(pixels: np.ndarray, texts: list[str]) -> dict[int, float]:
    luma = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    cells = cells_of_rows(texts)
    steps = steps_of(luma, [(round(cell.x), round(cell.y)) for cell in cells])
    fields = set(range(ROWS))
    return copy_deviations(luma, cells, list(kinds_of(luma, cells, fields)), fields, steps)


@pytest.mark.parametrize("save", [compressed, np.copy], ids=["saved as before", "saved without loss"])
@pytest.mark.parametrize("seed", [1, 3, 4])
def test_a_character_copied_within_the_page_is_too_much_like_its_original(save, seed):
    pixels, texts, donor = copied(seed)
    found = deviations(save(pixels), texts)
    assert found[SUSPECT] > 1
    assert {row for row, value in found.items() if value > 1} <= {SUSPECT, donor}


@pytest.mark.parametrize("seed", range(3))
def test_honest_equal_characters_differ_in_their_noise(seed):
    assert max(deviations(scanned(vins(seed), seed), vins(seed)).values()) < 1


def drawn(texts: list[str]) -> np.ndarray:
    """A page of numbers as a program draws it, without noise: equal characters are equal pixels."""
    page = Image.new("RGB", (WIDTH, HEIGHT), (250, 249, 245))
    pen = ImageDraw.Draw(page)
    for row, text in enumerate(texts):
        pen.text((LEFT, TOP + row * STEP), text, font=FACE, fill=(30, 30, 30))
    return np.array(page)


@pytest.mark.parametrize("save", [np.copy, compressed], ids=["without loss", "as JPEG"])
def test_a_raster_without_noise_accuses_nobody(save):
    texts = vins(0)
    assert max(deviations(save(drawn(texts)), texts).values(), default=0.0) < 1


def test_a_character_typed_into_a_number_is_seen():
    texts = vins(0)
    pixels = scanned(texts, 0)
    x0, y0, x1, y1 = cell(SUSPECT, AT)
    pixels[y0:y1, x0:x1] = CLEARERS["evenly"](pixels[y0:y1, x0:x1], np.random.default_rng(0))
    page = Image.fromarray(pixels)
    ImageDraw.Draw(page).text((x0, TOP + SUSPECT * STEP), "R", font=FACE, fill=(5, 5, 5))
    texts[SUSPECT] = texts[SUSPECT][:AT] + "R" + texts[SUSPECT][AT + 1 :]
    found = traces(compressed(np.array(page)), texts)
    assert [finding.field for finding in found] == [f"vehicles[{SUSPECT}].vin"]


@pytest.mark.parametrize("quality", [62, 75, 83, 91])
def test_the_steps_of_a_page_are_found_from_its_pixels(quality):
    stored = io.BytesIO()
    Image.fromarray(scanned(vins(1), 1)).save(stored, "JPEG", quality=quality)
    luma = np.asarray(cv2.cvtColor(np.array(Image.open(stored).convert("RGB")), cv2.COLOR_RGB2GRAY))
    places = [(LEFT + 40 * n, TOP + n * STEP) for n in range(8)]
    own = np.array(Image.open(stored).quantization[0]).reshape(8, 8)
    assert np.abs(steps_of(luma, places) - own).max() <= 0.06 * own.max() + 1
    assert np.array_equal(steps_of(luma, places, own.ravel()), own)
    assert steps_of(np.ascontiguousarray(luma[3:, 5:]), places, own.ravel()) is None  # its blocks lie elsewhere


def test_steps_of_a_device_of_its_own_are_taken_where_the_file_tells_them():
    stored = io.BytesIO()
    own = [6 + n // 3 for n in range(64)]
    Image.fromarray(scanned(vins(1), 1)).save(stored, "JPEG", qtables=[own, own])
    luma = np.asarray(cv2.cvtColor(np.array(Image.open(stored).convert("RGB")), cv2.COLOR_RGB2GRAY))
    places = [(LEFT + 40 * n, TOP + n * STEP) for n in range(8)]
    told = Image.open(stored).quantization[0]
    assert steps_of(luma, places) is None
    assert np.array_equal(steps_of(luma, places, told), np.reshape(told, (8, 8)))


def test_pixels_set_into_a_page_and_saved_with_it_come_out_as_computed():
    luma = np.asarray(cv2.cvtColor(scanned(vins(2), 2), cv2.COLOR_RGB2GRAY))
    piece = luma[200:230, 120:140].copy()
    changed = luma.copy()
    changed[333:363, 251:271] = piece
    _, stored = cv2.imencode(".jpg", changed, [cv2.IMWRITE_JPEG_QUALITY, 80])
    saved = cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE)[333:363, 251:271]
    whole, at = np.ones(piece.shape, bool), np.array([(251, 333)])
    steps = USUAL_STEPS[QUALITIES.index(80)].reshape(8, 8)
    computed = as_compressed(luma, piece[None].astype(np.float32), whole, at, steps)[0]
    assert np.abs(computed - saved).max() <= 2  # libjpeg counts in whole numbers
    assert (computed != saved).mean() < 0.2


@settings(max_examples=25)
@given(st.floats(-50, 1300), st.floats(-50, 1300), st.floats(0.5, 90), st.floats(0.5, 120))
def test_a_character_anywhere_has_all_its_numbers_or_none(x, y, width, height):
    pixels = PAGE
    rows = rows_of(pixels, [Cell("A", x, y, width, height, 0)])
    assert rows.shape[0] == 1
    assert not np.isinf(rows).any()


PAGE = scanned(vins(3), 3)


@pytest.mark.parametrize("how", ["png", "resaved", "screenshot", ""])
def test_a_file_saved_after_says_so_in_its_capture(how):
    capture = Capture("jpg", 200, quality=40)
    pixels, after = saved_after(np.full((200, 100, 3), 250, np.uint8), capture, how, np.random.default_rng(1))
    assert (after == capture) == (how == "")
    assert pixels.shape[0] == (round(200 * pixels.shape[1] / 100))
    assert (pixels.shape[0] < 200) == (how == "screenshot")


@pytest.mark.parametrize(("twins", "seen"), [(((8, 8), (9, 9)), True), (((1, 1), (0, 0)), False)])
def test_two_likely_copies_in_a_number_count_together_unless_they_are_each_others(twins, seen):
    likely, far = (0.22, 0.5), (2.0, 2.0)  # of 0.2 and 0.05: 0.74 of the limit
    values, itself = np.array([likely, likely, *[far] * 8]), np.arange(10)
    owners = np.array([0, 0, *[1] * 8])
    pairs = np.array([*twins, *[(7, 7)] * 8])
    assert (_deviation(values, pairs, itself, owners == 0) > 1) is seen
    assert _deviation(values[1:], pairs[1:], itself[1:], owners[1:] == 0) < 1
    assert _deviation(values + 0.05, pairs, itself, owners == 0) < 1  # rows that stand whole pixels apart


def test_a_last_digit_looked_for_on_a_pens_tick_is_astray():
    texts = vins(0)
    pixels, cells = scanned(texts, 0), cells_of_rows(texts)
    last = len(texts[0]) - 1
    ticked = replace(cells[last], x=cells[last].x + 30)
    x, y = round(ticked.x), round(ticked.y)
    cv2.polylines(pixels, [np.array([(x - 8, y), (x, y + 12), (x + 18, y - 16)])], False, (130, 130, 130), 5)
    luma = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    fields = set(range(ROWS))
    placed = [cells, [*cells[:last], ticked, *cells[last + 1 :]]]
    assert [astray_of(at, list(kinds_of(luma, at, fields)), fields) for at in placed] == [set(), {last}]
