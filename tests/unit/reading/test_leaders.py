"""Dotted leaders are taken off before label and value are read, and print that only has dots in it stays."""

from __future__ import annotations

from functools import cache
from typing import cast

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from verifier.examination import OpenedPage
from verifier.page import Page, Pixels
from verifier.reading.leaders import find_leaders, kept_beside, split_at_leaders, without_leaders
from verifier.reading.reader import Reader
from verifier.recognition.engine import DetectedText
from verifier.recognition.overprint import load_overprint_reader
from verifier.recognition.ppocr import load_ppocr
from verifier.recognition.tesseract import load_tesseract
from verifier.settings import models_folder

SONG = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
SANS = "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"
VIN = "LNEEA4C29SA118364"
LETTER = (
    ("编号", "青芦售后2026-118号"),
    ("生产企业", "云州青芦汽车有限公司"),
    ("出口目的国", "赞比亚"),
    ("VIN", VIN),
    ("Address", "27 Cairo Road, Lusaka, Zambia"),
    ("电话", "+260 211 40 55 18"),
)


@cache
def reader() -> Reader:
    """Return the reader as the product builds it."""
    engine = load_ppocr()
    return Reader(
        engine.detector, engine.recogniser, load_overprint_reader(models_folder()), load_tesseract(), engine.version
    )


def with_leaders(dot: str, dpi: int, face: str = SONG, rows: tuple[tuple[str, str], ...] = LETTER) -> Pixels:
    """Return half a page of labels and values with dots from one to the other, as a scanner sees them."""
    em = round(11 * dpi / 72)
    image = Image.new("L", (round(8.27 * dpi), round(5 * dpi)), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(face, em)
    for number, (label, value) in enumerate(rows):
        y, start, stop = 3 * em + 2 * em * number, 4 * em + draw.textlength(label, font=font), 17 * em
        draw.text((4 * em, y), label, fill=20, font=font)
        dots = dot * int((stop - start - em / 2) / draw.textlength(dot * 8, font=font) * 8)
        draw.text((stop - draw.textlength(dots, font=font), y), dots, fill=20, font=font)
        draw.text((stop + em / 4, y), value, fill=20, font=font)
    return scanned(np.asarray(image).astype(float), dpi)


def scanned(grey: np.ndarray, dpi: int) -> Pixels:
    noise = np.random.default_rng(3).normal(0, 3, grey.shape)
    soft = np.clip(cv2.GaussianBlur(grey, (0, 0), 0.4 * dpi / 200) * 0.85 + 28 + noise, 0, 255).astype(np.uint8)
    return cast(Pixels, np.repeat(soft[:, :, None], 3, axis=2))


def read(pixels: Pixels, dpi: int) -> Page:
    return reader().read((OpenedPage(1, pixels, float(dpi), True, False),))[0].page


def texts(page: Page) -> list[str]:
    return [line.text.replace(" ", "") for line in page.lines]


@pytest.mark.parametrize(
    ("dot", "dpi", "face"), [(".", 200, SONG), ("·", 200, SONG), ("…", 150, SONG), (". ", 300, SONG), ("-", 200, SONG)]
)
def test_label_and_value_are_lines_of_their_own(dot: str, dpi: int, face: str) -> None:
    pixels = with_leaders(dot, dpi, face)
    page = read(pixels, dpi)
    assert texts(page) == [text.replace(" ", "") for row in LETTER for text in row]
    assert min(line.confidence for line in page.lines) > 0.75
    stop = 17 * round(11 * dpi / 72) / pixels.shape[1]
    assert all(line.box.x1 < stop for line in page.lines[::2])
    assert all(stop - 0.02 < line.box.x0 < stop + 0.02 for line in page.lines[1::2])


def printed(*rows: str, size: int = 30, face: str = SONG) -> Pixels:
    """Return rows of black print on white, at 200 dpi."""
    image = Image.new("L", (1654, 90 + 2 * size * len(rows)), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(face, size)
    for number, row in enumerate(rows):
        draw.text((120, 50 + 2 * size * number), row, fill=20, font=font)
    return scanned(np.asarray(image).astype(float), 200)


def searched(pixels: Pixels) -> tuple[tuple[int, int, int, int], ...]:
    """Return the leaders of a picture, as if every run of it had read like one."""
    found = reader().detector.detect(pixels)
    corners = [text.corners for text in found]
    boxes = [(*map(int, one.min(axis=0)), *map(int, one.max(axis=0))) for one in corners]
    return find_leaders(pixels, boxes, range(len(boxes)))


@pytest.mark.parametrize("face", [SONG, SANS])
def test_print_with_dots_in_it_has_no_leader(face: str) -> None:
    rows = (
        "and so on... v2.0.1.4, 3.14.15, EUR 12.50",
        "service.lusaka@qinglu.example, www.qinglu.example",
        "A - B - C - D - E, x. y. z. a. b. c.",
        "consensus nonsense summons iiiiiiiii illill",
    )
    assert searched(printed(*rows, face=face)) == ()


def test_the_ellipsis_of_chinese_print_is_no_leader() -> None:
    assert searched(printed("等等……特此说明……。", "1、……；2、……；3、……", "赞比亚——非洲国家")) == ()


def test_dotted_borders_are_no_leaders() -> None:
    pixels = printed("品牌", "青芦牌", "型号", "QL6480E").copy()
    for y in range(90, 350, 60):
        pixels[y + 6 : y + 8, 110:600:6] = pixels[y + 6 : y + 8, 111:600:6] = 30
    for x in (110, 600):
        pixels[96:338:6, x : x + 2] = pixels[97:338:6, x : x + 2] = 30
    assert searched(pixels) == ()


def test_paper_takes_the_place_of_dots_alone() -> None:
    dpi = 200
    pixels = with_leaders(".", dpi)
    found = searched(pixels)
    assert len(found) == len(LETTER)
    clean = without_leaders(pixels, found)
    outside = np.ones(pixels.shape[:2], bool)
    for x0, y0, x1, y1 in found:
        outside[y0:y1, x0:x1] = False
        assert clean[y0:y1, x0:x1].min() > 225
    assert (clean[outside] == pixels[outside]).all()


def test_a_page_on_which_nothing_reads_like_a_leader_is_not_searched() -> None:
    pixels = with_leaders(".", 200)
    assert find_leaders(pixels, [(0, 0, 400, 40)], []) == ()


def run(x0: float, x1: float, y: float = 100.0) -> DetectedText:
    return DetectedText(np.array([(x0, y), (x1, y + 4), (x1, y + 44), (x0, y + 40)], float), 0.9)


def test_a_run_over_one_leader_is_split_and_filled_in_blanks_are_not() -> None:
    label, value = split_at_leaders([run(100, 900)], [(300, 126, 600, 134)])
    assert (label.corners[:, 0].min(), label.corners[:, 0].max()) == (100, 300)
    assert (value.corners[:, 0].min(), value.corners[:, 0].max()) == (600, 900)
    assert value.corners[0, 1] == pytest.approx(102.5)
    sentence = run(100, 900)
    assert split_at_leaders([sentence], [(200, 126, 300, 134), (500, 126, 600, 134)]) == (sentence,)
    assert split_at_leaders([sentence], [(300, 190, 600, 198)]) == (sentence,)


def test_what_no_leader_touches_is_kept() -> None:
    boxes = [(100, 100, 700, 140), (100, 200, 300, 240)]
    again = [(100, 100, 290, 140), (610, 100, 700, 140), (101, 199, 301, 241)]
    assert kept_beside(boxes, [(300, 126, 600, 134)], again) == ([1], [0, 1])
