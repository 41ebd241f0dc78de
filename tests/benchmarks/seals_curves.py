"""Error curves of the comparison and the reading: `python -m tests.benchmarks.seals_curves --n 100 --part tuning`.

One record a scanned seal: what every character scored and what the arc read, from which thresholds are chosen on
the tuning part and checked on the part kept aside (`--part aside`: other typefaces, other characters exchanged).
"""

from __future__ import annotations

import argparse
import dataclasses
import pickle
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from tests.benchmarks.seals_art import (
    ASIDE_FACES,
    Design,
    has_glyphs,
    impression_scan,
    look_alike,
    random_design,
    random_name,
    random_scan,
    specimen_image,
)
from verifier.page import Colour
from verifier.recognition.comparator import CharacterComparator, load_comparator
from verifier.recognition.engine import TextRecogniser
from verifier.recognition.ppocr import load_ppocr
from verifier.record import Specimen
from verifier.seals.arc import text_span
from verifier.seals.compare import Compared, compare_seal
from verifier.seals.find import find_rims
from verifier.seals.normalise import normalise
from verifier.seals.reading import ArcText, read_arc
from verifier.settings import models_folder

OVERS = ("clean", "signature", "inner", "print")


@dataclass(frozen=True, slots=True)
class Record:
    """One scanned seal."""

    seed: int
    kind: str
    over: str
    dpi: int
    name: str
    stamped: str
    compared: tuple[object, ...] | None
    """Likeness, reason, whole, core, tiles, logits."""
    arc: ArcText | None
    seconds: float


def records(
    seed: int, part: str, dpi: int, comparator: CharacterComparator, recogniser: TextRecogniser | None
) -> Iterator[Record]:
    """Yield one seal stamped genuinely and with one look-alike character, under one kind of print."""
    rng = np.random.default_rng((seed, part == "aside"))
    design, forged = drawn_pair(rng, part)
    over = OVERS[seed % len(OVERS)]
    specimen = Specimen(design.name, specimen_image(design, rng), f"{seed:064x}")
    for kind, stamped in (("same", design), ("alike", dataclasses.replace(design, name=forged))):
        scan = random_scan(rng, dpi=dpi)
        pixels = impression_scan(stamped, rng, scan, wear=float(rng.uniform(0.1, 0.6)), over=over)
        started = time.process_time()
        compared, arc = seen(pixels, dpi, specimen, comparator, recogniser)
        yield Record(seed, kind, over, dpi, design.name, stamped.name, compared, arc, time.process_time() - started)


def drawn_pair(rng: np.random.Generator, part: str) -> tuple[Design, str]:
    """Return a seal and its name with one look-alike character, from a part's typefaces."""
    while True:
        changes = {"face": int(rng.choice(ASIDE_FACES))} if part == "aside" else {}
        design = random_design(rng, random_name(rng, part), **changes)
        forged = look_alike(design.name, rng, part)
        if forged != design.name and has_glyphs(design.name + forged, design.face):
            return design, forged


def seen(
    pixels: np.ndarray, dpi: int, specimen: Specimen, comparator: CharacterComparator, recogniser: TextRecogniser | None
) -> tuple[tuple[object, ...] | None, ArcText | None]:
    """Return what the comparison and the reading found on a patch."""
    rims = find_rims(pixels, dpi, Colour.COLOUR)
    if not rims:
        return None, None
    picture = normalise(pixels, rims[0].ring, has_colour=rims[0].coloured)
    size = (pixels.shape[1], pixels.shape[0])
    compared = compare_seal(picture, rims[0].ring, (specimen,), comparator, page_size=size)
    arc = None
    if recogniser is not None:
        fits = compared is not None and compared.fits
        arc = read_arc(picture, recogniser, compared.span if compared is not None and fits else text_span(picture))
    return _plain(compared), arc


def _plain(compared: Compared | None) -> tuple[object, ...] | None:
    if compared is None:
        return None
    found = compared.comparison
    return str(found.likeness), found.reason, found.score, compared.tiles, compared.logits


def main() -> None:
    """Make records and keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--part", choices=("tuning", "aside"), default="tuning")
    parser.add_argument("--dpi", type=int, nargs="+", default=[200, 300])
    parser.add_argument("--arc", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    comparator = load_comparator(models_folder())
    recogniser = load_ppocr().recogniser if given.arc else None
    kept: list[Record] = []
    for seed in range(given.first, given.first + given.n):
        kept += records(seed, given.part, given.dpi[seed // len(OVERS) % len(given.dpi)], comparator, recogniser)
        given.out.write_bytes(pickle.dumps(kept))


if __name__ == "__main__":
    main()
