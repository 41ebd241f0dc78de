"""Tables for spreadsheets. No cell that somebody else wrote is ever taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

Cell = str | int | float | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may run; the full-width ones are taken for the same in Chinese ones."""
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHEET_NAME = 31


def safe(cell: Cell) -> Cell:
    """Return a cell that a spreadsheet shows as it is: text that could be a formula gets an apostrophe.

    >>> safe("=1+1"), safe("  @x"), safe("LSVAA4182E2184847"), safe(-3)
    ("'=1+1", "'  @x", 'LSVAA4182E2184847', -3)
    """
    if isinstance(cell, str) and (cell.lstrip(" ").startswith(DANGEROUS) or cell.startswith("'")):
        return f"'{cell}"
    return cell


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as UTF-8 CSV with the mark that spreadsheets need to read Chinese."""
    written = io.StringIO()
    csv.writer(written).writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def as_xlsx(sheets: Iterable[tuple[str, Iterable[Sequence[Cell]]]]) -> bytes:
    """Return sheets as a workbook; text is written as text, never as formula or link."""
    written = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, plain) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name[:MOST_SHEET_NAME])
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell)
    return written.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, str(safe(cell)))
    elif cell is not None:
        sheet.write_number(row, column, cell)
