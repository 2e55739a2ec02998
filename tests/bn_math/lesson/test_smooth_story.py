"""The loss along the gradient, and networks that are shaken: verdicts on which every run agrees."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from bn_math import AlongGradient, Lesson, Shaking
from bn_math.lesson.story import Story

STEPS, RUNS = 20, 3


def case(name: str, without: list[float], with_it: list[float]) -> AlongGradient:
    """Losses that end so many times as high at the longest step as at the shortest, one factor a run."""
    near = np.full((2, STEPS, RUNS), 2.0) * np.linspace(1.0, 0.1, STEPS)[:, None]
    far = near * np.array([without, with_it])[:, None, :]
    return AlongGradient(name, 0.1, np.arange(STEPS), np.array([0.05, 0.4]), np.stack([near, far], axis=2))


def shaking(*arrived: list[int]) -> Shaking:
    """Losses that fall under the mark at these steps: of each kind, one a run."""
    steps = np.arange(STEPS)
    loss = np.where(steps[:, None] < np.array(arrived)[:, None, :], 2.0, 0.1)
    return Shaking(0.1, 0.3, steps, loss)


def story(relu: AlongGradient, sigmoid: AlongGradient, shaken: Shaking | None = None) -> Story:
    """The story of the article's lesson, had its networks been trained so."""
    lesson = Lesson.article()
    lesson.__dict__["network"] = SimpleNamespace(along=(relu, sigmoid), shaking=shaken)
    return lesson.story


@pytest.mark.parametrize(
    ("without", "with_it", "is_so"),
    [
        ([6.0, 5.0, 9.0], [0.5, 0.9, 0.2], True),
        ([6.0, 0.9, 9.0], [0.5, 0.9, 0.2], False),
        ([6.0, 5.0, 9.0], [0.5, 1.1, 0.2], False),
        ([np.inf] * 3, [0.5] * 3, True),
    ],
)
def test_long_steps_land_high_when_every_run_says_so(
    without: list[float], with_it: list[float], is_so: bool
) -> None:
    told = story(case("relu", without, with_it), case("sigmoid", [1.1] * 3, [1.1] * 3))
    assert told.long_steps_land_high is is_so


@pytest.mark.parametrize(
    ("without", "shaken", "helps"),
    [([12, 15, 99], [9, 11, 10], True), ([12, 15, 99], [9, 12, 10], False), ([99] * 3, [99] * 3, False)],
)
def test_shaken_networks_are_helped_if_the_last_is_before_the_first(
    without: list[int], shaken: list[int], helps: bool
) -> None:
    one = case("relu", [6.0] * 3, [2.0] * 3)
    told = story(one, one, shaking(without, [5, 5, 5], shaken))
    assert told.shaken_still_helps is helps
