"""Character boxes of an impression: proposed, found fault with, confirmed, and compared by."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_bench import comparator
from tests.benchmarks.seals_scans import Scan, impression_scan, specimen_image
from tests.unit.rules import builders as b
from verifier.batch.filing import specimens_digest
from verifier.examination import Likeness
from verifier.inputs import with_versions
from verifier.page import Colour
from verifier.record import CharacterLayout, LayoutState, Specimen
from verifier.seals.boxes import Boxes, Proposal, faults, fits, held_share, notes
from verifier.seals.compare import Compared, compare_seal
from verifier.seals.find import find_rims
from verifier.seals.normalise import SIDE, normalise
from verifier.seals.pictures import box_frame, draw_boxes
from verifier.seals.specimens import prepare, propose

NAME = "华辰启明汽车制造有限公司"
DESIGN = Design(NAME, face=2, span_degrees=230.0)
SPECIMEN = Specimen(NAME, specimen_image(DESIGN, np.random.default_rng(0)), "a" * 64)
OVAL = Design("海川奥腾汽车有限公司", face=2, shape="oval", diameter_mm=45.0)


def proposal_of(specimen: Specimen) -> Proposal:
    found = propose(specimen)
    assert found is not None
    return found


PROPOSAL = proposal_of(SPECIMEN)
PROPOSED = PROPOSAL.boxes
PITCH = PROPOSED.boxes[1][0] - PROPOSED.boxes[0][0]


def turned(boxes: Boxes, turns: float) -> Boxes:
    """Return boxes moved along the arc, the first one within the first turn."""
    first = boxes.boxes[0][0] + turns
    by = turns - float(np.floor(first))
    return replace(boxes, boxes=tuple((start + by, end + by) for start, end in boxes.boxes))


def confirmed(boxes: Boxes, proposal: Proposal = PROPOSAL, **changes: object) -> CharacterLayout:
    """Return boxes as a registrar's word."""
    said = CharacterLayout(
        LayoutState.CONFIRMED, "registrar", datetime(2026, 3, 1, tzinfo=UTC),
        boxes.text, boxes.band, boxes.boxes, astuple(proposal.ring),
    )  # fmt: skip
    return replace(said, **changes)


def compared(design: Design, specimen: Specimen) -> Compared:
    pixels = impression_scan(design, np.random.default_rng(1), Scan(dpi=300), wear=0.3)
    ring = find_rims(pixels, 300, Colour.COLOUR)[0].ring
    picture = normalise(pixels, ring, has_colour=True)
    found = compare_seal(picture, ring, (specimen,), comparator(), page_size=(pixels.shape[1], pixels.shape[0]))
    assert found is not None
    return found


def test_a_proposal_has_one_box_a_character_and_no_fault() -> None:
    assert PROPOSED.text == NAME
    assert len(PROPOSED.boxes) == len(NAME)
    assert 0 <= PROPOSED.boxes[0][0] < 1
    assert faults(PROPOSED, PROPOSAL) == notes(PROPOSED, PROPOSAL) == ()
    assert held_share(PROPOSED, PROPOSAL) > 0.98


def test_boxes_that_are_not_one_a_character_are_refused() -> None:
    assert faults(replace(PROPOSED, text=NAME[1:]), PROPOSAL) == ("count",)
    assert faults(replace(PROPOSED, text="", boxes=()), PROPOSAL) == ("count",)


@pytest.mark.parametrize(
    "boxes",
    [
        replace(PROPOSED, boxes=PROPOSED.boxes[::-1]),
        replace(PROPOSED, boxes=(*PROPOSED.boxes[:-1], PROPOSED.boxes[-2])),
        replace(PROPOSED, boxes=((PROPOSED.boxes[0][0], PROPOSED.boxes[0][0] + 0.001), *PROPOSED.boxes[1:])),
        replace(PROPOSED, boxes=tuple((start + 1.0, end + 1.0) for start, end in PROPOSED.boxes)),
        replace(PROPOSED, band=(0.3, 0.31)),
        replace(PROPOSED, band=(0.05, 0.9)),
    ],
    ids=["anticlockwise", "one on another", "too narrow", "a turn on", "no height", "too deep"],
)
def test_boxes_out_of_place_are_refused(boxes: Boxes) -> None:
    assert faults(boxes, PROPOSAL) == ("place",)


