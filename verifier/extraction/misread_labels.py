"""Labels that a reader got wrong by one letter: Date of ssue, Resistered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from verifier.formats.gazetteer import Gazetteer, fold

FEWEST_LETTERS = 8
"""Letters of a label that one wrong letter leaves recognisable; in shorter ones, and in Chinese ones of the usual
length, it makes another word: 出具日期, 出厂日期."""
LONGEST = 60
"""Characters of a text that may be a label with its number and its white."""
ENDING = 2
"""Letters at the end in which words are inflected: Service outlets is a heading, Service outlet a label."""
_NUMBER = re.compile(r"^[\W\d_]+")


def misread_label(text: str, fields: Gazetteer) -> str | None:
    """Return what a label is about that is one letter off a known one, None where no single one is that near.

    >>> misread_label("6. Date of ssue", Gazetteer.of([("Date of issue", "issued_on")]))
    'issued_on'
    """
    if not FEWEST_LETTERS <= len(text) <= LONGEST:
        return None
    compact = fold(_NUMBER.sub("", text)).rstrip(":：. ")
    if len(compact) < FEWEST_LETTERS or not all(_is_letter(character) for character in compact):
        return None
    if compact in fields.codes:
        return None  # read as it stands
    near = _neighbours(fields)
    names = {near[form] for form in _forms(compact) if form in near}
    return names.pop() if len(names) == 1 and None not in names else None


@lru_cache(maxsize=4)
def _neighbours(fields: Gazetteer) -> Mapping[str, str | None]:
    """Return what every long label is about, by the label and by it without one of its letters; None: by several."""
    found: dict[str, str | None] = {}
    for label, code in fields.codes.items():
        if len(label) >= FEWEST_LETTERS and all(map(_is_letter, label)):
            for form in _forms(label):
                found[form] = code if found.get(form, code) == code else None
    return found


def _forms(word: str) -> Iterator[str]:
    """Yield a word, and it without each of its letters: two words one letter apart share one of these."""
    yield word
    for index in range(len(word) - ENDING):
        yield word[:index] + word[index + 1 :]


def _is_letter(character: str) -> bool:
    return character.isalpha() and character < "\u0600"
