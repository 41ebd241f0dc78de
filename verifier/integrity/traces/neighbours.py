"""A field's characters against the other characters of its page: one that was set anew, or all of them.

Two ways of looking. Single characters: each against the rest of its field and the nearest print of its kind, what its
shape does to the numbers taken off by its equals on the page. The field as a whole: the mean of its characters against
print outside it, which sees less of a change in each. Every view asks for several numbers to lean the same way: a worn
or blotted honest character leans in one, an editor's or another device's in all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.characters import MEASURES, Rows
from verifier.integrity.traces.medians import medians, spread

Vector = NDArray[np.float64]
NEAREST = 100
"""Characters outside a field that it is compared with: a photo's focus and light change over the page."""
SAME_SIZE = 0.25
"""Logarithm of the ratio of heights up to which characters are compared."""
FEWEST_TOGETHER, FEWEST_OUTSIDE, FEWEST_OF_FIELD = 20, 15, 3
"""Characters without which the page says too little about itself."""
FLOOR = np.array([0.03] * 7 + [0.05, 1.0] + [0.03] * 2)
"""Least spread of each of `MEASURES` within a page: the lower tenth of what genuine scans have."""
CLIP = 8.0
"""In spreads; beyond it a number is an accident."""
FEWEST_EQUAL = 5
"""Characters of the same shape without which it is left as it is: of fewer, a forger's own would weigh too much."""
OF_SHAPE = 1.3
"""By how much the limit of typed characters grows for one that is left as it is: an E is all edges. In 135 genuine
letters of two generators never seen before 0.4 % of 3620 such characters have 0.7 of the limit and more, the highest
1.09, and 0.04 % of 19,414 others; such characters set anew on tuning pages have 2.0 to 3.2."""
EQUALS = 3.0
"""How many equal characters count as much as knowing nothing of a shape (tried 1 to 10 on tuning letters)."""
CONTRAST, STEEPEST, DETAIL, CURVATURE, STROKE, RIPPLE, ACROSS, DOWN = (
    MEASURES.index(name)
    for name in ("contrast", "steepest", "edge_detail", "edge_curvature", "stroke", "ripple", "across", "down")
)


@dataclass(frozen=True, slots=True)
class View:
    """A direction away from honest print, which numbers must lean that way (by at least `lean`), and its limit.

    The last of `MEASURES` have no weight, numbers may be asked to lean all the same.
    """

    weights: Vector
    leans: tuple[tuple[int, float], ...]
    """Of a number: +1 upward, −1 downward, or a share of `lean`."""
    lean: float
    limit: float

    def of(self, away: Vector) -> Vector:
        """Return each row's deviation, shape (n,); 1 is the limit, 0 where the numbers do not lean together."""
        score = away[:, : len(self.weights)] @ self.weights / self.limit
        for number, sign in self.leans:
            score = np.where(np.sign(sign) * away[:, number] >= abs(sign) * self.lean, score, 0.0)
        return cast(Vector, np.maximum(score, 0.0))


