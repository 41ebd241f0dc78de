"""Tesseract inside the process, each language loaded once: a program start costs as much as ten crops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import tesserocr

from verifier.errors import MissingEngineError, ProcessingError
from verifier.page import Pixels
from verifier.recognition.directions import in_logical_order, in_reading_order
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


def engine_version() -> str:
    """Return "tesseract" with the version that the wheel brings."""
    return " ".join(tesserocr.tesseract_version().split()[:2])


class TesseractInProcess:
    """Tesseract with the languages that were asked for so far, one thread each."""

    def __init__(self) -> None:
        self.version = engine_version()
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


def _load(language: str, settings: dict[str, str]) -> tesserocr.PyTessBaseAPI:
    require_data(language)
    try:
        return tesserocr.PyTessBaseAPI(
            path=str(data_folder()),
            lang=language,
            psm=tesserocr.PSM.SINGLE_LINE,
            oem=tesserocr.OEM.LSTM_ONLY,
            variables=settings,
        )
    except RuntimeError as error:
        raise MissingEngineError(f"Tesseract cannot load its data for {language}") from error


def _recognised(engine: tesserocr.PyTessBaseAPI, crop: Pixels) -> RecognisedText:
    grey, scale = prepared(crop)
    height, width = grey.shape
    engine.SetImageBytes(grey.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(CROP_DPI)
    if not engine.Recognize(TIMEOUT_SECONDS * 1000):
        raise ProcessingError("Tesseract did not answer in time")
    words = in_reading_order(list(_words(engine)))
    engine.Clear()
    return joined(words, crop.shape[1] * scale)


def _words(engine: tesserocr.PyTessBaseAPI) -> Iterator[Word]:
    found = engine.GetIterator()
    if found is None:
        return
    for word in tesserocr.iterate_level(found, tesserocr.RIL.WORD):
        text = word.GetUTF8Text(tesserocr.RIL.WORD) if not word.Empty(tesserocr.RIL.WORD) else ""
        text = in_logical_order(text)
        box = word.BoundingBox(tesserocr.RIL.WORD)
        if text.strip() and box:
            yield Word(text.strip(), word.Confidence(tesserocr.RIL.WORD) / 100, box[0] - BORDER, box[2] - BORDER)
