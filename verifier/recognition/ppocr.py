"""PP-OCRv6 small, the first reader: its detection and recognition models under ONNX Runtime or OpenVINO.

The models come in the wheel of `rapidocr` (Apache-2.0), which is never imported; each file's hash is checked.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.errors import MissingEngineError
from verifier.page import Pixels
from verifier.recognition.backends import Backend, Run, open_model
from verifier.recognition.engine import DetectedText, RecognisedText
from verifier.recognition.measured import measured_model

DETECTION_MODEL = "PP-OCRv6_det_small.onnx"
RECOGNITION_MODEL = "PP-OCRv6_rec_small.onnx"
MODEL_SHA256 = {
    DETECTION_MODEL: "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    RECOGNITION_MODEL: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
}
"""The files in rapidocr 3.10.0 that every figure of this project was measured with."""

DETECTION_SIDE = 768
"""Longer side of the picture given to the detector: on 36 letters it found 488 of 513 values, 960 found 486 for
0.28 CPU seconds a page more."""
FINE_SIDE = 1280
"""Longer side of a second look, where the first one shows text too small for it."""
SMALLEST_TEXT = 10.0
"""Median height of the boxes, in the detector's pixels, under which it needs that look: 7-point print on A4."""
ZONE_STEP = 64
"""Parts of pages are padded to multiples of this: OpenVINO builds its kernels anew for every shape."""
DETECTION_STEP = 32
"""The detector needs sides that are multiples of this."""
TEXT_PROBABILITY = 0.3
"""Pixel threshold of the detector's map, as published with the model."""
BOX_PROBABILITY = 0.5
"""Mean probability inside a box, as published with the model."""
UNCLIP_RATIO = 1.6
"""The detector draws text shrunk; boxes grow by area × ratio ÷ perimeter, as published with the model."""
SMALLEST_SIDE = 3
"""Boxes thinner than this on the detector's map are specks."""
MOST_BOXES = 2000
"""A page of a letter has some hundred; this bounds the cost of a hostile one."""

LINE_HEIGHT = 48
"""Height of the recogniser's input."""
Buckets = tuple[tuple[int, int], ...]
WIDTH_BUCKETS: Buckets = ((0, 32), (384, 64), (1280, 160))
"""From which width on crops are padded to multiples of what: 38 shapes in all. OpenVINO builds its kernels anew for
every shape, which on a worker's first pages cost as much as reading them."""
SMALLEST_WIDTH, LARGEST_WIDTH = 64, 3200
"""Width limits of the recogniser's input; a longer line is squeezed."""


@dataclass(frozen=True, slots=True)
class PpOcr:
    """The loaded pair of models."""

    detector: PpOcrDetector
    recogniser: PpOcrRecogniser
    version: str


def load_ppocr(threads: int = 1, backend: Backend = Backend.ONNXRUNTIME_F32) -> PpOcr:
    """Return the models, loaded with a backend; raises MissingEngineError where it or a measured model is absent."""
    folder = models_folder()
    detection, _ = open_model(checked_model(folder / DETECTION_MODEL), backend, threads)
    recognition, alphabet = open_model(checked_model(folder / RECOGNITION_MODEL), backend, threads)
    return PpOcr(PpOcrDetector(detection), PpOcrRecogniser(recognition, alphabet), engine_version(backend))


def engine_version(backend: Backend) -> str:
    """Return backend, precision and model hash of what `load_ppocr` loads, without loading it."""
    return f"ppocrv6-small {backend} {MODEL_SHA256[RECOGNITION_MODEL][:8]}"