BOTH_WAYS, NOT_CRISPER = 0.8, 0.01
"""Of a view's `lean`, by which edges across and down each are crisper than the page's, and paler ones not crisper.
What an editor sets is crisp both ways; bars and stems that happen to stand on the pixels of a scanner, or of what a
page was turned by, are crisp one way: E, L and 5 in numbers of 5 of 109 genuine letters of a generator never seen
before had 1.3 to 1.5 of the limit, and -1.6 to 0.7 here the other way, a paler M 0.3 and 0.6. Of 96 pages with
print set anew or from another letter all 75 that were found still are; the least soft character from elsewhere has
-0.1."""
TYPED = View(
    np.array((1.19, 0.40, 0.38, 0.45, 0.35, 0.05, 0.19, 0.16, -0.08)),
    ((CONTRAST, 1), (DETAIL, 1), (CURVATURE, 1), (ACROSS, BOTH_WAYS), (DOWN, BOTH_WAYS)), 1.0, 4.8,
)  # fmt: skip
FOREIGN = View(
    np.array((-1.26, -0.42, -0.56, 0.06, -0.52, 0.20, -0.15, -0.07, -0.02)),
    ((CONTRAST, -1), (STEEPEST, -0.5), (CURVATURE, -1), (ACROSS, -NOT_CRISPER), (DOWN, -NOT_CRISPER)), 1.0, 4.6,
)  # fmt: skip
"""Of single characters: crisper and darker as an editor sets them, or softer and paler as another device saw them.
Fisher's discriminants of characters of 98 scans, each changed in nine ways. Of 69 genuine tuning pages, characters
where their ink stands, the highest have 3.6, 2.6 and 2.5 for the first and 0 for the second; of 202 others, as the real
reader places them, 3.5 and 3.6. Characters from other letters that lean so at all have 4.7 to 15 (19 of 24 pages). With
limits of 4.0 and 2.7 one of 22 kept-aside genuine pages cried wolf."""
WHOLE_TYPED = View(
    np.array((0.91, 0.18, 0.53, 0.58, 0.26, 0.29, 0.40, 0.22, -0.08)),
    ((CONTRAST, 1), (DETAIL, 1), (CURVATURE, 1), (ACROSS, BOTH_WAYS), (DOWN, BOTH_WAYS)), 0.6, 4.2,
)  # fmt: skip
WHOLE_FOREIGN = View(
    np.array((-1.12, -0.30, -0.22, -0.46, -0.41, 0.14, -0.18, -0.10, 0.12)),
    ((CONTRAST, -1), (DETAIL, -1), (CURVATURE, -1)), 0.8, 4.0,
)  # fmt: skip
WHOLE_WIPED = View(
    np.array((0.60, 0.21, -0.23, 0.08, 0.66, 0.32, -0.66, 0.08, -0.05)),
    ((CURVATURE, 0.01), (RIPPLE, -1)), 0.3, 4.0,
)  # fmt: skip
WHOLE_MATCHED = View(
    np.array((-0.41, -0.70, 0.59, -0.16, 0.84, 0.67, 0.27, 0.14, -0.06)),
    ((CURVATURE, 1), (STROKE, 1)), 0.6, 3.6,
)  # fmt: skip
"""Of whole fields; `wiped` has less of the paper's noise, `matched` was made soft and noisy by hand. Of 69 genuine
tuning pages the highest have 3.0 and 2.0; 2.2 and 0; 2.4 and 2.3; 2.0 and 1.9; of 202 others 2.6, 3.6, 3.3 and 2.7."""
MOST_WHOLE = 2.2
"""How far contrast and stroke width of a field without siblings may count as a whole: set in bold or in a darker face,
honest ones lean by 5 to 7 in one of them alone (1 of 31 genuine letters of one generator, 1 of 50 of another)."""
USUAL = np.array((-0.36, 0.30, 0.31, 0.22, 0.20, -0.11, -0.13, 0.09, -0.15, 0.0, 0.0))
"""What genuine fields have on average: values are set in heavier or lighter print than labels."""
SHARED = 0.25
"""How much of a genuine field's leaning its characters share, so that long fields are not judged by their length."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The measured characters of a page, one row each: middle x and y, height, field or -1, and their numbers, as they
    are and without what their shape does to them; and whether the page has equals enough to tell that."""

    places: Vector
    rows: Rows
    shapeless: Rows
    told: NDArray[np.bool_]


def crowd_of(cells: Sequence[Cell], rows: Rows) -> Crowd:
    """Return the characters of digits and capitals that could be measured; `rows` are `characters.rows_of(cells)`."""
    known = [n for n, cell in enumerate(cells) if cell.latin and np.isfinite(rows[n]).all()]
    places = np.array([(cells[n].x, cells[n].y, cells[n].height, cells[n].field) for n in known]).reshape(-1, 4)
    equals = _equals([cells[n].text for n in known])
    told = np.zeros(len(known), np.bool_)
    for indices in equals:
        told[indices] = True
    return Crowd(places, rows[known], _shapeless(equals, rows[known]), told)


def _equals(texts: list[str]) -> list[list[int]]:
    """Return the groups of equal characters that are large enough to tell what their shape does to the numbers."""
    equals: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        equals[text].append(index)
    return [indices for indices in equals.values() if len(indices) >= FEWEST_EQUAL]


def _shapeless(equals: list[list[int]], rows: Rows) -> Rows:
    """Return the numbers, what their shape does to them taken off where the page has equals enough."""
    if not len(rows):
        return rows
    off = rows - medians(rows)
    for indices in equals:
        off[indices] -= medians(off[indices]) * (len(indices) / (len(indices) + EQUALS))
    return off


