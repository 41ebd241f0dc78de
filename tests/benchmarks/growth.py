"""How our cost grows with pages, vehicles, specimens, archive and cores: small runs, each point kept once measured."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from samples.content import Plan
from samples.generate import fitted, write_set
from samples.making import make
from samples.planning import CAPTURES, careful_plan
from tests.benchmarks import batch_rejudge, batch_reuse, batch_speed
from tests.benchmarks.process_tree import cpu_seconds_of
from tests.benchmarks.side_by_side import digest_of
from tests.proofs.harness import JUDGED_ON, known_of
from verifier.assembly import build_verifier
from verifier.history import History
from verifier.pipeline import Verifier
from verifier.record import Records, Registry
from verifier.sandbox import Sandbox

SEED = 15
CAPTURE = "pdf_scan_300"
ASKED_AGAIN = 2
"""Times a document is examined; the least CPU after the first counts, kernels for shapes not seen before apart."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The points at which growth is measured."""

    pages: tuple[int, ...]
    vehicles: tuple[int, ...]
    specimens: tuple[int, ...]
    archive: tuple[int, ...]
    reuse: tuple[int, ...]
    letters_on_cores: int
    """Stand-ins of a second each; 0: not measured."""


USUAL = Sizes((1, 2, 4), (1, 10, 40), (1, 8, 64), (500, 2000, 8000), (1000, 10_000, 100_000), 16)
SMALL = Sizes((1,), (), (), (200,), (200,), 0)


@dataclass(frozen=True, slots=True)
class Series:
    """One curve: what grows, what is measured, and the points."""

    name: str
    across: str
    measured: str
    points: tuple[tuple[float, float], ...]


Point = Callable[[str, Callable[[], float]], float]
"""Returns a point's figure by its key: kept from an earlier run, or measured now."""


def measure(sizes: Sizes, kept: Path) -> tuple[Series, ...]:
    """Return how cost grows; points that an earlier run finished come from `kept`."""
    point = _pointing(kept / f"growth-{digest_of()}.jsonl")
    with tempfile.TemporaryDirectory() as home:
        office = _office(Path(home))
        return (
            Series(
                "pages", "one-page letters in a file", "CPU s a file",
                tuple((n, point(f"pages {n}", lambda n=n: _examined(office, _joined(n)))) for n in sizes.pages),
            ),
            Series(
                "vehicles", "vehicles in a letter", "CPU s a letter",
                tuple((n, point(f"vehicles {n}", lambda n=n: _examined(office, _listing(n)))) for n in sizes.vehicles),
            ),
            Series(
                "specimens", "registered impressions of the maker", "CPU s a letter",
                tuple(
                    (n, point(f"specimens {n}", lambda n=n: _examined(_with_specimens(office, n), _joined(1))))
                    for n in sizes.specimens
                ),
            ),
            Series("archive", "letters in the archive", "CPU ms to judge one again", tuple(_judged(sizes, point))),
            Series("reuse", "documents in the archive", "ms to look up reuse", tuple(_looked_up(sizes, point))),
            Series("cores", "workers", "letters a second, stand-ins of 1 s", tuple(_on_cores(sizes, point))),
        )  # fmt: skip


def _pointing(kept: Path) -> Point:
    kept.parent.mkdir(parents=True, exist_ok=True)
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.is_file() else []
    known: dict[str, float] = {}
    for line in lines:
        known |= json.loads(line)

    def point(key: str, work: Callable[[], float]) -> float:
        if key not in known:
            known[key] = work()
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps({key: known[key]}) + "\n")
            sys.stderr.write(f"{key}: {known[key]:.3f}\n")
        return known[key]

    return point


# --- documents --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Office:
    records: Records
    registry: Registry


def _office(home: Path) -> _Office:
    write_set([_plan(0)], home, 1, makers=[_plan(0).maker])
    return _Office(*known_of(home))


def _plan(number: int) -> Plan:
    return replace(careful_plan(2 * number, SEED), capture=CAPTURES[CAPTURE], capture_name=CAPTURE)


