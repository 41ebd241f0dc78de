"""Turning and straightening a page, judged from where the detector saw text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Page, Pixels
from verifier.reading.sheet import FlatSheet
from verifier.recognition.engine import DetectedText

VERTICAL_RATIO = 1.5
"""A run of text this much taller than wide speaks for a page lying on its side."""
LONG_RATIO = 4.0
"""Only runs this much longer than high tell the skew."""
SMALLEST_SKEW_DEGREES = 0.12
"""Over 100 mm of text 0.12° is 0.2 mm: straightening would only blur."""
LARGEST_SKEW_DEGREES = 15.0
"""More than this is no skew but a misjudged set of boxes."""

QUARTER_TURN = np.array([[0.0, -1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
"""Takes fractions (x, y) of a page to those on the page turned clockwise by 90 degrees: (1 - y, x)."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Straightened:
    """A page made upright: its pixels, the turn, and how its fractions lead back to the turned page."""

    pixels: Pixels
    homography: tuple[float, ...] | None
    to_upright: Matrix
    """(2, 3) affine matrix from pixels of the turned page to pixels of the upright one."""


def lies_on_its_side(found: Sequence[DetectedText]) -> bool:
    """Return whether most text, weighed by length, runs vertically."""
    vertical = horizontal = 0.0
    for text in found:
        width, height = np.ptp(text.corners, axis=0)
        if height > VERTICAL_RATIO * width:
            vertical += height
        elif width > VERTICAL_RATIO * height:
            horizontal += width
    return vertical > horizontal


def skew_of(found: Sequence[DetectedText]) -> float:
    """Return the clockwise angle of the text lines in degrees, 0.0 where nothing tells."""
    angles, weights = [], []
    for text in found:
        top_left, top_right, bottom_right, bottom_left = text.corners
        along = (top_right - top_left + bottom_right - bottom_left) / 2
        length, height = float(np.hypot(*along)), float(np.hypot(*(bottom_left - top_left)))
        if length >= LONG_RATIO * height > 0:
            angles.append(math.degrees(math.atan2(along[1], along[0])))
            weights.append(length)
    return _weighted_median(angles, weights) if angles else 0.0


def straighten(pixels: Pixels, skew_degrees: float) -> Straightened:
    """Return the page turned back by `skew_degrees`, on a canvas large enough to lose nothing."""
    height, width = pixels.shape[:2]
    if not SMALLEST_SKEW_DEGREES <= abs(skew_degrees) <= LARGEST_SKEW_DEGREES:
        return Straightened(pixels, None, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew_degrees, 1.0).astype(np.float64)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = round(height * sine + width * cosine), round(height * cosine + width * sine)
    matrix[:, 2] += (new_width - width) / 2, (new_height - height) / 2
    upright = cv2.warpAffine(
        pixels, matrix, (new_width, new_height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)
    )
    return Straightened(cast(Pixels, upright), _homography(matrix, (width, height), (new_width, new_height)), matrix)


def _homography(matrix: Matrix, old: tuple[int, int], new: tuple[int, int]) -> tuple[float, ...]:
    """Return the 3×3 matrix, row by row, from fractions of the upright page to those of the turned one."""
    forward = np.vstack([matrix, [0.0, 0.0, 1.0]])
    back = np.diag([1 / old[0], 1 / old[1], 1.0]) @ np.linalg.inv(forward) @ np.diag([*map(float, new), 1.0])
    return tuple(float(value) for value in back.ravel())


def through_photo(
    straight: Straightened, rotation: int, flat: FlatSheet | None, photo: Pixels
) -> tuple[float, ...] | None:
    """Return how fractions of the upright page lead to those of the turned file page, a photo's sheet undone too.

    `flat` was cut out of `photo` first, turned clockwise by `rotation` degrees then, straightened last.
    """
    if flat is None:
        return straight.homography
    (height, width), (tall, wide) = flat.pixels.shape[:2], photo.shape[:2]
    to_photo = np.diag([1 / wide, 1 / tall, 1.0]) @ flat.to_photo @ np.diag([float(width), float(height), 1.0])
    turn = np.linalg.matrix_power(QUARTER_TURN, rotation // 90)
    last = np.eye(3) if straight.homography is None else np.array(straight.homography).reshape(3, 3)
    whole = turn @ to_photo @ np.linalg.inv(turn) @ last
    return tuple(float(value) for value in (whole / whole[2, 2]).ravel())


def upright_picture(pixels: Pixels, page: Page) -> Pixels:
    """Return a page of the file, shape (height, width, 3), as boxes refer to it: turned and straightened.

    `pixels` are the page as opened; the result is the picture that the page was read from.
    """
    turned = np.ascontiguousarray(np.rot90(pixels, -(page.rotation // 90)))
    if page.homography is None:
        return turned
    old_height, old_width = turned.shape[:2]
    width, height = (round(mm / 25.4 * page.dpi) for mm in (page.width_mm, page.height_mm))
    back = np.diag([old_width, old_height, 1.0]) @ np.array(page.homography).reshape(3, 3)
    matrix = back @ np.diag([1 / width, 1 / height, 1.0])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cast(Pixels, cv2.warpPerspective(turned, matrix, (width, height), flags=flags, borderValue=(255, 255, 255)))


def moved(found: Sequence[DetectedText], to_upright: Matrix) -> tuple[DetectedText, ...]:
    """Return the detected runs in pixels of the upright page."""
    return tuple(DetectedText(text.corners @ to_upright[:, :2].T + to_upright[:, 2], text.score) for text in found)


def _weighted_median(values: list[float], weights: list[float]) -> float:
    order = np.argsort(values)
    cumulated = np.cumsum(np.array(weights)[order])
    return float(np.array(values)[order][np.searchsorted(cumulated, cumulated[-1] / 2)])
