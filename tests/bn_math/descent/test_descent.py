"""Counting steps: quick ways against the trajectory, and against the film's printed numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bn_math import (
    AdaGrad,
    Adam,
    Dataset,
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
    points_counted,
    quick,
    random_loss,
    seeds,
)


def count_by_brute_force(
    data: Dataset, learning_rate: float, momentum: float = 0.0, ahead: bool = False
) -> int:
    """Steps from 0 until 1e-6 of the distance is left, one by one, from the data themselves."""
    x, y = data.features, data.target
    target = np.linalg.solve(x.T @ x, x.T @ y)
    hessian, slope = 2 / len(x) * x.T @ x, 2 / len(x) * x.T @ y
    w = previous = ORIGIN
    near = 1e-6 * math.hypot(*target)
    for step in range(1, 100_000):
        pushed = w + momentum * (w - previous)
        gradient = hessian @ (pushed if ahead else w) - slope
        w, previous = pushed - learning_rate * gradient, w
        if math.hypot(*(w - target)) <= near:
            return step
    raise AssertionError("never arrived")


@pytest.mark.parametrize(
    ("stage", "at_best", "at_safe"),
    [("raw", 6352, 12101), ("centered", 3919, 7503), ("scaled", 53, 98), ("standardized", 7, 10)],
)
def test_gradient_descent_takes_the_printed_number_of_steps(stage: str, at_best: int, at_safe: int) -> None:
    data = STAGES[stage]
    loss = LeastSquares(data)
    for learning_rate, steps in (
        (loss.spectrum.best_learning_rate, at_best),
        (loss.spectrum.safe_learning_rate, at_safe),
    ):
        assert steps_to(loss, ORIGIN, GradientDescent(learning_rate)) == steps
        assert count_by_brute_force(data, learning_rate) == steps


@pytest.mark.parametrize(
    ("stage", "heavy_ball", "textbook", "optimal"), [("raw", 304, 477, 412), ("standardized", 6, 8, 7)]
)
def test_momentum_takes_the_printed_number_of_steps(stage, heavy_ball, textbook, optimal) -> None:
    data = STAGES[stage]
    loss = LeastSquares(data)
    s = loss.spectrum
    for optimizer, steps in (
        (HeavyBall(*s.heavy_ball), heavy_ball),
        (Nesterov(*s.nesterov_textbook), textbook),
        (Nesterov(*s.nesterov), optimal),
    ):
        assert steps_to(loss, ORIGIN, optimizer) == steps
        ahead = isinstance(optimizer, Nesterov)
        assert count_by_brute_force(data, optimizer.learning_rate, optimizer.momentum, ahead) == steps


def test_better_conditioning_beats_better_optimizers() -> None:
    raw, standardized = LeastSquares(STAGES["raw"]), LeastSquares(STAGES["standardized"])
    plain = steps_to(standardized, ORIGIN, GradientDescent(standardized.spectrum.best_learning_rate))
    s = raw.spectrum
    for clever in (HeavyBall(*s.heavy_ball), Nesterov(*s.nesterov), Nesterov(*s.nesterov_textbook)):
        assert steps_to(raw, ORIGIN, clever) > 40 * plain


@quick
@given(
    seed=seeds,
    share=st.floats(0.01, 1.2),
    momentum=st.floats(0, 0.99),
    tolerance=st.sampled_from([0.5, 1e-2, 1e-4]),
    rule=st.sampled_from(["plain", "heavy", "nesterov"]),
)
def test_the_quick_counts_are_those_of_the_trajectory(seed, share, momentum, tolerance, rule) -> None:
    loss = random_loss(seed)
    rate = share * loss.spectrum.largest_stable_learning_rate
    optimizer = {
        "plain": GradientDescent(rate),
        "heavy": HeavyBall(rate, momentum),
        "nesterov": Nesterov(rate, momentum),
    }[rule]
    start = np.random.default_rng(seed + 1).normal(size=2) * 3
    assert steps_to(loss, start, optimizer, tolerance, limit=400) == points_counted(
        loss, start, optimizer, tolerance, 400
    )


@pytest.mark.parametrize("optimizer", [AdaGrad(1.0), RMSProp(0.1), Adam(0.3)], ids=lambda o: type(o).__name__)
def test_adaptive_rules_are_counted_step_by_step(optimizer) -> None:
    loss = random_loss(3)
    steps = steps_to(loss, ORIGIN, optimizer, tolerance=1e-3)
    assert steps is not None and steps > 5
    assert steps == points_counted(loss, ORIGIN, optimizer, 1e-3, steps + 5)
    assert steps_to(loss, ORIGIN, optimizer, tolerance=1e-3, limit=steps) == steps
    assert steps_to(loss, ORIGIN, optimizer, tolerance=1e-3, limit=steps - 1) is None


def test_the_limit_is_inclusive_for_every_way_of_counting() -> None:
    loss = LeastSquares(STAGES["raw"])
    s = loss.spectrum
    for optimizer, steps in (
        (GradientDescent(s.best_learning_rate), 6352),
        (HeavyBall(*s.heavy_ball), 304),
        (Nesterov(*s.nesterov), 412),
    ):
        assert steps_to(loss, ORIGIN, optimizer, limit=steps) == steps
        assert steps_to(loss, ORIGIN, optimizer, limit=steps - 1) is None
        assert steps_to(loss, ORIGIN, optimizer, limit=0) is None


@pytest.mark.parametrize("steps", [2047, 2048, 2049, 4096, 4097, 5000])
def test_counting_in_blocks_loses_no_step_at_the_seams(steps: int) -> None:
    loss = diagonal_loss(1.0)
    shrink = 1e-6 ** (1 / (steps - 0.5))
    assert steps_to(loss, [0.0], HeavyBall(1 - shrink, 0.0)) == steps
    assert steps_to(loss, [0.0], GradientDescent(1 - shrink)) == steps


def test_one_step_does_when_the_learning_rate_is_the_inverse_curvature() -> None:
    assert steps_to(diagonal_loss(4.0, 4.0), ORIGIN, GradientDescent(0.25)) == 1
    # The flat direction is nearly done at the start, and grows once the steep one is gone.
    assert steps_to(diagonal_loss(1.0, 3.0), [0.0, 1 + 1e-8], GradientDescent(1.0)) == 1


def test_at_the_minimizer_no_step_is_needed() -> None:
    loss = random_loss(0)
    for optimizer in (GradientDescent(0.1), HeavyBall(0.1, 0.5), Adam(0.1)):
        assert steps_to(loss, loss.minimizer, optimizer) == 0


def test_beyond_the_largest_stable_rate_it_never_arrives() -> None:
    loss = LeastSquares(STAGES["raw"])
    edge = loss.spectrum.largest_stable_learning_rate
    assert steps_to(loss, ORIGIN, GradientDescent(0.999 * edge)) is not None
    for factor in (1.0001, 2.0, 1e6):
        assert steps_to(loss, ORIGIN, GradientDescent(factor * edge)) is None
        assert steps_to(loss, ORIGIN, HeavyBall(2 * factor * edge, 0.5)) is None
        assert steps_to(loss, ORIGIN, Nesterov(factor * edge, 0.5)) is None


def test_a_rule_whose_points_overflow_is_given_up() -> None:
    class Runaway:
        """Doubles the weights at every step."""

        updates = 0

        def init(self, start):
            return ()

        def update(self, gradient, point, state):
            self.updates += 1
            return 2 * point, ()

    optimizer = Runaway()
    assert steps_to(random_loss(0), [1.0, 1.0], optimizer, limit=5000) is None
    assert optimizer.updates < 1100


def test_with_a_singular_hessian_the_way_to_the_nearest_minimizer_counts() -> None:
    a = np.array([1.0, 2.0, 3.0])
    loss = LeastSquares(Dataset(np.column_stack([a, 2 * a]), a))
    s = loss.spectrum
    start = np.array([5.0, -1.0])
    assert steps_to(loss, start, GradientDescent(s.safe_learning_rate)) == 1
    half = steps_to(loss, start, GradientDescent(s.safe_learning_rate / 2))
    assert half == 20  # 0.5^20 is the first power below 1e-6
    end = descend(loss, start, GradientDescent(s.safe_learning_rate / 2), 20).points[-1]
    assert float(loss.distance(end)) <= 1e-6 * float(loss.distance(start))
    assert np.linalg.norm(end - loss.minimizer) > 1
    # At the best rate's limit, 2 / L, the steep direction bounces for ever.
    assert steps_to(loss, start, GradientDescent(s.best_learning_rate * (1 + 1e-12))) is None


@quick
@given(seed=seeds, share=st.floats(0.05, 0.95))
def test_standardizing_is_preconditioning_by_one_over_variance(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    data = Dataset(rng.normal(size=(20, 2)) * [1, 50] + [3, -20], rng.normal(size=20) * 10)
    standardized, centered = LeastSquares(data.standardized()), data.centered()
    rate = share * standardized.spectrum.largest_stable_learning_rate
    run = descend(standardized, ORIGIN, GradientDescent(rate), 25)
    w, points = ORIGIN, [ORIGIN]
    for _ in range(25):
        gradient = 2 / 20 * centered.features.T @ (centered.features @ w - centered.target)
        w = w - rate * gradient / data.stds**2
        points.append(w)
    np.testing.assert_allclose(run.points / data.stds, points, rtol=1e-7, atol=1e-9)


STEP = GradientDescent(0.1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda j: descend(j, [1.0, 2.0, 3.0], STEP, 5),
            r"start must have shape \(..., 2\).*has shape \(3,\)",
        ),
        (lambda j: descend(j, [1.0, math.nan], STEP, 5), "start must be finite, but it holds nan"),
        (lambda j: descend(j, ORIGIN, STEP, -1), "steps must be a whole number of at least 0, but is -1"),
        (lambda j: descend(j, ORIGIN, STEP, 1.5), "steps must be a whole number"),
        (lambda j: steps_to(j, [1.0], STEP), r"start must have shape \(..., 2\)"),
        (lambda j: steps_to(j, np.zeros((3, 2)), STEP), r"start must be one point of shape \(2,\).*\(3, 2\)"),
        (lambda j: steps_to(j, [math.inf, 0.0], STEP), "start must be finite"),
        (lambda j: steps_to(j, ORIGIN, STEP, tolerance=0.0), "tolerance must be .* above 0 and below 1"),
        (lambda j: steps_to(j, ORIGIN, STEP, tolerance=1.0), "tolerance must be .* above 0 and below 1"),
        (lambda j: steps_to(j, ORIGIN, STEP, limit=-1), "limit must be a whole number of at least 0"),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call(random_loss(0))
