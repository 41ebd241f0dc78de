"""Lines in scripts that the first reader's alphabet does not have: noticed by what it makes of them."""

from __future__ import annotations

from verifier.page import Line, Pixels

CYRILLIC = "rus+kaz+eng"
"""Tesseract's data for the Cyrillic of the main destinations, with Latin for names and numbers between."""
FEWEST_PER_HEIGHT = 0.45
"""Characters per line height of width: Chinese text has about 0.95, Latin 1.6 to 2.2, others few."""
LOW_CONFIDENCE = 0.72
"""Mean character confidence under which a line is in a foreign script, or too poor for any reader."""
SHORTEST = 3.0
"""Width in line heights under which nothing is judged."""
CYRILLIC_SHARE = 0.4
"""Share of Cyrillic letters in what the script's own reader says, for it to be believed."""


def is_foreign(line: Line, pixels: Pixels) -> bool:
    """Return whether the first reader probably lacks this line's alphabet."""
    height, width = pixels.shape[:2]
    heights = line.box.width * width / max(line.box.height * height, 1.0)
    if heights < SHORTEST:
        return False
    letters = [c for t, c in zip(line.text, line.character_confidences, strict=True) if t.isalnum()]
    return len(letters) < FEWEST_PER_HEIGHT * heights or sum(letters) / len(letters) < LOW_CONFIDENCE


def is_cyrillic(text: str) -> bool:
    """Return whether enough of the letters are Cyrillic.

    >>> is_cyrillic("г. Алматы, ул. Абая 150"), is_cyrillic("Almaty")
    (True, False)
    """
    letters = [character for character in text if character.isalpha()]
    cyrillic = sum("\u0400" <= character <= "\u052f" for character in letters)
    return bool(letters) and cyrillic >= CYRILLIC_SHARE * len(letters)
