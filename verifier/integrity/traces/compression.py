"""JPEG done again: with which steps a page was saved, and what saving makes of pixels set into it."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Steps = NDArray[np.float32]
"""To what each wave of a block was rounded, shape (8, 8), rows are waves downward."""
BLOCK = 8
"""Side of JPEG's blocks (ITU-T T.81), counted from the picture's corner."""
LUMINANCE = np.array(
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ],
    np.float32,
)  # fmt: skip
"""The table of ITU-T T.81, annex K.1, from which the Independent JPEG Group's qualities are scaled."""
QUALITIES = tuple(range(24, 97))
"""Finer ones leave steps near a grey level: whatever they save is unchanged by them."""
WIDE, TALL, PLACES, MOST_BLOCKS = 32, 24, 24, 64
"""Crops in which the quality is sought, how many, and how many of their blocks, the liveliest, are measured."""
OFF_GRID = 4
"""Pixels by which a second measurement stands off the blocks: steps that fit there too say nothing."""
ROUNDING = 0.02
FITS = 0.12
"""Of the distance from a quality's steps off the grid. Pages saved as JPEG last have at most 0.04, saved without loss,
or drawn to another scale by a PDF at least 0.45 (24 tuning letters, each saved in five ways)."""
FAITHFUL = 0.22
"""Squared grey levels by which saving a page again with its own quality changes half of its blocks: at most 0.1 on JPEG
pages; pages whose red, green and blue were compressed each on its own (TIFF) have at least 0.17, mostly 0.3 to 0.5."""
CLIPPED = 3
"""Grey levels next to black and white at which a decoder may have cut pixels off."""


def steps_of(luma: Luma, places: Sequence[tuple[int, int]], stated: Sequence[int] = ()) -> Steps | None:
    """Return the steps with which the page about some places (x, y) was saved last, shape (8, 8), None where none fit.

    `stated` are the file's own, 64 row by row; of files that tell none the steps of usual qualities are tried. None
    too for pages that were made larger or smaller since: their blocks lie elsewhere.
    """
    crops = _crops(luma, places)
    if not len(crops):
        return None
    blocks, beside = (_liveliest(crops[:, at : at + TALL, at : at + WIDE]) for at in (0, OFF_GRID))
    own = np.array(stated, np.float32).reshape(-1, BLOCK * BLOCK)
    for tables in (own, USUAL_STEPS):
        if len(tables):
            share = (_distances(blocks, tables) + ROUNDING) / (_distances(beside, tables) + ROUNDING)
            best = int(np.argmin(share))
            steps = np.asarray(tables[best].reshape(BLOCK, BLOCK), np.float32)
            if share[best] < FITS and np.median(_changes(blocks, steps)) < FAITHFUL:
                return steps
    return None


