"""Country names in the languages of letters: CLDR's by Babel, with the aliases of models/countries.csv."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from verifier.formats.gazetteer import Gazetteer, fold

LANGUAGES = ("zh", "zh_Hant", "en", "ru", "kk", "uz", "ky", "fr", "es", "pt", "ar", "tr", "az", "tg", "mn", "id")
"""Languages that letters to the main destinations are written in."""
RARER, RARER_SHORTEST = frozenset({"tr", "az", "tg", "mn", "id"}), 5
"""Languages of fewer letters, whose short names (Çad, Fas, Сири) are words or codes of others."""
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA"})
_ACCENTS = "\u0300\u0301\u0302\u0303\u0308"
"""Grave, acute, circumflex, tilde and diaeresis, which are a few dots apart in a scan."""
_LATIN_SHORTEST = 4
"""Shorter Latin names (Oman has four letters) are only taken from the alias table."""
_ACCENTED_SHORTEST = 6
"""Shorter ones without their accents are words and names of people: Ira, Oma, suede."""


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(c for c in get_global("territory_zones") if len(c) == 2 and c.isalpha()) - _NOT_COUNTRIES


@lru_cache(maxsize=1)
def _standard_names() -> dict[str, str]:
    """Return CLDR's names of every ISO country in the languages of letters, with alpha-2 codes."""
    codes = _codes()
    names: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in codes and _is_long_enough(name, language):
                names.setdefault(name, code)
    return names


def _is_long_enough(name: str, language: str) -> bool:
    """Return whether a name is too long to be a word or code of another language."""
    if language in RARER:
        return len(name) >= RARER_SHORTEST
    return not name.isascii() or len(name) >= _LATIN_SHORTEST


def _misread(name: str) -> Iterator[str]:
    """Yield the ways in which readers and typists miss a Latin name: l for I, accents left out or taken for others.

    >>> sorted(set(_misread("Iran"))), "Perou" in _misread("Pérou"), "Réunlon" in _misread("Réunion")
    (['lran'], False, False)
    """
    if not name or unicodedata.name(name[0], "").split()[0] != "LATIN":
        return
    letters = unicodedata.normalize("NFD", name)
    for accent in ("", *_ACCENTS):
        changed = "".join((accent if unicodedata.combining(c) else c) for c in letters)
        if len(name) < (_LATIN_SHORTEST if changed == letters else _ACCENTED_SHORTEST):
            continue
        for text in {changed, changed.replace("I", "l")}:
            composed = unicodedata.normalize("NFC", text)
            if composed != name and not any(map(unicodedata.combining, composed)):
                yield composed


def country_names(aliases: Sequence[tuple[str, str]]) -> Gazetteer:
    """Return the matcher over CLDR's country names and `aliases`, pairs of (name, code); aliases win.

    A name is found misread, too (Côte d'lvoire), where that could be one country's only and is no other name.

    A code of several countries ("CD/CG" for 刚果 alone) marks an ambiguous name.
    """
    names = [*_standard_names().items(), *aliases]
    known = {fold(name): code for name, code in reversed(_standard_names().items())} | {fold(n): c for n, c in aliases}
    codes: dict[str, set[str]] = {}
    for name, code in names:
        for misread in map(fold, _misread(name)):
            codes.setdefault(misread, set()).add(code)
    near = [(name, next(iter(meant))) for name, meant in codes.items() if len(meant) == 1 and name not in known]
    return Gazetteer.of([*near, *known.items()])


def is_code(text: str) -> bool:
    """Return whether `text` is an ISO 3166 alpha-2 code.

    >>> is_code("KZ"), is_code("XX")
    (True, False)
    """
    return text in _codes()
