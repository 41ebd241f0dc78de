"""How large, long and deep an honest letter may be; beyond it the file is refused and the limit named."""

from __future__ import annotations

from verifier.errors import DamagedFileError
from verifier.opening.refusals import PageShapeError, TooManyPixelsError

MAX_BYTES = 50 * 1024 * 1024
"""A 60-page colour scan at 300 dpi, JPEG quality 75, is about 40 MB."""
MAX_PAGES = 100
MAX_PAGE_PIXELS = 40_000_000
"""A4 at 600 dpi is 34.8 million; a 200-megapixel picture costs 600 MB before anything is read."""
MAX_DOCUMENT_PIXELS = 400_000_000
"""100 pages of A4 at 200 dpi are 387 million."""
MAX_PLACED_IMAGE_PIXELS = 80_000_000
"""A picture placed in a PDF is drawn smaller than it is stored: A3 at 600 dpi is 70 million."""
MAX_PLACED_IMAGES = 5_000
"""Per page; scanning programs that part text from ground place some hundreds of snippets."""
MAX_ASPECT = 8.0
"""Long side over short side. A4 is 1.41, two A4 in a strip 2.83; a 6 × 1600 picture cost a reader 36 s."""
MIN_SIDE_PIXELS = 48
"""Below this not even one line of text fits."""
MAX_LAYER_CHARACTERS = 60_000
"""Per page; 100 vehicles with two dates, model and brand are about 8,000."""
MAX_PAGE_OBJECTS = 60_000
"""Per page; dense born-digital tables have some thousands."""
MAX_ANNOTATIONS = 500
"""Per page."""
MAX_JPEG_SCANS = 64
"""Progressive JPEGs have about 10; 55 kB with 5000 of them decode for minutes."""
MAX_FORM_DEPTH = 12
"""Forms nested within forms; producers use two or three."""
MAX_STRUCTURE_OBJECTS = 100_000
"""Indirect objects of a PDF; a 100-page letter with embedded faces has about 2,000."""
MAX_TEXT = 2_000
"""Characters of one object's text (an annotation, a form value) that are carried along."""


def refuse_size(width: float, height: float, *, maximum: int = MAX_PAGE_PIXELS) -> None:
    """Raise TooManyPixelsError, PageShapeError or DamagedFileError where a page of these pixels is no letter."""
    if width < 1 or height < 1:
        raise DamagedFileError("a page without extent")
    if width * height > maximum:
        size = f"{width * height / 1e6:.0f} megapixels"
        raise TooManyPixelsError(f"{size} on one page, at most {maximum / 1e6:.0f}")
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise PageShapeError(f"a page of {width:.0f} × {height:.0f} pixels")
    if min(width, height) < MIN_SIDE_PIXELS:
        raise DamagedFileError(f"a picture of {width:.0f} × {height:.0f} pixels")
