"""Model designations, read again unsqueezed: a squeezed line loses one of two equal letters (REEV becomes REV)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from verifier.page import Pixels
from verifier.reading.lines import SeenLine
from verifier.reading.scripts import ForeignSpan, spliced
from verifier.recognition.engine import RecognisedText, TextRecogniser

_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Z0-9-]*[A-Z]{2})(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9/-]{3,13}[A-Z0-9](?![A-Za-z0-9])"
)
"""Capitals and digits mixed, 5 to 15 of them, two letters side by side: CF6470A, BYD7152WT5HEV1; a VIN is longer."""
MARGIN = 0.3
"""Margin left and right of the crop, in line heights."""
MOST_CODES = 40
"""Places of a document read again; a vehicle list has two or three designations, each many times."""


def with_codes_unsqueezed(seen: Sequence[SeenLine], reader: TextRecogniser) -> list[SeenLine]:
    """Return a document's lines with the letters that squeezing took out of designations.

    Of equal ones the first is looked at; only where it had lost a letter the others are, too.
    """
    lines = list(seen)
    places = [(index, match.span()) for index, line in enumerate(lines) for match in _CODE.finditer(line.read.text)]
    firsts: dict[str, bool] = {}
    for index, (start, stop) in places[::-1]:  # from the right, so that earlier places keep their positions
        text = lines[index].read.text[start:stop]
        if not firsts.get(text, len(firsts) < MOST_CODES):
            continue
        better = _with_code(lines[index], start, stop, reader)
        firsts[text] = better is not lines[index]
        lines[index] = better
    return lines


def _with_code(line: SeenLine, start: int, stop: int, reader: TextRecogniser) -> SeenLine:
    left, right = (round(line.read.edges[at] * line.width) for at in (start, stop))
    (again,) = reader.recognise([_crop(line, left, right)])
    again = _without_margins(again)
    if not _has_more(line.read.text[start:stop], again.text):
        return line
    return replace(line, read=spliced(line.read, ForeignSpan(start, stop, left, right), again, line.width))


def _crop(line: SeenLine, left: int, right: int) -> Pixels:
    margin = round(MARGIN * line.crop.shape[0])
    return line.crop[:, max(left - margin, 0) : right + margin]


def _without_margins(read: RecognisedText) -> RecognisedText:
    """Return the reading from its first to its last letter or digit of a designation."""
    found = re.search(r"[A-Z0-9][A-Z0-9/-]*[A-Z0-9]", read.text)
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
