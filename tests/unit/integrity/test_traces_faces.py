"""A number in another face, weight or size than its siblings is seen; a list in one face is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from samples.paper.faces import TYPES
from tests.unit.integrity.pages import Faces, grained, read_as_drawn
from tests.unit.integrity.test_traces import vins
from verifier.integrity.fields import verdict_fields
from verifier.integrity.traces.cells import cells_of
from verifier.integrity.traces.faces import face_deviations

ODD = 4
SANS, WIDE = TYPES["hei"].other.path, TYPES["micro"].other.path


def deviations(pixels: np.ndarray, texts: list[str], faces: Faces | None = None, shown: int = 6) -> dict[int, float]:
    page, letter = read_as_drawn(texts, faces)
    fields = list(verdict_fields(letter))[:shown]
    luma = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    return face_deviations(pixels, luma, cells_of(luma, page, fields), set(range(shown)))


@pytest.mark.parametrize("face", [None, SANS])
@pytest.mark.parametrize("seed", range(3))
def test_a_list_in_one_face_accuses_nobody(seed, face):
    faces = dict.fromkeys(range(18), (face, 30))
    found = deviations(grained(vins(seed), seed, faces=faces), vins(seed), faces)
    assert len(found) == 6
    assert max(found.values()) < 0.9


@pytest.mark.parametrize("odd", [(WIDE, 22), (SANS, 25), (None, 24)], ids=["wide face", "face and size", "size"])
def test_a_number_set_otherwise_stands_out_the_most(odd):
    found = deviations(grained(vins(1), 1, faces={ODD: odd}), vins(1), {ODD: odd})
    assert max(found, key=lambda field: found[field]) == ODD
    assert found[ODD] > 1
    assert sorted(found.values())[-2] < 1


def test_of_two_numbers_in_two_faces_both_are_for_a_person():
    found = deviations(grained(vins(1), 1, faces={1: (SANS, 24)}), vins(1), {1: (SANS, 24)}, shown=2)
    assert len(found) == 2
    assert min(found.values()) > 1


def test_a_page_with_one_number_has_no_siblings():
    assert deviations(grained(vins(1), 1), vins(1), shown=1) == {}


def test_a_stamped_number_is_not_compared():
    pixels = grained(vins(1), 1, faces={ODD: (SANS, 24)})
    y = 60 + ODD * 60
    pixels[y : y + 30, 120:200] = np.minimum(pixels[y : y + 30, 120:200], (210, 60, 60))
    assert ODD not in deviations(pixels, vins(1), {ODD: (SANS, 24)})
