"""How much faster two workers are than one, and a Dask cluster than the local pool, over letters that take their time.

The letters are stand-ins that wait instead of reading, so that the figures show the engines and not what else the
machine does. Run: python -m tests.benchmarks.batch_speed --n 300
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faulty import offices
from tests.faulty.cluster import running_cluster
from tests.faulty.recorded import write_documents
from verifier.batch.engine import Engine, open_engine
from verifier.batch.local import LocalPool, PlainLoop

SECONDS_EACH = 1.0
"""A stand-in's time: a third of what a letter costs, so that overhead weighs three times what it does in use."""


@dataclass(frozen=True, slots=True)
class Speeds:
    """Seconds of the same batch on each engine, workers started before."""

    letters: int
    one: float
    two: float
    dask_two: float
    same: bool
    """Whether results were equal bit for bit, `seconds` aside."""

    @property
    def two_over_one(self) -> float:
        """How many times faster two local workers are."""
        return self.one / self.two

    @property
    def dask_over_local(self) -> float:
        """Throughput of two Dask workers as a share of two local ones."""
        return self.two / self.dask_two


def measure(letters: int) -> Speeds:
    """Return how long each engine takes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        timed = {number: {"seconds": SECONDS_EACH} for number in range(letters)}
        odd = {7: {"seconds": SECONDS_EACH, "country": "RU"}, 11: {"fault": "damaged"}}
        write_documents(root / "letters", letters, timed=timed, odd=odd)
        one = _timed(root, "one", PlainLoop(), letters)
        two = _timed(root, "two", LocalPool(2), letters)
        with running_cluster(root / "cluster", 2) as cluster:
            engine = open_engine(cluster.engine, 1)
            while engine.workers < 2:
                time.sleep(0.2)
            dask_two = _timed(root, "dask", engine, letters)
        results = [without_seconds(root / name / "results.jsonl") for name in ("one", "two", "dask")]
    return Speeds(letters, one, two, dask_two, results[0] == results[1] == results[2])


def _timed(root: Path, name: str, engine: Engine, letters: int) -> float:
    home = root / name
    home.mkdir()
    began = time.monotonic()
    offices.run(offices.order(root / "letters", home / "results.jsonl", letters), home, engine)
    return time.monotonic() - began


def without_seconds(out: Path) -> list[dict[str, object]]:
    """Return the reports of a results file without the time they took."""
    reports = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return [{key: value for key, value in report.items() if key != "seconds"} for report in reports]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=300)
    speeds = measure(parser.parse_args().n)
    sys.stdout.write(f"{speeds}\n2 over 1: {speeds.two_over_one:.2f}; Dask over local: {speeds.dask_over_local:.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
