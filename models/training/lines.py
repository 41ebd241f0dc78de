"""Makes the overprint reader's training set: arcs of seals unrolled, and lines that a pen, a seal or rules cross.

Run: python -m models.training.lines --minutes 10 --seed 1 --out lines
"""

from __future__ import annotations

import argparse
import io
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.training import art, wording
from models.training.characters import COMMON, FACES, characters, draws, look_alikes
from models.training.tiles import OVERS, Pen
from verifier.seals.arc import text_band, text_span
from verifier.seals.normalise import normalise
from verifier.seals.rings import Ring
from verifier.seals.strips import ROWS, arc_strip

Grey = NDArray[np.uint8]

ARC_SHARE = 0.35
"""Share of strips that are arcs of seals; the rest are lines of letters."""
STRETCHES = (1.2, 1.0, 1.4)
"""Widths at which arcs are read (verifier/seals/reading.py)."""
SQUEEZES = (0.8, 0.8, 1.0)
"""Widths at which lines are read (verifier/reading)."""
ASIDE_FACES = ("Medium",)
"""Weights of faces that the samples keep aside."""
LATIN_FACES = (
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf",
)
LINE_FACES = tuple(i for i, (path, _) in enumerate(FACES) if not any(name in path for name in ASIDE_FACES))
WRONG_START = 0.05
"""Turns by which the verifier may find the text's start elsewhere: what is unrolled then is another text."""
SIZE = 64
"""Height in px at which lines are set before they are scanned."""
OVER_SHARES = {"none": 0.16, "pen": 0.44, "star": 0.14, "seal": 0.14, "rules": 0.06, "neighbour": 0.06}
"""What crosses a line of print, and how often."""


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """A line as the reader sees it, 48 px high, and what stands there."""

    pixels: Grey
    text: str


def arcs(rng: np.random.Generator, pen: Pen) -> list[Strip]:
    """Return one seal's arc as the verifier unrolls it, at the widths it reads."""
    face = int(rng.choice(LINE_FACES))
    text = "".join(c for c in wording.name(rng, pen) if draws(c, face))
    if len(text) < 5:
        return []
    carving = art.random_carving(rng, text, face)
    mark = art.stamp(art.carve(carving, float(rng.normal(0, 0.35))), rng, float(rng.uniform(0.05, 1.0)))
    degrees = float(rng.uniform(0, 360))
    mark = art.moved(mark, degrees, (1.0, 1.0))
    over = str(rng.choice(OVERS))
    how = art.random_capture(rng, 0.2)
    pixels = art.capture(mark, None if over == "clean" else art.over_print(rng, over), rng, how)
    scale, middle = pixels.shape[0] / art.SIDE, (pixels.shape[0] - 1) / 2
    off, size = rng.normal(0, 0.25 * how.dpi / 200, 2), 1 + rng.normal(0, 0.003, 2)
    radius = carving.radius * scale
    ring = Ring(middle + off[0], middle + off[1], radius * size[0], radius * size[1], 0.0)
    picture = normalise(pixels, ring, has_colour=how.mode == "colour")
    span = text_span(picture)
    first = (carving.first_degrees - carving.pitch_degrees / 2 + degrees) / 360
    if abs((span.start - first + 0.5) % 1 - 0.5) > WRONG_START:
        return []
    band = text_band(picture, span)
    return [
        Strip(arc_strip(picture, span, band, stretch, filled=True)[:, :, 0].copy(), text)
        for stretch in rng.choice(STRETCHES, 2, replace=False)
    ]


