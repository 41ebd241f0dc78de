"""Ours beside what a user would pick instead, over the same letters in the same run, and how our cost grows.

Run: make bench, or python -m tests.benchmarks.bench --n 20 --write docs. Started again it goes on where it was.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from samples.content import Plan
from samples.forgeries.pairs import PAIRS
from samples.generate import plan_letters, source_digest, write_set
from tests.benchmarks import growth
from tests.benchmarks.bench_plot import plot
from tests.benchmarks.bench_report import document
from tests.benchmarks.measured_letters import Bench, Letter
from tests.benchmarks.reading_engines import OCRMYPDF
from tests.benchmarks.scripts import PROGRAMS, pages_of
from tests.benchmarks.side_by_side import KEPT, ONE_THREAD, Round, digest_of, measured
from tests.proofs.harness import deliver, letters_folder
from verifier.evaluation.truth import Truth, read_truth

REPEATS = 2
"""Every letter again later in the run: what the machine does meanwhile shows as spread between the repeats."""
WARMING = 3


def main() -> int:
    """Make the letters, put them before every program, print and write the report and the plots."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=20)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--programs", nargs="*", default=available(), choices=list(PROGRAMS))
    parser.add_argument("--no-growth", dest="growth", action="store_false", help="leave how cost grows out")
    parser.add_argument("--write", type=Path, help="folder for bench.md and bench.svg")
    arguments = parser.parse_args()
    folder = letters_folder(arguments.n, arguments.seed).with_name(f"bench-{arguments.seed}-{arguments.n}")
    write_set(plan_letters(arguments.n, arguments.seed, wanted=is_comparable), folder, 1)
    bench = compare(folder, arguments.programs, arguments.repeats)
    series = growth.measure(growth.USUAL, KEPT) if arguments.growth else ()
    text = document(f"--n {arguments.n} --seed {arguments.seed} --repeats {arguments.repeats}", bench, series)
    deliver(text, arguments.write / "bench.md" if arguments.write else "")
    if arguments.write:
        plot(bench, series, arguments.write / "bench.svg")
    return 0


def available() -> list[str]:
    """Return the programs that this machine can run."""
    return [name for name in PROGRAMS if name != "ocrmypdf" or shutil.which(OCRMYPDF)]


def is_comparable(plan: Plan) -> bool:
    """Return whether a file holds one letter on paper, taken in colour, that is judged by itself.

    No script keeps an archive; grey copies and born-digital letters are for a person anyway.
    """
    on_paper = plan.capture.colour == "colour" and plan.capture.form != "pdf_born"
    return on_paper and plan.joined is None and plan.defect not in PAIRS


def compare(folder: Path, programs: Sequence[str], repeats: int, kept: Path = KEPT) -> Bench:
    """Return what every program takes for the letters in a folder; finished rounds come from `kept`."""
    letters = tuple(_letter(folder, truth) for truth in read_truth(folder))
    rounds = [
        Round(f"{repeat} {letter.path.name}", _giving(letter.path), backwards=bool(repeat % 2))
        for repeat in range(repeats)
        for letter in letters
    ]
    found = measured(
        kept / f"letters-{digest_of(*programs, source_digest(), folder.name)}.jsonl",
        rounds,
        {name: ("tests.benchmarks.scripts", name, str(folder)) for name in programs},
        ONE_THREAD,
        warming=rounds[: len(letters) : max(1, len(letters) // WARMING)],
    )
    by_repeat = tuple(
        {letter.path.name: {taken.name: taken for taken in found[f"{repeat} {letter.path.name}"]} for letter in letters}
        for repeat in range(repeats)
    )
    return Bench(letters, tuple(programs), by_repeat)


def _letter(folder: Path, truth: Truth) -> Letter:
    path = folder.resolve() / truth.file
    return Letter(path, truth, len(pages_of(path)))


def _giving(path: Path) -> Callable[[str], Path]:
    return lambda _program: path


if __name__ == "__main__":
    sys.exit(main())
