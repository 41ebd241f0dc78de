"""What the verifier reads with, part by part: there, measured, or what to install."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from verifier.errors import VerifierError
from verifier.extraction import Labels
from verifier.recognition import ppocr, tesseract
from verifier.recognition.comparator import comparator_version
from verifier.rules.catalogue import catalogue
from verifier.sandbox import Sandbox
from verifier.settings import Settings, models_folder
from verifier.store.database import Database

_PACKAGES = {"eng": "tesseract-ocr", "chi_sim": "tesseract-ocr-chi-sim", "rus": "tesseract-ocr-rus",
             "kaz": "tesseract-ocr-kaz", "ara": "tesseract-ocr-ara"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: its state, and what to do where it is not `good`; `needed` ones make the doctor fail."""

    part: str
    good: bool
    state: str
    advice: str = ""
    needed: bool = True


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield the state of every part."""
    yield _models()
    yield _tried("seal comparator", lambda: comparator_version(models_folder()))
    yield from _tesseract()
    yield _data()
    bf16 = ppocr.cpu_has_bf16()
    yield Finding("cpu", True, "bfloat16 in hardware" if bf16 else "float32 (no bfloat16)", needed=False)
    yield _sandbox()
    yield _database(settings)


def _tried(part: str, attempt: Callable[[], str]) -> Finding:
    try:
        return Finding(part, True, attempt())
    except VerifierError as error:
        return Finding(part, False, error.message, error.advice)


def _models() -> Finding:
    def attempt() -> str:
        folder = ppocr.models_folder()
        for name in ppocr.MODEL_SHA256:
            ppocr.checked_model(folder / name)
        return ppocr.engine_version()

    return _tried("first reader", attempt)


def _tesseract() -> Iterator[Finding]:
    yield (engine := _tried("second reader", tesseract.tesseract_version))
    if not engine.good:
        return
    installed = tesseract.installed_languages()
    missing = [language for language in tesseract.NEEDED_LANGUAGES if language not in installed]
    packages = " ".join(_PACKAGES[language] for language in missing)
    advice = f"apt-get install {packages}" if missing else ""
    state = f"missing: {', '.join(missing)}" if missing else ", ".join(tesseract.NEEDED_LANGUAGES)
    yield Finding("languages", not missing, state, advice)


def _data() -> Finding:
    return _tried("models folder", lambda: f"labels {Labels.load(models_folder()).version}, {len(catalogue())} checks")


def _sandbox() -> Finding:
    def attempt() -> str:
        with Sandbox() as sandbox:
            return str(sandbox.status())

    return _tried("sandbox", attempt)


def _database(settings: Settings) -> Finding:
    def attempt() -> str:
        with Database(settings.database_url).transaction():
            return "ready"

    return _tried("database", attempt)
