"""Values with their labels: behind them in a cell, in the cell to the right, or under them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from verifier.extraction.cells import Cell, Row
from verifier.extraction.label_places import (
    AFTER_COMMA,
    NUMBERING,
    LabelPlace,
    begins_with_label,
    guessed_places,
    is_label,
    label_places,
    trimmed,
)
from verifier.extraction.labels import Labels, name_by_words
from verifier.extraction.stacked import values_under_labels
from verifier.extraction.twin_labels import ends_with_twin

FEWEST_OVER, UNDER = 2, 0.03
"""Labels side by side whose values may stand under them; share of the page width by which those may stand aside."""
_STATED_ONCE = ("number", "exporter", "export_country", "addressee", "issuer", "issued_on", "valid_until")
_STATED_UNDER = (*_STATED_ONCE, "outlet_address", "outlet_contact", "outlet_phone")
RIGHT_HALF = 0.5
"""Share of the page width from which a line is set to the right margin."""
UNDER_LABEL, ASIDE = 0.08, 0.015
"""Share of the page width by which a value may stand in from the label over it, and out from it: captions in small
print have narrower margins."""

_QUESTION = re.compile(
    r"^\s*(?:(?:问题|问|询问事项|事项|Q(?:uestion)?|Вопрос)\s*)?\d{0,2}\s*[.．:：、)）]?\s*(?P<question>[^?？。]{2,60})[?？]\s*",
    re.I,
)
_REPLY = re.compile(r"\s*(?:答复|回答|答|确认内容|回复|A(?:nswer)?|Ответ|R)\s*\d{0,2}\s*[:：.]\s*", re.I)
_ENDS_NAME = re.compile(r"(?:公司|中心|厂|站|店|部|[A-Za-z]{2,})$")
"""How names of outlets end, which hold the words of labels, too."""


BLANKS = " _＿"
"""What the place for a value to be filled in is printed with."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value with its label: characters `start` to `stop` of `cell`.

    `row` is the number of the label's row; `marked` tells whether a colon or the like stood between; `listed` that the
    label is one of models/labels.toml, not one known by its words.
    """

    name: str
    cell: Cell
    start: int
    stop: int
    row: int
    marked: bool
    label_cell: Cell
    label_start: int
    listed: bool = True

    @property
    def text(self) -> str:
        """The value as it stands there."""
        return self.cell.text[self.start : self.stop]


def labelled_values(rows: tuple[Row, ...], labels: Labels) -> tuple[Labelled, ...]:
    """Return every labelled value: behind its label in the same cell, else in the cell to the right."""
    found = []
    stacked = values_under_labels(rows, labels)
    for number, row in enumerate(rows):
        for index, cell in enumerate(row.cells):
            right = row.cells[index + 1 : index + 2] or _value_below(cell, rows[number + 1 : number + 2], labels)
            right = (stacked[id(cell)],) if id(cell) in stacked else right
            values = _values_in(cell, right, number, labels)
            found += values
            found += _guessed_in(cell, right or _lone_below(cell, rows[number + 1 : number + 2]), number, labels)
            found += _answers(cell, rows[number + 1 : number + 2], number, labels)
        found += _values_under(number, rows, labels)
    starts: dict[int, list[int]] = defaultdict(list)
    for value in found:
        if value.marked and value.listed:
            starts[id(value.label_cell)].append(value.label_start)
    return tuple(_up_to_next_label(value, starts) for value in found)


def _up_to_next_label(value: Labelled, starts: Mapping[int, list[int]]) -> Labelled:
    """Return a value beside its label without what other labels in its cell say: 网点 | X公司地址：Y电话：Z.

    `starts` are where labels begin, by the identity of their cells.
    """
    if value.cell is value.label_cell:
        return value
    stop = min((start for start in starts.get(id(value.cell), ()) if start > value.start), default=value.stop)
    return replace(value, stop=trimmed(value.cell.text, value.start, stop)[1]) if stop < value.stop else value


def labelled_within(cell: Cell, row: int, labels: Labels) -> list[Labelled]:
    """Return the values of labels that stand in one cell, none of its neighbours'."""
    return [*_values_in(cell, (), row, labels), *_guessed_in(cell, (), row, labels)]


def _guessed_in(cell: Cell, right: tuple[Cell, ...], row: int, labels: Labels) -> list[Labelled]:
    """Return the values of labels that are in no list and are known by their words."""
    known = tuple(place for place in label_places(cell, labels) if place.marked or is_label(cell, labels))
    guessed = guessed_places(cell, known, labels)
    starts = sorted([place.start for place in known] + [place.start for place in guessed])
    found = []
    for place in guessed:
        stop = min((start for start in starts if start >= place.value_start), default=len(cell.text))
        sentence = cell.text.find("。", place.value_start, stop)
        start, stop = trimmed(cell.text, place.value_start, sentence if sentence >= 0 else stop)
        if any(map(str.isalnum, cell.text[start:stop])):
            found.append(Labelled(place.name, cell, start, stop, row, True, cell, place.start, listed=False))
        elif right and place.value_start >= len(cell.text) and not _heads(right[0], labels):
            beside = right[0].box.x0 > cell.box.x1
            if (place.marked or not _ENDS_NAME.search(cell.text)) and (beside or place.name in _STATED_UNDER):
                start, stop = trimmed(right[0].text, 0, len(right[0].text))
                found.append(Labelled(place.name, right[0], start, stop, row, True, cell, place.start, listed=False))
    return found


def _is_head(cell: Cell, labels: Labels) -> bool:
    """Return whether a cell is a label and no value."""
    return begins_with_label(cell, labels) or _name_of(cell, labels) is not None


def _heads(cell: Cell, labels: Labels) -> bool:
    """Return whether a cell is a label of its own, in a list or by its words."""
    return begins_with_label(cell, labels) or bool(guessed_places(cell, (), labels))


