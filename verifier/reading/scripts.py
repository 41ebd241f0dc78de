"""Stretches of a line in scripts that the first reader's alphabet does not have, told from what it makes of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from verifier.formats.distance import edit_distance
from verifier.page import Pixels
from verifier.recognition.engine import RecognisedText

FOREIGN = ("rus+kaz+eng", "ara+eng")
"""Tesseract's data for scripts the first reader lacks, in the order of asking; a line costs 15 CPU milliseconds.

English stands beside the others because labels are Russian where names are not, and the other way round: Tesseract
chooses by word."""
ACCENTED = "vie+aze"
"""Data for the accented Latin that it lacks: Vietnamese has two marks on a letter; the Azeri ə it often drops."""
FEWEST_PER_HEIGHT = 0.45
"""Characters per line height of ink: Chinese text has about 0.95, Latin 1.6 to 2.2, others few."""
LOW_CONFIDENCE = 0.72
"""Mean character confidence under which a stretch is in a foreign script, or too poor for any reader."""
SHORTEST = 1.5
"""Ink in line heights under which nothing is judged: two letters."""
UNREAD = 1.0
"""Ink in line heights without any character read from it: a foreign word among Latin look-alikes."""
CHINESE_HALF, OTHER_HALF = 0.46, 0.28
"""Half the pitch of a Chinese and of another character, in heights of the detected line."""
SURE_CHINESE = 0.5
"""Confidence from which an ideograph was surely one."""
SURE_NUMBER = 0.85
LONG_NUMBER = 8
"""Characters from which a number, VINs above all, is never handed to another alphabet, however poorly read."""
SHARE = 0.4
"""Share of a script's letters in what its own reader says, for it to be believed."""
BELIEVED = 0.4
"""Mean confidence of that reader under which it only guesses, at a seal's edge or a signature."""
SURE_WORD = 0.85
"""Confidence from which four letters of a script are believed among a majority of Latin ones."""
INK_DEPTH = 0.45
"""How far from paper to the darkest print a pixel must be to count as ink."""
RULE_SHARE = 0.7
"""Rows with more ink than this are ruled lines."""
FEWEST_LETTERS = 4
DOUBTFUL_LETTER = 0.9

