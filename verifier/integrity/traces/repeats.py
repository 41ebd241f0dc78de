"""Characters copied within a scan that was never compressed: the grain of their paper is the same, pixel for pixel.

`copies` needs other characters of the page to say how near honest prints come. Where the paper has grain and nothing
was compressed, no measure is needed: two prints of one character never have one grain.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.compression import Luma
from verifier.integrity.traces.prints import KERNEL, Kind

NEAR = 0.05
"""Mean squared distance of print, as in `prints.Kind.moved`, above which nothing is the same: a copy whose edge was
painted over has 0.01, honest prints 10 and more."""
SAME = 0.9
"""Share of the paper's pixels that have to be equal: a neighbour's foot reaches into some."""
GRAIN, FEWEST = 0.3, 12
"""Share of them that differ from the commonest level, and how many have to: paper of one level repeats itself."""
FAINTEST = 16
"""Grey levels off the commonest up to which a pixel is grain: a neighbour's edge on a drawn page is none."""
GROWN = np.ones((5, 5), np.uint8)
"""By how much print is grown: what is left is paper, without the print's soft edge."""


def repeat_deviations(luma: Luma, cells: Sequence[Cell], kinds: Sequence[Kind], fields: Set[int]) -> dict[int, float]:
    """Return for each of some fields how many of its characters stand on the page twice; 1 is the limit.

    `fields` are indices as in `Cell.field`, `kinds` their characters' (`prints.kinds_of`); `luma` is the file's page,
    which was never compressed.
    """
    found = dict.fromkeys(fields, 0.0)
    for kind in kinds:
        for copy in range(kind.stated):
            if any(
                _is_repeated(luma, kind, source, copy) for source in np.flatnonzero(kind.moved[:, copy] < NEAR).tolist()
            ):
                found[cells[kind.cells[copy]].field] += 2.0  # one is enough
    return found


def _is_repeated(luma: Luma, kind: Kind, source: int, copy: int) -> bool:
    """Return whether the paper about two characters has one grain."""
    paper = cv2.dilate(kind.counts.astype(np.uint8), GROWN) == 0
    one = _piece(luma, kind, kind.at[source] + KERNEL[kind.steps[source, copy]])[paper]
    other = _piece(luma, kind, kind.at[copy])[paper]
    if len(other) < FEWEST:
        return False
    equal = one == other
    commonest = int(np.bincount(other).argmax())
    off = np.abs(other[equal].astype(np.int16) - commonest)
    grain = np.count_nonzero((off > 0) & (off <= FAINTEST))
    return bool(equal.mean() >= SAME and grain >= max(FEWEST, GRAIN * len(other)))


def _piece(luma: Luma, kind: Kind, corner: NDArray[np.intp]) -> Luma:
    (x, y), (height, width) = corner, kind.counts.shape
    return luma[y : y + height, x : x + width]
