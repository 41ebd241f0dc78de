"""Pictures for people who decide: the seal, its ink alone, the specimen over it, what differs, the worst character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from verifier.page import Pixels
from verifier.record import Specimen
from verifier.seals.align import align, laid_on
from verifier.seals.arc import arc_points
from verifier.seals.layout import ArcLayout
from verifier.seals.normalise import decode_ink, picture_of
from verifier.seals.planes import Plane, as_plane
from verifier.seals.specimens import PreparedSpecimen, prepare

SEAL_RED, SPECIMEN_BLUE, MARK = (200, 30, 40), (30, 80, 200), (230, 140, 0)
LABEL_DEPTH = 0.08
"""What names a box stands so far below it, as a share of the radius: half a line of 16 px, and a gap."""


@dataclass(frozen=True, slots=True, eq=False)
class SealPictures:
    """All 480 × 480 RGB, turned as the specimen stands."""

    crop: Pixels
    """The seal as it was captured."""
    ink: Pixels
    """Its stamp ink alone; places under print are grey."""
    specimen: Pixels
    """The registered impression's ink."""
    difference: Pixels
    """Red: ink that the specimen lacks; blue: ink that the seal lacks; grey: both."""
    marked: Pixels
    """The crop with the worst character framed."""


def draw_pictures(stored: bytes, specimen: Specimen, worst: int | None) -> SealPictures | None:
    """Return the pictures of a stored seal (`Seal.ink`) beside an impression.

    `worst` is `SealComparison.worst_character`. None where either holds no seal.
    """
    pixels, prepared = decode_ink(stored), prepare(specimen)
    if pixels is None or prepared is None:
        return None
    seal = picture_of(pixels, prepared.aspect, 1.0, has_colour=True)
    matrix = align(prepared.ink, prepared.spectrum, seal).matrix
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    crop = cv2.warpAffine(pixels, matrix, pixels.shape[:2], flags=flags, borderValue=(255, 255, 255)).astype(np.uint8)
    ink, hidden = _shares(laid_on(seal.ink, matrix)), laid_on(seal.printed.astype(np.float32), matrix)
    own = _shares(prepared.ink)
    return SealPictures(
        crop=crop,
        ink=_greyed(_inked(ink, SEAL_RED), hidden),
        specimen=_inked(own, SPECIMEN_BLUE),
        difference=_greyed(_difference(ink, own), hidden),
        marked=_marked(crop, prepared, worst),
    )


def _shares(ink: Plane) -> Plane:
    full = max(float(np.percentile(ink, 95)), 0.05)
    return as_plane(np.clip(ink / full, 0, 1))


def _inked(ink: Plane, colour: tuple[int, int, int]) -> Pixels:
    paper = 255 - ink[..., None] * (255 - np.array(colour, np.float32))
    return paper.astype(np.uint8)


def _difference(seal: Plane, own: Plane) -> Pixels:
    both = np.minimum(seal, own)
    picture = _inked(as_plane(both * 0.45), (0, 0, 0)).astype(np.float32)
    for extra, colour in ((seal - both, SEAL_RED), (own - both, SPECIMEN_BLUE)):
        picture -= extra[..., None] * (255 - np.array(colour, np.float32))
    return np.clip(picture, 0, 255).astype(np.uint8)


def _greyed(picture: Pixels, hidden: Plane) -> Pixels:
    out = picture.copy()
    out[hidden > 0.5] = 205
    return out


def _marked(crop: Pixels, prepared: PreparedSpecimen, worst: int | None) -> Pixels:
    out = crop.copy()
    if worst is not None and worst < prepared.layout.count:
        frame = character_frame(prepared.layout, prepared.aspect, worst)
        cv2.polylines(out, [frame.round().astype(np.int32)], True, MARK, 3, cv2.LINE_AA)
    return out


def character_frame(layout: ArcLayout, aspect: float, index: int) -> Plane:
    """Return the outline of one character in the specimen's picture, shape (points, 2)."""
    return box_frame(layout.boxes[index], layout.band, aspect)


def box_frame(box: tuple[float, float], band: tuple[float, float], aspect: float) -> Plane:
    """Return the outline of a box on the arc in the normalised picture, shape (points, 2)."""
    turns = np.linspace(*box, 9, dtype=np.float32)
    x, y = arc_points(aspect, turns, np.array(band, np.float32))
    top, bottom = np.stack([x[0], y[0]], axis=1), np.stack([x[1], y[1]], axis=1)
    return np.concatenate([top, bottom[::-1]]).astype(np.float32)


def draw_boxes(
    picture: Pixels, boxes: Sequence[tuple[float, float]], band: tuple[float, float], aspect: float
) -> Pixels:
    """Return a normalised impression with every box framed and numbered, twice as large: 960 × 960 RGB."""
    out = cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    for number, box in enumerate(boxes, 1):
        frame = 2 * box_frame(box, band, aspect)
        cv2.polylines(out, [frame.round().astype(np.int32)], True, SPECIMEN_BLUE, 2, cv2.LINE_AA)
        x, y = 2 * label_place(box, band, aspect)
        at = round(x) - 12 * len(str(number)), round(y) + 11
        cv2.putText(out, str(number), at, cv2.FONT_HERSHEY_SIMPLEX, 1.0, SPECIMEN_BLUE, 2, cv2.LINE_AA)
    return out


def label_place(box: tuple[float, float], band: tuple[float, float], aspect: float) -> Plane:
    """Return where a box is named in the normalised picture, shape (2,): below its middle, inward."""
    turn = np.array([sum(box) / 2], np.float32)
    x, y = arc_points(aspect, turn, np.array([band[1] + LABEL_DEPTH], np.float32))
    return np.array([x[0, 0], y[0, 0]], np.float32)
