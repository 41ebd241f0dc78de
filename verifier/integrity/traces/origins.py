"""Characters that may have one origin: pixels that, saved as JPEG at both their places, give both their prints.

What JPEG leaves of a block says of the pixels before only that each wave lay within half a step. Copied before the page
was saved, two characters had equal pixels, so there are pixels that obey both; of honest prints there are none, but by
coincidence where steps are coarse. `copies` asks how near two prints come, this whether they may be the same at all:
one pair may be chance, several in one field are a forger's where the page has hardly any elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import exp, lgamma

import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.compression import BLOCK, Floats, Luma, Steps, detail_of, in_blocks, of_blocks
from verifier.integrity.traces.prints import KERNEL, Kind

NEAREST = 3
"""Prints of its kind, the nearest, that a character may be a copy of."""
LEAST_DETAIL = 90
"""As in `copies`: of fewer numbers any two prints may have one origin."""
SLACK = 0.5
"""Grey levels by which a wave may lie beyond half a step: pixels are whole levels before and after."""
FIRST, ROUNDS = 2, 8
"""Rounds of the search after which hopeless pairs are left out, and all of them."""
HOPELESS, SAME = 0.1, 0.006
"""Mean squares between both after so many rounds, in ten-thousandths of the squared contrast: of 33 copied characters
the worst has 0.024 and 0.005, 97 and 98 in 100 honest pairs have more."""
SAME_WAY = 3
"""Pixels up to which the way from one character to another counts as that of the next pair: two honest rows now and
then stand at the same part of a pixel, and all they have in common comes out equal (a number in 1 of 155 pages)."""
MOST_ELSEWHERE = 0.06
"""Share of characters outside a field with another's origin, from which coincidence is the rule on the page."""
BEYOND = 4.0
"""Decimal logarithm of the chance that a field has so many by coincidence, at the page's own rate."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two characters, indices of cells, that may have one origin, and the way from the copy to the source in pixels."""

    source: int
    copy: int
    off: tuple[int, int]


def origin_deviations(
    luma: Luma, cells: Sequence[Cell], kinds: Sequence[Kind], fields: Set[int], steps: Steps | None
) -> dict[int, float]:
    """Return for each of some fields how unlikely it is that so many of its characters have another's origin by chance.

    1 is the limit. `fields` are indices as in `Cell.field`, `kinds` their characters' (`prints.kinds_of`), `steps`
    those that the page was saved with, None where it was not: then nothing is said.
    """
    if steps is None:
        return {}
    asked, pairs = set[int](), list[Pair]()
    for kind in kinds:
        tried, same = _of_kind(luma, kind, steps)
        asked |= {kind.cells[copy] for _, copy in tried.tolist()}
        off = (kind.at[tried[:, 0]] - kind.at[tried[:, 1]])[same].tolist()
        pairs += [
            Pair(kind.cells[source], kind.cells[copy], (right, down))
            for (source, copy), (right, down) in zip(tried[same].tolist(), off, strict=True)
        ]
    owners = {n: cells[n].field for n in asked.union(*((pair.source, pair.copy) for pair in pairs))}
    return {field: -_log_chance(*_counted(asked, pairs, owners, field)) / BEYOND for field in fields}


