"""The lines of a table that are no rows of their own: wrapped cells above, beside and below a row's own line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from verifier.extraction.cells import Cell, Row
from verifier.extraction.frames import WRAPPED_GAP
from verifier.extraction.label_places import is_label, label_places
from verifier.extraction.labels import Labels
from verifier.extraction.table_heads import VIN, Column
from verifier.formats.chinese import has_chinese
from verifier.formats.dates import find_dates
from verifier.formats.phones import AS_PHONE, find_phones
from verifier.page import Box

FARTHEST = 0.15
"""Share of the page width between a cell's left side or middle and its header's: further apart do not fit."""
DISTINCT = 0.15
"""Share of a line's height by which the white between two rows is wider than any other about their lines."""
MOST_LINES = 6
"""Lines of one row over or under the line that shows it: names and addresses in two languages take up to five."""
SHARED = 0.01
"""Share of the page width by which a wrapped line may reach into the column beside: boxes reach past the ink."""
HEADING = re.compile(
    r"(?:清单|信息|明细|明细表|一览表|一览|列表|名单|目录|情况|汇总表?|如下)\s*[:：]?\s*$|[。；;]\s*$|^\s*[(（]?[一二三四五六七八九十]{1,2}[)）]?[、.．]"
)
"""How a heading or a sentence ends, or how a section begins: neither is a cell's next line."""
_CLOSING = re.compile(
    r"\W*(?:yours\b|(?:best|kind|warm)\s+regards|sincerely|respectfully|faithfully|hereby\s+confirmed|this\s+(?:letter|confirmation|certificate)\b"
    r"|atentamente|cordialmente|atenciosamente|cordialement|veuillez|с\s+уважением|trân\s+trọng|saygılarımızla|وتفضلوا|وتقبلوا|مع\s+التحية"
    r"|特此|此致|敬礼|以上|本(?:确认|证明|承诺|函|书|公司))",
    re.I,
)
"""How a letter closes, right under a table: no cell's next line."""
_COMPLETE = frozenset({"vin", "registration_date", "transfer_date", "serial", "number", "count"})
"""Columns whose values are whole in one line, or go on with figures."""
_PHONES = ("outlet_phone", "contact_and_phone")

Rules = Mapping[int, Sequence[Box]]
"""The level rules of each page."""


@dataclass(slots=True)
class Bands:
    """Rows with their wrapped lines: `rows` by number of the line that shows them, `owner` of every other line."""

    rows: dict[int, Row] = field(default_factory=dict)
    owner: dict[int, int] = field(default_factory=dict)


def placed(row: Row, columns: Sequence[Column]) -> dict[Column, Cell]:
    """Return the cells of a row under the columns they stand in, the best fitting pairs first."""
    pairs = sorted(
        (_misfit(cell.box, column.head.box), index, order)
        for index, cell in enumerate(row.cells)
        for order, column in enumerate(columns)
    )
    found: dict[Column, Cell] = {}
    used: set[int] = set()
    for misfit, index, order in pairs:
        if misfit <= FARTHEST and index not in used and columns[order] not in found:
            found[columns[order]] = row.cells[index]
            used.add(index)
    return _with_brands_joined(row, found, pairs, columns)


def _with_brands_joined(
    row: Row, found: dict[Column, Cell], pairs: Sequence[tuple[float, int, int]], columns: Sequence[Column]
) -> dict[Column, Cell]:
    """Return the placed cells, what stands right of another under one head for brand and designation joined to it."""
    nearest = {index: order for _, index, order in reversed(pairs)}
    for index, cell in enumerate(row.cells[1:], 1):
        column, left = columns[nearest[index]], row.cells[index - 1]
        if column.name == "brand_model" and cell not in found.values() and found.get(column) is left:
            found[column] = Cell.of(row.page, [*left.pieces, *cell.pieces])
    return found


def under(row: Row, beside: Mapping[Column, Cell], columns: Sequence[Column]) -> dict[Column, Cell]:
    """Return the cells of a line by the columns of the cells `beside` that they stand under, else by their heads.

    The last line of a cell is short and may stand nearer to the head of the column beside: 司, Ltd.
    """
    found: dict[Column, Cell] = {}
    for cell in row.cells:
        over = [column for column, other in beside.items() if _is_over(other.box, cell.box)]
        if len(over) == 1 and over[0] not in found:
            found[over[0]] = cell
    left = Row(row.page, tuple(cell for cell in row.cells if not any(cell is one for one in found.values())))
    return found | {column: cell for column, cell in placed(left, columns).items() if column not in found}


