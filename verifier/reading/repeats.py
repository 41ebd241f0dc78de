"""Print that stands on a page twice, alike to the pixel, is read once: drawn tables repeat brands, models and dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from verifier.page import Pixels
from verifier.recognition.engine import RecognisedText, TextRecogniser

PAPER = 250
"""Level from which a pixel of a drawn page holds nothing: print fades out over one pixel."""


@dataclass(frozen=True, slots=True)
class _Print:
    """What is printed in a crop, without the paper around it; `left` is its first column, `width` the crop's."""

    shape: tuple[int, ...]
    levels: bytes
    left: int
    width: int

    @property
    def key(self) -> tuple[tuple[int, ...], bytes]:
        return self.shape, self.levels


def recognise_distinct(
    reader: TextRecogniser, crops: Sequence[Pixels], *, width_scale: float
) -> tuple[RecognisedText, ...]:
    """Return the text of each crop, in their order; one whose print equals that of another takes over its reading.

    Only the paper around the print may differ: what says another thing has other pixels, and is read. `crops` hold
    one plane three times over.
    """
    prints = [_print_of(crop) for crop in crops]
    first: dict[tuple[tuple[int, ...], bytes], int] = {}
    for index, print_ in enumerate(prints):
        first.setdefault(print_.key, index)
    chosen = list(first.values())
    read = reader.recognise([crops[index] for index in chosen], width_scale=width_scale)
    by_index = dict(zip(chosen, read, strict=True))
    return tuple(_moved(by_index[first[one.key]], prints[first[one.key]], one) for one in prints)


def _print_of(crop: Pixels) -> _Print:
    plane = crop[:, :, 0]
    inked = plane < PAPER
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not len(rows):
        return _Print((0, 0), b"", 0, plane.shape[1])
    bare = plane[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return _Print(bare.shape, bare.tobytes(), int(columns[0]), plane.shape[1])


def _moved(read: RecognisedText, there: _Print, here: _Print) -> RecognisedText:
    """Return a reading of the same print with its places in another crop, as fractions of that one's width."""
    if here is there:
        return read
    edges, centres = (
        tuple(min(max((place * there.width - there.left + here.left) / here.width, 0.0), 1.0) for place in places)
        for places in (read.edges, read.centres)
    )
    return replace(read, edges=edges, centres=centres)
