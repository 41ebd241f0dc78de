"""What all layouts share: dates in many forms, ruled grids, and the closing lines over which the seal goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samples.content import Letter
from samples.paper.sheet import Rule, Sheets

_DIGITS = "〇一二三四五六七八九"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SEAL_ROOM_MM = 48.0


def chinese_date(day: date) -> str:
    """Return `2026年1月15日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_numerals(day: date) -> str:
    """Return `二〇二六年一月十五日`."""
    year = "".join(_DIGITS[int(d)] for d in str(day.year))
    return f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones else "")


def english_date(day: date) -> str:
    """Return `15 January 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def close(sheets: Sheets, lines: Sequence[str], *, mark: str = "（盖章）") -> None:
    """Print the issuer's name and the date to the right, and note where a seal goes over them or beside them."""
    sheets.need(SEAL_ROOM_MM)
    sheets.down(14)
    widest = max(sheets.width(line) for line in lines)
    middle = sheets.right - 4 - widest / 2
    top = sheets.y
    for number, line in enumerate(lines):
        text = line + mark if number == 0 and sheets.width(line + mark) < 88 else line
        sheets.put(middle - sheets.width(line) / 2, text)
        sheets.down(sheets.size_mm * 2.2)
    page = len(sheets.pages) - 1
    sheets.sealed_at = (page, middle, (top + sheets.y) / 2 - sheets.size_mm * 1.5)
    sheets.clear_at = (page, max(middle - widest / 2 - 26, 46.0), top + 9)


def close_about(sheets: Sheets, lines: Sequence[str], middle: float, beside: float, *, flush: bool = False) -> None:
    """Print closing lines about `middle`, mm from the left, or `flush` left; a seal not over them goes at `beside`."""
    sheets.need(SEAL_ROOM_MM)
    sheets.down(14)
    top, widest = sheets.y, max(map(sheets.width, lines))
    for line in lines:
        sheets.put(middle - (widest if flush else sheets.width(line)) / 2, line)
        sheets.down(sheets.size_mm * 2.2)
    page = len(sheets.pages) - 1
    sheets.sealed_at = (page, middle, (top + sheets.y) / 2 - sheets.size_mm * 1.5)
    sheets.clear_at = (page, beside, top + 9)


def grid(
    sheets: Sheets,
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    *,
    ruled: bool = True,
    size: float | None = None,
    head: bool = True,
    repeat_head: bool = True,
) -> None:
    """Print a table with wrapped cells; a page break repeats the first row where it is a head and should."""
    size = size * sheets.scale if size else None
    for number, row in enumerate(rows):
        cells = _wrapped(sheets, widths, row, size)
        height = _height(sheets, cells, size)
        if sheets.y + height > sheets.bottom:
            sheets.turn_over()
            if head and repeat_head and number:
                _row(sheets, widths, _wrapped(sheets, widths, rows[0], size), ruled, size, bold=True)
        _row(sheets, widths, cells, ruled, size, bold=head and number == 0)
    sheets.down((size or sheets.size_mm) * 1.6)


def _wrapped(sheets: Sheets, widths: Sequence[float], row: Sequence[str], size: float | None) -> list[list[str]]:
    return [sheets.broken(cell, w - 3, size=size, bold=True) for w, cell in zip(widths, row, strict=True)]


def _height(sheets: Sheets, cells: list[list[str]], size: float | None) -> float:
    step = (size or sheets.size_mm) * 1.45
    return max(len(cell) for cell in cells) * step + 2.4


def _row(
    sheets: Sheets, widths: Sequence[float], cells: list[list[str]], ruled: bool, size: float | None, *, bold: bool
) -> None:
    size = size or sheets.size_mm
    top, height, x = sheets.y - size, _height(sheets, cells, size), sheets.left
    for width, cell in zip(widths, cells, strict=True):
        spare = (height - len(cell) * size * 1.45) / 2
        for line, text in enumerate(cell):
            sheets.put(x + 1.5, text, size=size, bold=bold, y=top + spare + size * (1.1 + 1.45 * line))
        if ruled:
            _frame(sheets, x, top, width, height)
        x += width
    sheets.down(height)


def _frame(sheets: Sheets, x: float, y: float, width: float, height: float) -> None:
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        sheets.pages[-1].append(Rule(x0, y0, x1, y1))


def letterhead(sheets: Sheets, letter: Letter, *, english: bool = False) -> None:
    """Print the maker's name in red over a red rule, as official papers have it."""
    name = letter.issuer_en if english else letter.issuer
    sheets.centre(name, size=6.4, bold=True)
    last = sheets.pages[-1].pop()
    red = (200, 30, 35)
    sheets.pages[-1].append(type(last)(last.x, last.y, last.size_mm, last.text, last.bold, red))  # type: ignore[union-attr, call-arg, arg-type]
    y = sheets.y - 4
    sheets.pages[-1].append(Rule(sheets.left, y, sheets.right, y, 0.7, red))
    sheets.down(6)
