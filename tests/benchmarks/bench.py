"""Ours beside what a user would pick instead, over the same letters in the same run, and how our cost grows.

Run: make bench, or python -m tests.benchmarks.bench --n 20 --write docs. Started again it goes on where it was.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samples.content import Plan
from samples.forgeries.pairs import PAIRS
from samples.generate import plan_letters, source_digest, write_set
from tests.benchmarks import growth
from tests.benchmarks.bench_plot import plot
from tests.benchmarks.growth import Series
from tests.benchmarks.reading_engines import OCRMYPDF
from tests.benchmarks.scripts import PROGRAMS, Claims, digits_of, pages_of
from tests.benchmarks.side_by_side import KEPT, ONE_THREAD, Round, Taken, digest_of, measured
from tests.proofs.harness import deliver, letters_folder
from verifier.evaluation.figures import Rate
from verifier.evaluation.truth import Truth, read_truth
from verifier.recognition.backends import best_backend
from verifier.settings import chosen_backend

OURS = "ours"
REPEATS = 2
"""Every letter again later in the run: what the machine does meanwhile shows as spread between the repeats."""
WARMING = 3
DENSE_PX = 15_000
"""A dense page has this much text line at a height of 48 px, as in samples/bench.toml."""
FIGURES = ("VIN exact", "country", "date", "number", "phone", "forged accepted", "genuine accepted")
UNSEALED = ("forged accepted, seal apart", "genuine accepted, seal apart")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the bench: its file, its truth, how many pages it has."""

    path: Path
    truth: Truth
    pages: int


@dataclass(frozen=True, slots=True)
class Bench:
    """What every program took for every letter, repeat by repeat, and what it said of it."""

    letters: tuple[Letter, ...]
    programs: tuple[str, ...]
    repeats: tuple[dict[str, dict[str, Taken]], ...]
    """By letter's file name, then by program."""

    def per_page(self, name: str, what: str = "cpu_seconds", *, dense: bool = False) -> list[float]:
        """Return seconds a page, one figure a repeat."""
        chosen = [letter for letter in self.letters if not dense or self.is_dense(letter)]
        pages = sum(letter.pages for letter in chosen)
        return [
            sum(_seconds(repeat[letter.path.name][name], what) for letter in chosen) / pages if pages else float("nan")
            for repeat in self.repeats
        ]

    def ratio(self, name: str, *, dense: bool = False) -> list[float]:
        """Return how many times more CPU than ours a program takes, one figure a repeat."""
        both = zip(self.per_page(name, dense=dense), self.per_page(OURS, dense=dense), strict=True)
        return [theirs / mine for theirs, mine in both]

    def is_dense(self, letter: Letter) -> bool:
        """Return whether a letter's pages hold at least `DENSE_PX` of text line each, as ours sees them."""
        return bool(self.repeats[0][letter.path.name][OURS].said["line_px"] >= DENSE_PX * letter.pages)

    def peak_mb(self, name: str) -> float:
        """Return the largest memory of a program."""
        return max(taken[name].peak_mb for repeat in self.repeats for taken in repeat.values())

    def claims(self, name: str) -> Iterator[tuple[Truth, Claims]]:
        """Yield the truth of each letter with what a program said of it."""
        for letter in self.letters:
            yield letter.truth, Claims(**self.repeats[0][letter.path.name][name].said)

    def rate(self, name: str, figure: str) -> Rate:
        """Return a program's rate of one of `FIGURES` or `UNSEALED`."""
        return Rate.of(
            right for truth, said in self.claims(name) for trial, right in trials(truth, said) if trial == figure
        )


def _seconds(taken: Taken, what: str) -> float:
    return float(taken.said[what]) if what == "seal_seconds" else float(getattr(taken, what))


def trials(truth: Truth, said: Claims) -> Iterator[tuple[str, bool]]:
    """Yield (figure, outcome) of everything that is counted on one letter."""
    fields = truth.fields
    yield from (("VIN exact", vehicle.vin in said.vins) for vehicle in fields.vehicles)
    if fields.export_country:
        yield "country", said.country == fields.export_country
    if fields.issued_on:
        yield "date", said.issued_on == fields.issued_on
    if fields.number:
        yield "number", said.number == fields.number
    yield from (("phone", digits_of(outlet.phone) in said.phones) for outlet in fields.outlets if outlet.phone)
    if not truth.genuine:
        yield from zip(("forged accepted", UNSEALED[0]), (said.accepted, said.accepted_unsealed), strict=True)
    elif truth.should_pass:
        yield from zip(("genuine accepted", UNSEALED[1]), (said.accepted, said.accepted_unsealed), strict=True)


