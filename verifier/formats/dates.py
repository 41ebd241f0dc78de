"""Dates as letters write them: Chinese, ISO, English, Russian; says where day and month may be exchanged."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_CHINESE_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "0": "0",
    "０": "0",
    "○": "0",
    "Ｏ": "0",
    "O": "0",
    "o": "0",
    "元": "1",
    "壹": "1",
    "贰": "2",
    "叁": "3",
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января январь enero ene janvier janv janeiro ocak",
            "february feb февраля февраль febrero février fevrier févr fevereiro şubat",
            "march mar марта март marzo mars março mart",
            "april apr апреля апрель abril abr avril avr nisan",
            "may мая май mayo mai maio mayıs",
            "june jun июня июнь junio juin junho haziran",
            "july jul июля июль julio juillet juil julho temmuz",
            "august aug августа август agosto ago août aout ağustos",
            "september sep sept сентября сентябрь septiembre setiembre septembre setembro eylül",
            "october oct октября октябрь octubre octobre outubro ekim",
            "november nov ноября ноябрь noviembre novembre novembro kasım",
            "december dec декабря декабрь diciembre dic décembre decembre déc dezembro aralık",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0D, 0xFF0E, 0xFF0F)}
"""Full-width digits, hyphen, full stop and stroke."""
_HAN_DIGITS = "〇零○Oo0０一二三四五六七八九"
_HAN_DAY = "[〇零○一二三四五六七八九十廿卅]{1,3}"
_PATTERNS = (
    ("han", re.compile(rf"([{_HAN_DIGITS}]{{4}})\s*年\s*({_HAN_DAY}|[元正])\s*月\s*({_HAN_DAY}|\d{{1,2}})\s*日?")),
    # a star or a pen hides 年: four digits of a year, then month and day with their own words
    ("han", re.compile(rf"(?<![{_HAN_DIGITS}])(二[{_HAN_DIGITS}]{{3}})\s*({_HAN_DAY})\s*月\s*({_HAN_DAY})\s*日")),
    # readers lose the small circle of 〇: 二二六年 is 2026, no other year is written so
    (
        "han",
        re.compile(rf"(?<![{_HAN_DIGITS}])(二二[一二三四五六七八九])\s*年\s*({_HAN_DAY})\s*月\s*({_HAN_DAY})\s*日?"),
    ),
    ("ymd", re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?(?!\d)")),
    # a seal's star hides 年: four digits of a year, then month and day with their own words
    ("ymd", re.compile(r"(?<!\d)(20\d{2})\s*(1[0-2]|0?[1-9])\s*月\s*(\d{1,2})\s*日")),
    ("ymd", re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.．－—–]\s?(\d{1,2})\s?[-/.．－—–]\s?(\d{1,2})(?!\d)")),
    ("ymd", re.compile(r"(?<![\dA-Za-z])(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\dA-Za-z])")),
    (
        "dMy",
        re.compile(
            rf"(?<!\d)(\d{{1,2}})\s*(?:st|nd|rd|th|er|º|-?(?:ое|го|е))?\s*(?:(?:of|de)\s*)?[-.\s]?{_MONTH}[a-z]*\.?,?[-\s]*(?:de\s*)?((?:19|20)\d{{2}})(?!\d)",
            re.I,
        ),
    ),
    (
        "Mdy",
        re.compile(
            rf"(?<![a-zа-я]){_MONTH}\.?\s*(\d{{1,2}})\s*(?:st|nd|rd|th)?\s*,?\s*((?:19|20)\d{{2}})(?!\d)",
            re.I,
        ),
    ),
    ("dMy", re.compile(rf"(?<!\d)(\d{{1,2}})\s?/\s?{_MONTH}[a-z]*\s?/\s?((?:19|20)\d{{2}})(?!\d)", re.I)),
    ("dmy", re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?((?:19|20)\d{2})(?!\d)")),
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at characters `start` to `stop`; `ambiguous` where day and month could be exchanged."""

    value: date
    ambiguous: bool
    start: int
    stop: int


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Return the dates in `text`, in their order, without overlaps.

    >>> [str(m.value) for m in find_dates("二〇二六年一月十五日 and 15 January 2026, 2026年3月2日")]
    ['2026-01-15', '2026-01-15', '2026-03-02']
    >>> find_dates("03/04/2026")[0].ambiguous
    True
    >>> [str(m.value) for m in find_dates("20262月20日 202612月1日 二〇二六三月十六日")]
    ['2026-02-20', '2026-12-01', '2026-03-16']
    """
    text = text.translate(_NARROW)
    found: list[DateMention] = []
    for form, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            mention = _read(form, match)
            if mention and not any(mention.start < f.stop and f.start < mention.stop for f in found):
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def parse_date(text: str) -> DateMention:
    """Return the one date that `text` is; raises ValueError where it is none or holds more."""
    found = find_dates(unicodedata.normalize("NFKC", text).strip())
    if len(found) != 1:
        raise ValueError(f"not a date: {text!r}")
    return found[0]


def _read(form: str, match: re.Match[str]) -> DateMention | None:
    first, second, third = match.groups()
    ambiguous = False
    if form == "han":
        year, month, day = _han_year(first), _han_number(second), _han_number(third)
    elif form == "ymd":
        year, month, day = int(first), int(second), int(third)
    elif form == "dMy":
        year, month, day = int(third), _MONTHS[second.lower()], int(first)
    elif form == "Mdy":
        year, month, day = int(third), _MONTHS[first.lower()], int(second)
    else:
        year, month, day = int(third), int(second), int(first)
        if month > 12:
            month, day = day, month
        # with full stops it is day first everywhere it is written so
        ambiguous = day <= 12 and month != day and "." not in match.group()
    try:
        return DateMention(date(year, month, day), ambiguous, match.start(), match.end())
    except ValueError:
        return None


def _digits(text: str) -> int:
    return int("".join(_CHINESE_DIGITS[character] for character in text))


def _han_year(text: str) -> int:
    """Return the year of four Chinese digits, or of 二二X with its 〇 lost in reading."""
    digits = _digits(text)
    return digits if digits > 999 else 2000 + digits % 100


def _han_number(text: str) -> int:
    """Return 1 to 31 from 一, 十五, 二十, 廿三, 三十一, 0 where it is no such number."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if text == "正":
        return 1
    if "十" not in text:
        return _digits(text)
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_digits(tens) if tens else 1) * 10 + (_digits(ones) if ones else 0)
