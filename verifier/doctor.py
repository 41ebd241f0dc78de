"""What the verifier reads with, part by part: there, measured, or what to install."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from verifier.errors import VerifierError
from verifier.extraction import Labels
from verifier.recognition import ppocr, tesseract
from verifier.recognition.backends import Backend, best_backend, cpu_has_bf16
from verifier.recognition.comparator import comparator_version
from verifier.recognition.overprint import overprint_version
from verifier.rules.catalogue import catalogue
from verifier.sandbox import Sandbox
from verifier.settings import Settings, chosen_backend, models_folder, official_mode
from verifier.store.database import Database

_PACKAGES = {"eng": "tesseract-ocr"}
"""Debian's packages with data; those of other languages are named after them."""

_WALLS = "Linux 5.13 or later with Landlock, and the package libseccomp2; in a container also its default profile"


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
    yield _tried("overprint reader", lambda: overprint_version(models_folder()))
    yield _tried("seal comparator", lambda: comparator_version(models_folder()))
    yield from _tesseract()
    yield _data()
    yield _processor()
    yield from _sandbox()
    yield _database(settings)


def _processor() -> Finding:
    if not cpu_has_bf16():
        return Finding("cpu", True, "float32 (no bfloat16)", needed=False)
    used = best_backend() is Backend.OPENVINO_BF16
    advice = "" if used else "pip install 'verifier[openvino]': pages then cost a third"
    return Finding("cpu", used, "bfloat16 in hardware", advice, needed=False)


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
        return ppocr.engine_version(chosen_backend() or best_backend())

    return _tried("first reader", attempt)


def _tesseract() -> Iterator[Finding]:
    yield (engine := _tried("second reader", tesseract.tesseract_version))
    if not engine.good:
        return
    installed = tesseract.installed_languages()
    missing = [language for language in tesseract.NEEDED_LANGUAGES if language not in installed]
    packages = " ".join(_PACKAGES.get(language, f"tesseract-ocr-{language}") for language in missing)
    advice = f"apt-get install {packages}" if missing else ""
    state = f"missing: {', '.join(missing)}" if missing else ", ".join(tesseract.NEEDED_LANGUAGES)
    yield Finding("languages", not missing, state, advice)


def _data() -> Finding:
    return _tried("models folder", lambda: f"labels {Labels.load(models_folder()).version}, {len(catalogue())} checks")


def _sandbox() -> Iterator[Finding]:
    """Yield the self-test's result, needed in official mode, and what this system does not offer."""
    try:
        needed = official_mode()
        with Sandbox() as sandbox:
            status = sandbox.status()
    except VerifierError as error:
        yield Finding("sandbox", False, error.message, error.advice)
        return
    state = f"denied: {', '.join(status.denied) or 'nothing'}"
    if status.allowed:
        state += f"; allowed: {', '.join(status.allowed)}"
    yield Finding("sandbox", status.isolated, state, _WALLS, needed=needed or not status.running)
    for note in status.notes:
        yield Finding("sandbox", False, note, _WALLS, needed=False)
    yield Finding("official mode", True, "on" if needed else "off (VERIFIER_OFFICIAL=1 insists on a complete sandbox)")


def _database(settings: Settings) -> Finding:
    def attempt() -> str:
        with Database(settings.database_url, blobs=settings.blobs).transaction():
            return "ready"

    return _tried("database", attempt)
