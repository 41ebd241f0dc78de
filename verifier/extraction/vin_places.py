"""Vehicle identification numbers wherever they stand in a cell, as read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.extraction.cells import Cell, with_readings
from verifier.extraction.layout import Layout
from verifier.formats import vin as vins
from verifier.formats.dates import find_dates
from verifier.letter import Field

_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9А-ЯЅІЈ](?:[ .\-·_]{0,2}[A-Za-z0-9А-ЯЅІЈ]){9,24}(?![A-Za-z0-9])")
_LABEL_WORD = re.compile(r"^(?:VIN|VINNO|VINCODE|CHASSISNO|NO)(?=[A-Z0-9]{14,})")
_SERIAL = re.compile(r"^\d{1,3}[ .\-]+(?=\S)")
_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{17}(?![A-Za-z0-9])")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width letters and digits."""
_RUN = re.compile(r"(?<![A-Z0-9])(?:VIN(?:NO)?|\d{1,3}(?=[LH]))?((?:[A-HJ-NPR-Z0-9]{17})+)(?![A-Z0-9](?![a-zà-ÿ]))")
"""VINs that lost the white or the comma between them, or to the words or the serial number around them."""
_WITH_DESIGNATION = re.compile(
    r"(?<![A-Z0-9])([A-HJ-NPR-Z0-9]{17})(?=[A-Z]{2,4}[0-9]{3,5}[A-Z0-9]{0,10}(?![A-Za-z0-9]))"
)
_DESIGNATION = re.compile(r"[A-Z]{1,4}[0-9]{3,5}[A-Z0-9]{0,14}")
LONGEST_GROUP = 4
"""Characters of the groups that a VIN may be printed in."""
SHORTEST, LONGEST = 15, 19
"""Under a VIN label, a token of this length is a VIN with characters lost or doubled, and must be flagged."""
FEWEST_LETTERS, FEWEST_DIGITS = 2, 3
MOST_SMALL_LETTERS = 4
"""More small letters than this are words that happen to have seventeen."""
_CHINESE_REGION = "LH"
"""First character of Chinese makers; without a label, another one needs its check digit to be a VIN."""


@dataclass(frozen=True, slots=True)
class VinPlace:
    """A VIN with the row it stands in."""

    row: int
    vin: Field
    cell: Cell
    start: int
    stop: int


def find_vin_places(layout: Layout) -> list[VinPlace]:
    """Return every VIN of the document in reading order, with what other readers saw at its place."""
    labelled = {id(value.cell) for value in layout.values("vin")}
    labelled |= {id(row.cells["vin"]) for table in layout.tables for row in table.rows if "vin" in row.cells}
    numbers = {
        id(value.cell): (value.start, value.stop)
        for value in layout.values("number")
        if not any(map(vins.is_valid, _WORD.findall(value.text)))  # a number of no known kind may be a VIN
    }
    pages = {page.number: page for page in layout.pages}
    found = []
    for number, cell in layout.cells():
        for start, stop in _ranges(cell.text, labelled=id(cell) in labelled):
            apart = numbers.get(id(cell), (0, 0))
            if not (start < apart[1] and apart[0] < stop):
                field = with_readings(cell.field(_value(cell.text[start:stop]), start, stop), pages[cell.page])
                found.append(VinPlace(number, field, cell, start, stop))
    return found


def _ranges(text: str, *, labelled: bool) -> list[tuple[int, int]]:
    """Return where VINs stand: whole words of 17 first, then glued ones, then such as print or reading divided."""
    narrow = text.translate(_NARROW)
    found: list[tuple[int, int]] = []
    glued = [*_glued(narrow, labelled), *_before_a_designation(narrow)]
    for candidates in (_whole(narrow, labelled), glued, _divided(narrow, labelled)):
        found += [one for one in candidates if not any(one[0] < b and a < one[1] for a, b in found)]
    return sorted(found)


def _whole(text: str, labelled: bool) -> list[tuple[int, int]]:
    spans = [match.span() for match in _WORD.finditer(text)]
    return [(a, b) for a, b in spans if _is_vin_like(_value(text[a:b]), text[a:b], labelled)]


def _glued(text: str, labelled: bool) -> list[tuple[int, int]]:
    """Return VINs that lost the white around them: every one of a run must have the right check digit."""
    found = []
    for match in _RUN.finditer(text):
        starts = range(match.start(1), match.end(1), vins.LENGTH)
        spans = [(start, start + vins.LENGTH) for start in starts]
        if all(_is_surely_one(text[a:b]) for a, b in spans) or (labelled and len(spans) == 1):
            found += spans
    return found


def _before_a_designation(text: str) -> list[tuple[int, int]]:
    """Return VINs that lost the white before the designation behind them: LX48PUUS9SU037500XC6480GT1."""
    found = (match.span(1) for match in _WITH_DESIGNATION.finditer(text))
    return [(start, stop) for start, stop in found if _is_surely_one(text[start:stop])]


def _is_surely_one(text: str) -> bool:
    """Return whether a text is a VIN by its check digit; an account's number is none, whatever its ninth figure."""
    return vins.is_valid(text) and sum(map(str.isalpha, text)) >= FEWEST_LETTERS


def _divided(text: str, labelled: bool) -> list[tuple[int, int]]:
    """Return VINs with spaces or strokes inside; under a label also such as lost or gained a character."""
    found = []
    for match in _TOKEN.finditer(text):
        start = match.start()
        serial = _SERIAL.match(match.group())
        if serial and len(vins.normalise(match.group())) > vins.LENGTH:
            start += serial.end()
        word = _LABEL_WORD.match(vins.normalise(text[start : match.end()]))
        if word:
            start = _skip(text, start, word.end())
        if find_dates(text[start : match.end()]):
            continue  # a designation with a day behind it, a stamp: RECEIVED 02 MAY 2026
        words = text[start : match.end()].split()
        if any(map(_DESIGNATION.fullmatch, words)) and any(len(w) > LONGEST_GROUP and w.isalpha() for w in words):
            continue  # a brand with its designation
        if _is_vin_like(_value(text[start : match.end()]), text[start : match.end()], labelled):
            found.append((start, match.end()))
    return found


def _value(text: str) -> str:
    return vins.without_impossible(vins.normalise(text.translate(_NARROW)))


def _skip(text: str, start: int, characters: int) -> int:
    """Return the position after so many letters and digits."""
    position = start
    while characters:
        characters -= text[position].isalnum()
        position += 1
    while not text[position].isalnum():
        position += 1
    return position


def _is_vin_like(value: str, text: str, labelled: bool) -> bool:
    letters = sum(character.isalpha() for character in value)
    digits = sum(character.isdigit() for character in text)  # as read: words have an O and an I, too
    small = sum(character.islower() for character in text)
    if letters < FEWEST_LETTERS or digits < FEWEST_DIGITS or small > MOST_SMALL_LETTERS:
        return False
    if len(value) == vins.LENGTH:
        return labelled or vins.is_valid(value) or (value[0] in _CHINESE_REGION and not re.search(r"[-_.]", text))
    return labelled and SHORTEST <= len(value) <= LONGEST
