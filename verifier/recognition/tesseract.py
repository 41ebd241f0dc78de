"""Tesseract, the independent second reader, loaded once a process and language: a program start cost ten crops."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import tesserocr

from verifier.errors import MissingEngineError, ProcessingError
from verifier.page import Pixels
from verifier.recognition.engine import RecognisedText

VIN_SETTINGS = {
    "tessedit_char_whitelist": "ABCDEFGHJKLMNPRSTUVWXYZ0123456789",  # GB 16735: no I, O, Q
    "load_system_dawg": "0",
    "load_freq_dawg": "0",
}
LINE_PIXELS = 48
"""Height that crops are brought to: Tesseract's network works on 36 to 48."""
BORDER = 12
"""White border around a crop; without one Tesseract loses the outer characters."""
CROP_DPI = 300
"""What Tesseract is told, lest it guesses from the crop's size."""
TIMEOUT_SECONDS = 20
"""For one crop; ordinary ones take a hundredth of a second."""
NEEDED_LANGUAGES = ("eng", "rus", "kaz", "ara", "vie", "aze")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
DATA_FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")
"""Where distributions put the language data; TESSDATA_PREFIX comes before them."""


@lru_cache(maxsize=1)
def data_folder() -> Path:
    """Return the folder of Tesseract's language data; raises MissingEngineError where there is none."""
    named = os.environ.get("TESSDATA_PREFIX")
    for folder in (Path(name) for name in (named, *DATA_FOLDERS) if name):
        if (folder / "eng.traineddata").is_file():
            return folder
    raise MissingEngineError("Tesseract has no data for eng; install the package tesseract-ocr")


def installed_languages() -> tuple[str, ...]:
    """Return the languages that there is data for; raises MissingEngineError where there is none at all."""
    return tuple(sorted(path.stem for path in data_folder().glob("*.traineddata")))


def tesseract_version() -> str:
    """Return "tesseract" with its version."""
    return " ".join(tesserocr.tesseract_version().split()[:2])


class Tesseract:
    """Tesseract with the languages that were asked for so far, one thread each."""

    def __init__(self) -> None:
        self.version = tesseract_version()
        self._loaded: dict[str, tesserocr.PyTessBaseAPI] = {}

    def read_vins(self, crops: Sequence[Pixels]) -> tuple[RecognisedText, ...]:
        """Return what stands in each crop, seen as a line of capital letters and digits."""
        return self._read(crops, "eng", VIN_SETTINGS)

    def read_lines(self, crops: Sequence[Pixels], language: str) -> tuple[RecognisedText, ...]:
        """Return what stands in each crop, read with the data of `language` ("rus", "rus+kaz", "ara").

        Raises MissingEngineError where there is no such data, ProcessingError where a crop defeats it.
        """
        return self._read(crops, language, {})

    def _read(self, crops: Sequence[Pixels], language: str, settings: dict[str, str]) -> tuple[RecognisedText, ...]:
        if not crops:
            return ()
        if language not in self._loaded:
            self._loaded[language] = _load(language, settings)
        return tuple(_recognised(self._loaded[language], crop) for crop in crops)


def load_tesseract() -> Tesseract:
    """Return the second reader; raises MissingEngineError where the data that VINs need is absent."""
    data_folder()
    return Tesseract()


def _load(language: str, settings: dict[str, str]) -> tesserocr.PyTessBaseAPI:
    try:
        return tesserocr.PyTessBaseAPI(
            path=str(data_folder()),
            lang=language,
            psm=tesserocr.PSM.SINGLE_LINE,
            oem=tesserocr.OEM.LSTM_ONLY,
            variables=settings,
        )
    except RuntimeError as error:
        raise MissingEngineError(f"Tesseract has no data for {language}") from error


def _recognised(engine: tesserocr.PyTessBaseAPI, crop: Pixels) -> RecognisedText:
    grey, scale = _prepared(crop)
    height, width = grey.shape
    engine.SetImageBytes(grey.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(CROP_DPI)
    if not engine.Recognize(TIMEOUT_SECONDS * 1000):
        raise ProcessingError("Tesseract did not answer in time")
    words = list(_words(engine))
    if any(RIGHT_TO_LEFT.match(word[0]) for word in words):
        words = [_whole(engine.GetUTF8Text(), words)]
    engine.Clear()
    return _joined(words, crop.shape[1] * scale)


_Word = tuple[str, float, float, float]
"""Text, confidence in [0, 1], left and right end in pixels of the crop as prepared, without its border."""


def _words(engine: tesserocr.PyTessBaseAPI) -> Iterator[_Word]:
    found = engine.GetIterator()
    if found is None:
        return
    for word in tesserocr.iterate_level(found, tesserocr.RIL.WORD):
        text = word.GetUTF8Text(tesserocr.RIL.WORD) if not word.Empty(tesserocr.RIL.WORD) else ""
        box = word.BoundingBox(tesserocr.RIL.WORD)
        if text.strip() and box:
            yield text.strip(), word.Confidence(tesserocr.RIL.WORD) / 100, box[0] - BORDER, box[2] - BORDER


def _whole(text: str, words: Sequence[_Word]) -> _Word:
    """Return a line that runs from right to left as one word: Tesseract knows in which order to say its parts."""
    confidence = sum(word[1] for word in words) / len(words)
    return " ".join(text.split()), confidence, min(word[2] for word in words), max(word[3] for word in words)


def _prepared(crop: Pixels) -> tuple[Pixels, float]:
    """Return the crop in grey at a standard line height with a white border, and by how much it was scaled."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    scale = LINE_PIXELS / grey.shape[0]
    width = max(round(grey.shape[1] * scale), 8)
    resized = cv2.resize(grey, (width, LINE_PIXELS), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    bordered = cv2.copyMakeBorder(resized, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=255)
    return cast(Pixels, np.ascontiguousarray(bordered)), scale


def _joined(words: Sequence[_Word], width: float) -> RecognisedText:
    """Return one line from its words; a word's confidence and width are shared out among its characters."""
    if not words:
        return RecognisedText("", 0.0, (0.0,), ())
    text = " ".join(word[0] for word in words)
    confidences = tuple(c for word, c, _, _ in words for c in (c,) * (len(word) + 1))[:-1]
    edges: list[float] = []
    for word, _, left, right in words:
        edges += [left + (right - left) * index / len(word) for index in range(len(word) + 1)]
    return RecognisedText(
        text, min(confidences), tuple(min(max(edge / width, 0.0), 1.0) for edge in edges), confidences
    )
