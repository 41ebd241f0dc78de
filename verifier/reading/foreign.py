"""What the first reader cannot spell is read by the second one, in the script that fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verifier.reading import scripts
from verifier.reading.lines import SeenLine
from verifier.reading.scripts import ForeignSpan
from verifier.recognition.engine import RecognisedText, SecondReader, TextRecogniser

MARGIN = 0.15
"""Margin left and right of a stretch, in line heights."""

_CODE = re.compile(r"(?!.*(?:20\d\d\s?[-./年]|\+)).*(?:[A-Z]|\d{4})")
"""What stands behind a foreign word and may be a designation: capitals or four digits, no date, no telephone."""

_DESIGNATION = re.compile(
    r"(?<![^\s:：(])(?=(?:[^\s\dЗОБ]*[\dЗОБ]){3})(?!\S*[a-zа-яё]\S?[a-zа-яё])[^\s,:：;.+()«»\u4e00-\u9fff]{2}[^\s,;.+()«»\u4e00-\u9fff]{3,}"
    r"(?![^\s,.;)])"
)
"""A word with three digits, no two small letters, no stop in a line of another script: a vehicle's model, as a rule."""
_LATIN_CODE = re.compile(r"(?=.*[A-Z])(?=(?:.*\d){3})[A-Z0-9-]+")
SURE_CODE = 0.9
"""Least confidence of the first reader in a designation that it reads alone."""

_Place = tuple[int, ForeignSpan]


def in_own_scripts(seen: Sequence[SeenLine], first: TextRecogniser, second: SecondReader) -> list[SeenLine]:
    """Return a document's lines with Cyrillic, Arabic and doubly accented Latin read by the second reader."""
    lines, spans = _at_full_width(seen, first)
    places = [(index, span) for index, found in enumerate(spans) for span in found]
    readings: dict[_Place, RecognisedText] = {}
    for language in scripts.FOREIGN:
        asked = [place for place in places if place not in readings]
        heard = second.read_lines(
            [lines[index].columns(span.left, span.right, MARGIN) for index, span in asked], language
        )
        readings |= {p: read for p, read in zip(asked, heard, strict=True) if scripts.is_in_script(read, language)}
    whole = _with_designations(_spliced(lines, readings), {index for index, _ in readings}, first)
    return _accented(whole, second)


def _at_full_width(
    seen: Sequence[SeenLine], first: TextRecogniser
) -> tuple[list[SeenLine], list[tuple[ForeignSpan, ...]]]:
    """Return the lines and their foreign stretches; half-foreign ones unsqueezed: Chinese words are landmarks."""
    lines = list(seen)
    spans = [() if line.settled else scripts.foreign_spans(line.read, line.crop) for line in lines]
    halves = [index for index, found in enumerate(spans) if found and not _is_whole(found, lines[index].read)]
    unsqueezed = first.recognise([lines[index].crop for index in halves])
    for index, again in zip(halves, unsqueezed, strict=True):
        if scripts.landmarks(again) >= scripts.landmarks(lines[index].read):
            lines[index] = replace(lines[index], read=again)
            spans[index] = scripts.foreign_spans(again, lines[index].crop)
    coded = [index for index in halves if spans[index] and _CODE.match(lines[index].read.text, spans[index][-1].stop)]
    tails = first.recognise([lines[index].columns(spans[index][-1].right, lines[index].width, 0.0) for index in coded])
    for index, tail in zip(coded, tails, strict=True):
        lines[index] = _with_tail(lines[index], spans[index][-1], tail)
    return lines, spans


