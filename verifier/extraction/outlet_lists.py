"""Cells that list outlets, one under another: a column of a table of vehicles, the box of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from verifier.extraction.cells import Cell
from verifier.extraction.label_places import label_places, trimmed
from verifier.extraction.layout import Layout
from verifier.extraction.outlet_looks import ITEM, PERSON, looks_like_address
from verifier.extraction.table_heads import VIN
from verifier.extraction.tables import Table
from verifier.formats.gazetteer import fold
from verifier.formats.organisations import find_organisations
from verifier.formats.phones import find_phones, has_international
from verifier.page import Line

FEWEST_LINES = 3
"""Lines of an outlet whose name, address and telephone stand under one another."""
WHOLE_LINE = 0.8
"""Share of a line that a name takes up where the line is nothing else."""
_BRANCH = re.compile(r"\s*[(（][^()（）]*[)）]$")
"""The town or branch in brackets behind a name: 科迪勒拉汽修厂（圣地亚哥）."""
_REST = re.compile(r"\s*[\d()（）,，;；/+-](?!S店)")
"""What goes on with an outlet behind its telephone: the number's rest, a person in brackets, another number."""

_NUMBERED = re.compile(r"(?:(?<![^:：;；。\s])|^)\s*(?P<item>[(（]?\d{1,2}[)）.、．]\s?(?=[^\W\d]))")
_SEMICOLON = re.compile(r"[;；]\s*(?=\S)")
"""Where the next of several outlets begins in one value."""

Ranges = dict[str, tuple[int, int]]


def listed_outlets(table: Table, layout: Layout) -> list[tuple[int, Cell]]:
    """Return (row, cell) of each outlet that a column of a table of vehicles lists, whatever rows its lines stand by.

    Offices merge the cells of that column over the vehicles. There is none where no telephone tells where an outlet
    ends.
    """
    heads = [cell for cell in layout.rows[table.header].cells if _speaks_of_outlets(cell, layout)]
    if len(heads) != 1:
        return []
    known = {id(cell) for row in table.rows for name, cell in row.cells.items() if name not in ("", "outlet_name")}
    lines = [
        (number, cell.page, line)
        for number in table.lines
        if number > table.header
        for cell in layout.rows[number].cells
        if id(cell) not in known and not VIN.search(cell.text) and _is_under(cell, heads[0])
        for line in cell.pieces
    ]
    if not any(has_international(line.text) for _, _, line in lines):
        return []
    found: list[tuple[int, int, list[Line]]] = []
    for number, page, line in lines:
        if not found or page != found[-1][1] or _begins(line, found[-1][2]):
            found.append((number, page, []))
        found[-1][2].append(line)
    return [(number, Cell.of(page, pieces)) for number, page, pieces in found]


def _speaks_of_outlets(cell: Cell, layout: Layout) -> bool:
    compact = fold(cell.text)
    named = any(place.name == "outlet_name" for place in label_places(cell, layout.labels))
    return named or any(words in compact for words in layout.labels.outlet_sections)


def _is_under(cell: Cell, head: Cell) -> bool:
    return min(cell.box.x1, head.box.x1) > max(cell.box.x0, head.box.x0)


def _begins(line: Line, before: Sequence[Line]) -> bool:
    """Return whether a line begins the next outlet: an item, or what follows a telephone and is not the rest of it."""
    if ITEM.match(line.text):
        return True
    above = Cell.of(0, before).text
    if not has_international(above):
        named = find_organisations(line.text)
        formed = bool(named) and named[0].formed and named[0].start == 0
        return formed and bool(find_organisations(above)) and above.rstrip()[-1:] in ";；。"
    return not _REST.match(line.text)


def items_in(cell: Cell, start: int, stop: int) -> list[tuple[int, int]]:
    """Return where each outlet stands in a value that lists them one behind the other; empty where it lists none.

    They are numbered or parted by semicolons, and each has a telephone of its own: 1) X LLC, street, +7 …; 2) ….
    """
    begins = [match.start("item") for match in _NUMBERED.finditer(cell.text, start, stop)] or [start]
    begins += [match.end() for match in _SEMICOLON.finditer(cell.text, start, stop)] if len(begins) == 1 else []
    found = [trimmed(cell.text, begin, end) for begin, end in pairwise([*begins, stop])]
    found = [(begin, end) for begin, end in found if begin < end]
    numbered = bool(_NUMBERED.match(cell.text, start))
    whole = all(
        has_international(cell.text[begin:end]) and "," in cell.text[begin:end].replace("，", ",")
        for begin, end in found
    )
    return found if whole and (len(found) > 1 or numbered) else []


def by_lines(cell: Cell, start: int, stop: int, layout: Layout) -> Ranges:
    """Return where name, address, person and telephone stand in a cell whose lines are the name, the address, the rest.

    Empty where they are not: the first line is a name and nothing else, those between look like an address, and only
    the last holds a telephone.
    """
    lines = lines_of(cell, start, stop)
    if len(lines) < FEWEST_LINES:
        return {}
    item = ITEM.match(cell.text, *lines[0])
    name = trimmed(cell.text, item.end() if item else lines[0][0], lines[0][1])
    first = _BRANCH.sub("", cell.text[slice(*name)])
    named = [one for one in find_organisations(first) if one.start <= 1]
    if not named or named[0].stop - named[0].start < WHOLE_LINE * len(first):
        return {}
    *between, last = lines[1:]
    if len(between) > 1 and not find_phones(cell.text[slice(*last)]) and PERSON.match(cell.text[slice(*last)].strip()):
        above = by_lines(cell, start, between[-1][1], layout)  # the person under the telephone
        return above | {"contact": trimmed(cell.text, *last)} if above else {}
    phones = find_phones(cell.text[slice(*last)])
    placed = all(looks_like_address(cell.text[slice(*line)], layout) for line in between)
    if not phones or not placed or any(find_phones(cell.text[slice(*line)]) for line in between):
        return {}
    phone = (last[0] + phones[0].start, last[0] + phones[0].stop)
    if any(map(str.isdigit, cell.text[last[0] : phone[0]])):
        return {}  # the address goes on in the telephone's line
    found = {"name": name, "address": trimmed(cell.text, between[0][0], between[-1][1]), "phone": phone}
    for part in ((last[0], phone[0]), (phone[1], last[1])):
        words = trimmed(cell.text, *part)
        text = cell.text[slice(*words)].strip("()（） ,，")
        plain = bool(text) and not find_organisations(text) and text.isalpha()
        if PERSON.match(text) or (plain and fold(text) not in layout.labels.fields.codes):
            found.setdefault("contact", words)
    return found


def lines_of(cell: Cell, start: int, stop: int) -> list[tuple[int, int]]:
    """Return the ranges of a cell's lines within a range."""
    ranges: dict[int, list[int]] = {}
    for at in range(start, stop):
        place = cell.origin[at]
        if place is not None:
            ranges.setdefault(place[0], []).append(at)
    return [(min(places), max(places) + 1) for places in ranges.values()]
