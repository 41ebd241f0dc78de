"""Sheets become paper: pixels of a printed and stamped page, or a digital page."""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.content import SealPlan
from samples.faces import TYPES, Face, Type, load, runs, width_mm
from samples.seal_art import DRAWN_DPI, impression, red
from samples.sheet import HEIGHT_MM, WIDTH_MM, Rule, Sheets, Text

PAPER_DPI = 300
POINTS_PER_MM = 72 / 25.4
Pixels = NDArray[np.uint8]


def printed(sheets: Sheets, page: int, tone: tuple[int, int, int]) -> Pixels:
    """Return one page as printed paper, RGB at `PAPER_DPI`."""
    px = PAPER_DPI / 25.4
    image = Image.new("RGB", (round(WIDTH_MM * px), round(HEIGHT_MM * px)), tone)
    draw = ImageDraw.Draw(image)
    for mark in sheets.pages[page]:
        if isinstance(mark, Rule):
            ends = (mark.x0 * px, mark.y0 * px, mark.x1 * px, mark.y1 * px)
            draw.line(ends, fill=mark.ink, width=max(1, round(mark.width_mm * px)))
        else:
            _print_text(draw, mark, sheets.kind, px)
    return np.asarray(image)


def _print_text(draw: ImageDraw.ImageDraw, mark: Text, kind: Type, px: float) -> None:
    x = mark.x
    for face, part in runs(mark.text, kind, mark.bold):
        font = load(face, round(mark.size_mm * px))
        draw.text((x * px, mark.y * px), part, font=font, fill=mark.ink, anchor="ls")
        x += font.getlength(part) / px


def stamped(paper: Pixels, seal: SealPlan, x_mm: float, y_mm: float) -> Pixels:
    """Return the paper with a seal's ink around (`x_mm`, `y_mm`): ink is transparent, so print shows through."""
    mark = impression(seal)
    side = round(mark.shape[0] * PAPER_DPI / DRAWN_DPI)
    small = cv2.resize(mark, (side, side), interpolation=cv2.INTER_AREA)
    height, width = paper.shape[:2]
    coverage = np.zeros((height + 2 * side, width + 2 * side), np.float32)
    top = round(y_mm * PAPER_DPI / 25.4) + side - side // 2
    left = round(x_mm * PAPER_DPI / 25.4) + side - side // 2
    coverage[top : top + side, left : left + side] = small
    coverage = coverage[side : side + height, side : side + width, None]
    ink = np.array(red(seal.seed, seal.ink), np.float32) / 255
    return np.clip(paper * (1 - coverage * (1 - ink)), 0, 255).astype(np.uint8)


def digital(sheets: Sheets, seal: SealPlan | None, at: tuple[int, float, float]) -> bytes:
    """Return the sheets as a PDF drawn by ReportLab, the seal placed as a picture with a soft mask."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(WIDTH_MM * POINTS_PER_MM, HEIGHT_MM * POINTS_PER_MM), invariant=1)
    for number, page in enumerate(sheets.pages):
        for mark in page:
            _draw(canvas, mark, sheets.kind)
        if seal and at[0] == number:
            _place_seal(canvas, seal, at[1], at[2])
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def _draw(canvas: Canvas, mark: Text | Rule, kind: Type) -> None:
    ink = tuple(value / 255 for value in mark.ink)
    if isinstance(mark, Rule):
        canvas.setStrokeColorRGB(*ink)
        canvas.setLineWidth(mark.width_mm * POINTS_PER_MM)
        ends = (mark.x0, HEIGHT_MM - mark.y0, mark.x1, HEIGHT_MM - mark.y1)
        canvas.line(*(value * POINTS_PER_MM for value in ends))
        return
    canvas.setFillColorRGB(*ink)
    x = mark.x
    for face, part in runs(mark.text, kind, mark.bold):
        canvas.setFont(registered(face), mark.size_mm * POINTS_PER_MM)
        canvas.drawString(x * POINTS_PER_MM, (HEIGHT_MM - mark.y) * POINTS_PER_MM, part)
        x += width_mm(part, kind, mark.size_mm, mark.bold)


def registered(face: Face) -> str:
    """Return the name under which ReportLab knows a face."""
    if not face.outlines:
        face = TYPES["song"].chinese  # only the unseen text of a layer asks for such a face
    name = f"{face.path}:{face.index}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, face.path, subfontIndex=face.index))
    return name


def _place_seal(canvas: Canvas, seal: SealPlan, x_mm: float, y_mm: float) -> None:
    mark = impression(seal)
    side_mm = mark.shape[0] / DRAWN_DPI * 25.4
    small = cv2.resize(mark, (512, 512), interpolation=cv2.INTER_AREA)
    ink = np.zeros((512, 512, 4), np.uint8)
    ink[..., :3] = red(seal.seed, seal.ink)
    ink[..., 3] = np.clip(small * 255, 0, 255)
    canvas.drawImage(
        ImageReader(Image.fromarray(ink)),
        (x_mm - side_mm / 2) * POINTS_PER_MM,
        (HEIGHT_MM - y_mm - side_mm / 2) * POINTS_PER_MM,
        side_mm * POINTS_PER_MM,
        side_mm * POINTS_PER_MM,
        mask="auto",
    )
