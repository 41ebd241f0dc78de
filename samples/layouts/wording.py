"""The words and tables that different offices choose: the same letter words alike each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from samples.content import Letter
from samples.layouts.closing import chinese_date
from samples.paper.sheet import Rule, Sheets
from samples.world.vehicles import Vehicle

NOTICE = "《商务部 工业和信息化部 公安部 海关总署关于进一步加强二手车出口管理工作的通知》（商贸函〔2025〕648号）"
NOTICE_DATED = "2025年11月11日印发的商贸函〔2025〕648号文件"


def wording_of(letter: Letter) -> Random:
    """Return what picks an office's words; the same letter picks the same ones."""
    return Random(f"{letter.issuer}{letter.exporter}{letter.issued_on}{letter.number[-1:]}")


def home_phone(words: Random) -> str:
    """Return a telephone number of the maker's own office."""
    area = words.choice(("0431", "0571", "021", "0755", "0551", "023"))
    return f"{area}-{words.randint(10_000_000, 89_999_999)}"


def by_model(vehicles: Sequence[Vehicle]) -> list[tuple[str, list[Vehicle]]]:
    """Return the vehicles grouped by model designation, models in the order of their first vehicle."""
    groups: dict[str, list[Vehicle]] = {}
    for vehicle in vehicles:
        groups.setdefault(vehicle.model, []).append(vehicle)
    return list(groups.items())


def made_on(vehicle: Vehicle) -> str:
    """Return a date of manufacture: the month before the registration's, on the 8th."""
    day = vehicle.registration_date
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return chinese_date(day.replace(year=year, month=month, day=8))


@dataclass(frozen=True, slots=True)
class Span:
    """A table cell that takes up several columns or rows."""

    text: str
    across: int = 1
    down: int = 1
    bold: bool = False
    centred: bool = False


def span_table(
    sheets: Sheets, widths: Sequence[float], rows: Sequence[Sequence[Span]], *, size: float, ruled: bool = True
) -> None:
    """Print rows of cells that may span columns and rows; a page break falls between rows that nothing spans."""
    size *= sheets.scale
    placed = _placed(rows, len(widths))
    heights = _heights(sheets, widths, rows, placed, size)
    number = 0
    while number < len(rows):
        block = _block(rows, number)
        sheets.need(min(sum(heights[number : number + block]), sheets.bottom - sheets.top - 10))
        top = sheets.y - size
        for row in range(number, number + block):
            for span, column in zip(rows[row], placed[row], strict=True):
                x = sheets.left + sum(widths[:column])
                y = top + sum(heights[number:row])
                width = sum(widths[column : column + span.across])
                _cell(sheets, span, (x, y, width, sum(heights[row : row + span.down])), size, ruled)
        sheets.down(sum(heights[number : number + block]))
        number += block
    sheets.down(size * 1.6)


def blanks(sheets: Sheets, pairs: Sequence[tuple[str, str]]) -> None:
    """Print labels and underlined values side by side, or one under the other where they are too long for that."""
    share = (sheets.right - sheets.left) / len(pairs)
    if len(pairs) > 1 and any(sheets.width(label + value) + 8 > share for label, value in pairs):
        for pair in pairs:
            blanks(sheets, (pair,))
        return
    sheets.need(sheets.size_mm * sheets.lead * 1.15)
    for number, (label, value) in enumerate(pairs):
        x, end = sheets.left + share * number, sheets.left + share * (number + 1) - 3
        start = x + sheets.width(label)
        sheets.put(x, label)
        for line, text in enumerate(sheets.broken(value, end - start - 4)):
            if line:
                sheets.down(sheets.size_mm * sheets.lead)
            sheets.put(start + 2, text)
            sheets.pages[-1].append(Rule(start, sheets.y + 1.3, end, sheets.y + 1.3))
    sheets.down(sheets.size_mm * sheets.lead * 1.15)


def _placed(rows: Sequence[Sequence[Span]], count: int) -> list[list[int]]:
    """Return the column each cell begins in."""
    taken: set[tuple[int, int]] = set()
    places: list[list[int]] = []
    for number, row in enumerate(rows):
        places.append([])
        column = 0
        for span in row:
            while (number, column) in taken:
                column += 1
            places[-1].append(column)
            taken |= {(number + d, column + a) for d in range(span.down) for a in range(span.across)}
            column += span.across
        if column > count:
            raise ValueError(f"row {number} is wider than its table")
    return places


def _heights(
    sheets: Sheets, widths: Sequence[float], rows: Sequence[Sequence[Span]], placed: list[list[int]], size: float
) -> list[float]:
    heights = [size * 1.45 + 2.4] * len(rows)
    for down in (1, *sorted({span.down for row in rows for span in row} - {1})):
        for number, row in enumerate(rows):
            for span, column in zip(row, placed[number], strict=True):
                if span.down == down:
                    lines = len(sheets.broken(span.text, sum(widths[column : column + span.across]) - 3, size=size))
                    lacking = lines * size * 1.45 + 2.4 - sum(heights[number : number + down])
                    heights[number + down - 1] += max(lacking, 0.0)
    return heights


def _block(rows: Sequence[Sequence[Span]], first: int) -> int:
    """Return how many rows from `first` on stay together because cells span them."""
    end = first + 1
    number = first
    while number < end:
        end = max(end, number + max(span.down for span in rows[number]))
        number += 1
    return end - first


def _cell(sheets: Sheets, span: Span, at: tuple[float, float, float, float], size: float, ruled: bool) -> None:
    x, y, width, height = at
    lines = sheets.broken(span.text, width - 3, size=size, bold=span.bold)
    spare = (height - len(lines) * size * 1.45) / 2
    for number, line in enumerate(lines):
        indent = (width - sheets.width(line, size, span.bold)) / 2 if span.centred else 1.5
        sheets.put(x + indent, line, size=size, bold=span.bold, y=y + spare + size * (1.1 + 1.45 * number))
    if ruled:
        for x0, y0, x1, y1 in (
            (x, y, x + width, y), (x + width, y, x + width, y + height),
            (x, y + height, x + width, y + height), (x, y, x, y + height),
        ):  # fmt: skip
            sheets.pages[-1].append(Rule(x0, y0, x1, y1))
