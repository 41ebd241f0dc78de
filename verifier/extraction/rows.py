"""The rows of a document: cells side by side, and running text over several lines joined."""

from __future__ import annotations

import re
from collections.abc import Callable

from verifier.extraction.broken_off import goes_on_in
from verifier.extraction.cards import with_cards_apart, with_cards_whole
from verifier.extraction.cells import BULLETS, Cell, Row
from verifier.extraction.facing import with_columns_joined, with_twins_apart
from verifier.extraction.frames import cells_of_page, mended, rows_of_cells
from verifier.page import Box, Page

FULL_LINE = 0.02
"""Slack, in page widths, when judging whether the next word would have fitted."""
SHORTEST_LINE = 0.45
"""Share of the page width that a full line of running text at least takes."""
INDENT = 0.06
"""Share of the page width by which a continued line may stand in from the left edge."""
HANGING = 0.008
"""Share of the page width from which a line under an item hangs inward, not beside it."""
_HEADING = re.compile(r"^.{2,40}[:：]\s*$")
_ENDED = re.compile(r"[。；;：:.!！]\s*$")
LABEL_AND_VALUE = 2
"""Cells of a row of a letter that is set as labels with their values beside them."""
FEWEST_ALIKE = 3
"""Lines from which a common edge is none by accident."""
ALIKE = 0.15
"""Share by which lines of one print may differ in height."""
UNEVEN = 0.35
"""The same where words are broken off at the line's end: a line of digits or three characters has a box of its own."""
_FULL_STOP = re.compile(r"[。；;!！]\s*$|(?:\w{4}|\d|[^\w.])\.\s*$")
"""The end of a sentence; a stop behind fewer letters is an abbreviation's: г. Минск, ул."""
_FIRST_WORD = re.compile(r"[\u2e80-\u9fff][，。；：、）》」”]*|[^\s\u2e80-\u9fff]+")
"""What no line breaks before or within: a Chinese character takes the signs that close behind it along."""
CENTRED, CENTRED_FULL = 0.012, 0.8
"""Share of the page width by which the middles of centred lines may differ; of the text's width that a full one has."""
LINE_PITCH = 1.6
"""White between lines of one paragraph, in line heights."""
_ITEM = re.compile(
    r"^\s*(?!\d{1,2}\.\d{1,2}\.\d{2,4})(?:[(（]?(?:[A-ZА-Я]?-?\d{1,3}(?:\.\d{1,2})?|[A-Za-z](?!\.[A-Z]\.)|[一二三四五六七八九十]{1,3})[)）.、．:：]|\d{1,2}\.\d{1,2}\s?(?=[^\W\d_])|[①-⑳"
    + BULLETS
    + r"*·-]\s|•|"
    r"(?:(?:PRIMER|SEGUND|TERCER|CUART|QUINT|SEXT|SÉPTIM|TERCEIR|QUART)[OA]|PREMIER(?:EMENT)?|PREMIÈREMENT|DEUXIÈME(?:MENT)?"
    r"|TROISIÈME(?:MENT)?|FIRST(?:LY)?|SECOND(?:LY)?|THIRD(?:LY)?|FOURTH(?:LY)?|FIFTH(?:LY)?|ПЕРВОЕ|ВТОРОЕ|ТРЕТЬЕ|[IVX]{1,4})\s?[.:,)–—-]"
    r"|(?:(?i:article|artículo|artigo|статья|clause|cláusula|section|điều|пункт|п\.)\s?|第)\d{1,2}\b)"
)


def rows_of(pages: tuple[Page, ...], begins: Callable[[Cell, Cell], bool]) -> tuple[Row, ...]:
    """Return the rows of the document, page by page, top to bottom.

    `begins` tells of a line and the one above that something new begins, a label say, however full the line above.
    """

    def goes_on(above: Cell, below: Cell, width: float) -> bool:
        right = above.box.x0 + width
        return not _begins_item(above, below) and _is_full(above, below, right) and not begins(below, above)

    return tuple(
        row
        for page in pages
        for row in _with_wrapped_text(
            with_columns_joined(with_twins_apart(with_cards_apart(_rows_of_page(page)), goes_on), goes_on), begins
        )
    )


def _is_full(above: Cell, below: Cell, right: float) -> bool:
    """Return whether the first word of a line would not have fitted into the one above, which may end at `right`."""
    word = _FIRST_WORD.match(below.text)
    share = len(word.group()) / len(below.text) if word else 0.0
    return right - above.box.x1 < share * below.box.width + FULL_LINE


