"""What a large archive takes, from measured constants: how long, what is busiest, what saturates first.

Every part of the machinery is a server with a known time for each letter; the slowest one sets the pace.
Run: make simulate, or python -m tests.benchmarks.batch_simulate --letters 100000000
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

READ_CPU_SECONDS = 2.9
"""A letter of 1.3 pages at 2.2 CPU s a page (float32, one thread; FINDINGS and docs/proof-02.md)."""
RECORD_CPU_SECONDS = 0.0036
"""The driver's share of an examined letter, eight vehicles on it (200 kept readings, batch_stages)."""
JUDGE_CPU_SECONDS = 0.0031
"""Judging again with rules changed, everything included, eight vehicles (300 kept readings, batch_stages)."""
JUDGE_DRIVER_SHARE = 0.25
"""How much of that is the driver's: recording and writing results."""
FILE_KB, ANSWER_KB, STORED_KB = 300.0, 70.0, 60.0
"""A letter's file (generated set); what a worker sends back; what the database grows by (both measured)."""
SCHEDULER_TASKS = 280.0
"""Tasks a second through Dask's scheduler (FINDINGS); a task is a shard."""
SHARD = 200
DATABASE_ROWS = {"SQLite": 5_900.0, "PostgreSQL": 10_000.0}
"""Rows a second in batches (FINDINGS: 5.9k; 6.5k to 18k)."""
ROWS_EACH = 14
"""An examination, an entry, about ten shared keys, a key of seal ink, a fingerprint."""
NETWORK_MB = 1_000.0
"""A 10 Gbit/s link into the driver's machine, as useful bytes."""
WORKER_MB = 700.0
"""Models, sandbox and one page in work (FINDINGS: 452 MB with ONNX Runtime; docs/proof-02.md for the whole)."""
CORE_HOUR = 0.04
"""Money for a core-hour; put your own price here."""
SWEEP = (1, 2, 8, 32, 100, 300, 1000)


@dataclass(frozen=True, slots=True)
class Plan:
    """A cluster of `cores` workers fed by `drivers` drivers, each with its own part of the archive."""

    cores: int
    drivers: int = 1
    database: str = "PostgreSQL"

    def capacities(self) -> dict[str, float]:
        """Return letters a second that each part could do by itself."""
        return {
            "reading": self.cores / READ_CPU_SECONDS,
            "drivers": self.drivers / RECORD_CPU_SECONDS,
            "scheduler": self.drivers * SCHEDULER_TASKS * SHARD,
            "database": DATABASE_ROWS[self.database] / ROWS_EACH,
            "network": self.drivers * NETWORK_MB * 1000 / (FILE_KB + ANSWER_KB),
        }

    @property
    def pace(self) -> float:
        """Letters a second of the whole."""
        return min(self.capacities().values())

    @property
    def first_full(self) -> str:
        """What is busy all the time."""
        capacities = self.capacities()
        return min(capacities, key=lambda part: capacities[part])

    def rejudged(self) -> float:
        """Return letters a second where only the rules changed."""
        workers = self.cores / JUDGE_CPU_SECONDS
        return min(workers, self.drivers / (JUDGE_CPU_SECONDS * JUDGE_DRIVER_SHARE), DATABASE_ROWS[self.database] / 2)


def table(letters: int) -> list[str]:
    """Return the sweep as rows of a Markdown table."""
    rows = [
        "| cores | drivers | letters/s | busiest | reading, days | rules again, hours | memory, GB | per million |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for cores in SWEEP:
        for drivers in (1, 2) if cores == SWEEP[-1] else (1,):
            plan = Plan(cores, drivers)
            days, hours = letters / plan.pace / 86_400, letters / plan.rejudged() / 3600
            price = 1e6 * READ_CPU_SECONDS / 3600 * CORE_HOUR
            rows.append(
                f"| {cores} | {drivers} | {plan.pace:.1f} | {plan.first_full} | {days:.1f} | {hours:.1f} | "
                f"{cores * WORKER_MB / 1000:.1f} | {price:.0f} |"
            )
    return rows


def report(letters: int) -> str:
    """Return the simulation as text."""
    plan = Plan(1000)
    shares = {part: plan.pace / capacity for part, capacity in plan.capacities().items()}
    lines = [
        f"{letters:,} letters; a core-hour at {CORE_HOUR}",
        "",
        *table(letters),
        "",
        "1,000 cores, one driver, busy shares: "
        + ", ".join(f"{part} {share:.0%}" for part, share in sorted(shares.items(), key=lambda p: -p[1])),
        f"storage: {letters * STORED_KB / 1e9:.1f} TB in database and blobs, {letters * FILE_KB / 1e9:.0f} TB of files",
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the simulation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=100_000_000)
    sys.stdout.write(report(parser.parse_args().letters))
    return 0


if __name__ == "__main__":
    sys.exit(main())
