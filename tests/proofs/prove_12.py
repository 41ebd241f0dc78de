"""What the archive must show, measured and written to docs/: engines, deaths, judging again, looking up reuse.

Run: make prove-12, or python -m tests.proofs.prove_12 --write docs/proof-12.md
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import batch_faults, batch_rejudge, batch_reuse, batch_speed, batch_stages
from tests.proofs.harness import deliver, letters_folder, make_letters
from verifier.evaluation.figures import Rate

LETTERS, SEED, APPLICATIONS = 1000, 2026, 120
"""The set whose kept readings are judged again."""
SMALL = argparse.Namespace(letters=6, rounds=1, synthetic=400, indexed=2_000, readings=0, jobs=1)
"""The sample that every test run makes."""

Row = tuple[str, str, str]
"""(asked for, target, measured)"""


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=300, help="letters for the engines")
    parser.add_argument("--rounds", type=int, default=20, help="rounds of deaths")
    parser.add_argument("--synthetic", type=int, default=1_000_000, help="stored examinations judged in one run")
    parser.add_argument("--indexed", type=int, default=1_000_000, help="documents in the reuse index")
    parser.add_argument("--readings", type=int, default=300, help="kept readings judged again")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", default="")
    arguments = parser.parse_args()
    text = document(arguments, tuple(rows(arguments)))
    deliver(text, arguments.write)
    return 0


def rows(arguments: argparse.Namespace) -> Iterator[Row]:
    """Yield every figure as it is measured."""
    yield from _engines(arguments.letters)
    yield from _deaths(arguments.rounds)
    if arguments.readings:
        yield from _stages(arguments.readings, arguments.jobs)
    yield from _flat(arguments.synthetic, arguments.jobs)
    yield from _reuse(arguments.indexed)


def _engines(letters: int) -> Iterator[Row]:
    speeds = batch_speed.measure(letters)
    n = f"n = {letters} stand-ins of {batch_speed.SECONDS_EACH} s"
    yield "two local workers over one", "≥ 1.75", f"{speeds.two_over_one:.2f} ({n})"
    yield "two Dask workers over the local pool", "≥ 0.85", f"{speeds.dask_over_local:.2f} ({n})"
    yield "results equal, `seconds` aside", "bit for bit", "equal" if speeds.same else "DIFFERENT"


def _deaths(rounds: int) -> Iterator[Row]:
    left = [batch_faults.run_round(200 + number, kills=2) for number in range(rounds)]
    rate = Rate.of(one.is_right(poison) for one, poison in left)
    killed = sum(len(one.killed) for one, _ in left)
    yield (
        f"rounds of kill −9 ({killed} random deaths beside the poison's own): input minus poison, nothing twice",
        "all",
        str(rate),
    )


def _stages(readings: int, jobs: int) -> Iterator[Row]:
    folder = letters_folder(LETTERS, SEED, APPLICATIONS)
    make_letters(folder, LETTERS, SEED, jobs, APPLICATIONS)
    targets = {"rules": "≥ 1000/s", "extraction": "≥ 50/s", "specimens": "≥ 10/s"}
    with tempfile.TemporaryDirectory() as home:
        for stage in batch_stages.measure(folder, readings, jobs, Path(home)):
            if stage.name in targets:
                each = 1e3 * stage.cpu_seconds / stage.letters
                yield (
                    f"judging generated letters again, {stage.name} changed, on two cores",
                    targets[stage.name],
                    f"{stage.on_two_cores:.0f}/s from {each:.1f} CPU ms each (n = {stage.letters})",
                )


def _flat(letters: int, jobs: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as home:
        run = batch_rejudge.measure(letters, jobs, Path(home))
    yield (
        f"{letters:,} stored examinations of one vehicle in one run, rules changed",
        "≥ 1000/s",
        f"{run.rate:.0f}/s wall, {2 / run.cpu_seconds_each:.0f}/s on two cores by CPU time",
    )
    yield (
        "memory, all processes: first half, second half",
        "flat",
        f"{run.peak_mb_first_half:.0f} MB, {run.peak_mb_second_half:.0f} MB",
    )


def _reuse(documents: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as home:
        found = batch_reuse.measure(documents, Path(home))
    shared, ink = found.shared, found.ink
    name = f"look-up among {documents:,}"
    yield f"{name}: bytes, number, VINs, pages", "≤ 5 ms", f"{shared[0]:.2f} ms (99 %: {shared[1]:.2f} ms)"
    yield f"{name}: seal ink", "≤ 5 ms", f"{ink[0]:.2f} ms (99 %: {ink[1]:.2f} ms)"
    yield "memory with all seals loaded", "≤ 1.5 GB", f"{found.memory_mb:.0f} MB; on disk {found.file_mb:.0f} MB"


def document(arguments: argparse.Namespace, measured: tuple[Row, ...]) -> str:
    """Return the proof as Markdown."""
    options = ("letters", "rounds", "synthetic", "indexed", "readings")
    command = " ".join(f"--{name} {getattr(arguments, name)}" for name in options)
    lines = [
        "# Proof of the archive",
        "",
        f"`python -m tests.proofs.prove_12 {command}`",
        "",
        "Engines and deaths are shown with stand-ins for reading; judging again with kept readings of generated",
        "letters (eight vehicles each on average) and with synthetic ones of one vehicle. Rates on two cores come",
        "from CPU time.",
        "",
        "| asked for | target | measured |",
        "|---|---|---|",
        *(f"| {name} | {target} | {value} |" for name, target, value in measured),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
