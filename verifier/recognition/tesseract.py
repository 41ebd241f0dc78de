"""Tesseract, the independent second reader: in the process where that can be, else as a program."""

from __future__ import annotations

import importlib.util

from verifier.recognition.engine import SecondReader
from verifier.recognition.tesseract_crops import NEEDED_LANGUAGES, data_folder, installed_languages

__all__ = ["NEEDED_LANGUAGES", "installed_languages", "load_tesseract", "tesseract_version"]


def load_tesseract() -> SecondReader:
    """Return the second reader; raises MissingEngineError where Tesseract or the data that VINs need is absent."""
    data_folder()
    if _runs_in_process():
        from verifier.recognition.tesseract_inprocess import TesseractInProcess

        return TesseractInProcess()
    from verifier.recognition.tesseract_program import TesseractProgram

    return TesseractProgram()


def tesseract_version() -> str:
    """Return "tesseract" with the version that would read; raises MissingEngineError without any."""
    if _runs_in_process():
        from verifier.recognition.tesseract_inprocess import engine_version
    else:
        from verifier.recognition.tesseract_program import engine_version
    return engine_version()


def _runs_in_process() -> bool:
    """Return whether the wheel with Tesseract inside is installed: it is not made for every machine."""
    return importlib.util.find_spec("tesserocr") is not None
