"""What the seal stage must show, on names and typefaces kept aside; written to docs/.

Run: make prove-06, or python -m tests.proofs.prove_06 --n 240 --jobs 1 --write docs/proof-06.md
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np

from tests.benchmarks.seals_art import random_design
from tests.benchmarks.seals_bench import OVERS, Trial, comparator, drawn_pair, run
from tests.benchmarks.seals_find import PageTrial, page_trial
from tests.benchmarks.seals_scans import (
    Scan,
    digitise,
    impression_scan,
    letterpress,
    print_ink,
    random_scan,
    sheet,
    specimen_image,
)
from verifier.evaluation.figures import Rate
from verifier.examination import Likeness
from verifier.page import Colour, Pixels
from verifier.record import Specimen
from verifier.seals.compare import compare_seal
from verifier.seals.find import find_rims
from verifier.seals.hint import SealIndex, index_of
from verifier.seals.ink import same_ink
from verifier.seals.normalise import encode_ink, normalise
from verifier.second_pass import SAME_INK

FIRST_SEED = 600_000
HINT_SIZE = 10_000


def pages(n: int) -> list[PageTrial]:
    """Return `n` pages with seals, and half as many without."""
    seeds = range(FIRST_SEED, FIRST_SEED + n)
    return [page_trial((seed, True)) for seed in seeds] + [page_trial((seed + 7, False)) for seed in seeds[: n // 2]]


def found_rates(done: list[PageTrial], modes: tuple[str, ...]) -> tuple[Rate, Rate]:
    """Return recall over all seals and precision over all findings."""
    group = [t for t in done if t.mode in modes]
    hits, false = sum(t.hits for t in group), sum(t.false for t in group)
    return Rate(hits, sum(t.seals for t in group)), Rate(hits, hits + false)


def strangers(n: int) -> tuple[Rate, Rate]:
    """Return how often one of `n` seals matched another maker's impression, and how often the right one is first.

    Every seal is compared with the impressions of all others, of the same typeface and size where they have it.
    """
    rng = np.random.default_rng(FIRST_SEED)
    designs = [drawn_pair(rng, "aside")[0] for _ in range(n)]
    specimens = [Specimen(d.name, specimen_image(d, rng), f"{i:064d}") for i, d in enumerate(designs)]
    index = index_of(specimens)
    matched, first = [], []
    for i, design in enumerate(designs):
        pixels = impression_scan(design, rng, random_scan(rng, dpi=200), wear=0.3, over=str(rng.choice(OVERS)))
        rims = find_rims(pixels, 200, Colour.COLOUR)
        if not rims:
            continue
        picture = normalise(pixels, rims[0].ring, has_colour=True)
        hints = index.likeliest(encode_ink(picture))
        first.append(bool(hints) and hints[0].manufacturer == design.name)
        for j, other in enumerate(specimens):
            if designs[j].name != design.name and j != i:
                seen = compare_seal(picture, rims[0].ring, (other,), comparator(), page_size=pixels.shape[1::-1])
                matched.append(seen is not None and seen.comparison.likeness is Likeness.SAME)
    return Rate.of(matched), Rate.of(first)


def reuse(n: int, stampings: int = 8) -> tuple[Rate, Rate, Rate]:
    """Return how often copies were known, how often harder ones, and second stampings taken for the same pixels."""
    known, harder, mistaken = [], [], []
    for seed in range(FIRST_SEED, FIRST_SEED + n):
        rng = np.random.default_rng(seed)
        design, dpi = random_design(rng), int(rng.choice([200, 300]))
        scans = [
            impression_scan(design, rng, random_scan(rng, dpi=dpi), wear=float(rng.uniform(0.1, 0.6)))
            for _ in range(stampings)
        ]
        stored = [_stored(pixels, dpi) for pixels in scans]
        copies = [_stored(_recompressed(pixels, rng), dpi) for pixels in scans[:3]]
        known += [same_ink(one, copy) >= SAME_INK for one, copy in zip(stored, copies, strict=False) if one and copy]
        copies = [_stored(*_reworked(pixels, dpi, rng)) for pixels in scans[:6]]
        harder += [same_ink(one, copy) >= SAME_INK for one, copy in zip(stored, copies, strict=False) if one and copy]
        mistaken += [same_ink(one, other) >= SAME_INK for one, other in combinations(filter(None, stored), 2)]
    return Rate.of(known), Rate.of(harder), Rate.of(mistaken)


def _recompressed(pixels: Pixels, rng: np.random.Generator, lowest: int = 70) -> Pixels:
    """Return the pixels saved once more, as a forger's paste is."""
    _, data = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(lowest, 95))])
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


