"""Dates as letters write them, in the languages of letters; says where day and month may be exchanged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

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
            "januar січня january jan января январь янв enero ene janvier janv janeiro ocak januari "
            "қаңтар yanvar يناير كانون_الثاني",
            "februar лютого february feb февраля февраль фев febrero février fevrier févr fevereiro fev şubat februari "
            "ақпан fevral فبراير شباط",
            "märz maerz березня march mar марта март mapta mapra мар marzo mars março marco mart maret "
            "наурыз مارس آذار",
            "квітня april apr апреля апрель апр abril abr avril avr nisan сәуір aprel أبريل ابريل إبريل نيسان",
            "травня may mei мая май mayo mai maio mayıs мамыр مايو أيار",
            "juni червня june jun июня июнь июн junio juin junho haziran маусым iyun يونيو حزيران",
            "juli липня july jul июля июль июл julio juillet juil julho temmuz шілде iyul يوليو تموز",
            "серпня august aug августа август авг agosto ago août aout ağustos agustus тамыз avgust أغسطس اغسطس آب",
            "вересня september sep sept сентября сентябрь сент сен septiembre setiembre septembre setembro eylül "
            "қыркүйек sentabr sentyabr سبتمبر أيلول",
            "oktober okt жовтня october oct октября октябрь окт octubre octobre outubro ekim қазан oktabr oktyabr "
            "أكتوبر اكتوبر تشرين_الأول",
            "листопада november nov ноября ноябрь нояб ноя noviembre novembre novembro kasım "
            "қараша noyabr نوفمبر تشرين_الثاني",
            "dezember desember грудня december dec декабря декабрь дек diciembre dic décembre decembre déc dezembro "
            "dez aralık желтоқсан dekabr ديسمبر كانون_الأول",
        ),
        1,
    )
    for name in names.replace("_", "\N{NO-BREAK SPACE}").split(" ")
}
_MONTH = (
    "(" + "|".join(name.replace("\N{NO-BREAK SPACE}", r"\s") for name in sorted(_MONTHS, key=len, reverse=True)) + ")"
)
_DAY_BEFORE = (
    r"(?<!\d)(?:[«“\"]\s?)?(\d{1,2})\s?[»”\"]?\s*(?:st|nd|rd|th|er|\.?[ºª°]|-?(?:ое|го|е))?\s*"
    r"(?:(?:day\s*of|of|d[ií]as?\s*d[eo]l?\s*m[eê]s\s*de|de|d['’])\s*)?[-.\s]?"
)
"""12, 12th, 1er, 1.º, «12», 12th day of, 12 de."""
_YEAR_BEHIND = r"((?:19|20)\d{2})(?!\d)"
_BEFORE_YEAR = r"\.?,?[-\s]*(?:(?:del?\s*año|do\s*ano|del|de|of|in\s*the\s*year)\s*)?"
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0D, 0xFF0E, 0xFF0F)} | {
    first + digit: str(digit) for first in (0x0660, 0x06F0) for digit in range(10)
}
"""Full-width digits, hyphen, full stop and stroke; the digits of Arabic and Persian."""
_L_AS_ONE = re.compile(r"(?<=[A-Za-z]{2})1(?=[\s.,]|y\b)|(?<=[A-Za-z]{3})1(?=y\b)")
"""The l of April and July read as a figure: 16 Apri1 2026."""
_HAN_DIGITS = "〇零○Oo0０一二三四五六七八九"
_HAN_DAY = "[〇零○一二三四五六七八九十廿卅]{1,3}"
_PATTERNS = (
    ("HhD", re.compile(rf"([{_HAN_DIGITS}]{{4}})\s*年\s*({_HAN_DAY}|[元正])\s*月\s*({_HAN_DAY}|\d{{1,2}})\s*日?")),
    # a star or a pen hides 年: four digits of a year, then month and day with their own words
    ("HhD", re.compile(rf"(?<![{_HAN_DIGITS}])(二[{_HAN_DIGITS}]{{3}})\s*({_HAN_DAY})\s*月\s*({_HAN_DAY})\s*日")),
    # readers lose the small circle of 〇: 二二六年 is 2026, no other year is written so
    (
        "HhD",
        re.compile(rf"(?<![{_HAN_DIGITS}])(二二[一二三四五六七八九])\s*年\s*({_HAN_DAY})\s*月\s*({_HAN_DAY})\s*日?"),
    ),
    ("ymd", re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?(?!\d)")),
    # a pen's stroke before a year is read as a figure: 72026年04月15日
    ("ymd", re.compile(r"(?<=(?<!\d)\d)(20[2-4]\d)年(\d{1,2})月(\d{1,2})日")),
    ("yhD", re.compile(rf"(?<!\d)((?:19|20)\d{{2}})\s*年\s*({_HAN_DAY})\s*月\s*({_HAN_DAY})\s*日")),
    # 2026 оны 3 дугаар сарын 12
    (
        "ymd",
        re.compile(r"(?<!\d)(20\d{2})\s*оны?\s*(\d{1,2})\s*[-–]?\s*(?:р|дугаар|дүгээр)?\s*сарын\s*(\d{1,2})(?!\d)"),
    ),
    # a seal's star hides 年: four digits of a year, then month and day with their own words
    ("ymd", re.compile(r"(?<!\d)(20\d{2})\s*(1[0-2]|0?[1-9])\s*月\s*(\d{1,2})\s*日")),
    ("ymd", re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[-/.．－—–]\s?(\d{1,2})\s?[-/.．－—–]\s?(\d{1,2})(?!\d)")),
    ("ymd", re.compile(r"(?<![\dA-Za-z])(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\dA-Za-z])")),
    ("dMy", re.compile(rf"{_DAY_BEFORE}{_MONTH}[a-z]*{_BEFORE_YEAR}{_YEAR_BEHIND}", re.I)),
    (
        "Mdy",
        re.compile(
            rf"(?<![^\W\d_]){_MONTH}\.?\s*(?:the\s*)?(\d{{1,2}})\s*(?:st|nd|rd|th)?\s*,?\s*(?:(?:del|de|of)\s*)?{_YEAR_BEHIND}",
            re.I,
        ),
    ),
    ("dMy", re.compile(rf"(?<!\d)(\d{{1,2}})\s?/\s?{_MONTH}[a-z]*\s?/\s?{_YEAR_BEHIND}", re.I)),
    # 2026 жылғы 12 наурыз, 2026-yil 12-mart
    (
        "ydM",
        re.compile(
            rf"(?<!\d)((?:19|20)\d{{2}})\s*-?\s*(?:жылғы|жылы|ж\.|yil|йил(?:нинг)?)\s*(\d{{1,2}})[-\s]*{_MONTH}", re.I
        ),
    ),
    ("yMd", re.compile(rf"(?<!\d)((?:19|20)\d{{2}})[-,/.\s]\s?{_MONTH}[a-z]*[-,/.\s]\s?(\d{{1,2}})(?![\d:])", re.I)),
    ("dMY", re.compile(rf"(?<!\d)(\d{{1,2}})[-\s]{_MONTH}[-\s'’](\d{{2}})(?![\d:])", re.I)),
    (
        "dmy",
        re.compile(rf"(?<!\d)(?:(?-i:Ngày)\s*)?(\d{{1,2}})\s*tháng\s*(\d{{1,2}})\s*(?:,|năm)?\s*{_YEAR_BEHIND}", re.I),
    ),
    ("xmy", re.compile(r"(?<!\d)(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?((?:19|20)\d{2})(?!\d)")),
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at characters `start` to `stop`; `ambiguous` where day and month could be exchanged."""

    value: date
    ambiguous: bool
    start: int
    stop: int


