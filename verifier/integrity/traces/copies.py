"""Characters copied within a scan: two of them agree in their noise, as no two prints of one character do.

Each character is held against all of its kind on the page (`prints`), as it stands, moved by a pixel, and filtered. A
copy differs from what it was made of by one more compression at most, and by nothing once that compression is done
again on its original (`compression`). How closely honest prints of this very page agree is the measure, so a page
without noise accuses nobody.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.compression import Floats, Luma, Steps, as_compressed, detail_of
from verifier.integrity.traces.prints import KERNEL, Kind

MEASURE = 0.1
"""Share of a page's characters that come nearer to another than the page's measure, filtered: a coincidence."""
LEAST_MEASURE, FEWEST = 0.1, 14
"""Of squared contrast, in ten-thousandths, and of characters: a raster without noise, or with little print, says
nothing about how alike two prints can be."""
MOST_MEASURE = 4.0
"""The same, for filtered prints: where the page's prints are less alike, a filter still makes two of plain shape equal.
Of 155 genuine tuning pages and 69 of another generator three had measures of 9 to 16 and a pair at 0.05 to 0.06."""
WORTH_MOVED, WORTH_FILTERED, MOST_REPEATED = 4.0, 1.6, 150
"""In measures of the page: of copies that are found, those moved lie below 3 and those filtered below 1.5 before
their compression is repeated; and how many of a page are looked at, the nearest first."""
LEAST_DETAIL = (90, 120)
"""Numbers that compression left of a character's picture (`compression.detail_of`), as it stands and filtered: of fewer
it makes two prints equal now and then. Copies that are found have 76 to 345, most over 100; two prints that come as
near on tuning pages made smaller and saved coarsely have 20 to 140, nine in ten below 89."""
LIMIT, SHARE = np.array((0.2, 0.08)), np.array((0.53, 0.265))
"""In measures of the page, and of what is close elsewhere on it, for pixels as they stand and for filtered ones: of 69
genuine tuning pages the closest comes to 0.56 of both, copies saved as before mostly lie below 0.15."""
ELSEWHERE, CLOSE, LEAST = 1, 0.5, np.array((0.05, 0.015))
"""Which of the other characters' closeness is the usual one: a second copy is none; what makes two characters partners;
and what keeps exact copies from dividing by nothing."""

SECOND = 0.7
"""Of the limit, from which two characters of a field are copies: a number's check digit is changed with it. Of 150
genuine tuning pages no field's second closest comes to more than 0.46, of 111 letters of two other generators one to
0.6 (a list in type of one width, whose rows stand whole pixels apart); second copies that are found have 4 and more."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close a character's closest twins are, in measures of the page, as they stand and filtered, and which."""

    cell: int
    values: tuple[float, float]
    twins: tuple[int, int]


def copy_deviations(
    luma: Luma, cells: Sequence[Cell], kinds: Sequence[Kind], fields: Set[int], steps: Steps | None
) -> dict[int, float]:
    """Return for each of some fields how suspiciously alike a character of it is to another; 1 is the limit.

    `fields` are indices as in `Cell.field`, `kinds` their characters' (`prints.kinds_of`); `luma` is the file's page,
    shape (height, width), `steps` those it was saved with, None where it was not.
    """
    found = closest_twins(luma, kinds, steps)
    if not found:
        return {}
    values, twins = np.array([twin.values for twin in found]), np.array([twin.twins for twin in found])
    itself = np.array([twin.cell for twin in found])
    owners = np.array([cells[twin.cell].field for twin in found])
    return {field: _deviation(values, twins, itself, owners == field) for field in fields}


def _deviation(
    values: NDArray[np.float64], twins: NDArray[np.intp], itself: NDArray[np.intp], mine: NDArray[np.bool_]
) -> float:
    """Return how far below the limits a field's closest twins are, and below what is close elsewhere on the page.

    One row for each character: its closeness and its twins both ways, which cell it is, whether it is the field's.
    """
    if not mine.any():
        return 0.0
    partners = twins[mine][values[mine] < CLOSE]
    rest = values[~mine & ~np.isin(itself, partners)]
    usual = np.sort(rest, axis=0)[ELSEWHERE] if len(rest) > ELSEWHERE else np.zeros(2)
    alike = (np.minimum(LIMIT, SHARE * usual) / (values[mine] + LEAST)).max(axis=1)
    return float(max(alike.max(), _second(alike, twins[mine], itself[mine]) / SECOND))


def _second(alike: NDArray[np.float64], twins: NDArray[np.intp], itself: NDArray[np.intp]) -> float:
    """Return how alike a field's next character is to another, its closest one and that one's twins left out."""
    first = int(np.argmax(alike))
    apart = (itself != itself[first]) & ~np.isin(itself, twins[first]) & ~(twins == itself[first]).any(axis=1)
    return float(alike[apart].max(initial=0.0))