def _of_kind(luma: Luma, kind: Kind, steps: Steps) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the pairs (source, copy) of a kind that were tried, shape (n, 2), and which may have one origin."""
    near = np.argsort(kind.moved[:, : kind.stated], axis=0)[:NEAREST]
    copies = np.broadcast_to(np.arange(kind.stated), near.shape)
    pairs = np.column_stack([near.ravel(), copies.ravel()])
    pairs = pairs[np.isfinite(kind.moved[pairs[:, 0], pairs[:, 1]])]
    if len(pairs):
        pairs = pairs[detail_of(luma, kind.counts, kind.at[pairs[:, 1]], steps) >= LEAST_DETAIL]
    return pairs, _may_be_one(luma, kind, pairs, steps) if len(pairs) else np.zeros(0, bool)


def _may_be_one(luma: Luma, kind: Kind, pairs: NDArray[np.intp], steps: Steps) -> NDArray[np.bool_]:
    """Return which pairs (source, copy) may have equal pixels, by projecting on what each place allows in turn."""
    height, width = kind.counts.shape
    tall, wide = (-(-(size + BLOCK - 1) // BLOCK) * BLOCK for size in (height, width))
    ats = (kind.at[pairs[:, 0]] + np.array(KERNEL)[kind.steps[pairs[:, 0], pairs[:, 1]]], kind.at[pairs[:, 1]])
    scale, alive = kind.scale[pairs[:, 1]], np.arange(len(pairs))
    places = [_Place(luma, at, (tall, wide), steps) for at in ats]
    patch = np.arange(height)[None, :, None], np.arange(width)[None, None, :]
    for some, limit in ((FIRST, HOPELESS), (ROUNDS - FIRST, SAME)):
        for _ in range(some):
            one, other = (place.get(patch) for place in places)
            for place in places:
                place.put(patch, (one + other) / 2)
        off = places[0].get(patch) - places[1].get(patch)
        near = (off * off).mean(axis=(1, 2)) < limit * scale[alive]
        alive = alive[near]
        for place in places:
            place.keep(near)
    found = np.zeros(len(pairs), bool)
    found[alive] = True
    return found


class _Place:
    """Pixels about the first or second place of some pairs, and what JPEG allows them to have been."""

    def __init__(self, luma: Luma, at: NDArray[np.intp], size: tuple[int, int], steps: Steps) -> None:
        corners = at // BLOCK * BLOCK
        pixels = np.stack([luma[y : y + size[0], x : x + size[1]] for x, y in corners]).astype(np.float32)
        saved = np.rint(in_blocks(pixels) / steps) * steps
        self._low, self._high = saved - steps / 2 - SLACK, saved + steps / 2 + SLACK
        self._pixels, self._inside = pixels, at - corners

    def _where(self, patch: tuple[NDArray[np.intp], NDArray[np.intp]]) -> tuple[NDArray[np.intp], ...]:
        down, across = patch
        left, top = self._inside.T[:, :, None, None]
        return np.arange(len(self._inside))[:, None, None], top + down, left + across

    def get(self, patch: tuple[NDArray[np.intp], NDArray[np.intp]]) -> Floats:
        return self._pixels[self._where(patch)]

    def put(self, patch: tuple[NDArray[np.intp], NDArray[np.intp]], pixels: Floats) -> None:
        """Set the patch's pixels, then take the nearest that JPEG allows."""
        self._pixels[self._where(patch)] = pixels
        self._pixels = of_blocks(np.clip(in_blocks(self._pixels), self._low, self._high))

    def keep(self, chosen: NDArray[np.bool_]) -> None:
        self._pixels, self._inside = self._pixels[chosen], self._inside[chosen]
        self._low, self._high = self._low[chosen], self._high[chosen]


def _counted(
    asked: Set[int], pairs: Sequence[Pair], owners: Mapping[int, int], field: int
) -> tuple[int, int, int, int]:
    """Return how many of a field's characters may have another's origin, of how many; the same of other fields'.

    Of characters of one field with one origin, one is none's copy. Others count where they have one without the field.
    """
    mine = {n for n in asked if owners[n] == field}
    groups = list(_groups([{pair.source, pair.copy} for pair in pairs]))
    copied = sum(len(group & mine) - (group <= mine) for group in groups if group & mine)
    elsewhere = sum(len(group & asked) for group in groups if not group & mine)
    ways = _apart([pair.off for pair in pairs if {pair.source, pair.copy} & mine])
    return min(copied, ways), len(mine), elsewhere, len(asked) - len(mine)


def _apart(offs: Sequence[tuple[int, int]]) -> int:
    """Return how many differ among ways from characters to others, forward or back."""
    kept: list[tuple[int, int]] = []
    for right, down in (max(off, (-off[0], -off[1])) for off in offs):
        if all(max(abs(right - x), abs(down - y)) > SAME_WAY for x, y in kept):
            kept.append((right, down))
    return len(kept)


def _groups(pairs: Sequence[set[int]]) -> Iterator[set[int]]:
    """Yield the characters that hang together by pairs."""
    left = list(pairs)
    while left:
        group = left.pop()
        while joined := [other for other in left if other & group]:
            left = [other for other in left if not other & group]
            group = group.union(*joined)
        yield group


def _log_chance(found: int, of: int, elsewhere: int, others: int) -> float:
    """Return the decimal logarithm of the chance of `found` and more of `of`, where `elsewhere` of `others` have it.

    The rate is not known but by these others: beta-binomial, with Jeffreys' half a success and half a failure before.
    """
    if found == 0 or elsewhere > MOST_ELSEWHERE * others:
        return 0.0
    a, b = elsewhere + 0.5, others - elsewhere + 0.5
    whole = lgamma(a + b) - lgamma(a) - lgamma(b) - lgamma(a + b + of)
    terms = [
        whole + lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + lgamma(a + k) + lgamma(b + of - k)
        for k in range(found, of + 1)
    ]
    return float(np.log10(min(sum(exp(term) for term in terms), 1.0) + 1e-30))