TEXTS_REMEMBERED = 8192
"""Extraction looks for dates in each cell of a document ten times and more."""


@lru_cache(maxsize=TEXTS_REMEMBERED)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """Return the dates in `text`, in their order, without overlaps.

    >>> [str(m.value) for m in find_dates("二〇二六年一月十五日 and 15 January 2026, 2026年3月2日")]
    ['2026-01-15', '2026-01-15', '2026-03-02']
    >>> find_dates("03/04/2026")[0].ambiguous
    True
    >>> [str(m.value) for m in find_dates("20262月20日 202612月1日 二〇二六三月十六日")]
    ['2026-02-20', '2026-12-01', '2026-03-16']
    """
    text = _L_AS_ONE.sub("l", text.translate(_NARROW))
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
    parts = {_PART[letter]: _READ[letter](text) for letter, text in zip(form, match.groups(), strict=True)}
    year, month, day = parts["year"], parts["month"], parts["day"]
    ambiguous = False
    if "x" in form:
        if month > 12:
            month, day = day, month
        # with full stops it is day first everywhere it is written so
        ambiguous = day <= 12 and month != day and "." not in match.group()
    try:
        return DateMention(date(year, month, day), ambiguous, match.start(), match.end())
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS["\N{NO-BREAK SPACE}".join(name.lower().split())]


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


_READ: Mapping[str, Callable[[str], int]] = {
    "y": int, "Y": lambda text: 2000 + int(text), "H": _han_year,
    "m": int, "M": _month, "h": _han_number,
    "d": int, "D": _han_number, "x": int,
}  # fmt: skip
"""How a part of a date is read, by its letter in the forms: digits, two digits of a year, a name, Chinese numerals;
`x` is a day that may be the month."""
_PART = {letter: part for part, letters in (("year", "yYH"), ("month", "mMh"), ("day", "dDx")) for letter in letters}
