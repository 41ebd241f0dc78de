"""How finely a JPEG was saved, read from its header alone: nothing is decoded."""

from __future__ import annotations

from collections.abc import Iterator

TABLE = 64
"""Steps of one table, for 8 × 8 waves."""
MOST_SEGMENTS = 256
"""Segments before the picture that are looked at; cameras write some twenty."""
_ZIGZAG = (
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
    12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
    58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
)  # fmt: skip
"""Where the steps of a table stand, row by row, in the order of the file (ITU-T T.81, figure 5)."""
_START, _TABLES, _SCAN, _END = 0xD8, 0xDB, 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers that begin a frame; those left out define Huffman and arithmetic tables."""
_BARE = frozenset((0x01, *range(0xD0, 0xD9)))
"""Markers without a length."""


def luminance_steps(stream: bytes) -> tuple[int, ...]:
    """Return the 64 steps, row by row, to which a JPEG's brightness was rounded; empty where none can be read.

    ITU-T T.81, B.2.4.1. The tables that stand before the picture count: the first component's.
    """
    tables: dict[int, tuple[int, ...]] = {}
    wanted: int | None = None
    for marker, body in _segments(stream):
        if marker == _TABLES:
            tables |= _tables(body)
        elif marker in _FRAMES and len(body) > 8:
            wanted = body[8]
    return tables.get(wanted, ()) if wanted is not None else ()


def _segments(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (marker, body) of the segments before the picture."""
    at = 2 if stream[:2] == bytes((0xFF, _START)) else len(stream)
    for _ in range(MOST_SEGMENTS):
        while stream[at : at + 2] == b"\xff\xff":  # fill bytes
            at += 1
        if len(stream) < at + 4 or stream[at] != 0xFF or stream[at + 1] in (_SCAN, _END):
            return
        if stream[at + 1] in _BARE:
            at += 2
            continue
        length = int.from_bytes(stream[at + 2 : at + 4])
        yield stream[at + 1], stream[at + 4 : at + 2 + length]
        at += 2 + length


def _tables(body: bytes) -> dict[int, tuple[int, ...]]:
    """Return the tables of a segment by their number, those that are cut off or hold a zero left out."""
    found: dict[int, tuple[int, ...]] = {}
    at = 0
    while at < len(body):
        wide, number = 1 + (body[at] >> 4), body[at] & 15
        steps = body[at + 1 : at + 1 + TABLE * wide]
        at += 1 + TABLE * wide
        if wide > 2 or len(steps) < TABLE * wide:
            break
        rows = [0] * TABLE
        for order, place in enumerate(_ZIGZAG):
            rows[place] = int.from_bytes(steps[order * wide : (order + 1) * wide])
        if all(rows):
            found[number] = tuple(rows)
    return found
