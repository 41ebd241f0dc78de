"""Lines in scripts that the first reader's alphabet does not have: noticed by what it makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from verifier.page import Box, Line, Pixels

CYRILLIC = "rus+kaz"
"""Tesseract's data for the Cyrillic of the main destinations; a third language costs 0.2 CPU seconds a call."""
FEWEST_PER_HEIGHT = 0.45
"""Characters per line height of width: Chinese text has about 0.95, Latin 1.6 to 2.2, others few."""
LOW_CONFIDENCE = 0.72
"""Mean character confidence under which a line is in a foreign script, or too poor for any reader."""
SHORTEST = 3.0
"""Width in line heights under which nothing is judged."""
CHINESE_PITCH = 0.85
"""Width of a Chinese character in heights of the detected line, which reaches past the ink."""
COLON_PITCH = 0.4
"""Width of a colon in Chinese characters: full-width ones have their white behind them."""
SURE_CHINESE = 0.6
"""Confidence from which an ideograph was surely one."""
CYRILLIC_SHARE = 0.4
"""Share of Cyrillic letters in what the script's own reader says, for it to be believed."""

_LIMITED = re.compile(r"(?<![\w])[0OОo]{3}(?=\s*[«\"“])")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class ForeignSpan:
    """Characters `start` to `stop` of a line, and the part of the page where they stand."""

    start: int
    stop: int
    box: Box


def foreign_spans(line: Line, pixels: Pixels) -> tuple[ForeignSpan, ...]:
    """Return the stretches of a line whose alphabet the first reader probably lacks.

    A line is cut at its Chinese words: what stands between 名称： and 地址： may be Russian.
    """
    height, width = pixels.shape[:2]
    em = CHINESE_PITCH * line.box.height * height / width
    found = []
    for start, stop in _between_chinese(line):
        # a character's border lies half-way to the next one *read*: unread letters push it away
        pitch = COLON_PITCH * em if start and line.text[start - 1] in ":：" else em
        left = line.edges[start] if start == 0 else min(line.edges[start], line.edges[start - 1] + pitch)
        right = line.edges[stop] if stop == len(line.text) else max(line.edges[stop], line.edges[stop + 1] - em)
        box = Box(left, line.box.y0, max(right, left + em), line.box.y1)
        confidences = line.character_confidences[start:stop]
        if _is_foreign(line.text[start:stop], confidences, box.width * width / max(box.height * height, 1.0)):
            found.append(ForeignSpan(start, stop, box))
    return tuple(found)


def _between_chinese(line: Line) -> list[tuple[int, int]]:
    """Return (start, stop) of what stands between surely read Chinese words, their colons included."""
    sure = [
        bool(_IDEOGRAPH.match(character)) and confidence >= SURE_CHINESE
        for character, confidence in zip(line.text, line.character_confidences, strict=True)
    ]
    chinese = [
        here or (character in ":：" and index > 0 and sure[index - 1])
        for index, (here, character) in enumerate(zip(sure, line.text, strict=True))
    ]
    cuts = [0, *(i for i in range(1, len(chinese)) if chinese[i] != chinese[i - 1]), len(chinese)]
    return [(a, b) for a, b in pairwise(cuts) if not chinese[a]]


def _is_foreign(text: str, confidences: tuple[float, ...], heights: float) -> bool:
    """Return whether text so many line heights wide is too thin or too doubtful to be what it was read as."""
    if heights < SHORTEST:
        return False
    letters = [c for t, c in zip(text, confidences, strict=True) if t.isalnum()]
    return len(letters) < FEWEST_PER_HEIGHT * heights or sum(letters) / len(letters) < LOW_CONFIDENCE


def is_cyrillic(text: str) -> bool:
    """Return whether enough of the letters are Cyrillic.

    >>> is_cyrillic("г. Алматы, ул. Абая 150"), is_cyrillic("Almaty")
    (True, False)
    """
    letters = [character for character in text if character.isalpha()]
    cyrillic = sum("\u0400" <= character <= "\u052f" for character in letters)
    return bool(letters) and cyrillic >= CYRILLIC_SHARE * len(letters)


def with_legal_form(text: str) -> str:
    """Return text with the Russian ООО before a quoted name spelt in letters; readers take it for zeros.

    >>> with_legal_form("000 «Памир Моторс»")
    'ООО «Памир Моторс»'
    """
    return _LIMITED.sub("ООО", text)
