"""What stamps in colour, watermarks and slanted marks say: coloured ink is cleared before print is read, pale ink is
not seen beside it, and lines are read level.

A mark is no line of the letter: it lies over it, and says something of it as a whole (作废, SAMPLE).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Line, Pixels
from verifier.reading.ink import LOOK_STEP, spread_of, three_times
from verifier.reading.lines import as_line, crop_box
from verifier.reading.pale import PALE_DPI, pale_plane
from verifier.reading.spaced import spaced_words
from verifier.recognition.engine import DetectedText, RecognisedText, TextDetector, TextRecogniser

COLOURED = 60
"""Difference between the channels of a pixel of a stamp's ink; fringes of black print stay below."""
JOINED_MM = 4.0
"""Parts of one stamp lie nearer to each other than this."""
SIDES_MM = 5.0, 150.0
"""The least lower and the largest longer side of a stamp: rules are lower, coloured paper is larger."""
SEAL_MM, SEAL_FILL = 30.0, 0.84
"""Round and oval ink of this size is a seal, which is looked at for itself: its hull fills less of its smallest
rectangle (a circle 0.79) than the hull of a stamp's words or frame."""
MOST_STAMPS = 4
"""Stamps of a page that are read, the largest first."""
READING_DPI = 150.0
"""A stamp's characters are 5 to 20 mm high: 30 pixels and more."""
STRENGTH = 2.5
"""How much darker than its colour difference ink is drawn for the reader."""
SLANTED = 6.0
"""Degrees from which a run of text is slanted: the page itself has been straightened to a tenth of one."""
ACROSS = 15.0
"""Degrees from which a mark is no line of the letter: its box takes in much of the page, and nothing is read of it
level."""
LONGEST_SHARE = 0.5
"""Share of the page's width that a run may have that is called slanted: a long line that a photograph bends is none."""
LEAST_MARK_MM = 5.0
"""Height of what a slanted mark writes; signatures are read in vain, but rarely."""
READABLE = 0.6
"""Least confidence of a mark that counts as read."""
UNSURE_WORD = 0.5, 0.9
"""Confidence between which pale ink is a word that print may have broken; what shows through from the back, shading and
smears are read with less (14 of 16 runs of 25 genuine pages), a word that nothing crosses with more."""
PALE_LOOK_DPI = 40.0
"""Pale words are looked for so small that little else is left; at 30 dpi their boxes took in too much around them."""
LEAST_PALE_MM = 7.0
"""Height of a run of pale words; print that shows through from the back is lower."""
STEEP = 1.3
"""A run so much higher than wide lies on its side: to the left or to the right."""
SOFTENED_PX = 2.0
"""Half a millimetre: of 84 drawn words 73 were read as they are, 75 so or in another way (at 30 dpi)."""
_SCRIPTS = re.compile(
    r"[\u3400-\u9fff](?:[^A-Za-z]*[\u3400-\u9fff])?|[^\u3400-\u9fff\s](?:[^\u3400-\u9fff]*[^\u3400-\u9fff\s])?"
)
"""Words of one script: 样本 SAMPLE says two things, of which the page's edge may cut one."""


def read_marks(
    pixels: Pixels | None,
    plane: Pixels,
    found: Sequence[DetectedText],
    dpi: float,
    readers: tuple[TextDetector, TextRecogniser],
) -> tuple[Line, ...]:
    """Return what marks on an upright page say.

    `pixels` are its colours, None where it has none; `plane` and `found` are what the page was read from.
    """
    detector, recogniser = readers
    slanted = [(crop_box(run, plane), _levelled(plane, run.corners)) for run in found if _is_slanted(run, plane, dpi)]
    stamped = _in_stamps(pixels, plane, dpi, detector) if pixels is not None else ()
    pale = list(_in_pale_ink(pixels, plane, dpi, detector))
    crops = [*pale, *slanted, *stamped]
    read = list(recogniser.recognise([crop for _, crop in crops]))
    unsure = [run for run, text in zip(pale, read, strict=False) if _is_unsure(text)]
    others = [(box, way) for box, word in unsure for way in _in_other_ways(word)]
    read += recogniser.recognise([crop for _, crop in others])
    lines = (as_line(text, box, plane) for (box, _), text in zip([*crops, *others], read, strict=True) if text.text)
    marks = [mark for line in lines for mark in _by_script(line) if len(mark.text) > 1 and mark.confidence >= READABLE]
    return tuple({(mark.text, mark.box.y0): mark for mark in marks}.values())


def _by_script(line: Line) -> Iterator[Line]:
    """Yield what a mark says, apart in each script."""
    return (line.span(*words.span()) for words in _SCRIPTS.finditer(line.text))


