"""What looking up reuse costs in an archive of a million documents, and how much memory the index takes.

Run: python -m tests.benchmarks.batch_reuse --n 1000000
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, insert

from tests.benchmarks.process_tree import tree_pss_mb
from verifier.batch.filing import key_of
from verifier.seals.prints import PRINT_BYTES, PrintShelf
from verifier.store import archive
from verifier.store.archive_tables import reuse_keys, seal_prints
from verifier.store.database import Database

MAKERS = 100
"""A million letters come from about a hundred makers: ten thousand seals to tell apart each."""
KEYS_EACH = 10
"""Bytes, number, page pictures and seven vehicles."""
SHARED = 0.01
"""Share of vehicles that stand in another letter as well."""
LOOK_UPS = 500
PUT_TOGETHER = 20_000


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Milliseconds of one look-up: median and 99th percentile; memory; the file's size."""

    documents: int
    shared: tuple[float, float]
    ink: tuple[float, float]
    loading_ms: float
    """Taking one maker's seals from the database."""
    memory_mb: float
    """This process with every maker's seals in memory at once."""
    file_mb: float


def measure(documents: int, home: Path) -> LookedUp:
    """Return what look-ups cost among `documents`."""
    database = Database(f"sqlite:///{home}/reuse.sqlite3", blobs=home)
    _fill(database, documents)
    chance = np.random.default_rng(1)
    with database.reading() as connection:
        shared = _timed(lambda: archive.links(connection, [int(chance.integers(1, documents))]))
        began = time.perf_counter()
        shelf = _shelf(connection, 0)
        loading = 1e3 * (time.perf_counter() - began)
        ink = _timed(lambda: shelf.find(int(chance.integers(0, len(shelf.prints))), 0.06))
        shelves = [_shelf(connection, maker) for maker in range(MAKERS)]
        held = tree_pss_mb()
    size = os.stat(home / "reuse.sqlite3").st_size / 1e6
    return LookedUp(sum(len(s.prints) for s in shelves), shared, ink, loading, held, size)


def _shelf(connection: Connection, maker: int) -> PrintShelf:
    rows = archive.prints_of(connection, key_of("ink", str(maker)))
    return PrintShelf.of([row.print for row in rows], [row.diameter_mm for row in rows])


def _timed(look_up) -> tuple[float, float]:  # type: ignore[no-untyped-def]  # any call
    taken = []
    for _ in range(LOOK_UPS):
        began = time.perf_counter()
        look_up()
        taken.append(1e3 * (time.perf_counter() - began))
    return float(np.median(taken)), float(np.percentile(taken, 99))


def _fill(database: Database, documents: int) -> None:
    chance = np.random.default_rng(648)
    for start in range(1, documents + 1, PUT_TOGETHER):
        numbers = range(start, min(start + PUT_TOGETHER, documents + 1))
        vehicles = chance.random((len(numbers), KEYS_EACH)) < SHARED
        keys = [
            {"key": key_of("any", str(int(chance.integers(documents)) if is_shared else n * KEYS_EACH + k + documents)),
             "entry": n}
            for n, row in zip(numbers, vehicles, strict=True)
            for k, is_shared in enumerate(row)
        ]  # fmt: skip
        unique = list({(k["key"], k["entry"]): k for k in keys}.values())
        prints = chance.integers(-90, 90, (len(numbers), PRINT_BYTES), dtype=np.int8)
        rows = [
            {"entry": n, "seal": 0, "bucket": key_of("ink", str(n % MAKERS)), "diameter_mm": 38.0 + n % 5,
             "print": p.tobytes(), "paired": True}
            for n, p in zip(numbers, prints, strict=True)
        ]  # fmt: skip
        with database.transaction() as connection:
            connection.execute(insert(reuse_keys), unique)
            connection.execute(insert(seal_prints), rows)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        sys.stdout.write(f"{measure(arguments.n, Path(home))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
