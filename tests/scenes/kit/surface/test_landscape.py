"""A stage as a picture: what is drawn over what, and a ball that races."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from bn_math import Lesson
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.viewpoint import Viewpoint


def test_lines_are_drawn_over_the_surface(lesson: Lesson) -> None:
    picture = Landscape(lesson.standardized, Viewpoint())
    assert picture.submobjects == [picture.surface, picture.iso_lines]


def test_a_scene_adds_the_ball_and_the_trail_itself(lesson: Lesson) -> None:
    picture = Landscape(lesson.standardized, Viewpoint())
    assert picture.ball not in picture.get_family() and picture.trail not in picture.get_family()


@pytest.mark.parametrize("ease", [1.0, 2.0])
def test_a_race_goes_only_forwards_by_whole_pairs_of_steps_to_the_very_last(
    ease: float, lesson: Lesson
) -> None:
    picture = Landscape(lesson.raw, Viewpoint())
    picture.clock.set_value(5)
    race = picture.race(run_time=3, ease=ease)
    race.begin()
    shown = []
    for alpha in np.linspace(0, 1, 400):
        race.interpolate(alpha)
        shown.append(picture.clock.get_value())
    assert shown[0] == 5 and shown[-1] == lesson.raw.steps == len(picture.path) - 1
    assert all(b >= a for a, b in itertools.pairwise(shown))
    assert all((step - 5) % 2 == 0 for step in shown[:-1])
    # on one side of the valley only: a ball that crosses it at every frame would flicker
    side = [np.sign(picture.path.at(step)[1] - lesson.raw.loss.minimizer[1]) for step in shown[:200]]
    assert len(set(side)) == 1
