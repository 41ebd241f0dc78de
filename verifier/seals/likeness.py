"""From what was measured of one seal against one impression to same, different or unsure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from verifier.examination import Likeness
from verifier.seals.align import disc_of
from verifier.seals.core import CoreScore
from verifier.seals.normalise import SIDE, SealPicture
from verifier.seals.tiles import TileScore

SAME_WHOLE = 0.90
"""Correlation over the disc that impressions of one seal reach (0.91 the least of 240 generated scans)."""
SAME_LOGIT = -3.5
"""Below this the comparator takes a character for the same. With specimens as soft as the seal (`softness.py`), of 360
generated genuine seals 341 pass (337 with −3 and sharp specimens), of 77 drawn by others' programs 57 (53); of 360 and
58 with a look-alike character or carved again none, the nearest at −2.8."""
NEARLY_SAME_LOGIT = -3.0
"""Below this it still counts as the same where the arc is read, surely, as the owner's name: of 36 genuine seals in
fresh letters of others' programs two had their worst character between, the nearest look-alike was at −2.8."""
SURE_ARC, SUREST_ARC = 0.85, 0.99
"""An arc read as the owner's name, and one read so by strips that leave no doubt."""
WORN_LOGIT, WORST_LOGIT = -2.4, -1.5
"""Under the surest arc characters count as the same below the first, one of them below the second: worn and blotted
strokes. Of 111 genuine seals of two unknown generators six more pass so; of 199 with one look-alike character four
were read so at all and none of those came below −0.5, of 160 carved again, all read so, one to −0.5."""
ALONE = 2.3
"""A character that is so much less like its specimen than every other one has to be surely the same by itself, however
surely the arc reads as the owner's name: readers guess what stands there. Of some 200 genuine seals of two unknown
generators one, otherwise the same, has more (2.44, the next 2.26); a faded one with 迏 for 达 (−2.85, the others −5.7
and below) was read as the owner's with 0.9996 and passed."""
COARSE, SAME_IF_COARSE, NEARLY_SAME_IF_COARSE = 1.6, -4.0, -3.5
"""From this enlargement (about 170 dpi on a 40-mm seal) characters have to be more alike, and no worn one passes by the
reading: of 233 look-alikes at 150 dpi and by phone one came to −3.84, faded, 域 for 城, and its arc was read as 城."""
DIFFERENT_LOGIT = 3.0
"""Above this it takes it for another; what lies between is for a person."""
SAME_TILE = 0.75
"""Each readable character of the same seal correlates at least so with its specimen, whatever the comparator says."""
UNCOVERED, SURELY_SAME_LOGIT, SAME_UNDER_PRINT = 0.90, -5.0, 0.70
"""Of a character of which less than the first share is free of print, a logit below the second and a correlation above
the third show the same one where the whole arc reads so: edges of print that are not masked correlate with nothing.
Four genuine seals of 135 of two unknown generators had such a character (logits of −5.2 to −6.5); of 70 with one
exchanged or carved again the nearest is at −0.1."""
SURE_LOGIT = -4.5
"""Below this a letter is so surely the same that an arc may be read unsurely, or as the impression is: 124 of 135
genuine seals of two unknown generators. Of 760 look-alikes on makers and typefaces kept aside one pair of one face lies
below (迏 for 达, 11 seals, two of which count as the same), the nearest other at −2.8."""
SLIP_LOGIT = -5.5
"""Below this a letter that no print covers is so surely the same that a reader who sees another one there has slipped
(耀 for 曜, 呤 for 岭). Of 760 look-alikes on makers and typefaces kept aside those whose arc was read with it
came no lower than −2.8; the one pair below (迏 for 达 in one face, −4.7 to −5.6) is read as the owner's name."""
BRACKETS, BRACKET_LOGIT = "()（）", -1.5
"""Below this logit a bracket is one. The comparator is less sure of a single thin stroke, and its neighbours do not
tell how sure it should be: of 133 brackets of genuine seals by an unknown generator 40 came above −3.9 and 6 above
this; of 45 places of a bracket where another character or another kind of bracket stood the nearest came to −0.8, with
a likeness of 0.53. No maker is told from another by a bracket."""
OTHER_MEDIAN = 0.80
"""Another company's arc: half of its characters are below this (0.3 to 0.7; the same seal 0.93 and more)."""
OUTSTANDING_PATCH, OUTSTANDING_RATIO, OUTSTANDING_LOGIT = 0.30, 2.0, 1.0
"""A stroke-sized difference above the first and the second times the median of the characters, together with a logit
that much above their median: none of 80 generated genuine seals at 200 and 300 dpi has it, one of 48 coarser ones."""
OUTSTANDING_COVERED_LOGIT = 0.5
"""The same for a character that print covers in part, which may hide the very stroke: of 250 look-alikes of an unknown
generator one was the same as its impression, 甲 for 申 with print over the top (patch 0.49, logit −5.5, median −6.5).
Where the arc reads the owner's name such characters are not asked (`_is_under_print`)."""
OVERLAID_PATCH = 0.60
FEWEST_OVERLAID = 4
OVERLAID_LOST = 0.40
"""Red print adds patches above the first to this many characters, and takes from few: others' seals do both."""
LEAST_USABLE = 0.60
"""Share of characters that must be readable before the arc says anything."""
COARSEST = 2.6
"""Enlargement from which characters are too coarse to be told apart (about 105 dpi on a 40-mm seal)."""
FAINTEST = 0.10
"""Ink on strokes, as a share of black, below which wear and another character look alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What one seal shows against one impression."""

    seal: SealPicture
    whole: float
    """Correlation over the disc."""
    tiles: tuple[TileScore, ...]
    logits: tuple[float, ...]
    """How surely each character differs, by the comparator."""
    core: CoreScore
    carved: str = ""
    """What stands in the tiles on the impression, one character each; empty where that is not known."""

    @property
    def rows(self) -> tuple[tuple[str, TileScore, float], ...]:
        """Each character with its tile and logit; a letter where it is not known."""
        carved = self.carved or "字" * len(self.tiles)
        return tuple(zip(carved, self.tiles, self.logits, strict=True))


