"""Trajectories: every step of a descent, many at once, and runs that diverge."""

import tracemalloc
import warnings

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bn_math import (
    AdaGrad,
    Adam,
    GradientDescent,
    HeavyBall,
    LeastSquares,
    Nesterov,
    RMSProp,
    descend,
    steps_to,
)
from tests.bn_math.descent.quadratics import (
    ORIGIN,
    STAGES,
    diagonal_loss,
    quick,
    random_loss,
    seeds,
)


@quick
@given(seed=seeds, share=st.floats(0.05, 0.95))
def test_a_trajectory_is_gradient_descent_step_by_step(seed: int, share: float) -> None:
    loss = random_loss(seed)
    x, y = loss.data.features, loss.data.target
    rate = share * loss.spectrum.largest_stable_learning_rate
    run = descend(loss, [2.0, -1.0], GradientDescent(rate), 15)
    assert (run.steps, run.points.shape, run.losses.shape) == (15, (16, 2), (16,))
    w = np.array([2.0, -1.0])
    for step in range(16):
        np.testing.assert_allclose(run.points[step], w, rtol=1e-8, atol=1e-9)
        assert run.losses[step] == pytest.approx(np.mean((x @ w - y) ** 2), rel=1e-8)
        w = w - rate * 2 / 15 * x.T @ (x @ w - y)
    assert not run.diverged
    assert (np.diff(run.losses) <= 1e-12 * run.losses[0]).all()


@pytest.mark.parametrize(
    "optimizer",
    [GradientDescent(0.01), HeavyBall(0.01, 0.8), Nesterov(0.01, 0.8), AdaGrad(0.3), RMSProp(0.1), Adam(0.1)],
    ids=lambda o: type(o).__name__,
)
def test_many_runs_at_once_are_the_runs_one_by_one(optimizer) -> None:
    loss = random_loss(1)
    starts = np.random.default_rng(2).normal(size=(3, 4, 2))
    run = descend(loss, starts, optimizer, 10)
    assert (run.points.shape, run.losses.shape, run.diverged.shape) == ((11, 3, 4, 2), (11, 3, 4), (3, 4))
    for index in np.ndindex(3, 4):
        alone = descend(loss, starts[index], optimizer, 10)
        np.testing.assert_allclose(run.points[(slice(None), *index)], alone.points, rtol=1e-12, atol=1e-13)
        np.testing.assert_allclose(run.losses[(slice(None), *index)], alone.losses, rtol=1e-12)


@pytest.mark.parametrize(
    "optimizer", [GradientDescent(0.01), HeavyBall(0.01, 0.8), Adam(0.1)], ids=lambda o: type(o).__name__
)
def test_many_runs_need_no_more_memory_than_what_is_returned(optimizer) -> None:
    starts = np.random.default_rng(3).normal(size=(1000, 2))
    tracemalloc.start()
    run = descend(random_loss(1), starts, optimizer, 500)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.1 * (run.points.nbytes + run.losses.nbytes)


def test_many_runs_are_updated_together() -> None:
    class Counting:
        """Gradient descent that counts how often it is asked."""

        def __init__(self) -> None:
            self.rule, self.updates = GradientDescent(0.01), 0

        def init(self, start):
            return self.rule.init(start)

        def update(self, gradient, point, state):
            self.updates += 1
            return self.rule.update(gradient, point, state)

    counting = Counting()
    descend(random_loss(1), np.zeros((10_000, 2)), counting, 30)
    assert counting.updates == 30


@pytest.mark.parametrize("steps", [60, 3000])
@pytest.mark.parametrize("factor", [1.5, 1e3, 1e200, 1e307])
def test_a_diverging_run_is_stopped_and_marked_without_a_warning(factor: float, steps: int) -> None:
    loss = LeastSquares(STAGES["raw"])
    rate = factor * loss.spectrum.largest_stable_learning_rate
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Momentum 0.5 lets heavy ball stand half as much again.
        for optimizer in (GradientDescent(rate), HeavyBall(1.5 * rate, 0.5), Nesterov(rate, 0.5)):
            run = descend(loss, ORIGIN, optimizer, steps)
            assert run.diverged.shape == ()
            assert run.diverged
            assert np.isfinite(run.points).all() and np.isfinite(run.losses).all()
            np.testing.assert_array_equal(run.points[-1], run.points[-2])
            assert run.losses[-1] == pytest.approx(float(loss.value(run.points[-1])), rel=1e-12)
            assert steps_to(loss, ORIGIN, optimizer) is None


def test_a_diverging_run_keeps_its_way_up_and_then_stands_still() -> None:
    loss = diagonal_loss(1.0)
    run = descend(loss, [0.0], GradientDescent(11.0), 40)
    moved = np.flatnonzero(np.diff(run.points[:, 0]) != 0)
    np.testing.assert_array_equal(moved, np.arange(len(moved)))
    assert 3 <= len(moved) < 20
    np.testing.assert_allclose(run.points[: len(moved) + 1, 0], 1 - (-10.0) ** np.arange(len(moved) + 1))


def test_one_diverging_run_does_not_disturb_its_neighbours() -> None:
    loss = diagonal_loss(1.0, 30.0)
    # The second start has no share in the steep direction: the rate too large for that harms only the first.
    run = descend(loss, [[0.0, 0.0], [0.0, 1.0]], GradientDescent(0.1), 400)
    np.testing.assert_array_equal(run.diverged, [True, False])
    np.testing.assert_allclose(run.points[:, 1, 0], 1 - 0.9 ** np.arange(401), rtol=1e-9, atol=1e-12)
    assert np.isfinite(run.points).all()


@quick
@given(seed=seeds, share=st.floats(0.01, 0.99))
def test_a_stable_rate_never_counts_as_diverged(seed: int, share: float) -> None:
    loss = random_loss(seed)
    rate = share * loss.spectrum.largest_stable_learning_rate
    assume(rate > 0)
    for start in (ORIGIN, loss.minimizer, [1e8, -1e8]):
        assert not descend(loss, start, GradientDescent(rate), 60).diverged
    assert not descend(loss, loss.minimizer, Adam(0.1), 60).diverged


def test_a_run_that_loses_its_numbers_is_stopped_and_marked() -> None:
    class Lost:
        """Walks to 1, 2, and then nowhere."""

        def init(self, start):
            return (start,)

        def update(self, gradient, point, state):
            return np.where(point < 2, point + 1, np.nan), state

    run = descend(random_loss(0), [0.0, 0.0], Lost(), 5)
    assert run.diverged
    np.testing.assert_array_equal(run.points[:, 0], [0, 1, 2, 2, 2, 2])
    assert np.isfinite(run.losses).all()


def test_leaving_a_perfect_minimum_is_not_yet_diverging() -> None:
    loss = diagonal_loss(1.0, 30.0)
    run = descend(loss, loss.minimizer + 1e-9, Adam(0.1), 30)
    assert run.losses.max() > 1e12 * run.losses[0]
    assert not run.diverged


def test_no_steps_is_just_the_start() -> None:
    run = descend(random_loss(0), [1.0, 2.0], Adam(0.1), 0)
    np.testing.assert_array_equal(run.points, [[1.0, 2.0]])
    assert run.steps == 0