def _is_over(above: Box, below: Box) -> bool:
    """Return whether one box covers most of another's width."""
    return min(above.x1, below.x1) - max(above.x0, below.x0) > 0.5 * below.width


def _misfit(cell: Box, head: Box) -> float:
    """Return how far a cell is from standing under a header: left or centred, less what they share."""
    aligned = min(abs(cell.x0 - head.x0), abs(cell.centre[0] - head.centre[0]))
    shared = min(cell.x1, head.x1) - max(cell.x0, head.x0)
    return aligned - (max(shared, 0.0) / max(min(cell.width, head.width), 1e-6)) * FARTHEST


def may_go_on(row: Row, beside: Mapping[Column, Cell], columns: Sequence[Column], labels: Labels) -> bool:
    """Return whether the cells of a line may be more lines of the cells `beside`: each keeps to its own column.

    A heading, a sentence, a label and a line that reaches under two columns is none.
    """
    own = under(row, beside, columns)
    if len(own) < len(row.cells):
        return False
    for column, cell in own.items():
        others = [c.box for other, c in beside.items() if other != column]
        others += [other.head.box for other in columns if other != column and other not in beside]
        if any(min(cell.box.x1, box.x1) - max(cell.box.x0, box.x0) > SHARED for box in others):
            return False
        if column in beside and (_is_apart(cell.box, beside[column].box) or _is_speck(cell.text)):
            return False
        labelled = is_label(cell, labels) or any(p.marked for p in label_places(cell, labels))
        if (
            HEADING.search(cell.text)
            or _CLOSING.match(cell.text)
            or (labelled and not is_labelled_contact(cell, columns, labels))
        ):
            return False
        if column.name in _COMPLETE and not any(map(str.isdigit, cell.text)):
            return False
    return True


def _is_apart(a: Box, b: Box) -> bool:
    """Return whether two boxes stand wholly side by side: a speck of the seal goes on with no cell."""
    return a.x1 <= b.x0 or b.x1 <= a.x0


def _is_speck(text: str) -> bool:
    """Return whether a line is one sign of no word: a piece of the seal; 司 ends a name."""
    return len(text.strip()) < 2 and not has_chinese(text)


def is_labelled_contact(cell: Cell, columns: Sequence[Column], labels: Labels) -> bool:
    """Return whether a cell under a column of contacts says by its label which of them it is."""
    if not {place.name for place in label_places(cell, labels)} <= {"outlet_contact", "outlet_phone"}:
        return False
    under = placed(Row(cell.page, (cell,)), columns)
    return any(column.name in (*_PHONES, "outlet_contact") for column in under)


def banded(
    rows: Sequence[Row],
    start: int,
    columns: Sequence[Column],
    labels: Labels,
    rules: Rules,
    ends: Callable[[Row], bool],
) -> Bands:
    """Return the rows under a header whose cells take several lines, each with those lines.

    A row is shown by its VIN, its serial number or its telephone; the lines between two rows are divided where the
    white is widest. Where no place is widest, as about a cell that spans several rows, they stay lines of their own.
    """
    found = Bands()
    stop = next((number for number in range(start, len(rows)) if ends(rows[number])), len(rows))
    mains = _shown_rows(rows, range(start, stop), columns, rules)
    if not mains:
        return found
    for above, below in [(start - 1, mains[0]), *pairwise(mains)]:
        between = [n for n in range(above, below + 1) if rows[n].page == rows[below].page]
        cut = widest(rows, between, rules)
        if cut is None:
            continue
        if above >= start:
            _join(rows, above, between[1:cut], columns, labels, rules, found)
        _join(rows, below, between[cut:-1][::-1], columns, labels, rules, found)
    last = mains[-1]
    _join(rows, last, range(last + 1, min(stop, last + 1 + MOST_LINES)), columns, labels, rules, found)
    return found


