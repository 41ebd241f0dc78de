"""A PDF page's geometry: from its user space to fractions of the page as it is drawn."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from verifier.opening.limits import refuse_size
from verifier.opening.scale import A4_LONG_MM, MM_PER_INCH, is_made_up, is_sane_length
from verifier.page import Box

POINTS_PER_INCH = 72.0
_DEVICE = 1_000_000
"""Side of the imagined device that user space is mapped to: fractions come out to six decimals."""
_REACH = 100.0
"""Points between the three probes that give the mapping."""


class Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f (ISO 32000-1, 8.3.3)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, outer: Matrix) -> Matrix:
        """Return the mapping that applies this one first and `outer` after it."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return the box around the mapped rectangle."""
        if self.b == 0 == self.c:  # upright, as nearly all pages are
            x0, x1 = self.a * left + self.e, self.a * right + self.e
            y0, y1 = self.d * bottom + self.f, self.d * top + self.f
            return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        across = [self.a * x + self.c * y + self.e for x in (left, right) for y in (bottom, top)]
        down = [self.b * x + self.d * y + self.f for x in (left, right) for y in (bottom, top)]
        return Box(min(across), min(down), max(across), max(down))


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """How large a page is and where its user space lies on it.

    `inches_per_point` is 1/72 where that makes a sane paper; scanning apps that write pixels for points, and scans
    whose page was blown up, get the size of A4 instead, and `scale_known` False.
    """

    width_points: float
    height_points: float
    to_page: Matrix
    inches_per_point: float
    scale_known: bool

    @property
    def width_inches(self) -> float:
        """Width of the paper."""
        return self.width_points * self.inches_per_point

    @property
    def height_inches(self) -> float:
        """Height of the paper."""
        return self.height_points * self.inches_per_point


def sheet_of(page: pdfium.PdfPage) -> Sheet:
    """Return the geometry of a page; raises LimitExceededError or DamagedFileError where it is no paper's."""
    width, height = page.get_size()
    refuse_size(width, height, maximum=10**10)
    long_mm = max(width, height) / POINTS_PER_INCH * MM_PER_INCH
    known = is_sane_length(long_mm)
    sheet = Sheet(width, height, _mapping(page), 1 / POINTS_PER_INCH, known)
    return sheet if known else _as_a4(sheet)


def sheet_of_scan(sheet: Sheet) -> Sheet:
    """Return the geometry of a scanned page: where its stated size is made up, that of A4, whose shape it has."""
    stated = sheet.width_inches * MM_PER_INCH, sheet.height_inches * MM_PER_INCH
    return _as_a4(sheet) if sheet.scale_known and is_made_up(*stated) else sheet


def _as_a4(sheet: Sheet) -> Sheet:
    per_point = A4_LONG_MM / MM_PER_INCH / max(sheet.width_points, sheet.height_points)
    return replace(sheet, inches_per_point=per_point, scale_known=False)


def _mapping(page: pdfium.PdfPage) -> Matrix:
    origin = _on_device(page, 0.0, 0.0)
    across = _on_device(page, _REACH, 0.0)
    up = _on_device(page, 0.0, _REACH)
    return Matrix(
        (across[0] - origin[0]) / _REACH,
        (across[1] - origin[1]) / _REACH,
        (up[0] - origin[0]) / _REACH,
        (up[1] - origin[1]) / _REACH,
        origin[0],
        origin[1],
    )


def _on_device(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Return where a point of user space falls, in fractions of the page as drawn (turned, cropped)."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, across, down)
    return across.value / _DEVICE, down.value / _DEVICE
