"""A document laid out for extraction, made once and passed to every part of it."""

from __future__ import annotations

from dataclasses import dataclass

from verifier.extraction.cells import Cell, Row, rows_of
from verifier.extraction.labels import Labelled, Labels, begins_with_label, labelled_values
from verifier.extraction.tables import Table, find_tables
from verifier.page import Page
from verifier.record import Maker


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows, running text, labelled values and tables of a document, with the words to read them by."""

    pages: tuple[Page, ...]
    rows: tuple[Row, ...]
    flow: tuple[Cell, ...]
    labelled: tuple[Labelled, ...]
    tables: tuple[Table, ...]
    labels: Labels
    makers: tuple[Maker, ...]

    @classmethod
    def of(cls, pages: tuple[Page, ...], labels: Labels, makers: tuple[Maker, ...]) -> Layout:
        """Return the layout of read pages."""
        rows = rows_of(pages, lambda cell: begins_with_label(cell, labels))
        tables = find_tables(rows, labels)
        values = labelled_values(rows, labels)
        headers = {table.header for table in tables}
        return cls(
            pages=pages,
            rows=rows,
            flow=tuple(cell for row in rows for cell in row.cells),
            labelled=tuple(value for value in values if value.row not in headers),
            tables=tables,
            labels=labels,
            makers=makers,
        )

    def table_rows(self, kind: str) -> frozenset[int]:
        """Return the numbers of the rows that tables of a kind take up, headers included."""
        return frozenset(
            number
            for table in self.tables
            if table.kind == kind
            for number in (table.header, *(row.number for row in table.rows))
        )

    def values(self, name: str) -> tuple[Labelled, ...]:
        """Return the values with a certain label, in reading order."""
        return tuple(value for value in self.labelled if value.name == name)

    def cells(self) -> tuple[tuple[int, Cell], ...]:
        """Return (row number, cell) of every cell, in reading order."""
        return tuple((number, cell) for number, row in enumerate(self.rows) for cell in row.cells)
