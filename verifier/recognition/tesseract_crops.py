"""What both ways of running Tesseract share: its data, crops as it likes them, its words as one line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

import cv2
import numpy as np

from verifier.errors import MissingEngineError
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


def require_data(language: str) -> None:
    """Raise MissingEngineError where a part of `language` ("rus+kaz") has no data."""
    installed = installed_languages()
    missing = [part for part in language.split("+") if part not in installed]
    if missing:
        raise MissingEngineError(f"Tesseract has no data for {', '.join(missing)}")


class Word(NamedTuple):
    """A word of a crop: confidence in [0, 1], left and right end in pixels of the crop as prepared, border apart."""

    text: str
    confidence: float
    left: float
    right: float


def prepared(crop: Pixels) -> tuple[Pixels, float]:
    """Return the crop in grey at a standard line height with a white border, and by how much it was scaled."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    scale = LINE_PIXELS / grey.shape[0]
    width = max(round(grey.shape[1] * scale), 8)
    resized = cv2.resize(grey, (width, LINE_PIXELS), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    bordered = cv2.copyMakeBorder(resized, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=255)
    return cast(Pixels, np.ascontiguousarray(bordered)), scale


def joined(words: Sequence[Word], width: float) -> RecognisedText:
    """Return one line from its words; a word's confidence and width are shared out among its characters.

    `width` is that of the crop as prepared, its border apart.
    """
    if not words:
        return RecognisedText("", 0.0, (0.0,), ())
    text = " ".join(word.text for word in words)
    confidences = tuple(c for word, c, _, _ in words for c in (c,) * (len(word) + 1))[:-1]
    edges: list[float] = []
    for word, _, left, right in words:
        edges += [left + (right - left) * index / len(word) for index in range(len(word) + 1)]
    return RecognisedText(
        text, min(confidences), tuple(min(max(edge / width, 0.0), 1.0) for edge in edges), confidences
    )
