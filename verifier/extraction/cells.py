"""Cells and rows: text that belongs together, with the place of every character."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from verifier.letter import Field, Reading
from verifier.page import Box, Line, Page, Source

_BETWEEN_STROKES = re.compile(r"[|｜¦\s]*(\S(?:.*[^\s|｜¦])?)[|｜¦\s]*", re.S)
_STROKE = re.compile(r"[|｜¦]")
NO_SPACE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
"""Scripts that are written without white between words."""
BULLETS = "•●◆■□▪▫◦‣►▶➢➤※✓✔"
"""Signs that items of lists begin with, to stand among others in a class of characters."""

ROOM = 2.0
"""Line heights, a word or two, that a line leaves empty at its end where it was ended on purpose."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text that belongs together, with the place of every character: one line, or the lines of a table cell.

    `origin` has, for each character of `text`, (piece, index) or None for a joining space.
    """

    page: int
    pieces: tuple[Line, ...]
    text: str
    origin: tuple[tuple[int, int] | None, ...]
    box: Box

    @classmethod
    def of(cls, page: int, pieces: Iterable[Line]) -> Cell:
        """Return the pieces as one cell, in their order; Chinese joins without a space."""
        lines = tuple(_without_strokes(line) for line in pieces)
        text = ""
        origin: list[tuple[int, int] | None] = []
        for number, line in enumerate(lines):
            if text and not (NO_SPACE.match(text[-1]) or NO_SPACE.match(line.text[:1])):
                text += " "
                origin.append(None)
            text += line.text
            origin += [(number, index) for index in range(len(line.text))]
        return cls(page, lines, text, tuple(origin), Box.around([line.box for line in lines]))

    def line_starts(self) -> tuple[int, ...]:
        """Return where the second and later lines begin, where one of them was begun on purpose: the line before had
        room for more."""
        ended = any(self.box.x1 - line.box.x1 > ROOM * (line.box.y1 - line.box.y0) for line in self.pieces[:-1])
        return tuple(n for n, place in enumerate(self.origin) if ended and place and place[0] and place[1] == 0)

    def field(self, value: str, start: int, stop: int, *, doubt: str | None = None) -> Field:
        """Return characters `start` to `stop` as the evidence for `value`."""
        spans = self._spans(start, stop)
        sure = [
            c
            for span in spans
            for c, character in zip(span.character_confidences, span.text, strict=True)
            if not character.isspace()
        ]
        return Field(
            value=value,
            text=self.text[start:stop],
            confidence=min(sure, default=0.0),
            page=self.page,
            box=Box.around([span.box for span in spans]) if spans else self.box,
            source=spans[0].source if spans else Source.OCR,
            doubt=doubt,
        )

    def _spans(self, start: int, stop: int) -> list[Line]:
        """Return the parts of the pieces that characters `start` to `stop` come from."""
        by_piece: dict[int, list[int]] = {}
        for place in self.origin[start:stop]:
            if place is not None:
                by_piece.setdefault(place[0], []).append(place[1])
        return [self.pieces[piece].span(min(places), max(places) + 1) for piece, places in by_piece.items()]


def _without_strokes(line: Line) -> Line:
    """Return a line without the table's rule, where a reader took it for a stroke at either end.

    Strokes at the ends of a line with others inside part what is listed.
    """
    found = _BETWEEN_STROKES.fullmatch(line.text)
    if found is None or _STROKE.search(found[1]) or found.span(1) == (0, len(line.text)):
        return line
    return line.span(*found.span(1))


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, from left to right."""

    page: int
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        """Everything in the row."""
        return Box.around([cell.box for cell in self.cells])


def with_readings(field: Field, page: Page) -> Field:
    """Return `field` with what other readers saw at its place: second reader and text layer."""
    if field.box is None:
        return field
    box = field.box
    seconds = [
        Reading(line.text, line.confidence, line.source)
        for line in page.second_readings
        if line.box.covers(box, 0.6) or box.covers(line.box, 0.6)
    ]
    words = [word.text for word in page.layer if word.box.area > 0 and word.box.overlap(box) > 0.5 * word.box.area]
    layer = [Reading("".join(words), 1.0, Source.TEXT_LAYER)] if words else []
    return replace(field, readings=(*field.readings, *seconds, *layer))
