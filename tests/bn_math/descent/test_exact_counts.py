"""Counts that are exact to the step: in the billions, at ties, and where a distance falls and grows again."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bn_math import (
    GradientDescent,
    HeavyBall,
    Nesterov,
    steps_to,
)
from bn_math.descent.descent import steps_against
from tests.bn_math.descent.quadratics import (
    ORIGIN,
    diagonal_loss,
    points_counted,
    quick,
)


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
