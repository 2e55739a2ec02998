"""Axes whose numbers change: each stands at what it says at any time; and bars drawn to one scale."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from manim import DOWN, LEFT, RIGHT, UP, ValueTracker

from bn_math import Dataset, Lesson
from scenes.kit.lettering import places
from scenes.kit.script import numbers
from scenes.pieces.rows.feature_plane import FeaturePlane
from scenes.pieces.rows.plane_axes import OneStep, PlaneAxis, round_number
from scenes.pieces.rows.spread_bars import MOST, SpreadBars

ARTICLE = Lesson.article()


def plane(data: Dataset = ARTICLE.data) -> FeaturePlane:
    return FeaturePlane(data, places.WIDE.whole.part(0.1, 1, 0.2, 0.9))


def shown(axis: PlaneAxis) -> list[tuple[float, float]]:
    """What each number that is seen says, and where it stands along the axis."""
    found = []
    for line, text in axis.marks:
        if text[0].get_fill_opacity() > 0.99:
            said = text.markup.replace(numbers.MINUS, "-").replace(numbers.THIN_SPACE, "")
            found.append((float(said), float(line.get_end()[0 if axis.lies else 1])))
    return found


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("lies", [True, False])
def test_every_number_stands_at_what_it_says(share: float, lies: bool) -> None:
    here, tracker = plane(), ValueTracker(share)
    axis = PlaneAxis(here, tracker, lies)
    found = shown(axis)
    assert len(found) >= 2
    for value, place in found:
        features = np.zeros(2)
        features[axis.feature] = value
        assert place == pytest.approx(here.at(features, share)[0 if lies else 1], abs=1e-6)
        assert abs(place - here.box.center[0 if lies else 1]) <= axis.half


@pytest.mark.parametrize("lies", [True, False])
def test_numbers_keep_clear_of_one_another(lies: bool) -> None:
    for share in np.linspace(0, 1, 9):
        axis = PlaneAxis(plane(), ValueTracker(share), lies)
        seen = [text for _, text in axis.marks if text[0].get_fill_opacity() > 0.99]
        low, high = (LEFT, RIGHT) if lies else (DOWN, UP)
        axis_of = 0 if lies else 1
        seen.sort(key=lambda text: float(text.get_center()[axis_of]))
        for one, other in pairwise(seen):
            assert other.get_edge_center(low)[axis_of] > one.get_edge_center(high)[axis_of]


def test_at_rest_a_number_is_seen_or_not() -> None:
    for share in (0.0, 1.0):
        axis = PlaneAxis(plane(), ValueTracker(share), lies=False)
        assert {text[0].get_fill_opacity() for _, text in axis.marks} <= {0.0, 1.0}


def test_one_step_is_drawn_twice_and_is_equally_long_once_both_axes_agree() -> None:
    for share, alike in ((0.0, False), (1.0, True)):
        upright, lying = (OneStep(plane(), ValueTracker(share), lies) for lies in (False, True))
        assert upright.step == lying.step and 0 < upright.step < ARTICLE.data.spans.min()
        assert upright.height == pytest.approx(plane().units(share)[1] * upright.step)
        assert bool(abs(upright.height - lying.width) < 1e-9) is alike
        for step in (upright, lying):
            (number,) = step.number
            assert float(number.markup) == step.step
            assert float(np.linalg.norm(number.get_center() - step.get_center())) < 1.0


@pytest.mark.parametrize(("most", "least"), [(5.5, 5), (4.9, 2), (1.0, 1), (0.03, 0.02), (1234, 1000)])
def test_a_round_number_is_no_more_than_asked_for(most: float, least: float) -> None:
    assert round_number(most) == pytest.approx(least)


def test_spreads_are_drawn_to_one_scale_and_the_small_one_fills_the_large_one() -> None:
    bars, (low, high) = SpreadBars(plane(), 7.0), np.argsort(ARTICLE.data.stds)
    left = np.zeros(3)
    small, large = bars.lying(low, left), bars.lying(high, left)
    assert large.width == pytest.approx(7.0)
    assert large.width / small.width == pytest.approx(ARTICLE.data.spread_ratio)
    laid = bars.laid_along(left)
    assert len(laid) == int(np.ceil(ARTICLE.data.spread_ratio))
    assert sum(bar.width for bar in laid) == pytest.approx(large.width)
    beside = bars.in_the_plane(high).width / bars.in_the_plane(low).height
    assert beside == pytest.approx(ARTICLE.data.spread_ratio)


def test_a_bar_that_would_be_laid_too_often_is_not() -> None:
    thin = Dataset(ARTICLE.data.features * [0.1, 1.0], ARTICLE.data.target)
    assert thin.spread_ratio > MOST
    assert len(SpreadBars(plane(thin), 7.0).laid_along(np.zeros(3))) == 0
