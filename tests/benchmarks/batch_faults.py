"""Kills worker, nanny, scheduler and driver at random while a batch runs, and looks at what is left in the end.

Run: python -m tests.benchmarks.batch_faults --rounds 20
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from tests.faulty import offices
from tests.faulty.cluster import ROOT, Cluster, running_cluster
from tests.faulty.recorded import write_documents
from verifier.store.archive_tables import archive_entries, judgements
from verifier.store.database import Database
from verifier.store.tables import examinations

VICTIMS = ("worker", "nanny", "scheduler", "driver")
DOCUMENTS, SECONDS_EACH = 40, 0.1
ROUND_SECONDS = 240.0
"""A round that takes longer has failed."""


@dataclass(frozen=True, slots=True)
class Round:
    """What was left after one batch with deaths."""

    killed: tuple[str, ...]
    reported: int
    missing: int
    errors: tuple[str, ...]
    """Documents reported as not processed; only the poison may be."""
    rows: tuple[int, int, int]
    """Examinations, entries, judgements recorded."""
    seconds: float

    def is_right(self, poison: tuple[str, ...]) -> bool:
        """Return whether results are the input, only the poison failed, and nothing was recorded twice."""
        wanted = DOCUMENTS - len(poison)
        return self.missing == 0 and self.errors == poison and self.rows == (wanted,) * 3 and self.reported == DOCUMENTS


def run_round(seed: int, kills: int) -> tuple[Round, tuple[str, ...]]:
    """Return what one round left, and the names of its poison documents."""
    chance = random.Random(seed)
    poison = chance.randrange(DOCUMENTS)
    with tempfile.TemporaryDirectory() as folder, running_cluster(Path(folder) / "cluster", 2) as cluster:
        home = Path(folder)
        slow = {number: {"seconds": SECONDS_EACH} for number in range(DOCUMENTS)}
        write_documents(home / "letters", DOCUMENTS, slow=slow, poison={poison: {"fault": "kill"}})
        began = time.monotonic()
        killed = _drive(home, cluster, chance, kills)
        return _left(home, killed, time.monotonic() - began), (f"{poison:06d}.pdf",)


def _drive(home: Path, cluster: Cluster, chance: random.Random, kills: int) -> tuple[str, ...]:
    """Run the batch to its end, killing on the way and starting again whatever is down."""
    driver, killed = _driver(home, cluster), []
    until = time.monotonic() + ROUND_SECONDS
    next_kill = time.monotonic() + chance.uniform(2, 8)
    while driver.poll() != 0:
        if time.monotonic() > until:
            driver.kill()
            driver.wait()
            break
        if driver.poll() is not None:
            driver = _driver(home, cluster)
        cluster.keep_up(workers=2)
        if len(killed) < kills and time.monotonic() > next_kill:
            killed.append(_kill(chance.choice(VICTIMS), cluster, driver, chance))
            next_kill = time.monotonic() + chance.uniform(1, 8)
        time.sleep(0.1)
    return tuple(killed)


def _driver(home: Path, cluster: Cluster) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.faulty.drive", home / "letters", home, cluster.engine, DOCUMENTS]
    with (home / "driver.log").open("ab") as log:
        return subprocess.Popen([str(part) for part in command], cwd=ROOT, stdout=log, stderr=log)


def _kill(victim: str, cluster: Cluster, driver: subprocess.Popen[bytes], chance: random.Random) -> str:
    """Kill one process with SIGKILL; return what it was."""
    workers = cluster.workers()
    if victim == "worker" and workers:
        chance.choice(workers).send_signal(signal.SIGKILL)
    elif victim == "nanny" and cluster.nannies:
        chance.choice(cluster.nannies).kill()
    elif victim == "scheduler" and cluster.scheduler is not None:
        cluster.scheduler.kill()
    else:
        victim = "driver"
        os.kill(driver.pid, signal.SIGKILL)
    return victim


def _left(home: Path, killed: tuple[str, ...], seconds: float) -> Round:
    out = home / "results.jsonl"
    reports = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] if out.is_file() else []
    names = Counter(report["document"]["name"] for report in reports)
    wanted = {f"{number:06d}.pdf" for number in range(DOCUMENTS)}
    with Database(offices.url_in(home)).reading() as connection:
        rows = [
            connection.scalar(select(func.count()).select_from(t)) for t in (examinations, archive_entries, judgements)
        ]
    errors = tuple(sorted(r["document"]["name"] for r in reports if r["error"]))
    return Round(killed, len(reports), len(wanted - names.keys()), errors, (rows[0], rows[1], rows[2]), seconds)  # type: ignore[arg-type]


def main() -> int:
    """Run rounds and print what each left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--kills", type=int, default=2)
    arguments = parser.parse_args()
    right = 0
    for number in range(arguments.rounds):
        left, poison = run_round(arguments.seed + number, arguments.kills)
        right += left.is_right(poison)
        sys.stdout.write(f"{number}: {'right' if left.is_right(poison) else 'WRONG'} poison {poison} {left}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{right} of {arguments.rounds} rounds right\n")
    return 0 if right == arguments.rounds else 1


if __name__ == "__main__":
    sys.exit(main())
