"""Names found in text that readers may have robbed of its spaces: the longest one wins, whole words only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from verifier.formats.chinese import simplified


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at characters `start` to `stop`, with what it stands for."""

    code: str
    start: int
    stop: int


NUMERO = "№"
"""The one sign of labels that NFKC makes two characters of: kept, so that each character of a text stays one."""


def fold(text: str) -> str:
    """Return `text` in NFKC, simplified, small letters, without spaces and accents: the form names are compared in.

    >>> fold("United Arab  Emirates")
    'unitedarabemirates'
    """
    kept = NUMERO.join(unicodedata.normalize("NFKC", part) for part in text.split(NUMERO))
    return "".join(map(_without_accent, "".join(_small(kept).split())))


def _small(text: str) -> str:
    """Return a text of NFKC simplified, in small letters, with one sort of apostrophe, ё as е."""
    return simplified(text).translate(_APOSTROPHES).lower().replace("ё", "е")


@lru_cache(maxsize=4096)
def _without_accent(character: str) -> str:
    """Return a small Latin letter without its accent, any other character as it is: Perú is read Perü and Peru."""
    if character in _OTHER_LATIN:
        return _OTHER_LATIN[character]
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() and base.isalpha() else character


_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʻʼ`´", "'"))
"""How typists set the apostrophe of O'zbekiston and Côte d'Ivoire."""
_OTHER_LATIN = {"đ": "d", "ø": "o", "ł": "l", "ı": "i"}


_GLUED_WORD = re.compile(r"(?<=[a-z])(?:by|and|for|with|will)(?![a-z])")
"""Small words of sentences that lost the white before them: to Kuwaitby Manzhouli Co., Ltd."""
TEXTS_REMEMBERED = 8192
"""Extraction looks at each cell of a document five to ten times, from several sides: 100 pages of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Names and what they stand for, built once; `lengths` are those of the names that begin with a character.

    Looking up each length, longest first, costs the same for ten names and for thirty thousand.
    """

    codes: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> Gazetteer:
        """Return the matcher over pairs of (name, code); a later pair wins over an earlier one."""
        codes = {fold(name): code for name, code in names}
        lengths: dict[str, set[int]] = {}
        for name in codes:
            lengths.setdefault(name[0], set()).add(len(name))
        return cls(codes, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return what is named in `text`, the longest name where names contain one another.

        Readers drop spaces, so they are ignored; but a Latin or Cyrillic name must be whole words: Niger is
        not found in Nigeria.
        """
        return _found(self, text)

    def parse(self, text: str) -> str:
        """Return the code of the name that `text` is and nothing else, else raise ValueError."""
        stripped = fold(text).strip(".,;:，。；：、()（）")
        if stripped not in self.codes:
            raise ValueError(f"not a known name: {text!r}")
        return self.codes[stripped]


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _found(gazetteer: Gazetteer, text: str) -> tuple[Mention, ...]:
    """Return what is named in `text`."""
    positions = [index for index, character in enumerate(text) if not character.isspace()]
    compact = "".join(_one_lower(text[index]) for index in positions)
    found = []
    start = 0
    while start < len(compact):
        name = _name_at(gazetteer, text, compact, positions, start)
        if name:
            stop = positions[start + len(name) - 1] + 1
            found.append(Mention(gazetteer.codes[name], positions[start], stop))
        start += len(name) or 1
    return tuple(found)


def _name_at(gazetteer: Gazetteer, text: str, compact: str, positions: list[int], start: int) -> str:
    for length in gazetteer.lengths.get(compact[start], ()):
        name = compact[start : start + length]
        if name in gazetteer.codes:
            first, last = positions[start], positions[start + len(name) - 1]
            if _is_border(text, first - 1) and (_is_border(text, last) or _GLUED_WORD.match(text, last + 1)):
                return name
    return ""


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _one_lower(character: str) -> str:
    """Return the character in the form of `fold`, one character long whatever Unicode says."""
    if character == NUMERO:
        return character
    folded = _small(unicodedata.normalize("NFKC", character))
    return _without_accent(folded[0]) if folded else character


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
