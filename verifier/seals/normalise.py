"""One seal cut out and brought to standard size: its rim's mid-line always lies on the same ellipse.

Round seals are made round, so that a scan stretched by a percent compares with its specimen; ovals keep
their proportion and lie with the longer axis horizontal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from verifier.page import Pixels
from verifier.seals.planes import Mask, Plane, as_plane, ink_plane, part_print
from verifier.seals.rings import Ring

SIDE = 480
"""Width and height of the normalised picture, pixels: a 40-mm seal at about 270 dpi."""
RADIUS = 216.0
"""Semi-axis of the rim's mid-line in it; the rest is margin."""
WEBP_QUALITY = 92
LARGEST_INK_BYTES = 100_000
BLOCK, LIT_PERCENTILE = 30, 90
"""Pixels of a square whose lightest tenth is paper: 2.5 mm, wider than strokes of print."""
SHADOW = 0.88
"""Light of the darkest part of a seal's paper over that of the lightest, below which a shadow lies across: 186 seals of
scans and photographs without one have 0.92 and more, one under a hand's shadow 0.84."""
DARKEST_SHADOW = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class SealPicture:
    """A normalised seal with what is ink and what is print in it."""

    pixels: Pixels
    """SIDE × SIDE RGB."""
    ink: Plane
    """Stamp ink, 0 to 1: freed of print where the capture has colour, else print included."""
    printed: Mask
    """Where black or blue print hides the ink, and what lies off the page; print is not told in a capture without
    colour."""
    aspect: float
    """Shorter over longer semi-axis; 1 for round seals."""
    enlargement: float
    """Normalised pixels per captured pixel: above 1 the capture was coarser."""
    has_colour: bool = True
    """Whether the seal was seen by its colour, so that print can be told from ink."""

    @property
    def free_ink(self) -> Plane:
        """The ink with printed places emptied."""
        return np.where(self.printed, np.float32(0), self.ink)


def normalise(pixels: Pixels, ring: Ring, *, has_colour: bool) -> SealPicture:
    """Return the seal of `ring` (in pixels of `pixels`) at standard size.

    What lies off the page is white and counts as printed: nobody knows what stands there.
    """
    shrink = max(ring.major / RADIUS / 1.5, 1.0)
    if shrink > 1.0:
        x0, y0, x1, y1 = _crop_bounds(pixels, ring)
        size = (max(int((x1 - x0) / shrink), 1), max(int((y1 - y0) / shrink), 1))
        small = cv2.resize(pixels[y0:y1, x0:x1], size, interpolation=cv2.INTER_AREA)
        pixels, ring = small.astype(np.uint8), ring.shifted(-x0, -y0).scaled(1 / shrink)
    matrix = _matrix(ring)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    normal = cv2.warpAffine(
        pixels, matrix, (SIDE, SIDE), flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255)
    )
    enlargement = RADIUS / (ring.major * shrink)
    aspect = min(ring.rx, ring.ry) / ring.major if ring.is_oval else 1.0
    off_page = _off_page(matrix, pixels.shape[1], pixels.shape[0])
    square = normal.astype(np.uint8)
    if has_colour and not off_page.any():
        square = evenly_lit(square)
    picture = picture_of(square, aspect, enlargement, has_colour=has_colour)
    return replace(picture, printed=picture.printed | off_page) if off_page.any() else picture


def evenly_lit(square: Pixels) -> Pixels:
    """Return a seal's picture with a shadow across it taken off, as it is where its paper is lit evenly.

    A shadow dims red light where there is no print; stamp ink hardly does, and print is narrow.
    """
    blocks = square[..., 0].reshape(SIDE // BLOCK, BLOCK, SIDE // BLOCK, BLOCK).swapaxes(1, 2)
    light = np.percentile(blocks.reshape(SIDE // BLOCK, SIDE // BLOCK, -1), LIT_PERCENTILE, axis=2).astype(np.float32)
    broad = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8), borderType=cv2.BORDER_REPLICATE)
    if float(broad.min()) >= SHADOW * float(broad.max()):
        return square
    narrow = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_REPLICATE)
    field = cv2.resize(as_plane(narrow / float(narrow.max())), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    field = cv2.GaussianBlur(field, (0, 0), BLOCK / 2)
    return np.clip(square / np.maximum(field, DARKEST_SHADOW)[..., None], 0, 255).astype(np.uint8)


def _off_page(matrix: Plane, width: int, height: int) -> Mask:
    """Return where the normalised picture shows nothing of the page: unknown, as under print, not paper."""
    steps = np.arange(SIDE, dtype=np.float32)
    x = matrix[0, 0] * steps[None] + matrix[0, 1] * steps[:, None] + matrix[0, 2]
    y = matrix[1, 0] * steps[None] + matrix[1, 1] * steps[:, None] + matrix[1, 2]
    off: Mask = (x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)
    return off


def picture_of(normal: Pixels, aspect: float, enlargement: float, *, has_colour: bool) -> SealPicture:
    """Return the picture of an already normalised seal."""
    ink, printed = part_print(normal) if has_colour else (ink_plane(normal), _nothing(normal))
    return SealPicture(normal, ink, printed, aspect, enlargement, has_colour)


def _nothing(normal: Pixels) -> Mask:
    return np.zeros(normal.shape[:2], np.bool_)


def encode_ink(picture: SealPicture) -> bytes:
    """Return the normalised picture as WebP, at most `LARGEST_INK_BYTES`."""
    quality = WEBP_QUALITY
    while True:
        ok, data = cv2.imencode(".webp", picture.pixels[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, quality])
        if ok and (len(data) <= LARGEST_INK_BYTES or quality <= 40):
            return data.tobytes()
        quality -= 12


def decode_ink(stored: bytes) -> Pixels | None:
    """Return the normalised RGB picture that `encode_ink` stored; None where the bytes are not one."""
    if not stored:
        return None
    decoded = cv2.imdecode(np.frombuffer(stored, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None or decoded.shape[:2] != (SIDE, SIDE):
        return None
    return np.ascontiguousarray(decoded[..., ::-1])


def _matrix(ring: Ring) -> Plane:
    """Return the 2×3 map from normalised to captured pixels."""
    cos, sin = np.cos(ring.tilt), np.sin(ring.tilt)
    rotation = np.array([[cos, -sin], [sin, cos]])
    if ring.is_oval:
        linear = rotation * (ring.rx / RADIUS)
    else:
        linear = rotation @ np.diag([ring.rx, ring.ry]) @ rotation.T / RADIUS
    middle = (SIDE - 1) / 2
    offset = np.array([ring.cx, ring.cy]) - linear @ np.array([middle, middle])
    return np.hstack([linear, offset[:, None]]).astype(np.float32)


def to_capture(ring: Ring, points: Plane) -> Plane:
    """Return normalised points, shape (n, 2), in pixels of the capture that `ring` was found in."""
    matrix = _matrix(ring)
    return (points @ matrix[:, :2].T + matrix[:, 2]).astype(np.float32)


def _crop_bounds(pixels: Pixels, ring: Ring) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = ring.bounds(margin=0.15)
    height, width = pixels.shape[:2]
    left, top = int(np.clip(x0, 0, width - 1)), int(np.clip(y0, 0, height - 1))
    return left, top, int(np.clip(x1, left + 1, width)), int(np.clip(y1, top + 1, height))