def _lone_below(cell: Cell, following: tuple[Row, ...]) -> tuple[Cell, ...]:
    """Return the lone cell under another, at its left edge or a little inward."""
    if not following or len(following[0].cells) > 1:
        return ()
    below = following[0].cells[0]
    return (below,) if _is_under(below, cell) else ()


def _is_under(below: Cell, cell: Cell) -> bool:
    """Return whether a cell begins under another or a little inward, or ends with it at the right margin."""
    ends = abs(below.box.x1 - cell.box.x1) < ASIDE and cell.box.x0 > RIGHT_HALF
    return -ASIDE <= below.box.x0 - cell.box.x0 < UNDER_LABEL or ends


def _answers(cell: Cell, following: tuple[Row, ...], row: int, labels: Labels) -> list[Labelled]:
    """Return the value that answers a question: behind it, or in the row under it."""
    asked = _QUESTION.match(cell.text)
    name = name_by_words(asked["question"], labels) if asked else None
    if asked is None or name not in _STATED_ONCE:
        return []
    behind = cell.text[asked.end() :].strip()
    value = cell if behind else following[0].cells[0] if following else None
    if value is None:
        return []
    reply = _REPLY.match(value.text, asked.end() if behind else 0)
    start, stop = trimmed(value.text, reply.end() if reply else asked.end() if behind else 0, len(value.text))
    return [Labelled(name, value, start, stop, row, True, cell, 0, listed=False)] if start < stop else []


def _values_under(number: int, rows: tuple[Row, ...], labels: Labels) -> list[Labelled]:
    """Return the values under a row of nothing but labels, each under its own: cards, and forms of many rows."""
    row, below = rows[number], rows[number + 1 : number + 2]
    if len(row.cells) < FEWEST_OVER or not below:
        return []
    names = [_name_of(cell, labels) for cell in row.cells]
    if not all(names) or any(_heads(cell, labels) for cell in below[0].cells):
        return []
    found = []
    for cell, (name, listed) in zip(row.cells, filter(None, names), strict=True):
        under = next((c for c in below[0].cells if abs(c.box.x0 - cell.box.x0) < UNDER), None)
        if under:
            start, stop = trimmed(under.text, 0, len(under.text))
            found.append(Labelled(name, under, start, stop, number, True, cell, 0, listed=listed))
    return found


def _name_of(cell: Cell, labels: Labels) -> tuple[str, bool] | None:
    """Return what a cell that is a label and nothing else is about, and whether it is a listed one."""
    if is_label(cell, labels):
        return label_places(cell, labels)[0].name, True
    guessed = guessed_places(cell, (), labels)
    return (guessed[0].name, False) if guessed and guessed[0].value_start >= len(cell.text) else None


def _value_below(cell: Cell, following: tuple[Row, ...], labels: Labels) -> tuple[Cell, ...]:
    """Return the lone cell under a line that ends with a label and its colon, over a page break, say; or under a
    lone label of what a letter states once.
    """
    if not following or len(following[0].cells) > 1:
        return ()
    below, places = following[0].cells[0], label_places(cell, labels)
    text = cell.text.rstrip(BLANKS)
    if not places or places[-1].value_start < len(text) or label_places(below, labels):
        return ()
    ends = len(places) > 1 and text.endswith((":", "："))
    first = len(places) == 1 and bool(NUMBERING.match(cell.text[: places[0].start]))
    over = first and places[0].name in _STATED_UNDER and _is_under(below, cell)
    return (below,) if ends or over else ()


def _values_in(cell: Cell, right: tuple[Cell, ...], row: int, labels: Labels) -> list[Labelled]:
    places = label_places(cell, labels) if not _QUESTION.fullmatch(cell.text) else ()
    found = []
    for place, following in zip_longest(places, places[1:]):
        stop = following.start if following else len(cell.text)
        sentence = cell.text.find("。", place.value_start, stop)
        stop = sentence if sentence >= 0 else stop
        start, stop = trimmed(cell.text, place.value_start, _within_bracket(cell.text, place.start, stop))
        twin = right and ends_with_twin(cell.text, place.stop, labels)
        if any(map(str.isalnum, cell.text[start:stop])) and not twin:
            first = bool(NUMBERING.match(cell.text[: place.start])) and _may_lead(cell.text, place, start, stop)
            if place.marked or first or AFTER_COMMA.search(cell.text[: place.start]):
                found.append(Labelled(place.name, cell, start, stop, row, place.marked, cell, place.start))
        elif following is None and right and not _is_head(right[0], labels):
            start, stop = trimmed(right[0].text, 0, len(right[0].text))
            found.append(Labelled(place.name, right[0], start, stop, row, True, cell, place.start))
    return found


def _within_bracket(text: str, label: int, stop: int) -> int:
    """Return where a value ends whose label opens a bracket: where that closes (品牌：威疆牌）出口至…."""
    opened = text[:label].rstrip()[-1:]
    closes = text.find({"(": ")", "（": "）"}.get(opened, "\0"), label, stop)
    other = text.find({"(": "）", "（": ")"}.get(opened, "\0"), label, stop)
    return min((place for place in (closes, other) if place >= 0), default=stop)


def _may_lead(text: str, place: LabelPlace, start: int, stop: int) -> bool:
    """Return whether an unmarked label leads to a value: "Model BT1040D" does, "Vehicle shipped to Ghana" does not.

    Nor does one that only begins a longer label: "Exporter of record".
    """
    if not place.marked and text[place.start].isalpha() and text[start : start + 1].islower():
        return False
    if place.name not in ("brand", "model", "brand_model") or not text[place.start].isascii():
        return True
    return any(map(str.isdigit, text[start:stop]))
