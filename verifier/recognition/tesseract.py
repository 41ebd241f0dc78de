"""Tesseract, the independent second reader: all crops of a document in one call."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

import cv2
import pytesseract

from verifier.errors import MissingEngineError, ProcessingError
from verifier.page import Pixels
from verifier.recognition.engine import RecognisedText

VIN_WHITELIST = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
"""GB 16735: no I, O, Q."""
LINE_PIXELS = 48
"""Height that crops are brought to: Tesseract's network works on 36 to 48."""
BORDER = 12
"""White border around a crop; without one Tesseract loses the outer characters."""
TIMEOUT_SECONDS = 60
"""For one call with all crops of a document; ordinary calls take under a second per ten crops."""
NEEDED_LANGUAGES = ("eng", "chi_sim", "rus", "kaz", "ara")


@lru_cache(maxsize=1)
def installed_languages() -> tuple[str, ...]:
    """Return the languages that Tesseract has data for; raises MissingEngineError without Tesseract."""
    try:
        return tuple(pytesseract.get_languages(config=""))
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError) as error:
        raise MissingEngineError("Tesseract does not run; install the package tesseract-ocr") from error


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The installed Tesseract, one thread a call."""

    version: str

    def read_vins(self, crops: Sequence[Pixels]) -> tuple[RecognisedText, ...]:
        """Return what stands in each crop, seen as a line of capital letters and digits."""
        return _read(
            crops,
            "eng",
            f"-c tessedit_char_whitelist={VIN_WHITELIST} -c load_system_dawg=0 -c load_freq_dawg=0",
        )

    def read_lines(self, crops: Sequence[Pixels], language: str) -> tuple[RecognisedText, ...]:
        """Return what stands in each crop, read with the data of `language` ("rus", "rus+kaz", "ara")."""
        return _read(crops, language, "")


def load_tesseract() -> Tesseract:
    """Return the second reader; raises MissingEngineError where Tesseract or its English data is absent."""
    if "eng" not in installed_languages():
        raise MissingEngineError("Tesseract has no data for eng")
    return Tesseract(tesseract_version())


@lru_cache(maxsize=1)
def tesseract_version() -> str:
    """Return "tesseract" with its version; raises MissingEngineError without Tesseract."""
    try:
        return f"tesseract {pytesseract.get_tesseract_version()}"
    except (pytesseract.TesseractNotFoundError, OSError) as error:
        raise MissingEngineError("Tesseract does not run; install the package tesseract-ocr") from error


def _read(crops: Sequence[Pixels], language: str, options: str) -> tuple[RecognisedText, ...]:
    if not crops:
        return ()
    with tempfile.TemporaryDirectory(prefix="verifier-") as folder:
        paths = [Path(folder) / f"{index}.png" for index in range(len(crops))]
        for path, crop in zip(paths, crops, strict=True):
            cv2.imwrite(str(path), _prepared(crop))
        listing = Path(folder) / "crops.txt"
        listing.write_text("\n".join(map(str, paths)), encoding="utf-8")
        table = _call(listing, language, options)
    words: list[list[tuple[str, float]]] = [[] for _ in crops]
    for page, text, confidence in zip(table["page_num"], table["text"], table["conf"], strict=True):
        if str(text).strip() and float(confidence) >= 0:
            words[int(page) - 1].append((str(text), float(confidence) / 100))
    return tuple(_joined(line) for line in words)


def _call(listing: Path, language: str, options: str) -> dict[str, list[str | float]]:
    try:
        table: dict[str, list[str | float]] = pytesseract.image_to_data(
            str(listing),
            lang=language,
            config=f"--psm 7 --dpi 300 {options}",
            output_type=pytesseract.Output.DICT,
            timeout=TIMEOUT_SECONDS,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise MissingEngineError("Tesseract does not run; install the package tesseract-ocr") from error
    except pytesseract.TesseractError as error:
        raise ProcessingError("Tesseract failed on the document's crops") from error
    except RuntimeError as error:  # pytesseract's way to report its time-out
        raise ProcessingError("Tesseract did not answer in time") from error
    return table


def _prepared(crop: Pixels) -> Pixels:
    """Return the crop in grey at a standard line height, with a white border."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    scale = LINE_PIXELS / grey.shape[0]
    width = max(round(grey.shape[1] * scale), 8)
    resized = cv2.resize(grey, (width, LINE_PIXELS), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    bordered = cv2.copyMakeBorder(resized, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT, value=255)
    return cast(Pixels, bordered)


def _joined(words: list[tuple[str, float]]) -> RecognisedText:
    """Return one line from its words; Tesseract's word confidence stands for each character of the word."""
    if not words:
        return RecognisedText("", 0.0, (0.0,), ())
    text = " ".join(word for word, _ in words)
    confidences = tuple(c for word, confidence in words for c in (confidence,) * (len(word) + 1))[:-1]
    edges = tuple(index / len(text) for index in range(len(text) + 1))
    return RecognisedText(text, min(confidences), edges, confidences)