def closest_twins(luma: Luma, kinds: Sequence[Kind], steps: Steps | None) -> list[Closeness]:
    """Return for each character of verdict fields that has others of its kind how close the closest are.

    Empty where the page says too little about itself.
    """
    if sum(kind.stated for kind in kinds) < FEWEST:
        return []
    nearest = np.concatenate([kind.filtered.min(axis=0)[: kind.stated] for kind in kinds])
    measure = float(np.quantile(nearest, MEASURE))
    if measure < LEAST_MEASURE:
        return []
    repeated = _repeated(luma, kinds, measure, steps)
    return [
        _closeness(kind, at, [values[number][:, at] for values in repeated], measure)
        for number, kind in enumerate(kinds)
        for at in range(kind.stated)
    ]


def _closeness(kind: Kind, at: int, ways: list[Floats], measure: float) -> Closeness:
    twins = [int(np.argmin(values)) for values in ways]
    moved, filtered = (float(way[twin]) for way, twin in zip(ways, twins, strict=True))
    values = moved / measure, filtered / min(measure, MOST_MEASURE)
    return Closeness(kind.cells[at], values, (kind.cells[twins[0]], kind.cells[twins[1]]))


def _repeated(
    luma: Luma, kinds: Sequence[Kind], measure: float, steps: Steps | None
) -> tuple[list[Floats], list[Floats]]:
    """Return the distances of each kind's characters as they stand and filtered, compression done again if worth it."""
    moved, filtered = [kind.moved.copy() for kind in kinds], [kind.filtered.copy() for kind in kinds]
    if steps is not None:
        for values, worth, is_filtered in ((moved, WORTH_MOVED, False), (filtered, WORTH_FILTERED, True)):
            for number, pairs in _worthwhile(values, kinds, worth * measure, measure).items():
                _repeat(luma, kinds[number], values[number], pairs, steps, is_filtered=is_filtered)
    return moved, filtered


def _repeat(
    luma: Luma, kind: Kind, values: Floats, pairs: NDArray[np.intp], steps: Steps, *, is_filtered: bool
) -> None:
    """Lower the distances of some pairs (original, copy) to what remains once the original is compressed in place.

    What is set in is the whole rectangle as it stands, or the filtered print alone: it is blended in mostly.
    """
    pairs = pairs[detail_of(luma, kind.counts, kind.at[pairs[:, 1]], steps) >= LEAST_DETAIL[is_filtered]]
    if not len(pairs):
        return
    sources, copies = pairs.T
    made = _filtered if is_filtered else _moved
    pieces = np.stack([made(luma, kind, source, copy) for source, copy in pairs])
    set_in = kind.counts if is_filtered else np.ones_like(kind.counts)
    saved = as_compressed(luma, pieces, set_in, kind.at[copies], steps)[:, kind.counts]
    off = saved - saved.mean(axis=1, keepdims=True) - kind.values[copies]
    again = (off * off).mean(axis=1) / kind.scale[copies]
    values[sources, copies] = np.minimum(values[sources, copies], again)


def _worthwhile(values: list[Floats], kinds: Sequence[Kind], limit: float, least: float) -> dict[int, NDArray[np.intp]]:
    """Return by kind the pairs (original, copy) that lie nearer than a limit: each copy's nearest two, and of these
    as many as stand out most from the copy's distances to all others."""
    found = []
    for number, (distances, kind) in enumerate(zip(values, kinds, strict=True)):
        mine = distances[:, : kind.stated]
        usual = np.maximum(np.median(mine, axis=0), least)
        for rank in np.argsort(mine, axis=0)[:2]:
            near = mine[rank, np.arange(kind.stated)]
            found += [
                (float(near[copy] / usual[copy]), number, int(rank[copy]), int(copy))
                for copy in np.flatnonzero(near < limit)
            ]
    chosen: dict[int, list[tuple[int, int]]] = {}
    for _, number, source, copy in sorted(found)[:MOST_REPEATED]:
        chosen.setdefault(number, []).append((source, copy))
    return {number: np.array(pairs) for number, pairs in chosen.items()}


def _moved(luma: Luma, kind: Kind, source: int, copy: int) -> Floats:
    """Return the original's pixels at the step at which they fit its copy best."""
    (x, y), (across, down) = kind.at[source], KERNEL[kind.steps[source, copy]]
    height, width = kind.counts.shape
    return luma[y + down : y + down + height, x + across : x + across + width].astype(np.float32)


def _filtered(luma: Luma, kind: Kind, source: int, copy: int) -> Floats:
    """Return the original's pixels as the filter makes them, as light as the copy's."""
    (x, y), (left, top) = kind.at[source], kind.at[copy]
    height, width = kind.counts.shape
    weights = kind.filters[source, :, copy].reshape(3, 3)
    whole = luma[y - 1 : y + height + 1, x - 1 : x + width + 1].astype(np.float32)
    made = np.asarray(cv2.filter2D(whole - whole.mean(), cv2.CV_32F, weights), np.float32)[1:-1, 1:-1]
    here = luma[top : top + height, left : left + width][kind.counts].mean()
    return np.asarray(made + (here - made[kind.counts].mean()), np.float32)
