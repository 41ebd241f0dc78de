"""Places changed between two savings of a page as JPEG: what was set in has not been through the first one.

Whoever changes a scan opens the scanner's JPEG and saves it as one again. All that he left alone was rounded twice: to
the scanner's steps, then to his editor's. Where the first were coarser, his own cannot take all their values, and
print set in between takes them all (Lukáš and Fridrich, 2003, of whole pictures). The first steps are found from the
page's print; each block of a field then says how much likelier it is to have been rounded once than twice.
"""

from __future__ import annotations

from collections.abc import Set

import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.blocks import FEWEST_OTHERS, Owned, are_rare, are_stamped
from verifier.integrity.traces.compression import (
    BLOCK,
    QUALITIES,
    USUAL_STEPS,
    Floats,
    Luma,
    Steps,
    blocks_at,
    waves_of,
)
from verifier.page import Pixels

ROUNDING = 0.6
"""Spread of a wave after its pixels were rounded to grey levels and turned to colours and back."""
SURPRISE = 0.03
"""Share of waves that fit nothing: pixels that a decoder cut off at white."""
LARGEST = 24
"""In steps; larger waves are few, and any pair of steps leaves most of their values."""
LOWEST = np.array([row * BLOCK + column for row in range(5) for column in range(5) if 0 < row + column < 5])
"""The fourteen longest waves but the flat one: they are hardly ever rounded to nothing."""
COARSEST = 50
"""Quality of a first saving below which nothing is said: what a decoder then cuts off at white is too much. Of 90
genuine pages with a real reader, each saved again four times, one of quality 28 cried wolf."""
MOST_ASKED, FEWEST_WAVES, TWICE = 800, 300, 0.12
"""Blocks of a page that are asked for its first saving; their waves, and by how much each tells two savings from one
(nats), without which nothing is said.
Of 26 tuning pages saved once none has more than 0.07; saved again 4 to 10 qualities finer they have 0.36 to 2.1."""
ONCE = 20.0
"""Nats by which a block is likelier to have been saved once. Of blocks left alone at most 1 in 500 has 10 and none 20
(pages of a first quality of 60 and more); of characters wiped or typed anew most have 20 to 100."""
FEWEST = 3
"""Such blocks of a field that are no accident."""
MOST_SATURATED = 0.05
"""Share of a block's pixels at the end of their range: more cut off, and it tells nothing."""


def saving_deviations(
    pixels: Pixels, luma: Luma, owned: Owned, fields: Set[int], steps: Steps | None
) -> dict[int, float]:
    """Return for each of some fields how many of its blocks were saved once on a page saved twice; 1 is the limit.

    `pixels` and `luma` are the file's page, `steps` those it was saved with last, None where it was not. Empty where
    the page was saved once, or first with steps about as fine as the last.
    """
    owners, at = owned.owners, owned.at
    if steps is None or not len(at):
        return {}
    others = ~np.isin(owners, list(fields))
    asked = np.flatnonzero(others if others.sum() >= FEWEST_OTHERS else ~others)
    asked = asked[:: max(1, len(asked) // MOST_ASKED)]
    some = _values(luma, at[asked], steps)
    first = _first_steps(some[_tell(luma, at[asked])], steps)
    if first is None:
        return {}
    once = _likelier_twice(_values(luma, at, steps), _nats(first, steps)[0]).sum(axis=1) < -ONCE
    once[once] = _tell(pixels, at[once]) & ~are_stamped(pixels, at[once])
    return {
        field: float(once[owners == field].sum() / FEWEST) if are_rare(once[owners != field]) else 0.0
        for field in fields & set(owners.tolist())
    }


def _values(luma: Luma, at: NDArray[np.intp], steps: Steps) -> NDArray[np.intp]:
    """Return the waves of blocks in steps, without their signs, shape (n, 64); 0 where a wave says nothing."""
    found = np.asarray(np.abs(np.rint(waves_of(blocks_at(luma, at)) / steps)).reshape(len(at), -1), np.intp)
    found[:, 0] = 0  # the flat wave is paper's tone
    found[found > LARGEST] = 0
    return found


def _tell(picture: Pixels | Luma, at: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which blocks of a picture, in colour or grey, hardly hold a pixel that a decoder may have cut off."""
    blocks = blocks_at(picture, at)
    saturated = (blocks == 0) | (blocks == np.iinfo(np.uint8).max)
    if picture.ndim > 2:
        saturated = saturated.any(axis=-1)
    return np.asarray(saturated.mean(axis=(1, 2)) <= MOST_SATURATED)


def _first_steps(values: NDArray[np.intp], steps: Steps) -> Steps | None:
    """Return the usual steps that explain blocks' waves best as rounded before, None where none do by far."""
    counts = np.stack([np.bincount(column, minlength=LARGEST + 1) for column in values[:, LOWEST].T])
    counts[:, 0] = 0
    if counts.sum() < FEWEST_WAVES:
        return None
    last = steps.reshape(-1)[LOWEST]
    coarser = np.flatnonzero(USUAL_STEPS[:, LOWEST].mean(axis=1) > last.mean())
    if not len(coarser):
        return None
    told = (_nats(USUAL_STEPS[coarser][:, LOWEST], last) * counts).sum(axis=(1, 2)) / counts.sum()
    best = coarser[np.argmax(told)]
    return USUAL_STEPS[best].reshape(BLOCK, BLOCK) if told.max() >= TWICE and QUALITIES[best] >= COARSEST else None


def _nats(first: Floats, last: Floats) -> Floats:
    """Return how much likelier each value is after two roundings than after one, shape (tables, waves, LARGEST + 1).

    `first` has shape (tables, waves) or is one table, `last` as many waves. A value is taken as often as multiples of
    the first step are rounded to it, the last step's share of the first if they fall evenly.
    """
    one = first.reshape(-1, last.size)[..., None]
    two = last.reshape(1, -1, 1)
    values = np.arange(LARGEST + 1, dtype=np.float32)
    low, high = (values - 0.5) * two, (values + 0.5) * two
    begin = np.floor(low / one)
    share = np.zeros(np.broadcast_shapes(one.shape, low.shape), np.float32)
    for further in range(-1, int(np.ceil((two / one).max())) + 2):
        at = (begin + further) * one
        share += _below((high - at) / ROUNDING) - _below((low - at) / ROUNDING)
    return np.asarray(np.log(np.maximum(share * one / two, SURPRISE) / (1 + SURPRISE)), np.float32)


def _below(away: Floats) -> Floats:
    """Return the share of a normal spread below some places (the logistic curve, within 0.01)."""
    return np.asarray(1 / (1 + np.exp(-1.702 * np.clip(away, -30, 30))), np.float32)


def _likelier_twice(values: NDArray[np.intp], nats: Floats) -> Floats:
    """Return what each wave says, shape (n, 64)."""
    told = nats[np.arange(values.shape[1]), values]
    return np.where(values > 0, told, np.float32(0.0))
