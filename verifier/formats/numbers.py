"""Numbers that papers carry: letters' own, announcement batches, product certificates; how each is compared."""

from __future__ import annotations

import re
import unicodedata

from verifier.formats.chinese import simplified

_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100}
_LIKE_DIGITS = str.maketrans("OQIL", "0011")
"""Capitals that readers take for digits, and digits for them: one letter's HO was read H0 in a photograph."""
_YEAR_AND_NUMBER = re.compile(r"(20\d{2})年?(?:第)?(\d{1,4})号")
_BATCH = re.compile(r"(?:第|批次|BATCH(?:NO)?)?(\d{1,4})(?:批|$)")


def number_key(number: str) -> str:
    """Return the form in which letter numbers are compared: brackets, spaces and case carry no meaning.

    >>> number_key("YH售后〔2026〕45号") == number_key("yh售后[2026] 45号")
    True
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", number).upper())


def letter_number_key(number: str) -> str:
    """Return the form in which two letters' numbers are found to be one, whichever of O and 0, I, L and 1 was read.

    No office numbers its letters by what nobody can tell apart.

    >>> letter_number_key("HO20260304") == letter_number_key("H020260304")
    True
    """
    return number_key(number).translate(_LIKE_DIGITS)


def announcement_key(text: str) -> str:
    """Return the form in which announcements are compared: the batch, or year and number of a ministry's notice.

    >>> announcement_key("（第402批）"), announcement_key("402"), announcement_key("第四〇二批")
    ('402', '402', '402')
    >>> announcement_key("工业和信息化部公告2026年第12号")
    '2026-12'
    """
    key = number_key(simplified(text))
    key = re.sub(r"[零〇○一二三四五六七八九十百两]+", lambda match: str(han_number(match.group())), key)
    notice = _YEAR_AND_NUMBER.search(key)
    batch = _BATCH.search(key)
    if batch and (not notice or "批" in key):
        return str(int(batch[1]))
    return f"{notice[1]}-{int(notice[2])}" if notice else key


def han_number(text: str) -> int:
    """Return a number below 1000 in Chinese numerals, by place or digit by digit.

    >>> han_number("四百零二"), han_number("四〇二"), han_number("三百九十"), han_number("十二")
    (402, 402, 390, 12)
    """
    if not any(unit in text for unit in _HAN_UNITS):
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    total, digit = 0, 1 if text[0] in _HAN_UNITS else 0
    for character in text:
        if character in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[character]
            digit = 0
        else:
            digit = _HAN_DIGITS[character]
    return total + digit


def certificate_key(text: str) -> str:
    """Return the form in which product certificates are compared: letters and digits, no CCC before them.

    >>> certificate_key("CCC 2025 0111 0123 4567") == certificate_key("2025011101234567")
    True
    """
    return re.sub(r"^(?:CCC|3C)(?:NO)?", "", number_key(text))