_Seen: TypeAlias = tuple[TileScore, float]
"""One character's tile and how surely it differs."""


def judge(measured: Measured, *, owner_read: float = 0.0) -> tuple[Likeness, str]:
    """Return the likeness and its reason; the order is from what is most certain to what is least.

    `owner_read` is how surely the arc was read as the name of the impression's owner, 0 where it was not. Where that is
    sure a character may be a little less like, and what print leaves over one that it partly covers is no stroke of it.
    """
    reads_owner = owner_read >= SURE_ARC
    seal, tiles, core = measured.seal, measured.tiles, measured.core
    letters, brackets = _seen(measured)
    seen = [*letters, *brackets]
    different = Likeness.DIFFERENT if seal.has_colour else Likeness.UNSURE
    if seal.enlargement > COARSEST or stroke_ink(seal) < FAINTEST:
        return Likeness.UNSURE, "poor_image"
    if not letters or len(seen) < LEAST_USABLE * len(tiles):
        return Likeness.UNSURE, "hidden_under_print"
    if _is_overlaid([tile for tile, _ in letters]):
        return Likeness.UNSURE, "red_print"
    if float(np.median([tile.likeness for tile, _ in seen])) < OTHER_MEDIAN:
        return different, "other_seal" if seal.has_colour else "no_colour"
    if any(logit > DIFFERENT_LOGIT for _, logit in seen) or core.differs:
        lies_well = measured.whole >= SAME_WHOLE  # else the photograph's slant or a worn rim may be all that differs
        return different if lies_well else Likeness.UNSURE, "character_differs" if seal.has_colour else "no_colour"
    cleared = [pair for pair in letters if not (reads_owner and _is_under_print(*pair))]
    agrees = _agree(cleared, owner_read, is_coarse=seal.enlargement > COARSE)
    bracketed = all(_is_bracket(*pair) or (reads_owner and _is_under_print(*pair)) for pair in brackets)
    if not (agrees and bracketed) or _one_is_alone(letters) or _one_stands_out(cleared):
        return Likeness.UNSURE, "character_differs"
    if measured.whole < SAME_WHOLE or not core.agrees:
        return Likeness.UNSURE, "poor_image"
    if len(seen) < len(tiles):
        return Likeness.UNSURE, "hidden_under_print"
    return Likeness.SAME, "matches"


def _seen(measured: Measured) -> tuple[list[_Seen], list[_Seen]]:
    """Return the readable letters and the readable brackets; all are letters where what is carved is not known."""
    seen = [row for row in measured.rows if row[1].is_usable]
    letters = [(tile, logit) for letter, tile, logit in seen if letter not in BRACKETS]
    return letters, [(tile, logit) for letter, tile, logit in seen if letter in BRACKETS]