def _in_pale_ink(
    pixels: Pixels | None, plane: Pixels, dpi: float, detector: TextDetector
) -> Iterator[tuple[tuple[int, int, int, int], Pixels]]:
    """Yield where on the page each run of pale words stands, and the run upright, both ways where that is not clear."""
    pale = pale_plane(pixels, plane, dpi)
    if pale is None:
        return
    scale = PALE_LOOK_DPI / PALE_DPI
    small = three_times(cast(Pixels, cv2.resize(pale, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)))
    for run in detector.detect_within(small, (0, 0, small.shape[1], small.shape[0])):
        corners = run.corners / scale
        wide, high = (float(np.hypot(*(corners[n] - corners[0]))) for n in (1, 3))
        if min(wide, high) < LEAST_PALE_MM * PALE_DPI / 25.4:
            continue
        on_page = crop_box(DetectedText(corners * (dpi / PALE_DPI), run.score), plane)
        for turn in (1, -1) if high > STEEP * wide else (0,):
            yield on_page, _levelled(three_times(pale), np.roll(corners, turn, axis=0))
    for (x0, y0, x1, y1), word in spaced_words(pale, PALE_DPI):
        corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
        yield crop_box(DetectedText(corners * (dpi / PALE_DPI), 1.0), plane), word


def _is_unsure(read: RecognisedText) -> bool:
    low, high = UNSURE_WORD
    return low <= read.mean_confidence < high


def _in_other_ways(word: Pixels) -> Iterator[Pixels]:
    """Yield a pale word bolder, and softer: where print crossed it, strokes are broken or ragged."""
    ink = np.ascontiguousarray(word[:, :, 0])
    yield three_times(cast(Pixels, cv2.erode(ink, np.ones((3, 3), np.uint8))))
    yield three_times(cast(Pixels, cv2.GaussianBlur(ink, (0, 0), SOFTENED_PX)))


def _in_stamps(
    pixels: Pixels, plane: Pixels, dpi: float, detector: TextDetector
) -> Iterator[tuple[tuple[int, int, int, int], Pixels]]:
    """Yield where on the page each run of text in coloured stamps stands, and the run upright."""
    for stamp, corner, scale in _stamps(pixels, dpi):
        height, width = stamp.shape[:2]
        for run in detector.detect_within(stamp, (0, 0, width, height)):
            on_page = DetectedText(run.corners * scale + corner, run.score)
            yield crop_box(on_page, plane), _levelled(stamp, run.corners)


def boxes_across(found: Sequence[DetectedText], plane: Pixels, dpi: float) -> Iterator[tuple[int, int, int, int]]:
    """Yield the boxes of runs that cross the page aslant: marks, and no lines."""
    return (crop_box(run, plane) for run in found if _is_slanted(run, plane, dpi, least=ACROSS))


def _is_slanted(run: DetectedText, plane: Pixels, dpi: float, *, least: float = SLANTED) -> bool:
    along, across = run.corners[1] - run.corners[0], run.corners[3] - run.corners[0]
    angle = abs(float(np.degrees(np.arctan2(along[1], along[0]))))
    high = float(np.hypot(*across)) >= LEAST_MARK_MM * dpi / 25.4
    return least <= angle <= 180 - least and high and float(np.hypot(*along)) <= LONGEST_SHARE * plane.shape[1]


def _levelled(plane: Pixels, corners: NDArray[np.float64]) -> Pixels:
    """Return the rectangle with such corners, upright."""
    width = max(round(float(np.hypot(*(corners[1] - corners[0])))), 1)
    height = max(round(float(np.hypot(*(corners[3] - corners[0])))), 1)
    upright = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = cv2.getPerspectiveTransform(corners.astype(np.float32), upright)
    grey = np.ascontiguousarray(plane[:, :, 0])
    return three_times(cast(Pixels, cv2.warpPerspective(grey, moved, (width, height), borderValue=255)))


def _stamps(pixels: Pixels, dpi: float) -> Iterator[tuple[Pixels, NDArray[np.float64], float]]:
    """Yield the ink of each stamp as a plane without black print, where it stands on the page, and pixels per pixel."""
    small = np.ascontiguousarray(pixels[::LOOK_STEP, ::LOOK_STEP])
    px = dpi / 25.4 / LOOK_STEP
    side = 2 * round(JOINED_MM * px / 2) + 1
    inked = cv2.dilate((spread_of(small) > COLOURED).astype(np.uint8), np.ones((side, side), np.uint8))
    contours, _ = cv2.findContours(inked, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:MOST_STAMPS]:
        hull = cv2.convexHull(contour)
        sides = sorted(cv2.minAreaRect(hull)[1])
        low, high = (max(length - side, 0.0) / px for length in sides)
        fill = cv2.contourArea(hull) / max(sides[0] * sides[1], 1.0)
        if low < SIDES_MM[0] or high > SIDES_MM[1] or (low > SEAL_MM and fill < SEAL_FILL):
            continue
        x, y, width, height = (int(v) * LOOK_STEP for v in cv2.boundingRect(contour))
        scale = max(dpi / READING_DPI, 1.0)
        size = max(round(width / scale), 1), max(round(height / scale), 1)
        part = cv2.resize(pixels[y : y + height, x : x + width], size, interpolation=cv2.INTER_AREA)
        ink = cv2.convertScaleAbs(spread_of(cast(Pixels, part)), alpha=STRENGTH)
        yield three_times(cast(Pixels, 255 - ink)), np.array([x, y], float), scale
