"""The batch-normalized neuron: its loss is constant along rays, and so is all that follows from it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bn_math import (
    BatchNorm,
    Dataset,
    GradientDescent,
    Lesson,
    NormalizedNeuron,
    article_dataset,
    descend,
    rescale,
    standardize,
    steps_to_excess,
)
from tests.bn_math.networks.neurons import START, quick, random_neuron, seeds, some_weights


def loss_by_hand(data: Dataset, w: np.ndarray) -> float:
    """Standardize what the neuron says, fit gamma and beta to it, and take the mean square that is left."""
    x_hat = standardize(data.features @ w)
    fit = np.column_stack([x_hat, np.ones(data.count)])
    left = data.target - fit @ np.linalg.lstsq(fit, data.target, rcond=None)[0]
    return float(np.mean(left**2))


@quick
@given(seed=seeds, d=st.integers(1, 4))
def test_the_value_is_what_the_best_gamma_and_beta_leave(seed: int, d: int) -> None:
    neuron = random_neuron(seed, d)
    w = some_weights(neuron, seed)
    assert float(neuron.value(w)) == pytest.approx(loss_by_hand(neuron.data, w), rel=1e-9)
    x_hat = standardize(neuron.data.features @ w)
    assert neuron.beta == pytest.approx(np.mean(neuron.data.target), rel=1e-12)
    assert float(neuron.gamma(w)) == pytest.approx(np.mean(x_hat * neuron.data.target), rel=1e-9, abs=1e-9)
    predicted = rescale(x_hat, neuron.gamma(w), neuron.beta)
    np.testing.assert_allclose(neuron.prediction(w), predicted, rtol=1e-9, atol=1e-9)
    assert np.mean((predicted - neuron.data.target) ** 2) == pytest.approx(float(neuron.value(w)), rel=1e-9)


@quick
@given(seed=seeds, d=st.integers(1, 4))
def test_the_gradient_is_the_slope_of_the_value(seed: int, d: int) -> None:
    neuron = random_neuron(seed, d)
    w = some_weights(neuron, seed)
    h = 1e-5 * np.linalg.norm(w)
    numeric = [
        (loss_by_hand(neuron.data, w + e) - loss_by_hand(neuron.data, w - e)) / (2 * h) for e in h * np.eye(d)
    ]
    np.testing.assert_allclose(neuron.gradient(w), numeric, rtol=1e-4, atol=1e-6 * neuron.maximum)


@quick
@given(seed=seeds, d=st.integers(1, 4), eps=st.sampled_from([1e-5, 0.1, 10.0]))
def test_the_layers_own_backward_pass_gives_the_gradient_whatever_its_eps(
    seed: int, d: int, eps: float
) -> None:
    neuron = random_neuron(seed, d, eps)
    w = some_weights(neuron, seed)
    x, y = neuron.data.features, neuron.data.target
    layer = BatchNorm(1, eps=eps)
    layer.gamma, layer.beta = np.array([float(neuron.gamma(w))]), np.array([neuron.beta])
    out = layer.forward((x @ w)[:, None])
    error = out[:, 0] - y
    assert np.mean(error**2) == pytest.approx(float(neuron.value(w)), rel=1e-9)
    slope = x.T @ layer.backward((2 / len(y) * error)[:, None])[:, 0]
    np.testing.assert_allclose(
        neuron.gradient(w), slope, rtol=1e-7, atol=1e-10 * neuron.maximum / np.linalg.norm(w)
    )
    # gamma and beta are at their optimum: there is nothing for them to learn.
    assert layer.grad_gamma[0] == pytest.approx(0, abs=1e-9 * neuron.maximum)
    assert layer.grad_beta[0] == pytest.approx(0, abs=1e-9 * neuron.maximum)
    bare = NormalizedNeuron(neuron.data)
    assert float(bare.value(w)) == float(neuron.value(w))


@quick
@given(seed=seeds, d=st.integers(1, 4), exponent=st.floats(-100, 100), sign=st.sampled_from([1.0, -1.0]))
def test_the_loss_is_constant_along_rays_and_the_gradient_falls_as_one_over_the_length(
    seed: int, d: int, exponent: float, sign: float
) -> None:
    neuron = random_neuron(seed, d)
    w, c = some_weights(neuron, seed), sign * 10**exponent
    assert float(neuron.value(c * w)) == pytest.approx(float(neuron.value(w)), rel=1e-9)
    floor = 1e-12 * neuron.maximum / np.linalg.norm(w)
    np.testing.assert_allclose(c * neuron.gradient(c * w), neuron.gradient(w), rtol=1e-7, atol=floor)
    assert float(neuron.gamma(c * w)) == pytest.approx(sign * float(neuron.gamma(w)), rel=1e-9)


@quick
@given(seed=seeds, d=st.integers(1, 4))
def test_the_gradient_is_at_right_angles_to_the_weights(seed: int, d: int) -> None:
    neuron = random_neuron(seed, d)
    w = some_weights(neuron, seed)
    assert abs(w @ neuron.gradient(w)) <= 1e-12 * neuron.maximum


@quick
@given(seed=seeds, exponent=st.floats(-8, 8))
def test_the_weights_norm_never_shrinks_under_gradient_descent(seed: int, exponent: float) -> None:
    neuron = random_neuron(seed)
    run = descend(neuron, some_weights(neuron, seed), GradientDescent(10**exponent), 60)
    norms = np.linalg.norm(run.points, axis=-1)
    assert (norms[1:] >= norms[:-1] * (1 - 1e-12)).all()
    assert not run.diverged
    # Pythagoras: what is added is the step's own length.
    steps = np.linalg.norm(np.diff(run.points, axis=0), axis=-1)
    np.testing.assert_allclose(norms[1:] ** 2, norms[:-1] ** 2 + steps**2, rtol=1e-9)


@quick
@given(seed=seeds, d=st.integers(2, 4))
def test_the_hessian_is_the_slope_of_the_gradient_and_undoes_it_along_the_ray(seed: int, d: int) -> None:
    neuron = random_neuron(seed, d)
    w = some_weights(neuron, seed)
    p = np.random.default_rng(seed + 2).normal(size=d)
    h = 1e-6 * np.linalg.norm(w)
    numeric = (neuron.gradient(w + h * p) - neuron.gradient(w - h * p)) / (2 * h)
    scale = np.abs(neuron.hessian_product(w, np.eye(d))).max()
    np.testing.assert_allclose(neuron.hessian_product(w, p), numeric, rtol=1e-4, atol=1e-5 * scale)
    # grad L(c w) = grad L(w) / c, so H w = -grad L.
    np.testing.assert_allclose(
        neuron.hessian_product(w, w), -neuron.gradient(w), rtol=1e-7, atol=1e-11 * neuron.maximum
    )


@quick
@given(seed=seeds, d=st.integers(1, 4))
def test_the_minimizing_ray_is_least_squares_with_a_bias_and_nothing_is_lower(seed: int, d: int) -> None:
    neuron = random_neuron(seed, d)
    x, y = neuron.data.features, neuron.data.target
    with_bias = np.column_stack([x, np.ones(len(y))])
    fit, (left,), *_ = np.linalg.lstsq(with_bias, y, rcond=None)
    np.testing.assert_allclose(neuron.ray, fit[:d] / np.linalg.norm(fit[:d]), rtol=1e-7, atol=1e-9)
    assert neuron.minimum == pytest.approx(left / len(y), rel=1e-9)
    for c in (1, -3, 1e50):
        assert float(neuron.value(c * neuron.ray)) == pytest.approx(neuron.minimum, rel=1e-9)
    assert float(neuron.gamma(neuron.ray)) > 0
    others = np.random.default_rng(seed).normal(size=(50, d))
    assert (neuron.excess(others) >= 0).all()
    assert (neuron.value(others) <= neuron.maximum * (1 + 1e-12)).all()


def test_where_the_output_is_constant_the_loss_is_the_targets_variance() -> None:
    neuron = random_neuron(0)
    assert float(neuron.value([0.0, 0.0])) == pytest.approx(np.var(neuron.data.target), rel=1e-12)
    np.testing.assert_array_equal(neuron.gradient([0.0, 0.0]), [0, 0])
    np.testing.assert_array_equal(neuron.hessian_product([0.0, 0.0], [1.0, 2.0]), [0, 0])
    np.testing.assert_allclose(neuron.prediction([0.0, 0.0]), neuron.beta)
    layer = BatchNorm(1)
    np.testing.assert_array_equal(layer.forward(np.zeros((25, 1))), 0)
    assert np.isnan(neuron.value([np.nan, 1.0]))


def test_two_features_that_say_the_same_have_a_plane_of_minimizers() -> None:
    a = np.array([1.0, 2.0, 4.0, 7.0])
    neuron = NormalizedNeuron(Dataset(np.column_stack([a, 2 * a + 3]), 5 * a))
    assert neuron.minimum == pytest.approx(0, abs=1e-25)
    np.testing.assert_allclose(neuron.ray, np.array([1, 2]) / math.sqrt(5), rtol=1e-12)
    assert float(neuron.value([3.0, 0.0])) == pytest.approx(0, abs=1e-12)
    assert float(neuron.value([-2.0, 1.0])) == pytest.approx(np.var(5 * a), rel=1e-9)


def test_many_weights_at_once_are_the_weights_one_by_one() -> None:
    neuron = random_neuron(2)
    w = np.random.default_rng(3).normal(size=(3, 4, 2))
    p = np.random.default_rng(4).normal(size=(3, 4, 2))
    assert neuron.value(w).shape == neuron.gamma(w).shape == neuron.excess(w).shape == (3, 4)
    assert neuron.gradient(w).shape == neuron.hessian_product(w, p).shape == (3, 4, 2)
    assert neuron.prediction(w).shape == (3, 4, 25)
    for i in np.ndindex(3, 4):
        assert neuron.value(w)[i] == pytest.approx(float(neuron.value(w[i])), rel=1e-12)
        np.testing.assert_allclose(neuron.gradient(w)[i], neuron.gradient(w[i]), rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(
            neuron.hessian_product(w, p)[i], neuron.hessian_product(w[i], p[i]), rtol=1e-9, atol=1e-9
        )


def test_the_neurons_of_the_lesson(lesson: Lesson) -> None:
    assert lesson.neuron.data is lesson.data
    np.testing.assert_allclose(lesson.standardized_neuron.loss.minimum, lesson.neuron.loss.minimum, rtol=1e-9)
    # Weights for standardized features are sigma times as long; the loss is the same neuron's.
    w = np.array([0.3, -0.7])
    assert float(lesson.standardized_neuron.loss.value(w * lesson.data.stds)) == pytest.approx(
        float(lesson.neuron.loss.value(w)), rel=1e-9
    )
    other = Lesson.article(neuron_start=(0.2, 1.0), tolerance=1e-3)
    assert (other.neuron.start, other.neuron.tolerance) == ((0.2, 1.0), 1e-3)
    assert other.neuron.steps_at(1e-4) < lesson.neuron.steps_at(1e-4)


FLAT = Dataset([[1.0, 2.0], [1.0, 2.0]], [1.0, 2.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: NormalizedNeuron(FLAT), "every feature is constant"),
        (lambda: NormalizedNeuron(Dataset([[1.0, 2.0], [3.0, 5.0]], [4.0, 4.0])), "the target is constant"),
        (
            lambda: NormalizedNeuron(Dataset([[1.0], [-1.0], [1.0], [-1.0]], [1.0, 1.0, -1.0, -1.0], ("A",))),
            "uncorrelated with every feature",
        ),
        (
            lambda: NormalizedNeuron(Dataset([[1e200, 1.0], [2.0, 3.0]], [1.0, 2.0])),
            "numbers above.*overflow",
        ),
        (lambda: NormalizedNeuron(article_dataset(), eps=-1.0), "eps must be a finite number and at least 0"),
        (lambda: random_neuron(0).value([1.0, 2.0, 3.0]), r"w must have shape \(..., 2\)"),
        (lambda: steps_to_excess(random_neuron(0), [0.0, 0.0], 0.1, 1.0), "start must not be 0"),
        (lambda: steps_to_excess(random_neuron(0), [[1.0, 0.0]], 0.1, 1.0), "start must be one point"),
        (
            lambda: steps_to_excess(random_neuron(0), START, [0.1, -1.0], 1.0),
            "learning_rates must be above 0",
        ),
        (
            lambda: steps_to_excess(random_neuron(0), START, 0.1, 0.0),
            "excess must be a finite number and above",
        ),
        (lambda: Lesson.article(neuron_start=(0.0, 0.0)), "neuron_start must not be 0"),
        (lambda: Lesson.article(neuron_start=(1.0,)), r"neuron_start must have shape \(..., 2\)"),
        (
            lambda: Lesson.article(neuron_learning_rates=(1.0, 0.1)),
            "neuron_learning_rates must be two numbers",
        ),
    ],
)
def test_bad_input_is_refused_with_a_reason(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
