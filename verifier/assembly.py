"""Builds a Verifier from what is installed: the one place where engines, models and data meet."""

from __future__ import annotations

import hashlib
import os

import cv2

from verifier import __version__
from verifier.extraction import Labels
from verifier.integrity import TRACES_VERSION
from verifier.pipeline import Verifier
from verifier.reading.reader import Reader
from verifier.recognition.backends import best_backend
from verifier.recognition.comparator import comparator_version, load_comparator
from verifier.recognition.overprint import load_overprint_reader, overprint_version
from verifier.recognition.ppocr import engine_version, load_ppocr
from verifier.recognition.tesseract import load_tesseract, tesseract_version
from verifier.record import Registry
from verifier.sandbox import Sandbox
from verifier.seals.examiner import SealExaminer
from verifier.settings import chosen_backend, models_folder, official_mode, trust_anchors

THREADS_ALONE = 2
"""Threads that read where somebody waits: letters of one page take 0.98 s with them, 1.33 s with one; where both cores
are taken they cost 5 % more CPU time and no letter waits longer."""


def build_verifier(registry: Registry, sandbox: Sandbox, *, threads: int = 1) -> Verifier:
    """Return a verifier that opens documents in `sandbox`, and reads each line with `threads` threads: what it reads
    does not depend on how many.

    Raises MissingEngineError where something it reads with is absent, ConfigurationError where the setting
    VERIFIER_BACKEND names no backend.
    """
    cv2.setNumThreads(1)
    # Tesseract's own threads spin: one call with six crops took 1.1 CPU seconds with them, 0.3 without
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    backend, folder = chosen_backend() or best_backend(), models_folder()
    engine, overprint_reader = load_ppocr(threads, backend), load_overprint_reader(folder, threads, backend)
    version = f"{engine.version}; {overprint_version(folder)}"
    return Verifier(
        open=sandbox.open,
        reader=Reader(engine.detector, engine.recogniser, overprint_reader, load_tesseract(), version),
        labels=Labels.load(folder),
        seals=SealExaminer(overprint_reader, registry, load_comparator(folder)),
        registry=registry,
    )


def threads_alone() -> int:
    """Return with how many threads to read a document for which somebody waits, rather than one of many."""
    return min(len(os.sched_getaffinity(0)), THREADS_ALONE)


def open_sandbox() -> Sandbox:
    """Return a sandbox that trusts signatures, and is as strict, as configured; raises ConfigurationError."""
    return Sandbox(trust_anchors=trust_anchors(), official=official_mode())


def refuse_open_walls() -> None:
    """Raise UnsafeSandboxError where official mode is set and the sandbox's self-test was not denied everything."""
    if official_mode():
        with open_sandbox() as sandbox:
            sandbox.status()


def made_with(registry: Registry) -> str:
    """Return a digest of all that an examination depends on: engines, models, labels, seal registry, version."""
    labels = Labels.load(models_folder()).version
    reading = engine_version(chosen_backend() or best_backend())
    folder = models_folder()
    engines = (reading, overprint_version(folder), tesseract_version(), comparator_version(folder))
    parts = (__version__, *engines, labels, registry.registry_version, TRACES_VERSION)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
