"""Words that stand on one another, and words where the pixels show nothing."""

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.rules.builders import BOX, MAKER, VIN, field, letter, page
from verifier import integrity
from verifier.page import Box, LayerWord, Line

OTHER = "LSVAA4182E2184850"
"""Valid as well."""
LINE = Line(VIN, BOX, 0.99, tuple(0.1 + 0.3 * n / 17 for n in range(18)), (0.99,) * 17)


def found(*layer: LayerWord, **changes):
    seen = replace(page(lines=(LINE,)), layer=layer, **changes)
    claims = letter(issuer=field(MAKER, box=Box(0.1, 0.8, 0.4, 0.83)))
    return {(f.code, f.field) for f in integrity.examine((), (seen,), claims) if f.field and "vin" in f.field}


def test_another_number_drawn_in_the_same_place_is_a_conflict():
    doubled = LayerWord(VIN, BOX), LayerWord(VIN, BOX)
    assert found(*doubled, born_digital=True) == set()
    assert found(*doubled, LayerWord(OTHER, BOX), born_digital=True) == {("layer_conflict", "vehicles[0].vin")}


def test_a_watermark_beneath_a_number_is_no_conflict():
    across = Box(0.05, 0.02, 0.6, 0.4)
    assert found(LayerWord(VIN, BOX), LayerWord(OTHER, across), born_digital=True) == set()


def test_another_number_in_a_scans_layer_is_no_noise_where_nothing_is_printed():
    blank = Box(0.1, 0.9, 0.4, 0.93)
    assert found(LayerWord(OTHER, blank, "covered")) == {("hidden_text", "vehicles[0].vin")}
    assert found(LayerWord(OTHER, blank, "invisible")) == {("hidden_text", "vehicles[0].vin")}


FOOTER = Box(0.4, 0.95, 0.6, 0.97)
"""Where the page has print that no number is."""


@pytest.mark.parametrize("text", ["第1页 共1页", "Page 1 of 1", "No. 2026-0117 · Tel. 010-5551234"])
def test_a_number_that_should_be_seen_where_other_print_is_read_is_hidden(text):
    footer = Line(text, FOOTER, 0.99, tuple(np.linspace(0.4, 0.6, len(text) + 1)), (0.99,) * len(text))
    there = LayerWord(VIN, BOX), LayerWord(OTHER, FOOTER)
    assert found(*there, born_digital=True, lines=(LINE, footer)) == {("hidden_text", "vehicles[0].vin")}


@pytest.mark.parametrize("text", [OTHER[:8] + "7" + OTHER[9:], "VIN " + OTHER[:6] + "····" + OTHER[10:], OTHER[4:]])
def test_a_number_misread_where_it_stands_is_not_hidden(text):
    footer = Line(text, FOOTER, 0.9, tuple(np.linspace(0.4, 0.6, len(text) + 1)), (0.9,) * len(text))
    there = LayerWord(VIN, BOX), LayerWord(OTHER, FOOTER)
    assert found(*there, born_digital=True, lines=(LINE, footer)) == set()
