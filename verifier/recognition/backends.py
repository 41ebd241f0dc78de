"""What runs the first reader's models: ONNX Runtime in float32, or OpenVINO where the CPU multiplies bfloat16."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from verifier.errors import MissingEngineError

Run = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""One model: a batch in, its only output out, which the model's next run writes over."""


SHAPES_KEPT = 16
"""Prepared kernels that OpenVINO keeps for shapes it has seen: 60 MB less than its own limit of 5,000 after 16 letters,
in no more CPU time."""


class Backend(StrEnum):
    """Runtime and precision; words and confidences differ a little between them, so reports name theirs."""

    ONNXRUNTIME_F32 = "onnxruntime f32"
    OPENVINO_BF16 = "openvino bf16"


def best_backend() -> Backend:
    """Return what reads at the least cost here: bfloat16 where CPU and packages allow it, float32 otherwise."""
    if importlib.util.find_spec("openvino") is not None and cpu_has_bf16():
        return Backend.OPENVINO_BF16
    return Backend.ONNXRUNTIME_F32


def cpu_has_bf16() -> bool:
    """Return whether this CPU multiplies bfloat16 in hardware (Linux; False where it cannot be told)."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


def open_model(path: Path, backend: Backend, threads: int) -> tuple[Run, tuple[str, ...]]:
    """Return a model ready to run, and the alphabet that its file carries (empty for a detector).

    Raises MissingEngineError where the backend is not installed.
    """
    if backend is Backend.OPENVINO_BF16:
        return _openvino(path, threads), _alphabet(path)
    return _onnxruntime(path, threads)


def _onnxruntime(path: Path, threads: int) -> tuple[Run, tuple[str, ...]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # varied shapes would keep every size ever asked for
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    alphabet = session.get_modelmeta().custom_metadata_map.get("character", "")
    return (lambda batch: cast("NDArray[np.float32]", session.run(None, {name: batch})[0])), tuple(
        alphabet.splitlines()
    )


def _openvino(path: Path, threads: int) -> Run:
    try:
        import openvino
    except ImportError as error:
        raise MissingEngineError("the package openvino is not installed") from error
    settings = {
        "ENABLE_CPU_PINNING": False,  # every process pins its thread to the same core: two took 2.1 s a letter for 1.3
        "INFERENCE_NUM_THREADS": threads,
        "INFERENCE_PRECISION_HINT": "bf16",
        "PERFORMANCE_HINT": "LATENCY",
        "CPU_RUNTIME_CACHE_CAPACITY": SHAPES_KEPT,
    }
    compiled = openvino.Core().compile_model(str(path), "CPU", settings)
    # handed out twice copied, what it says of one line would cost a twentieth of reading it
    return lambda batch: cast("NDArray[np.float32]", compiled(batch, share_outputs=True)[0])


def _alphabet(path: Path) -> tuple[str, ...]:
    """Return the alphabet in a model file's metadata, which OpenVINO does not hand out."""
    return _onnxruntime(path, 1)[1]