def _with_wrapped_text(rows: list[Row], begins: Callable[[Cell, Cell], bool]) -> list[Row]:
    """Return the rows with running text joined: a lone full line goes on in the lone line under it.

    The rest of a number or a date goes on with the last cell of whatever row: white may stand in a line of text.
    """
    lone = [row.box for row in rows if len(row.cells) == 1 and row.box.width > SHORTEST_LINE]
    left, widest = min((box.x0 for box in lone), default=0.0), max((box.x1 for box in lone), default=1.0)
    joined: list[Row] = []
    last: Cell | None = None
    for row in rows:
        cell = row.cells[0] if len(row.cells) == 1 else None
        right = _right_edge(last.box, lone, widest) if last else widest
        above = joined[-1].cells[-1] if joined else None
        if cell and above and _close(above.pieces[-1].box, cell) and goes_on_in(above.text, cell.text):
            whole = Cell.of(row.page, [*above.pieces, *cell.pieces])
            joined[-1] = Row(row.page, (*joined[-1].cells[:-1], whole))
            last = cell if last else None
            continue
        if cell and joined and _is_value_wrapped(joined[-1], cell, rows) and not begins(cell, joined[-1].cells[-1]):
            whole = Cell.of(row.page, [*joined[-1].cells[-1].pieces, *cell.pieces])
            joined[-1] = Row(row.page, (*joined[-1].cells[:-1], whole))
            last = None
            continue
        if last and cell and _goes_on(_first_line(joined[-1]), last, cell, left, right) and not begins(cell, last):
            joined[-1] = Row(row.page, (Cell.of(row.page, [*joined[-1].cells[0].pieces, *cell.pieces]),))
        else:
            joined.append(row)
        last = cell
    return joined


def _is_value_wrapped(row: Row, below: Cell, rows: list[Row]) -> bool:
    """Return whether a line goes on with the value that stands beside its label in the row above.

    The value is as wide as running text, and as the widest line that begins at its edge.
    """
    if len(row.cells) != LABEL_AND_VALUE:
        return False
    value = Cell.of(row.page, row.cells[-1].pieces[-1:])
    if abs(below.box.x0 - value.box.x0) > HANGING or value.box.width < SHORTEST_LINE or _begins_item(value, below):
        return False
    edge = [cell.box.x1 for one in rows for cell in one.cells if abs(cell.box.x0 - value.box.x0) < HANGING]
    return _close(value.box, below) and len(edge) >= FEWEST_ALIKE and _is_full(value, below, max(edge))


def _right_edge(above: Box, lone: list[Box], widest: float) -> float:
    """Return where lines that begin at the same edge end: hanging and indented ones may be set to another measure."""
    alike = [box.x1 for box in lone if abs(box.x0 - above.x0) < HANGING]
    return max(alike) if len(alike) >= FEWEST_ALIKE else widest


def _goes_on(first: Cell, above: Cell, below: Cell, left: float, right: float) -> bool:
    """Return whether a line is full, so that what stands under it belongs to the same text.

    A line is full where the first word of the next one would not have fitted; it begins at the text's left
    edge (a closing set to the right does not), and items of a list begin anew. Under an item of a list, of which
    `first` is the first line, a line that hangs inward goes on with it.
    """
    if _begins_item(above, below) or not _close(above.box, below):
        return False
    if (_HEADING.match(below.text) and _ENDED.search(above.text)) or _is_capitals_only(above, below):
        return False
    if _is_centred(above, below, right - left):
        return True
    inward = below.box.x0 - first.box.x0
    hanging = _ITEM.match(first.text) or (
        above.box.width > SHORTEST_LINE
        and first.box.x0 - left < INDENT
        and _are_of_one_print(above, below)
        and not _FULL_STOP.search(above.text)
    )
    if HANGING < inward < INDENT and hanging:
        return _is_full(above, below, right - inward)
    if above.box.width < SHORTEST_LINE or below.box.x0 - left > INDENT or above.box.x0 - left > 2 * INDENT:
        return False
    if HANGING < -inward < INDENT and below.box.x0 - left < HANGING:
        # an indented paragraph goes on at the edge; the next one stands in again
        full = _is_full(above, below, right + inward)
        return full and not _FULL_STOP.search(above.text) and _are_of_one_print(above, below, UNEVEN)
    return _is_full(above, below, right)


def _begins_item(above: Cell, below: Cell) -> bool:
    """Return whether a line begins with the sign of an item, and not with the end of a bracket: （清单见附件 / 1）."""
    sign = _ITEM.match(below.text)
    opened = max(above.text.rfind(bracket) for bracket in "（(")
    open_still = opened > max(above.text.rfind(bracket) for bracket in "）)")
    closes = sign and open_still and sign.group()[-1] in "）)" and not sign.group().lstrip().startswith(("（", "("))
    return bool(sign) and not closes


def _are_of_one_print(above: Cell, below: Cell, uneven: float = ALIKE) -> bool:
    heights = [cell.pieces[-1 if cell is above else 0].box.height for cell in (above, below)]
    return abs(heights[0] - heights[1]) < uneven * heights[1]


def _is_capitals_only(above: Cell, below: Cell) -> bool:
    """Return whether a line in capitals stands over one that is not: a title never goes on in its text."""
    return above.text.isupper() and any(map(str.islower, below.text))


def _is_centred(above: Cell, below: Cell, width: float) -> bool:
    """Return whether two lines are of one paragraph that is set in the middle: a full line goes on under its own."""
    same = abs(above.box.centre[0] - below.box.centre[0]) < CENTRED
    indented = above.box.x0 - below.box.x0 < -CENTRED
    return same and indented and above.box.width > CENTRED_FULL * width and not _ENDED.search(above.text)


def _first_line(row: Row) -> Cell:
    return Cell.of(row.page, row.cells[0].pieces[:1])


def _close(above: Box, cell: Cell) -> bool:
    return cell.box.y0 - above.y1 < LINE_PITCH * cell.box.height


def _rows_of_page(page: Page) -> list[Row]:
    rows = rows_of_cells(page.number, with_cards_whole(cells_of_page(page)))
    return [Row(page.number, tuple(mended(list(row.cells), page, page.table_rules))) for row in rows]
