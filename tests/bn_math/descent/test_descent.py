"""Descending: every count against brute force, divergence marked and quiet, many runs at once."""

import math
import tracemalloc
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
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
    article_dataset,
    descend,
    steps_to,
)
from bn_math.descent.descent import steps_against

quick = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)
ORIGIN = np.zeros(2)

STAGES = {
    "raw": article_dataset(),
    "centered": article_dataset().centered(),
    "scaled": article_dataset().scaled(),
    "standardized": article_dataset().standardized(),
}


def random_loss(seed: int, scale: float = 5.0) -> LeastSquares:
    rng = np.random.default_rng(seed)
    return LeastSquares(Dataset(rng.normal(size=(15, 2)) * [1, scale], rng.normal(size=15) * 4))


def diagonal_loss(*eigenvalues: float) -> LeastSquares:
    """A loss with this diagonal Hessian and its minimizer at (1, 1, ...)."""
    d = len(eigenvalues)
    x = np.diag(np.sqrt(np.array(eigenvalues) * max(d, 2) / 2))
    x = np.vstack([x, np.zeros((max(d, 2) - d, d))])
    return LeastSquares(Dataset(x, x @ np.ones(d), tuple("ABCDEF"[:d])))


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


def points_counted(loss: LeastSquares, start, optimizer, tolerance: float, steps: int) -> int | None:
    """The count read off a trajectory."""
    distances = np.linalg.norm(descend(loss, start, optimizer, steps).points - loss.minimizer, axis=-1)
    hits = np.flatnonzero(distances <= tolerance * distances[0])
    return int(hits[0]) if len(hits) else None


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


def test_the_count_stays_exact_in_the_billions() -> None:
    loss = diagonal_loss(1.0)
    for learning_rate in (1e-3, 1e-6, 1e-9, 1e-12):
        expected = math.ceil(math.log(1e-6) / math.log1p(-learning_rate))
        assert steps_to(loss, [0.0], GradientDescent(learning_rate), limit=10**15) == pytest.approx(
            expected, abs=2
        )
    # Near the stable limit the ball bounces from wall to wall, shrinking just as slowly.
    expected = math.ceil(math.log(1e-6) / math.log1p(-(2.0**-40)))
    assert steps_to(loss, [0.0], GradientDescent(2 - 2.0**-40), limit=10**15) == pytest.approx(
        expected, abs=2
    )


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


@pytest.mark.parametrize("left", [0.1, 0.2, 0.3, 0.5, 0.7])
def test_a_tie_counts_as_reached(left: float) -> None:
    """A factor of 0.1 leaves exactly 1e-k after k steps, which floats can only approximate."""
    loss = diagonal_loss(1.0, 1.0)
    for steps in range(1, 13):
        for optimizer in (GradientDescent(1 - left), HeavyBall(1 - left, 0.0), Nesterov(1 - left, 0.0)):
            assert steps_to(loss, ORIGIN, optimizer, tolerance=left**steps) == steps


def exact_squares(rule, eigenvalues: list[Fraction], offsets: list[Fraction], steps: int) -> list[Fraction]:
    """The squared distance before each step, in fractions: nothing is rounded."""
    momentum = Fraction(getattr(rule, "momentum", 0))
    now = before = list(offsets)
    squares = []
    for _ in range(steps + 1):
        squares.append(sum(e * e for e in now))
        ahead = [e + momentum * (e - old) for e, old in zip(now, before, strict=True)]
        seen = ahead if isinstance(rule, Nesterov) else now
        pull = [Fraction(rule.learning_rate) * k * e for k, e in zip(eigenvalues, seen, strict=True)]
        now, before = [e - p for e, p in zip(ahead, pull, strict=True)], now
    return squares


@pytest.mark.parametrize("rule", [GradientDescent(0.125), HeavyBall(0.125, 0.5), Nesterov(0.125, 0.25)])
@pytest.mark.parametrize("steps", [1, 2, 7, 20, 33])
def test_the_count_is_exact_on_either_side_of_every_boundary(rule, steps: int) -> None:
    """A hair above the distance left after that step it has arrived, a hair below it has not."""
    eigenvalues = [1.0, 4.0]
    loss = diagonal_loss(*eigenvalues)
    squares = exact_squares(rule, [Fraction(k) for k in eigenvalues], [Fraction(1)] * 2, 200)
    left = [math.sqrt(square / squares[0]) for square in squares]
    for tolerance in (left[steps] * (1 + 1e-9), left[steps] * (1 - 1e-9)):
        first = next(step for step, distance in enumerate(left) if distance <= tolerance)
        assert steps_to(loss, ORIGIN, rule, tolerance) == first
        if isinstance(rule, GradientDescent):
            assert first == (steps if tolerance > left[steps] else steps + 1)
            assert steps_against(loss, ORIGIN, [rule.learning_rate], tolerance) == first


def test_a_distance_that_falls_and_then_grows_is_caught_at_its_lowest() -> None:
    # The second direction diverges, but starts so near its minimum that the first arrives before.
    loss = diagonal_loss(1.0, 100.0)
    start = [0.0, 1 + 1e-12]
    optimizer = GradientDescent(0.025)
    expected = points_counted(loss, start, optimizer, 0.9, 60)
    assert expected is not None
    assert steps_to(loss, start, optimizer, 0.9) == expected
    assert steps_to(loss, [0.0, 2.0], optimizer, 0.9) is None
    assert steps_to(loss, start, optimizer, 1e-6) is None


@quick
@given(share=st.floats(1.01, 3), near=st.floats(1e-9, 1e-2))
def test_the_lowest_point_of_a_run_that_then_diverges_is_found(share: float, near: float) -> None:
    loss = diagonal_loss(1.0, 20.0)
    optimizer = GradientDescent(share * 0.1)
    t = np.arange(200)
    distances = np.hypot((1 - share * 0.1) ** t, near * (1 - share * 2.0) ** t) / math.hypot(1, near)
    lowest = int(distances.argmin())
    assume(lowest > 0)
    tolerance = float(distances[lowest])
    start = [0.0, 1 + near]
    assert steps_to(loss, start, optimizer, tolerance * (1 + 1e-6)) == lowest
    assert steps_to(loss, start, optimizer, tolerance * (1 - 1e-6)) is None


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


# descend


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
