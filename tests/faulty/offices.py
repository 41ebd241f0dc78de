"""A batch over made-up documents: everything real but the reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.faulty.recorded import load_recorded, record_of
from tests.unit.rules import builders as b
from verifier.batch.engine import Engine
from verifier.batch.local import PlainLoop
from verifier.batch.place import Place
from verifier.batch.run import Engines, Order, Summary, run_batch
from verifier.batch.sources import find_rows
from verifier.inputs import with_versions
from verifier.record import Records, Registry

MADE_WITH = "recorded"
ON = date(2026, 3, 1)


def registry() -> Registry:
    """Return an office that knows one maker and its seal."""
    return with_versions(b.registry())


def order(folder: Path, out: Path, vehicles: int, **changes: object) -> Order:
    """Return what a batch over `folder` is asked to do, with records for `vehicles` vehicles."""
    values: dict[str, object] = {
        "rows": find_rows(str(folder)),
        "registry": registry(),
        "made_with": MADE_WITH,
        "records": Records(tuple(record_of(number) for number in range(vehicles))),
        "on": ON,
        "out": out,
        "spool": str(out.parent / "spool"),
        "timeout_seconds": 30.0,
        "load": load_recorded,
    }
    return Order(**values | changes)  # type: ignore[arg-type]  # a test changes what it tests


def url_in(home: Path) -> str:
    """Return the URL of an embedded database in `home`."""
    return f"sqlite:///{home}/verifier.sqlite3"


def run(asked: Order, home: Path, engine: Engine | None = None) -> Summary:
    """Run a batch on an embedded database in `home`."""
    engine = engine or PlainLoop()
    return run_batch(asked, Place(url_in(home), home / "blobs"), Engines(engine, PlainLoop()), lambda _d, _t: None)
