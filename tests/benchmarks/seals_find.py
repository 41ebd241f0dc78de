"""Measures finding seals on whole pages: `python -m tests.benchmarks.seals_find --n 100`.

Pages with one or two seals (round, oval, half off the page, under print) and pages without any, which carry
headlines, rules, tables, red marks and logos instead.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.seals_art import DRAWN_DPI, Plane, carve, random_design, stamp, turn
from tests.benchmarks.seals_scans import digitise, letterpress, print_ink, random_scan, red, sheet
from verifier.page import Colour
from verifier.seals.find import find_rims

PAGE_DPI = 300
SHAPE = (round(297 / 25.4 * PAGE_DPI), round(210 / 25.4 * PAGE_DPI))
NEAR_MM = 4.0
"""A found seal counts where its centre lies this near to the true one and its size within a tenth."""


@dataclass(frozen=True)
class PageTrial:
    """One page: how many seals it has, how many were found, how many findings were none."""

    mode: str
    kind: str
    seals: int
    hits: int
    false: int
    seconds: float


def page_trial(arguments: tuple[int, bool]) -> PageTrial:
    """Return the trial of one seed, with seals or without."""
    seed, sealed = arguments
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    mode = ("colour", "colour", "grey", "bilevel")[seed % 4]
    scan = random_scan(rng, mode=mode)
    paper = _decorated(sheet(SHAPE, rng), rng, busy=not sealed)
    true: list[tuple[float, float, float]] = []
    kind = "none"
    if sealed:
        kind = str(rng.choice(["round", "round", "oval", "cut_off", "two"]))
        for _ in range(2 if kind == "two" else 1):
            paper, place = _stamped(paper, rng, kind)
            true.append(place)
    pixels = digitise(paper, rng, scan, at_dpi=PAGE_DPI)
    started = time.process_time()
    found = find_rims(pixels, scan.dpi, Colour(mode))
    seconds = time.process_time() - started
    mm = 25.4 / scan.dpi
    places = [(f.ring.cx * mm, f.ring.cy * mm, 2 * f.ring.major * mm) for f in found]
    hits = sum(any(_is_near(place, wanted) for place in places) for wanted in true)
    false = sum(not any(_is_near(place, wanted) for wanted in true) for place in places)
    return PageTrial(mode, kind, len(true), hits, false, seconds)


def _is_near(place: tuple[float, float, float], wanted: tuple[float, float, float]) -> bool:
    near = float(np.hypot(place[0] - wanted[0], place[1] - wanted[1])) <= NEAR_MM
    return near and abs(place[2] / wanted[2] - 1) < 0.1


def _stamped(
    paper: NDArray[np.uint8], rng: np.random.Generator, kind: str
) -> tuple[NDArray[np.uint8], tuple[float, float, float]]:
    oval = kind == "oval"
    changes = {"shape": "oval", "diameter_mm": 45.0, "star": False} if oval else {}
    design = random_design(rng, **changes)
    mark = stamp(carve(design), rng, float(rng.uniform(0.1, 0.7)))
    mark = turn(mark, float(rng.normal(0, 10)) if oval else float(rng.uniform(0, 360)))
    share = PAGE_DPI / DRAWN_DPI
    mark = cv2.resize(mark, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    half = mark.shape[0] // 2
    x = SHAPE[1] - int(half * rng.uniform(0.1, 0.5)) if kind == "cut_off" else rng.integers(half, SHAPE[1] - half)
    y = int(rng.integers(half, SHAPE[0] - half))
    whole = np.zeros((SHAPE[0], SHAPE[1] + 2 * half), np.float32)
    whole[y - half : y - half + mark.shape[0], int(x) - half : int(x) - half + mark.shape[1]] = mark
    mm = 25.4 / PAGE_DPI
    place = (int(x) * mm, y * mm, design.diameter_mm - design.rim_mm)
    return print_ink(paper, whole[:, : SHAPE[1]], red(rng)), place


def _decorated(paper: NDArray[np.uint8], rng: np.random.Generator, *, busy: bool) -> NDArray[np.uint8]:
    """Return the page with text, and with what is mistaken for seals where `busy`."""
    black, coloured = np.zeros(SHAPE, np.float32), np.zeros(SHAPE, np.float32)
    top, bottom = int(SHAPE[0] * 0.2), int(SHAPE[0] * rng.uniform(0.5, 0.9))
    text = letterpress((bottom - top, int(SHAPE[1] * 0.8)), rng, float(rng.uniform(6, 10)), 4.2, PAGE_DPI)
    black[top:bottom, int(SHAPE[1] * 0.1) : int(SHAPE[1] * 0.1) + text.shape[1]] = text
    if rng.random() < 0.5:
        _table(black, rng)
    if busy or rng.random() < 0.3:
        heading = letterpress((int(SHAPE[0] * 0.08), SHAPE[1]), rng, 25, 15, PAGE_DPI)
        coloured[int(SHAPE[0] * 0.04) : int(SHAPE[0] * 0.04) + heading.shape[0]] = heading
        coloured[int(SHAPE[0] * 0.15) : int(SHAPE[0] * 0.15) + 12, 150:-150] = 1
    if busy:
        _marks(coloured if rng.random() < 0.6 else black, rng)
    return print_ink(print_ink(paper, coloured, red(rng)), black, (30, 30, 30))


def _table(canvas: Plane, rng: np.random.Generator) -> None:
    y0, step = int(SHAPE[0] * 0.5), int(rng.integers(80, 160))
    for i in range(8):
        cv2.line(canvas, (200, y0 + i * step), (SHAPE[1] - 200, y0 + i * step), 1.0, 3)
    for x in np.linspace(200, SHAPE[1] - 200, int(rng.integers(3, 7))):
        cv2.line(canvas, (int(x), y0), (int(x), y0 + 7 * step), 1.0, 3)


def _marks(canvas: Plane, rng: np.random.Generator) -> None:
    """Draw logos: discs, plain rings, stars, ovals with a letter, arcs, QR-like squares."""
    for _ in range(int(rng.integers(1, 4))):
        x, y = int(rng.integers(300, SHAPE[1] - 300)), int(rng.integers(300, SHAPE[0] - 300))
        size = int(rng.uniform(8, 24) * PAGE_DPI / 25.4)
        what = int(rng.integers(0, 6))
        if what == 0:
            cv2.circle(canvas, (x, y), size, 1.0, -1)
        elif what == 1:
            cv2.circle(canvas, (x, y), size, 1.0, int(rng.integers(6, 30)))
        elif what == 2:
            cv2.ellipse(canvas, (x, y), (size, size * 2 // 3), 0, 0, 360, 1.0, 14)
            cv2.ellipse(canvas, (x, y), (size // 2, size * 2 // 3), 0, 0, 360, 1.0, 14)
        elif what == 3:
            cells = (rng.random((25, 25)) < 0.5).astype(np.float32)
            big = cv2.resize(cells, (size, size), interpolation=cv2.INTER_NEAREST)
            canvas[y - size // 2 : y - size // 2 + size, x - size // 2 : x - size // 2 + size] = big
        elif what == 4:
            cv2.ellipse(canvas, (x, y), (size, size), 0, 0, int(rng.integers(60, 200)), 1.0, 12)
        else:
            points = np.array([x, y]) + np.cumsum(rng.normal(0, size / 4, (12, 2)), axis=0)
            cv2.polylines(canvas, [points.astype(np.int32)], False, 1.0, 10)


def main() -> None:
    """Run the trials and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    work = [(given.seed * 100_000 + i, i % 2 == 0 or i % 3 == 0) for i in range(2 * given.n)]
    work = [(seed + sealed * 7, sealed) for seed, sealed in work]
    with ProcessPoolExecutor(given.jobs) as pool:
        done = list(pool.map(page_trial, work, chunksize=4))
    lines = []
    for mode in ("colour", "grey", "bilevel"):
        for kind in sorted({t.kind for t in done}):
            group = [t for t in done if (t.mode, t.kind) == (mode, kind)]
            seals, hits = sum(t.seals for t in group), sum(t.hits for t in group)
            false = sum(t.false for t in group)
            lines.append(f"{mode:8} {kind:8} pages={len(group):4} seals={seals:4} found={hits:4} false={false}")
    seconds = [t.seconds for t in done]
    lines.append(f"CPU ms a page: mean {1000 * np.mean(seconds):.0f}, p95 {1000 * np.percentile(seconds, 95):.0f}")
    print("\n".join(lines))  # noqa: T201 - the benchmark's output


if __name__ == "__main__":
    main()
