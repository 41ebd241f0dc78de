"""Mutants by the thousand through the opener; each thousand is counted once and kept, so that a run can go on.

Run by hand for longer than a proof waits: python -m tests.proofs.mutants --blocks 100
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from pathlib import Path

import msgspec

from samples.hostile.mutation import mutant
from samples.hostile.seeds import seeds
from tests.proofs.harness import ROOT
from tests.proofs.hostile_runs import Answer, answered
from verifier.sandbox import Sandbox

BLOCK = 1000
SEED = 14
_JUDGED_BY = ("verifier/sandbox.py", "verifier/opening/*.py", "samples/hostile/mutation.py", "samples/hostile/seeds.py")


class Block(msgspec.Struct, frozen=True):
    """A thousand mutants: how often each answer was given, what the costliest took, what crashed the parent."""

    answers: dict[str, int]
    slowest_seconds: float
    most_cpu_seconds: float
    most_bytes: int
    crashes: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """How many were answered or crashed."""
        return sum(self.answers.values()) + len(self.crashes)


def made_by() -> str:
    """Return a digest of the code that makes and opens mutants: what was counted by other code is not reused."""
    files = sorted(path for pattern in _JUDGED_BY for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def counted(sandbox: Sandbox, first: int, count: int = BLOCK) -> Block:
    """Return what became of the mutants from number `first` on."""
    found: list[Answer] = []
    crashes: list[str] = []
    for index in range(first, first + count):
        document = mutant(seeds(), SEED, index)
        try:
            found.append(answered(sandbox, str(index), document))
        except Exception as error:  # noqa: BLE001  # what must not happen is counted, not raised
            crashes.append(f"{index}: {type(error).__name__}")
    return Block(
        dict(Counter(answer.code for answer in found)),
        max(answer.seconds for answer in found),
        max(answer.cpu_seconds for answer in found),
        max(answer.peak_bytes for answer in found),
        tuple(crashes),
    )


def kept(name: str) -> Path:
    """Return where something counted by this code is kept."""
    return ROOT / ".cache" / "hostile" / made_by() / f"{name}.json"


def blocks(count: int) -> list[Block]:
    """Return so many blocks, counted now where they are not kept."""
    found = []
    with Sandbox() as sandbox:
        for number in range(count):
            file = kept(f"mutants-{number}")
            if not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(msgspec.json.encode(counted(sandbox, number * BLOCK)))
            found.append(msgspec.json.decode(file.read_bytes(), type=Block))
    return found


def kept_blocks() -> list[Block]:
    """Return every block that this code has counted."""
    return [
        msgspec.json.decode(file.read_bytes(), type=Block) for file in sorted(kept("").parent.glob("mutants-*.json"))
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", type=int, default=100)
    blocks(parser.parse_args().blocks)