_LIMITED = re.compile(r"(?<![\w])[0OОo]{3}(?=\s*[«\"“])")
_TOWN = re.compile(r"(?<![\w.])r(?=\. ?[А-ЯЁ][а-яё])")
"""The Russian г. before a town, of which the first reader is as sure as of its own r."""
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_NUMBER = re.compile(r"[+(]?[0-9A-Z](?:[ \-()]?[0-9A-Z]){4,}")
"""A phone, date or VIN: the first reader knows those better."""
_AFTER_WORD = re.compile(r" ?[:：/／]")
_RANGES = {"rus+kaz+eng": ("\u0400", "\u052f"), "ara+eng": ("\u0600", "\u06ff")}
_LOST = re.compile("[ăĂđĐơƠưƯəƏ\u1ea0-\u1ef9]")
"""Letters of Vietnamese and Azeri that Spanish, French and Turkish lack; from \\u1ea0 on two marks or a dot below."""
_LOOK_ALIKE = re.compile("[\u0370-\u03ff]|[a-z][A-Z](?![a-z])")
"""Greek, or a small letter before a last capital: what Cyrillic letters are taken for."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ForeignSpan:
    """Characters `start` to `stop` of a line (none where it read nothing there), and its columns of the crop."""

    start: int
    stop: int
    left: int
    right: int


def foreign_spans(read: RecognisedText, crop: Pixels) -> tuple[ForeignSpan, ...]:
    """Return the stretches of a line whose alphabet the first reader probably lacks.

    A line is cut at its Chinese words and numbers: what stands between 名称： and 地址： may be Russian.
    """
    height, width = crop.shape[:2]
    if width < SHORTEST * height:
        return ()
    sure = _sure(read)
    known, covered = _columns(read, sure, width, height), _columns(read, [True] * len(read.text), width, height)
    ink = _inked_columns(crop)
    return tuple(
        span
        for left, right in _runs(~known)
        if (span := _inked_span(read, ink, left, right)) is not None
        and _is_foreign(read, span, (ink & ~covered)[span.left : span.right], height)
    )


def landmarks(read: RecognisedText) -> int:
    """Return how many Chinese characters were read in a line: foreign words stand between them."""
    return len(_IDEOGRAPH.findall(read.text))


def _sure(read: RecognisedText) -> list[bool]:
    """Return for each character whether it belongs to a surely read Chinese word or number."""
    sure = [
        bool(_IDEOGRAPH.match(character)) and confidence >= SURE_CHINESE
        for character, confidence in zip(read.text, read.character_confidences, strict=True)
    ]
    for match in _NUMBER.finditer(read.text):
        inside = slice(*match.span())
        if sum(c.isdigit() for c in match.group()) >= FEWEST_LETTERS:
            known = len(match.group()) >= LONG_NUMBER or min(read.character_confidences[inside]) >= SURE_NUMBER
            sure[inside] = [known] * len(match.group())
    for match in _AFTER_WORD.finditer(read.text):
        sure[slice(*match.span())] = [match.start() > 0 and sure[match.start() - 1]] * len(match.group())
    return sure


def _columns(read: RecognisedText, chosen: list[bool], width: int, height: int) -> Flags:
    """Return which columns of a crop the chosen characters take."""
    taken = np.zeros(width, np.bool_)
    for character, centre, wanted in zip(read.text, read.centres, chosen, strict=True):
        half = (CHINESE_HALF if _IDEOGRAPH.match(character) else OTHER_HALF) * height
        if wanted and not character.isspace():
            taken[max(int(centre * width - half), 0) : int(centre * width + half) + 1] = True
    return taken


def _inked_columns(crop: Pixels) -> Flags:
    """Return which columns of a crop have print in them; ruled lines along it do not count."""
    grey = crop[:, :, 0]
    margin = grey.shape[0] // 8
    paper, dark = np.percentile(grey[::2, ::2], (80, 1))
    ink = grey[margin : grey.shape[0] - margin] < paper - INK_DEPTH * max(float(paper - dark), 60.0)
    ink = ink[ink.mean(axis=1) < RULE_SHARE]
    return np.asarray(ink.sum(axis=0) >= 2)


def _runs(flags: Flags) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.r_[False, flags, False].astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _inked_span(read: RecognisedText, ink: Flags, left: int, right: int) -> ForeignSpan | None:
    """Return the part of columns `left` to `right` that has ink, with the characters read there."""
    inked = np.flatnonzero(ink[left:right])
    if not len(inked):
        return None
    first = sum(centre * len(ink) < left for centre in read.centres)
    last = sum(centre * len(ink) < right for centre in read.centres)
    return ForeignSpan(first, last, left + int(inked[0]), left + int(inked[-1]) + 1)


def _is_foreign(read: RecognisedText, span: ForeignSpan, unread: Flags, height: int) -> bool:
    """Return whether a stretch is read too thinly, too doubtfully or with words left out."""
    heights = (span.right - span.left) / height
    if heights < SHORTEST:
        return False
    confidences = [
        c
        for t, c in zip(
            read.text[span.start : span.stop], read.character_confidences[span.start : span.stop], strict=True
        )
        if t.isalnum()
    ]
    if len(confidences) < FEWEST_PER_HEIGHT * heights or sum(confidences) / len(confidences) < LOW_CONFIDENCE:
        return True
    if _LOOK_ALIKE.search(read.text[span.start : span.stop]):
        return True
    window = round(2 * UNREAD * height)  # a word with the white between its letters
    inked = np.convolve(unread, np.ones(min(window, len(unread)), np.int32), "valid")
    return bool(inked.max() >= UNREAD * height * INK_DEPTH)


def is_in_script(read: RecognisedText, language: str) -> bool:
    """Return whether enough of the letters belong to the script of `language`, surely enough.

    >>> russian = RecognisedText("г. Алматы", 0.9, (), (0.9,) * 9)
    >>> is_in_script(russian, "rus+kaz+eng"), is_in_script(russian, "ara+eng")
    (True, False)
    """
    first, last = _RANGES[language]
    letters = [(t, c) for t, c in zip(read.text, read.character_confidences, strict=True) if t.isalpha()]
    own = [confidence for letter, confidence in letters if first <= letter <= last]
    if len(own) >= SHARE * len(letters):
        return bool(own) and sum(own) / len(own) >= BELIEVED
    return sum(confidence >= SURE_WORD for confidence in own) >= FEWEST_LETTERS


def spliced(read: RecognisedText, span: ForeignSpan, other: RecognisedText, width: int) -> RecognisedText:
    """Return a line of `width` columns with a stretch of it as another reader saw it."""
    text = with_legal_form(other.text)
    share = (span.right - span.left) / width
    edges = [span.left / width + share * edge for edge in other.edges]
    centres = [(a + b) / 2 for a, b in pairwise(edges)]
    confidences = (
        *read.character_confidences[: span.start],
        *other.character_confidences,
        *read.character_confidences[span.stop :],
    )
    return RecognisedText(
        text=_TOWN.sub("г", read.text[: span.start] + text + read.text[span.stop :]),
        confidence=min(confidences),
        edges=tuple(np.maximum.accumulate([*read.edges[: span.start], *edges, *read.edges[span.stop + 1 :]]).tolist()),
        character_confidences=confidences,
        centres=(*read.centres[: span.start], *centres, *read.centres[span.stop :]),
    )


def with_legal_form(text: str) -> str:
    """Return text with the Russian ООО before a quoted name spelt in letters; readers take it for zeros.

    >>> with_legal_form("000 «Памир Моторс»")
    'ООО «Памир Моторс»'
    """
    return _LIMITED.sub("ООО", text)


# --- accented Latin ---------------------------------------------------------------------------------------


def has_accents(text: str) -> bool:
    """Return whether a Latin letter with a mark stands in the text.

    >>> has_accents("Bogotá"), has_accents("Bogota 车")
    (True, False)
    """
    return any(_is_accented(character) for character in text)


def has_letters_it_loses(text: str) -> bool:
    """Return whether a letter stands in the text that is Vietnamese or Azeri alone: the first reader drops such ones.

    >>> [has_letters_it_loses(text) for text in ("Sông Hồng", "Xəzər", "Matriculación", "véhicule", "Ağrı")]
    [True, True, False, False, False]
    """
    return bool(_LOST.search(text))


def accented_spans(read: RecognisedText, width: int, *, every: bool = False) -> tuple[ForeignSpan, ...]:
    """Return the Latin stretches of a line with marks on letters or unsure letters, or `every` Latin one."""
    sure = _sure(read)
    flags = np.array([not known for known in sure], np.bool_)
    found = []
    for start, stop in _runs(flags):
        letters = [
            (t, c)
            for t, c in zip(read.text[start:stop], read.character_confidences[start:stop], strict=True)
            if t.isalpha()
        ]
        doubtful = every or any(_is_accented(t) or c < DOUBTFUL_LETTER for t, c in letters)
        if len(letters) >= FEWEST_LETTERS and doubtful and any(t.islower() for t, _ in letters):
            left, right = read.edges[start], read.edges[stop]
            found.append(ForeignSpan(start, stop, int(left * width), min(int(right * width) + 1, width)))
    return tuple(found)


def spells_more(first: str, second: str) -> bool:
    """Return whether the second reader only adds accented letters to what the first one read.

    Digits must be the same, strokes must stay, and plain letters may only give way to such with a mark: what
    Tesseract makes of a stroke between two languages is a letter with a mark, too.

    >>> spells_more("Dch v  tô Sông Hồng", "Dịch vụ Ô tô Sông Hồng"), spells_more("Xlzlr", "Xəzər")
    (True, True)
    >>> spells_more("Road 12", "Rôad 17"), spells_more("Bogotá", "Bogota")
    (False, False)
    >>> spells_more("/ Brand", "İF Brand"), spells_more("/ Mexico", "Ƒ Mexico"), spells_more("for: /", "for: Şi")
    (False, False, False)
    """
    if second.count("/") < first.count("/") or not _is_within(_plain_letters(second), _plain_letters(first)):
        return False
    if [c for c in first if c.isdigit()] != [c for c in second if c.isdigit()]:
        return False
    gained = sum(map(_is_accented, second)) - sum(map(_is_accented, first))
    changed = edit_distance(_plain_letters(first), _plain_letters(second))
    respelt = sum(_is_accented(c) and c not in first for c in second)
    return respelt > 0 and gained >= 0 and changed <= respelt


def _is_within(part: str, whole: str) -> bool:
    """Return whether the characters of `part` stand in `whole`, in their order."""
    rest = iter(whole)
    return all(character in rest for character in part)


def _is_accented(character: str) -> bool:
    return ord(character) > 0x7F and character.isalpha() and "LATIN" in unicodedata.name(character, "")


def _plain_letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum() and not _is_accented(c))
