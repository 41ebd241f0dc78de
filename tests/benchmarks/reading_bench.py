"""Reading engines side by side: same pages, same run, page by page in turn, one thread and two.

Run: make bench-reading, or python -m tests.benchmarks.reading_bench --write docs. Started again it goes on.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.reading_engines import available
from tests.benchmarks.reading_pages import KINDS, BenchPage, Score, bench_pages, score
from tests.benchmarks.reading_plot import plot
from tests.benchmarks.side_by_side import KEPT, Round, digest_of, measured
from tests.proofs.harness import deliver
from verifier.opening import open_document
from verifier.recognition.ppocr import load_ppocr

BASE = "rapidocr"
THREADS = (1, 2)
EVERY = 2
"""Half of the pages take every engine about eight minutes on two quiet cores; all of them, a quarter of an hour."""
WARMING = 5
"""Pages read before any is measured."""


@dataclass(slots=True)
class Read:
    """What one engine took for each page, and what it made of them."""

    name: str
    threads: int
    peak_mb: float = 0.0
    cpu: dict[str, list[float]] = field(default_factory=dict)
    wall: dict[str, list[float]] = field(default_factory=dict)
    scores: list[tuple[str, Score]] = field(default_factory=list)


def main() -> int:
    """Read every page with every engine, print and write the table and the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", default="")
    parser.add_argument("--every", type=int, default=EVERY, help="only every so many pages")
    parser.add_argument("--threads", type=int, nargs="*", default=THREADS)
    parser.add_argument("--engines", nargs="*", default=available())
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = bench_pages(Path(folder), arguments.every)
        dense = statistics.median(_line_px(page) for page in pages if page.kind == "dense")
        engines = [read for threads in arguments.threads for read in read_all(pages, arguments.engines, threads)]
    text = _document(engines, pages, dense)
    deliver(text, Path(arguments.write, "reading-bench.md") if arguments.write else "")
    if arguments.write:
        plot({(e.name, e.threads): e.cpu for e in engines}, Path(arguments.write, "reading-bench.svg"))
    return 0


def read_all(pages: list[BenchPage], names: list[str], threads: int, kept: Path = KEPT) -> list[Read]:
    """Return what every engine took for every page; pages that an earlier run finished come from `kept`."""
    rounds = [Round(page.picture.stem, page.path_for) for page in pages]
    reads = {name: Read(name, threads) for name in names}
    found = measured(
        kept / f"reading-{digest_of(*names)}-{threads}.jsonl",
        rounds,
        {name: ("tests.benchmarks.reading_engines", name, str(threads)) for name in names},
        {},
        warming=rounds[:: max(1, len(rounds) // WARMING)],
    )
    for page in pages:
        for taken in found[page.picture.stem]:
            read = reads[taken.name]
            read.cpu.setdefault(page.kind, []).append(taken.cpu_seconds)
            read.wall.setdefault(page.kind, []).append(taken.wall_seconds)
            read.scores.append((page.kind, score(page, taken.said)))
            read.peak_mb = max(read.peak_mb, taken.peak_mb)
    return list(reads.values())


def _line_px(page: BenchPage) -> float:
    """Return the length of a page's text lines in pixels, at a line height of 48."""
    detector = load_ppocr().detector
    (opened,) = open_document(page.picture.read_bytes()).pages
    sizes = [(max(w, h), min(w, h)) for text in detector.detect(opened.pixels) for w, h in [_extent(text.corners)]]
    return sum(48 * length / height for length, height in sizes)


def _extent(corners: object) -> tuple[float, float]:
    import numpy as np

    width, height = np.ptp(np.asarray(corners), axis=0)
    return float(width), float(height)


# --- writing it down --------------------------------------------------------------------------------------


def _document(engines: list[Read], pages: list[BenchPage], dense: float) -> str:
    counts = ", ".join(f"{sum(page.kind == kind for page in pages)} {kind.replace('_', ' ')}" for kind in KINDS)
    lines = [
        "# Reading, side by side",
        "",
        f"`make bench-reading` · pages of `samples/bench.toml`: {counts}; dense pages have a median of {dense:.0f} px "
        "of text line at a height of 48. Page by page in turn, one process each; loading and five pages before it are "
        "not counted. Ours counts opening in the sandbox, orientation and the second reader; born-digital pages come "
        "to it as PDF, to the others as the picture of the same page at 200 dpi. CPU and wall: means in seconds a "
        "page; wall times were taken on a shared machine.",
        "",
        "![CPU seconds a page](reading-bench.svg)",
        "",
        "| threads | engine | dense CPU | sparse CPU | born-digital CPU | dense wall | peak PSS, MB "
        "| × RapidOCR, dense | × pytesseract, dense | × RapidOCR, born |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_cost_row(engine, engines) for engine in engines),
        "",
        "× says how many times less CPU than that engine in the same run, with as many threads.",
        "",
        "| engine | Chinese | Latin | accented Latin | Cyrillic | Arabic | VIN | country | phone | address |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_score_row(engine) for engine in engines if engine.threads == THREADS[0]),
        "",
        "Left: character error rates over every printed line. Right: values found without any wrong character.",
        "",
    ]
    return "\n".join(lines)


def _mean(engine: Read, kind: str) -> float:
    return statistics.fmean(engine.cpu[kind]) if engine.cpu.get(kind) else float("nan")


def _cost_row(engine: Read, engines: list[Read]) -> str:
    beside = {other.name: other for other in engines if other.threads == engine.threads}
    cells = [f"{_mean(engine, kind):.2f}" for kind in KINDS]
    cells += [f"{statistics.fmean(engine.wall['dense']):.2f}", f"{engine.peak_mb:.0f}"]
    for name, kind in ((BASE, "dense"), ("pytesseract", "dense"), (BASE, "born_digital")):
        cells.append(f"{_mean(beside[name], kind) / _mean(engine, kind):.2f}" if name in beside else "")
    return f"| {engine.threads} | {engine.name} | {' | '.join(cells)} |"


def _score_row(engine: Read) -> str:
    cells = [
        _rate(_summed(engine, "errors", script)) for script in ("chinese", "latin", "latin+", "cyrillic", "arabic")
    ]
    for kind in ("vin", "country", "phone", "address"):
        hits, tries = _summed(engine, "values", kind)
        cells.append(f"{hits}/{tries}")
    return f"| {engine.name} | {' | '.join(cells)} |"


def _summed(engine: Read, what: str, key: str) -> tuple[int, int]:
    pairs: Iterator[tuple[int, int]] = (getattr(scored, what).get(key, (0, 0)) for _, scored in engine.scores)
    left, right = zip(*pairs, strict=True)
    return sum(left), sum(right)


def _rate(pair: tuple[int, int]) -> str:
    return f"{pair[0] / pair[1]:.4f} ({pair[1]})" if pair[1] else ""


if __name__ == "__main__":
    sys.exit(main())
