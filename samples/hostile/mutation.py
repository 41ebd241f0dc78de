"""Mutants of files: the same index makes the same mutant, so that what fails can be made again."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483647",
    b"-2147483648",
    b"4294967296",
    b"99999999999999999999",
    b"1e38",
    b"0.0000001",
)
BYTES = (0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF)
WORDS = (
    b"/Filter/FlateDecode", b"/Kids[2 0 R]", b"/Length 0", b"/Prev 9", b"<<", b">>", b"[", b"]", b"stream\n",
    b"endstream", b"endobj", b"null", b"1 0 R", b"3 0 R", b"4 0 R", b"/SMask 4 0 R", b"/Type/Page", b"(", b")",
    b"/XObject", b" Do ", b" q ", b" Q ", b"%%EOF", b"IDAT", b"\xff\xda", b"\xff\xc4", b"II*\x00", b"VP8L",
)  # fmt: skip
MOST_CHANGES = 6
_NUMBER = re.compile(rb"\d+")


def mutant(seeds: Sequence[bytes], seed: int, index: int) -> bytes:
    """Return the mutant `index` of one of the seeds: up to six changes, chosen by the two numbers alone."""
    chance = random.Random(f"{seed}/{index}")
    document = seeds[index % len(seeds)]
    for _ in range(chance.randint(1, MOST_CHANGES)):
        document = chance.choice(_CHANGES)(document, chance, seeds) or document
    return document


Change = Callable[[bytes, random.Random, Sequence[bytes]], bytes]


def _place(document: bytes, chance: random.Random) -> int:
    return chance.randrange(len(document) + 1)


def _flip(document: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    changed = bytearray(document)
    for _n in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwrite(document: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    at, count = _place(document, chance), chance.randint(1, 16)
    return document[:at] + bytes((chance.choice(BYTES),)) * count + document[at + count :]


def _noise(document: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    at, count = _place(document, chance), chance.randint(1, 64)
    return document[:at] + chance.randbytes(count) + document[at + count :]


def _cut(document: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    at = _place(document, chance)
    return document[:at] + document[at + chance.randint(1, 200) :]


def _repeat(document: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    at, count = _place(document, chance), chance.randint(1, 200)
    return document[:at] + document[at : at + count] * chance.choice((2, 3, 50)) + document[at + count :]


def _insert(document: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    at = _place(document, chance)
    return document[:at] + chance.choice(WORDS) + document[at:]


def _number(document: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """Exchange one written number, as PDFs and tables hold them by the hundred."""
    found = list(_NUMBER.finditer(document))
    if not found:
        return document
    one = chance.choice(found)
    return document[: one.start()] + chance.choice(NUMBERS) + document[one.end() :]


def _splice(document: bytes, chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Exchange a stretch for one of another seed."""
    other = chance.choice(seeds)
    at, start, count = _place(document, chance), _place(other, chance), chance.randint(1, 500)
    return document[:at] + other[start : start + count] + document[at + count :]


def _truncate(document: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    return document[: max(_place(document, chance), 1)]


_CHANGES: tuple[Change, ...] = (
    _flip, _flip, _overwrite, _noise, _cut, _repeat, _insert, _insert, _number, _number, _number, _splice, _truncate,
)  # fmt: skip
