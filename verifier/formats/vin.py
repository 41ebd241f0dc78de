"""Vehicle identification numbers (GB 16735-2019, ISO 3779).

Seventeen capitals and digits without I, O, Q; position 9 is a check digit, mandatory in China.
"""

from __future__ import annotations

import re

LENGTH = 17
ALPHABET = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VALUES = dict(
    zip(
        "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
        [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)],
        strict=True,
    )
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK_POSITION = 8
_YEAR_POSITION = 9
_YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789"
_FIRST_YEAR = 1980
_SEPARATORS = re.compile(r"[\s.\-·_/]+")

IMPOSSIBLE = {"I": "1", "O": "0", "Q": "0"}
"""Letters that no VIN has, with the digits they are read for."""
HOMOGLYPHS = dict(zip("АВСЕНКМОРТХУЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABCEHKMOPTXYSIJABEZHIKMNOPTYX", strict=True))
"""Cyrillic and Greek capitals that look like Latin ones."""
LOOKALIKES = (
    "1AJ",
    "2BKSZ",
    "3CLT8",
    "4DMUA",
    "5ENVS",
    "6FWG",
    "7GPXT",
    "8HYB",
    "9RZ",
    "0D",
    "VY",
    "UV",
    "MN",
)
"""Characters taken for one another in print, beside the classes that share a check-digit value."""


def normalise(text: str) -> str:
    """Return `text` in capitals without the separators that a VIN may be printed with.

    >>> normalise("1hg-CM826 33A00 4352")
    '1HGCM82633A004352'
    """
    return _SEPARATORS.sub("", text).upper()


def without_impossible(text: str) -> str:
    """Return a normalised reading with I, O, Q as the digits they must be.

    >>> without_impossible("1HGCM82633AOO4352")
    '1HGCM82633A004352'
    """
    return "".join(IMPOSSIBLE.get(character, character) for character in text)


def is_well_formed(vin: str) -> bool:
    """Return whether `vin` has 17 characters of the alphabet."""
    return len(vin) == LENGTH and all(character in _VALUES for character in vin)


def check_digit(vin: str) -> str:
    """Return the check digit that a well-formed VIN must have at position 9 (GB 16735-2019, annex A).

    >>> check_digit("1HGCM82633A004352")
    '3'
    """
    remainder = sum(_VALUES[c] * w for c, w in zip(vin, _WEIGHTS, strict=True)) % 11
    return "X" if remainder == 10 else str(remainder)


def is_valid(text: str) -> bool:
    """Return whether `text` is, but for separators and case, a well-formed VIN with the right check digit.

    >>> is_valid("1HGCM82633A004352"), is_valid("1HGCM82633A004353")
    (True, False)
    """
    vin = normalise(text)
    return is_well_formed(vin) and vin[_CHECK_POSITION] == check_digit(vin)


def model_years(vin: str, *, latest: int) -> tuple[int, ...]:
    """Return the model years up to `latest` that position 10 can mean, empty where its code is none.

    >>> model_years("1HGCM82633A004352", latest=2026)
    (2003,)
    """
    if len(vin) <= _YEAR_POSITION or vin[_YEAR_POSITION] not in _YEAR_CODES:
        return ()
    first = _FIRST_YEAR + _YEAR_CODES.index(vin[_YEAR_POSITION])
    return tuple(range(first, latest + 1, len(_YEAR_CODES)))


def valid_neighbours(vin: str) -> tuple[str, ...]:
    """Return the valid VINs one look-alike character away: suggestions for a person, never a correction."""
    found = []
    for position, character in enumerate(vin):
        for group in LOOKALIKES:
            for other in group if character in group else "":
                candidate = vin[:position] + other + vin[position + 1 :]
                if other != character and is_valid(candidate) and candidate not in found:
                    found.append(candidate)
    return tuple(found)
