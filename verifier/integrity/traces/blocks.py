"""Places changed after a page was saved as JPEG and before it was saved without loss.

Whatever a JPEG decoder hands out lies on the steps of its table, block by block: saving it again changes nothing.
Pixels set in afterwards do not, and a lossless file keeps them so. A page never saved as JPEG, or saved so last, has no
block that stands out, and says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, eq=False)
class Owned:
    """Blocks of a page that hold print: whose, as in `Cell.field`, shape (n,), and corners (x, y), shape (n, 2)."""

    owners: NDArray[np.intp]
    at: NDArray[np.intp]


def block_deviations(
    pixels: Pixels, luma: Luma, owned: Owned, fields: Set[int], steps: Steps | None
) -> dict[int, float]:
    """Return for each of some fields how many of its blocks were changed; 1 is the limit. Empty where none can be told.

    `pixels` and `luma` are the file's page, `steps` those it was saved with, None where it was not.
    """
    owners, at = owned.owners, owned.at
    if steps is None or not len(at):
        return {}
    changed = changes_of(luma, at, steps) > CHANGED
    changed[changed] = ~are_stamped(pixels, at[changed])
    changed[changed] = ~_are_of_colours(pixels, at[changed], steps)
    return {
        field: float(changed[owners == field].sum() / FEWEST) if are_rare(changed[owners != field]) else 0.0
        for field in set(owners.tolist()) & fields
    }


def owned_blocks(luma: Luma, cells: Sequence[Cell], fields: Set[int]) -> Owned:
    """Return the blocks of some fields' characters and of an even choice of others; `luma` is the file's page."""
    others = [cell for cell in cells if cell.field not in fields]
    chosen = [c for c in cells if c.field in fields] + others[:: max(1, len(others) // MOST_OTHERS)]
    if not chosen:
        return Owned(np.zeros(0, np.intp), np.zeros((0, 2), np.intp))
    middles = np.array([(cell.x, cell.y) for cell in chosen])
    half = np.array([cell.ink or (cell.width / 2, cell.height / 3) for cell in chosen]) / 2
    most = np.array([luma.shape[1] // BLOCK - 1, luma.shape[0] // BLOCK - 1])
    first = np.maximum((middles - half).astype(np.intp) // BLOCK, 0)
    last = np.minimum((middles + half).astype(np.intp) // BLOCK, most)
    wide, tall = np.maximum((last - first).max(axis=0) + 1, 1)
    steps = np.stack(np.meshgrid(np.arange(wide), np.arange(tall)), axis=-1).reshape(1, -1, 2)
    corners = first[:, None] + steps
    inside = (corners <= last[:, None]).all(axis=2)
    owners = np.broadcast_to(np.array([cell.field for cell in chosen])[:, None], inside.shape)
    blocks, (x, y) = int((most + 1).prod()), corners[inside].T
    owner, place = np.divmod(np.unique(owners[inside] * blocks + y * (most[0] + 1) + x), blocks)
    return Owned(owner, np.column_stack(np.divmod(place, most[0] + 1)[::-1]) * BLOCK)


def are_stamped(pixels: Pixels, corners: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which blocks are stamped over."""
    if not len(corners):
        return np.zeros(0, bool)
    blocks = np.stack([pixels[y : y + BLOCK, x : x + BLOCK] for x, y in corners]).astype(np.int16)
    over = blocks[..., 0] - np.maximum(blocks[..., 1], blocks[..., 2]) > REDDISH
    return np.asarray(over.mean(axis=(1, 2)) > MOST_RED)


def _are_of_colours(pixels: Pixels, corners: NDArray[np.intp], steps: Steps) -> NDArray[np.bool_]:
    """Return which blocks saving would leave as they are in a colour: red, green and blue of a page in TIFF were mostly
    saved each on its own, and their sum lies on no steps.
    """
    planes = [changes_of(np.ascontiguousarray(pixels[..., colour]), corners, steps) for colour in range(3)]
    return np.asarray(np.min(planes, axis=0) <= CHANGED, np.bool_)


def are_rare(elsewhere: NDArray[np.bool_]) -> bool:
    """Return whether hardly any block elsewhere on a page is changed, and there are enough to say so."""
    return len(elsewhere) >= FEWEST_OTHERS and float(elsewhere.mean()) <= MOST_CHANGED
