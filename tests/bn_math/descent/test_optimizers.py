"""The six update rules, against PyTorch's documentation written out plainly, and torch where installed."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
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
)
from bn_math.descent.optimizers import LinearOptimizer

quick = settings(max_examples=25, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)
STEPS = 30


def random_loss(seed: int) -> LeastSquares:
    rng = np.random.default_rng(seed)
    return LeastSquares(Dataset(rng.normal(size=(12, 2)) * [1, 3], rng.normal(size=12) * 4))


def slope(loss: LeastSquares, w: list[float]) -> list[float]:
    """The gradient of the mean squared error, from its definition."""
    x, y = loss.data.features, loss.data.target
    return (2 / loss.data.count * x.T @ (x @ np.array(w) - y)).tolist()


# Each reference follows the pseudocode of torch.optim's documentation, one weight at a time.


def sgd(loss, w: list[float], lr: float, momentum: float = 0.0) -> list[list[float]]:
    points, buffer = [list(w)], [0.0] * len(w)
    for _ in range(STEPS):
        g = slope(loss, w)
        for i in range(len(w)):
            buffer[i] = momentum * buffer[i] + g[i]
            w[i] = w[i] - lr * buffer[i]
        points.append(list(w))
    return points


def nesterov_sgd(loss, w: list[float], lr: float, momentum: float) -> list[list[float]]:
    """torch's parameters are the points ahead; the ball itself is momentum * lr * buffer behind them."""
    points, buffer = [list(w)], [0.0] * len(w)
    for _ in range(STEPS):
        g = slope(loss, w)
        ball = []
        for i in range(len(w)):
            buffer[i] = momentum * buffer[i] + g[i]
            w[i] = w[i] - lr * (g[i] + momentum * buffer[i])
            ball.append(w[i] + lr * momentum * buffer[i])
        points.append(ball)
    return points


def adagrad(loss, w: list[float], lr: float, eps: float) -> list[list[float]]:
    points, total = [list(w)], [0.0] * len(w)
    for _ in range(STEPS):
        g = slope(loss, w)
        for i in range(len(w)):
            total[i] += g[i] ** 2
            w[i] -= lr * g[i] / (math.sqrt(total[i]) + eps)
        points.append(list(w))
    return points


def rmsprop(loss, w: list[float], lr: float, alpha: float, eps: float) -> list[list[float]]:
    points, average = [list(w)], [0.0] * len(w)
    for _ in range(STEPS):
        g = slope(loss, w)
        for i in range(len(w)):
            average[i] = alpha * average[i] + (1 - alpha) * g[i] ** 2
            w[i] -= lr * g[i] / (math.sqrt(average[i]) + eps)
        points.append(list(w))
    return points


def adam(loss, w: list[float], lr: float, beta1: float, beta2: float, eps: float) -> list[list[float]]:
    points, m, v = [list(w)], [0.0] * len(w), [0.0] * len(w)
    for t in range(1, STEPS + 1):
        g = slope(loss, w)
        for i in range(len(w)):
            m[i] = beta1 * m[i] + (1 - beta1) * g[i]
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
            m_hat, v_hat = m[i] / (1 - beta1**t), v[i] / (1 - beta2**t)
            w[i] -= lr * m_hat / (math.sqrt(v_hat) + eps)
        points.append(list(w))
    return points


CASES = [
    (GradientDescent(0.02), sgd, {"lr": 0.02}),
    (HeavyBall(0.02, 0.8), sgd, {"lr": 0.02, "momentum": 0.8}),
    (Nesterov(0.02, 0.8), nesterov_sgd, {"lr": 0.02, "momentum": 0.8}),
    (AdaGrad(0.5, 0.3), adagrad, {"lr": 0.5, "eps": 0.3}),
    (RMSProp(0.1, 0.9, 0.3), rmsprop, {"lr": 0.1, "alpha": 0.9, "eps": 0.3}),
    (Adam(0.3, 0.7, 0.95, 0.3), adam, {"lr": 0.3, "beta1": 0.7, "beta2": 0.95, "eps": 0.3}),
]


