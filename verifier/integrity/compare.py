"""Whether what a layer says contradicts what the pixels show; readers' noise is no contradiction."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from verifier.formats.countries import country_names
from verifier.formats.dates import find_dates
from verifier.formats.distance import edit_distance
from verifier.formats.gazetteer import Gazetteer
from verifier.formats.names import LEGAL_FORM
from verifier.formats.organisations import find_organisations
from verifier.formats.vin import HOMOGLYPHS, is_valid, is_well_formed, normalise
from verifier.integrity.fields import Sort, VerdictField

VIN_TOKEN = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{17}(?![0-9A-Z])")
NOISE_DISTANCE = 3
"""Edits by which a reader may miss a number; one edit is the rule, three are no chance."""
MAKERS_COUNTRY = "CN"
"""Stands in every letter as the maker's address; its mention says nothing about the destination."""
TOLERANCE = {Sort.NAME: 0.0, Sort.CODE: 0.15, Sort.PROSE: 0.35}
"""Share of characters that may differ. An issuer that is one character off is another one, and misread from
the pixels it does not pass as the maker anyway; a code may hold one misread sign; addresses stand in small
print and in scripts that the reader knows badly, and a lie replaces more than a third."""
SURE = 0.98
"""Confidence from which single characters are held against the layer. Where the reader was less sure (print
beneath a seal's rim), the field says so itself and a person looks at it."""
TOLERANCE_UNSURE = 0.4
MOST_FOREIGN = 0.3
"""Share of letters that are neither Chinese nor Latin, which the first reader's alphabet lacks: of such an
address it sees scraps."""
OTHER_COMPANY, FEWEST_OTHER = 0.6, 2
"""The same, and characters, for what a scanner's reader made of a company's own name: beneath a seal readers miss half
of it at worst."""
_OF_MAKERS = re.compile(
    r"新能源|汽车|车辆|客车|重型|商用车?|乘用车?|越野|智能|科技|技术|制造|工业|集团|股份"
    r"|\b(?:new\s+energy|automo\w+|auto|motors?|vehicles?|bus|trucks?|heavy|duty|intelligent|technolog\w+|manufactur\w+|industr\w+|group|works)\b",
    re.I,
)
FEWEST_TO_COMPARE = 0.5
"""Share of the field's length that the layer must have in its box to be compared at all."""
_FOLDED = str.maketrans("oil|", "0111")
"""Signs that a reader cannot tell apart out of context."""


@lru_cache(maxsize=1)
def _countries() -> Gazetteer:
    return country_names(())


def countries_in(text: str) -> frozenset[str]:
    """Return the codes of the countries that `text` names, in any language of letters."""
    return frozenset(mention.code for mention in _countries().find(text))


def vins_in(text: str) -> tuple[str, ...]:
    """Return the 17-character tokens of `text` that are well-formed, letters of other alphabets made Latin.

    A text that is one number with spaces between its characters counts as well.
    """
    latin = latinised(text)
    tokens = VIN_TOKEN.findall(latin) or [normalise(latin)]
    return tuple(token for token in tokens if is_well_formed(token))


def latinised(text: str) -> str:
    """Return `text` in half-width capitals, Cyrillic and Greek look-alikes made Latin."""
    return "".join(HOMOGLYPHS.get(c, c) for c in unicodedata.normalize("NFKC", text).upper())


def essence(text: str) -> str:
    """Return what of a text is compared: letters and digits, small, look-alike signs made one."""
    folded = latinised(text).lower().translate(_FOLDED)
    return "".join(c for c in folded if c.isalnum())


def contradicts(field: VerdictField, said: str, *, honest_noise: bool) -> bool:
    """Return whether `said`, found in the field's box, says another value than the field.

    `honest_noise`: `said` is the invisible layer that a scanner's reader made, and errs as readers do; then
    only another valid vehicle number, another country and another company count.
    """
    shown = field.field
    if essence(shown.text) and essence(shown.text) in essence(said):
        return False
    if field.sort is Sort.VIN:
        return _another_vin(shown.value, said, honest_noise=honest_noise)
    if field.sort is Sort.COUNTRY:
        return _another_country(shown.value, said)
    if honest_noise:
        return field.sort is Sort.NAME and _another_company(shown.text, said)
    if field.sort is Sort.DATE:
        return _another_date(shown.value, said)
    if field.sort is Sort.PROSE and _foreign_share(said) > MOST_FOREIGN:
        return False
    tolerance = TOLERANCE[field.sort] if shown.confidence >= SURE else TOLERANCE_UNSURE
    return _another_text(shown.text, said, tolerance)


def _another_vin(value: str, said: str, *, honest_noise: bool) -> bool:
    if value in normalise(latinised(said)):
        return False
    others = [vin for vin in vins_in(said) if vin != value]
    if honest_noise:
        return any(is_valid(vin) for vin in others)
    return any(is_valid(v) or is_valid(value) or edit_distance(v, value) >= NOISE_DISTANCE for v in others)


def _another_country(value: str, said: str) -> bool:
    named = countries_in(said)
    return value not in named and bool(named - {MAKERS_COUNTRY})


def _another_date(value: str, said: str) -> bool:
    found = find_dates(said)
    try:
        shown = date.fromisoformat(value)
    except ValueError:
        return False
    return bool(found) and not any(mention.ambiguous or mention.value == shown for mention in found)


def _another_company(shown: str, said: str) -> bool:
    """Return whether `said` is a company with a legal form and shares nothing of what is the shown one's own name."""
    expected = _own_name(shown)
    named = [_own_name(said[one.start : one.stop]) for one in find_organisations(said) if one.formed]
    return bool(expected and named) and all(
        distance_within(expected, other) > max(OTHER_COMPANY * len(expected), FEWEST_OTHER) for other in named
    )


def _own_name(name: str) -> str:
    """Return a company's name without its legal form and the words that most makers of vehicles have in theirs."""
    return essence(_OF_MAKERS.sub("", LEGAL_FORM.sub("", name)))


def _another_text(shown: str, said: str, tolerance: float) -> bool:
    expected, found = essence(shown), essence(said)
    if not expected or len(found) < FEWEST_TO_COMPARE * len(expected) or not _is_legible(said):
        return False
    return distance_within(expected, found) > tolerance * len(expected)


def _foreign_share(text: str) -> float:
    letters = [c for c in text if c.isalpha()]
    foreign = sum(not (c.isascii() or "CJK" in (n := unicodedata.name(c, "")) or "LATIN" in n) for c in letters)
    return foreign / len(letters) if letters else 0.0


def _is_legible(text: str) -> bool:
    """Return whether `text` has a usable alphabet: private-use and control characters have none."""
    usable = sum(unicodedata.category(c)[0] in "LNPZS" for c in text)
    return usable >= 0.9 * len(text)


def distance_within(wanted: str, text: str) -> int:
    """Return the edit distance between `wanted` and the part of `text` most like it.

    >>> distance_within("kazakhstan", "exportedtokazakstanonly")
    1
    """
    previous = [0] * (len(text) + 1)
    for row, character in enumerate(wanted, 1):
        current = [row]
        for column, other in enumerate(text, 1):
            replaced = previous[column - 1] + (character != other)
            current.append(min(previous[column] + 1, current[-1] + 1, replaced))
        previous = current
    return min(previous)
