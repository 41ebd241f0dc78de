"""The cells of a page: lines, those between the same rules as one, those that a seal tore apart joined."""

from __future__ import annotations

import re
from collections.abc import Iterable

from verifier.extraction.cells import NO_SPACE, Cell, Row
from verifier.page import Box, Line, Page

WIDEST_CELL = 0.6
"""Share of the page width: a frame wider than this holds paragraphs, not one value."""
MOST_LINES = 16
"""Lines in one cell; an address takes up to five, a list of outlets three times as many."""
WRAPPED_GAP = 0.45
"""White between wrapped lines, in line heights as detected (the detector's boxes reach past the ink)."""
SAME_ROW, LEVEL = 0.5, 0.8
"""Share of the smaller height by which two cells of one row overlap vertically; by which they surely are of one,
whatever stands between two lines at the page's side, or beside several."""
TOUCHING, WORD_SPACE = 0.35, 0.2
"""White between two lines of one row, in line heights: up to the first they are one run of text that a seal or a
stain tore apart, from the second with a space between; the columns of a table keep at least a character apart."""
LAST_ROWS = 3
"""Rows above in which a cell may stand beside others: rows of a page that lies a little askew overlap."""
_NOTHING_BELOW = re.compile(r"\W*以下(?:空白|无正文|无内容)\W*")
"""What offices write under the last row of a list, and no value of it."""
_WHOLE_VIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{17}(?![A-Za-z0-9])")


def cells_of_page(page: Page) -> list[Cell]:
    """Return lines as cells, those between the same four rules as one."""
    framed: dict[tuple[int, int, int, int], list[Line]] = {}
    cells = []
    level = [rule for rule in page.table_rules if rule.width > rule.height]
    upright = [rule for rule in page.table_rules if rule.height > rule.width]
    for line in page.lines:
        if _NOTHING_BELOW.fullmatch(line.text):
            continue
        frame = _frame_of(line, level, upright)
        if frame is None:
            cells.append(Cell.of(page.number, [line]))
        else:
            framed.setdefault(frame, []).append(line)
    numbers = [line for line in page.lines if _WHOLE_VIN.fullmatch(line.text.strip())]
    frames = [_frame_of(line, level, upright) for line in numbers]
    parted = None not in frames and len(set(frames)) == len(frames)  # then a cell beside several spans them
    vehicles = [] if parted else [line.box for line in numbers]
    for lines in framed.values():
        cells += [Cell.of(page.number, block) for block in _tight_blocks(lines, vehicles)]
    return cells


def _tight_blocks(lines: list[Line], vehicles: list[Box]) -> list[list[Line]]:
    """Return the lines of a frame in blocks of wrapped text: where a rule was missed, rows stay apart.

    Lines beside different `vehicles`, the places of VINs, are of different rows, however close they stand; so are those
    that say the same again.
    """
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.centre[1]):
        if rows and are_beside(line.box, rows[-1][0].box):
            rows[-1].append(line)
        else:
            rows.append([line])
    blocks: list[list[Line]] = []
    bottom, vehicle = -1.0, None
    for row in rows:
        row.sort(key=lambda one: one.box.x0)
        box = Box.around([line.box for line in row])
        beside = next((other for other in vehicles if are_beside(box, other)), None)
        close = box.y0 - bottom <= WRAPPED_GAP * box.height and (beside is None or vehicle in (None, beside))
        close = close and not (blocks and _begins_again(row[0].text, blocks[-1][0].text))
        if blocks and close and len(blocks[-1]) + len(row) <= MOST_LINES:
            blocks[-1] += row
            vehicle = beside or vehicle
        else:
            blocks.append(row)
            vehicle = beside
        bottom = box.y1
    return blocks


def _begins_again(text: str, first: str) -> bool:
    """Return whether a line says what the block begins with once more: the next row's brand, another telephone."""
    return text == first or (text.startswith("+") and first.startswith("+"))


