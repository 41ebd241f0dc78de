"""Sheets as lists of marks in millimetres, so that one layout serves pixels and digital pages alike."""

from __future__ import annotations

from dataclasses import dataclass, field

from samples.paper.faces import Type, is_chinese, width_mm

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
Ink = tuple[int, int, int]
"""RGB."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of print whose baseline starts at (`x`, `y`) mm from the top left."""

    x: float
    y: float
    size_mm: float
    text: str
    bold: bool = False
    ink: Ink = (28, 28, 30)
    degrees: float = 0.0
    """Turned anticlockwise about its start."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line between two points."""

    x0: float
    y0: float
    x1: float
    y1: float
    width_mm: float = 0.25
    ink: Ink = (40, 40, 42)


@dataclass(frozen=True, slots=True)
class Figure:
    """A filled polygon, mm from the top left."""

    points: tuple[tuple[float, float], ...]
    ink: Ink


Mark = Text | Rule | Figure


@dataclass(slots=True)
class Sheets:
    """Pages being set, a pen that moves down them, and where the seal belongs (page, x, y of the name's middle)."""

    kind: Type
    size_mm: float = 4.2
    left: float = 24.0
    right: float = 186.0
    top: float = 26.0
    bottom: float = 276.0
    lead: float = 1.75
    pages: list[list[Mark]] = field(default_factory=lambda: [[]])
    y: float = 30.0
    sealed_at: tuple[int, float, float] = (0, 140.0, 240.0)
    clear_at: tuple[int, float, float] = (0, 60.0, 240.0)
    width_mm: float = WIDTH_MM
    height_mm: float = HEIGHT_MM
    scale: float = 1.0
    """How much larger than usual tables are set."""
    headed: bool = False
    """The layout prints its own letterhead, so that no logo or band belongs above it."""

    def put(
        self, x: float, text: str, *, size: float | None = None, bold: bool = False, y: float | None = None
    ) -> None:
        """Print `text` from `x` on the pen's baseline (or at `y`) without moving the pen."""
        self.pages[-1].append(Text(x, self.y if y is None else y, size or self.size_mm, text, bold))

    def width(self, text: str, size: float | None = None, bold: bool = False) -> float:
        """Return how wide `text` runs."""
        return width_mm(text, self.kind, size or self.size_mm, bold)

    def centre(self, text: str, *, size: float | None = None, bold: bool = False) -> None:
        """Print `text` in the middle of the page and move down."""
        self.put((self.left + self.right - self.width(text, size, bold)) / 2, text, size=size, bold=bold)
        self.down((size or self.size_mm) * self.lead)

    def lay_across(self) -> None:
        """Turn the still empty sheets to landscape, with margins to match."""
        self.width_mm, self.height_mm = HEIGHT_MM, WIDTH_MM
        self.right = self.width_mm - self.left
        self.bottom = self.height_mm - (HEIGHT_MM - self.bottom)

    def down(self, by: float) -> None:
        """Move the pen down."""
        self.y += by

    def turn_over(self) -> None:
        """Start a new page."""
        self.pages.append([])
        self.y = self.top + 6

    def need(self, height: float) -> None:
        """Start a new page unless `height` is left on this one."""
        if self.y + height > self.bottom:
            self.turn_over()

    def paragraph(self, text: str, *, indent: float = 0.0, hang: float = 0.0, bold: bool = False) -> None:
        """Print `text` broken to the measure."""
        first = True
        for line in self.broken(text, self.right - self.left - max(indent, hang), bold=bold):
            self.need(self.size_mm * self.lead)
            self.put(self.left + (indent if first else hang), line, bold=bold)
            self.down(self.size_mm * self.lead)
            first = False

    def broken(self, text: str, measure: float, *, size: float | None = None, bold: bool = False) -> list[str]:
        """Return `text` as lines no wider than `measure`: words stay whole, ideographs may part."""
        lines, line = [], ""
        for token in _tokens(text):
            if line and self.width((line + token).rstrip(), size, bold) > measure:
                lines.append(line.rstrip())
                line = token.lstrip()
            else:
                line += token
        return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _tokens(text: str) -> list[str]:
    """Return the pieces between which a line may break; closing punctuation stays with what it closes."""
    found: list[str] = []
    for character in text:
        alone = is_chinese(character) and character not in "，。、；：）》”"
        glued = (
            found and not alone and (not is_chinese(found[-1][-1]) or is_chinese(character)) and found[-1][-1] != " "
        )
        if glued:
            found[-1] += character
        else:
            found.append(character)
    return found
