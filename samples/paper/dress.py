"""What an office's paper has besides the letter: logo, coloured band, watermark, page numbers, a signature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.paper.sheet import Figure, Ink, Rule, Sheets, Text

WATERMARK_INK: Ink = (226, 228, 232)
SIGNING_INKS: tuple[Ink, ...] = ((24, 28, 70), (30, 30, 34), (30, 52, 130))
LOGOS = ("diamond", "bars", "wings", "ring", "shield")
FOOTERS = (
    "",
    "",
    "第{page}页 共{pages}页",
    "Page {page} of {pages}",
    "- {page} -",
    "第 {page} 页，共 {pages} 页",
    "{page}/{pages}",
)


@dataclass(frozen=True, slots=True)
class Dress:
    """How a sheet is dressed; `pages` overrides the number of pages that the footer states."""

    logo: str = ""
    logo_ink: Ink = (30, 60, 140)
    band: Ink | None = None
    watermark: str = ""
    footer: str = ""
    pages: int = 0
    contact_line: str = ""
    signed: bool = False
    seed: int = 0
    scale: float = 1.0
    """Of print, against the usual 4.2 mm."""
    left_mm: float = 24.0
    lead: float = 1.75
    """Of lines, in sizes."""
    sunk_mm: float = 0.0
    """How far down the page the letter begins."""


PLAIN = Dress()


def plain_or_dressed(rng: np.random.Generator, name: str, address: str, brand: str) -> Dress:
    """Return the dress of one office's letter: half of them are plain."""
    inks: tuple[Ink, ...] = ((30, 60, 140), (190, 30, 40), (20, 110, 90), (60, 60, 66), (200, 110, 20))
    ink = inks[int(rng.integers(len(inks)))]
    return Dress(
        logo=LOGOS[int(rng.integers(len(LOGOS)))] if rng.random() < 0.35 else "",
        logo_ink=ink,
        band=ink if rng.random() < 0.15 else None,
        watermark=(brand if rng.random() < 0.5 else name) if rng.random() < 0.15 else "",
        footer=FOOTERS[int(rng.integers(len(FOOTERS)))],
        contact_line=f"{name}　地址：{address}开发区1号　邮编：000000" if rng.random() < 0.2 else "",
        signed=bool(rng.random() < 0.25),
        seed=int(rng.integers(1 << 30)),
        scale=float(rng.choice((0.86, 0.95, 1.0, 1.0, 1.1, 1.22))),
        left_mm=float(rng.choice((18.0, 22.0, 24.0, 24.0, 28.0))),
        lead=float(rng.choice((1.5, 1.75, 1.75, 2.0, 2.3))),
        sunk_mm=float(rng.choice((0.0, 0.0, 8.0, 18.0, 30.0))),
    )


def dressed(sheets: Sheets, dress: Dress) -> None:
    """Add the dress to sheets on which a layout has printed."""
    pages = dress.pages or len(sheets.pages)
    for number, page in enumerate(sheets.pages, 1):
        under: list[Text | Rule | Figure] = []
        if dress.watermark:
            size = min(17.0, 190 / max(len(dress.watermark), 4))
            under.append(
                Text(42, sheets.height_mm * 0.72, size, dress.watermark, bold=True, ink=WATERMARK_INK, degrees=40)
            )
        if dress.band and not sheets.headed:
            under.append(Figure(_box(0, 0, sheets.width_mm, 7), dress.band))
        if dress.logo and number == 1 and not sheets.headed:
            under += _logo(dress.logo, dress.logo_ink)
        page[:0] = under
        if dress.footer:
            text = dress.footer.format(page=number, pages=pages)
            page.append(
                Text(
                    (sheets.width_mm - sheets.width(text, 3.2)) / 2, sheets.height_mm - 10, 3.2, text, ink=(60, 60, 64)
                )
            )
        if dress.contact_line:
            width = sheets.width(dress.contact_line, 2.9)
            page.append(
                Text(
                    max((sheets.width_mm - width) / 2, 8),
                    sheets.height_mm - 5,
                    2.9,
                    dress.contact_line,
                    ink=(70, 70, 74),
                )
            )
    if dress.signed:
        _sign(sheets, np.random.default_rng(dress.seed))


def _box(x: float, y: float, width: float, height: float) -> tuple[tuple[float, float], ...]:
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def _logo(name: str, ink: Ink) -> list[Text | Rule | Figure]:
    """Return a mark of about 14 mm at the top left corner."""
    x, y = 23.0, 15.0
    pale: Ink = tuple((value + 2 * 255) // 3 for value in ink)  # type: ignore[assignment]
    if name == "diamond":
        shapes = [((0, -7), (8, 0), (0, 7), (-8, 0)), ((0, -3.6), (4, 0), (0, 3.6), (-4, 0))]
    elif name == "bars":
        shapes = [_box(-8, -6 + 4.5 * k, 16 - 4 * k, 2.6) for k in range(3)]
    elif name == "wings":
        shapes = [((-10, -4), (0, 1), (10, -4), (0, 6)), ((-4, -6), (0, -3.6), (4, -6), (0, -1))]
    elif name == "shield":
        shapes = [((-6, -7), (6, -7), (6, 1), (0, 8), (-6, 1))]
    else:
        turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        shapes = [tuple((r * np.cos(t), r * np.sin(t)) for t in turns) for r in (7.2, 5.4)]
    inks = (ink, pale if name in ("diamond", "ring") else ink, ink)
    return [Figure(tuple((x + a, y + b) for a, b in shape), inks[k]) for k, shape in enumerate(shapes)]


def _sign(sheets: Sheets, rng: np.random.Generator) -> None:
    """Write a name by hand across the closing lines: a few looped strokes."""
    page, x, y = sheets.sealed_at
    ink = SIGNING_INKS[int(rng.integers(len(SIGNING_INKS)))]
    for _ in range(int(rng.integers(3, 6))):
        steps = np.linspace(0, 1, 22)
        phase, turns, height = rng.uniform(0, 6.3), rng.uniform(1.0, 2.6), rng.uniform(2.5, 6)
        start, length = x + rng.uniform(-16, -2), rng.uniform(9, 22)
        xs = start + length * steps + 2.0 * np.cos(phase + 7 * steps)
        ys = y + rng.uniform(-4, 4) + height * np.sin(phase + 2 * np.pi * turns * steps) * (1 - 0.5 * steps)
        for a in range(len(steps) - 1):
            stroke = Rule(float(xs[a]), float(ys[a]), float(xs[a + 1]), float(ys[a + 1]), 0.45, ink)
            sheets.pages[page].append(stroke)
