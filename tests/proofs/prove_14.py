"""What the walls must show: hostile files, edges of limits, odd honest files and mutants, through opener and `verify`.

Run: make prove-14, or python -m tests.proofs.prove_14 --blocks 100 --verify 1000 --write docs/proof-14.md
Mutants are counted in thousands and kept: `python -m tests.proofs.mutants` adds to them for as long as one likes.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from samples.hostile import Sample, edge_files, honest_files, hostile_files
from samples.hostile.honest_pictures import LETTERS
from samples.hostile.mutation import mutant
from samples.hostile.seeds import seeds
from tests.proofs.harness import ROOT
from tests.proofs.hostile_runs import Answer, answered, answers
from tests.proofs.mutants import Block, blocks, kept_blocks
from verifier.evaluation.figures import Rate
from verifier.opening import open_document
from verifier.opening.confine import Allowance
from verifier.sandbox import Sandbox

MOST_SECONDS, MOST_BYTES, MOST_CPU_SECONDS = 60.0, 1_500_000_000, 30.0
MOST_OVERHEAD_MS = 40.0
VERIFY_SEED = 41
TOGETHER = 250
"""Files of one call of `verify`."""
ORDINARY = ("genuine_label_lines_scan_200.jpg", "genuine_ruled_table_born_digital.pdf")


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` made of mutants, twice: reports that came, and whether both runs said the same."""

    files: int
    reports: int
    exit_codes: tuple[int, ...]
    equal: bool
    slowest_seconds: float
    verdicts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything tried."""

    command: str
    denied: tuple[str, ...]
    hostile: list[Answer]
    edges: list[tuple[Sample, Answer]]
    honest: list[Answer]
    mutants: list[Block]
    verified: Verified
    overhead_ms: dict[str, float]


def prove(count: int, verify: int, share: int = 1) -> Proof:
    """Return what was tried: one in `share` of each set, `count` thousand mutants (or those kept), `verify` files."""
    with Sandbox() as sandbox:
        denied = sandbox.status().denied
        hostile = answers(sandbox, _some(hostile_files(), share))
        edges = [(sample, answered(sandbox, sample.name, sample.make())) for sample in _some(edge_files(), share)]
        honest = answers(sandbox, _some(honest_files(), share))
    counted = blocks(count) if count else kept_blocks()
    overhead = {name: overhead_ms((LETTERS / name).read_bytes()) for name in ORDINARY}
    command = f"python -m tests.proofs.prove_14 --blocks {count} --verify {verify}"
    return Proof(command, denied, hostile, edges, honest, counted, verified_twice(verify), overhead)


def _some(samples: Iterable[Sample], share: int) -> list[Sample]:
    return list(samples)[::share]


# --- through `verify` -------------------------------------------------------------------------------------


def verified_twice(count: int) -> Verified:
    """Return what `verify` says of so many mutants, in two runs over the same files."""
    with tempfile.TemporaryDirectory() as folder:
        files = list(_written(Path(folder), count))
        runs = [[_verify(files[at : at + TOGETHER]) for at in range(0, count, TOGETHER)] for _ in range(2)]
    reports = [[_bare(line) for _, lines, _ in run for line in lines] for run in runs]
    return Verified(
        count,
        len(reports[0]),
        tuple(code for run in runs for code, _, _ in run),
        reports[0] == reports[1],
        max((seconds for run in runs for _, _, seconds in run), default=0.0),
        dict(Counter(str(report["verdict"]) for report in reports[0])),
    )


def _written(folder: Path, count: int) -> Iterable[Path]:
    """Yield mutants on disk; one in twenty of a real letter."""
    letters = [path.read_bytes() for path in sorted(LETTERS.glob("genuine_*"))]
    for index in range(count):
        source = letters if index % 20 == 0 else seeds()
        path = folder / f"{index:05}"
        path.write_bytes(mutant(source, VERIFY_SEED, index))
        yield path


def _verify(files: list[Path]) -> tuple[int, list[str], float]:
    """Return exit code, reports and the longest time that one document says it took."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "VERIFIER_HOME": str(files[0].parent / "home")}
    command = [
        sys.executable,
        "-m",
        "verifier",
        "verify",
        "--json",
        "--jobs",
        "1",
        "--on",
        "2026-06-01",
        *map(str, files),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    lines = ended.stdout.splitlines()
    longest = max((json.loads(line)["seconds"]["total"] for line in lines), default=0.0)
    return ended.returncode, lines, longest


def _bare(line: str) -> dict[str, object]:
    report: dict[str, object] = json.loads(line)
    report.pop("seconds")
    return report


# --- what the wall costs ----------------------------------------------------------------------------------


def overhead_ms(document: bytes, rounds: int = 15) -> float:
    """Return how much longer an ordinary letter takes behind the wall, the median of pairs in turn."""
    extra = []
    with Sandbox(Allowance(second_opinion=False)) as sandbox:
        sandbox.open(document)
        open_document(document)
        for _ in range(rounds):
            began = time.perf_counter()
            sandbox.open(document)
            between = time.perf_counter()
            open_document(document)
            extra.append(1000 * (between - began - (time.perf_counter() - between)))
    return statistics.median(extra)


# --- the document -----------------------------------------------------------------------------------------


def document(proof: Proof) -> str:
    """Return the proof as Markdown."""
    return "\n".join(
        ("# Proof 14: hostile files", "", f"Run: `{proof.command}`", "", *_table(proof), *_details(proof), "")
    )


def _table(proof: Proof) -> list[str]:
    whole = [*proof.hostile, *(answer for _, answer in proof.edges), *proof.honest]
    mutants = sum(block.n for block in proof.mutants)
    crashes = [crash for block in proof.mutants for crash in block.crashes]
    seconds = max([one.seconds for one in whole] + [block.slowest_seconds for block in proof.mutants])
    cpu = max([one.cpu_seconds for one in whole] + [block.most_cpu_seconds for block in proof.mutants])
    memory = max([one.peak_bytes for one in whole] + [block.most_bytes for block in proof.mutants])
    refused = Rate.of(one.code != "" for one in proof.honest)
    wrong = [sample.name for sample, answer in proof.edges if answer.code != sample.code]
    rows = [
        ("hostile files through the opener", f"{len(proof.hostile)}", "≥ 80"),
        ("mutants through the opener", f"{mutants:,}", "≥ 100,000"),
        ("parent crashed", str(Rate(len(crashes), mutants + len(whole))), "0"),
        ("slowest answer", f"{seconds:.1f} s", "≤ 60 s"),
        ("most processor time of a child", f"{cpu:.1f} s", "≤ 30 s"),
        ("most memory of a child", f"{memory / 1e6:,.0f} MB", "≤ 1,500 MB"),
        ("honest files refused", str(refused), "≤ 0.1 % of ≥ 500"),
        ("limits right on both sides", f"{len(proof.edges) - len(wrong)}/{len(proof.edges)}", "all"),
        ("probes denied", f"{len(proof.denied)}/6: {', '.join(proof.denied)}", "6/6"),
        ("mutants through `verify`, reports", f"{proof.verified.files:,}, {proof.verified.reports:,}", "≥ 1,000, all"),
        ("two runs of `verify`", "equal" if proof.verified.equal else "differ", "equal, `seconds` aside"),
        *((f"overhead, {name}", f"{cost:.0f} ms", "≤ 40 ms") for name, cost in proof.overhead_ms.items()),
    ]
    return ["| figure | found | asked |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]


def _details(proof: Proof) -> list[str]:
    """Return what the table leaves out: how files were answered, what was refused, the costliest."""
    codes = Counter(one.code or "opened" for one in proof.hostile)
    tallies: Counter[str] = Counter()
    for block in proof.mutants:
        tallies.update({code or "opened": count for code, count in block.answers.items()})
    costly = sorted(proof.hostile, key=lambda one: -one.cpu_seconds)[:8]
    refused = [f"- {one.name}: {one.code} {one.detail}" for one in proof.honest if one.code] or ["- none"]
    return [
        "", f"Hostile files were answered: {_counts(codes)}.",
        "", f"Mutants were answered: {_counts(tallies)}.",
        "", f"`verify` said: {_counts(Counter(proof.verified.verdicts))}; exit codes {set(proof.verified.exit_codes)}; "
        f"the longest document took {proof.verified.slowest_seconds:.1f} s.",
        "", "Honest files refused:", "", *refused,
        "", "The costliest hostile files:", "", "| file | answer | seconds | CPU s | MB |", "|---|---|---|---|---|",
        *(
            f"| {one.name} | {one.code or 'opened'} {one.detail} | {one.seconds:.1f} | {one.cpu_seconds:.1f} "
            f"| {one.peak_bytes / 1e6:.0f} |"
            for one in costly
        ),
    ]  # fmt: skip


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{code} {count:,}" for code, count in counted.most_common())


def main() -> int:
    """Try, count, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=0, help="thousands of mutants; 0 for those counted before")
    parser.add_argument("--verify", type=int, default=1000)
    parser.add_argument("--write", default="")
    arguments = parser.parse_args()
    text = document(prove(arguments.blocks, arguments.verify))
    sys.stdout.write(text)
    if arguments.write:
        Path(arguments.write).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
