"""Parts of a page that came from other sheets: slips about a seal, pages put together of two scans.

Light changes slowly over a sheet. A rectangle about a seal whose paper is of another tone, up to borders where the tone
steps, was cut out of another letter and laid on this one, by glue or by a program.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.examination import Finding, Seal
from verifier.integrity.seams import parts_of_scans
from verifier.integrity.sheets import Tones, hues_of, paper_of
from verifier.page import Box, Colour, PageImage

SLOPE_SAMPLES = 7
"""Of so many places of the paper one tells the slope of the light."""
STEP = 5.0
"""Levels of one colour by which a slip's paper is of another tone. On 465 pages of two foreign generators rectangles
about seals are so on two: a slip that was glued on, and a seal cut out with its paper, 12 levels darker."""
FILLS, LARGEST = 0.93, 0.35
"""Share of its rectangle that a slip fills, and of the page that it takes at most: shadows fill none."""
INKED, MOST_INK = 0.5, 0.5
"""Share of the paper's light that ink leaves of some colour at most, and share of a slip that ink covers at most. About
round and oval seals of 60 letters of one generator it covers 0.01 to 0.2; a maker's mark printed as a block of red,
which is taken for a square seal and has no paper about it, has 0.69 to 0.82."""
SHARP, BORDER_PX, SIDES = 0.6, 3, 3
"""Share of the step that lies within so many pixels of a border, and sides that are so sharp."""


def find_slips(images: tuple[PageImage, ...], seals: tuple[Seal, ...]) -> tuple[Finding, ...]:
    """Return a `slip` for each part of a colour scan whose paper is another sheet's: a rectangle about a seal, or what
    lies on the smaller side of a seam across the page.
    """
    return tuple(
        Finding("slip", image.page.number, box)
        for image in images
        if image.page.colour is Colour.COLOUR and not image.page.born_digital
        for box in _of_page(image, [seal.box for seal in seals if seal.page == image.page.number and not seal.across])
    )


def _of_page(image: PageImage, seals: list[Box]) -> tuple[Box, ...]:
    paper = paper_of(image)
    slips = (box for box in _about_seals(paper, seals) if not _is_printed_block(image, paper, box))
    return (*slips, *parts_of_scans(paper, hues_of(paper)))


def _is_printed_block(image: PageImage, paper: Tones, box: Box) -> bool:
    """Return whether ink covers most of a rectangle: its tone is that of a block in a letterhead then, of no paper."""
    darkest = image.crop(box).min(axis=2)
    return bool((darkest < INKED * np.median(paper)).mean() > MOST_INK)


def _about_seals(sheet: Tones, seals: list[Box]) -> Iterator[Box]:
    if not seals:
        return
    paper = _evened(sheet)
    height, width = paper.shape[:2]
    apart = np.abs(paper - np.median(paper.reshape(-1, 3), axis=0)).max(axis=2)
    other = (apart > STEP).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(other, connectivity=4)
    for seal in seals:
        x, y = (round(place * side) for place, side in zip(seal.centre, (width, height), strict=True))
        label = int(labels[min(y, height - 1), min(x, width - 1)])
        if label == 0:
            continue
        left, top, wide, high, area = (int(value) for value in stats[label])
        box = Box.from_pixels(left, top, left + wide, top + high, width=width, height=height)
        if (
            area >= FILLS * wide * high
            and box.area <= LARGEST
            and box.covers(seal, 0.9)
            and _is_cut(paper, stats[label])
        ):
            yield box


def _evened(paper: Tones) -> Tones:
    """Return the paper's tone without the slope of the light over the sheet."""
    height, width = paper.shape[:2]
    down, across = (plane.ravel().astype(np.float32) for plane in np.mgrid[:height, :width])
    ground = np.stack([down / height, across / width, np.ones_like(down)], axis=1)
    flat = paper.reshape(-1, 3)
    slope, *_ = np.linalg.lstsq(ground[::SLOPE_SAMPLES], flat[::SLOPE_SAMPLES], rcond=None)
    slope[2] = 0
    evened: Tones = (flat - ground @ slope.astype(np.float32)).reshape(paper.shape)
    return evened


def _is_cut(paper: Tones, stats: NDArray[np.int32]) -> bool:
    """Return whether the tone steps at the borders of a rectangle, on most sides of it that lie within the page."""
    left, top, wide, high = (int(value) for value in stats[:4])
    right, bottom = left + wide - 1, top + high - 1
    grey = paper.mean(axis=2)
    rows, columns = slice(top + high // 4, bottom - high // 4), slice(left + wide // 4, right - wide // 4)
    sides = (
        _step(grey[rows, :].mean(axis=0), left, 1),
        _step(grey[rows, :].mean(axis=0), right, -1),
        _step(grey[:, columns].mean(axis=1), top, 1),
        _step(grey[:, columns].mean(axis=1), bottom, -1),
    )
    return sum(sides) >= SIDES


def _step(tones: NDArray[np.float32], border: int, inward: int) -> bool:
    """Return whether a profile of tones steps at a border by as much as it differs farther in and out."""
    places = [border + inward * offset for offset in (-3 * BORDER_PX, -BORDER_PX, BORDER_PX, 3 * BORDER_PX)]
    if min(places) < 0 or max(places) >= len(tones):
        return False
    far_out, out, within, far_in = (float(tones[place]) for place in places)
    whole = abs(far_in - far_out)
    return whole >= STEP / 2 and abs(within - out) >= SHARP * whole
