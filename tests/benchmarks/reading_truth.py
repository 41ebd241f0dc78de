"""What a generated letter prints, line by line, and how many of its characters a reader got wrong."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from samples.content import Plan
from samples.making import sheets_of
from samples.paper.sheet import Text

LETTERING = {
    "，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "．": ".", "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-",
    "—": "-", "－": "-", "〇": "0", "○": "0", "·": ".", "・": ".", "•": ".", "、": ",", "~": "～", "【": "[", "】": "]",
}  # fmt: skip
"""Marks that a person would not call misread; RapidOCR and Tesseract get the same allowance."""
SCRIPTS = {"CYRILLIC": "cyrillic", "ARABIC": "arabic", "CJK": "chinese", "LATIN": "latin"}


def printed_lines(plan: Plan) -> list[list[str]]:
    """Return what stands on each page: every run of print, watermarks and slanted stamps apart."""
    return [
        [mark.text for mark in page if isinstance(mark, Text) and mark.text.strip() and not mark.degrees]
        for page in sheets_of(plan).pages
    ]


def script_of(text: str) -> str:
    """Return the script that most letters are in; digits alone are latin, accented letters latin+.

    >>> [script_of(text) for text in ("г. Алматы", "售后服务", "Dịch vụ", "12")]
    ['cyrillic', 'chinese', 'latin+', 'latin']
    """
    letters = [c for c in text if c.isalpha()]
    names = Counter(SCRIPTS.get(unicodedata.name(c, "").split(" ")[0], "other") for c in letters)
    script = names.most_common(1)[0][0] if names else "latin"
    return "latin+" if script == "latin" and any(ord(c) > 0x7F for c in letters) else script


def plain(text: str) -> str:
    """Return text as it is compared: composed, half-width, without spaces."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(LETTERING.get(character, character) for character in composed if not character.isspace())


def character_errors(wanted: str, said: str) -> tuple[int, int]:
    """Return (wrong, all) characters of `wanted` against the place of `said` that is most like it.

    Levenshtein distance with free ends in `said`; both as `plain` gives them.

    >>> character_errors("出口国别", "致:出囗国别:约旦")
    (1, 4)
    """
    text: NDArray[np.uint32] = np.frombuffer(said.encode("utf-32-le"), np.uint32)
    steps = np.arange(len(text) + 1, dtype=np.int32)
    row = np.zeros(len(text) + 1, np.int32)
    for index, character in enumerate(wanted, 1):
        new = np.minimum(row + 1, np.concatenate([[index], row[:-1] + (text != ord(character))]))
        row = np.minimum.accumulate(new - steps) + steps  # a character too many, carried from the left
        row = row.astype(np.int32)
    return min(int(row.min()), len(wanted)), len(wanted)


def errors_by_script(lines: Iterable[str], said: str) -> dict[str, tuple[int, int]]:
    """Return (wrong, all) characters by script over a page's printed lines."""
    heard = plain(said)
    found: dict[str, tuple[int, int]] = {}
    for line in lines:
        wanted = plain(line)
        wrong, count = character_errors(wanted, heard)
        script = script_of(line)
        before = found.get(script, (0, 0))
        found[script] = before[0] + wrong, before[1] + count
    return found
