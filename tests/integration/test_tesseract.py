"""Tesseract in the process and as a program: the same crops, the same answers."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from verifier.errors import MissingEngineError
from verifier.page import Pixels
from verifier.recognition.engine import SecondReader
from verifier.recognition.tesseract_inprocess import TesseractInProcess
from verifier.recognition.tesseract_program import TesseractProgram

VINS = ("LSVAA4182E2184847", "LFV2A21K8A3012345")
RUSSIAN = "Сервисный центр Алматы"
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def crop(text: str) -> Pixels:
    """Return a line of print, as high as lines of a 200-dpi scan."""
    font = ImageFont.truetype(SANS, 34)
    image = Image.new("RGB", (round(font.getlength(text)) + 24, 52), "white")
    ImageDraw.Draw(image).text((12, 6), text, fill=(20, 20, 20), font=font)
    return np.asarray(image).copy()


@pytest.fixture(params=[TesseractInProcess, TesseractProgram], scope="module")
def engine(request: pytest.FixtureRequest) -> SecondReader:
    """Return each way of running Tesseract."""
    made: SecondReader = request.param()
    return made


def test_vins_come_back_crop_by_crop_with_their_places(engine: SecondReader) -> None:
    read = engine.read_vins([crop(vin) for vin in VINS])
    assert [line.text.replace(" ", "") for line in read] == list(VINS)
    for line in read:
        assert len(line.edges) == len(line.text) + 1
        assert 0 <= line.edges[0] < 0.1
        assert 0.9 < line.edges[-1] <= 1


def test_lines_are_read_with_the_data_of_their_language(engine: SecondReader) -> None:
    (line,) = engine.read_lines([crop(RUSSIAN)], "rus")
    assert line.text == RUSSIAN


def test_empty_paper_and_no_crops_say_nothing(engine: SecondReader) -> None:
    assert engine.read_vins([]) == ()
    (blank,) = engine.read_vins([np.full((50, 400, 3), 255, np.uint8)])
    assert blank.text == ""


def test_languages_without_data_are_named(engine: SecondReader) -> None:
    with pytest.raises(MissingEngineError, match="tlh"):
        engine.read_lines([crop("nuqneH")], "tlh")
