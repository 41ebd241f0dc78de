"""Values written with a blue pen, beside print, signatures that cross print, and letters printed in blue."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from samples.paper.faces import TYPES
from verifier.integrity.pen import find_pen
from verifier.letter import Field, Kind, Letter, VehicleClaim
from verifier.page import Box, Colour, Line, Page, PageImage

WIDTH, HEIGHT, LEFT, TOP, STEP, SIZE = 900, 1200, 90, 60, 70, 34
BLACK, PEN = (30, 30, 32), (34, 50, 150)
TEXTS = ("LYDN3PWR9SH001540", "EXPORT TO KAZAKHSTAN", "2026-03-12", "FIRST LINE OF PRINT", "SECOND LINE OF PRINT")
VIN, COUNTRY, DATE = range(3)


def page_of(inks: dict[int, list[tuple[int, int, int]]], *, signed: bool = False, quality: int = 80) -> PageImage:
    """A JPEG of a few lines, every character in its ink, black where nothing is said."""
    face = ImageFont.truetype(TYPES["song"].other.path, SIZE)
    picture = Image.new("RGB", (WIDTH, HEIGHT), (250, 249, 245))
    draw = ImageDraw.Draw(picture)
    lines = []
    for row, text in enumerate(TEXTS):
        edges, y = [float(LEFT)], TOP + row * STEP
        for at, character in enumerate(text):
            draw.text((edges[-1], y), character, font=face, fill=(inks.get(row) or [BLACK] * len(text))[at])
            edges.append(edges[-1] + face.getlength(character))
        box = Box.from_pixels(LEFT, y, edges[-1], y + SIZE + 6, width=WIDTH, height=HEIGHT)
        lines.append(Line(text, box, 0.99, tuple(e / WIDTH for e in edges), (0.99,) * len(text)))
    paper = np.asarray(picture)
    if signed:  # ink of a pen is transparent: print stays black under it
        strokes = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255))
        y = TOP + DATE * STEP
        for shift in range(3):
            ends = (LEFT - 20, y + 4 + 9 * shift, LEFT + 260, y + 34 - 9 * shift)
            ImageDraw.Draw(strokes).line(ends, fill=PEN, width=4)
        paper = np.minimum(paper, np.asarray(strokes))
    soft = cv2.GaussianBlur(paper, (0, 0), 0.8)
    _, stored = cv2.imencode(".jpg", soft[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    pixels = np.ascontiguousarray(cv2.imdecode(stored, cv2.IMREAD_COLOR)[..., ::-1])
    page = Page(1, 210, 297, True, 110, Colour.COLOUR, False, 0, None, tuple(lines))
    return PageImage(page, pixels)


def field_at(image: PageImage, row: int, start: int = 0) -> Field:
    line = image.page.lines[row].span(start, len(TEXTS[row]))
    return Field(line.text, line.text, 0.99, 1, line.box)


def letter_on(image: PageImage) -> Letter:
    vehicle = VehicleClaim(vin=field_at(image, VIN))
    country = field_at(image, COUNTRY, len("EXPORT TO "))
    return Letter(
        Kind.CONFIRMATION_LETTER, vehicles=(vehicle,), export_countries=(country,), issued_on=field_at(image, DATE)
    )


def found_on(image: PageImage) -> set[str | None]:
    return {finding.field for finding in find_pen((image,), letter_on(image))}


def written(row: int, start: int, stop: int) -> dict[int, list[tuple[int, int, int]]]:
    return {row: [PEN if start <= at < stop else BLACK for at in range(len(TEXTS[row]))]}


@pytest.mark.parametrize("quality", [60, 80, 95])
def test_print_alone_is_no_handwriting(quality: int) -> None:
    assert found_on(page_of({}, quality=quality)) == set()


@pytest.mark.parametrize("quality", [60, 95])
def test_a_value_written_into_print_is_found(quality: int) -> None:
    assert found_on(page_of(written(COUNTRY, len("EXPORT TO "), 99), quality=quality)) == {"export_countries[0]"}


def test_one_corrected_character_of_a_number_is_enough() -> None:
    assert found_on(page_of(written(VIN, 9, 10))) == {"vehicles[0].vin"}


def test_a_signature_across_a_printed_date_is_none() -> None:
    assert found_on(page_of({}, signed=True)) == set()


def test_a_date_written_by_hand_is_found() -> None:
    assert found_on(page_of(written(DATE, 0, 99))) == {"issued_on"}


def test_a_letter_printed_in_blue_is_not_written() -> None:
    assert found_on(page_of({row: [PEN] * len(text) for row, text in enumerate(TEXTS)})) == set()


def test_light_print_on_a_coloured_band_is_nobodys_pen():
    image = page_of({})
    box = image.page.lines[VIN].box
    x0, y0, x1, y1 = box.to_pixels(width=WIDTH, height=HEIGHT)
    band = image.pixels[y0 - 10 : y1 + 10, x0 - 20 : x1 + 20].astype(float).mean(axis=2, keepdims=True) / 255
    image.pixels[y0 - 10 : y1 + 10, x0 - 20 : x1 + 20] = 250 - band * (240, 165, 160)
    assert find_pen((image,), letter_on(image)) == ()


def test_the_edge_of_a_coloured_band_in_a_values_box_is_nobodys_pen():
    image = page_of({})
    x0, y0, x1, y1 = image.page.lines[VIN].box.to_pixels(width=WIDTH, height=HEIGHT)
    image.pixels[y0 - 20 : y0 + 5, x0 - 20 : x1 + 20] = (40, 90, 190)
    image.pixels[y1 + 4 :] = cv2.erode(image.pixels[y1 + 4 :], np.ones((3, 3)))  # the rest is set in bold
    assert find_pen((image,), letter_on(image)) == ()
