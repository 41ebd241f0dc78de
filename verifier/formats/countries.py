"""Country names in the languages of letters: CLDR's by Babel, with the aliases of models/countries.csv."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from babel.core import get_global

from verifier.formats.gazetteer import Gazetteer, fold

LANGUAGES = ("zh", "zh_Hant", "en", "ru", "kk", "uz", "ky", "fr", "es", "pt", "ar")
"""Languages that letters to the main destinations are written in."""
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "XK", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA"})
_LATIN_SHORTEST = 4
"""Shorter Latin names (Oman has four letters) are only taken from the alias table."""


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(c for c in get_global("territory_zones") if len(c) == 2 and c.isalpha()) - _NOT_COUNTRIES


@lru_cache(maxsize=1)
def _standard_names() -> dict[str, str]:
    """Return CLDR's names of every ISO country in the languages of letters, folded, with alpha-2 codes."""
    codes = _codes()
    names: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in codes and (not name.isascii() or len(name) >= _LATIN_SHORTEST):
                names.setdefault(fold(name), code)
    return names


def country_names(aliases: Iterable[tuple[str, str]]) -> Gazetteer:
    """Return the matcher over CLDR's country names and `aliases`, pairs of (name, code); aliases win.

    A code of several countries ("CD/CG" for 刚果 alone) marks an ambiguous name.
    """
    return Gazetteer.of([*_standard_names().items(), *aliases])


def is_code(text: str) -> bool:
    """Return whether `text` is an ISO 3166 alpha-2 code.

    >>> is_code("KZ"), is_code("XX")
    (True, False)
    """
    return text in _codes()
