"""The conditions of the film's second half, with data or settings on both sides of each threshold."""

import numpy as np
import pytest

from bn_math import Dataset, DeepStack, GradientDescent, Lesson
from bn_math.data.labels import DataLabels
from bn_math.descent.settling import shares_left
from tests.bn_math.lesson.test_story import made

ARTICLE = Lesson.article()


@pytest.mark.parametrize(
    ("scale", "out", "inward"), [(1.05, True, False), (1.0, False, False), (0.95, False, True)]
)
def test_the_cliff_moves_from_a_twentieth_on(scale: float, out: bool, inward: bool) -> None:
    """Centered and uncorrelated, the steepest curvature is twice the largest variance."""
    story = made((0.5, scale**0.5 * 1.0001 if scale > 1 else scale**0.5), 0.0).story
    assert (story.cliff_moves_out, story.cliff_moves_in) == (out, inward)


@pytest.mark.parametrize(("ratio", "raw"), [(31.6, True), (31.7, False)])
def test_the_neuron_is_shown_on_raw_data_up_to_a_covariance_of_a_thousand(ratio: float, raw: bool) -> None:
    story = made((1, ratio), 0.0).story
    assert story.neuron_on_raw is raw
    assert story.shown_stage.name == ("raw" if raw else "standardized")


def test_a_and_b_are_no_names() -> None:
    assert not ARTICLE.story.has_names
    assert Lesson.article(labels=DataLabels(names={"A": "height"})).story.has_names


def test_gradient_descent_is_first_only_where_none_is_sooner() -> None:
    assert made((1, 1), 0.0).story.descent_is_first and not ARTICLE.story.descent_is_first


def test_heavy_ball_flies_out_in_a_valley_and_not_on_a_bowl() -> None:
    assert ARTICLE.story.heavy_ball_flies_out and not made((1, 1), 0.1).story.heavy_ball_flies_out


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_whatever_the_units_the_neuron_arrives_at_every_rate_of_its_chart(unit: float) -> None:
    data = ARTICLE.data
    assert Lesson(Dataset(data.features * unit, data.target / unit)).story.every_rate_arrives
    assert not Lesson.article(neuron_learning_rates=(1.0, 10.0)).story.every_rate_arrives


def test_what_is_told_of_deep_stacks_hangs_on_their_settings() -> None:
    assert ARTICLE.story.deep_gradient_fades and ARTICLE.story.normalized_gradient_stays
    small = DeepStack(depth=4, width=20, batch=20, weight_scale=1.0)
    assert not Lesson.article(deep=small).story.deep_gradient_fades
    assert ARTICLE.story.relu_gradient_grows
    assert not Lesson.article(exploding=DeepStack(depth=3, width=10, batch=10)).story.relu_gradient_grows


def test_what_is_left_after_many_steps_is_what_they_leave_one_by_one() -> None:
    stage, steps = ARTICLE.standardized, [0, 1, 3, 6]
    rule = GradientDescent(0.3)
    run = stage.descend(rule, 6)
    distances = stage.loss.distance(run.points)
    found = shares_left(stage.loss, stage.start, rule, steps)
    np.testing.assert_allclose(found, distances[steps] / distances[0], rtol=1e-9)
