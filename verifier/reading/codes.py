"""Designations and dates, read again unsqueezed: a squeezed line loses one of two equal characters (REEV becomes REV,
the 11th the 1st).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from verifier.reading.lines import SeenLine
from verifier.reading.scripts import ForeignSpan, spliced
from verifier.recognition.engine import RecognisedText, TextRecogniser

_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Z0-9-]*[A-Z]{2})(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9/-]{3,13}[A-Z0-9](?![A-Za-z0-9])"
)
"""Capitals and digits mixed, 5 to 15 of them, two letters side by side: CF6470A, BYD7152WT5HEV1; a VIN is longer."""
_DATE = re.compile(r"(?<!\d)20\d{2}\s?[-./年]\s?(?:[12]\s?[-./月]\s?\d{1,2}|\d{1,2}\s?[-./月]\s?[12])(?!\d)\s?日?")
"""A date whose month or day is a lone 1 or 2: it may have been 11 or 22."""
MARGIN = 0.3
"""Margin left and right of the crop, in line heights."""
MOST_CODES = 40
"""Places of a document read again; a vehicle list has two or three designations, each many times."""


def with_codes_unsqueezed(seen: Sequence[SeenLine], reader: TextRecogniser) -> list[SeenLine]:
    """Return a document's lines with the letters that squeezing took out of designations.

    Of equal ones the first is looked at; only where it had lost a letter the others are, too.
    """
    lines = list(seen)
    places = [(index, span) for index, line in enumerate(lines) for span in _spans(line.read.text)]
    firsts: dict[str, bool] = {}
    for index, (start, stop) in places[::-1]:  # from the right, so that earlier places keep their positions
        text = lines[index].read.text[start:stop]
        if not firsts.get(text, len(firsts) < MOST_CODES):
            continue
        better = _with_code(lines[index], start, stop, reader)
        firsts[text] = better is not lines[index]
        lines[index] = better
    return lines


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the places of a line that are designations or doubtful dates, from the left."""
    return sorted(match.span() for pattern in (_CODE, _DATE) for match in pattern.finditer(text))


def _with_code(line: SeenLine, start: int, stop: int, reader: TextRecogniser) -> SeenLine:
    left, right = (round(line.read.edges[at] * line.width) for at in (start, stop))
    (again,) = reader.recognise([line.columns(left, right, MARGIN)])
    again = _without_margins(again)
    if not _has_more(line.read.text[start:stop], again.text):
        return line
    return replace(line, read=spliced(line.read, ForeignSpan(start, stop, left, right), again, line.width))


def _without_margins(read: RecognisedText) -> RecognisedText:
    """Return the reading from its first to its last character of a designation or date."""
    found = re.search(r"[A-Z0-9][A-Z0-9/.年月 -]*[A-Z0-9日]", read.text)
    if found is None:
        return read
    start, stop = found.span()
    return RecognisedText(
        read.text[start:stop], read.confidence, read.edges[start : stop + 1], read.character_confidences[start:stop],
        read.centres[start:stop],
    )  # fmt: skip


def _has_more(first: str, again: str) -> bool:
    """Return whether the readings differ only in that the second has more equal letters side by side.

    >>> _has_more("FY6501REV", "FY6501REEV"), _has_more("FY6501REV", "FY6501RFEV")
    (True, False)
    """
    runs = [[(c, len(list(group))) for c, group in groupby(text)] for text in (first, again)]
    same = [c for c, _ in runs[0]] == [c for c, _ in runs[1]]
    return same and len(again) > len(first) and all(a <= b for (_, a), (_, b) in zip(*runs, strict=True))
