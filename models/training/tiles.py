"""Makes the comparator's training set: pairs of tiles cut by the verifier's own code.

Run: python -m models.training.tiles --minutes 6 --seed 1 --out tiles
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.training import art
from models.training.characters import (
    COMMON,
    FACE_SHARES,
    FACES,
    FAMILIES,
    characters,
    draws,
    is_aside,
    look_alikes,
)
from verifier.seals.arc import ArcSpan
from verifier.seals.layout import ArcLayout, between
from verifier.seals.normalise import RADIUS, SIDE, SealPicture, normalise
from verifier.seals.pairs import tile_pairs
from verifier.seals.rings import Ring
from verifier.seals.specimens import softened
from verifier.seals.tiles import tile_places

OVERS = ("clean", "clean", "signature", "print", "print", "rules")
FORGED_SHARE = 0.45
"""Share of characters exchanged in a forged impression."""
ALIKE_SHARE, RESET_SHARE = 0.85, 0.09
"""Of the exchanged ones: look-alikes; the same character of another typeface; the rest are any others."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What may be carved."""

    common: tuple[str, ...]
    all: tuple[str, ...]
    alike: dict[str, tuple[str, ...]]


def make_pen(banned: frozenset[frozenset[str]]) -> Pen:
    """Return the characters and look-alikes of training; `banned` pairs are kept aside."""
    known = [c for c in characters() if not is_aside(c)]
    alike = {
        one: tuple(o for o in others if not is_aside(o) and frozenset((one, o)) not in banned)
        for one, others in look_alikes().items()
        if not is_aside(one)
    }
    return Pen(tuple(c for c in COMMON if not is_aside(c)), tuple(known), alike)


def _text(rng: np.random.Generator, pen: Pen, face: int) -> str:
    count = int(rng.integers(8, 20))
    picked = []
    while len(picked) < count:
        pool = pen.common if rng.random() < 0.35 else (pen.all[:3000] if rng.random() < 0.8 else pen.all)
        character = str(pool[int(rng.integers(len(pool)))])
        if draws(character, face):
            picked.append(character)
    return "".join(picked)


def _forged(rng: np.random.Generator, pen: Pen, text: str, face: int) -> tuple[str, list[int]]:
    """Return the text with characters exchanged, and the face of each character."""
    out, faces = list(text), [face] * len(text)
    for i, character in enumerate(text):
        if rng.random() > FORGED_SHARE:
            continue
        kind = rng.random()
        if kind < ALIKE_SHARE:
            twins = [c for c in pen.alike.get(character, ()) if draws(c, face)]
            if twins:
                weights = 1 / (1 + np.arange(len(twins)))
                out[i] = str(rng.choice(twins, p=weights / weights.sum()))
        elif kind < ALIKE_SHARE + RESET_SHARE:
            others = [f for f in range(len(FACES)) if FAMILIES[f] != FAMILIES[face] and draws(character, f)]
            faces[i] = int(rng.choice(others)) if others else face
        else:
            out[i] = _text(rng, pen, face)[0]
    return "".join(out), faces


def _carved(carving: art.Carving, faces: list[int], weight: float) -> art.Plane:
    """Return a carving whose characters may come from several faces."""
    whole = art.carve(carving, weight)
    for face in sorted(set(faces) - {carving.face}):
        keep = "".join(c if f == face else " " for c, f in zip(carving.text, faces, strict=True))
        whole = np.maximum(
            _without(whole, carving, faces, face), art.carve_only(replace(carving, face=face), keep, weight)
        )
    return whole


def _without(whole: art.Plane, carving: art.Carving, faces: list[int], face: int) -> art.Plane:
    out = whole.copy()
    r = carving.diameter_mm / 2 - carving.rim_mm - carving.inset_mm
    for i, own in enumerate(faces):
        if own == face:
            start = carving.first_degrees + (i - 0.5) * carving.pitch_degrees
            steps = np.radians(np.linspace(start, start + carving.pitch_degrees, 9))
            ring = [(r + 0.25, steps), (r - carving.height_mm - 0.25, steps[::-1])]
            points = [
                ((art.SIDE - 1) / 2 + q * art.PX * np.cos(a), (art.SIDE - 1) / 2 + q * art.PX * np.sin(a))
                for q, s in ring
                for a in s
            ]
            cv2.fillPoly(out, [np.array(points, np.int32)], 0.0)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """An impression as the verifier normalises it, and how far it is turned."""

    picture: SealPicture
    degrees: float


def _taken(
    coverage: art.Plane,
    rng: np.random.Generator,
    how: art.Capture,
    degrees: float,
    over: str,
    wear: float,
    radius: float,
) -> Taken:
    stretch = (1 + float(rng.normal(0, 0.003)), 1 + float(rng.normal(0, 0.003)))
    mark = art.moved(art.stamp(coverage, rng, wear), degrees, stretch)
    black = None if over == "clean" else art.over_print(rng, over)
    pixels = art.capture(mark, black, rng, how)
    scale, middle = pixels.shape[0] / art.SIDE, (pixels.shape[0] - 1) / 2
    off = rng.normal(0, 0.25 * how.dpi / 200, 2)
    size = 1 + rng.normal(0, 0.003, 2)
    ring = Ring(
        middle + off[0],
        middle + off[1],
        radius * scale * stretch[0] * size[0],
        radius * scale * stretch[1] * size[1],
        0.0,
    )
    return Taken(normalise(pixels, ring, has_colour=how.mode == "colour"), degrees)