def _reworked(pixels: Pixels, dpi: int, rng: np.random.Generator) -> tuple[Pixels, int]:
    """Return a copy and its resolution: turned by quarters and by degrees, scaled, laid on print, compressed hard."""
    copy, new_dpi = np.ascontiguousarray(np.rot90(pixels, int(rng.integers(4)))), dpi
    height, width = copy.shape[:2]
    if rng.random() < 0.5:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-6, 6)), 1.0)
        copy = cv2.warpAffine(copy, turn, (width, height), borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)
    if rng.random() < 0.5:
        paper = print_ink(sheet((height, width), rng), letterpress((height, width), rng, dpi=dpi), (30, 30, 32))
        copy = np.minimum(copy, digitise(paper, rng, Scan(dpi=dpi), at_dpi=dpi))
    if rng.random() < 0.5:
        new_dpi = int(rng.choice([150, 240, 400]))
        shrinks = new_dpi < dpi
        size = (round(width * new_dpi / dpi), round(height * new_dpi / dpi))
        copy = cv2.resize(copy, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC).astype(np.uint8)
    return _recompressed(copy, rng, lowest=45), new_dpi


def _stored(pixels: Pixels, dpi: int) -> bytes:
    rims = find_rims(pixels, dpi, Colour.COLOUR)
    return encode_ink(normalise(pixels, rims[0].ring, has_colour=True)) if rims else b""


def hint_cost(questions: int = 20) -> float:
    """Return the CPU milliseconds of a hint among 10,000 impressions (made of a few, shuffled along the arc)."""
    rng = np.random.default_rng(FIRST_SEED)
    designs = [random_design(rng) for _ in range(8)]
    known = index_of(Specimen(f"{i}", specimen_image(d, rng), f"{i:064d}") for i, d in enumerate(designs))
    spectra = rng.permuted(np.repeat(known.spectra, HINT_SIZE // len(designs), axis=0), axis=2)
    index = SealIndex(tuple("x" * len(spectra)), spectra)
    ink = _stored(impression_scan(designs[0], rng, random_scan(rng, dpi=200)), 200)
    index.likeliest(ink)
    started = time.process_time()
    for _ in range(questions):
        index.likeliest(ink)
    return 1000 * (time.process_time() - started) / questions


def rows(n: int, jobs: int) -> Iterable[str]:
    """Yield the lines of the proof's table."""
    done = pages(n)
    for name, modes, target in (("colour", ("colour",), 0.98), ("grey and bilevel", ("grey", "bilevel"), 0.93)):
        recall, precision = found_rates(done, modes)
        yield f"| seals found, {name} | ≥ {target} | {recall} |"
        yield f"| findings that are seals, {name} | ≥ {target} | {precision} |"
    empty = [t for t in done if not t.seals]
    yield f"| pages without a seal that show one | 0 of ≥ 500 | {Rate.of(t.false > 0 for t in empty)} |"
    compared = run(
        range(FIRST_SEED, FIRST_SEED + n),
        jobs,
        part="aside",
        captures=("200", "300", "150"),
        kinds=("same", "recarved"),
    )
    carved = [t for t in compared if t.kind == "recarved"]
    yield f"| same name, carved again, accepted | ≤ 0.005 of ≥ 1,000 | {Rate.of(t.accepted for t in carved)} |"
    matched, first = strangers(max(n // 2, 6))
    yield f"| another company's seal matches an impression | 0 of ≥ 3,000 | {matched} |"
    yield f"| the right maker is the first hint among as many | — | {first} |"
    known, harder, mistaken = reuse(max(n // 3, 2))
    yield f"| the same pixels, saved again, known | ≥ 0.99 | {known} |"
    yield f"| the same pixels, turned, scaled, printed over, compressed hard, known | — | {harder} |"
    yield f"| second stampings taken for the same pixels | 0 of ≥ 3,000 | {mistaken} |"
    yield from _costs(done, compared, hint_cost())


def _costs(done: list[PageTrial], compared: list[Trial], hint_milliseconds: float) -> Iterable[str]:
    page = 1000 * float(np.mean([t.seconds for t in done]))
    seal = 1000 * float(np.mean([t.seconds for t in compared]))
    yield f"| CPU: find, a page | ≤ 60 ms | {page:.0f} ms (mean of {len(done)}) |"
    yield f"| CPU: find, compare and read, a seal on a patch | ≤ 310 ms | {seal:.0f} ms (mean of {len(compared)}) |"
    yield f"| CPU: hint at {HINT_SIZE} impressions | ≤ 100 ms | {hint_milliseconds:.0f} ms |"


def main() -> int:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=240)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--write", default="")
    given = parser.parse_args()
    cv2.setNumThreads(1)
    lines = [
        "# Proof of seals",
        "",
        f"`python -m tests.proofs.prove_06 --n {given.n}` · generated pages and seals, names and typefaces kept aside; "
        "read the figures as upper bounds until real scans come.",
        "",
        "| figure | asked for | measured |",
        "|---|---|---|",
        *rows(given.n, given.jobs),
        "",
    ]
    text = "\n".join(lines)
    sys.stdout.write(text)
    if given.write:
        Path(given.write).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