def line(rng: np.random.Generator, pen: Pen) -> Strip | None:
    """Return a line of a letter as it is cut from the reading plane, crossed by what crosses closing lines."""
    text = wording.line(rng, pen)
    font = _font(text, rng)
    if font is None:
        return None
    length = int(font.getlength(text))
    around, above = int(rng.uniform(0.1, 0.8) * SIZE), int(rng.uniform(0.12, 0.5) * SIZE)
    width, height = length + 2 * around, SIZE + 2 * above
    canvas = Image.new("L", (width, height))
    ImageDraw.Draw(canvas).text((around, height // 2), text, font=font, fill=255, anchor="lm")
    print_ = np.asarray(canvas, np.float32) / 255
    over = str(rng.choice(list(OVER_SHARES), p=list(OVER_SHARES.values())))
    paper, ink = float(rng.uniform(222, 256)), float(rng.uniform(5, 95))
    page = paper - (paper - ink) * print_ * float(rng.uniform(0.75, 1.0))
    page = _OVER[over](page, rng, paper)
    return Strip(_scanned(page, rng), text)


def _font(text: str, rng: np.random.Generator) -> ImageFont.FreeTypeFont | None:
    if text.isascii() and rng.random() < 0.6:
        return _loaded(str(rng.choice(LATIN_FACES)), 0, SIZE)
    face = int(rng.choice(LINE_FACES))
    if not all(c == " " or draws(c, face) for c in text):
        return None
    return _loaded(*FACES[face], SIZE)


@lru_cache(maxsize=32)
def _loaded(path: str, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index)


def _crossed(page: art.Plane, rng: np.random.Generator, paper: float) -> art.Plane:
    """Return the line with strokes of a pen over it."""
    height, width = page.shape
    mask = np.zeros_like(page)
    span = min(float(rng.uniform(3, 9)) * SIZE, width * 1.2)
    start = float(rng.uniform(-0.3 * span, max(width - 0.6 * span, 1)))
    thick = rng.uniform(0.05, 0.13) * SIZE
    for _ in range(int(rng.integers(1, 5))):
        points = _stroke(rng, start, span, height)
        wide = max(round(thick * float(rng.uniform(0.7, 1.3))), 1)
        cv2.polylines(mask, [np.round(points * 8).astype(np.int32)], False, 1.0, wide, cv2.LINE_AA, 3)
    tone = float(rng.uniform(5, 130))
    return np.asarray(page * (1 - mask) + np.minimum(page, paper - (paper - tone) * 1.0) * mask, np.float32)


def _stroke(rng: np.random.Generator, start: float, span: float, height: int) -> NDArray[np.float64]:
    """Return points of one stroke: a wave, a free curve or a zigzag."""
    kind, middle = rng.random(), height * rng.uniform(0.1, 0.9)
    if kind < 0.4:
        steps = np.linspace(0, 1, 60)
        x = start + span * rng.uniform(0.3, 1.0) * steps + span * 0.08 * np.cos(rng.uniform(0, 6) + 7 * steps)
        y = middle + height * rng.uniform(0.3, 1.6) * np.sin(rng.uniform(0, 6) + 6.28 * rng.uniform(0.8, 3) * steps)
        return np.stack([x, y * 1.0], 1)
    count = int(rng.integers(3, 9))
    x = start + span * np.sort(rng.uniform(0, 1, count)) if kind < 0.8 else start + span * rng.uniform(0, 1, count)
    y = middle + height * rng.normal(0, 0.9, count)
    points = np.stack([x, y], 1).astype(np.float32)
    if kind > 0.9:
        return points.astype(np.float64)
    return cv2.resize(points, (2, 80), interpolation=cv2.INTER_CUBIC).astype(np.float64)


def _starred(page: art.Plane, rng: np.random.Generator, paper: float) -> art.Plane:
    """Return the line with what is left of a star or rim whose red was taken away: pale edges, a pale body."""
    height, width = page.shape
    body = np.zeros_like(page)
    tip = rng.uniform(1.2, 2.6) * SIZE
    x, y = rng.uniform(0, width), height / 2 + rng.normal(0, 0.8) * SIZE
    turn = rng.uniform(0, 6.28)
    radii = np.where(np.arange(10) % 2 == 0, tip, tip * 0.382)
    angles = turn + np.arange(10) * np.pi / 5
    outline = np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], 1)
    cv2.fillPoly(body, [np.round(outline).astype(np.int32)], 1.0, cv2.LINE_AA)
    edge = np.zeros_like(page)
    cv2.polylines(edge, [np.round(outline).astype(np.int32)], True, 1.0, max(int(rng.uniform(1, 5)), 1), cv2.LINE_AA)
    r = rng.uniform(5, 9) * SIZE
    cv2.circle(edge, (int(x), int(y)), int(r), 1.0, max(int(rng.uniform(2, 12)), 1), cv2.LINE_AA)
    lift = rng.uniform(-0.5, 0.75)
    lighter = page + (paper - page) * max(lift, 0.0) * body
    return np.asarray(
        lighter - paper * (max(-lift, 0.0) * 0.6 * body + rng.uniform(0, 0.2) * edge) * (lighter / 255), np.float32
    )


