"""The perceptual key of a seal: a turned, recompressed copy is found among other impressions of the same design."""

from __future__ import annotations

import cv2
import numpy as np

from verifier.seals.prints import PRINT_BYTES, PrintShelf, print_of

SIDE = 480


def impression(seed: int, turn: float = 0.0, quality: int = 92) -> bytes:
    """Return a stored seal: one carved design, inked anew for every seed, turned by `turn` degrees."""
    chance = np.random.default_rng(seed)
    carved = np.zeros((SIDE, SIDE), np.float32)
    cv2.circle(carved, (240, 240), 216, 1.0, 14)
    for angle in range(0, 360, 24):
        x, y = (int(240 + 165 * f(np.radians(angle))) for f in (np.cos, np.sin))
        cv2.rectangle(carved, (x - 18, y - 18), (x + 18, y + 18), 1.0, 9)
    cv2.circle(carved, (240, 240), 55, 1.0, -1)
    grain = cv2.GaussianBlur(chance.standard_normal((SIDE, SIDE)).astype(np.float32), (0, 0), 3.0)
    ink = np.clip(carved * (0.75 + 2.5 * grain), 0, 1)
    middle = (SIDE - 1) / 2
    ink = cv2.warpAffine(ink, cv2.getRotationMatrix2D((middle, middle), turn, 1.0), (SIDE, SIDE))
    pixels = np.full((SIDE, SIDE, 3), 255, np.float32)
    pixels[..., 1] -= 200 * ink
    pixels[..., 2] -= 200 * ink
    ok, data = cv2.imencode(".webp", pixels.astype(np.uint8)[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, quality])
    assert ok
    return bytes(data)


def test_copy_is_found_among_other_impressions() -> None:
    prints = [print_of(impression(seed)) for seed in range(12)]
    prints.append(print_of(impression(3, turn=37.0, quality=60)))
    shelf = PrintShelf.of([p for p in prints if p is not None], [40.0] * 13)
    assert shelf.find(12, 0.06) == (3,)
    assert shelf.find(3, 0.06) == (12,)
    assert shelf.find(5, 0.06) == ()


def test_other_diameter_is_no_copy() -> None:
    prints = [print_of(impression(1)), print_of(impression(1, turn=5.0))]
    shelf = PrintShelf.of([p for p in prints if p is not None], [40.0, 30.0])
    assert shelf.find(0, 0.06) == ()


def test_nothing_without_ink() -> None:
    assert print_of(b"") is None
    assert print_of(b"no picture") is None
    assert len(print_of(impression(1)) or b"") == PRINT_BYTES
