"""The magnifying glass shows the descent's own points, enlarged by powers of ten, and keeps the ball."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.lens import RUNGS, Lens, magnification, rungs
from scenes.kit.surface.viewpoint import Viewpoint


def over(stage: Stage) -> tuple[Landscape, Lens]:
    view = Viewpoint(azimuth=-90, zenith=0, perspective=0)
    map_ = Landscape(stage, view, radius=1.0)
    return map_, Lens(map_.path, map_.clock, view)


@pytest.fixture
def glass() -> tuple[Landscape, Lens]:
    return over(Lesson.article().raw)


@pytest.mark.parametrize(("left", "times"), [(1.0, 1), (0.5, 1), (0.05, 10), (0.0005, 1000), (1e-6, 10**6)])
def test_the_glass_enlarges_by_the_power_of_ten_that_fits(left: float, times: float) -> None:
    assert magnification(left) == pytest.approx(times)


def test_the_glass_only_ever_goes_closer_and_without_a_jump() -> None:
    log = np.log10([magnification(left) for left in np.geomspace(1, 1e-6, 4000)])
    assert np.diff(log).min() >= 0
    assert np.diff(log).max() < 0.02


@pytest.mark.parametrize("stage", ["raw", "standardized"])
def test_the_ball_never_leaves_the_glass_even_half_way_through_a_jump(stage: str) -> None:
    map_, lens = over(getattr(Lesson.article(), stage))
    for step in np.linspace(0, len(map_.path) - 1, 200):
        map_.clock.set_value(step)
        assert np.linalg.norm(lens.place(map_.path.at(step))) < map_.window.radius


def test_the_ball_never_vanishes_in_the_middle_of_the_glass(glass) -> None:
    map_, lens = glass
    for step in range(0, len(map_.path), 37):
        map_.clock.set_value(step)
        assert np.linalg.norm(lens.place(map_.path.at(step))) > 0.08 * map_.window.radius


def test_what_is_in_the_glass_is_the_map_enlarged(glass) -> None:
    map_, lens = glass
    map_.clock.set_value(2000)
    times = lens.enlarged
    assert times == pytest.approx(magnification(map_.path.distance_left(2000)))
    weights = map_.path.weights[1990:2010]
    assert times > 10
    np.testing.assert_allclose(lens.place(weights), times * map_.window.ground(weights), rtol=1e-9)


def test_every_tenth_of_the_distance_has_as_many_rungs(glass) -> None:
    map_, _ = glass
    left = np.array([map_.path.distance_left(step) for step in rungs(map_.path)])
    counts = np.histogram(-np.log10(left), bins=np.arange(7))[0]
    assert np.abs(counts - RUNGS).max() <= 1
