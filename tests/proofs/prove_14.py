"""What the walls must show: hostile files, edges of limits, odd honest files and mutants, through opener and `verify`.

Run: make prove-14, or python -m tests.proofs.prove_14 --blocks 100 --verify 1000 --write docs/proof-14.md
Mutants are counted in thousands and kept: `python -m tests.proofs.mutants` adds to them for as long as one likes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from samples.hostile import Sample, edge_files, honest_files, hostile_files
from samples.hostile.honest_pictures import LETTERS
from samples.hostile.mutation import mutant
from samples.hostile.seeds import seeds
from tests.proofs.harness import ROOT, deliver
from tests.proofs.hostile_runs import Answer, answers
from tests.proofs.mutants import Block, blocks, kept, kept_blocks
from verifier.evaluation.figures import Rate
from verifier.opening import open_document
from verifier.opening.confine import Allowance
from verifier.sandbox import Sandbox

MOST_SECONDS, MOST_BYTES, MOST_CPU_SECONDS = 60.0, 1_500_000_000, 30.0
MOST_OVERHEAD_MS = 40.0
WANTED_MUTANTS, WANTED_VERIFIED, MOST_REFUSED = 100_000, 1_000, 0.001
VERIFY_SEED = 41
TOGETHER = 100
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

    @classmethod
    def together(cls, chunks: list[Verified]) -> Verified:
        """Return several chunks as one; it is equal only if each is."""
        verdicts: Counter[str] = Counter()
        for chunk in chunks:
            verdicts.update(chunk.verdicts)
        return cls(
            sum(chunk.files for chunk in chunks),
            sum(chunk.reports for chunk in chunks),
            tuple(code for chunk in chunks for code in chunk.exit_codes),
            bool(chunks) and all(chunk.equal for chunk in chunks),
            max((chunk.slowest_seconds for chunk in chunks), default=0.0),
            dict(verdicts),
        )


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


def prove(count: int, verify: int) -> Proof:
    """Return what was tried: all sets, `count` thousand mutants, `verify` files; what was kept is not tried again.

    With 0 only what earlier runs of the same code kept is counted, so that a long proof can be made in pieces.
    """
    with Sandbox() as sandbox:
        denied = sandbox.status().denied
        hostile = _kept_answers("hostile", sandbox, hostile_files())
        edges = _kept_answers("edges", sandbox, edge_files())
        honest = _kept_answers("honest", sandbox, honest_files())
    counted = blocks(count) if count else kept_blocks()
    verified = [verified_twice(chunk) for chunk in range(verify // TOGETHER)] or kept_verified()
    overhead = {name: overhead_ms((LETTERS / name).read_bytes()) for name in ORDINARY}
    command = f"python -m tests.proofs.prove_14 --blocks {count} --verify {verify}"
    pairs = list(zip(edge_files(), edges, strict=True))
    return Proof(command, denied, hostile, pairs, honest, counted, Verified.together(verified), overhead)


def _kept_answers(name: str, sandbox: Sandbox, samples: Iterable[Sample]) -> list[Answer]:
    sources = b"".join(path.read_bytes() for path in sorted((ROOT / "samples" / "hostile").glob("*.py")))
    file = kept(f"{name}-{hashlib.sha256(sources).hexdigest()[:12]}")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.encode(answers(sandbox, samples)))
    return msgspec.json.decode(file.read_bytes(), type=list[Answer])


# --- through `verify` -------------------------------------------------------------------------------------


def verified_twice(chunk: int) -> Verified:
    """Return what `verify` says of one chunk of mutants, in two runs over the same files; kept like the rest."""
    file = kept(f"verify-{chunk}")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            files = list(_written(Path(folder), chunk * TOGETHER))
            file.write_bytes(msgspec.json.encode(compared(_verify(files), _verify(files), len(files))))
    return msgspec.json.decode(file.read_bytes(), type=Verified)


def compared(one: Run, other: Run, files: int) -> Verified:
    """Return two runs of `verify` over the same files, compared without `seconds`."""
    reports, again = ([_bare(line) for line in run.lines] for run in (one, other))
    longest = (json.loads(line)["seconds"]["total"] for line in (*one.lines, *other.lines))
    verdicts = Counter(str(report["verdict"]) for report in reports)
    return Verified(
        files,
        len(reports),
        (one.exit_code, other.exit_code),
        reports == again,
        max(longest, default=0.0),
        dict(verdicts),
    )


def kept_verified() -> list[Verified]:
    """Return every chunk that this code has put through `verify`."""
    return [msgspec.json.decode(file.read_bytes(), type=Verified) for file in kept("verify-0").parent.glob("verify-*")]


def _written(folder: Path, first: int) -> Iterable[Path]:
    """Yield mutants on disk; one in twenty of a real letter."""
    letters = [path.read_bytes() for path in sorted(LETTERS.glob("genuine_*"))]
    for index in range(first, first + TOGETHER):
        path = folder / f"{index:05}"
        path.write_bytes(mutant(letters if index % 20 == 0 else seeds(), VERIFY_SEED, index))
        yield path


@dataclass(frozen=True, slots=True)
class Run:
    """One call of `verify`: how it ended, and its reports."""

    exit_code: int
    lines: tuple[str, ...]


def _verify(files: list[Path]) -> Run:
    environment = os.environ | {"OMP_NUM_THREADS": "1", "VERIFIER_HOME": str(files[0].parent / "home")}
    command = [sys.executable, "-m", "verifier", "verify", "--json", "--jobs", "1", "--on", "2026-06-01"]
    ended = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, check=False, env=environment, cwd=ROOT
    )
    return Run(ended.returncode, tuple(ended.stdout.splitlines()))


def _bare(line: str) -> dict[str, object]:
    report: dict[str, object] = json.loads(line)
    report.pop("seconds")
    return report


# --- what the wall costs ----------------------------------------------------------------------------------


def overhead_ms(document: bytes, rounds: int = 30) -> float:
    """Return how many more processor milliseconds an ordinary letter costs behind the wall than without.

    Counted over the parent, the zygote and its children: on a busy machine wall time says how busy it is.
    """
    with Sandbox(Allowance(second_opinion=False)) as sandbox:
        sandbox.open(document)
        open_document(document)
        zygote = psutil.Process(sandbox.zygote_pid)
        began = sum(zygote.cpu_times()[:4]) + time.process_time()
        for _ in range(rounds):
            sandbox.open(document)
        behind = sum(zygote.cpu_times()[:4]) + time.process_time() - began
    began = time.process_time()
    for _ in range(rounds):
        open_document(document)
    return 1000 * (behind - (time.process_time() - began)) / rounds


# --- the document -----------------------------------------------------------------------------------------


def document(proof: Proof) -> str:
    """Return the proof as Markdown."""
    return "\n".join(
        (
            "# Proof 14: hostile files",
            "",
            f"Run: `{proof.command}`",
            "",
            *_table(proof),
            *_short(proof),
            *_details(proof),
            "",
        )
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
        *(
            (f"overhead, {name}", f"{cost:.0f} ms of processor time", "≤ 40 ms")
            for name, cost in proof.overhead_ms.items()
        ),
    ]
    return ["| figure | found | asked |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]


def _short(proof: Proof) -> list[str]:
    """Return what was asked and is not shown by this run."""
    mutants = sum(block.n for block in proof.mutants)
    low = Rate(sum(one.code != "" for one in proof.honest), len(proof.honest)).bounds[1]
    short = [f"Only {mutants:,} of 100,000 mutants were opened."] if mutants < WANTED_MUTANTS else []
    if proof.verified.files < WANTED_VERIFIED:
        short.append(f"Only {proof.verified.files:,} of 1,000 mutants went through `verify`.")
    if low > MOST_REFUSED:
        short.append(
            f"With {len(proof.honest)} honest files the upper bound is {low:.1%}, above 0.1 %, whatever is found."
        )
    return ["", "What this run does not show:", "", *(f"- {one}" for one in short)] if short else []


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
    parser.add_argument("--verify", type=int, default=1000, help="mutants through verify; 0 for those tried before")
    parser.add_argument("--write", default="")
    arguments = parser.parse_args()
    text = document(prove(arguments.blocks, arguments.verify))
    deliver(text, arguments.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