def as_compressed(luma: Luma, pixels: Floats, counts: Mask, at: NDArray[np.intp], steps: Steps) -> Floats:
    """Return pieces of one size as they are after being set into the page and saved with it.

    `pixels` has shape (n, height, width), `at` the corners (x, y), shape (n, 2); where `counts`, shape (height, width),
    is false, the page's own pixels stay.
    """
    _, height, width = pixels.shape
    corners = at // BLOCK * BLOCK
    tall, wide = (-(-(size + BLOCK - 1) // BLOCK) * BLOCK for size in (height, width))
    canvas = np.stack([luma[y : y + tall, x : x + wide] for x, y in corners]).astype(np.float32)
    inner = [np.s_[n, y : y + height, x : x + width] for n, (x, y) in enumerate(at - corners)]
    for place, piece in zip(inner, pixels, strict=True):
        canvas[place][counts] = np.rint(np.clip(piece[counts], 0, 255))
    saved = of_blocks(np.rint(in_blocks(canvas) / steps) * steps)
    return np.stack([np.clip(np.rint(saved[place]), 0, 255) for place in inner])


def detail_of(luma: Luma, counts: Mask, at: NDArray[np.intp], steps: Steps) -> NDArray[np.intp]:
    """Return how many numbers say what places of one size look like, shape (n,): waves that compression left.

    `counts` are the pixels that matter, shape (height, width), `at` the corners (x, y); a block's waves count by the
    share of its pixels that do.
    """
    height, width = counts.shape
    corners = at // BLOCK * BLOCK
    tall, wide = (-(-(size + BLOCK - 1) // BLOCK) * BLOCK for size in (height, width))
    canvas = np.stack([luma[y : y + tall, x : x + wide] for x, y in corners]).astype(np.float32)
    matter = np.zeros(canvas.shape, np.float32)
    for n, (x, y) in enumerate(at - corners):
        matter[n, y : y + height, x : x + width] = 1.0
    blocks, shares = (
        plane.reshape(len(at), tall // BLOCK, BLOCK, wide // BLOCK, BLOCK).swapaxes(2, 3) for plane in (canvas, matter)
    )
    left = (np.rint(waves_of(blocks) / steps) != 0).sum(axis=(3, 4))
    return np.asarray((left * shares.mean(axis=(3, 4))).sum(axis=(1, 2)), np.intp)


def changes_of(luma: Luma, corners: NDArray[np.intp], steps: Steps) -> Floats:
    """Return by how much saving the page with some steps would change blocks, shape (n,), in squared grey levels.

    `corners` are theirs (x, y), shape (n, 2). What a decoder cut off at black and white counts as unchanged.
    """
    return _changes(blocks_at(luma, corners).astype(np.float32), steps)


def blocks_at(picture: Luma, corners: NDArray[np.intp]) -> Luma:
    """Return the blocks of a picture at some corners (x, y) of blocks, shape (n, 8, 8) or (n, 8, 8, 3)."""
    tall, wide = (size // BLOCK for size in picture.shape[:2])
    whole = picture[: tall * BLOCK, : wide * BLOCK].reshape(tall, BLOCK, wide, BLOCK, *picture.shape[2:])
    return whole.swapaxes(1, 2)[corners[:, 1] // BLOCK, corners[:, 0] // BLOCK]


def waves_of(blocks: Luma | Floats) -> Floats:
    """Return the waves (discrete cosine transform) of blocks, shape (…, 8, 8)."""
    return np.asarray(_COSINES @ (blocks.astype(np.float32) - 128) @ _COSINES.T, np.float32)


def in_blocks(pixels: Floats) -> Floats:
    """Return the waves of pictures whose sides are whole blocks, shape (n, height / 8, width / 8, 8, 8)."""
    count, tall, wide = pixels.shape
    return waves_of(pixels.reshape(count, tall // BLOCK, BLOCK, wide // BLOCK, BLOCK).swapaxes(2, 3))


def of_blocks(waves: Floats) -> Floats:
    """Return the pictures that have some waves, shape (n, height, width)."""
    count, down, across = waves.shape[:3]
    blocks = np.asarray(_COSINES.T @ waves @ _COSINES + 128, np.float32)
    return blocks.swapaxes(2, 3).reshape(count, down * BLOCK, across * BLOCK)


def _changes(blocks: Floats, steps: Steps) -> Floats:
    waves = np.rint(waves_of(blocks) / steps) * steps
    saved = _COSINES.T @ waves @ _COSINES + 128
    cut_off = (blocks <= CLIPPED) | (blocks >= 255 - CLIPPED)
    off = np.where(cut_off, 0.0, saved - blocks)
    return np.asarray((off * off).mean(axis=(1, 2)), np.float32)


def _crops(luma: Luma, places: Sequence[tuple[int, int]]) -> Luma:
    """Return crops about some of the places, cornered where blocks begin, with a margin to look off the grid."""
    found = []
    for x, y in places[:: max(1, len(places) // PLACES)][:PLACES]:
        left, top = x // BLOCK * BLOCK, y // BLOCK * BLOCK
        crop = luma[top : top + TALL + OFF_GRID, left : left + WIDE + OFF_GRID]
        if crop.shape == (TALL + OFF_GRID, WIDE + OFF_GRID):
            found.append(crop)
    return np.stack(found) if found else np.zeros((0, 1, 1), np.uint8)


def _liveliest(crops: Luma) -> Floats:
    """Return the blocks of some crops with most in them that no decoder cut off, shape (n, 8, 8)."""
    blocks = crops.reshape(len(crops), TALL // BLOCK, BLOCK, WIDE // BLOCK, BLOCK).swapaxes(2, 3).reshape(-1, 8, 8)
    clipped = ((blocks > 255 - CLIPPED) | (blocks < CLIPPED)).mean(axis=(1, 2))
    lively = blocks.std(axis=(1, 2)) * (1 - clipped)
    return blocks[np.argsort(-lively)[:MOST_BLOCKS]].astype(np.float32)


def _distances(blocks: Floats, tables: Floats) -> Floats:
    """Return how far blocks lie from the steps of each of some tables, shape (n, 64), squared, shape (n,)."""
    waves = waves_of(blocks).reshape(1, -1, BLOCK * BLOCK)
    off = waves - tables[:, None] * np.rint(waves / tables[:, None])
    return np.asarray(np.einsum("qbw,qbw->q", off, off) / off[0].size, np.float32)


def _cosines() -> Floats:
    """Return the matrix of the discrete cosine transform of 8 values."""
    return np.asarray(cv2.dct(np.eye(BLOCK, dtype=np.float32), flags=cv2.DCT_ROWS).T, np.float32)


def _steps(quality: int) -> Floats:
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip(np.floor((LUMINANCE * scale + 50) / 100), 1, 255).astype(np.float32)


_COSINES = _cosines()
USUAL_STEPS = np.stack([_steps(quality) for quality in QUALITIES])
"""Tables of the usual qualities, shape (len(QUALITIES), 64)."""
