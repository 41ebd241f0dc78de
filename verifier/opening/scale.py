"""How large a page is on paper: from the file's own statement where that is sane, else from A4's shape."""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_INCH = 25.4
SHORTEST_PAGE_MM = 120.0
"""Long side. Below A6 (148 mm) with a margin no letter fits: the stated resolution is a default."""
LONGEST_PAGE_MM = 460.0
"""A3 is 420 mm long; cameras state 72 dpi, which makes their pictures metres long."""
A4_LONG_MM = 297.0
SQUARE_WITHIN = 0.02
"""Resolutions across and down that differ by more (fax: 204 × 196 or 204 × 98) are made equal."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Pixels per 25.4 mm, and whether the file said so."""

    dpi: float
    known: bool


def is_sane_length(long_side_mm: float) -> bool:
    """Return whether a page with this long side may be a letter on paper."""
    return SHORTEST_PAGE_MM <= long_side_mm <= LONGEST_PAGE_MM


def scale_from(width: int, height: int, stated_dpi: float | None) -> Scale:
    """Return the scale of a picture of `width` × `height` pixels whose file states `stated_dpi`."""
    long_side = max(width, height)
    if stated_dpi and stated_dpi > 0 and is_sane_length(long_side / stated_dpi * MM_PER_INCH):
        return Scale(stated_dpi, known=True)
    return Scale(long_side / (A4_LONG_MM / MM_PER_INCH), known=False)
