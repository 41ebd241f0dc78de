"""What is said of a service outlet without labels: stretches of text taken apart by what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verifier.extraction.cells import Cell
from verifier.extraction.layout import Layout
from verifier.extraction.outlet_lists import by_lines
from verifier.extraction.outlet_looks import (
    ITEM,
    PERSON,
    address_range,
    looks_like_address,
    name_range,
    person_range,
    pieces,
)
from verifier.formats.gazetteer import fold
from verifier.formats.organisations import find_organisations
from verifier.formats.phones import find_phones

_SENTENCE_END = re.compile(r"[。](?=\s*\S)|(?<=[a-zа-я0-9)]{3})\.\s+(?=(?:[A-ZА-Я][\w-]*\s)+(?:\w+\s)*[a-zа-я]+\s)")
_BEFORE_NAME = re.compile(r"(?:位于|地处|坐落于|设在|设于)(?P<address>(?:[^，,。；;]|,(?=\s?\w)){4,80}?)的?\s*$")
_INITIALS = re.compile(r"\s[A-ZА-ЯЁ]\.\s?(?:[A-ZА-ЯЁ]\.)?$")
LONGEST_NAME = 70
"""Characters of an item that holds a name alone."""
FEWEST_STROKES = 2
"""Strokes in a line with a telephone that make it an item where outlets are announced: name | address | telephone."""
_ANNEX = re.compile(
    r"^\W*(?:附件|附表|附录|附页|schedule|annex(?:e|ure)?|appendix|attachment|приложение|anexo|phụ lục|part|section)"
    r"\s*(?:No\.?|№|N[°º])?\s*(?:\d{1,2}|[一二三四五六七八九十]|[A-ZА-Г]|[IVX]{1,4})?(?!(?-i:[a-zа-яё]))\s*",
    re.I,
)
"""What a heading over an annex begins with: 附表二, Schedule 2, Приложение № 1."""


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `stop` of a cell, taken for one thing that is said of an outlet.

    `labelled` tells whether a label says so; `fresh` whether an item or a line begins with it.
    """

    key: str
    row: int
    cell: Cell
    start: int
    stop: int
    labelled: bool
    fresh: bool

    @property
    def text(self) -> str:
        """The text as it stands there."""
        return self.cell.text[self.start : self.stop]


def unlabelled_parts(
    row: int, cell: Cell, start: int, stop: int, layout: Layout, *, expected: bool, leads: bool, entry: bool = False
) -> Iterator[Part]:
    """Yield the parts of a stretch without labels: only with a telephone, in an item, or where outlets are expected.

    `leads` tells that an address or a telephone follows under its label: then a name stands before it; `entry` that
    the cell is an item of a list of outlets.
    """
    for begin, end in _stretches(cell, start, stop):
        text = cell.text[begin:end]
        if not any(map(str.isalnum, text)) or is_words_of_labels(text, layout):
            continue
        first = begin == 0 or (entry and begin == start)
        item = ITEM.match(text) if first else None
        head = begin + (item.end() if item else 0)
        if begin == 0 and not item and leads and end == stop and _is_under_name(row, layout):
            yield from _address_under_name(row, cell, head, end, layout)
            continue
        phones = [(head + p.start, head + p.stop) for p in find_phones(cell.text[head:end])]
        before_label = leads and end == stop and (bool(item) or not cell.text[end - 1].isalnum() or begin == 0)
        if phones or before_label or expected:
            divided = expected and bool(phones) and begin == 0 and text.count("|") >= FEWEST_STROKES
            listed = item is not None or before_label or divided or (entry and first)
            yield from _typed(row, cell, head, end, phones, layout, listed=listed, fresh=first)


def _is_under_name(row: int, layout: Layout) -> bool:
    """Return whether the row above is an item of a list that holds a name and nothing else."""
    above = layout.rows[row - 1].cells if row else ()
    item = ITEM.match(above[0].text) if len(above) == 1 else None
    if item is None or len(above[0].text) > LONGEST_NAME or find_phones(above[0].text):
        return False
    named = find_organisations(above[0].text[item.end() :])
    capitals = [word[0].isupper() for word in above[0].text[item.end() :].split() if word[0].isalpha()]
    return bool(named) or "«" in above[0].text or (len(capitals) > 1 and all(capitals))


def _address_under_name(row: int, cell: Cell, start: int, stop: int, layout: Layout) -> Iterator[Part]:
    """Yield the address that a line begins with under its outlet's name, and who is there: X, Moscow, D. Kuznetsov."""
    found = pieces(cell, start, stop)
    last = found[-1] if found else None
    person = last if last and len(found) > 1 and _is_person(cell.text[slice(*last)], layout) else None
    told = found[:-1] if person else found
    if told and looks_like_address(cell.text[told[0][0] : told[-1][1]], layout):
        yield Part("address", row, cell, told[0][0], told[-1][1], False, False)
    if person:
        yield Part("contact", row, cell, *person, False, False)


def _is_person(text: str, layout: Layout) -> bool:
    """Return whether a text is a person's name, not a town's; initials are of persons alone (Иванов А.С.)."""
    return bool(PERSON.match(text)) and (bool(_INITIALS.search(text)) or not layout.labels.places.find(text))


def is_words_of_labels(text: str, layout: Layout) -> bool:
    """Return whether a text is a label or a part of one, or announces outlets, and names nobody."""
    text = _ANNEX.sub("", _ANNEX.sub("", ITEM.sub("", text)))
    if any(map(str.isdigit, text)):
        return False
    left = text
    for mention in reversed(layout.labels.fields.find(text)):
        left = left[: mention.start] + left[mention.stop :]
    left = re.sub(r"境外|海外|信息|明细|清单|名单|列表|如下|及|overseas|list|of|the|[\W\d_]", "", left, flags=re.I)
    compact = fold(left)
    for words in layout.labels.outlet_sections:
        compact = compact.replace(words, "")
    return len(compact) <= 2


def _stretches(cell: Cell, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a stretch."""
    begin = start
    for match in _SENTENCE_END.finditer(cell.text, start, stop):
        yield begin, match.end()
        begin = match.end()
    if begin < stop:
        yield begin, stop


def _typed(
    row: int,
    cell: Cell,
    start: int,
    stop: int,
    phones: list[tuple[int, int]],
    layout: Layout,
    *,
    listed: bool,
    fresh: bool,
) -> Iterator[Part]:
    """Yield name, address, contact and telephone of a stretch by what they look like."""
    lines = by_lines(cell, start, stop, layout) if fresh and phones else {}
    if lines:
        for key, found in lines.items():
            yield Part(key, row, cell, *found, False, key == "name")
        return
    name = name_range(cell, start, stop, layout, listed=listed)
    if name:
        yield Part("name", row, cell, *name, False, fresh)
    begin = name[1] if name else start
    before_phone = phones[0][0] if name and phones and phones[0][0] > begin else stop
    address = address_range(cell, begin, before_phone, layout) or address_range(cell, begin, stop, layout)
    before = _BEFORE_NAME.search(cell.text, start, name[0]) if name and not address else None
    address = before.span("address") if before else address
    if address and (name or fresh):
        yield Part("address", row, cell, *address, False, fresh and not name)
    behind = address[1] if address and not before else name[1] if name else start
    person = person_range(cell, behind, phones[0][0] if phones else stop, layout)
    if person:
        yield Part("contact", row, cell, *person, False, False)
    for begin, end in phones[:1]:
        yield Part("phone", row, cell, begin, end, False, False)
