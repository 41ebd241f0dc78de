"""What a seal says: its arc, read from several strips that must agree, and straight text inside the rim.

Only this seal's pixels are read. Nothing here knows a maker's name, so that a forged name cannot be taken
for the nearest real one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from verifier.formats.chinese import simplified
from verifier.formats.names import carved_name
from verifier.recognition.engine import RecognisedText, TextRecogniser
from verifier.seals.arc import ArcSpan, text_band, upright_turn
from verifier.seals.normalise import SealPicture
from verifier.seals.strips import arc_strip, straight_strip, upright_ink

FIRST_STRETCHES = (1.2, 1.0)
"""Two widths are read first: a line reader's slips depend on the width, the carved text does not."""
LAST_STRETCH = 1.4
"""The third opinion where the first two differ."""
DISAGREEMENT = 0.5
"""Factor on the confidence of a reading that no second strip confirms."""
SHORTEST = 2
_LATIN = re.compile(r"[A-Za-z]")
LINE_PLACES: tuple[tuple[float, float, float], ...] = ((0.36, 0.76, 0.58), (-0.24, 0.24, 0.62))
"""Top, bottom and half width, as shares of the radius, of the lines that seals carry: 合同专用章 under the
star, or across the middle of a seal without one."""


@dataclass(frozen=True, slots=True)
class ArcText:
    """The best reading, how far to trust it, and the other strips' different readings."""

    text: str | None
    confidence: float
    alternatives: tuple[str, ...] = ()


def read_arc(picture: SealPicture, recogniser: TextRecogniser, span: ArcSpan) -> ArcText:
    """Return what the arc says, clockwise; the confidence is that of its least sure character.

    Two strips that agree raise it, a lone reading is halved.
    """
    band = text_band(picture, span)
    readings = [
        _cleaned(read)
        for read in recogniser.recognise(
            [arc_strip(picture, span, band, stretch, filled=True) for stretch in FIRST_STRETCHES]
        )
    ]
    if readings[0][0] != readings[1][0] or not readings[0][0]:
        third = arc_strip(picture, span, band, LAST_STRETCH, filled=True)
        readings.append(_cleaned(recogniser.recognise([third])[0]))
    return fuse(readings)


def fuse(readings: list[tuple[str, float]]) -> ArcText:
    """Return the text most strips agree on (text and confidence of each strip given).

    Brackets follow the curve of the arc and are seen by one strip and not by the next: strips agree by their letters,
    and the most frequent, then the surest, of their texts stands for them.
    """
    known = [(text, confidence) for text, confidence in readings if len(text) >= SHORTEST]
    if not known:
        return ArcText(None, 0.0)
    votes: dict[str, list[tuple[str, float]]] = {}
    for text, confidence in known:
        votes.setdefault(carved_name(text), []).append((text, confidence))
    agreeing = max(votes.values(), key=lambda same: (len(same), max(confidence for _, confidence in same)))
    texts = [text for text, _ in agreeing]
    best = max(agreeing, key=lambda one: (texts.count(one[0]), one[1]))[0]
    doubt = float(np.prod([1 - confidence for _, confidence in agreeing]))
    factor = 1.0 if len(agreeing) > 1 else DISAGREEMENT
    others = tuple(dict.fromkeys(text for text, _ in known if text != best))
    return ArcText(best, round((1 - doubt) * factor, 4), others)


def read_lines(picture: SealPicture, recogniser: TextRecogniser, span: ArcSpan, has_star: bool) -> str | None:
    """Return straight text inside the rim, top to bottom, None where there is none."""
    upright = upright_ink(picture, upright_turn(span))
    places = LINE_PLACES[:1] if has_star else LINE_PLACES
    strips = [strip for place in places if (strip := straight_strip(upright, *place)) is not None]
    texts = [_cleaned_line(read) for read in recogniser.recognise(strips)] if strips else []
    said = " ".join(text for text in texts if text)
    return said or None


def _cleaned(read: RecognisedText) -> tuple[str, float]:
    """Return the name and its least confidence: marks and stray code digits at the ends left out."""
    pairs = [
        (simplified(unicodedata.normalize("NFKC", character)), confidence)
        for character, confidence in zip(read.text, read.character_confidences, strict=True)
        if character.isalnum() or character in "()（）"
    ]
    if any("一" <= character <= "鿿" for character, _ in pairs):
        pairs = _without_stray_ends(pairs)
    text = "".join(character for character, _ in pairs)
    return text, min((confidence for _, confidence in pairs), default=0.0)


def _without_stray_ends(pairs: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return the pairs from the first to the last Chinese character or bracket."""
    carved = [i for i, (character, _) in enumerate(pairs) if not character.isascii() or character in "()"]
    return pairs[carved[0] : carved[-1] + 1]


def _cleaned_line(read: RecognisedText) -> str:
    text, confidence = "".join(c for c in read.text if c.isalnum()), read.confidence
    return text if len(text) >= SHORTEST and confidence > 0.3 else ""


def is_read_as(arc: ArcText, name: str, impressions: Iterable[ArcText]) -> bool:
    """Return whether an arc reads as a name does on impressions of its own, character for character.

    Each character is the name's, or what a strip of an impression was read as at that place. Latin letters of a name
    may be missing (NVA远图汽车有限公司), where an impression reads without them, too: the reader of arcs knows few.
    """
    read, wanted = carved_name(arc.text or ""), carved_name(name)
    known = [carved_name(text) for one in impressions for text in (one.text or "", *one.alternatives)]
    if len(read) != len(wanted):
        return read == _LATIN.sub("", wanted) and read in known
    known = [text for text in known if len(text) == len(wanted)]
    places = enumerate(zip(read, wanted, strict=True))
    return all(own == right or any(text[i] == own for text in known) for i, (own, right) in places)