# --- measuring --------------------------------------------------------------------------------------------


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
    write_set(plan_letters(arguments.n, arguments.seed, wanted=is_alone), folder, 1)
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


def is_alone(plan: Plan) -> bool:
    """Return whether a file holds one letter that is judged by itself: no script keeps an archive."""
    return plan.joined is None and plan.defect not in PAIRS


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


# --- writing it down --------------------------------------------------------------------------------------


def document(asked: str, bench: Bench, series: Sequence[Series]) -> str:
    """Return the report as Markdown."""
    pages = sum(letter.pages for letter in bench.letters)
    dense = sum(letter.pages for letter in bench.letters if bench.is_dense(letter))
    genuine = sum(truth.genuine for truth, _ in bench.claims(OURS))
    lines = [
        "# Beside what one would pick instead",
        "",
        f"`python -m tests.benchmarks.bench {asked}` (`make bench`) · {len(bench.letters)} generated letters, "
        f"{pages} pages, {genuine} letters genuine; ours on {chosen_backend() or best_backend()}, "
        f"{platform.machine()}, Python {platform.python_version()}. Every program has a process of its own and one "
        "thread; letters go to all of them in turn, "
        f"{len(bench.repeats)} times, the second time the last program first. CPU is that of the whole process tree; "
        "loading and the first letters are not counted; wall times depend on what else the machine does. Generated "
        "letters are a proxy: read the figures as upper bounds until real scans come, and measure your own with "
        "`verifier evaluate` ([evaluating.md](evaluating.md)).",
        "",
        "![Cost, figures, growth](bench.svg)",
        "",
        "## Cost",
        "",
        "| program | CPU s a page | of it, seal step | wall s a page | peak PSS, MB | CPU ÷ ours "
        f"| CPU ÷ ours, dense ({dense} pages) |",
        "|---|---|---|---|---|---|---|",
        *(_cost_row(bench, name) for name in bench.programs),
        "",
        "Mean over the repeats; in brackets the least and the most of them. A dense page has at least "
        f"{DENSE_PX:,} px of text line at a height of 48. Ours does everything: sandbox, reading, a second reader, "
        "extraction, seals character by character, traces of tampering, the notice's rules.",
        "",
        "## What comes out",
        "",
        "| figure | " + " | ".join(bench.programs) + " |",
        "|---|" + "---|" * len(bench.programs),
        *(
            f"| {figure} | " + " | ".join(str(bench.rate(name, figure)) for name in bench.programs) + " |"
            for figure in (*FIGURES, *UNSEALED)
        ),
        "",
        "A script reads a letter's text with its engine (`tests/benchmarks/scripts.py`): VINs are 17 characters, the "
        "country is the longest of Babel's Chinese and English names in the text, the date the last one, numbers and "
        "phones what looks like them; it accepts where every VIN is on record with that country and the date is not "
        "after receipt, and where `cv2.matchTemplate` finds an impression of the maker that the text names. *Seal "
        "apart* leaves that last step out. *Genuine accepted* counts letters that nobody should have to look at. "
        "Accepting a forged letter is the worst that can happen.",
        "",
    ]
    if "ocrmypdf" not in bench.programs:
        lines += [
            "ocrmypdf was not installed, so it is not in the table: `pip install ocrmypdf` into any environment and "
            "set `OCRMYPDF` to its program, or `apt-get install ocrmypdf`. It is compared with, not built in.",
            "",
        ]
    return "\n".join([*lines, *(growth.section(series) if series else [])])


def _cost_row(bench: Bench, name: str) -> str:
    cells = [_spread(bench.per_page(name))]
    cells.append("" if name == OURS else f"{statistics.fmean(bench.per_page(name, 'seal_seconds')):.2f}")
    cells += [_spread(bench.per_page(name, "wall_seconds")), f"{bench.peak_mb(name):.0f}"]
    cells += [_spread(bench.ratio(name)), _spread(bench.ratio(name, dense=True))] if name != OURS else ["", ""]
    return f"| {name} | {' | '.join(cells)} |"


def _spread(figures: Sequence[float]) -> str:
    return f"{statistics.fmean(figures):.2f} ({min(figures):.2f}–{max(figures):.2f})"


if __name__ == "__main__":
    sys.exit(main())
