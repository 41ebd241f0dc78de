"""Places on a page that look like a VIN, to be read again at the best resolution and by the second reader."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

import cv2
import numpy as np

from verifier.formats import vin
from verifier.page import Box, Line, Pixels

CANDIDATE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[ .\-·&%*'_]?[A-Za-z0-9]){11,23}(?![A-Za-z0-9])")
"""12 to 24 letters and digits, perhaps printed in groups: a VIN with characters lost, doubled or taken for
marks (8 for &)."""
_LATIN = re.compile(r"[A-Za-z0-9](?:[ -~·]*[A-Za-z0-9])?")
FEWEST_DIGITS = 4
"""The last four places of every VIN are digits."""
MOST_SMALL_LETTERS = 4
"""A capital misread as a small letter (S, V, W, X, Z, C, P, K) is common, more of them are words."""
SURE_READING = 0.9
"""Smallest character confidence of a VIN in its line at which the first reader need not look again."""
MOST_LOST = 2
"""Characters by which a VIN's length may be misread; anything further off is another number."""
SOFTENING = 1.0
"""Pixels of the capture."""
SIDE_MARGIN = 0.45
"""Margin left and right of the crop, in character widths: more would let in the neighbour."""


@dataclass(frozen=True, slots=True)
class VinPlace:
    """Characters `start` to `stop` of a page's line number `line`."""

    line: int
    start: int
    stop: int


def without_specks(line: Line) -> Line:
    """Return a line in which letters of numbers stand without marks: a speck of dust over an A is no Á.

    No vehicle number has a letter with a mark. How surely the letter was read stays as it is.
    """
    if line.text.isascii():
        return line
    bare = "".join(map(_bare, line.text))
    spans = [match.span() for match in CANDIDATE.finditer(bare) if _looks_like_vin(match.group())]
    text = line.text
    for start, stop in spans:
        text = text[:start] + bare[start:stop] + text[stop:]
    return line if text == line.text else replace(line, text=text)


def _bare(character: str) -> str:
    """Return a Latin letter without its mark, any other character as it is."""
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() and base.isalpha() else character


def _looks_like_vin(text: str) -> bool:
    digits, small = sum(c.isdigit() for c in text), sum(c.islower() for c in text)
    return digits >= FEWEST_DIGITS and small <= MOST_SMALL_LETTERS


def find_vin_places(lines: tuple[Line, ...]) -> tuple[VinPlace, ...]:
    """Return where on a page something like a VIN stands."""
    return tuple(
        VinPlace(index, match.start(), match.end())
        for index, line in enumerate(lines)
        for match in CANDIDATE.finditer(line.text)
        if _looks_like_vin(match.group())
    )


def crop_box(line: Line, place: VinPlace, pixels: Pixels) -> tuple[int, int, int, int]:
    """Return (x0, y0, x1, y1), the pixels around the place with its margin."""
    height, width = pixels.shape[:2]
    x0, x1 = line.edges[place.start], line.edges[place.stop]
    margin = SIDE_MARGIN * (x1 - x0) / (place.stop - place.start)
    return Box(x0 - margin, line.box.y0, x1 + margin, line.box.y1).to_pixels(width=width, height=height)


def is_doubtful(lines: tuple[Line, ...], place: VinPlace) -> bool:
    """Return whether a place needs another look: a character is unsure, or the count of them is off by a few."""
    span = lines[place.line].span(place.start, place.stop)
    sure = min(c for c, t in zip(span.character_confidences, span.text, strict=True) if t.isalnum())
    return sure < SURE_READING or 0 < abs(_characters(span.text) - vin.LENGTH) <= MOST_LOST


def disputes(lines: tuple[Line, ...], place: VinPlace, other: str) -> bool:
    """Return whether another reading of a place is a valid VIN, and not the one in its line."""
    mine = vin.normalise(lines[place.line].text[place.start : place.stop])
    return vin.is_valid(other) and vin.normalise(other) != mine


def softened(crop: Pixels) -> Pixels:
    """Return a crop as it is shown to the second reader once more, where it sees another VIN than the first.

    Tesseract takes the foot of a crisp 1 for an A at times, which no check digit tells from it. Of three such numbers,
    two in scans at 400 dpi and one photographed, it read the two softened right and more surely; what it sees both
    times, it sees.
    """
    return np.asarray(cv2.GaussianBlur(crop, (0, 0), SOFTENING), np.uint8)


def _characters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def keep_surer(line: Line, place: VinPlace, tight: Line) -> tuple[Line, Line]:
    """Return the line with the better reading of the place in it, and the other reading: 17 characters before
    another count (a squeezed line loses one of three equal digits), then the surer one.

    `tight` is the place read again alone. The other reading stays available: where it is another valid VIN,
    the rules call the VIN unsure.
    """
    wide = line.span(place.start, place.stop)
    tight = _without_neighbours(tight)
    if not tight.text or _merit(tight) <= _merit(wide):
        return line, tight
    # outer borders of a tight crop hold its margin; the line's own borders are nearer to the characters
    edges = (line.edges[place.start], *tight.edges[1:-1], line.edges[place.stop])
    before, after = slice(None, place.start), slice(place.stop, None)
    confidences = (
        *line.character_confidences[before],
        *tight.character_confidences,
        *line.character_confidences[after],
    )
    joined = replace(
        line,
        text=line.text[before] + tight.text + line.text[after],
        edges=(*line.edges[before], *edges, *line.edges[place.stop + 1 :]),
        character_confidences=confidences,
        confidence=min(confidences),
    )
    return joined, wide


def _merit(reading: Line) -> tuple[bool, float]:
    return _characters(reading.text) == vin.LENGTH, reading.confidence


def _without_neighbours(tight: Line) -> Line:
    """Return a tight reading without Chinese characters at its ends: a stroke of the next word in the margin."""
    found = _LATIN.search(tight.text)
    return tight.span(*found.span()) if found else tight
