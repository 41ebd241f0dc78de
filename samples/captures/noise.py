"""What every sensor adds."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def grain(rng: np.random.Generator, shape: tuple[int, ...], deviation: float) -> NDArray[np.float32]:
    """Return sensor noise."""
    noise = np.empty(shape, np.float32)
    cv2.setRNGSeed(int(rng.integers(1 << 30)))  # OpenCV's generator fills a page several times faster than NumPy's
    cv2.randn(noise, 0.0, deviation)
    return noise
