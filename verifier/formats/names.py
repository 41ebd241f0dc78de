"""Names of companies: when two spellings are the same name, and what a name's words give away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from verifier.formats.chinese import simplified
from verifier.formats.distance import edit_distance

_DROPPED = re.compile(r"[\s·•・.,，。、'’‘\"“”\-–—_&()]+")
_INNER_DASH = re.compile(r"(?<=[\u4e00-\u9fff])\s*[-\u2010-\u2015－]+\s*(?=[\u4e00-\u9fff])")
_LATIN_FORMS = (
    (re.compile(r"\blimited\b"), "ltd"),
    (re.compile(r"\bcompany\b"), "co"),
    (re.compile(r"\bcorporation\b"), "corp"),
    (re.compile(r"\bincorporated\b"), "inc"),
    (re.compile(r"\band\b"), "&"),
)
_UNIT_WORDS = (
    "销售",
    "进出口",
    "国际贸易",
    "贸易",
    "经销",
    "经贸",
    "商贸",
    "改装",
    "海外事业部",
    "海外部",
    "国际部",
    "出口部",
    "事业部",
    "分公司",
    "办事处",
    "售后服务中心",
    "服务有限公司",
    "4S店",
    "专营店",
    "汽贸",
)
_UNIT_PATTERN_EN = re.compile(
    r"\b(sales|import|export|trading|trade|dealer(?:ship)?|distribut\w+|"
    r"overseas (?:department|division|unit)|international business|branch|"
    r"modification|refit\w*|conversion)\b",
    re.I,
)
REMEMBERED_NAMES = 16_384
"""Spellings worked out once: the same few hundred names are looked up for every letter."""
LEGAL_FORM = re.compile(
    r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|总公司|制造厂|汽车厂|总厂|股份公司|"
    r"co\.?,?\s*ltd\.?|company\s+limited|limited|corporation|corp\.?|(?<![a-z])inc(?![a-z])\.?|gmbh|\bag\b|\bplc\b|\bооо\b|\bао\b|\bworks\b|\bfactory\b)",
    re.I,
)
"""How the legal name of a company ends, or what it contains."""


@lru_cache(maxsize=REMEMBERED_NAMES)
def normalise_name(name: str) -> str:
    """Return the spelling under which two names are compared: one width, one script form, no punctuation.

    >>> normalise_name("星馳汽車（集團） 有限公司") == normalise_name("星驰汽车(集团)有限公司")
    True
    >>> normalise_name("Star Motor Company Limited") == normalise_name("STAR MOTOR CO., LTD.")
    True
    """
    text = simplified(unicodedata.normalize("NFKC", name)).casefold()
    for pattern, form in _LATIN_FORMS:
        text = pattern.sub(form, text)
    return _DROPPED.sub("", text)


@lru_cache(maxsize=REMEMBERED_NAMES)
def spellings(name: str) -> frozenset[str]:
    """Return the normalised forms in which a legal name may be read.

    A dash between Chinese characters is drawn like the numeral 一, and readers take it for one.

    >>> normalise_name("一汽一大众汽车有限公司") in spellings("一汽—大众汽车有限公司")
    True
    """
    return frozenset({normalise_name(name), normalise_name(_INNER_DASH.sub("一", name))})


def unit_word(name: str) -> str | None:
    """Return the word that shows a sales, trading, overseas or modifying unit, None where there is none.

    >>> unit_word("星驰汽车销售有限公司"), unit_word("星驰汽车制造有限公司")
    ('销售', None)
    """
    compact = unicodedata.normalize("NFKC", name)
    for word in _UNIT_WORDS:
        if word in compact:
            return word
    match = _UNIT_PATTERN_EN.search(compact)
    return match.group().lower() if match else None


CERTAIN_MISREAD, MOST_MISREAD = 1, 0.34
"""Characters in which two readings may differ and be one name for sure; share of a name that a seal may cover."""


def misread_characters(read: str, name: str) -> int | None:
    """Return in how many characters `read` may be a misreading of `name`; None where it must be another name.

    A word for a unit that may not issue is never read away.

    >>> misread_characters("北辰汽东有限公司", "北辰汽车有限公司")
    1
    >>> misread_characters("北辰汽车销售公司", "北辰汽车有限公司") is None
    True
    """
    if unit_word(read) not in (None, unit_word(name)):
        return None
    wanted = normalise_name(name)
    apart = edit_distance(wanted, normalise_name(read))
    return apart if apart <= MOST_MISREAD * len(wanted) else None


def differing_share(a: str, b: str) -> float:
    """Return the edit distance of two normalised names as a share of the longer one."""
    first, second = normalise_name(a), normalise_name(b)
    return edit_distance(first, second) / max(len(first), len(second), 1)


def is_part_around(read: str, name: str) -> bool:
    """Return whether letters read around a seal's arc are a name, or what is left of it where one stretch is not seen.

    An arc has no first letter: where its start is not seen, a reader may begin anywhere.

    >>> is_part_around("星驰汽车有限", "星驰汽车有限公司"), is_part_around("星驰公司", "星驰汽车有限公司")
    (True, True)
    >>> is_part_around("星驰汽车销售", "星驰汽车有限公司")
    False
    """
    own, whole = normalise_name(read), normalise_name(name)
    around = whole + whole
    return 0 < len(own) <= len(whole) and any(own[i:] + own[:i] in around for i in range(len(own)))


def carved_name(name: str) -> str:
    """Return the letters and digits of a maker's name: what is carved of it at least."""
    return "".join(character for character in name if character.isalnum())


def carved_texts(name: str) -> tuple[str, ...]:
    """Return what may be carved of a maker's name: its letters and digits, or these with its brackets: （中国）."""
    with_brackets = "".join(character for character in name if character.isalnum() or character in "()（）")
    return tuple(dict.fromkeys((carved_name(name), with_brackets)))


def carved_text(name: str, count: int) -> str:
    """Return what is carved of a maker's name where `count` characters are; empty where its name has more or fewer.

    >>> carved_text("长陵（成都）汽车", 8), carved_text("长陵（成都）汽车", 6), carved_text("长陵（成都）汽车", 7)
    ('长陵（成都）汽车', '长陵成都汽车', '')
    """
    return next((text for text in carved_texts(name) if len(text) == count), "")
