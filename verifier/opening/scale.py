"""How large a page is on paper: from the file's own statement where that is sane, else from A4's shape."""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_INCH = 25.4
SHORTEST_PAGE_MM = 120.0
"""Long side. Below A6 (148 mm) with a margin no letter fits: the stated resolution is a default."""
LONGEST_PAGE_MM = 460.0
"""A3 is 420 mm long; cameras state 72 dpi, which makes their pictures metres long."""
A4_LONG_MM = 297.0
A4_SHAPE = 297 / 210
SHAPE_WITHIN = 0.015
"""Share by which a scan of A4 may be of another shape: scanners' windows differ by 1–2 mm, pages are rounded."""
SHEETS_OF_A4_SHAPE_MM = (
    (297, 420), (257, 364), (250, 353), (210, 297), (182, 257), (176, 250), (148, 210), (128, 182), (125, 176),
)  # fmt: skip
"""A3, B4 of Japan and ISO, A4, B5 of both, A5, B6 of both: ISO 216, JIS P 0138. Other sheets have another shape."""
SHEET_WITHIN_MM = 8.0
"""By which a scan of such a sheet may be larger or smaller: scanners take in 1–2 % beyond the paper on each side."""
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


def is_made_up(width_mm: float, height_mm: float) -> bool:
    """Return whether a scan that states this size is one of A4 scaled: it has A4's shape, and no paper is so large."""
    short, long = sorted((width_mm, height_mm))
    if short <= 0 or abs(long / short / A4_SHAPE - 1) > SHAPE_WITHIN:
        return False
    return all(max(abs(short - a), abs(long - b)) > SHEET_WITHIN_MM for a, b in SHEETS_OF_A4_SHAPE_MM)


def scale_from(width: int, height: int, stated_dpi: float | None) -> Scale:
    """Return the scale of a picture of `width` × `height` pixels whose file states `stated_dpi`."""
    long_side = max(width, height)
    if stated_dpi and stated_dpi > 0 and is_sane_length(long_side / stated_dpi * MM_PER_INCH):
        per_pixel = MM_PER_INCH / stated_dpi
        if not is_made_up(width * per_pixel, height * per_pixel):
            return Scale(stated_dpi, known=True)
    return Scale(long_side / (A4_LONG_MM / MM_PER_INCH), known=False)
