"""What can be seen of a page: boxes, lines of text, layer words, rules, and the pixels they stand on.

Everything but `PageImage` is plain data that can be stored. Boxes are fractions of the upright page image.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""RGB image, shape (height, width, 3), dtype uint8, row 0 at the top."""


class Box(NamedTuple):
    """A rectangle in fractions of the upright page: x0 < x1 rightward, y0 < y1 downward."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def from_pixels(cls, x0: float, y0: float, x1: float, y1: float, *, width: int, height: int) -> Self:
        """Return the box of a pixel rectangle on a page image of `width` × `height` pixels."""
        return cls(x0 / width, y0 / height, x1 / width, y1 / height)

    @classmethod
    def around(cls, boxes: list[Box]) -> Box:
        """Return the smallest box that holds all `boxes` (at least one)."""
        return Box(
            min(b.x0 for b in boxes),
            min(b.y0 for b in boxes),
            max(b.x1 for b in boxes),
            max(b.y1 for b in boxes),
        )

    def to_pixels(self, *, width: int, height: int) -> tuple[int, int, int, int]:
        """Return (x0, y0, x1, y1) in whole pixels, clipped to the image, never empty."""
        x0 = min(max(int(self.x0 * width), 0), width - 1)
        y0 = min(max(int(self.y0 * height), 0), height - 1)
        x1 = min(max(int(np.ceil(self.x1 * width)), x0 + 1), width)
        y1 = min(max(int(np.ceil(self.y1 * height)), y0 + 1), height)
        return x0, y0, x1, y1

    @property
    def width(self) -> float:
        """Width as a fraction of the page width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height as a fraction of the page height."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        """(x, y) of the middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def area(self) -> float:
        """Area as a fraction of the page area."""
        return max(self.width, 0.0) * max(self.height, 0.0)

    def overlap(self, other: Box) -> float:
        """Return the area shared with `other`, as a fraction of the page area."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * height if width > 0 and height > 0 else 0.0

    def covers(self, other: Box, share: float = 0.5) -> bool:
        """Return whether at least `share` of `other`'s area lies inside this box."""
        return other.area > 0 and self.overlap(other) >= share * other.area


class Source(StrEnum):
    """Where a reading comes from."""

    OCR = "ocr"
    TEXT_LAYER = "text_layer"
    SECOND_READER = "second_reader"
    OFFICIAL = "official"


class Colour(StrEnum):
    """What the capture kept of the paper's colours."""

    COLOUR = "colour"
    GREY = "grey"
    BILEVEL = "bilevel"


@dataclass(frozen=True, slots=True)
class Line:
    """One run of text as the detector saw it: a whole text line, or the content of one table cell.

    `edges` are the len(text) + 1 horizontal borders of its characters, as fractions of the page width, so
    that every value inside a line has its own box. `character_confidences` has len(text) entries;
    `confidence` is the calibrated probability that the whole text is right.
    """

    text: str
    box: Box
    confidence: float
    edges: tuple[float, ...]
    character_confidences: tuple[float, ...]
    source: Source = Source.OCR

    def span(self, start: int, stop: int) -> Line:
        """Return characters `start` to `stop` (exclusive, at least one) as a line with its own box."""
        inside = self.character_confidences[start:stop]
        return Line(
            text=self.text[start:stop],
            box=Box(self.edges[start], self.box.y0, self.edges[stop], self.box.y1),
            confidence=min(inside),
            edges=self.edges[start : stop + 1],
            character_confidences=inside,
            source=self.source,
        )


SHORTEST_RULE, MEETING = 0.1, 0.01
"""A vertical rule is one of a table where a horizontal one of at least this share of the page meets it, to within
this share: the straight strokes of a signature, of a seal's star and characters meet none."""
ONE_LEVEL = 0.002
"""Share of the page by which pieces of one rule may stand apart or off its level: half a millimetre."""


