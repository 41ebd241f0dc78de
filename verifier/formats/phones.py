"""Telephone numbers in running text, and the countries their dial codes mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

_SHAPE = re.compile(
    r"(?:\+{1,2}|00|＋)?\(?\d(?:[\d\-–—().（）/]|\s(?!00[1-9](?:[\s()（）-]?\d){8,})){5,22}\d"
    r"(?:\s?(?:ext\.?|转|доб\.?)\s?\d{1,5})?"
)
"""A number behind the house that it follows is none of it: пр. Рудаки, 173 00992-37-610-89-61."""
FEWEST_DIGITS, MOST_DIGITS = 7, 15
"""ITU-T E.164 allows 15; shorter than 7 are internal extensions."""
_HOME_CODE = "+86"
_LABEL = re.compile(r"(?:电话|手机|热线|传真|联系方式|tel|phone|mob|hotline|тел)", re.I)
AS_PHONE = "tel "
"""Before digits that a label already calls a telephone number."""


@dataclass(frozen=True, slots=True)
class PhoneMention:
    """A telephone number at characters `start` to `stop`; `value` has digits with a leading + where given."""

    value: str
    countries: tuple[str, ...]
    """ISO countries its dial code can mean: two for +7, none without a dial code."""
    start: int
    stop: int


def find_phones(text: str) -> tuple[PhoneMention, ...]:
    """Return the telephone numbers in `text`; without a dial code only where a label stands before.

    >>> find_phones("Тел. +996 312 555 010")[0].countries
    ('KG',)
    >>> find_phones("电话：+7 727 250 1122")[0].countries
    ('KZ',)
    """
    found = []
    for match in _SHAPE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        international = match.group()[0] in "+＋" or match.group().startswith("00")
        if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
            continue
        if international or _LABEL.search(text[: match.start()]):
            found.append(_mention(match, digits, international))
    return tuple(found)


def has_international(text: str) -> bool:
    """Return whether a text holds a telephone number in international form.

    >>> has_international("Tel. +7 727 250 1122"), has_international("电话：010-62201122")
    (True, False)
    """
    return any(phone.value.startswith("+") for phone in find_phones(text))


def has_foreign(text: str) -> bool:
    """Return whether a text holds a telephone number with a dial code of another country than the makers'.

    >>> has_foreign("Tel. +7 727 250 1122"), has_foreign("Tel. +86 10 6220 1122")
    (True, False)
    """
    numbers = (phone.value for phone in find_phones(text))
    return any(number.startswith("+") and not number.startswith(_HOME_CODE) for number in numbers)


def countries_of(phone: str) -> tuple[str, ...]:
    """Return the ISO countries that a number in international form can belong to."""
    number = _parsed(phone)
    if number is None:
        return ()
    exact = phonenumbers.region_code_for_number(number)
    if exact and exact != "001":
        return (exact,)
    return tuple(r for r in phonenumbers.region_codes_for_country_code(number.country_code or 0) if r != "001")


def is_whole(phone: str) -> bool:
    """Return whether a number in international form is one that its country gives out."""
    number = _parsed(phone)
    return number is not None and phonenumbers.is_valid_number(number)


def is_possible(phone: str) -> bool:
    """Return whether a number in international form has a length that its country gives out."""
    number = _parsed(phone)
    return number is not None and phonenumbers.is_possible_number(number)


def _parsed(phone: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(re.sub(r"^\s*00", "+", phone))
    except phonenumbers.NumberParseException:
        return None


def _mention(match: re.Match[str], digits: str, international: bool) -> PhoneMention:
    if not international:
        return PhoneMention(digits, (), match.start(), match.end())
    value = "+" + (digits[2:] if match.group().startswith("00") else digits)
    return PhoneMention(value, countries_of(value), match.start(), match.end())
