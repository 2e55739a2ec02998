"""The sigmoid's picture: tangent, curve and readings are the function's own."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import sigmoid, sigmoid_slope
from bn_math.networks.stack import FLAT
from scenes.pieces.sigmoid import SigmoidPicture


@pytest.fixture
def picture() -> SigmoidPicture:
    return SigmoidPicture(6.0, (-1.0, 5.0), lambda key: key)


@pytest.mark.parametrize("z", [-3.0, 0.0, 2.0])
def test_the_tangent_touches_the_sigmoid_and_is_as_steep(picture: SigmoidPicture, z: float) -> None:
    line, dot = picture.tangent(ValueTracker(z))
    np.testing.assert_allclose(dot.get_center(), picture.upper.at(z, float(sigmoid(z))), atol=1e-9)
    np.testing.assert_allclose(line.get_center(), dot.get_center(), atol=1e-9)
    unit = picture.upper.at(1, 1) - picture.upper.at(0, 0)
    direction = line.get_end() - line.get_start()
    assert (direction[1] / unit[1]) / (direction[0] / unit[0]) == pytest.approx(float(sigmoid_slope(z)))


def test_the_slope_is_drawn_as_far_as_is_said(picture: SigmoidPicture) -> None:
    drawn = ValueTracker(0.0)
    curve = picture.traced(drawn)
    np.testing.assert_allclose(curve.get_end(), picture.lower.at(0.0, 0.25), atol=1e-9)
    drawn.set_value(6.0)
    curve.update()
    np.testing.assert_allclose(curve.get_end(), picture.lower.at(6.0, float(sigmoid_slope(6.0))), atol=1e-9)


def test_the_steep_part_is_shaded_and_a_reading_lies_on_the_curve(picture: SigmoidPicture) -> None:
    for band, chart in zip(picture.bands, (picture.upper, picture.lower), strict=True):
        ends = (chart.at(-FLAT, 0)[0], chart.at(FLAT, 0)[0])
        assert (band.get_left()[0], band.get_right()[0]) == pytest.approx(ends)
    dot = picture.reading(FLAT, "here")[0]
    np.testing.assert_allclose(
        dot.get_center(), picture.lower.at(FLAT, float(sigmoid_slope(FLAT))), atol=1e-9
    )
