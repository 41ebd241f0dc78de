"""Words of a line in the order they are read, where scripts of both directions stand in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from verifier.recognition.tesseract_crops import Word

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MARKS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks of direction, which say how to draw and nothing that is read."""


def in_reading_order(words: Sequence[Word]) -> list[Word]:
    """Return the words of a line in logical order, each run from right to left as one word.

    A line between two words from right to left runs so as a whole; any other runs from left to right, and what runs
    against it within is turned round. Marks of direction are left out. Without words from right to left nothing
    changes.
    """
    if not any(_RIGHT_TO_LEFT.search(word.text) for word in words):
        return list(words)
    bare = [word._replace(text=word.text.translate(_MARKS).strip()) for word in words]
    by_place = sorted((word for word in bare if word.text), key=lambda word: word.left)
    if _is_reversed(by_place[0]) and _is_reversed(by_place[-1]):
        runs = [list(run) for _, run in groupby(by_place, key=_is_reversed)]
        ordered = [word for run in reversed(runs) for word in (reversed(run) if _is_reversed(run[0]) else run)]
        return [_as_one(ordered)]
    found: list[Word] = []
    for run in (list(run) for _, run in groupby(by_place, key=_is_reversed)):
        found += [_as_one(run[::-1])] if _is_reversed(run[0]) else run
    return found


def in_logical_order(word: str) -> str:
    """Return a word as it is read, from its characters as they stand from left to right; numbers run so anyway.

    >>> in_logical_order("نادغب") == "بغدان"
    True
    >>> in_logical_order("Tel:")
    'Tel:'
    """
    if not _RIGHT_TO_LEFT.search(word):
        return word
    return "".join(part if part.isdigit() else part[::-1] for part in re.split(r"(\d+)", word)[::-1])


def _is_reversed(word: Word) -> bool:
    return bool(_RIGHT_TO_LEFT.search(word.text))


def _as_one(words: Sequence[Word]) -> Word:
    """Return words as one, since places of characters only grow along a line."""
    confidence = sum(word.confidence for word in words) / len(words)
    left, right = min(word.left for word in words), max(word.right for word in words)
    return Word(" ".join(word.text for word in words), confidence, left, right)
