"""Measures the seal stage on generated seals: `python -m tests.benchmarks.seals_bench --n 200`.

Every trial draws a maker, registers one impression, and scans three more letters: stamped with the same
seal, with one look-alike character exchanged, and with another company's seal of the same make.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from tests.benchmarks.seals_art import (
    Design,
    has_glyphs,
    impression_scan,
    look_alike,
    random_design,
    random_scan,
    specimen_image,
)
from verifier.examination import Likeness, Seal
from verifier.page import Colour, Page, PageImage, Pixels
from verifier.recognition.comparator import OnnxComparator, load_comparator
from verifier.recognition.ppocr import load_ppocr
from verifier.record import Maker, Registry, Specimen
from verifier.seals.examiner import SealExaminer
from verifier.settings import models_folder

KINDS = ("same", "alike", "other")
OVERS = ("clean", "inner", "signature", "print")
SURE_TEXT = 0.5
"""Confidence from which the benchmark counts a reading, as a rule would."""


@dataclass(frozen=True)
class Trial:
    """One scanned seal and what the stage said of it."""

    kind: str
    over: str
    dpi: int
    mode: str
    name: str
    stamped: str
    found: int
    likeness: str
    reason: str
    score: float
    worst: float
    usable: float
    text: str
    confidence: float
    alternatives: tuple[str, ...]
    seal_kind: str
    inner: str
    diameter_off: float
    seconds: float
    design: Design

    @property
    def accepted(self) -> bool:
        """Whether seal.specimen and seal.text would both pass for `name`."""
        said = (self.text, *self.alternatives)
        return self.likeness == Likeness.SAME and self.confidence >= SURE_TEXT and self.name in said


def page_of(pixels: Pixels, dpi: float, mode: str = "colour") -> PageImage:
    """Return a patch as a page of its own."""
    height, width = pixels.shape[:2]
    return PageImage(
        Page(
            number=1,
            width_mm=width / dpi * 25.4,
            height_mm=height / dpi * 25.4,
            scale_known=True,
            dpi=dpi,
            colour=Colour(mode),
            born_digital=False,
            rotation=0,
            homography=None,
            lines=(),
        ),
        pixels,
    )


def trials(seed: int, mode: str, wear: tuple[float, float], dpis: tuple[int, ...]) -> Iterator[Trial]:
    """Yield the three trials of one maker under one kind of print."""
    rng = np.random.default_rng(seed)
    design, forged = _pair(rng)
    over = OVERS[seed % len(OVERS)]
    maker = Maker(design.name)
    specimen = Specimen(design.name, specimen_image(design, rng), f"{seed:064x}")
    examiner = SealExaminer(_recogniser(), Registry(registered=(maker,), specimens=(specimen,)), _comparator())
    other = random_design(rng, face=design.face, diameter_mm=design.diameter_mm, star=design.star)
    alike = dataclasses.replace(design, name=forged)
    for kind, stamped in zip(KINDS, (design, alike, other), strict=True):
        scan = random_scan(rng, dpi=int(rng.choice(dpis)), mode=mode)
        image = impression_scan(stamped, rng, scan, wear=float(rng.uniform(*wear)), over=over)
        started = time.process_time()
        seals = examiner.examine((page_of(image, scan.dpi, mode),), (), maker)
        yield _trial(kind, over, scan.dpi, mode, design.name, stamped, seals, time.process_time() - started)


def _pair(rng: np.random.Generator) -> tuple[Design, str]:
    while True:
        design = random_design(rng)
        forged = look_alike(design.name, rng)
        if forged != design.name and has_glyphs(design.name + forged, design.face):
            return design, forged


def _trial(
    kind: str,
    over: str,
    dpi: int,
    mode: str,
    name: str,
    stamped: Design,
    seals: tuple[Seal, ...],
    seconds: float,
) -> Trial:
    seal = seals[0] if seals else None
    seen = seal.comparison if seal else None
    return Trial(
        kind=kind,
        over=over,
        dpi=dpi,
        mode=mode,
        name=name,
        stamped=stamped.name,
        found=len(seals),
        likeness=str(seen.likeness) if seen else "",
        reason=seen.reason if seen else "",
        score=seen.score if seen else 0.0,
        worst=(seen.worst_score or 0.0) if seen else 0.0,
        usable=seen.characters_usable / max(seen.characters, 1) if seen else 0.0,
        text=(seal.text or "") if seal else "",
        confidence=seal.text_confidence if seal else 0.0,
        alternatives=seal.text_alternatives if seal else (),
        seal_kind=seal.kind if seal else "",
        inner=(seal.inner_text or "") if seal else "",
        diameter_off=seal.diameter_mm / (stamped.diameter_mm - stamped.rim_mm) - 1 if seal else 0.0,
        seconds=seconds,
        design=stamped,
    )


_loaded: list[object] = []


def _recogniser():  # type: ignore[no-untyped-def]
    if not _loaded:
        cv2.setNumThreads(1)
        _loaded.append(load_ppocr().recogniser)
    return _loaded[0]


def _comparator() -> OnnxComparator:
    return load_comparator(models_folder())


def _run(arguments: tuple[int, str, tuple[float, float], tuple[int, ...]]) -> list[Trial]:
    return list(trials(*arguments))


def summary(done: list[Trial]) -> list[str]:
    """Return one line for each kind and print."""
    groups: dict[tuple[str, str], list[Trial]] = defaultdict(list)
    for trial in done:
        groups[trial.kind, trial.over].append(trial)
    lines = []
    for (kind, over), group in sorted(groups.items(), key=lambda g: (KINDS.index(g[0][0]), g[0][1])):
        count = len(group)
        same = sum(t.likeness == Likeness.SAME for t in group)
        different = sum(t.likeness == Likeness.DIFFERENT for t in group)
        read = sum(t.stamped == t.text for t in group)
        any_read = sum(t.stamped in (t.text, *t.alternatives) for t in group)
        lines.append(
            f"{kind:6} {over:10} n={count:4} found={sum(t.found == 1 for t in group) / count:.3f} "
            f"same={same / count:.3f} different={different / count:.3f} read={read / count:.3f} "
            f"any={any_read / count:.3f} accepted={sum(t.accepted for t in group)} "
            f"({sum(t.accepted for t in group) / count:.3f}) "
            f"official={sum(t.seal_kind == 'official' for t in group) / count:.3f}"
        )
    lines.append(f"CPU seconds a seal, all: {np.mean([t.seconds for t in done]):.3f}")
    return lines


def main() -> None:
    """Run the trials and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mode", choices=[c.value for c in Colour], default="colour")
    parser.add_argument("--wear", type=float, nargs=2, default=(0.1, 0.6))
    parser.add_argument("--dpi", type=int, nargs="+", default=[200, 300])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    work = [
        (given.seed * 100_000 + i, given.mode, (given.wear[0], given.wear[1]), tuple(given.dpi)) for i in range(given.n)
    ]
    with ProcessPoolExecutor(given.jobs) as pool:
        done = [trial for batch in pool.map(_run, work, chunksize=4) for trial in batch]
    print("\n".join(summary(done)))  # noqa: T201 - the benchmark's output
    if given.out:
        rows = [dataclasses.asdict(trial) for trial in done]
        given.out.write_text(json.dumps(rows, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
