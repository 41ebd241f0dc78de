"""Tesseract as a program, started by pytesseract: where the in-process wheel does not exist for a machine."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import cv2
import pytesseract

from verifier.errors import MissingEngineError, ProcessingError
from verifier.page import Pixels
from verifier.recognition.directions import in_reading_order
from verifier.recognition.engine import RecognisedText
from verifier.recognition.tesseract_crops import (
    BORDER,
    CROP_DPI,
    TIMEOUT_SECONDS,
    VIN_SETTINGS,
    Word,
    data_folder,
    joined,
    prepared,
    require_data,
)

Table = dict[str, list[str | float]]
"""Tesseract's table of words: one list a column."""


def engine_version() -> str:
    """Return "tesseract" with the installed program's version; raises MissingEngineError without it."""
    try:
        return f"tesseract {pytesseract.get_tesseract_version()}"
    except (pytesseract.TesseractNotFoundError, OSError) as error:
        raise MissingEngineError("Tesseract does not run; install the package tesseract-ocr") from error


class TesseractProgram:
    """The installed program, one call for all crops of a document and language."""

    def __init__(self) -> None:
        self.version = engine_version()

    def read_vins(self, crops: Sequence[Pixels]) -> tuple[RecognisedText, ...]:
        """Return what stands in each crop, seen as a line of capital letters and digits."""
        return _read(crops, "eng", VIN_SETTINGS)

    def read_lines(self, crops: Sequence[Pixels], language: str) -> tuple[RecognisedText, ...]:
        """Return what stands in each crop, read with the data of `language` ("rus", "rus+kaz", "ara").

        Raises MissingEngineError where there is no such data, ProcessingError where a crop defeats it.
        """
        return _read(crops, language, {})


def _read(crops: Sequence[Pixels], language: str, settings: dict[str, str]) -> tuple[RecognisedText, ...]:
    if not crops:
        return ()
    require_data(language)
    widths = []
    with tempfile.TemporaryDirectory(prefix="verifier-") as folder:
        paths = [Path(folder) / f"{index}.png" for index in range(len(crops))]
        for path, crop in zip(paths, crops, strict=True):
            grey, scale = prepared(crop)
            widths.append(crop.shape[1] * scale)
            cv2.imwrite(str(path), grey)
        listing = Path(folder) / "crops.txt"
        listing.write_text("\n".join(map(str, paths)), encoding="utf-8")
        table = _called(listing, language, settings, TIMEOUT_SECONDS * len(crops))
    lines = _words_by_crop(table, len(crops))
    return tuple(joined(in_reading_order(words), width) for words, width in zip(lines, widths, strict=True))


def _called(listing: Path, language: str, settings: dict[str, str], timeout_seconds: int) -> Table:
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    try:
        table: Table = pytesseract.image_to_data(
            str(listing),
            lang=language,
            config=f'--tessdata-dir "{data_folder()}" --psm 7 --oem 1 --dpi {CROP_DPI} {options}',
            output_type=pytesseract.Output.DICT,
            timeout=timeout_seconds,
        )
    except pytesseract.TesseractNotFoundError as error:
        raise MissingEngineError("Tesseract does not run; install the package tesseract-ocr") from error
    except pytesseract.TesseractError as error:
        raise ProcessingError("Tesseract failed on the document's crops") from error
    except RuntimeError as error:  # pytesseract's way to report its time-out
        raise ProcessingError("Tesseract did not answer in time") from error
    return table


def _words_by_crop(table: Table, crops: int) -> list[list[Word]]:
    found: list[list[Word]] = [[] for _ in range(crops)]
    columns = (table[name] for name in ("page_num", "text", "conf", "left", "width"))
    for page, text, confidence, left, width in zip(*columns, strict=True):
        if str(text).strip() and float(confidence) >= 0:
            start = float(left) - BORDER
            found[int(page) - 1].append(Word(str(text).strip(), float(confidence) / 100, start, start + float(width)))
    return found
