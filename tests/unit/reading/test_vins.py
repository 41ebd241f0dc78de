"""Places that look like a VIN, whatever dust lies on them."""

from __future__ import annotations

import pytest

from verifier.page import Box, Line
from verifier.reading.vins import find_vin_places, without_specks


def line_of(text: str) -> Line:
    """Return a line with these characters side by side."""
    edges = tuple(0.1 + 0.01 * n for n in range(len(text) + 1))
    return Line(text, Box(edges[0], 0.1, edges[-1], 0.12), 0.6, edges, (0.6,) * len(text))


@pytest.mark.parametrize(
    ("read", "cleaned"),
    [
        ("HSR0E7DÁ5S5301820", "HSR0E7DA5S5301820"),
        ("VIN: HSR0E7DÁ5S5301820，苏锐牌", "VIN: HSR0E7DA5S5301820，苏锐牌"),
        ("Calle Álvarez 15, São Paulo", "Calle Álvarez 15, São Paulo"),
        ("车架号：HSR0E7DA5S5301820", "车架号：HSR0E7DA5S5301820"),
    ],
)
def test_a_speck_over_a_letter_of_a_number_is_no_mark(read: str, cleaned: str) -> None:
    line = line_of(read)
    found = without_specks(line)
    assert found.text == cleaned
    assert found.character_confidences == line.character_confidences


def test_the_cleaned_number_is_a_place_to_read_again() -> None:
    assert find_vin_places((line_of("HSR0E7DÁ5S5301820"),)) == ()
    (place,) = find_vin_places((without_specks(line_of("HSR0E7DÁ5S5301820")),))
    assert (place.start, place.stop) == (0, 17)