def _joined(letters: int) -> bytes:
    """Return a file of that many scanned one-page letters."""
    with pikepdf.new() as whole:
        for number in range(letters):
            with pikepdf.open(io.BytesIO(make(_plan(number)).document)) as one:
                whole.pages.append(one.pages[0])
        written = io.BytesIO()
        whole.save(written)
    return written.getvalue()


def _listing(vehicles: int) -> bytes:
    """Return a scanned letter that lists that many vehicles, on as many pages as they take."""
    plan, found, number = replace(_plan(0), layout="ruled_table"), [], 0
    while len(found) < vehicles:
        found += careful_plan(2 * number, SEED).letter.vehicles
        number += 1
    chosen = tuple(found[:vehicles])
    return make(fitted(replace(plan, letter=replace(plan.letter, vehicles=chosen)))).document


def _with_specimens(office: _Office, number: int) -> _Office:
    """Return an office in which the maker's impressions were registered again and again."""
    mine = office.registry.specimens
    many = tuple(mine[i % len(mine)] for i in range(number))
    return replace(office, registry=replace(office.registry, specimens=many))


def _examined(office: _Office, document: bytes) -> float:
    """Return the CPU seconds of examining and judging a document, over all processes, models loaded."""
    with _verifying(office) as verifier:
        taken = []
        for _ in range(1 + ASKED_AGAIN):
            before = cpu_seconds_of(os.getpid())
            for part in verifier.examine(document):
                verifier.judge(part, office.records, History(), JUDGED_ON, name="letter.pdf")
            taken.append(cpu_seconds_of(os.getpid()) - before)
    return min(taken[1:])


@contextmanager
def _verifying(office: _Office) -> Iterator[Verifier]:
    with Sandbox() as sandbox:
        yield build_verifier(office.registry, sandbox, threads=1)


# --- archive and cores ------------------------------------------------------------------------------------


def _judged(sizes: Sizes, point: Point) -> Iterator[tuple[float, float]]:
    for letters in sizes.archive:
        yield letters, point(f"archive {letters}", lambda n=letters: 1e3 * _in_home(
            lambda home: batch_rejudge.measure(n, 1, home).cpu_seconds_each
        ))  # fmt: skip


def _looked_up(sizes: Sizes, point: Point) -> Iterator[tuple[float, float]]:
    for documents in sizes.reuse:
        yield documents, point(f"reuse {documents}", lambda n=documents: _in_home(
            lambda home: sum(median for median, _ in _look_ups(n, home))
        ))  # fmt: skip


def _look_ups(documents: int, home: Path) -> tuple[tuple[float, float], ...]:
    found = batch_reuse.measure(documents, home)
    return found.shared, found.ink


def _in_home(work: Callable[[Path], float]) -> float:
    with tempfile.TemporaryDirectory() as home:
        return work(Path(home))


def _on_cores(sizes: Sizes, point: Point) -> Iterator[tuple[float, float]]:
    if sizes.letters_on_cores:
        speeds: list[batch_speed.Speeds] = []

        def measured() -> batch_speed.Speeds:
            speeds.extend([] if speeds else [batch_speed.measure(sizes.letters_on_cores)])
            return speeds[0]

        yield 1, point("cores 1", lambda: measured().letters / measured().one)
        yield 2, point("cores 2", lambda: measured().letters / measured().two)


def section(series: Sequence[Series]) -> list[str]:
    """Return the curves as Markdown."""
    rows = [
        f"| {one.across} | {one.measured} | {', '.join(f'{x:,.0f}: {y:.3g}' for x, y in one.points)} |"
        for one in series
        if one.points
    ]
    return [
        "## How our cost grows", "", "| with | measured | at |", "|---|---|---|", *rows, "",
        "CPU is that of the whole process tree, models loaded, the least of two; many vehicles take more "
        "pages. Judging again and reuse: `tests/benchmarks/batch_rejudge.py`, `batch_reuse.py`; workers: "
        "`batch_speed.py`, whose letters wait a second instead of reading, so that the figure shows the engine.", "",
    ]  # fmt: skip