def _is_bracket(tile: TileScore, logit: float) -> bool:
    """Return whether a bracket of the impression is one on the seal."""
    return logit < BRACKET_LOGIT and tile.likeness >= SAME_TILE


def _is_overlaid(tiles: list[TileScore]) -> bool:
    """Return whether ink lies over many characters that are themselves all there, as red print does."""
    lost = float(np.median([tile.missing for tile in tiles]))
    return lost < OVERLAID_LOST and sum(tile.added > OVERLAID_PATCH for tile in tiles) >= FEWEST_OVERLAID


def _one_stands_out(seen: list[_Seen]) -> bool:
    """Return whether one character is less like its specimen than its neighbours in one and the same impression.

    A single dot more or less (达 迏) weighs little with the comparator, but wear and blur are shared by neighbours.
    """
    patches = [max(tile.missing, tile.added) for tile, _ in seen]
    usual_patch, usual_logit = float(np.median(patches)), float(np.median([logit for _, logit in seen]))
    limit = max(OUTSTANDING_PATCH, OUTSTANDING_RATIO * usual_patch)
    return any(
        patch > limit
        and logit - usual_logit > (OUTSTANDING_COVERED_LOGIT if tile.free < UNCOVERED else OUTSTANDING_LOGIT)
        for patch, (tile, logit) in zip(patches, seen, strict=True)
    )


def _one_is_alone(seen: list[_Seen]) -> bool:
    """Return whether one character is much less like than every other and not surely the same by itself.

    No reading tells 达 from 迏. Characters under print count among the others: that print is left out of account where
    the arc reads the owner's name must not leave their neighbour alone.
    """
    worst, *others = sorted((logit for _, logit in seen), reverse=True)
    return bool(others) and worst - others[0] > ALONE and worst >= SURE_LOGIT


def worst_character(measured: Measured) -> int | None:
    """Return the index of the readable character most surely different, a bracket only where it is none or there are
    but brackets; None where no character is readable.
    """
    ranked = [
        (letter not in BRACKETS or not _is_bracket(tile, logit), logit, index)
        for index, (letter, tile, logit) in enumerate(measured.rows)
        if tile.is_usable
    ]
    return max(ranked)[2] if ranked else None


def surely_same(measured: Measured, carved: str) -> bool:
    """Return whether every letter of what is `carved` can be seen and is surely the same; brackets are but strokes."""
    if len(carved) != len(measured.tiles):
        return False
    seen = zip(carved, measured.tiles, measured.logits, strict=True)
    return all(tile.is_usable and logit < SURE_LOGIT for letter, tile, logit in seen if letter.isalnum())


def is_slip(measured: Measured, carved: str, read: str) -> bool:
    """Return whether an arc `read` with one other letter than is `carved` shows the carved one there, free of print."""
    seen = zip(carved, measured.tiles, measured.logits, strict=True)
    letters = [(letter, tile, logit) for letter, tile, logit in seen if letter.isalnum()]
    if len(letters) != len(read):
        return False
    other = [(tile, logit) for (letter, tile, logit), own in zip(letters, read, strict=True) if letter != own]
    return len(other) == 1 and other[0][0].free >= UNCOVERED and other[0][1] < SLIP_LOGIT


def _agree(seen: list[_Seen], owner_read: float, *, is_coarse: bool) -> bool:
    """Return whether every character is the same; `owner_read` is as for `judge`."""
    if any(tile.likeness < SAME_TILE for tile, _ in seen):
        return False
    if not seen:
        return True
    worst, *others = sorted((logit for _, logit in seen), reverse=True)
    if is_coarse:
        return worst < (NEARLY_SAME_IF_COARSE if owner_read >= SURE_ARC else SAME_IF_COARSE)
    if owner_read >= SUREST_ARC:
        return worst < WORST_LOGIT and all(logit < WORN_LOGIT for logit in others)
    return worst < (NEARLY_SAME_LOGIT if owner_read >= SURE_ARC else SAME_LOGIT)


def _is_under_print(tile: TileScore, logit: float) -> bool:
    """Return whether print covers part of a character and what is free of it is surely the same."""
    return tile.free < UNCOVERED and logit < SURELY_SAME_LOGIT and tile.likeness >= SAME_UNDER_PRINT


def stroke_ink(seal: SealPicture) -> float:
    """Return how dark the inked eighth of the seal's disc is, 0 to 1: an oval fills less of its picture."""
    return float(np.percentile(seal.free_ink[disc_of(SIDE, seal.aspect) > 0], 87.5))