def _sealed(page: art.Plane, rng: np.random.Generator, paper: float) -> art.Plane:
    """Return the line with a seal that has no colour over it: star, rim and characters in grey."""
    height, width = page.shape
    mark = np.zeros_like(page)
    x, y = int(rng.uniform(0, width)), int(height / 2 + rng.normal(0, 2) * SIZE)
    r = int(rng.uniform(3.5, 6.5) * SIZE)
    cv2.circle(mark, (x, y), r, 1.0, int(rng.uniform(0.12, 0.4) * SIZE), cv2.LINE_AA)
    tip = rng.uniform(1.0, 2.2) * SIZE
    points = [
        (
            x + (tip if k % 2 == 0 else tip * 0.382) * np.sin(k * np.pi / 5),
            y - (tip if k % 2 == 0 else tip * 0.382) * np.cos(k * np.pi / 5),
        )
        for k in range(10)
    ]
    cv2.fillPoly(mark, [np.array(points, np.int32)], 1.0, cv2.LINE_AA)
    for _ in range(int(rng.integers(0, 6))):
        glyph = wording.any_glyph(rng)
        tall = int(rng.uniform(0.8, 1.5) * SIZE)
        turned = cv2.warpAffine(
            cv2.resize(glyph, (tall, tall)).astype(np.float32) / 255,
            cv2.getRotationMatrix2D((tall / 2, tall / 2), float(rng.uniform(0, 360)), 1), (tall, tall),
        )  # fmt: skip
        gx, gy = int(rng.uniform(-tall, width)), int(rng.uniform(-0.5 * tall, height))
        part = mark[max(gy, 0) : gy + tall, max(gx, 0) : gx + tall]
        cut = turned[max(-gy, 0) :, max(-gx, 0) :][: part.shape[0], : part.shape[1]]
        np.maximum(part, cut, out=part)
    strength = rng.uniform(0.15, 0.6)
    return np.asarray(page * (1 - strength * mark), np.float32)


def _ruled(page: art.Plane, rng: np.random.Generator, paper: float) -> art.Plane:
    height, width = page.shape
    out = page.copy()
    tone, wide = float(rng.uniform(10, 120)), int(rng.integers(2, 6))
    y = int(height / 2 + rng.choice((-0.56, 0.56, 0.5, 0.3)) * SIZE)
    cv2.line(out, (0, y), (width, y + int(rng.normal(0, 2))), tone, wide)
    if rng.random() < 0.5:
        x = int(rng.uniform(0, width))
        cv2.line(out, (x, 0), (x, height), tone, wide)
    return out


