"""Traditional and simplified Chinese: one form to compare in, character by character."""

from __future__ import annotations

from functools import cache

import opencc

_IDEOGRAPHS = range(0x3400, 0xA000)
_ONE_WORD_EACH = "\n"
"""Between characters, so that none is converted as part of a word: names know no context."""


def simplified(text: str) -> str:
    """Return `text` with every traditional character in its simplified form; the length stays.

    >>> simplified("星馳汽車電話"), simplified("Tel 電")
    ('星驰汽车电话', 'Tel 电')
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    """Return the character pairs of OpenCC's traditional-to-simplified dictionary (Apache-2.0)."""
    characters = [chr(code) for code in _IDEOGRAPHS]
    converted = opencc.OpenCC("t2s").convert(_ONE_WORD_EACH.join(characters)).split(_ONE_WORD_EACH)
    return {ord(old): new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}


def has_chinese(text: str) -> bool:
    """Return whether a text holds an ideograph of the common block.

    >>> has_chinese("北辰 Motors"), has_chinese("Beichen Motors")
    (True, False)
    """
    return any("\u4e00" <= character <= "\u9fff" for character in text)