def _with_tail(line: SeenLine, last: ForeignSpan, tail: RecognisedText) -> SeenLine:
    """Return a line with what stands behind its last foreign word as it was read alone, if that only has more letters.

    Beside Cyrillic the first reader leaves out Latin letters that look Cyrillic: Модель: YCM7042A3 is read as 70423.
    """
    rest = iter(character for character in tail.text if character.isalnum())
    before = [character for character in line.read.text[last.stop :] if character.isalnum()]
    if len(tail.text) <= len(line.read.text) - last.stop or not all(character in rest for character in before):
        return line
    behind = ForeignSpan(last.stop, len(line.read.text), last.right, line.width)
    return replace(line, read=scripts.spliced(line.read, behind, tail, line.width))


def _with_designations(lines: list[SeenLine], foreign: set[int], first: TextRecogniser) -> list[SeenLine]:
    """Return the lines with the Latin designations of the `foreign` ones as the first reader reads them alone.

    ND7150A is №D7150A to Russian data, KG8683 КС868З; and where such a word begins within a stretch, half of it is.
    """
    places = [
        (index, _columns(lines[index], *match.span()))
        for index in sorted(foreign)
        for match in _DESIGNATION.finditer(lines[index].read.text)
    ]
    alone = first.recognise([lines[index].columns(span.left, span.right, MARGIN) for index, span in places])
    sure = {
        place: read
        for place, read in zip(places, alone, strict=True)
        if read.confidence >= SURE_CODE and _LATIN_CODE.fullmatch(read.text)
    }
    return _spliced(lines, sure)


def _columns(line: SeenLine, start: int, stop: int) -> ForeignSpan:
    """Return characters `start` to `stop` of a line with their columns."""
    left, right = (round(line.read.edges[at] * line.width) for at in (start, stop))
    return ForeignSpan(start, stop, left, max(right, left + 1))


def _is_whole(spans: tuple[ForeignSpan, ...], read: RecognisedText) -> bool:
    """Return whether foreign stretches reach from the first to the last character of a line."""
    return (spans[0].start, spans[-1].stop) == (0, len(read.text))


def _accented(lines: list[SeenLine], second: SecondReader) -> list[SeenLine]:
    """Return the lines with letters of two marks, where any accented letter says that there may be some.

    Where Vietnamese or Azeri is spelt, every Latin line is asked about: the first reader leaves such letters out
    unnoticed. Accents of other languages it knows, and is asked about only where it doubts.
    """
    if not any(scripts.has_accents(line.read.text) for line in lines):
        return lines
    heard = _heard(lines, second, {}, every=False)
    better = _better_spelt(lines, heard)
    texts = [*(line.read.text for line in lines), *(read.text for read in better.values())]
    if better and any(map(scripts.has_letters_it_loses, texts)):
        better = _better_spelt(lines, _heard(lines, second, heard, every=True))
    return _spliced(lines, better)


def _heard(
    lines: list[SeenLine], second: SecondReader, known: dict[_Place, RecognisedText], *, every: bool
) -> dict[_Place, RecognisedText]:
    """Return what the second reader makes of doubtful Latin stretches, or of every one; what is known is not asked."""
    places = [
        (index, span)
        for index, line in enumerate(lines)
        for span in scripts.accented_spans(line.read, line.width, every=every)
    ]
    asked = [place for place in places if place not in known]
    crops = [lines[index].columns(span.left, span.right, MARGIN) for index, span in asked]
    fresh = dict(zip(asked, second.read_lines(crops, scripts.ACCENTED), strict=True))
    return {place: fresh[place] if place in fresh else known[place] for place in places}


def _better_spelt(lines: list[SeenLine], heard: dict[_Place, RecognisedText]) -> dict[_Place, RecognisedText]:
    return {
        (index, span): read
        for (index, span), read in heard.items()
        if scripts.spells_more(lines[index].read.text[span.start : span.stop], read.text)
    }


def _spliced(lines: list[SeenLine], readings: dict[_Place, RecognisedText]) -> list[SeenLine]:
    for (index, span), read in sorted(readings.items(), key=lambda item: (item[0][0], -item[0][1].start)):
        line = lines[index]
        lines[index] = replace(line, read=scripts.spliced(line.read, span, read, line.width))
    return lines
