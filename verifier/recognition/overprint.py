"""Reads lines that a pen, a seal or a rule crosses, and the arcs of seals: PP-OCRv6's recogniser, trained on with them.

The weights are this project's own (models/overprint_reader.md); alphabet and graph are PP-OCRv6's (Apache-2.0).
"""

from __future__ import annotations

from pathlib import Path

from verifier.recognition.backends import Backend, open_model
from verifier.recognition.measured import measured_model
from verifier.recognition.ppocr import Buckets, PpOcrRecogniser

WIDTH_BUCKETS: Buckets = ((0, 256), (1024, 1088))
"""Six widths in all: it reads a few lines a page, for which more kernels would cost more than wider padding does."""
MODEL = "overprint_reader.onnx"
MODEL_SHA256 = "28c79c4f21c6fad8502bbb692ed639d6a50a43a225a953bef1f3ea7a26c6148f"
"""The file that every figure of this project was measured with."""


def load_overprint_reader(
    folder: Path, threads: int = 1, backend: Backend = Backend.ONNXRUNTIME_F32
) -> PpOcrRecogniser:
    """Return the reader of a models folder; raises MissingEngineError where its file is absent or another."""
    run, alphabet = open_model(measured_model(folder / MODEL, MODEL_SHA256), backend, threads)
    return PpOcrRecogniser(run, alphabet, WIDTH_BUCKETS)


def overprint_version(folder: Path) -> str:
    """Return name and digest of the model; raises MissingEngineError where it is not the one that was measured."""
    measured_model(folder / MODEL, MODEL_SHA256)
    return f"overprint-reader {MODEL_SHA256[:8]}"
