"""A number unlike its page stands out; one that is set as its siblings are does not, nor one that is only in bold."""

from __future__ import annotations

import numpy as np
import pytest

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.characters import MEASURES
from verifier.integrity.traces.neighbours import FEWEST_EQUAL, OF_SHAPE, Crowd, crowd_of, neighbour_deviations

TYPED = {"contrast": 0.5} | dict.fromkeys(("steepest", "edge_detail", "edge_curvature", "across", "down"), 0.4)
BOLD = {"stroke": 0.9}


def crowd(*leanings: dict[str, float], others: int = 80, told: bool = True) -> Crowd:
    """Fields of 17 characters each, whose numbers lean as told, among other characters."""
    rng = np.random.default_rng(7)
    owners = np.concatenate([np.full(others, -1), np.repeat(np.arange(len(leanings)), 17)])
    rows = rng.normal(0, 0.1, (len(owners), len(MEASURES)))
    for field, leaning in enumerate(leanings):
        for name, by in leaning.items():
            rows[owners == field, MEASURES.index(name)] += by
    x, y = np.arange(len(owners)) % 40 * 20.0, np.arange(len(owners)) // 40 * 50.0
    return Crowd(np.column_stack([x, y, np.full(len(owners), 30.0), owners]), rows, rows, np.full(len(owners), told))


def test_one_number_typed_in_an_editor_stands_out_among_its_siblings():
    found = neighbour_deviations(crowd(TYPED, {}, {}), {0: [1, 2], 1: [0, 2], 2: [0, 1]})
    assert found[0] > 1
    assert max(found[1], found[2]) < 1


def test_numbers_all_set_in_bold_accuse_nobody_but_all_typed_in_an_editor_do():
    assert max(neighbour_deviations(crowd(BOLD, BOLD), {0: [1], 1: [0]}).values()) < 0.5
    assert min(neighbour_deviations(crowd(TYPED, TYPED), {0: [1], 1: [0]}).values()) > 1


def test_a_lone_number_in_bold_is_not_judged_by_that_alone():
    assert neighbour_deviations(crowd(BOLD), {0: []})[0] < 1


def test_a_lone_number_set_in_grey_has_no_odd_character():
    assert neighbour_deviations(crowd({"contrast": -1.0}), {0: []})[0] < 1
    softer = dict.fromkeys(("contrast", "steepest", "across", "down"), -0.5)
    assert neighbour_deviations(crowd(softer | {"edge_curvature": -0.9}), {0: []})[0] > 1


def test_one_typed_character_whose_shape_the_page_does_not_tell_has_more_room():
    pages = crowd({}, {}), crowd({}, {}, told=False)
    for page in pages:
        for name, by in TYPED.items():
            page.shapeless[80 + 4, MEASURES.index(name)] = by
    told, untold = (neighbour_deviations(page, {0: [1], 1: [0]})[0] for page in pages)
    assert 1 < untold == pytest.approx(told / OF_SHAPE)


def test_equals_tell_what_a_shape_does():
    cells = [Cell(text, 20.0 * at, 30, 18, 24, -1) for at, text in enumerate("E" * FEWEST_EQUAL + "Z" * 4)]
    rows = np.full((len(cells), len(MEASURES)), 1.0)
    rows[:FEWEST_EQUAL] += 2.0
    page = crowd_of(cells, rows)
    assert page.told.tolist() == [True] * FEWEST_EQUAL + [False] * 4
    assert np.abs(page.shapeless[:FEWEST_EQUAL]).max() < np.abs(page.shapeless[FEWEST_EQUAL:]).max()


def test_too_few_characters_say_nothing():
    assert neighbour_deviations(crowd(TYPED, others=2), {0: []}) == {}
    assert neighbour_deviations(crowd(others=30), {3: []}) == {}
