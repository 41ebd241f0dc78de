"""The rim as an ellipse: traced exactly, sampled where it is."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.seals.rings import Ring, full_turn, sample, trace_ring


def drawn(ring: Ring, side: int = 420) -> np.ndarray:
    plane = np.zeros((side, side), np.float32)
    axes = (2 * ring.rx, 2 * ring.ry)
    cv2.ellipse(plane, ((ring.cx, ring.cy), axes, float(np.degrees(ring.tilt))), 1.0, 7, cv2.LINE_AA)
    return cv2.GaussianBlur(plane, (0, 0), 1.0)


@settings(max_examples=25, deadline=None)
@given(
    cx=st.floats(190, 230),
    cy=st.floats(190, 230),
    radius=st.floats(100, 140),
    off=st.tuples(st.floats(-0.06, 0.06), st.floats(-0.06, 0.06), st.floats(-0.06, 0.06)),
)
def test_a_circle_is_traced_from_a_rough_guess(cx, cy, radius, off):
    plane = drawn(Ring(cx, cy, radius, radius))
    guess = Ring(cx + off[0] * radius, cy + off[1] * radius, radius * (1 + off[2]), radius * (1 + off[2]))
    traced = trace_ring(plane, guess)
    assert traced.major == pytest.approx(radius, rel=0.01)
    assert np.hypot(traced.cx - cx, traced.cy - cy) < 0.015 * radius


@pytest.mark.parametrize("tilt_degrees", [-20, 0, 10, 35])
def test_an_oval_is_traced_with_its_tilt(tilt_degrees):
    true = Ring(210, 205, 150, 100, np.radians(tilt_degrees))
    guess = Ring(213, 203, 146, 103, np.radians(tilt_degrees + 4))
    traced = trace_ring(drawn(true), guess)
    assert traced.rx == pytest.approx(150, rel=0.01)
    assert traced.ry == pytest.approx(100, rel=0.015)
    assert np.degrees(traced.tilt) == pytest.approx(tilt_degrees, abs=1.0)


def test_a_broken_rim_is_still_traced():
    plane = drawn(Ring(210, 210, 130, 130))
    plane[:150, :] = 0
    assert trace_ring(plane, Ring(214, 207, 126, 126)).major == pytest.approx(130, rel=0.015)


def test_samples_off_the_picture_are_marked():
    plane = np.ones((50, 50), np.float32)
    seen = sample(plane, Ring(0, 25, 20, 20), np.array([1.0], np.float32), full_turn(4))
    assert seen[0] == pytest.approx([1.0, 1.0, -1.0, 1.0], abs=1e-4)


def test_normalised_puts_the_longer_axis_first():
    ring = Ring(0, 0, 60, 90, 0.0).normalised()
    assert (ring.rx, ring.ry) == (90, 60)
    assert abs(ring.tilt) == pytest.approx(np.pi / 2)