@pytest.mark.parametrize(("optimizer", "reference", "settings"), CASES, ids=lambda case: type(case).__name__)
@quick
@given(seed=seeds)
def test_each_rule_follows_pytorchs_documentation(optimizer, reference, settings, seed: int) -> None:
    loss = random_loss(seed)
    start = np.random.default_rng(seed + 1).normal(size=2) * 5
    run = descend(loss, start, optimizer, STEPS)
    expected = reference(loss, start.tolist(), **settings)
    np.testing.assert_allclose(run.points, expected, rtol=1e-8, atol=1e-9)


def test_each_rule_is_torchs_own() -> None:
    torch = pytest.importorskip("torch")
    loss, start = random_loss(0), [3.0, -2.0]
    rules = {
        GradientDescent(0.02): lambda p: torch.optim.SGD(p, lr=0.02),
        HeavyBall(0.02, 0.8): lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.8),
        AdaGrad(0.5, 0.3): lambda p: torch.optim.Adagrad(p, lr=0.5, eps=0.3),
        RMSProp(0.1, 0.9, 0.3): lambda p: torch.optim.RMSprop(p, lr=0.1, alpha=0.9, eps=0.3),
        Adam(0.3, 0.7, 0.95, 0.3): lambda p: torch.optim.Adam(p, lr=0.3, betas=(0.7, 0.95), eps=0.3),
    }
    x, y = torch.tensor(loss.data.features.copy()), torch.tensor(loss.data.target.copy())
    for ours, make in rules.items():
        w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        theirs = make([w])
        for _ in range(STEPS):
            theirs.zero_grad()
            ((x @ w - y) ** 2).mean().backward()
            theirs.step()
        np.testing.assert_allclose(
            descend(loss, start, ours, STEPS).points[-1], w.detach().numpy(), rtol=1e-9
        )


def test_the_defaults_are_pytorchs() -> None:
    assert AdaGrad(1.0) == AdaGrad(1.0, 1e-10)
    assert RMSProp(1.0) == RMSProp(1.0, 0.99, 1e-8)
    assert Adam(1.0) == Adam(1.0, 0.9, 0.999, 1e-8)


def test_eps_stands_outside_the_root() -> None:
    def gradient(w: np.ndarray) -> np.ndarray:
        return np.array([4.0])

    start = np.zeros(1)
    first = {rule: rule.update(gradient, start, rule.init(start))[0][0] for rule, _, _ in CASES[3:]}
    assert first[AdaGrad(0.5, 0.3)] == pytest.approx(-0.5 * 4 / (4 + 0.3))
    assert first[RMSProp(0.1, 0.9, 0.3)] == pytest.approx(-0.1 * 4 / (4 * math.sqrt(0.1) + 0.3))
    assert first[Adam(0.3, 0.7, 0.95, 0.3)] == pytest.approx(-0.3 * 4 / (4 + 0.3))


def test_without_momentum_heavy_ball_and_nesterov_are_gradient_descent() -> None:
    loss = random_loss(4)
    plain = descend(loss, [1.0, 2.0], GradientDescent(0.03), 20).points
    np.testing.assert_array_equal(descend(loss, [1.0, 2.0], HeavyBall(0.03, 0.0), 20).points, plain)
    np.testing.assert_array_equal(descend(loss, [1.0, 2.0], Nesterov(0.03, 0.0), 20).points, plain)


def test_the_first_step_has_no_momentum_yet() -> None:
    loss = random_loss(5)
    plain = descend(loss, [1.0, 2.0], GradientDescent(0.03), 1).points
    np.testing.assert_array_equal(descend(loss, [1.0, 2.0], HeavyBall(0.03, 0.9), 1).points, plain)
    np.testing.assert_array_equal(descend(loss, [1.0, 2.0], Nesterov(0.03, 0.9), 1).points, plain)


