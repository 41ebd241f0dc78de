"""How a seal came onto the page: as ink that was scanned, or as an object the file itself carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from verifier.examination import Finding
from verifier.page import Box, Page, PageImage, Pixels
from verifier.seals.rings import Ring

Points: TypeAlias = NDArray[np.float64]
MATCHING_COVER = 0.5
"""A picture placed as a seal covers at least this share of the seal's box …"""
LARGEST_PLACED = 6.0
"""… and is not larger than this many times that box; larger ones hold more than the seal."""


def medium_of(seal: Box, page: Page, findings: tuple[Finding, ...]) -> str:
    """Return ink, pdf_image, vector or unknown for a seal's box on the upright page.

    Findings must carry the file's own page coordinates, as the opener gives them. What the file places
    itself outweighs the scan underneath: a seal pasted onto a scanned page is no ink.
    """
    here = tuple(f for f in findings if f.page == page.number)
    box = to_file_box(seal, page)
    if any(f.code in ("drawn_image", "annotation") and _places(f, box) for f in here):
        return "pdf_image"
    if any(f.code == "drawn_path" and _places(f, box) for f in here):
        return "vector"
    scans = [f for f in here if f.code == "page_image"]
    if any(f.box is None for f in scans) or _covered(box, scans) >= MATCHING_COVER:
        return "ink"
    return "unknown" if page.born_digital or scans else "ink"


def _covered(box: Box, scans: list[Finding]) -> float:
    """Return the share of `box` on the pictures that make up a scan (strips add up)."""
    return sum(f.box.overlap(box) for f in scans if f.box is not None) / max(box.area, 1e-9)


def to_file_box(box: Box, page: Page) -> Box:
    """Return a box of the upright page in fractions of the file's own page."""
    corners = np.array([(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)])
    if page.homography is not None:
        matrix = np.array(page.homography).reshape(3, 3)
        lifted = np.hstack([corners, np.ones((4, 1))]) @ matrix.T
        corners = lifted[:, :2] / lifted[:, 2:]
    x, y = _unturned(corners[:, 0], corners[:, 1], page.rotation)
    return Box(float(x.min()), float(y.min()), float(x.max()), float(y.max()))


def on_file(ring: Ring, image: PageImage, captured: Pixels) -> Ring:
    """Return a ring of an upright page where it stands on the page as captured, whose pixels are of the same size."""
    height, width = image.pixels.shape[:2]
    x, y = ring.cx / width, ring.cy / height
    middle = to_file_box(Box(x, y, x, y), image.page)
    return replace(ring, cx=middle.x0 * captured.shape[1], cy=middle.y0 * captured.shape[0])


def _unturned(x: Points, y: Points, rotation: int) -> tuple[Points, Points]:
    """Return points of a page turned clockwise by `rotation` degrees as they stood before."""
    turns = {0: (x, y), 90: (y, 1 - x), 180: (1 - x, 1 - y), 270: (1 - y, x)}
    return turns[rotation % 360]


def _places(finding: Finding, seal: Box) -> bool:
    """Return whether the finding's object is (about) the seal."""
    if finding.box is None or seal.area <= 0:
        return False
    return finding.box.covers(seal, MATCHING_COVER) and finding.box.area <= LARGEST_PLACED * seal.area