def models_folder() -> Path:
    """Return the folder of the model files inside the installed rapidocr wheel."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or not found.submodule_search_locations:
        raise MissingEngineError("the package rapidocr, which carries the models, is not installed")
    return Path(found.submodule_search_locations[0]) / "models"


def checked_model(path: Path) -> Path:
    """Return `path` if it is the model file that was measured, else raise MissingEngineError."""
    return measured_model(path, MODEL_SHA256[path.name])


class PpOcrDetector:
    """Finds runs of text with a differentiable-binarisation model (Liao et al., AAAI 2020)."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def detect(self, image: Pixels) -> tuple[DetectedText, ...]:
        """Return the runs of text of an RGB image, in no particular order."""
        grey = np.ascontiguousarray(image[:, :, 0])  # readers see one plane, three times over
        found = self._detect_at(grey, DETECTION_SIDE)
        if max(grey.shape) > DETECTION_SIDE and _median_height(found) * DETECTION_SIDE < SMALLEST_TEXT * max(
            grey.shape
        ):
            found = self._detect_at(grey, FINE_SIDE)
        return found

    def detect_within(self, image: Pixels, zone: tuple[int, int, int, int]) -> tuple[DetectedText, ...]:
        """Return the runs of text in a part of an RGB image, looked at as finely as `FINE_SIDE` shows a whole one."""
        x0, y0, x1, y1 = zone
        scale = min(FINE_SIDE / max(image.shape[:2]), 1.0)
        size = max(round((x1 - x0) * scale), 1), max(round((y1 - y0) * scale), 1)
        part = np.ascontiguousarray(image[y0:y1, x0:x1, 0])
        small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
        right, below = (-side % ZONE_STEP for side in size)
        padded = cv2.copyMakeBorder(small, 0, below, 0, right, cv2.BORDER_REPLICATE)
        to_image = np.array([(x1 - x0) / size[0], (y1 - y0) / size[1]])
        return tuple(
            DetectedText(corners * to_image + (x0, y0), score) for corners, score in self._boxes(cast(Pixels, padded))
        )

    def _detect_at(self, grey: Pixels, side: int) -> tuple[DetectedText, ...]:
        height, width = grey.shape[:2]
        scale = min(side / max(height, width), 1.0)
        size = tuple(max(DETECTION_STEP, round(s * scale / DETECTION_STEP) * DETECTION_STEP) for s in (width, height))
        small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        to_image = np.array([width / size[0], height / size[1]])
        return tuple(DetectedText(corners * to_image, score) for corners, score in self._boxes(cast(Pixels, small)))

    def _boxes(self, grey: Pixels) -> list[tuple[NDArray[np.float64], float]]:
        """Return (corners, score) of the runs of a picture whose sides suit the model, in its pixels."""
        rgb = cast(Pixels, cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB))
        return _boxes_of(self._run(_as_input(rgb)[None])[0, 0])


def _median_height(found: Sequence[DetectedText]) -> float:
    """Return the median of the shorter sides of the runs in pixels, infinite where there is none."""
    sides = [float(np.hypot(*(text.corners[3] - text.corners[0]))) for text in found]
    across = [float(np.hypot(*(text.corners[1] - text.corners[0]))) for text in found]
    return float(np.median(np.minimum(sides, across))) if found else float("inf")


class PpOcrRecogniser:
    """Reads single lines with a CTC model (Graves et al., ICML 2006)."""

    def __init__(self, run: Run, alphabet: tuple[str, ...], buckets: Buckets = WIDTH_BUCKETS) -> None:
        self._run = run
        self._alphabet = ("", *alphabet, " ")
        self._buckets = buckets

    def recognise(self, crops: Sequence[Pixels], *, width_scale: float = 1.0) -> tuple[RecognisedText, ...]:
        """Return the text of each upright RGB crop, in their order; one crop a call: none moves another.

        Crops of one padded width are read one after the other: going to another width costs OpenVINO 4 CPU
        milliseconds, as much as reading two characters.
        """
        widths = [_used_width(crop, width_scale) for crop in crops]
        by_width = sorted(range(len(crops)), key=widths.__getitem__)
        read = {index: self._recognise_one(crops[index], widths[index]) for index in by_width}
        return tuple(read[index] for index in range(len(crops)))

    def _recognise_one(self, crop: Pixels, used: int) -> RecognisedText:
        """Return the text of a crop brought to `used` columns."""
        height = crop.shape[0]
        padded = padded_width(used, self._buckets)
        batch = np.zeros((1, 3, LINE_HEIGHT, padded), dtype=np.float32)
        shrinking = cv2.INTER_AREA if height > LINE_HEIGHT else cv2.INTER_LINEAR
        plane = np.ascontiguousarray(crop[:, :, :1]) if crop.strides[2] == 0 else crop  # one plane three times over
        resized = cv2.resize(plane, (used, LINE_HEIGHT), interpolation=shrinking).reshape(LINE_HEIGHT, used, -1)
        batch[0, :, :, :used] = _as_input(cast(Pixels, resized))
        return self._decode(self._run(batch)[0], used / padded)

    def _decode(self, probabilities: NDArray[np.float32], used_share: float) -> RecognisedText:
        """Best-path decoding; a character's place is the middle of its run of time steps."""
        best = probabilities.argmax(axis=1)
        certainty = probabilities[np.arange(len(best)), best]
        starts = np.flatnonzero(np.r_[True, best[1:] != best[:-1]])
        stops = np.r_[starts[1:], len(best)]
        runs = [(a, b) for a, b in zip(starts, stops, strict=True) if best[a]]
        if not runs:
            return RecognisedText("", 0.0, (0.0,), ())
        confidences = tuple(float(certainty[a:b].max()) for a, b in runs)
        centres = [float(a + b) / 2 / (len(best) * used_share) for a, b in runs]
        text = "".join(self._alphabet[best[a]] for a, _ in runs)
        sure = min((c for c, character in zip(confidences, text, strict=True) if character != " "), default=0.0)
        return RecognisedText(text, sure, _edges(centres), confidences, tuple(centres))


