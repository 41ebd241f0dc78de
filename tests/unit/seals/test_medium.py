"""Ink, a picture of its own, vector paths; and how an upright box leads back to the file's page."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.examination import Finding
from verifier.page import Box, Colour, Page, PageImage
from verifier.reading.upright import upright_picture
from verifier.seals.medium import medium_of, on_file, to_file_box
from verifier.seals.rings import Ring

PAGE = Page(1, 210, 297, True, 300, Colour.COLOUR, False, 0, None, ())
SEAL = Box(0.6, 0.7, 0.8, 0.84)
WHOLE = Box(0, 0, 1, 1)


def finding(code, box, page=1):
    return Finding(code=code, page=page, box=box)


@pytest.mark.parametrize(
    ("findings", "born_digital", "medium"),
    [
        ((), False, "ink"),
        ((), True, "unknown"),
        ((finding("page_image", WHOLE),), False, "ink"),
        (
            (finding("page_image", Box(0, 0, 1, 0.75)), finding("page_image", Box(0, 0.75, 1, 1))),
            False,
            "ink",
        ),
        (
            (finding("page_image", WHOLE), finding("drawn_image", Box(0.58, 0.68, 0.82, 0.86))),
            False,
            "pdf_image",
        ),
        ((finding("drawn_image", Box(0.1, 0.05, 0.3, 0.1)), finding("page_image", WHOLE)), False, "ink"),
        ((finding("drawn_path", Box(0.59, 0.69, 0.81, 0.85)),), True, "vector"),
        ((finding("annotation", SEAL),), True, "pdf_image"),
        ((finding("drawn_image", SEAL, page=2),), False, "ink"),
    ],
)
def test_what_the_file_places_outweighs_the_scan(findings, born_digital, medium):
    page = dataclasses.replace(PAGE, born_digital=born_digital)
    assert medium_of(SEAL, page, findings) == medium


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        (0, (0.1, 0.2, 0.3, 0.5)),
        (90, (0.2, 0.7, 0.5, 0.9)),
        (180, (0.7, 0.5, 0.9, 0.8)),
        (270, (0.5, 0.1, 0.8, 0.3)),
    ],
)
def test_a_turned_page_is_turned_back(rotation, expected):
    page = dataclasses.replace(PAGE, rotation=rotation)
    assert to_file_box(Box(0.1, 0.2, 0.3, 0.5), page) == pytest.approx(expected)


@given(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
def test_a_homography_moves_the_box(dx, dy):
    page = dataclasses.replace(PAGE, homography=(1, 0, dx, 0, 1, dy, 0, 0, 1))
    moved = to_file_box(SEAL, page)
    assert moved == pytest.approx((SEAL.x0 + dx, SEAL.y0 + dy, SEAL.x1 + dx, SEAL.y1 + dy))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_ring_is_found_again_on_the_page_as_captured(turn):
    captured = np.full((400, 300, 3), 250, np.uint8)
    captured[298:303, 208:213] = (200, 30, 40)
    slanted = (1.0, 0.02, -0.01, -0.015, 1.0, 0.008, 0.0, 0.0, 1.0)
    page = dataclasses.replace(PAGE, rotation=turn, homography=slanted)
    upright = upright_picture(captured, page)
    rows, columns = np.nonzero(upright[..., 1] < 150)
    ring = Ring(float(columns.mean()), float(rows.mean()), 40.0, 40.0)
    found = on_file(ring, PageImage(page, upright, captured), captured)
    assert (found.cx, found.cy) == pytest.approx((210, 300), abs=1.5)
    assert found.major == ring.major
