"""What is marked in values on the pages: where two readings differ, and how a VIN is built. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from verifier.formats import vin as vins
from verifier.page import Box

LENGTH = 17
"""Characters of a VIN (GB 16735)."""
LONGEST_COMPARED = 200
"""Characters; longer texts are shown unmarked."""
MARGIN = 0.012
"""Added around a box on every side of its crop, as a share of the page, so that neighbours can be seen."""
SMALLEST_CROP = 0.03
"""Height of a crop, as a share of the page."""
PAGE_WIDTH = 2000
"""Pixels of the page that crops are cut from (`viewing.LARGEST_WIDTH`)."""
LARGEST_SHOWN = (520, 130)
"""Pixels that a crop takes beside its check: three lines of a table, or a seal small enough to see the next check."""


Opcode = tuple[str, int, int, int, int]
"""What to do with which characters, as difflib says it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters, and whether they differ from the other text."""

    text: str
    differs: bool


def differences(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, with what the other lacks marked.

    >>> [piece.text for piece in differences("LYDN9", "LYDN4")[0] if piece.differs]
    ['9']
    """
    if max(len(one), len(other)) > LONGEST_COMPARED:
        return (Piece(one, False),), (Piece(other, False),)
    left: list[Piece] = []
    right: list[Piece] = []
    for what, a0, a1, b0, b1 in _opcodes(one, other):
        for pieces, text in ((left, one[a0:a1]), (right, other[b0:b1])):
            if text:
                pieces.append(Piece(text, what != "equal"))
    return tuple(left), tuple(right)


def _opcodes(one: str, other: str) -> list[Opcode]:
    """Texts of one length are compared place by place, as a person does with two VINs."""
    if len(one) != len(other):
        return list[Opcode](SequenceMatcher(None, one, other, autojunk=False).get_opcodes())
    return [
        ("equal" if a == b else "replace", n, n + 1, n, n + 1) for n, (a, b) in enumerate(zip(one, other, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class VinGroup:
    """Characters of a VIN that are read together."""

    pieces: tuple[Piece, ...]
    role: str
    """maker, kind, digit, year, plant, serial."""

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)


_GROUPS = (("maker", 0, 3), ("kind", 3, 8), ("digit", 8, 9), ("year", 9, 10), ("plant", 10, 11), ("serial", 11, 17))


@dataclass(frozen=True, slots=True)
class ShownVin:
    """A VIN as it is shown: in groups where it has 17 characters, with its check digit's answer."""

    value: str
    groups: tuple[VinGroup, ...]
    is_valid: bool
    expected_digit: str | None
    """What position 9 had to be, where the rest is well formed."""


def shown_vin(value: str, other: str = "") -> ShownVin:
    """Return a VIN in groups; characters that `other` has otherwise are marked where both have 17.

    >>> [group.text for group in shown_vin("LSVAA4182E2184847").groups], shown_vin("LSVAA4182E2184847").is_valid
    (['LSV', 'AA418', '2', 'E', '2', '184847'], True)
    """
    if len(value) != LENGTH:
        return ShownVin(value, (VinGroup((Piece(value, False),), "serial"),), False, None)
    same = other if len(other) == LENGTH else value
    pieces = tuple(Piece(character, character != there) for character, there in zip(value, same, strict=True))
    groups = tuple(VinGroup(pieces[start:stop], role) for role, start, stop in _GROUPS)
    expected = vins.check_digit(value) if vins.is_well_formed(value) else None
    return ShownVin(value, groups, vins.is_valid(value), expected)


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a page to show, with the box inside it; everything in fractions."""

    page: int
    shown: Box
    inside: Box
    width: int
    height: int
    """Pixels of the picture, so that nothing moves when it arrives."""
    box: Box

    @property
    def query(self) -> str:
        """The crop as the API's `box` parameter."""
        return ",".join(f"{side:.4f}" for side in self.shown)


def crop_around(page: int, box: Box, aspect: float) -> Crop:
    """Return what to show of a page around a box; `aspect` is the page's height over its width."""
    upper, lower = box.y0 - MARGIN, box.y1 + MARGIN
    missing = max(SMALLEST_CROP - (lower - upper), 0.0) / 2
    shown = Box(
        max(box.x0 - 3 * MARGIN, 0.0),
        max(upper - missing, 0.0),
        min(box.x1 + 3 * MARGIN, 1.0),
        min(lower + missing, 1.0),
    )
    inside = Box(
        (box.x0 - shown.x0) / shown.width,
        (box.y0 - shown.y0) / shown.height,
        (box.x1 - shown.x0) / shown.width,
        (box.y1 - shown.y0) / shown.height,
    )
    cut = (shown.width * PAGE_WIDTH, shown.height * PAGE_WIDTH * aspect)
    shrink = min(LARGEST_SHOWN[0] / cut[0], LARGEST_SHOWN[1] / cut[1], 1.0)
    return Crop(page, shown, inside, max(round(cut[0] * shrink), 1), max(round(cut[1] * shrink), 1), box)