@quick
@given(seed=seeds, factor=st.floats(1e-3, 1e3))
def test_adaptive_rules_do_not_see_the_scale_of_the_loss(seed: int, factor: float) -> None:
    loss = random_loss(seed)
    start = np.array([1.0, -2.0])
    for rule in (AdaGrad(0.1, 1e-300), RMSProp(0.1, 0.9, 1e-300), Adam(0.1, 0.9, 0.99, 1e-300)):
        one, other = start, start
        state, other_state = rule.init(start), rule.init(start)
        for _ in range(5):
            one, state = rule.update(loss.gradient, one, state)
            other, other_state = rule.update(lambda w: factor * loss.gradient(w), other, other_state)
        np.testing.assert_allclose(other, one, rtol=1e-9, atol=1e-9)


@quick
@given(seed=seeds, learning_rate=st.floats(1e-3, 0.2), momentum=st.floats(0, 1))
def test_linear_rules_are_their_transition_matrices(seed: int, learning_rate: float, momentum: float) -> None:
    loss = random_loss(seed)
    vectors, eigenvalues = loss.spectrum.eigenvectors, loss.spectrum.eigenvalues
    start = np.random.default_rng(seed).normal(size=2)
    for rule in (
        GradientDescent(learning_rate),
        HeavyBall(learning_rate, momentum),
        Nesterov(learning_rate, momentum),
    ):
        assert isinstance(rule, LinearOptimizer)
        run = descend(loss, start, rule, 6)
        along = (run.points - loss.minimizer) @ vectors
        for axis in range(2):
            state = np.array([along[0, axis], along[0, axis]])
            for step in range(1, 7):
                state = rule.transition(eigenvalues[axis]) @ state
                assert state[0] == pytest.approx(along[step, axis], rel=1e-7, abs=1e-9 * np.abs(along).max())


def test_adaptive_rules_are_no_matrices() -> None:
    assert not any(isinstance(rule, LinearOptimizer) for rule in (AdaGrad(1.0), RMSProp(1.0), Adam(1.0)))


@pytest.mark.parametrize("optimizer", [case[0] for case in CASES], ids=lambda o: type(o).__name__)
def test_rules_are_immutable_values(optimizer) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        optimizer.learning_rate = 1.0
    assert optimizer == dataclasses.replace(optimizer)
    assert hash(optimizer) == hash(dataclasses.replace(optimizer))
    assert optimizer != dataclasses.replace(optimizer, learning_rate=0.123)


@pytest.mark.parametrize(
    "rule",
    [
        GradientDescent,
        lambda rate: HeavyBall(rate, 0.5),
        lambda rate: Nesterov(rate, 0.5),
        AdaGrad,
        RMSProp,
        Adam,
    ],
)
def test_runs_side_by_side_can_have_a_learning_rate_each(rule) -> None:
    loss, rates = random_loss(5), np.array([1e-4, 0.01, 0.02])
    together = descend(loss, np.ones((3, 2)), rule(rates[:, None]), STEPS).points
    for run, rate in enumerate(rates):
        alone = descend(loss, np.ones(2), rule(float(rate)), STEPS).points
        np.testing.assert_allclose(together[:, run], alone, rtol=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        *(
            (
                lambda rule=rule, rest=rest, bad=bad: rule(bad, *rest),
                "learning_rate must be a finite number and above 0",
            )
            for rule, rest in [
                (GradientDescent, ()),
                (HeavyBall, (0.5,)),
                (Nesterov, (0.5,)),
                (AdaGrad, ()),
                (RMSProp, ()),
                (Adam, ()),
            ]
            for bad in (0.0, -1.0, math.nan, math.inf, "fast", None, np.array([[0.1], [0.0]]))
        ),
        (
            lambda: HeavyBall(1.0, -0.1),
            "momentum must be a finite number and at least 0 and at most 1, but is -0.1",
        ),
        (lambda: Nesterov(1.0, 1.1), "momentum must be"),
        (lambda: AdaGrad(1.0, 0.0), "eps must be a finite number and above 0"),
        (lambda: RMSProp(1.0, 1.0), "decay must be a finite number and at least 0 and below 1"),
        (lambda: RMSProp(1.0, 0.9, -1.0), "eps must be"),
        (lambda: Adam(1.0, beta1=1.0), "beta1 must be"),
        (lambda: Adam(1.0, beta2=-0.5), "beta2 must be"),
        (lambda: Adam(1.0, eps=0.0), "eps must be"),
    ],
)
def test_bad_settings_are_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
