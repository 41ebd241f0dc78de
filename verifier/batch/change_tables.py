"""Changes as Parquet and as a spreadsheet, one row a changed check, written in groups."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from verifier.batch.changes import Change

COLUMNS = (
    "document", "sha256", "part", "application", "maker", "verdict_before", "verdict_now", "decision",
    "judged_before", "judged_now", "rules_before", "rules_now", "because", "check", "subject", "before", "now",
    "reason",
)  # fmt: skip
SCHEMA = pa.schema([pa.field(name, pa.int32() if name == "part" else pa.string()) for name in COLUMNS])
ROWS_TOGETHER = 5_000
MOST_SHEET_ROWS = 1_000_000
"""A sheet holds 1,048,576 rows; the other files have the rest."""

Row = tuple[str | int | None, ...]


def rows_of(change: Change) -> list[Row]:
    """Return one row a changed check, or one alone where only the verdict is new."""
    common = (
        change.document, change.sha256, change.part, change.application, change.maker, change.verdict_before,
        change.verdict_now, change.decision, change.judged_before, change.judged_now, change.rules_before,
        change.rules_now,
    )  # fmt: skip
    if not change.checks:
        return [(*common, ", ".join(change.because), None, None, None, None, None)]
    return [
        (*common, ", ".join(row.because), row.id, row.subject, row.before, row.now, row.reason) for row in change.checks
    ]


class ParquetTable:
    """A Parquet file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = pq.ParquetWriter(path.with_name(path.name + ".partial"), SCHEMA, compression="zstd")
        self._held: list[Row] = []

    def write(self, change: Change) -> None:
        """Add a change."""
        self._held += rows_of(change)
        if len(self._held) >= ROWS_TOGETHER:
            self._flush()

    def _flush(self) -> None:
        columns = list(zip(*self._held, strict=True)) or [()] * len(COLUMNS)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA))
        self._held = []

    def close(self) -> None:
        """Complete the file."""
        self._flush()
        self._writer.close()
        self._path.with_name(self._path.name + ".partial").replace(self._path)


class Spreadsheet:
    """An XLSX file with a filter over its header."""

    def __init__(self, path: Path) -> None:
        # texts are texts: a value that begins with = or http must not become a formula or a link
        safe = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(path), safe)
        self._sheet = self._book.add_worksheet("changes")
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(COLUMNS) - 1, 18)
        self._sheet.write_row(0, 0, COLUMNS, self._book.add_format({"bold": True}))
        self._rows = 0

    def write(self, change: Change) -> None:
        """Add a change, as long as the sheet has room."""
        for row in rows_of(change):
            if self._rows < MOST_SHEET_ROWS:
                self._rows += 1
                self._sheet.write_row(self._rows, 0, row)

    def close(self) -> None:
        """Complete the file."""
        self._sheet.autofilter(0, 0, self._rows, len(COLUMNS) - 1)
        self._book.close()
