"""Scans painted over: the forger prints other characters where a value stood, in pixels."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import cv2
import numpy as np

from samples.captures.scanning import Shot
from samples.content import Capture, Pairs
from samples.paper.rendering import Pixels
from samples.paper.sheet import Mark, Sheets, Text


def says_instead(sheets: Sheets, pairs: Pairs) -> Sheets:
    """Return the sheets with every `shown` text replaced by the `stated` one."""
    return replace(sheets, pages=[[_changed(mark, pairs) for mark in page] for page in sheets.pages])


def _changed(mark: Mark, pairs: Pairs) -> Mark:
    if isinstance(mark, Text):
        for shown, stated in pairs:
            if shown and shown in mark.text:
                mark = replace(mark, text=mark.text.replace(shown, stated))
    return mark


def as_received(shot: Shot, capture: Capture) -> Shot:
    """Return a picture as the forger has it: he works on the scan's file, so its compression is already in it."""
    if capture.form not in ("jpg", "pdf_scan"):
        return shot
    bgr = cv2.cvtColor(shot.pixels, cv2.COLOR_RGB2BGR)
    _, stored = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, capture.quality])
    return replace(shot, pixels=cast(Pixels, cv2.cvtColor(cv2.imdecode(stored, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)))


def patched(genuine: Shot, other: Shot, sheets: Sheets, page: int, pairs: Pairs, rng: np.random.Generator) -> Pixels:
    """Return a page's pixels with the lines that hold a `shown` text taken from another picture of the sheet.

    `other` shows the sheet as `says_instead` has it. A careless forger (every second one) wipes the patch's noise away
    first, a careful one pastes what his own scanner gave him.
    """
    careless = rng.random() < 0.5
    pixels = genuine.pixels.copy()
    height, width = pixels.shape[:2]
    source = _smooth(other.pixels) if careless else other.pixels
    for mark in sheets.pages[page]:
        if isinstance(mark, Text):
            for shown, _ in pairs:
                if shown and shown in mark.text:
                    mask = np.zeros((height, width), np.uint8)
                    quad = genuine.to_page(text_quad(mark, sheets, shown, spare=0.25)) * (width, height)
                    cv2.fillPoly(mask, [np.round(quad).astype(np.int32)], 1)
                    pixels[mask == 1] = source[mask == 1]
    return pixels


def _smooth(pixels: Pixels) -> Pixels:
    """Return pixels without a scanner's noise, as a drawing program leaves them."""
    return cast(Pixels, cv2.bilateralFilter(pixels, 7, 40, 5))


def text_quad(
    mark: Text, sheets: Sheets, part: str, spare: float = 0.0
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the corners in mm, shape (4, 2), of `part` in a line of print, `spare` sizes wider all round."""
    x0 = mark.x + sheets.width(mark.text[: mark.text.index(part)], mark.size_mm, mark.bold)
    x1 = x0 + sheets.width(part, mark.size_mm, mark.bold)
    more = spare * mark.size_mm
    y0, y1 = mark.y - 0.88 * mark.size_mm - more, mark.y + 0.16 * mark.size_mm + more
    return np.array([(x0 - more, y0), (x1 + more, y0), (x1 + more, y1), (x0 - more, y1)])
