"""Print that is the same to the pixel is read once; anything else is read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verifier.page import Pixels
from verifier.reading.ink import three_times
from verifier.reading.repeats import recognise_distinct
from verifier.recognition.engine import RecognisedText

SCALE = 0.8


class Counting:
    """Reads its n-th crop as "n", its print standing where the first ink stands."""

    def __init__(self) -> None:
        self.crops: list[Pixels] = []

    def recognise(self, crops: Sequence[Pixels], *, width_scale: float = 1.0) -> tuple[RecognisedText, ...]:
        assert width_scale == SCALE
        self.crops += crops
        return tuple(_read(str(number), crop) for number, crop in enumerate(crops))


def _read(text: str, crop: Pixels) -> RecognisedText:
    columns = np.flatnonzero((crop[:, :, 0] < 128).any(axis=0))
    edges = columns[0] / crop.shape[1], (columns[-1] + 1) / crop.shape[1]
    return RecognisedText(text, 0.9, edges, (0.9,), ((edges[0] + edges[1]) / 2,))


def _crop(print_: Pixels, left: int, above: int, size: tuple[int, int] = (30, 80)) -> Pixels:
    paper = np.full(size, 255, np.uint8)
    paper[above : above + print_.shape[0], left : left + print_.shape[1]] = print_
    return three_times(paper)


def _print() -> Pixels:
    return np.random.default_rng(7).integers(0, 120, (12, 40), np.uint8)


def test_equal_print_is_read_once_and_stands_where_it_stands() -> None:
    reader = Counting()
    first, second = recognise_distinct(
        reader, [_crop(_print(), 5, 4), _crop(_print(), 21, 9, (34, 90))], width_scale=SCALE
    )
    assert len(reader.crops) == 1
    assert (first.text, second.text) == ("0", "0")
    np.testing.assert_allclose(second.edges, (21 / 90, 61 / 90))
    np.testing.assert_allclose(second.centres, (41 / 90,))
    assert first.edges == (5 / 80, 45 / 80)


def test_one_pixel_of_another_level_is_another_print() -> None:
    reader, changed = Counting(), _print()
    changed[6, 20] += 1
    read = recognise_distinct(reader, [_crop(_print(), 5, 4), _crop(changed, 5, 4)], width_scale=SCALE)
    assert [one.text for one in read] == ["0", "1"]


def test_faint_print_beside_equal_print_is_another_print() -> None:
    reader, more = Counting(), np.full((12, 46), 255, np.uint8)
    more[:, :40] = _print()
    more[3:9, 44:46] = 245
    read = recognise_distinct(reader, [_crop(_print(), 5, 4), _crop(more, 5, 4)], width_scale=SCALE)
    assert [one.text for one in read] == ["0", "1"]


def test_readings_keep_the_order_of_the_crops() -> None:
    reader, other = Counting(), _print()[::-1].copy()
    crops = [_crop(_print(), 5, 4), _crop(other, 5, 4), _crop(_print(), 9, 2), _crop(other, 1, 1)]
    read = recognise_distinct(reader, crops, width_scale=SCALE)
    assert [one.text for one in read] == ["0", "1", "0", "1"]


def test_no_crops_are_no_call_with_crops() -> None:
    reader = Counting()
    assert recognise_distinct(reader, [], width_scale=SCALE) == ()
    assert reader.crops == []