def _used_width(crop: Pixels, width_scale: float) -> int:
    """Return to how many columns a crop is brought for the recogniser."""
    height, width = crop.shape[:2]
    wanted = round(LINE_HEIGHT * int(width) / int(height) * width_scale)
    return min(max(wanted, LINE_HEIGHT // 4), LARGEST_WIDTH)


def padded_width(width: int, buckets: Buckets = WIDTH_BUCKETS) -> int:
    """Return the width of the recogniser's input for a crop of `width` columns.

    >>> [padded_width(width) for width in (5, 70, 400, 1300, 3200)]
    [64, 96, 448, 1440, 3200]
    """
    step = max((floor, step) for floor, step in buckets if width > floor)[1]
    return max(SMALLEST_WIDTH, -(-width // step) * step)


def _edges(centres: list[float]) -> tuple[float, ...]:
    """Return the borders half-way between character centres, in [0, 1]."""
    inner = [(a + b) / 2 for a, b in pairwise(centres)]
    half = (centres[-1] - centres[0]) / (2 * (len(centres) - 1)) if len(centres) > 1 else 0.5
    outer = (max(centres[0] - half, 0.0), min(centres[-1] + half, 1.0))
    return (outer[0], *inner, max(outer[1], inner[-1] if inner else 0.0))


def _as_input(image: Pixels) -> NDArray[np.float32]:
    """Return an RGB image as the (3, height, width) BGR planes in [-1, 1] that both models expect."""
    planes = image[:, :, ::-1].transpose(2, 0, 1).astype(np.float32)
    return cast(NDArray[np.float32], np.ascontiguousarray(planes / np.float32(127.5) - np.float32(1.0)))


def _boxes_of(probability: NDArray[np.float32]) -> list[tuple[NDArray[np.float64], float]]:
    """Return (corners, score) of the text regions of a probability map, in its own pixels."""
    mask = cv2.dilate((probability > TEXT_PROBABILITY).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes = []
    for contour in contours[:MOST_BOXES]:
        centre, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < SMALLEST_SIDE:
            continue
        score = _mean_inside(probability, _corners(centre, width, height, angle))
        if score < BOX_PROBABILITY:
            continue
        grow = 2 * (width * height * UNCLIP_RATIO / (2 * (width + height)))
        boxes.append((_upright_order(_corners(centre, width + grow, height + grow, angle)), score))
    return boxes


def _corners(centre: Sequence[float], width: float, height: float, angle: float) -> NDArray[np.float64]:
    return cv2.boxPoints((centre, (width, height), angle)).astype(np.float64)


def _mean_inside(probability: NDArray[np.float32], corners: NDArray[np.float64]) -> float:
    """Return the mean probability inside a rotated rectangle."""
    x0, y0 = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    x1, y1 = np.ceil(corners.max(axis=0)).astype(int) + 1
    part = probability[y0:y1, x0:x1]
    if part.size == 0:
        return 0.0
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(inside, [(corners - (x0, y0)).astype(np.int32)], 1)
    return float(cv2.mean(part, inside)[0])


def _upright_order(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the corners clockwise from the top-left one of the nearest upright reading."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]])