@dataclass(frozen=True, slots=True)
class LayerWord:
    """A word of a PDF's text layer, whether or not it can be seen.

    `hidden` is None where the word is painted visibly, else why it cannot be seen:
    `invisible` (render mode 3, the honest layer of OCR scanners), `white`, `tiny`, `off_page`, `clipped`,
    `transparent`, `covered`.
    """

    text: str
    box: Box
    hidden: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read. Plain data: the pixels live beside it in `PageImage`."""

    number: int
    """Position in the file, from 1."""
    width_mm: float
    height_mm: float
    scale_known: bool
    """False where the file states no resolution: then millimetres are a guess from the paper's shape."""
    dpi: float
    """Pixels per 25.4 mm of the upright image that was read."""
    colour: Colour
    born_digital: bool
    """True where the visible text is drawn by the file itself, not part of a picture."""
    rotation: int
    """Degrees (0, 90, 180, 270) the file's page was turned clockwise to stand upright."""
    homography: tuple[float, ...] | None
    """Nine numbers, row by row: upright fractions to fractions of the turned file page; None = identity."""
    lines: tuple[Line, ...]
    """In reading order: top to bottom, then left to right."""
    second_readings: tuple[Line, ...] = ()
    """What the independent second reader saw in the crops it was given (VINs)."""
    marks: tuple[Line, ...] = ()
    """What stamps in colour and slanted marks say; they lie over the letter and are no lines of it."""
    layer: tuple[LayerWord, ...] = ()
    """The file's text layer in upright coordinates; empty for plain pictures."""
    rules: tuple[Box, ...] = ()
    """Ruled table and form lines: thin boxes, horizontal or vertical."""
    pixels_sha256: str = ""
    """Digest of the decoded file page before any processing: the same picture has the same digest."""

    @property
    def table_rules(self) -> tuple[Box, ...]:
        """The rules without upright strokes that no level rule meets; a level rule may be seen in pieces."""
        level = [rule for rule in _whole_level_rules(self.rules) if rule.width > max(rule.height, SHORTEST_RULE)]
        return tuple(
            rule
            for rule in self.rules
            if rule.width > rule.height
            or any(
                other.x0 - MEETING <= rule.x0 <= other.x1 + MEETING
                and rule.y0 - MEETING <= other.y0 <= rule.y1 + MEETING
                for other in level
            )
        )

    def upright(self, box: Box) -> Box:
        """Return where a box of the file's own page stands on the upright page.

        Layer words and findings as opened refer to the file's page. `rotation` turns it clockwise, the
        inverse of `homography` flattens it; the box around the four mapped corners comes back, unclipped.
        """
        turned = [turned_point(x, y, self.rotation) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        corners = [unwarped_point(x, y, self.homography) for x, y in turned]
        across, down = zip(*corners, strict=True)
        return Box(min(across), min(down), max(across), max(down))


def _whole_level_rules(rules: tuple[Box, ...]) -> list[Box]:
    """Return the level rules with those that go on in one another as one."""
    whole: list[Box] = []
    for rule in sorted(
        (rule for rule in rules if rule.width > rule.height), key=lambda one: (round(one.y0, 3), one.x0)
    ):
        last = whole[-1] if whole else None
        if last and abs(rule.y0 - last.y0) < ONE_LEVEL and rule.x0 <= last.x1 + ONE_LEVEL:
            whole[-1] = Box.around([last, rule])
        else:
            whole.append(rule)
    return whole


def turned_point(x: float, y: float, degrees: int) -> tuple[float, float]:
    """Return where a point stands after its page was turned clockwise by a multiple of 90 degrees."""
    return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[degrees % 360]


def unwarped_point(x: float, y: float, homography: tuple[float, ...] | None) -> tuple[float, float]:
    """Return the upright point that `homography` takes to (x, y)."""
    if homography is None:
        return x, y
    across, down, scale = np.linalg.solve(np.array(homography, dtype=float).reshape(3, 3), (x, y, 1.0))
    return float(across / scale), float(down / scale)


@dataclass(frozen=True, slots=True)
class PageImage:
    """A read page with the upright pixels that its boxes refer to. Never stored, never compared."""

    page: Page
    pixels: Pixels
    captured: Pixels | None = None
    """The file's own pixels of a scan that was straightened: what compression or a printer left on them is lost in the
    upright ones. None where those are the same, or the sheet was cut out of a photograph."""

    def crop(self, box: Box) -> Pixels:
        """Return the pixels of `box`, clipped to the page, at least one pixel."""
        height, width = self.pixels.shape[:2]
        x0, y0, x1, y1 = box.to_pixels(width=width, height=height)
        return self.pixels[y0:y1, x0:x1]
