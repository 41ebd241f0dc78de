"""Later days near a letter's ends: whether one of them may be the day of issue, where another was taken for it."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace

from verifier.extraction.issue_date import is_of_receipt, near_the_ends
from verifier.extraction.layout import Layout
from verifier.extraction.validity import OF_VALIDITY
from verifier.formats.dates import DateMention, find_dates
from verifier.formats.names import LEGAL_FORM
from verifier.letter import Field

_SMALL_WORD = re.compile(r"(?<![^\W\d_])[a-zà-ÿа-яё][^\W\d_]{2,}")
_OF_ISSUE = re.compile(
    r"签发|出具|签署|发文|发函|盖章|开具|\bissued?\b|\bsign\w*|\bseal\w*|\bgiven\b|\bdone\b|\bdated?\b|\bapprov\w*|\breleas\w*|выдан|подпис"
    r"|expedid|emitid|firmad|fait\b|délivr|établi|assinad|lavrad",
    re.I,
)
"""What a sentence about the day of issue says: signed and sealed in Fuzhou on 30 March 2026."""
_ANY_LABEL = re.compile(r"\W*[^:：\d]{3,30}[:：]")
_OF_DAY = re.compile(r"日|时|date|time|dat[aeu]\b|дата|fecha|día|jour", re.I)
_IN_CODE = re.compile(r"[A-Z]{2,}[-/–]?$")
"""What stands before figures of a number that read like a day: CHUC-ASC-20260810."""
SENTENCE_WORDS, SENTENCE_CHARACTERS = 4, 14
"""Small words, and Chinese characters, beside a day from which it stands amid a sentence."""


def with_later_day(issued_on: Field | None, explained: Container[str], layout: Layout) -> Field | None:
    """Return the date of issue in doubt (`conflict`) where a later day near the letter's ends may be it.

    `explained` are the days that other fields of the letter account for. A day in a table, under another label, amid a
    sentence, or where it is said how long the letter holds is none.
    """
    if issued_on is None or issued_on.doubt:
        return issued_on
    told = {id(value.cell) for value in layout.labelled if value.name != "issued_on"}
    for number, cell in near_the_ends(layout):
        if id(cell) in told or is_of_receipt(number, cell, layout) or _is_of_validity(number, layout):
            continue
        for mention in find_dates(cell.text):
            if _is_amid_sentence(cell.text, mention) or _IN_CODE.search(cell.text, 0, mention.start):
                continue
            day = mention.value.isoformat()
            if day > issued_on.value and day not in explained and not mention.ambiguous:
                return replace(issued_on, doubt="conflict")
    return issued_on


def _is_amid_sentence(text: str, mention: DateMention) -> bool:
    """Return whether more stands beside a day than a place, a name or a word of issuing: small words of a sentence."""
    beside = f"{text[: mention.start]} {text[mention.stop :]}"
    label = _ANY_LABEL.match(text)
    if label and not _OF_DAY.search(label[0]) and not _OF_ISSUE.search(label[0]):
        return True  # Parts depot: Tema Free Zone, opening 01/04/2026
    small, chinese = len(_SMALL_WORD.findall(beside)), sum("\u4e00" <= c <= "\u9fff" for c in beside)
    return (
        not _OF_ISSUE.search(beside)
        and not LEGAL_FORM.search(beside)
        and (small >= SENTENCE_WORDS or chinese >= SENTENCE_CHARACTERS)
    )


def _is_of_validity(number: int, layout: Layout) -> bool:
    """Return whether a row, or a question right above its answer, says how long the letter holds."""
    row = " ".join(cell.text for cell in layout.rows[number].cells)
    above = layout.rows[number - 1].cells[-1].text if number else ""
    return bool(OF_VALIDITY.search(row)) or (above.rstrip().endswith(("?", "？")) and bool(OF_VALIDITY.search(above)))
