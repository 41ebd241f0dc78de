"""Values of one kind inside a cell, as fields with their evidence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from verifier.extraction.cells import Cell
from verifier.extraction.label_places import trimmed
from verifier.extraction.layout import Layout
from verifier.formats.dates import find_dates
from verifier.formats.names import normalise_name
from verifier.letter import Field


def text_field(cell: Cell, start: int, stop: int) -> Field | None:
    """Return the range as a text field, None where it holds no letter or digit."""
    start, stop = trimmed(cell.text, start, stop)
    text = cell.text[start:stop].strip()
    return cell.field(clean(text), start, stop) if normalise_name(text) else None


def clean(text: str) -> str:
    """Return text in NFKC with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def date_field(cell: Cell, start: int, stop: int) -> Field | None:
    """Return the first date of a range as a field, None where there is none."""
    for mention in find_dates(cell.text[start:stop]):
        doubt = "ambiguous" if mention.ambiguous else None
        return cell.field(mention.value.isoformat(), start + mention.start, start + mention.stop, doubt=doubt)
    return None


def country_field(cell: Cell, start: int, stop: int, layout: Layout) -> Field | None:
    """Return the first country of a range as a field, None where there is none."""
    for mention in layout.labels.countries.find(cell.text[start:stop]):
        doubt = "ambiguous" if "/" in mention.code else None
        return cell.field(mention.code[:2], start + mention.start, start + mention.stop, doubt=doubt)
    return None


def distinct(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields with different values, first ones first."""
    found: dict[str, Field] = {}
    for field in fields:
        found.setdefault(field.value, field)
    return tuple(found.values())
