"""Where the characters of a registered impression stand: what the software proposes, what a registrar confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from verifier.record import CharacterLayout, Specimen
from verifier.seals.arc import ArcSpan, arc_length, depths_of, ellipse_angles, unwrap
from verifier.seals.layout import PITCHES, STRIP_ROWS, ArcLayout, divide_arc
from verifier.seals.normalise import RADIUS, SealPicture
from verifier.seals.rings import Ring

NARROWEST = 0.05
"""Least width of a character as a share of the radius: 1 mm of 20, a digit; the widest is a whole pitch."""
LEAST_DEPTH, DEEPEST = 0.08, 0.5
"""Least height of the text, and how far inward it may reach, as shares of the radius: characters are 3 to 9 mm high."""
SLACK = 0.002
"""Neighbours may overlap by this part of a turn, 0.7°: boxes are given to a tenth of a degree."""
LEAST_HELD = 0.5
"""Share of the found arc's ink that the boxes must hold: what lies outside is not compared by character. Boxes at the
carver's own angles held all of it on 40 generated arcs; half leaves room for a star or code taken for text."""
WELL_HELD = 0.9
"""Below this the registrar is told that ink is left out."""
EMPTY_SHARE = 0.1
"""A box with less than this share of the median box's ink holds no character: on 40 generated arcs 一 had 0.19 to 0.32,
the least of the others 0.60."""
SAME_RING = 0.03
"""A rim found elsewhere by more than this share of its radius is another one: a box is 0.1 to 0.5 wide."""
SAME_TILT = 0.05
"""The same for an oval's tilt, radians."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """The characters of an arc: `text` one a box, band depths, and where each starts and ends in turns."""

    text: str
    band: tuple[float, float]
    boxes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False)
class Proposal:
    """One impression as the software sees it: normalised, its rim, and where its characters seem to stand."""

    picture: SealPicture
    ring: Ring
    text: str
    """What should be carved there: the letters and digits of the maker's name."""

    @cached_property
    def found(self) -> ArcLayout:
        """The characters as the software divides the arc."""
        return divide_arc(self.picture, len(self.text))

    @property
    def boxes(self) -> Boxes:
        """The same for a registrar: the first box starts within the first turn."""
        whole = float(np.floor(self.found.boxes[0][0]))
        return Boxes(self.text, self.found.band, tuple((a - whole, b - whole) for a, b in self.found.boxes))

    @property
    def angles(self) -> NDArray[np.float32]:
        """The ellipse's parameter, radians, at each of 361 degrees along the arc: what draws boxes on an oval."""
        return ellipse_angles(self.picture.aspect, np.linspace(0, 1, 361, dtype=np.float32))


def layout_for(specimen: Specimen, proposal: Proposal) -> ArcLayout:
    """Return the layout to compare by: the confirmed one where it fits the rim found today, else the found one."""
    confirmed = specimen.confirmed_layout
    if confirmed is None or not fits(confirmed, proposal.ring):
        return proposal.found
    first, last = confirmed.boxes[0][0], confirmed.boxes[-1][1]
    return ArcLayout(ArcSpan(first % 1.0, last - first), confirmed.band, confirmed.boxes)


def fits(layout: CharacterLayout, ring: Ring) -> bool:
    """Return whether a confirmed layout was measured on this rim: later software may find a rim elsewhere."""
    kept = Ring(*layout.ring)
    reach = SAME_RING * ring.major
    sides = (kept.cx - ring.cx, kept.cy - ring.cy, kept.rx - ring.rx, kept.ry - ring.ry)
    turned = abs((kept.tilt - ring.tilt + np.pi / 2) % np.pi - np.pi / 2)
    return max(map(abs, sides)) <= reach and (not ring.is_oval or turned <= SAME_TILT)


def faults(boxes: Boxes, proposal: Proposal) -> tuple[str, ...]:
    """Return why a layout cannot be used, as codes; empty where it can.

    `count` (not one box a character), `place` (boxes not one after the other clockwise, too narrow, too wide, or off
    the seal), `empty` (a box without a character in it), `off_text` (most of the arc's ink lies outside the boxes).
    """
    if not boxes.text or len(boxes.boxes) != len(boxes.text):
        return ("count",)
    if not _are_placed(boxes, proposal.picture.aspect):
        return ("place",)
    ink = [_ink(proposal.picture, box, boxes.band) for box in boxes.boxes]
    doubts = {
        "empty": min(ink) < EMPTY_SHARE * float(np.median(ink)) or max(ink) <= 0.0,
        "off_text": held_share(boxes, proposal) < LEAST_HELD,
    }
    return tuple(code for code, is_so in doubts.items() if is_so)


def notes(boxes: Boxes, proposal: Proposal) -> tuple[str, ...]:
    """Return what a registrar should look at in a layout, as codes.

    `characters_differ` (not as many boxes as the maker's name has characters), `other_text` (other characters than the
    name's), `ink_left_out` (some of the arc's ink lies outside the boxes).
    """
    doubts = {
        "characters_differ": len(boxes.boxes) != len(proposal.text),
        "other_text": boxes.text != proposal.text and len(boxes.text) == len(boxes.boxes),
        "ink_left_out": held_share(boxes, proposal) < WELL_HELD,
    }
    return tuple(code for code, is_so in doubts.items() if is_so)


def held_share(boxes: Boxes, proposal: Proposal) -> float:
    """Return how much of the ink that the software takes for the arc's text lies within the boxes, 0 to 1."""
    picture, found = proposal.picture, proposal.found
    turns = (found.boxes[0][0] + np.linspace(0, found.boxes[-1][1] - found.boxes[0][0], 1000)).astype(np.float32)
    depths = depths_of(found.band, STRIP_ROWS)
    ink = unwrap(picture.free_ink, picture.aspect, turns, depths)
    along = np.zeros(len(turns), np.bool_)
    for start, end in boxes.boxes:
        along |= (turns - start) % 1.0 <= end - start
    across = (depths >= boxes.band[0]) & (depths <= boxes.band[1])
    return float(ink[across][:, along].sum()) / max(float(ink.sum()), 1e-6)


def _are_placed(boxes: Boxes, aspect: float) -> bool:
    outer, inner = boxes.band
    if not (outer >= 0.0 and inner <= DEEPEST and inner - outer >= LEAST_DEPTH):
        return False
    per_turn = arc_length(aspect) / RADIUS
    wide = all(NARROWEST <= (end - start) * per_turn <= PITCHES[1] for start, end in boxes.boxes)
    apart = all(after[0] >= before[1] - SLACK for before, after in pairwise(boxes.boxes))
    first, last = boxes.boxes[0][0], boxes.boxes[-1][1]
    return wide and apart and 0.0 <= first < 1.0 and last - first <= 1.0 + SLACK


def _ink(picture: SealPicture, box: tuple[float, float], band: tuple[float, float]) -> float:
    """Return the ink in a box, in squares of full ink as wide as one row is high."""
    turns = np.linspace(*box, 48, dtype=np.float32)
    strip = unwrap(picture.free_ink, picture.aspect, turns, depths_of(band, STRIP_ROWS))
    return float(strip.mean()) * (box[1] - box[0])
