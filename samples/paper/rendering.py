"""Sheets become paper: pixels of a printed and stamped page, or a digital page."""

from __future__ import annotations

import io
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.content import SealPlan
from samples.paper.faces import TYPES, Face, Type, load, runs, width_mm
from samples.paper.seal_art import DRAWN_DPI, impression, red
from samples.paper.sheet import Figure, Mark, Rule, Sheets, Text

rl_config.useA85 = 0  # images as bytes, not as text: smaller and much quicker
PAPER_DPI = 300
POINTS_PER_MM = 72 / 25.4
Pixels = NDArray[np.uint8]


def printed(sheets: Sheets, page: int, tone: tuple[int, int, int]) -> Pixels:
    """Return one page as printed paper, RGB at `PAPER_DPI`."""
    px = PAPER_DPI / 25.4
    image = Image.new("RGB", (round(sheets.width_mm * px), round(sheets.height_mm * px)), tone)
    draw = ImageDraw.Draw(image)
    for mark in sheets.pages[page]:
        if isinstance(mark, Rule):
            ends = (mark.x0 * px, mark.y0 * px, mark.x1 * px, mark.y1 * px)
            draw.line(ends, fill=mark.ink, width=max(1, round(mark.width_mm * px)))
        elif isinstance(mark, Figure):
            draw.polygon([(x * px, y * px) for x, y in mark.points], fill=mark.ink)
        elif mark.degrees:
            _print_turned(image, mark, sheets.kind, px)
        else:
            _print_text(draw, mark, sheets.kind, px)
    return np.asarray(image)


def _print_text(draw: ImageDraw.ImageDraw, mark: Text, kind: Type, px: float) -> None:
    x = mark.x
    for face, part in runs(mark.text, kind, mark.bold):
        font = load(face, round(mark.size_mm * px))
        draw.text((x * px, mark.y * px), part, font=font, fill=mark.ink, anchor="ls")
        x += font.getlength(part) / px


def drawn_width_mm(mark: Text, kind: Type, count: int) -> float:
    """Return how wide the first characters of a mark run as `printed` draws them: in print of whole pixels."""
    px = PAPER_DPI / 25.4
    size = round(mark.size_mm * px)
    return sum(load(face, size).getlength(part) for face, part in runs(mark.text[:count], kind, mark.bold)) / px


def _print_turned(image: Image.Image, mark: Text, kind: Type, px: float) -> None:
    cover = Image.new("L", image.size)
    draw = ImageDraw.Draw(cover)
    _print_text(draw, replace(mark, ink=255, degrees=0.0), kind, px)  # type: ignore[arg-type]
    turned = cover.rotate(mark.degrees, Image.Resampling.BILINEAR, center=(mark.x * px, mark.y * px))
    image.paste(mark.ink, mask=turned)


def stamped(paper: Pixels, seal: SealPlan, x_mm: float, y_mm: float, keep: tuple[float, float] = (0, 1)) -> Pixels:
    """Return the paper with a seal's ink around (`x_mm`, `y_mm`): ink is transparent, so print shows through.

    `keep` is the part of the seal's width that this page carries: pages stamped together across their edges share one.
    """
    mark = impression(seal)
    side = round(mark.shape[0] * PAPER_DPI / DRAWN_DPI)
    small = cv2.resize(mark, (side, side), interpolation=cv2.INTER_AREA)
    small[:, : round(keep[0] * side)] = 0
    small[:, round(keep[1] * side) :] = 0
    height, width = paper.shape[:2]
    top = round(y_mm * PAPER_DPI / 25.4) - side // 2
    left = round(x_mm * PAPER_DPI / 25.4) - side // 2
    y0, y1, x0, x1 = max(top, 0), min(top + side, height), max(left, 0), min(left + side, width)
    stamped_paper = paper.copy()
    if y0 < y1 and x0 < x1:
        coverage = small[y0 - top : y1 - top, x0 - left : x1 - left, None]
        ink = np.array(red(seal.seed, seal.ink), np.float32) / 255
        under = stamped_paper[y0:y1, x0:x1]
        stamped_paper[y0:y1, x0:x1] = np.clip(under * (1 - coverage * (1 - ink)), 0, 255)
    return stamped_paper


def digital(sheets: Sheets, seal: SealPlan | None, at: tuple[int, float, float]) -> bytes:
    """Return the sheets as a PDF drawn by ReportLab, the seal placed as a picture with a soft mask."""
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=(sheets.width_mm * POINTS_PER_MM, sheets.height_mm * POINTS_PER_MM), invariant=1)
    for number, page in enumerate(sheets.pages):
        for mark in page:
            _draw(canvas, mark, sheets)
        if seal and at[0] == number:
            _place_seal(canvas, seal, at[1], sheets.height_mm - at[2])
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def _draw(canvas: Canvas, mark: Mark, sheets: Sheets) -> None:
    kind, height = sheets.kind, sheets.height_mm
    ink = tuple(value / 255 for value in mark.ink)
    if isinstance(mark, Rule):
        canvas.setStrokeColorRGB(*ink)
        canvas.setLineWidth(mark.width_mm * POINTS_PER_MM)
        ends = (mark.x0, height - mark.y0, mark.x1, height - mark.y1)
        canvas.line(*(value * POINTS_PER_MM for value in ends))
        return
    canvas.setFillColorRGB(*ink)
    if isinstance(mark, Figure):
        outline = canvas.beginPath()
        points = [(x * POINTS_PER_MM, (height - y) * POINTS_PER_MM) for x, y in mark.points]
        outline.moveTo(*points[0])
        for point in points[1:]:
            outline.lineTo(*point)
        canvas.drawPath(outline, stroke=0, fill=1)
        return
    canvas.saveState()
    canvas.translate(mark.x * POINTS_PER_MM, (height - mark.y) * POINTS_PER_MM)
    canvas.rotate(mark.degrees)
    x = 0.0
    for face, part in runs(mark.text, kind, mark.bold):
        canvas.setFont(registered(face), mark.size_mm * POINTS_PER_MM)
        canvas.drawString(x * POINTS_PER_MM, 0, part)
        x += width_mm(part, kind, mark.size_mm, mark.bold)
    canvas.restoreState()


def registered(face: Face) -> str:
    """Return the name under which ReportLab knows a face."""
    if not face.outlines:
        face = TYPES["song"].chinese  # only the unseen text of a layer asks for such a face
    name = f"{face.path}:{face.index}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, face.path, subfontIndex=face.index))
    return name


def _place_seal(canvas: Canvas, seal: SealPlan, x_mm: float, above_mm: float) -> None:
    picture, side = seal_picture(seal)
    canvas.drawImage(
        ImageReader(picture),
        (x_mm - side / 2) * POINTS_PER_MM,
        (above_mm - side / 2) * POINTS_PER_MM,
        side * POINTS_PER_MM,
        side * POINTS_PER_MM,
        mask="auto",
    )


def seal_picture(seal: SealPlan) -> tuple[Image.Image, float]:
    """Return a seal as a picture with a soft mask, 512 px wide, and the side in mm at which it belongs."""
    mark = impression(seal)
    small = cv2.resize(mark, (512, 512), interpolation=cv2.INTER_AREA)
    ink = np.zeros((512, 512, 4), np.uint8)
    ink[..., :3] = red(seal.seed, seal.ink)
    ink[..., 3] = np.clip(small * 255, 0, 255)
    return Image.fromarray(ink), mark.shape[0] / DRAWN_DPI * 25.4
