"""Pages of numbers as `test_traces` places them, drawn with the grain of a scanner and never compressed."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples.paper.faces import TYPES
from tests.unit.integrity.test_traces import HEIGHT, LEFT, SIZE, STEP, TOP, WIDTH
from verifier.letter import Field, Kind, Letter, VehicleClaim
from verifier.page import Box, Colour, Line, Page

PAPER, INK = (247, 246, 243), (30, 30, 30)
Faces = Mapping[int, tuple[str | None, int]]
"""By row the file of a face, None for the usual one, and its size in pixels."""


def _face(row: int, faces: Faces | None) -> ImageFont.FreeTypeFont:
    path, size = (faces or {}).get(row, (None, SIZE))
    return ImageFont.truetype(path or TYPES["song"].other.path, size)


def read_as_drawn(texts: list[str], faces: Faces | None = None) -> tuple[Page, Letter]:
    """What a reader finds on the page that `grained` draws, each character where it stands."""
    lines = []
    for row, text in enumerate(texts):
        face, base = _face(row, faces), TOP + row * STEP + SIZE - 3
        edges = tuple((LEFT + face.getlength(text[:at])) / WIDTH for at in range(len(text) + 1))
        box = Box(edges[0], (base - SIZE + 4) / HEIGHT, edges[-1], (base + 4) / HEIGHT)
        lines.append(Line(text, box, 0.99, edges, (0.99,) * len(text)))
    page = Page(1, 114, 152, True, 200, Colour.COLOUR, False, 0, None, tuple(lines))
    claims = tuple(VehicleClaim(Field(line.text, line.text, 0.99, 1, line.box)) for line in lines)
    return page, Letter(Kind.CONFIRMATION_LETTER, vehicles=claims)


def grained(texts: list[str], seed: int = 0, *, grain: float = 2.0, faces: Faces | None = None) -> np.ndarray:
    """A page with a number in each row."""
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(page)
    for row, text in enumerate(texts):
        pen.text((LEFT, TOP + row * STEP + SIZE - 3), text, font=_face(row, faces), fill=INK, anchor="ls")
    soft = cv2.GaussianBlur(np.asarray(page), (0, 0), 0.8).astype(np.float32)
    noise = np.random.default_rng(seed).normal(0, grain, (HEIGHT, WIDTH, 1)) if grain else 0.0
    return np.clip(np.round(soft + noise), 0, 255).astype(np.uint8)
