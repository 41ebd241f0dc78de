"""Places changed after a page was saved as JPEG and before it was saved without loss.

Whatever a JPEG decoder hands out lies on the steps of its table, block by block: saving it again changes nothing.
Pixels set in afterwards do not, and a lossless file keeps them so. A page never saved as JPEG, or saved so last, has no
block that stands out, and says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.compression import BLOCK, Luma, Steps, changes_of
from verifier.page import Pixels

CHANGED = 2.5
"""Mean squared grey levels by which saving changes a block that was not saved so. Of some 40,000 blocks of genuine
tuning pages the most changed has 2.1, where a decoder cut red off at white; the rest stay below 1.2."""
FEWEST = 2
"""Changed blocks of a field that are no accident of rounding."""
REDDISH, MOST_RED = 12, 0.02
"""Of 255, red above the larger of green and blue, and share of a block's pixels: of stamps a decoder cuts red off."""
MOST_CHANGED, FEWEST_OTHERS, MOST_OTHERS = 0.01, 50, 150
"""Share of changed blocks about other characters up to which the page's quality is taken to be known, without how many
such blocks it is not, and characters outside verdict fields that are looked at for it."""


def block_deviations(
    pixels: Pixels, luma: Luma, cells: Sequence[Cell], fields: Set[int], steps: Steps | None
) -> dict[int, float]:
    """Return for each of some fields how many of its blocks were changed; 1 is the limit. Empty where none can be told.

    `pixels` and `luma` are the file's page, `steps` those it was saved with, None where it was not.
    """
    owners, at = owned_corners(luma, cells, fields)
    if steps is None or not len(at):
        return {}
    changed = changes_of(luma, at, steps) > CHANGED
    changed[changed] = ~are_stamped(pixels, at[changed])
    return {
        field: float(changed[owners == field].sum() / FEWEST) if are_rare(changed[owners != field]) else 0.0
        for field in set(owners.tolist()) & fields
    }


def owned_corners(luma: Luma, cells: Sequence[Cell], fields: Set[int]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the blocks of some fields' characters and of an even choice of others: whose they are, and their corners.

    Fields come as in `Cell.field`, shape (n,), corners (x, y), shape (n, 2).
    """
    corners: dict[int, set[tuple[int, int]]] = defaultdict(set)
    others = [cell for cell in cells if cell.field not in fields]
    for cell in (*(c for c in cells if c.field in fields), *others[:: max(1, len(others) // MOST_OTHERS)]):
        corners[cell.field] |= _corners(cell, luma)
    owned = [(field, *corner) for field, its in corners.items() for corner in sorted(its)]
    found = np.array(owned, np.intp).reshape(-1, 3)
    return found[:, 0], found[:, 1:]


def are_stamped(pixels: Pixels, corners: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which blocks are stamped over."""
    if not len(corners):
        return np.zeros(0, bool)
    blocks = np.stack([pixels[y : y + BLOCK, x : x + BLOCK] for x, y in corners]).astype(np.int16)
    over = blocks[..., 0] - np.maximum(blocks[..., 1], blocks[..., 2]) > REDDISH
    return np.asarray(over.mean(axis=(1, 2)) > MOST_RED)


def are_rare(elsewhere: NDArray[np.bool_]) -> bool:
    """Return whether hardly any block elsewhere on a page is changed, and there are enough to say so."""
    return len(elsewhere) >= FEWEST_OTHERS and float(elsewhere.mean()) <= MOST_CHANGED


def _corners(cell: Cell, luma: Luma) -> set[tuple[int, int]]:
    """Return the corners (x, y) of the blocks that a character's ink touches."""
    across, down = cell.ink or (cell.width / 2, cell.height / 3)
    left, right = (int(cell.x + side * across / 2) // BLOCK for side in (-1, 1))
    top, bottom = (int(cell.y + side * down / 2) // BLOCK for side in (-1, 1))
    return {
        (x * BLOCK, y * BLOCK)
        for x in range(max(left, 0), min(right, luma.shape[1] // BLOCK - 1) + 1)
        for y in range(max(top, 0), min(bottom, luma.shape[0] // BLOCK - 1) + 1)
    }
