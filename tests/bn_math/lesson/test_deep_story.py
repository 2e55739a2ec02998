"""The conditions of the film's second half, with data or settings on both sides of each threshold."""

from dataclasses import replace

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


@pytest.mark.parametrize("r", [0.0, 0.5, -0.9, 0.99])
def test_the_steps_that_are_shown_go_across_the_weights_and_lengthen_them(r: float) -> None:
    story = made((1, 30), r).story
    run, loss = story.neuron_run, story.shown_neuron.loss
    steps = np.diff(run, axis=0)
    across = np.abs((steps * run[:-1]).sum(axis=1))
    assert across.max() <= 1e-9 and story.weights_only_lengthen
    grown = (np.linalg.norm(run[:-1], axis=1) ** 2 + (steps**2).sum(axis=1)) ** 0.5
    np.testing.assert_allclose(np.linalg.norm(run, axis=1)[1:], grown, rtol=1e-12)
    assert float(loss.excess(run[0])) == pytest.approx(
        np.cos(np.radians(14)) ** 2 * (loss.maximum - loss.minimum), rel=1e-6
    )
    assert (np.diff(loss.value(run)) < 0).all()


def test_a_layer_s_large_eps_is_seen_when_the_weights_are_doubled() -> None:
    assert ARTICLE.story.twice_the_weights_change_nothing
    assert not Lesson.article(eps=0.1).story.twice_the_weights_change_nothing


def test_a_and_b_are_no_names() -> None:
    assert not ARTICLE.story.has_names
    assert Lesson.article(labels=DataLabels(names={"A": "height"})).story.has_names


def test_gradient_descent_is_first_only_where_none_is_sooner() -> None:
    assert made((1, 1), 0.0).story.descent_is_first and not ARTICLE.story.descent_is_first


def test_heavy_ball_flies_out_in_a_valley_and_not_on_a_bowl() -> None:
    assert ARTICLE.story.heavy_ball_flies_out and not made((1, 1), 0.1).story.heavy_ball_flies_out


def test_in_the_bowl_the_plainest_is_nearly_the_quickest_and_adam_hardly_gains() -> None:
    assert ARTICLE.story.adam_hardly_gains and ARTICLE.story.plainest_is_nearly_the_quickest
    assert ARTICLE.story.adam_saves_steps and ARTICLE.story.momentum_is_home_standardized
    assert not Lesson(ARTICLE.standardized.data).story.adam_saves_steps
    assert not made((1, 1), 0.9).story.plainest_is_nearly_the_quickest


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_whatever_the_units_the_neuron_arrives_at_every_rate_of_its_chart(unit: float) -> None:
    data = ARTICLE.data
    assert Lesson(Dataset(data.features * unit, data.target / unit)).story.every_rate_arrives
    assert not Lesson.article(neuron_learning_rates=(1.0, 10.0)).story.every_rate_arrives


def test_what_is_told_of_deep_stacks_hangs_on_their_settings() -> None:
    story = ARTICLE.story
    assert story.small_weights_fade and story.deep_gradient_fades and story.large_weights_reach_farther
    assert story.normalized_gradient_stays and story.relu_gradient_grows
    small = Lesson.article(deep=DeepStack(depth=4, width=20, batch=20, weight_scale=1.0)).story
    assert not small.deep_gradient_fades and not small.large_weights_reach_farther
    assert not Lesson.article(exploding=DeepStack(depth=3, width=10, batch=10)).story.relu_gradient_grows


@pytest.mark.parametrize("deep", [{"activation": "tanh"}, {"depth": 1}])
def test_only_several_layers_of_sigmoids_are_said_to_fade(deep: dict[str, object]) -> None:
    story = Lesson.article(deep=replace(DeepStack(depth=4, width=20, batch=20), **deep)).story
    told = story.small_weights_fade, story.deep_gradient_fades, story.large_weights_reach_farther
    assert told == (False, False, False)


def test_small_weights_differ_from_the_deep_stack_s_in_their_scale_alone() -> None:
    small = ARTICLE.story.small_stack
    assert small == replace(ARTICLE.plain_stack, weight_scale=1.0)
    assert small.passes.signal_growth == pytest.approx(0.234, abs=0.001)


def test_a_gradient_that_stays_is_nowhere_less_than_half_and_hardly_grows() -> None:
    norms = ARTICLE.normalized_stack.passes.signal_gradient_norms
    assert norms.min() > norms[-1] / 2 and norms.max() < 2 * norms[-1]
    grows = DeepStack(activation="relu", depth=20, width=40, batch=40)
    assert not Lesson.article(deep=grows).story.normalized_gradient_stays


def test_what_is_left_after_many_steps_is_what_they_leave_one_by_one() -> None:
    stage, steps = ARTICLE.standardized, [0, 1, 3, 6]
    rule = GradientDescent(0.3)
    run = stage.descend(rule, 6)
    distances = stage.loss.distance(run.points)
    found = shares_left(stage.loss, stage.start, rule, steps)
    np.testing.assert_allclose(found, distances[steps] / distances[0], rtol=1e-9)
