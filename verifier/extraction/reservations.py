"""What takes a letter back in its own words: void, a draft, a sample, a service that is refused, vehicles left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.extraction.cells import Cell
from verifier.extraction.labels import Labels
from verifier.extraction.layout import Layout
from verifier.formats.chinese import simplified
from verifier.formats.gazetteer import fold
from verifier.letter import Field

_SENTENCE = re.compile(r"[^。；;！!?？\n]+")
_FULL_STOP = re.compile(r"(?<=[\w)）]{3})\.\s+(?=[A-ZА-ЯÀ-Þ])")
"""Between two sentences of a language with capitals; abbreviations (Co. Ltd) are no ends."""
_BRACKETS = re.compile(r"[(（【\[〔《]\s*([^()（）【】\[\]〔〕《》]{2,24}?)\s*[)）】\]〕》]")
_BARE = re.compile(r"[^\w\s'’]+|_+")


def find_reservations(layout: Layout) -> tuple[Field, ...]:
    """Return every place where the paper says that it does not confirm what such letters confirm.

    Stamps, lines, and what stands in brackets, count where they say nothing else (作废, DRAFT); sentences where no
    condition stands beside (逾期作废, void if altered), which every letter may have.
    """
    cells = [cell for row in (*layout.rows, *layout.margins) for cell in row.cells]
    marks = (Cell.of(page.number, [mark]) for page in layout.pages for mark in page.marks)
    stamped = {
        mark.text: mark.field(mark.text, 0, len(mark.text)) for mark in marks if _is_alone(mark.text, layout.labels)
    }
    return (*stamped.values(), *(found for cell in cells for found in _of_cell(cell, layout.labels)))


def _of_cell(cell: Cell, labels: Labels) -> Iterator[Field]:
    if _is_alone(cell.text, labels):
        yield cell.field(cell.text.strip(), 0, len(cell.text))
        return
    for bracket in _BRACKETS.finditer(cell.text):
        if _is_alone(bracket[1], labels):
            yield cell.field(bracket[1], bracket.start(1), bracket.end(1))
    for start, sentence in _sentences(simplified(cell.text)):
        found = next((match for saying in labels.plain_reservations if (match := saying.find(sentence))), None)
        found = found or _with_conditions(sentence, labels)
        if found:
            yield cell.field(found[0], start + found.start(), start + found.end())


def _with_conditions(sentence: str, labels: Labels) -> re.Match[str] | None:
    """Return where a sentence takes the letter back, None where a condition stands beside that."""
    found = next((match for pattern in labels.reservations if (match := pattern.search(sentence))), None)
    return None if any(condition.search(sentence) for condition in labels.reservations_unless) else found


def _is_alone(text: str, labels: Labels) -> bool:
    """Return whether a text says one of the words and nothing else, once or several times: DRAFT DRAFT DRAFT."""
    words = _BARE.sub(" ", text).split()
    whole = fold("".join(words))
    return bool(whole) and any(not whole.replace(word, "") for word in labels.reservations_alone)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a text with where each begins."""
    for part in _SENTENCE.finditer(text):
        start = 0
        for stop in [*(match.end() for match in _FULL_STOP.finditer(part[0])), len(part[0])]:
            yield part.start() + start, part[0][start:stop]
            start = stop
