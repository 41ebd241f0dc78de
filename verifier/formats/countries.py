"""Countries by name, in the languages of letters: CLDR's names by Babel, with the aliases of models/countries.csv."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.core import get_global

LANGUAGES = ("zh", "zh_Hant", "en", "ru", "kk", "uz", "ky", "fr", "es", "pt", "ar")
"""Languages that letters to the main destinations are written in."""
_NOT_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA"}
)
_LATIN_SHORTEST = 4
"""Shorter Latin names (Oman has four letters) are only taken from the alias table."""


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country named at characters `start` to `stop`."""

    alpha2: str
    start: int
    stop: int


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(c for c in get_global("territory_zones") if len(c) == 2 and c.isalpha()) - _NOT_COUNTRIES


@lru_cache(maxsize=1)
def _standard_names() -> dict[str, str]:
    """Return every CLDR name of every ISO country in the languages of letters, folded, with its alpha-2 code."""
    codes = _codes()
    names: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in codes and (not name.isascii() or len(name) >= _LATIN_SHORTEST):
                names.setdefault(fold(name), code)
    return names


def fold(text: str) -> str:
    """Return `text` in NFKC, small letters, without spaces: the form names are compared in.

    >>> fold("United Arab  Emirates")
    'unitedarabemirates'
    """
    return "".join(unicodedata.normalize("NFKC", text).replace("’", "'").lower().split())


@dataclass(frozen=True, slots=True)
class Countries:
    """A matcher over all known names, built once: names by first character, longest first."""

    codes: Mapping[str, str]
    by_first: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, aliases: Iterable[tuple[str, str]]) -> Countries:
        """Return the matcher over CLDR's names and `aliases`, pairs of (name, code); aliases win.

        A code of several countries ("CD/CG" for 刚果 alone) marks an ambiguous name.
        """
        codes = _standard_names() | {fold(name): code for name, code in aliases}
        by_first: dict[str, list[str]] = {}
        for name in sorted(codes, key=len, reverse=True):
            by_first.setdefault(name[0], []).append(name)
        return cls(codes, {first: tuple(names) for first, names in by_first.items()})

    def find(self, text: str) -> tuple[CountryMention, ...]:
        """Return the countries named in `text`, the longest name where names contain one another.

        Readers drop spaces, so they are ignored; but a Latin or Cyrillic name must be whole words: Niger is
        not found in Nigeria, nor in "NIGERIA".
        """
        positions = [index for index, character in enumerate(text) if not character.isspace()]
        compact = "".join(_one_lower(text[index]) for index in positions)
        found = []
        start = 0
        while start < len(compact):
            name = self._name_at(text, compact, positions, start)
            if name:
                stop = positions[start + len(name) - 1] + 1
                found.append(CountryMention(self.codes[name], positions[start], stop))
            start += len(name) or 1
        return tuple(found)

    def parse(self, text: str) -> str:
        """Return the code of the country that `text` names and nothing else, else raise ValueError."""
        stripped = fold(text).strip(".,;:，。；：、()（）")
        if stripped not in self.codes:
            raise ValueError(f"not a country: {text!r}")
        return self.codes[stripped]

    def _name_at(self, text: str, compact: str, positions: list[int], start: int) -> str:
        for name in self.by_first.get(compact[start], ()):
            if compact.startswith(name, start):
                first, last = positions[start], positions[start + len(name) - 1]
                if _is_border(text, first - 1) and _is_border(text, last):
                    return name
        return ""


def _one_lower(character: str) -> str:
    """Return the character in the form of `fold`, one character long whatever Unicode says."""
    folded = unicodedata.normalize("NFKC", character).replace("’", "'").lower()
    return folded[0] if folded else character


def _is_border(text: str, left: int) -> bool:
    """Return whether a word may end after position `left`: not inside a word of a script that has words.

    A small letter before a capital is a border where a reader lost the space.
    """
    if left < 0 or left + 1 >= len(text):
        return True
    a, b = text[left], text[left + 1]
    return not (_has_words(a) and _has_words(b)) or (a.islower() and b.isupper())


def _has_words(character: str) -> bool:
    return character.isalpha() and not "\u3400" <= character <= "\u9fff"


def is_code(text: str) -> bool:
    """Return whether `text` is an ISO 3166 alpha-2 code.

    >>> is_code("KZ"), is_code("XX")
    (True, False)
    """
    return text in _codes()