def _shown_rows(rows: Sequence[Row], numbers: range, columns: Sequence[Column], rules: Rules) -> list[int]:
    """Return the lines that show rows: by what a row has once, its VIN, its serial number, its telephone or name.

    A telephone over a serial number that it touches is the first line of one broken off, no row of its own.
    """
    under = {n: placed(rows[n], columns) for n in numbers}
    if any(column.name == "vin" for column in columns):
        return [n for n in numbers if VIN.search(_said(under[n], ("vin",)).upper())]
    serial = [n for n in numbers if _said(under[n], ("serial", "number")).strip(" .、）)(（").isdigit()]
    phones = [n for n in numbers if _is_phone(_said(under[n], _PHONES))]
    for number in phones:
        beside = (n for n in (number - 1, number + 1) if n in serial and n not in phones)
        if number not in serial and not any(_touch(rows[number], rows[n], rules) for n in beside):
            serial.append(number)
    if serial:
        return sorted(serial)
    # numbers that are broken off show no row: the first lines of names do
    named = [n for n in numbers if _said(under[n], ("outlet_name",))]
    return [n for at, n in enumerate(named) if at == 0 or not _touch(rows[named[at - 1]], rows[n], rules)]


def _said(under: Mapping[Column, Cell], names: Sequence[str]) -> str:
    """Return what a line says under the first of some columns, an empty text where it says nothing."""
    return next((cell.text for column, cell in under.items() if column.name in names), "")


def _is_phone(text: str) -> bool:
    return bool(find_phones(AS_PHONE + text)) and not find_dates(text)


def _touch(a: Row, b: Row, rules: Rules) -> bool:
    """Return whether two lines are close enough to be of one cell, without a rule between."""
    gap = max(a.box.y0 - b.box.y1, b.box.y0 - a.box.y1)
    return gap <= WRAPPED_GAP * a.box.height and not are_parted(a, b, rules.get(a.page, ()))


def widest(rows: Sequence[Row], numbers: Sequence[int], rules: Rules) -> int | None:
    """Return the index of the line over which the white is widest, or a rule stands; None where no place stands out."""
    if len(numbers) < 2:
        return None
    height = min(cell.box.height for number in numbers for cell in rows[number].cells)
    gaps = [
        rows[b].box.y0 - rows[a].box.y1 + are_parted(rows[a], rows[b], rules.get(rows[a].page, ()))
        for a, b in pairwise(numbers)
    ]
    order = sorted(range(len(gaps)), key=lambda index: -gaps[index])
    if len(order) > 1 and gaps[order[0]] - gaps[order[1]] < DISTINCT * height:
        return None
    return order[0] + 1


def _join(
    rows: Sequence[Row],
    main: int,
    lines: Sequence[int] | range,
    columns: Sequence[Column],
    labels: Labels,
    rules: Rules,
    found: Bands,
) -> None:
    """Add to the band of a row the lines that touch it one behind the other, as far as they keep to its columns."""
    row = found.rows.get(main, rows[main])
    for number in list(lines)[:MOST_LINES]:
        line = rows[number]
        parted = line.page != row.page or are_parted(rows[main], line, rules.get(line.page, ()))
        if parted or number in found.owner:
            break
        gap = max(line.box.y0 - row.box.y1, row.box.y0 - line.box.y1)
        beside = placed(row, columns)
        if gap > WRAPPED_GAP * line.box.height or not may_go_on(line, beside, columns, labels):
            break
        row = _together(row, line, columns)
        found.owner[number] = main
    found.rows[main] = row


def are_parted(a: Row, b: Row, rules: Sequence[Box]) -> bool:
    """Return whether level rules run between two lines of a page, over or under every cell of the second."""
    top, bottom = sorted((a.box.centre[1], b.box.centre[1]))
    between = [rule for rule in rules if top < rule.centre[1] < bottom]
    return all(any(rule.x0 <= cell.box.centre[0] <= rule.x1 for rule in between) for cell in b.cells)


def _together(row: Row, line: Row, columns: Sequence[Column]) -> Row:
    """Return a row with the cells of a line as lines of its own, in the order they stand one under the other."""
    own = placed(row, columns)
    more = under(line, own, columns)
    cells = [cell for cell in row.cells if not any(cell is other for c, other in own.items() if c in more)]
    for column, cell in more.items():
        pieces = [*own[column].pieces, *cell.pieces] if column in own else list(cell.pieces)
        pieces.sort(key=lambda piece: piece.box.centre[1])
        cells.append(Cell.of(cell.page, pieces) if column in own else cell)
    return Row(row.page, tuple(sorted(cells, key=lambda cell: cell.box.x0)))
