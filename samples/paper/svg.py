"""Sheets as SVG, one drawing a page: what Chromium, Cairo and LibreOffice print to PDF."""

from __future__ import annotations

import base64
import io
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

from samples.paper.faces import Face, Type, runs, width_mm
from samples.paper.sheet import Figure, Ink, Mark, Rule, Sheets, Text

_WEIGHTS = {"Light": "300", "Medium": "500", "Bold": "700"}


def drawing(sheets: Sheets, page: int, picture: tuple[Image.Image, float, float, float] | None) -> str:
    """Return one page as SVG in mm; `picture` is (image, middle x, middle y, side) of a seal on it."""
    wide, tall = sheets.width_mm, sheets.height_mm
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{wide}mm" '
        f'height="{tall}mm" viewBox="0 0 {wide} {tall}">'
    ]
    parts += [_mark(mark, sheets.kind) for mark in sheets.pages[page]]
    if picture:
        parts.append(_picture(*picture))
    return "\n".join([*parts, "</svg>"])


def _colour(ink: Ink) -> str:
    return f"#{bytes(ink).hex()}"


def _mark(mark: Mark, kind: Type) -> str:
    if isinstance(mark, Rule):
        return (
            f'<line x1="{mark.x0:.3f}" y1="{mark.y0:.3f}" x2="{mark.x1:.3f}" y2="{mark.y1:.3f}" '
            f'stroke="{_colour(mark.ink)}" stroke-width="{mark.width_mm}"/>'
        )
    if isinstance(mark, Figure):
        points = " ".join(f"{x:.3f},{y:.3f}" for x, y in mark.points)
        return f'<polygon points="{points}" fill="{_colour(mark.ink)}"/>'
    return _text(mark, kind)


def _text(mark: Text, kind: Type) -> str:
    x, pieces = mark.x, []
    turn = f' transform="rotate({-mark.degrees:.1f} {mark.x:.2f} {mark.y:.2f})"' if mark.degrees else ""
    for face, part in runs(mark.text, kind, mark.bold):
        pieces.append(
            f'<text x="{x:.3f}" y="{mark.y:.3f}" font-size="{mark.size_mm}" fill="{_colour(mark.ink)}" '
            f'xml:space="preserve"{_font(face)}{turn}>{escape(part)}</text>'
        )
        x += width_mm(part, kind, mark.size_mm, mark.bold)
    return "".join(pieces)


def _font(face: Face) -> str:
    family, style = face.family
    weight = f' font-weight="{_WEIGHTS[style]}"' if style in _WEIGHTS else ""
    return f" font-family={quoteattr(family)}{weight}"


def _picture(image: Image.Image, x: float, y: float, side: float) -> str:
    content = io.BytesIO()
    image.save(content, "PNG")
    data = base64.b64encode(content.getvalue()).decode("ascii")
    return (
        f'<image x="{x - side / 2:.3f}" y="{y - side / 2:.3f}" width="{side:.3f}" height="{side:.3f}" '
        f'xlink:href="data:image/png;base64,{data}"/>'
    )
