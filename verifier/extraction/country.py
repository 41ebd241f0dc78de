"""Where the vehicles go: labelled, in a sentence, or vehicle by vehicle. Addresses say nothing about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.extraction.cells import Cell
from verifier.extraction.layout import Layout
from verifier.extraction.values import country_field, distinct
from verifier.formats.countries import is_code
from verifier.formats.gazetteer import fold
from verifier.letter import Field, VehicleClaim

_ENDS = re.compile(r"[。；;\n]|\.\s")
_JOINS = re.compile(r"^\s*(?:[、,，/&和及与]|and|и|y|et|以及|或)\s*$", re.I)
NEAR = 40
"""Characters after "exported to" within which the destination is named."""


@dataclass(frozen=True, slots=True)
class Destinations:
    """What a letter says of its destination; `nowhere` is a labelled value that is no country."""

    countries: tuple[Field, ...]
    nowhere: Field | None


def find_destinations(layout: Layout, vehicles: tuple[VehicleClaim, ...]) -> Destinations:
    """Return the distinct destinations: of labels first, then of sentences, then of the vehicles' own."""
    labelled, nowhere = _labelled(layout)
    own = [vehicle.export_country for vehicle in vehicles if vehicle.export_country]
    found = distinct([*labelled, *_in_sentences(layout), *own])
    return Destinations(found, nowhere if not found else None)


def _labelled(layout: Layout) -> tuple[list[Field], Field | None]:
    fields: list[Field] = []
    nowhere = None
    for value in layout.values("export_country"):
        found = _countries_in(value.cell, value.start, value.stop, layout)
        if not found and is_code(value.text.strip().upper()):
            found = [value.cell.field(value.text.strip().upper(), value.start, value.stop)]
        fields += found
        if not found and value.marked:
            nowhere = value.cell.field(value.text, value.start, value.stop)
    return fields, nowhere


def _in_sentences(layout: Layout) -> list[Field]:
    found = []
    for cell in layout.flow:
        positions = [index for index, character in enumerate(cell.text) if not character.isspace()]
        compact = fold(cell.text)
        if len(compact) != len(positions):
            continue  # a character that changes its length in NFKC: labels and tables still stand
        for phrase in layout.labels.destinations:
            start = compact.find(phrase)
            if start >= 0 and start + len(phrase) < len(positions):
                begin = positions[start + len(phrase)]
                found += _first_countries(cell, begin, layout)
    return found


def _first_countries(cell: Cell, begin: int, layout: Layout) -> list[Field]:
    """Return the countries right after a phrase, up to the sentence's end: one, or several joined ones."""
    end = _ENDS.search(cell.text, begin)
    stop = min(end.start() if end else len(cell.text), begin + NEAR)
    return _countries_in(cell, begin, stop, layout, joined=True)


def _countries_in(cell: Cell, start: int, stop: int, layout: Layout, *, joined: bool = False) -> list[Field]:
    fields = []
    last = None
    for mention in layout.labels.countries.find(cell.text[start:stop]):
        between = cell.text[start + last : start + mention.start] if last is not None else ""
        if joined and last is not None and not _JOINS.match(between):
            break
        # "刚果(金)" inside "刚果": the gazetteer has taken the longest name already
        field = country_field(cell, start + mention.start, start + mention.stop, layout)
        if field:
            fields.append(field)
        last = mention.stop
    return fields
