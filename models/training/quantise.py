"""Writes models/seal_comparator_int8.onnx from the f32 model and says what the smaller numbers cost.

Run: python -m models.training.quantise --tiles tiles/1-0.npz
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

from models.training.train_comparator import OUT, as_input

CALIBRATED_ON, CHECKED_ON, BATCH = 2048, 4096, 128


class Reader(CalibrationDataReader):
    """Feeds stored pairs to the calibration."""

    def __init__(self, pairs: np.ndarray) -> None:
        self._batches: Iterator[np.ndarray] = iter(np.array_split(pairs, max(len(pairs) // BATCH, 1)))

    def get_next(self) -> dict[str, np.ndarray] | None:
        """Return the next batch, None at the end."""
        batch = next(self._batches, None)
        return None if batch is None else {"pairs": as_input(batch, None).numpy()}


def main() -> None:
    """Quantise and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiles", type=Path, required=True)
    given = parser.parse_args()
    stored = np.load(given.tiles)
    pairs, labels = stored["pairs"], stored["labels"]
    small = OUT.with_name("seal_comparator_int8.onnx")
    quantize_static(
        str(OUT), str(small), Reader(pairs[-CALIBRATED_ON:]), quant_format=QuantFormat.QDQ, per_channel=True,
        activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
    )  # fmt: skip
    own, other = (_logits(path, pairs[:CHECKED_ON]) for path in (OUT, small))
    wrong = [float(np.mean((logits > 0) != labels[:CHECKED_ON])) for logits in (own, other)]
    sys.stderr.write(f"wrong f32 {wrong[0]:.4f} int8 {wrong[1]:.4f}, logits apart {np.abs(own - other).mean():.3f}\n")


def _logits(path: Path, pairs: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    parts = [pairs[i : i + BATCH] for i in range(0, len(pairs), BATCH)]
    return np.concatenate([session.run(None, {"pairs": as_input(part, None).numpy()})[0] for part in parts])


if __name__ == "__main__":
    main()
