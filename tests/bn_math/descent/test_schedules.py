"""Learning-rate schedules: linear decay to zero, and optimizers that take it as their learning rate."""

import dataclasses

import numpy as np
import pytest

from bn_math import (
    AdaGrad,
    Adam,
    Dataset,
    GradientDescent,
    HeavyBall,
    LeastSquares,
    LinearDecay,
    Nesterov,
    RMSProp,
    descend,
    steps_to,
)
from bn_math.descent.optimizers import is_linear

LOSS = LeastSquares(Dataset([[1.0, 0.2], [0.3, 2.0], [-1.0, 0.5]], [1.0, 2.0, 3.0]))
START = np.array([3.0, -2.0])
RULES = [GradientDescent, lambda rate: HeavyBall(rate, 0.5), lambda rate: Nesterov(rate, 0.5)]
RULES += [AdaGrad, RMSProp, Adam]


def test_linear_decay_falls_from_its_initial_rate_to_zero_and_stays_there() -> None:
    decay = LinearDecay(0.8, 4)
    assert [decay(np.array(step)) for step in range(7)] == pytest.approx([0.8, 0.6, 0.4, 0.2, 0, 0, 0])
    assert decay == LinearDecay(0.8, 4) != LinearDecay(0.8, 5)
    assert hash(decay) == hash(LinearDecay(0.8, 4))
    with pytest.raises(dataclasses.FrozenInstanceError):
        decay.steps = 5  # type: ignore[misc]


@pytest.mark.parametrize("rule", RULES)
def test_every_step_has_the_schedule_s_rate(rule) -> None:
    """A step's rate can be changed between two steps, as PyTorch's schedulers do."""
    scheduled = descend(LOSS, START, rule(LinearDecay(0.3, 5)), 8).points
    point, state = START, rule(0.3).init(START)
    for step, rate in enumerate([0.3, 0.24, 0.18, 0.12, 0.06], 1):
        point, state = rule(rate).update(LOSS.gradient, point, state)
        np.testing.assert_allclose(scheduled[step], point, rtol=1e-12)
    if rule in (GradientDescent, AdaGrad, RMSProp, Adam):
        np.testing.assert_array_equal(scheduled[6:], scheduled[[5, 5, 5]])


def test_any_function_of_the_steps_taken_is_a_schedule() -> None:
    halved = descend(LOSS, START, GradientDescent(lambda step: 0.2 * 0.5**step), 3).points
    point = START
    for rate, expected in zip((0.2, 0.1, 0.05), halved[1:], strict=True):
        point = point - rate * LOSS.gradient(point)
        np.testing.assert_allclose(expected, point, rtol=1e-12)


def test_it_is_torchs_own() -> None:
    torch = pytest.importorskip("torch")
    w = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    x, y = torch.tensor(LOSS.data.features.copy()), torch.tensor(LOSS.data.target.copy())
    theirs = torch.optim.Adam([w], lr=0.3)
    schedule = torch.optim.lr_scheduler.LinearLR(theirs, 1.0, 0.0, total_iters=20)
    for _ in range(30):
        theirs.zero_grad()
        ((x @ w - y) ** 2).mean().backward()
        theirs.step()
        schedule.step()
    ours = descend(LOSS, START, Adam(LinearDecay(0.3, 20)), 30).points[-1]
    np.testing.assert_allclose(ours, w.detach().numpy(), rtol=1e-9)


def test_a_rule_whose_rate_changes_is_no_matrix_and_is_counted_step_by_step() -> None:
    for rule in RULES[:3]:
        assert is_linear(rule(0.1)) and not is_linear(rule(LinearDecay(0.1, 5)))
        with pytest.raises(ValueError, match="learning_rate must be a number for a transition"):
            rule(LinearDecay(0.1, 5)).transition(1.0)
        run = descend(LOSS, START, rule(LinearDecay(0.3, 400)), 400).points
        left = np.linalg.norm(run - LOSS.minimizer, axis=1)
        first = int((left <= 1e-3 * left[0]).argmax())
        assert first > 0
        assert steps_to(LOSS, START, rule(LinearDecay(0.3, 400)), 1e-3) == first
    # A rate that is 0 before the minimum is near never gets there, and that is seen at once.
    assert steps_to(LOSS, START, GradientDescent(LinearDecay(0.01, 5)), limit=10**15) is None


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: LinearDecay(0.0, 5), "initial must be a finite number and above 0, but is 0.0"),
        (lambda: LinearDecay("fast", 5), "initial must be a finite number and above 0"),
        (lambda: LinearDecay(np.array([[0.1], [-1.0]]), 5), "initial must be a finite number and above 0"),
        (lambda: LinearDecay(0.1, 0), "steps must be a whole number of at least 1, but is 0"),
        (lambda: LinearDecay(0.1, 2.5), "steps must be a whole number"),
    ],
)
def test_bad_settings_are_refused_by_name(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
