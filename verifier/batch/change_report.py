"""What changed, written as it is found: JSON lines, Parquet, a spreadsheet, a page with charts; memory stays flat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from verifier.batch.change_page import page_of
from verifier.batch.changes import Change
from verifier.batch.judging import ENCODER
from verifier.batch.run import whole_file

SHOWN_ON_PAGE = 500
"""Changes listed on the page; the tables have all of them."""


@dataclass(slots=True)
class Counted:
    """Counts over everything that was judged again."""

    documents: int = 0
    changed: int = 0
    verdicts: Counter[str | None] = field(default_factory=Counter)
    turns: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    makers: Counter[str] = field(default_factory=Counter)
    decided: int = 0
    """Changed documents on which an official's decision stands."""
    shown: list[Change] = field(default_factory=list)

    def count(self, verdict: str | None, change: Change | None) -> None:
        """Count one document."""
        self.documents += 1
        self.verdicts[verdict] += 1
        if change is None:
            return
        self.changed += 1
        self.decided += change.decision is not None
        self.turns[change.turns] += 1
        self.causes.update(change.because)
        self.checks.update({row.id for row in change.checks})
        self.makers[change.maker or "—"] += 1
        if len(self.shown) < SHOWN_ON_PAGE:
            self.shown.append(change)


class ChangeTable(Protocol):
    """A table that changes are written to, one after the other."""

    def write(self, change: Change) -> None:
        """Add a change, a row for each of its checks."""

    def close(self) -> None:
        """Complete the file."""


class ChangeFiles:
    """The files beside a results file: `.changes.jsonl`, `.changes.parquet`, `.changes.xlsx`, `.changes.html`."""

    def __init__(self, out: Path, lines: BinaryIO, tables: tuple[ChangeTable, ...]) -> None:
        self._out = out
        self._lines = lines
        self._tables = tables

    @classmethod
    @contextmanager
    def beside(cls, out: Path) -> Iterator[ChangeFiles]:
        """Yield the files beside `out`; tables only where their libraries are installed (verifier[reports])."""
        tables = open_tables(out)
        with whole_file(out.with_suffix(".changes.jsonl")) as lines:
            yield cls(out, lines, tables)
        for table in tables:
            table.close()

    def write(self, change: Change) -> None:
        """Write one change everywhere."""
        self._lines.write(ENCODER.encode(change) + b"\n")
        for table in self._tables:
            table.write(change)

    def finish(self, counted: Counted) -> None:
        """Write the page."""
        with whole_file(self._out.with_suffix(".changes.html")) as file:
            file.write(page_of(counted).encode())


def open_tables(out: Path) -> tuple[ChangeTable, ...]:
    """Return the tables that can be written here."""
    try:
        from verifier.batch.change_tables import ParquetTable, Spreadsheet  # optional: verifier[reports]
    except ImportError:
        return ()
    return ParquetTable(out.with_suffix(".changes.parquet")), Spreadsheet(out.with_suffix(".changes.xlsx"))