def test_boxes_beside_the_text_are_refused() -> None:
    assert faults(turned(PROPOSED, 0.5), PROPOSAL) == ("empty",)
    assert faults(turned(PROPOSED, 1.6 * PITCH), PROPOSAL) == ("empty",)
    assert faults(turned(PROPOSED, 0.2 * PITCH), PROPOSAL) == ()


def test_fewer_boxes_than_the_name_has_characters_are_said_so_and_a_few_alone_are_refused() -> None:
    shorter = Boxes(NAME[:10], PROPOSED.band, PROPOSED.boxes[:10])
    assert faults(shorter, PROPOSAL) == ()
    assert notes(shorter, PROPOSAL) == ("characters_differ", "other_text", "ink_left_out")
    assert faults(Boxes(NAME[:4], PROPOSED.band, PROPOSED.boxes[:4]), PROPOSAL) == ("off_text",)
    assert notes(replace(PROPOSED, text="某" + NAME[1:]), PROPOSAL) == ("other_text",)


def test_seals_are_compared_by_the_confirmed_boxes() -> None:
    moved = turned(PROPOSED, 0.1 * PITCH)
    prepared = prepare(replace(SPECIMEN, layout=confirmed(moved)))
    assert prepared is not None
    assert (prepared.layout.boxes, prepared.layout.band) == (moved.boxes, moved.band)
    taken_back = prepare(replace(SPECIMEN, layout=confirmed(moved, state=LayoutState.PROPOSED)))
    assert taken_back is not None
    assert taken_back.layout.boxes == PROPOSAL.found.boxes


def test_a_confirmed_layout_tells_the_same_seal_and_one_look_alike_character() -> None:
    tight = replace(PROPOSED, boxes=tuple((start + 0.05 * PITCH, end - 0.05 * PITCH) for start, end in PROPOSED.boxes))
    specimen = replace(SPECIMEN, layout=confirmed(tight))
    assert compared(DESIGN, specimen).comparison.likeness is Likeness.SAME
    other = compared(replace(DESIGN, name=NAME.replace("辰", "晨")), specimen).comparison
    assert (other.likeness, other.worst_character) == (Likeness.DIFFERENT, NAME.index("辰"))


def test_a_layout_of_another_rim_is_not_used() -> None:
    ring = PROPOSAL.ring
    layout = confirmed(turned(PROPOSED, 0.1 * PITCH))
    for elsewhere in (ring.shifted(0.1 * ring.major, 0), ring.scaled(1.1)):
        stale = replace(layout, ring=astuple(elsewhere))
        assert not fits(stale, ring)
        prepared = prepare(replace(SPECIMEN, layout=stale))
        assert prepared is not None
        assert prepared.layout.boxes == PROPOSAL.found.boxes
    assert fits(replace(layout, ring=astuple(ring.shifted(1.0, 1.0))), ring)


def test_boxes_of_an_oval_are_drawn_where_its_text_stands() -> None:
    proposal = proposal_of(Specimen(OVAL.name, specimen_image(OVAL, np.random.default_rng(3)), "b" * 64))
    assert proposal.picture.aspect < 0.9
    boxes = proposal.boxes
    assert faults(boxes, proposal) == ()
    assert np.all(np.diff(proposal.angles) > 0)
    assert proposal.angles[-1] == pytest.approx(2 * np.pi)
    frame = box_frame(boxes.boxes[0], boxes.band, proposal.picture.aspect)
    assert frame.min() > 0
    assert frame.max() < SIDE
    drawn = draw_boxes(proposal.picture.pixels, boxes.boxes, boxes.band, proposal.picture.aspect)
    assert drawn.shape == (2 * SIDE, 2 * SIDE, 3)
    x, y = (2 * frame[4]).round().astype(int)
    assert drawn[y, x, 2] > drawn[y, x, 0] + 60


def test_only_a_confirmed_layout_changes_what_letters_were_compared_with() -> None:
    def digests(layout: CharacterLayout | None) -> tuple[str, str]:
        known = with_versions(b.registry(specimens=(b.specimen(layout=layout),)))
        return known.registry_version, specimens_digest(b.examination(), known)

    plain, moved = digests(None), digests(confirmed(PROPOSED))
    assert all(one != other for one, other in zip(plain, moved, strict=True))
    assert digests(confirmed(PROPOSED, state=LayoutState.PROPOSED)) == plain
    assert digests(confirmed(PROPOSED, by="another")) == moved
    assert digests(confirmed(turned(PROPOSED, 0.01)))[1] != moved[1]