def _frame_of(line: Line, level: list[Box], upright: list[Box]) -> tuple[int, int, int, int] | None:
    """Return the four rules around a line as numbers that equal those of its neighbours in the same cell."""
    x, y = line.box.centre
    over = [r for r in level if r.x0 <= x <= r.x1]
    beside = [r for r in upright if r.y0 <= y <= r.y1]
    above, below = [r.y1 for r in over if r.y0 < y], [r.y0 for r in over if r.y1 > y]
    left, right = [r.x1 for r in beside if r.x0 < x], [r.x0 for r in beside if r.x1 > x]
    if not (above and below and left and right) or min(right) - max(left) > WIDEST_CELL:
        return None
    return round(max(left) * 200), round(max(above) * 300), round(min(right) * 200), round(min(below) * 300)


def mended(cells: list[Cell], page: Page, rules: tuple[Box, ...]) -> list[Cell]:
    """Return the cells of a row with those that touch joined: one run of text that was seen in pieces."""
    whole: list[Cell] = []
    for cell in cells:
        if whole and _is_torn(whole[-1], cell, page, rules):
            whole[-1] = Cell.of(page.number, [_run_of(whole[-1].pieces[0], cell.pieces[0], page)])
        else:
            whole.append(cell)
    return whole


def _is_torn(a: Cell, b: Cell, page: Page, rules: tuple[Box, ...]) -> bool:
    """Return whether two neighbours are pieces of one run: hardly any white, no rule between, neither a whole VIN."""
    if len(a.pieces) > 1 or len(b.pieces) > 1 or _white(a.box, b.box, page) > TOUCHING:
        return False
    if b.box.centre[0] < a.box.x1 - 0.5 * a.box.width or any(_WHOLE_VIN.search(one.text) for one in (a, b)):
        return False
    middle, between = max(a.box.y0, b.box.y0), (a.box.centre[0], b.box.centre[0])
    return not any(
        rule.height > rule.width and between[0] < rule.x0 < between[1] and rule.y0 <= middle <= rule.y1
        for rule in rules
    )


def _white(a: Box, b: Box, page: Page) -> float:
    """Return the white between two boxes side by side, in heights of the lower one."""
    height_mm = min(a.height, b.height) * page.height_mm
    return (b.x0 - a.x1) * page.width_mm / max(height_mm, 1e-6)


def _run_of(a: Line, b: Line, page: Page) -> Line:
    """Return two pieces as one line; words apart keep a space."""
    apart = _white(a.box, b.box, page) > WORD_SPACE and not (NO_SPACE.match(a.text[-1:]) or NO_SPACE.match(b.text[:1]))
    space = " " if apart else ""
    return Line(
        text=a.text + space + b.text,
        box=Box.around([a.box, b.box]),
        confidence=min(a.confidence, b.confidence),
        edges=(*a.edges, *b.edges[0 if apart else 1 :]),
        character_confidences=(*a.character_confidences, *(1.0 for _ in space), *b.character_confidences),
        source=a.source,
    )


def are_beside(a: Box, b: Box, share: float = SAME_ROW) -> bool:
    """Return whether two boxes stand in one row."""
    shared = min(a.y1, b.y1) - max(a.y0, b.y0)
    return shared > share * min(a.height, b.height)


def _is_of(cell: Cell, row: list[Cell]) -> bool:
    """Return whether a cell stands beside all cells of a row, or level with half of them."""
    level = sum(are_beside(cell.box, other.box, LEVEL) for other in row)
    return 2 * level >= len(row) or all(are_beside(cell.box, other.box) for other in row)


def rows_of_cells(page: int, cells: Iterable[Cell]) -> list[Row]:
    """Return cells of a page as rows, top to bottom: those beside each other are one."""
    rows: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda one: one.box.centre[1]):
        for row in reversed(rows[-LAST_ROWS:]):
            if _is_of(cell, row):
                row.append(cell)
                break
        else:
            rows.append([cell])
    return [Row(page, tuple(sorted(row, key=lambda one: one.box.x0))) for row in rows]
