"""How far two readings are apart."""

from __future__ import annotations


def edit_distance(a: str, b: str) -> int:
    """Return the edit distance (insertions, deletions, replacements) of two texts.

    >>> edit_distance("1HGCM82633A004352", "1HGCM82633A00435")
    1
    """
    previous = list(range(len(b) + 1))
    for row, character in enumerate(a, 1):
        current = [row]
        for column, other in enumerate(b, 1):
            replaced = previous[column - 1] + (character != other)
            current.append(min(previous[column] + 1, current[-1] + 1, replaced))
        previous = current
    return previous[-1]


def differing_places(a: str, b: str) -> int:
    """Return in how many places two texts of one length differ.

    >>> differing_places("捷岭牌", "捷呤牌")
    1
    """
    return sum(x != y for x, y in zip(a, b, strict=True))