def _layout(carving: art.Carving, rng: np.random.Generator, degrees: float) -> ArcLayout:
    """Return borders between the characters as the verifier might draw them."""
    count = len(carving.text)
    pitch, first = carving.pitch_degrees / 360, (carving.first_degrees + degrees) / 360
    slip = rng.normal(0, 0.05, count + 1)
    if rng.random() < 0.15:
        slip = slip + rng.normal(0, 0.12)
    if rng.random() < 0.1:
        slip = slip + rng.normal(0, 0.2) * np.linspace(-1, 1, count + 1)
    borders = first + (np.arange(count + 1) - 0.5 + slip) * pitch
    mm = 20 * 216 / RADIUS / (carving.diameter_mm - carving.rim_mm) * 2 / 20
    top = (carving.inset_mm + carving.rim_mm / 2) * mm
    band = (
        max(top - 0.022 + rng.normal(0, 0.008), 0.03),
        min(top + carving.height_mm * mm + 0.022 + rng.normal(0, 0.012), 0.45),
    )
    return ArcLayout(
        ArcSpan(float(borders[0]), float(borders[-1] - borders[0])),
        (float(band[0]), float(band[1])),
        between(tuple(float(b) for b in borders)),
    )


def _laid(rng: np.random.Generator, turn: float) -> NDArray[np.float32]:
    """Return the map from specimen to seal, off by what an alignment leaves."""
    middle = (SIDE - 1) / 2
    angle = np.radians(turn + rng.normal(0, 0.25))
    linear = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = linear * (1 + rng.normal(0, 0.003)) + rng.normal(0, 0.0015, (2, 2))
    offset = np.array([middle, middle]) - linear @ np.array([middle, middle]) + rng.normal(0, 0.8, 2)
    return np.hstack([linear, offset[:, None]]).astype(np.float32)


def pairs_of_one_seal(
    rng: np.random.Generator, pen: Pen, phones: float = 0.18
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return tile pairs of one seal and two forgeries of it, and which of them differ."""
    face = int(rng.choice(len(FACES), p=FACE_SHARES / FACE_SHARES.sum()))
    carving = art.random_carving(rng, _text(rng, pen, face), face)
    weight = float(rng.normal(0, 0.35))
    coverage = art.carve(carving, weight)
    own_turn = float(rng.uniform(-8, 8))
    careful = art.Capture(float(rng.choice([200, 300, 300, 300])), 92, False, 0.6, 2.0)
    own = _taken(coverage, rng, careful, own_turn, "clean", float(rng.uniform(0.05, 0.45)), carving.radius)
    layout = _layout(carving, rng, own_turn)
    kept, labels = [], []
    for kind in ("same", "forged", "forged"):
        text, faces = (
            (carving.text, [face] * len(carving.text)) if kind == "same" else _forged(rng, pen, carving.text, face)
        )
        drawn = coverage if kind == "same" else _carved(replace(carving, text=text), faces, weight)
        turn = float(rng.uniform(0, 360))
        seen = _taken(
            drawn,
            rng,
            art.random_capture(rng, phones),
            turn,
            str(rng.choice(OVERS)),
            float(rng.uniform(0.05, 0.95)),
            carving.radius,
        )
        ink = softened(own.picture.ink, own.picture.enlargement, seen.picture.enlargement)
        places = tile_places(ink, own.picture.printed, layout, seen.picture, _laid(rng, turn - own_turn))
        kept.append(tile_pairs(tuple(place.fitted() for place in places)))
        labels.append([a != b or f != face for a, b, f in zip(text, carving.text, faces, strict=True)])
    return np.concatenate(kept), np.concatenate(labels)


def banned_pairs() -> frozenset[frozenset[str]]:
    """Return the look-alike pairs that samples and benchmarks forge with."""
    from samples.forgeries.seals import LOOK_ALIKES as SAMPLES
    from tests.benchmarks.seals_art import LOOK_ALIKES as BENCHMARKS

    return frozenset(map(frozenset, (*SAMPLES.items(), *BENCHMARKS)))


def main() -> None:
    """Make pairs for some minutes of CPU time and store them a minute at a time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--phones", type=float, default=0.18, help="share of phones' pictures")
    parser.add_argument("--out", type=Path, default=Path("tiles"))
    given = parser.parse_args()
    cv2.setNumThreads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    pen = make_pen(banned_pairs())
    for minute in range(given.minutes):
        rng = np.random.default_rng((given.seed, minute))
        cv2.setRNGSeed(int(rng.integers(1, 2**31)))
        made: list[NDArray[np.uint8]] = []
        labels: list[NDArray[np.bool_]] = []
        started = time.process_time()
        while time.process_time() - started < 60:
            pairs, differ = pairs_of_one_seal(rng, pen, given.phones)
            made.append(stored(pairs))
            labels.append(differ)
        path = given.out / f"{given.seed}-{minute}.npz"
        np.savez(path.with_suffix(".part.npz"), pairs=np.concatenate(made), labels=np.concatenate(labels))
        path.with_suffix(".part.npz").rename(path)


def stored(pairs: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the first three planes in bytes; the fourth follows from them."""
    return np.clip(pairs[:, :3] * 160, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
