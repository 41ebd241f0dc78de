"""Pale ink of a page, apart from its print: watermarks, grey or tinted, that no detector sees among black letters.

Print is thin and dark, a watermark's strokes are wide and pale. So strokes under a millimetre are opened away, what is
dark is filled with what lies beside it, areas and bands (shaded cells, folds, shadows of the scanner's lid) are left
out, and what is left is stretched until it is as dark as print, each part by its own level.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels

PALE_DPI = 100.0
"""Resolution of the plane: words of 12 mm are 47 pixels high, the recogniser's own height."""
PALE = 10, 125
"""Levels under the paper between which ink is pale: noise after opening stays below, print is above (150 and more)."""
LEAST_MM2 = 40
"""Pale ink of a page from which it is looked at: of 46 genuine pages 29 had less (the others have shading, folds, faint
print), of 72 drawn watermarks of 12 mm and more none."""
PAPER_MM, PAPER_CELLS = 2.5, 7
"""Cells in which paper is measured, and over how many its lightest counts: no watermark's stroke is 17 mm wide."""
SOLID_MM = 6.0
"""Wider than any stroke of a word 40 mm high: what a square of this fits into is an area."""
BLOCK_MM, BLOCK_FILL = (3.5, 15.0), 0.75
"""Least sides, and filled share, of a shaded cell or band, rows of a table being lower than a square fits in."""
BAND_MM, BAND_SHARE = 10.0, 0.5
"""Folds and shadows are narrower than this and longer than this share of the page."""
NET_SHARE = 0.85
"""Share of both of the page's sides over which a net of lines (security print) reaches; no word does."""
RULE_MM, RULE_ASPECT = 2.2, 12.0
"""Lower and longer ink is a rule."""
NEAR_MM = 6.0
"""Parts of a word lie nearer to each other than this: Latin letters, and the thin strokes that were opened away."""
LEAST_WORD_MM, LEAST_INK_MM2 = 6.0, 12.0
"""Longer side, and ink, of a group that may be a word."""
FILL_PX = 9
"""Neighbourhood (2.3 mm) whose pale ink stands for what print hides."""
LEAST_SEEN = 0.08
"""Share of a neighbourhood that must be seen to tell."""
SQUARE = np.ones((3, 3), np.uint8)

Mask = Pixels
"""255 where something is, shape (height, width)."""


class _Look(NamedTuple):
    """A page looked at coarsely: its pale ink, all that is dark or next to it, and pixels per millimetre."""

    pale: Mask
    near_dark: Mask
    px: float


def pale_plane(pixels: Pixels | None, plane: Pixels, dpi: float) -> Pixels | None:
    """Return the pale ink of an upright page as dark print on white at `PALE_DPI`, None where there is hardly any.

    `pixels` are the page's colours, of which the weakest channel counts; without them the reading plane does.
    """
    seen = pixels if pixels is not None else np.ascontiguousarray(plane[:, :, 0])
    look = _look_at(seen, dpi)
    if not _is_enough(look.pale, look.px):
        return None
    kept = _without_areas(look)
    if not _is_enough(kept, look.px):
        return None
    scale = PALE_DPI / dpi
    size = round(seen.shape[1] * scale), round(seen.shape[0] * scale)
    fine = _weakest(cast(Pixels, cv2.resize(seen, size, interpolation=cv2.INTER_AREA)))
    kept = cast(Mask, cv2.resize(kept, size, interpolation=cv2.INTER_NEAREST))
    drawn = _stretched(cast(Pixels, cv2.subtract(_paper(fine, PALE_DPI / 25.4), fine)), kept)
    return drawn if drawn.min() < 255 else None


