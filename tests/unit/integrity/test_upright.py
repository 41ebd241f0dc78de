"""Boxes of the file's page found again on the upright page, whatever turned or bent it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.page import Box, Colour, Page

fractions = st.floats(0, 0.9)


def page(rotation=0, homography=None):
    return Page(1, 210, 297, True, 200, Colour.COLOUR, True, rotation, homography, ())


@given(fractions, fractions, st.sampled_from([0, 90, 180, 270]))
def test_a_box_lies_on_the_ink_it_lay_on(x, y, rotation):
    pixels = np.zeros((200, 100), dtype=bool)
    left, top = int(x * 100), int(y * 200)
    pixels[top : top + 20, left : left + 10] = True
    turned = np.rot90(pixels, -rotation // 90)
    box = page(rotation).upright(Box(left / 100, top / 200, (left + 10) / 100, (top + 20) / 200))
    rows, columns = np.nonzero(turned)
    height, width = turned.shape
    ink = columns.min() / width, rows.min() / height, (columns.max() + 1) / width, (rows.max() + 1) / height
    assert tuple(box) == pytest.approx(ink, abs=1e-9)


def test_a_homography_is_undone():
    bend = (0.9, 0.05, 0.02, -0.04, 0.95, 0.03, 0.01, 0.02, 1.0)
    upright = Box(0.4, 0.5, 0.45, 0.52)
    corners = np.array([(x, y, 1) for x in upright[::2] for y in upright[1::2]]) @ np.array(bend).reshape(3, 3).T
    bent = corners[:, :2] / corners[:, 2:]
    box = page(homography=bend).upright(Box(*bent.min(axis=0), *bent.max(axis=0)))
    assert box.covers(upright, 0.999)
    assert box.area < 1.5 * upright.area
