"""What the reader's lines add up to: cells, rows of cells, and running text over several lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from verifier.letter import Field, Reading
from verifier.page import Box, Line, Page, Source

WIDEST_CELL = 0.6
"""Share of the page width: a frame wider than this holds paragraphs, not one value."""
MOST_LINES = 8
"""Lines in one cell; an address takes up to five."""
WRAPPED_GAP = 0.45
"""White between wrapped lines, in line heights as detected (the detector's boxes reach past the ink)."""
SAME_ROW = 0.5
"""Share of the smaller height by which two cells of one row overlap vertically."""
FULL_LINE = 0.02
"""Slack, in page widths, when judging whether the next word would have fitted."""
SHORTEST_LINE = 0.45
"""Share of the page width that a full line of running text at least takes."""
INDENT = 0.06
"""Share of the page width by which a continued line may stand in from the left edge."""
TOUCHING, WORD_SPACE = 0.35, 0.2
"""White between two lines of one row, in line heights: up to the first they are one run of text that a seal or a
stain tore apart, from the second with a space between; the columns of a table keep at least a character apart."""
SHORTEST_RULE, MEETING = 0.1, 0.01
"""A vertical rule is one of a table where a horizontal one of at least this share of the page meets it, to within
this share: the straight strokes of a seal's star and characters meet none."""
HANGING = 0.008
"""Share of the page width from which a line under an item hangs inward, not beside it."""
_HEADING = re.compile(r"^.{2,40}[:：]\s*$")
_ENDED = re.compile(r"[。；;：:.!！]\s*$")
_WHOLE_VIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{17}(?![A-Za-z0-9])")
_FIRST_WORD = re.compile(r"[\u2e80-\u9fff]|[^\s\u2e80-\u9fff]+")
CENTRED, CENTRED_FULL = 0.012, 0.8
"""Share of the page width by which the middles of centred lines may differ; share of the text's width a full one has."""
LINE_PITCH = 1.6
"""White between lines of one paragraph, in line heights."""
_ITEM = re.compile(r"^\s*(?:[(（]?(?:[A-Z]?-?\d{1,3}(?:\.\d{1,2})?|[A-Za-z]|[一二三四五六七八九十]{1,3})[)）.、．:：]|[①-⑳•●◆■□*·-]\s)")
_NO_SPACE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Cell:
    """Text that belongs together, with the place of every character: one line, or the lines of a table cell.

    `origin` has, for each character of `text`, (piece, index) or None for a joining space.
    """

    page: int
    pieces: tuple[Line, ...]
    text: str
    origin: tuple[tuple[int, int] | None, ...]
    box: Box

    @classmethod
    def of(cls, page: int, pieces: Iterable[Line]) -> Cell:
        """Return the pieces as one cell, in their order; Chinese joins without a space."""
        lines = tuple(pieces)
        text = ""
        origin: list[tuple[int, int] | None] = []
        for number, line in enumerate(lines):
            if text and not (_NO_SPACE.match(text[-1]) or _NO_SPACE.match(line.text[:1])):
                text += " "
                origin.append(None)
            text += line.text
            origin += [(number, index) for index in range(len(line.text))]
        return cls(page, lines, text, tuple(origin), Box.around([line.box for line in lines]))

    def field(self, value: str, start: int, stop: int, *, doubt: str | None = None) -> Field:
        """Return characters `start` to `stop` as the evidence for `value`."""
        spans = self._spans(start, stop)
        sure = [
            c
            for span in spans
            for c, character in zip(span.character_confidences, span.text, strict=True)
            if not character.isspace()
        ]
        return Field(
            value=value,
            text=self.text[start:stop],
            confidence=min(sure, default=0.0),
            page=self.page,
            box=Box.around([span.box for span in spans]) if spans else self.box,
            source=spans[0].source if spans else Source.OCR,
            doubt=doubt,
        )

    def _spans(self, start: int, stop: int) -> list[Line]:
        """Return the parts of the pieces that characters `start` to `stop` come from."""
        by_piece: dict[int, list[int]] = {}
        for place in self.origin[start:stop]:
            if place is not None:
                by_piece.setdefault(place[0], []).append(place[1])
        return [self.pieces[piece].span(min(places), max(places) + 1) for piece, places in by_piece.items()]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, from left to right."""

    page: int
    cells: tuple[Cell, ...]

    @property
    def box(self) -> Box:
        """Everything in the row."""
        return Box.around([cell.box for cell in self.cells])


def rows_of(pages: tuple[Page, ...], begins: Callable[[Cell, Cell], bool]) -> tuple[Row, ...]:
    """Return the rows of the document, page by page, top to bottom.

    `begins` tells of a line and the one above that something new begins, a label say, however full the line above.
    """
    return tuple(row for page in pages for row in _with_wrapped_text(_rows_of_page(page), begins))


def _with_wrapped_text(rows: list[Row], begins: Callable[[Cell, Cell], bool]) -> list[Row]:
    """Return the rows with running text joined: a lone full line goes on in the lone line under it."""
    lone = [row.box for row in rows if len(row.cells) == 1 and row.box.width > SHORTEST_LINE]
    left, right = min((box.x0 for box in lone), default=0.0), max((box.x1 for box in lone), default=1.0)
    joined: list[Row] = []
    last: Cell | None = None
    for row in rows:
        cell = row.cells[0] if len(row.cells) == 1 else None
        if last and cell and _goes_on(_first_line(joined[-1]), last, cell, left, right) and not begins(cell, last):
            joined[-1] = Row(row.page, (Cell.of(row.page, [*joined[-1].cells[0].pieces, *cell.pieces]),))
        else:
            joined.append(row)
        last = cell
    return joined


def _goes_on(first: Cell, above: Cell, below: Cell, left: float, right: float) -> bool:
    """Return whether a line is full, so that what stands under it belongs to the same text.

    A line is full where the first word of the next one would not have fitted; it begins at the text's left
    edge (a closing set to the right does not), and items of a list begin anew. Under an item of a list, of which
    `first` is the first line, a line that hangs inward goes on with it.
    """
    if _ITEM.match(below.text) or not _close(above.box, below):
        return False
    if _HEADING.match(below.text) and _ENDED.search(above.text):
        return False
    if _is_centred(above, below, right - left):
        return True
    if _ITEM.match(first.text) and HANGING < below.box.x0 - first.box.x0 < INDENT:
        return True
    if above.box.width < SHORTEST_LINE or below.box.x0 - left > INDENT or above.box.x0 - left > 2 * INDENT:
        return False
    word = _FIRST_WORD.match(below.text)
    share = len(word.group()) / len(below.text) if word else 0.0
    return right - above.box.x1 < share * below.box.width + FULL_LINE


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
    rows: list[list[Cell]] = []
    for cell in sorted(_cells_of_page(page), key=lambda one: one.box.centre[1]):
        for row in reversed(rows[-3:]):
            if all(_beside(cell.box, other.box) for other in row):
                row.append(cell)
                break
        else:
            rows.append([cell])
    rules = _table_rules(page)
    return [Row(page.number, tuple(_mended(sorted(row, key=lambda one: one.box.x0), page, rules))) for row in rows]


def _mended(cells: list[Cell], page: Page, rules: tuple[Box, ...]) -> list[Cell]:
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
    apart = _white(a.box, b.box, page) > WORD_SPACE and not (_NO_SPACE.match(a.text[-1:]) or _NO_SPACE.match(b.text[:1]))
    space = " " if apart else ""
    return Line(
        text=a.text + space + b.text,
        box=Box.around([a.box, b.box]),
        confidence=min(a.confidence, b.confidence),
        edges=(*a.edges, *b.edges[0 if apart else 1 :]),
        character_confidences=(*a.character_confidences, *(1.0 for _ in space), *b.character_confidences),
        source=a.source,
    )


def _beside(a: Box, b: Box) -> bool:
    shared = min(a.y1, b.y1) - max(a.y0, b.y0)
    return shared > SAME_ROW * min(a.height, b.height)


def _cells_of_page(page: Page) -> list[Cell]:
    """Return lines as cells, those between the same four rules as one."""
    framed: dict[tuple[int, int, int, int], list[Line]] = {}
    cells = []
    rules = _table_rules(page)
    for line in page.lines:
        frame = _frame_of(line, rules)
        if frame is None:
            cells.append(Cell.of(page.number, [line]))
        else:
            framed.setdefault(frame, []).append(line)
    vehicles = [line.box for line in page.lines if _WHOLE_VIN.fullmatch(line.text.strip())]
    for lines in framed.values():
        cells += [Cell.of(page.number, block) for block in _tight_blocks(lines, vehicles)]
    return cells


def _table_rules(page: Page) -> tuple[Box, ...]:
    """Return the rules of a page without upright strokes that no level rule meets."""
    level = [rule for rule in page.rules if rule.width > max(rule.height, SHORTEST_RULE)]
    return tuple(
        rule
        for rule in page.rules
        if rule.width > rule.height
        or any(
            other.x0 - MEETING <= rule.x0 <= other.x1 + MEETING and rule.y0 - MEETING <= other.y0 <= rule.y1 + MEETING
            for other in level
        )
    )


def _tight_blocks(lines: list[Line], vehicles: list[Box]) -> list[list[Line]]:
    """Return the lines of a frame in blocks of wrapped text: where a rule was missed, rows stay apart.

    Lines beside different `vehicles`, the places of VINs, are of different rows, however close they stand.
    """
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.centre[1]):
        if rows and _beside(line.box, rows[-1][0].box):
            rows[-1].append(line)
        else:
            rows.append([line])
    blocks: list[list[Line]] = []
    bottom, vehicle = -1.0, None
    for row in rows:
        row.sort(key=lambda one: one.box.x0)
        box = Box.around([line.box for line in row])
        beside = next((other for other in vehicles if _beside(box, other)), None)
        close = box.y0 - bottom <= WRAPPED_GAP * box.height and (beside is None or vehicle in (None, beside))
        if blocks and close and len(blocks[-1]) + len(row) <= MOST_LINES:
            blocks[-1] += row
            vehicle = beside or vehicle
        else:
            blocks.append(row)
            vehicle = beside
        bottom = box.y1
    return blocks


def _frame_of(line: Line, rules: tuple[Box, ...]) -> tuple[int, int, int, int] | None:
    """Return the four rules around a line as numbers that equal those of its neighbours in the same cell."""
    x, y = line.box.centre
    above = [r.y1 for r in rules if r.width > r.height and r.x0 <= x <= r.x1 and r.y0 < y]
    below = [r.y0 for r in rules if r.width > r.height and r.x0 <= x <= r.x1 and r.y1 > y]
    left = [r.x1 for r in rules if r.height > r.width and r.y0 <= y <= r.y1 and r.x0 < x]
    right = [r.x0 for r in rules if r.height > r.width and r.y0 <= y <= r.y1 and r.x1 > x]
    if not (above and below and left and right) or min(right) - max(left) > WIDEST_CELL:
        return None
    return round(max(left) * 200), round(max(above) * 300), round(min(right) * 200), round(min(below) * 300)


def with_readings(field: Field, page: Page) -> Field:
    """Return `field` with what other readers saw at its place: second reader and text layer."""
    if field.box is None:
        return field
    box = field.box
    seconds = [
        Reading(line.text, line.confidence, line.source)
        for line in page.second_readings
        if line.box.covers(box, 0.6) or box.covers(line.box, 0.6)
    ]
    words = [word.text for word in page.layer if word.box.area > 0 and word.box.overlap(box) > 0.5 * word.box.area]
    layer = [Reading("".join(words), 1.0, Source.TEXT_LAYER)] if words else []
    return replace(field, readings=(*field.readings, *seconds, *layer))