def neighbour_deviations(crowd: Crowd, fields: Mapping[int, Sequence[int]]) -> dict[int, float]:
    """Return how suspicious the characters of fields are; 1 is the limit. Those are left out that say too little.

    By field its siblings, the fields that are set as it is: that they share its bold tells nothing. A field without any
    is hardly judged by one number alone.
    """
    leanings = {field: _leaning(crowd, field) for field in fields}
    found = {field: _deviation(crowd, field, leanings, siblings) for field, siblings in fields.items()}
    return {field: value for field, value in found.items() if value is not None}


def _deviation(
    crowd: Crowd, field: int, leanings: Mapping[int, Vector | None], siblings: Sequence[int]
) -> float | None:
    mine = np.flatnonzero(crowd.places[:, 3] == field)
    if not len(mine):
        return None
    outside = _nearest(crowd, mine, field)
    if len(mine) + len(outside) < FEWEST_TOGETHER:
        return None
    shapeless = crowd.shapeless
    singles = _in_spreads(shapeless[mine], shapeless[np.concatenate([mine, outside])])
    if not siblings:
        singles = _without_own_shade(singles)
    typed = TYPED.of(singles) / np.where(crowd.told[mine], 1.0, OF_SHAPE)
    values = [typed.max(), FOREIGN.of(singles).max()]
    if (leaning := leanings[field]) is not None:
        others = [other for sibling in siblings if (other := leanings[sibling]) is not None]
        together = _unshared(leaning, medians(np.array(others)))[None] if others else _limited(leaning)[None]
        values += [v.of(together).max() for v in (WHOLE_TYPED, WHOLE_FOREIGN, WHOLE_WIPED, WHOLE_MATCHED)]
    return float(max(values))


def _leaning(crowd: Crowd, field: int) -> Vector | None:
    """Return the mean leaning of a field's characters, None where there are too few of them or about them."""
    mine = np.flatnonzero(crowd.places[:, 3] == field)
    outside = _nearest(crowd, mine, field) if len(mine) >= FEWEST_OF_FIELD else mine[:0]
    return _together(crowd.rows[mine], crowd.rows[outside]) if len(outside) >= FEWEST_OUTSIDE else None


def _unshared(leaning: Vector, siblings: Vector) -> Vector:
    """Return a leaning without the weight of strokes that siblings have as well: whoever changes all numbers of a list
    leaves the rest of what an editor leaves."""
    mine, theirs = leaning[STROKE], siblings[STROKE]
    kept = leaning.copy()
    if np.sign(mine) == np.sign(theirs):
        kept[STROKE] -= np.sign(mine) * min(abs(mine), abs(theirs))
    return kept


def _without_own_shade(singles: Vector) -> Vector:
    """Return a field's characters without the darkness that it has as a whole: one set in grey has no odd character."""
    kept, own = singles.copy(), float(np.median(singles[:, CONTRAST]))
    shared = np.where(np.sign(kept[:, CONTRAST]) == np.sign(own), np.minimum(np.abs(kept[:, CONTRAST]), abs(own)), 0.0)
    kept[:, CONTRAST] -= np.sign(own) * shared
    return kept


def _limited(leaning: Vector) -> Vector:
    """Return a leaning whose boldness and darkness count no more than they may of a field without siblings."""
    kept = leaning.copy()
    for number in (CONTRAST, STROKE):
        kept[number] = np.clip(kept[number], -MOST_WHOLE, MOST_WHOLE)
    return kept


def _nearest(crowd: Crowd, mine: NDArray[np.intp], field: int) -> NDArray[np.intp]:
    """Return the characters outside a field that are about as large, the nearest of them."""
    x, y, height = medians(crowd.places[mine, :3])
    alike = crowd.places[:, 3] != field
    alike &= np.abs(np.log(crowd.places[:, 2] / height)) < SAME_SIZE
    apart = np.hypot(crowd.places[:, 0] - x, crowd.places[:, 1] - y)
    among = np.flatnonzero(alike)
    return among[np.argsort(apart[among])[:NEAREST]]


def _together(mine: Rows, outside: Rows) -> Vector:
    """Return the mean leaning of a field's characters, shape (len(MEASURES),)."""
    count = len(mine)
    mean = _in_spreads(mine, outside).mean(axis=0)
    return cast(Vector, mean * np.sqrt(count / (1 + SHARED * count)) - USUAL)


def _in_spreads(rows: Vector, page: Vector) -> Vector:
    middle = medians(page)
    return cast(Vector, np.clip((rows - middle) / np.hypot(spread(page, middle), FLOOR), -CLIP, CLIP))