def _look_at(seen: Pixels, dpi: float) -> _Look:
    """Return the page's ink from every few pixels: print stays dark, where averages would make it pale."""
    step = max(int(dpi / PALE_DPI + 0.01), 1)
    size = max(seen.shape[1] // step, 1), max(seen.shape[0] // step, 1)
    grey = _weakest(cast(Pixels, cv2.resize(seen, size, interpolation=cv2.INTER_NEAREST)))
    px = dpi / step / 25.4
    contrast = cv2.subtract(_paper(grey, px), grey)
    low, high = PALE
    opened = cv2.morphologyEx(contrast, cv2.MORPH_OPEN, SQUARE)
    near = cv2.dilate(cv2.inRange(contrast, high + 1, 255), np.ones((5, 5), np.uint8))
    pale = cv2.bitwise_and(cv2.inRange(opened, low + 1, high), cv2.bitwise_not(near))
    return _Look(cast(Mask, cv2.morphologyEx(pale, cv2.MORPH_OPEN, SQUARE)), cast(Mask, near), px)


def _weakest(pixels: Pixels) -> Pixels:
    """Return the weakest channel of each pixel: ink of any colour is dark in it."""
    if pixels.ndim == 2:
        return pixels
    return cast(Pixels, np.minimum(np.minimum(pixels[:, :, 0], pixels[:, :, 1]), pixels[:, :, 2]))


def _paper(grey: Pixels, px: float) -> Pixels:
    """Return how light the paper is around each pixel; shadows wider than a word's strokes are paper, too."""
    height, width = grey.shape
    size = max(round(width / px / PAPER_MM), 1), max(round(height / px / PAPER_MM), 1)
    cells = cv2.medianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_NEAREST), 3)
    around = PAPER_CELLS, PAPER_CELLS
    cells = cv2.blur(cv2.morphologyEx(cells, cv2.MORPH_CLOSE, np.ones(around, np.uint8)), around)
    return cast(Pixels, cv2.resize(cells, (width, height), interpolation=cv2.INTER_LINEAR))


def _is_enough(ink: Mask, px: float) -> bool:
    return cv2.countNonZero(ink) >= LEAST_MM2 * px * px


def _without_areas(look: _Look) -> Mask:
    """Return the pale ink without shaded areas, folds, shadows, nets and rules."""
    pale, near, px = look
    inked = cv2.bitwise_or(pale, near)
    side = round(SOLID_MM * px)
    solid = cv2.bitwise_and(cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((side, side), np.uint8)), pale)
    _, parts, stats, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx(pale, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    )
    count = len(stats)
    totals = np.bincount(parts[pale > 0], minlength=count)
    solids = np.bincount(parts[solid > 0], minlength=count)
    keep = np.zeros(count, np.uint8)
    for index in range(1, count):
        x, y, width, height = (int(v) for v in stats[index][:4])
        block = cast(Mask, inked[y : y + height, x : x + width])
        if 2 * solids[index] <= totals[index] and not _is_area(block, pale.shape, px):
            keep[index] = 255
    return cast(Mask, cv2.bitwise_and(keep[parts], pale))


def _is_area(block: Mask, page: tuple[int, ...], px: float) -> bool:
    """Return whether a part that fills this block is shading, a fold, a net or a rule."""
    (height, width), (page_height, page_width) = block.shape, page
    low, high = sorted((height, width))
    across, down = width / page_width, height / page_height
    is_block = low > BLOCK_MM[0] * px and high > BLOCK_MM[1] * px
    return (
        (across > BAND_SHARE and height < BAND_MM * px)
        or (down > BAND_SHARE and width < BAND_MM * px)
        or min(across, down) > NET_SHARE
        or (low < RULE_MM * px and high > RULE_ASPECT * low)
        or (is_block and cv2.countNonZero(block) > BLOCK_FILL * block.size)
    )


def _stretched(contrast: Pixels, kept: Mask) -> Pixels:
    """Return pale ink drawn dark, each group of parts by its own level, print in it filled."""
    px = PALE_DPI / 25.4
    side = 2 * round(NEAR_MM * px) + 1
    _, groups, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(kept, np.ones((side, side), np.uint8)))
    drawn = np.full(contrast.shape, 255, np.uint8)
    for index in range(1, len(stats)):
        x, y, width, height = (int(v) for v in stats[index][:4])
        here = np.s_[y : y + height, x : x + width]
        mine = groups[here] == index
        inked = contrast[here][mine & (kept[here] > 0)]
        if max(width, height) < LEAST_WORD_MM * px + side or inked.size < LEAST_INK_MM2 * px * px:
            continue
        level = float(np.percentile(inked, 60))
        drawn[here] = np.where(mine, _drawn(contrast[here], level), drawn[here])
    return drawn


def _drawn(contrast: Pixels, level: float) -> NDArray[np.uint8]:
    """Return a part's ink of about `level` drawn dark: print, which is clearly darker, shows what lies beside it."""
    print_from = min(max(level * 1.3 + 12, 30.0), 150.0)
    dark = cv2.dilate((contrast > print_from).astype(np.uint8), SQUARE)
    free = (1 - dark).astype(np.float32)
    around = FILL_PX, FILL_PX
    seen, ink = cv2.blur(free, around), cv2.blur(contrast * free, around)
    fill = np.where(seen > LEAST_SEEN, ink / np.maximum(seen, LEAST_SEEN), 0)
    shown = np.where(dark > 0, fill, contrast)
    darkness = np.clip((shown - level * 0.25) * (220 / max(level * 0.75, 8.0)), 0, 235)
    return (255 - darkness).astype(np.uint8)
