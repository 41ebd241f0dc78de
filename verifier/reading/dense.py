"""Lines of narrow letters set close are read again stretched: squeezed, a recogniser has not a column for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verifier.reading.lines import SeenLine
from verifier.recognition.engine import TextRecogniser

STRETCHED = 1.25
"""Width of the crop for the second reading. Of 294 Latin lines of an unknown generator it lost a letter in none; read
as wide as they are six had lost one, squeezed to `WIDTH_SCALE` 22."""
DENSEST, DENSE = 0.25, 0.30
"""Line heights a character, as cropped: below the first letters are lost when squeezed (18 of 30 lines under 0.26),
below the second now and then (3 of 46 under 0.29; 1 of 218 above)."""
SURE = 0.97
"""Confidence from which a line not of the densest is believed all the same: none that had lost a letter had 0.9."""
DOUBTFUL, LONG = 0.80, 6.0
"""Confidence below which, and line heights from which, a Latin line is read again however few letters were seen: what
lost most of them looks wide."""
LETTERS = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
LATIN_SHARE = 0.4
"""Share of letters from which a line is Latin: Chinese characters are as wide as they are high."""


def with_dense_stretched(seen: Sequence[SeenLine], reader: TextRecogniser) -> list[SeenLine]:
    """Return the lines of a page, those of close Latin letters read once more."""
    lines = list(seen)
    dense = [index for index, line in enumerate(lines) if _is_dense(line)]
    again = reader.recognise([lines[index].crop for index in dense], width_scale=STRETCHED)
    for index, read in zip(dense, again, strict=True):
        if read.confidence >= lines[index].read.confidence or len(read.text) > len(lines[index].read.text):
            lines[index] = replace(lines[index], read=read)
    return lines


def _is_dense(line: SeenLine) -> bool:
    text = line.read.text
    if not text or len(LETTERS.findall(text)) < LATIN_SHARE * len(text):
        return False
    proportion, confidence = line.width / line.crop.shape[0], line.read.confidence
    pitch = proportion / len(text)
    return pitch < DENSEST or (pitch < DENSE and confidence < SURE) or (proportion > LONG and confidence < DOUBTFUL)
