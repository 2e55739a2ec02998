"""A cut along a loss's steepest way: steps on it are gradient descent's own."""

from __future__ import annotations

import numpy as np
from manim import ManimColor, ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import Box
from scenes.pieces.race.cross_section import START, STEPS, CrossSection

BOX = Box(0.0, 3.0, -1.0, 1.0)


def cut(rate: ValueTracker) -> CrossSection:
    return CrossSection(BOX, ManimColor("#FF8000"), lambda: float(rate.get_value()), (rate,))


def test_steps_are_those_of_a_descent_along_the_steepest_way() -> None:
    stage = Lesson.article().raw
    rate = ValueTracker(0.4)
    steepest = stage.spectrum.eigenvectors[:, -1]
    point = stage.loss.minimizer + START * steepest
    for place in cut(rate).run():
        assert np.isclose(steepest @ (point - stage.loss.minimizer), place, atol=1e-9)
        point = point - 0.4 * stage.spectrum.largest_stable_learning_rate * stage.loss.gradient(point)


def test_each_step_lands_higher_past_the_cliff_and_lower_before_it() -> None:
    rate = ValueTracker(1.1)
    picture = cut(rate)
    heights = picture.at(picture.run())[:, 1]
    assert len(heights) == STEPS + 1 and (np.diff(heights) > 0).all()
    rate.set_value(0.9)
    assert (np.diff(picture.at(picture.run())[:, 1]) < 0).all()
