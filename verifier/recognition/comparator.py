"""Says whether two tiles of seals show the same character: a small model of this project's own, under ONNX Runtime."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from verifier.recognition.measured import measured_model

MODEL = "seal_comparator.onnx"
MODEL_SHA256 = "ebdf688db23596f48fbaaaddcfb56a3e02889971d13341c6d83613bc9e8bda38"
"""The file that every figure of this project was measured with."""


class CharacterComparator(Protocol):
    """Judges pairs of tiles."""

    def compare(self, pairs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how surely each pair differs, as logits, shape (count,); pairs have shape (count, 4, 64, 64)."""
        ...


@dataclass(frozen=True, slots=True)
class OnnxComparator:
    """The model of models/seal_comparator.onnx."""

    run: Callable[[NDArray[np.float32]], NDArray[np.float32]]
    version: str
    """The beginning of the model's digest: a comparison must be repeated where it changed."""

    def compare(self, pairs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how surely each pair differs, as logits, shape (count,)."""
        return self.run(pairs) if len(pairs) else np.zeros(0, np.float32)


def load_comparator(folder: Path) -> OnnxComparator:
    """Return the comparator of a models folder; raises MissingEngineError where its file is absent or another."""
    import onnxruntime

    version = comparator_version(folder)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = 1, 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return OnnxComparator(lambda pairs: cast("NDArray[np.float32]", session.run(None, {name: pairs})[0]), version)


def comparator_version(folder: Path) -> str:
    """Return name and digest of the model; raises MissingEngineError where it is not the one that was measured."""
    measured_model(folder / MODEL, MODEL_SHA256)
    return f"seal-comparator {MODEL_SHA256[:8]}"
