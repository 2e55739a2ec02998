"""A cloud shows its values, their mean and their standard deviation, wherever it is put."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ORIGIN, RIGHT, ValueTracker

from scenes.kit import theme
from scenes.kit.charts.cloud import Cloud
from scenes.kit.charts.slider import Slider
from scenes.kit.drawing.canvas import Array

VALUES = np.array([1.0, 2.0, 4.0, 9.0])


def at(value: float) -> Array:
    return np.array([0.5 * value - 1.0, 2.0, 0.0])


@pytest.mark.parametrize("values", [VALUES, VALUES - VALUES.mean(), 3 * VALUES])
def test_dots_mean_and_spread_stand_at_the_values_own(values: Array) -> None:
    cloud = Cloud(VALUES, at, "#0000FF").put(values, at)
    np.testing.assert_allclose([dot.get_center() for dot in cloud.dots], [at(value) for value in values])
    assert cloud.tick.get_x() == pytest.approx(at(sum(values) / 4)[0])
    spread = np.sqrt(((values - values.mean()) ** 2).mean())
    ends = [cloud.bar[0].get_start()[0], cloud.bar[0].get_end()[0]]
    np.testing.assert_allclose(ends, [at(values.mean() + side * spread)[0] for side in (-1, 1)])
    assert cloud.bar[0].get_y() == pytest.approx(2.0 + cloud.above)
    np.testing.assert_allclose([cloud.bar[1].get_x(), cloud.bar[2].get_x()], ends)


def test_marks_are_inked_as_text_and_dots_in_their_color() -> None:
    cloud = Cloud(VALUES, at, "#0000FF")
    assert cloud.tick.get_stroke_color() == theme.current().text
    assert cloud.dots[0].get_fill_color().to_hex() == "#0000FF"


def test_a_slider_s_knob_stands_at_its_tracker_s_share_of_the_line() -> None:
    tracker = ValueTracker(1.0)
    slider = Slider(tracker, (0.0, 4.0), 2.0, "#FFFFFF").shift([1.0, -1.0, 0.0])
    for value, x in ((1.0, 1.5), (4.0, 3.0), (0.0, 1.0), (9.0, 3.0), (-1.0, 1.0)):
        tracker.set_value(value)
        slider.update()
        np.testing.assert_allclose(slider.knob.get_center(), [x, -1.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(slider.start, ORIGIN + [1.0, -1.0, 0.0])
    np.testing.assert_allclose(slider.line.get_end() - slider.start, 2.0 * RIGHT)
    assert slider.knob.sources[0] is tracker