def _beside(page: art.Plane, rng: np.random.Generator, paper: float) -> art.Plane:
    """Return the line with the edge of the next one in view."""
    height, width = page.shape
    canvas = Image.new("L", (width, height))
    font = _loaded(*FACES[int(rng.choice(LINE_FACES))], SIZE)
    y = height / 2 + float(rng.choice((-1.0, 1.0))) * SIZE * float(rng.uniform(0.95, 1.25))
    ImageDraw.Draw(canvas).text(
        (rng.uniform(-60, 60), y),
        "".join(rng.choice(list(art.WORDS), width // SIZE + 2)),
        font=font,
        fill=255,
        anchor="lm",
    )
    return np.asarray(page - (page - 40) * np.asarray(canvas, np.float32) / 255 * (page > 40), np.float32)


_OVER = {
    "none": lambda page, rng, paper: page,
    "pen": _crossed,
    "star": lambda page, rng, paper: (
        _crossed(_starred(page, rng, paper), rng, paper) if rng.random() < 0.4 else _starred(page, rng, paper)
    ),
    "seal": _sealed,
    "rules": _ruled,
    "neighbour": _beside,
}


def _scanned(page: art.Plane, rng: np.random.Generator) -> Grey:
    """Return the line as a scanner or phone shows it, cut and brought to the reader's height."""
    height, width = page.shape
    if rng.random() < 0.5:
        degrees = float(rng.normal(0, 0.7))
        page = cv2.warpAffine(
            page,
            cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1),
            (width, height),
            borderMode=cv2.BORDER_REPLICATE,
        )
    seen = float(rng.uniform(20, 62)) / SIZE  # characters of 20 px are 10-point print at 150 dpi
    size = (max(int(width * seen), 8), max(int(height * seen), 8))
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), float(rng.uniform(0.25, 1.1)))
    if rng.random() < 0.25:
        small = small + float(rng.uniform(0.3, 1.0)) * (small - cv2.GaussianBlur(small, (0, 0), 1.3))
    small = small + rng.normal(0, rng.uniform(0.5, 6), small.shape)
    pixels = np.clip(small, 0, 255).astype(np.uint8)
    if rng.random() < 0.06:
        pixels = np.where(pixels < 150, 0, 255).astype(np.uint8)
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", quality=int(rng.integers(45, 97)))
    pixels = np.asarray(Image.open(stored))
    squeeze = float(rng.choice(SQUEEZES))
    wide = max(round(ROWS * pixels.shape[1] / pixels.shape[0] * squeeze), 12)
    shrinking = cv2.INTER_AREA if pixels.shape[0] > ROWS else cv2.INTER_LINEAR
    return cv2.resize(pixels, (wide, ROWS), interpolation=shrinking).astype(np.uint8)


def main() -> None:
    """Make strips for some minutes of CPU time and store them a minute at a time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("lines"))
    given = parser.parse_args()
    cv2.setNumThreads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    pen = Pen(tuple(COMMON), characters(), look_alikes())  # a character left out here would be forgotten
    for minute in range(given.minutes):
        rng = np.random.default_rng((given.seed, minute))
        cv2.setRNGSeed(int(rng.integers(1, 2**31)))
        store(strips(rng, pen, 60.0), given.out / f"{given.seed}-{minute}.npz")


def strips(rng: np.random.Generator, pen: Pen, seconds: float) -> list[Strip]:
    """Return what some seconds of CPU time make; each kind takes its share of the strips."""
    made: list[Strip] = []
    started = time.process_time()
    while time.process_time() - started < seconds:
        if rng.random() < ARC_SHARE / 2 / (1 - ARC_SHARE / 2):  # an arc gives two strips
            made += arcs(rng, pen)
        elif one := line(rng, pen):
            made.append(one)
    return made


def store(made: list[Strip], path: Path) -> None:
    """Write strips side by side, with their widths and texts."""
    part = path.with_suffix(".part.npz")
    np.savez(
        part, pixels=np.concatenate([strip.pixels for strip in made], axis=1),
        widths=[strip.pixels.shape[1] for strip in made], texts=[strip.text for strip in made],
    )  # fmt: skip
    part.rename(path)


if __name__ == "__main__":
    main()
