"""Programs measured side by side: one process each, asked in turn; finished rounds are kept, so that a run goes on."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.process_tree import Peak, cpu_seconds_of

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".cache" / "bench"
PAUSE_SECONDS = 0.25
"""Between looks at a working program's memory: a look takes milliseconds, and would crowd out what is measured."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What one program took for one input, over all its processes, and what it answered."""

    name: str
    cpu_seconds: float
    wall_seconds: float
    peak_mb: float
    """Largest sum of proportional set sizes while it worked on this input, in MB of 2^20 bytes."""
    said: Any


@dataclass(frozen=True, slots=True)
class Round:
    """One input to put before every program; the key says which, across runs."""

    key: str
    path_for: Callable[[str], Path]
    """By the program's name: some read files, some pictures of the same page."""
    backwards: bool = False
    """Last program first, so that none always follows the same other one."""


@dataclass(slots=True)
class Program:
    """A running program that answers paths on stdin with a line of JSON on stdout."""

    name: str
    process: subprocess.Popen[str]

    def ask(self, path: Path) -> Taken:
        """Return what the program took for a path; raises RuntimeError where it ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        peak = Peak(self.process.pid, PAUSE_SECONDS)
        peak.start()
        began, before = time.perf_counter(), cpu_seconds_of(self.process.pid)
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        cpu, wall = cpu_seconds_of(self.process.pid) - before, time.perf_counter() - began
        peak.stop()
        if not answer:
            raise RuntimeError(f"{self.name} ended at {path.name}")
        return Taken(self.name, cpu, wall, peak.kilobytes / 1024, json.loads(answer))


def serve(answer: Callable[[Path], object]) -> int:
    """Answer paths until stdin ends; the other side of `Program`."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what an engine prints is no answer
    answers.write(json.dumps("ready") + "\n")
    answers.flush()
    for line in sys.stdin:
        answers.write(json.dumps(answer(Path(line.rstrip("\n"))), ensure_ascii=False) + "\n")
        answers.flush()
    return 0


@contextmanager
def started(commands: dict[str, Sequence[str]], environment: dict[str, str]) -> Iterator[list[Program]]:
    """Yield programs by name, each ready; `commands` are modules with their arguments."""
    programs = []
    try:
        for name, command in commands.items():
            programs.append(_start(name, command, environment))
        yield programs
    finally:
        for program in programs:
            with program.process:  # its end: no more input, then waited for
                pass


def _start(name: str, command: Sequence[str], environment: dict[str, str]) -> Program:
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
    )
    assert process.stdout is not None
    if not process.stdout.readline():
        raise RuntimeError(f"{name} did not start")
    return Program(name, process)


def measured(
    kept: Path,
    rounds: Sequence[Round],
    commands: dict[str, Sequence[str]],
    environment: dict[str, str],
    warming: Sequence[Round] = (),
) -> dict[str, list[Taken]]:
    """Return what every program took in every round, by the round's key; those kept are not measured again.

    Loading and the rounds of `warming` are no input's cost: a worker reads for hours.
    """
    done = _read(kept)
    left = [one for one in rounds if one.key not in done]
    if left:
        with started(commands, environment) as programs:
            for one in warming:
                for program in programs:
                    program.ask(one.path_for(program.name))
            for number, one in enumerate(left, len(rounds) - len(left) + 1):
                ordered = programs[::-1] if one.backwards else programs
                done[one.key] = [program.ask(one.path_for(program.name)) for program in ordered]
                _keep(kept, one.key, done[one.key])
                costs = ", ".join(f"{taken.name} {taken.cpu_seconds:.2f}" for taken in done[one.key])
                sys.stderr.write(f"{number} / {len(rounds)} {one.key}: CPU s {costs}\n")
    return {one.key: done[one.key] for one in rounds}


def _read(kept: Path) -> dict[str, list[Taken]]:
    if not kept.is_file():
        return {}
    rows = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    return {row["key"]: [Taken(**taken) for taken in row["taken"]] for row in rows}


def _keep(kept: Path, key: str, taken: Sequence[Taken]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    row = {"key": key, "taken": [asdict(one) for one in taken]}
    with kept.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def digest_of(*more: str) -> str:
    """Return a digest of the code that is measured, the code that measures, the processor and whatever is named."""
    digest = hashlib.sha256()
    for folder in ("verifier", "samples", "tests/benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    processor = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    digest.update("\n".join([*processor[:1], *more]).encode())
    return digest.hexdigest()[:16]
