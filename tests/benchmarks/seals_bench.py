"""Measures the seal stage on generated seals: `python -m tests.benchmarks.seals_bench --n 200 --part aside`.

Every maker registers one impression; then letters are scanned, stamped with the same seal, with one character
exchanged for a look-alike, with the same name carved again, and with another company's seal of the same make. Part
`aside` has typefaces, names and look-alike pairs that nothing was trained or tuned on.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

import cv2
import numpy as np

from tests.benchmarks.seals_art import ASIDE_FACES, Design, has_glyphs, look_alike, random_design, random_name
from tests.benchmarks.seals_scans import Scan, impression_scan, random_phone, random_scan, specimen_image
from verifier.evaluation.figures import Rate
from verifier.examination import Likeness, Seal
from verifier.page import Colour, Page, PageImage, Pixels
from verifier.recognition.comparator import OnnxComparator, load_comparator
from verifier.recognition.engine import TextRecogniser
from verifier.recognition.ppocr import load_ppocr
from verifier.record import Maker, Registry, Specimen
from verifier.rules.case import SURE_ENOUGH_TEXT
from verifier.seals.compare import Compared, compare_seal
from verifier.seals.examiner import SealExaminer
from verifier.seals.find import find_rims
from verifier.seals.normalise import normalise
from verifier.settings import models_folder

KINDS = ("same", "alike", "recarved", "other")
OVERS = ("clean", "signature", "inner", "print", "faded")
COLUMNS = ("part", "kind", "over", "capture", "likeness", "reason", "reads", "logit", "hidden", "seconds")
CAPTURES = ("200", "300", "150", "phone", "grey", "bilevel")


@dataclass(frozen=True)
class Trial:
    """One scanned seal and what the stage said of it."""

    part: str
    kind: str
    over: str
    capture: str
    name: str
    stamped: str
    found: int
    likeness: str
    reason: str
    score: float
    text: str
    confidence: float
    alternatives: tuple[str, ...]
    seal_kind: str
    inner: str
    diameter_off: float
    seconds: float
    compared: Compared | None = None
    """Kept for error curves only."""

    @property
    def reads_name(self) -> bool:
        """Whether `seal.text` would pass for the registered name."""
        return self.confidence >= SURE_ENOUGH_TEXT and self.name in (self.text, *self.alternatives)

    @property
    def matches(self) -> bool:
        """Whether `seal.specimen` would pass."""
        return self.likeness == Likeness.SAME

    @property
    def accepted(self) -> bool:
        """Whether seal.kind, seal.specimen and seal.text would all pass."""
        return self.matches and self.reads_name and self.seal_kind == "official"


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


def trials(
    seed: int,
    part: str = "tuning",
    captures: tuple[str, ...] = ("200", "300"),
    kinds: tuple[str, ...] = KINDS,
    overs: tuple[str, ...] = OVERS,
    curves: bool = False,
) -> Iterator[Trial]:
    """Yield one maker's trials under one kind of print and capture."""
    rng = np.random.default_rng((seed, part == "aside"))
    design, forged = drawn_pair(rng, part)
    over, capture = overs[seed % len(overs)], captures[seed // len(overs) % len(captures)]
    maker = Maker(design.name)
    specimen = Specimen(design.name, specimen_image(design, rng), f"{seed:064x}")
    examiner = SealExaminer(recogniser(), Registry(registered=(maker,), specimens=(specimen,)), comparator())
    stamps = {"same": design, "alike": dataclasses.replace(design, name=forged)}
    stamps["recarved"] = _recarved(design, rng, part)
    stamps["other"] = random_design(rng, random_name(rng, part), face=design.face, diameter_mm=design.diameter_mm)
    for kind in kinds:
        scan = _scan(capture, rng)
        wear = float(rng.uniform(0.6, 0.95) if over == "faded" else rng.uniform(0.1, 0.6))
        ink = (235, 120, 125) if over == "faded" else None
        image = impression_scan(stamps[kind], rng, scan, wear=wear, over=over, ink=ink)
        page = page_of(image, scan.dpi, scan.mode)
        started = time.process_time()
        seals = examiner.examine((page,), (), maker)
        seconds = time.process_time() - started
        trial = _trial(part, kind, over, capture, design.name, stamps[kind], seals, seconds)
        yield dataclasses.replace(trial, compared=_compared(page, specimen) if curves else None)


def drawn_pair(rng: np.random.Generator, part: str) -> tuple[Design, str]:
    """Return a seal and its name with one look-alike character, from a part's typefaces."""
    while True:
        changes = {"face": int(rng.choice(ASIDE_FACES))} if part == "aside" else {}
        design = random_design(rng, random_name(rng, part), **changes)
        forged = look_alike(design.name, rng, part)
        if forged != design.name and has_glyphs(design.name + forged, design.face):
            return design, forged


def _recarved(design: Design, rng: np.random.Generator, part: str) -> Design:
    """Return the same name and measures, cut again in another typeface or with other proportions."""
    faces = [f for f in (ASIDE_FACES if part == "aside" else range(8)) if f != design.face]
    again = random_design(rng, design.name, face=int(rng.choice(faces)), star=design.star, code=design.code)
    return dataclasses.replace(
        again, diameter_mm=design.diameter_mm, rim_mm=design.rim_mm, span_degrees=design.span_degrees
    )


def _scan(capture: str, rng: np.random.Generator) -> Scan:
    if capture == "phone":
        return random_phone(rng)
    if capture in ("grey", "bilevel"):
        return random_scan(rng, dpi=int(rng.choice([200, 300])), mode=capture)
    return random_scan(rng, dpi=int(capture))


def _compared(page: PageImage, specimen: Specimen) -> Compared | None:
    rims = find_rims(page.pixels, page.page.dpi, page.page.colour)
    if not rims:
        return None
    picture = normalise(page.pixels, rims[0].ring, has_colour=rims[0].coloured)
    height, width = page.pixels.shape[:2]
    return compare_seal(picture, rims[0].ring, (specimen,), comparator(), page_size=(width, height))


def _trial(
    part: str,
    kind: str,
    over: str,
    capture: str,
    name: str,
    stamped: Design,
    seals: tuple[Seal, ...],
    seconds: float,
) -> Trial:
    seal = seals[0] if seals else None
    seen = seal.comparison if seal else None
    return Trial(
        part=part,
        kind=kind,
        over=over,
        capture=capture,
        name=name,
        stamped=stamped.name,
        found=len(seals),
        likeness=str(seen.likeness) if seen else "",
        reason=seen.reason if seen else "",
        score=seen.score if seen else 0.0,
        text=(seal.text or "") if seal else "",
        confidence=seal.text_confidence if seal else 0.0,
        alternatives=seal.text_alternatives if seal else (),
        seal_kind=seal.kind if seal else "",
        inner=(seal.inner_text or "") if seal else "",
        diameter_off=seal.diameter_mm / stamped.diameter_mm - 1 if seal else 0.0,
        seconds=seconds,
    )


@lru_cache(maxsize=1)
def recogniser() -> TextRecogniser:
    """Return the line reader, loaded once a process."""
    cv2.setNumThreads(1)
    return load_ppocr().recogniser


@lru_cache(maxsize=1)
def comparator() -> OnnxComparator:
    """Return the comparator, loaded once a process."""
    return load_comparator(models_folder())


def run(seeds: Iterable[int], jobs: int, **how: object) -> list[Trial]:
    """Return the trials of all seeds; `how` as for `trials`."""
    one = partial(_listed, how=how)
    if jobs == 1:
        return list(chain.from_iterable(map(one, seeds)))
    with ProcessPoolExecutor(jobs) as pool:
        return list(chain.from_iterable(pool.map(one, seeds, chunksize=4)))


def _listed(seed: int, how: dict[str, object]) -> list[Trial]:
    return list(trials(seed, **how))  # type: ignore[arg-type]


def summary(done: list[Trial]) -> list[str]:
    """Return one line for each kind, capture and print."""
    lines = []
    for kind in KINDS:
        for capture in CAPTURES:
            for over in OVERS:
                group = [t for t in done if (t.kind, t.capture, t.over) == (kind, capture, over)]
                if group:
                    lines.append(f"{kind:8} {capture:7} {over:9} {_figures(group)}")
    seconds = [t.seconds for t in done]
    lines.append(f"CPU ms a seal: mean {1000 * np.mean(seconds):.0f}, p95 {1000 * np.percentile(seconds, 95):.0f}")
    return lines


def _figures(group: list[Trial]) -> str:
    read = Rate.of(t.stamped == t.text for t in group)
    different = Rate.of(t.likeness == Likeness.DIFFERENT for t in group)
    return (
        f"n={len(group):4} found={Rate.of(t.found == 1 for t in group).value:.3f} "
        f"matches={Rate.of(t.matches for t in group).value:.3f} differs={different.value:.3f} "
        f"read={read.value:.3f} accepted={Rate.of(t.accepted for t in group)}"
    )


def keep(done: Iterable[Trial], path: Path) -> None:
    """Write one row a trial; trials need their curves (`curves=True`)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_values(trial) for trial in done)


def _values(trial: Trial) -> Iterator[object]:
    of = None if trial.compared is None else trial.compared.measured
    readable = [] if of is None else [x for t, x in zip(of.tiles, of.logits, strict=True) if t.is_usable]
    yield from (trial.part, trial.kind, trial.over, trial.capture, trial.likeness, trial.reason, int(trial.reads_name))
    yield round(max(readable), 3) if readable else ""
    yield 0 if of is None else len(of.tiles) - len(readable)
    yield round(trial.seconds, 4)


def main() -> None:
    """Run the trials and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=80)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--part", choices=("tuning", "aside"), default="tuning")
    parser.add_argument("--captures", nargs="+", choices=CAPTURES, default=["200", "300"])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--overs", nargs="+", choices=OVERS, default=list(OVERS))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, help="keep what error curves need, as CSV")
    given = parser.parse_args()
    how = {"part": given.part, "captures": tuple(given.captures), "kinds": tuple(given.kinds)}
    seeds = range(given.first, given.first + given.n)
    done = run(seeds, given.jobs, overs=tuple(given.overs), curves=given.out is not None, **how)
    sys.stdout.write("\n".join(summary(done)) + "\n")
    if given.out:
        keep(done, given.out)


if __name__ == "__main__":
    main()
