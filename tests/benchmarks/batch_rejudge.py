"""How fast an archive is judged again, and in how much memory.

Run: python -m tests.benchmarks.batch_rejudge --n 100000 --jobs 2
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.archive_of import fill
from tests.benchmarks.process_tree import cpu_seconds, tree_pss_mb
from tests.faulty import offices
from verifier.batch.local import LocalPool, PlainLoop
from verifier.batch.place import Place
from verifier.batch.reverify import Review, reverify
from verifier.batch.review import Terms

SAMPLED_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A run over a synthetic archive."""

    letters: int
    changed: int
    first_seconds: float
    """Judged for the first time: nothing to compare with, records looked up."""
    again_seconds: float
    """Judged again: compared with the judgement before, nothing changed."""
    cpu_seconds_each: float
    """Of judging again, all processes together."""
    peak_mb_first_half: float
    peak_mb_second_half: float

    @property
    def rate(self) -> float:
        """Letters a second when judged again."""
        return self.letters / self.again_seconds


def measure(letters: int, jobs: int, home: Path) -> Rejudged:
    """Return how fast an archive of `letters` letters is judged, then judged again."""
    fill(home, letters)
    engine = LocalPool(jobs) if jobs > 1 else PlainLoop()
    seconds, changed, cpu, watch = [], 0, 0.0, _Watch(letters)
    for _ in range(2):
        review = Review(
            Place(offices.url_in(home), home / "blobs"),
            offices.registry(),
            None,
            offices.ON,
            home / "again.jsonl",
            terms=Terms(changed_only=True),
        )
        began, cpu_before = time.monotonic(), cpu_seconds()
        watch.start()
        changed = reverify(review, engine, watch.progress).counted.changed
        watch.stop()
        seconds.append(time.monotonic() - began)
        cpu = cpu_seconds() - cpu_before
    return Rejudged(letters, changed, seconds[0], seconds[1], cpu / letters, *watch.peaks)


class _Watch:
    """Samples the memory of this process and its workers, apart for the first and the second half of a run."""

    def __init__(self, letters: int) -> None:
        self._letters = letters
        self._done = 0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.peaks = [0.0, 0.0]

    def progress(self, done: int, _total: int) -> None:
        """Note how far it is."""
        self._done = done

    def start(self) -> None:
        """Begin to sample anew."""
        self.peaks, self._done = [0.0, 0.0], 0
        self._stopping.clear()
        self._thread = threading.Thread(target=self._sample)
        self._thread.start()

    def stop(self) -> None:
        """End sampling."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _sample(self) -> None:
        while not self._stopping.wait(SAMPLED_SECONDS):
            half = int(2 * self._done >= self._letters)
            self.peaks[half] = max(self.peaks[half], tree_pss_mb())


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        result = measure(arguments.n, arguments.jobs, Path(home))
        size = (Path(home) / "verifier.sqlite3").stat().st_size / 1e6
    sys.stdout.write(
        f"{result.letters} letters: first {result.letters / result.first_seconds:.0f}/s, again {result.rate:.0f}/s, "
        f"{1e3 * result.cpu_seconds_each:.2f} CPU ms each; "
        f"peak memory {result.peak_mb_first_half:.0f} MB in the first half, {result.peak_mb_second_half:.0f} MB in the "
        f"second; database {size:.0f} MB; changed {result.changed}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
