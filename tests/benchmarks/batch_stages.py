"""What judging again costs by the stage that changed, over kept readings of generated letters.

Run: python -m tests.benchmarks.batch_stages --n 300 --jobs 2
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update

from tests.benchmarks.process_tree import cpu_seconds
from tests.proofs.harness import JUDGED_ON, ROOT, known_of
from verifier.batch.engine import Engine
from verifier.batch.filing import file_part
from verifier.batch.local import LocalPool, PlainLoop
from verifier.batch.place import Place
from verifier.batch.reverify import Review, ReviewSummary, reverify
from verifier.batch.review import Terms
from verifier.examination import Examination, decode_examinations
from verifier.extraction import Labels
from verifier.record import Records, Registry
from verifier.settings import models_folder
from verifier.store import archive, repositories
from verifier.store.archive import Filing
from verifier.store.archive_tables import archive_entries
from verifier.store.database import Database

READINGS = ROOT / ".cache" / "readings"
MADE_WITH = "kept readings"


@dataclass(frozen=True, slots=True)
class Stage:
    """Judging again after one thing changed."""

    name: str
    letters: int
    wall_seconds: float
    cpu_seconds: float
    summary: ReviewSummary

    @property
    def on_two_cores(self) -> float:
        """Letters a second that two whole cores would do, from CPU time: other work beside it does not stretch that."""
        return 2 * self.letters / self.cpu_seconds


def kept_parts(letters: Path, count: int, registry: Registry) -> Iterator[tuple[Examination, ...]]:
    """Yield up to `count` kept examinations of a folder's letters, each once, as if read with today's versions."""
    wanted = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (letters / "letters").iterdir()}
    versions = {"registry_version": registry.registry_version, "models_version": Labels.load(models_folder()).version}
    known: set[str] = set()
    for path in sorted(READINGS.glob("*.z"), key=lambda p: (-p.stat().st_mtime, p.name)):
        try:
            parts = decode_examinations(zlib.decompress(path.read_bytes()))
        except (ValueError, zlib.error):  # kept in another shape
            continue
        if parts[0].sha256 in wanted - known and len(known) < count:
            known.add(parts[0].sha256)
            yield tuple(replace(part, **versions) for part in parts)


def fill(database: Database, letters: Path, registry: Registry, count: int) -> int:
    """Put kept examinations into an archive; return how many documents."""
    filed = 0
    with database.transaction() as connection:
        for number, parts in enumerate(kept_parts(letters, count, registry), 1):
            filed = number
            document = repositories.StoredDocument(f"{number:05d}.pdf", None, parts)
            repositories.put_examination(connection, MADE_WITH, document)
            for part in parts:
                filing = Filing(document.name, "", MADE_WITH, datetime.now(UTC))
                archive.put_entry(connection, file_part(part, registry), filing)
    return filed


def measure(letters: Path, count: int, jobs: int, home: Path) -> tuple[Stage, ...]:
    """Return what each stage costs over kept readings of the letters in a folder."""
    records, registry = known_of(letters)
    place = Place(f"sqlite:///{home}/verifier.sqlite3", home / "blobs")
    database = place.open()
    filed = fill(database, letters, registry, count)
    engine = LocalPool(jobs) if jobs > 1 else PlainLoop()
    timer = _Timer(place, engine, records, home, filed)
    stages = [timer.run("first", registry), timer.run("rules", registry)]
    with database.transaction() as connection:
        connection.execute(update(archive_entries).values(specimens="others"))
    stages.append(timer.run("specimens", registry))
    _age(database, registry)
    stages.append(timer.run("extraction", registry))
    return tuple(stages)


def _age(database: Database, registry: Registry) -> None:
    """Make every entry look as if older labels had worked out what it claims."""
    with database.transaction() as connection:
        ids = [i for _, i in archive.list_entry_ids(connection, archive.Scope(), ("", 0), 10**6)]
        for entry in archive.get_entries(connection, ids).values():
            parts = repositories.get_examination(connection, entry.sha256, MADE_WITH, database.blobs) or ()
            seen = replace(parts[entry.part_index - 1], models_version="older")
            archive.refile(connection, entry, file_part(seen, registry))


@dataclass(frozen=True, slots=True)
class _Timer:
    place: Place
    engine: Engine
    records: Records
    home: Path
    letters: int

    def run(self, name: str, registry: Registry) -> Stage:
        """Return one run over the archive."""
        review = Review(
            self.place, registry, self.records, JUDGED_ON, self.home / "again.jsonl", terms=Terms(changed_only=True)
        )
        with _clocks() as taken:
            summary = reverify(review, self.engine, lambda _done, _total: None)
        wall, cpu = taken()
        return Stage(name, self.letters, wall, cpu, summary)


@contextmanager
def _clocks() -> Iterator[Callable[[], tuple[float, float]]]:
    """Yield a function that gives wall and CPU seconds of the body, children that ended included."""
    wall, cpu = time.monotonic(), cpu_seconds()
    yield lambda: (time.monotonic() - wall, cpu_seconds() - cpu)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=Path, default=ROOT / ".cache" / "letters" / "2026-1000-120")
    parser.add_argument("--n", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        for stage in measure(arguments.letters, arguments.n, arguments.jobs, Path(home)):
            sys.stdout.write(
                f"{stage.name}: {stage.letters} letters, {1e3 * stage.cpu_seconds / stage.letters:.1f} CPU ms each = "
                f"{stage.on_two_cores:.0f}/s on two cores; wall {stage.wall_seconds:.1f} s; "
                f"changed {stage.summary.counted.changed}; {dict(stage.summary.stages)}\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
