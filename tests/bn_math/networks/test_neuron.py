"""The batch-normalized neuron: rays instead of a bowl, and twelve decades of learning rates that converge."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bn_math import (
    BatchNorm,
    Dataset,
    GradientDescent,
    Lesson,
    NeuronStage,
    NormalizedNeuron,
    article_dataset,
    descend,
    rescale,
    standardize,
    steps_to_excess,
)

quick = settings(max_examples=50, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)
START = (1.0, 0.2)


def random_neuron(seed: int, d: int = 2, eps: float = 0.0) -> NormalizedNeuron:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(25, d)) * np.geomspace(1, 20, d) + rng.normal(size=d) * 10
    y = x @ rng.normal(size=d) + rng.normal(size=25)
    return NormalizedNeuron(Dataset(x, y, tuple("ABCDEF"[:d])), eps)


def some_weights(neuron: NormalizedNeuron, seed: int) -> np.ndarray:
    return np.random.default_rng(seed + 1).normal(size=neuron.size)


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


# Steps against the learning rate


def steps_by_hand(data: Dataset, learning_rate: float, tolerance: float = 1e-6, limit: int = 400_000) -> int:
    """Steps from (1, 0.2), one by one, in plain floats: L's two covariances are all that is needed."""
    x, y = data.features - data.features.mean(axis=0), data.target - data.target.mean()
    (s00, s01), (_, s11) = (x.T @ x / len(y)).tolist()
    c0, c1 = (x.T @ y / len(y)).tolist()
    variance = float(np.mean(y**2))
    explained = (c0 * c0 * s11 - 2 * c0 * c1 * s01 + c1 * c1 * s00) / (s00 * s11 - s01 * s01)
    a, b = START
    for step in range(limit):
        p, q = s00 * a + s01 * b, s01 * a + s11 * b
        along, square = a * c0 + b * c1, a * p + b * q
        if explained - along * along / square <= tolerance * variance:
            return step
        k = along / square
        a, b = a + 2 * learning_rate * k * (c0 - k * p), b + 2 * learning_rate * k * (c1 - k * q)
    raise AssertionError("never arrived")


# Learning rates from 1e-6 to 1e6; the first are counted by hand below, the last grow ten times a decade.
TABLE = {
    "neuron": [
        *(11870, 1201, 169, 3047, 31447, 315573, 3156851),
        *(31569631, 315697427, 3156975391, 31569755029, 315697551413, 3156975515250),
    ],
    "standardized_neuron": [
        *(150, 16, 9, 19, 28, 290, 2916),
        *(29176, 291773, 2917746, 29177474, 291774754, 2917747557),
    ],
}


@pytest.mark.parametrize("name", TABLE)
def test_every_learning_rate_from_a_millionth_to_a_million_converges(lesson: Lesson, name: str) -> None:
    stage = getattr(lesson, name)
    assert stage.start == START
    assert stage.level == pytest.approx(1e-6 * np.var(lesson.data.target), rel=1e-12)
    steps = stage.steps_against(10.0 ** np.arange(-6, 7))
    np.testing.assert_allclose(steps, TABLE[name], rtol=1e-7, atol=1)
    # A plain descent stands none of the larger rates.
    plain = getattr(lesson, stage.name).steps_against(10.0 ** np.arange(-6, 7))
    assert np.isfinite(steps).all() and np.isinf(plain[plain.size // 2 :]).all()


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("exponent", [-6, -5.3, -5, -4.6, -4, -3.5, -3, -2.2, -2, -1.5])
def test_the_counts_are_those_of_descending_by_hand(lesson: Lesson, name: str, exponent: float) -> None:
    stage, rate = getattr(lesson, name), 10.0**exponent
    assert stage.steps_at(rate) == pytest.approx(steps_by_hand(stage.data, rate), abs=1)


def test_counts_in_the_hundred_thousands_are_right_to_the_step(lesson: Lesson) -> None:
    stage = lesson.neuron
    assert stage.steps_at(0.1) == pytest.approx(steps_by_hand(stage.data, 0.1), abs=1)
    assert stage.steps_at(1e-7) == pytest.approx(steps_by_hand(stage.data, 1e-7), abs=1)


def test_a_hundred_times_the_rate_is_a_hundred_times_the_steps_and_never_an_explosion(lesson: Lesson) -> None:
    """The first step makes the weight as long as the rate, and every angle after that as small."""
    stage = lesson.neuron
    steps = stage.steps_against([1e2, 1e4, 1e6, 1e8, 1e10])
    np.testing.assert_allclose(steps[1:] / steps[:-1], 100, rtol=1e-4)
    # On the other side a rate ten times smaller takes ten times the steps, as it does for a bowl.
    slow = stage.steps_against([1e-8, 1e-10, 1e-12])
    np.testing.assert_allclose(slow[1:] / slow[:-1], 100, rtol=1e-4)
    for rate in (1.0, 1e3, 1e6):
        run = stage.descend(rate, 300)
        assert not run.diverged
        assert run.losses.max() <= stage.loss.maximum * (1 + 1e-12)
        assert (np.diff(run.losses[1:]) <= 0).all()


def test_within_a_million_steps_the_layer_widens_the_window_of_learning_rates(lesson: Lesson) -> None:
    def decades(stage) -> float:
        rates = 10.0 ** np.arange(-11, 4, 0.5)
        return float((stage.steps_against(rates) <= 1e6).sum() * 0.5)

    assert decades(lesson.raw) == pytest.approx(2.2, abs=0.5)
    assert decades(lesson.standardized) == pytest.approx(5, abs=0.5)
    assert decades(lesson.neuron) == pytest.approx(7.4, abs=0.5)
    assert decades(lesson.standardized_neuron) == pytest.approx(12.4, abs=0.5)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(seed=seeds, exponent=st.floats(-6, 2))
def test_any_data_converge_at_any_rate_and_the_count_is_the_trajectorys(seed: int, exponent: float) -> None:
    neuron = random_neuron(seed)
    start = some_weights(neuron, seed)
    level = 1e-3 * neuron.maximum
    count = float(steps_to_excess(neuron, start, 10**exponent, level))
    assume(count <= 20_000)
    excess = neuron.excess(descend(neuron, start, GradientDescent(10**exponent), int(count) + 2).points)
    hits = np.flatnonzero(excess <= level * (1 + 1e-6))
    assert len(hits) and abs(hits[0] - count) <= 1


def test_many_rates_at_once_and_none_too_small_or_too_large(lesson: Lesson) -> None:
    stage = lesson.neuron
    rates = np.array([[1e-20, 1e-4, 1e3], [1e-5, 1e14, 1e-2]])
    steps = stage.steps_against(rates)
    assert steps.shape == (2, 3)
    assert np.isfinite(steps).all()
    assert steps[0, 0] == pytest.approx(1.1861929e18, rel=1e-6)
    for index in np.ndindex(2, 3):
        assert steps[index] == pytest.approx(stage.steps_at(float(rates[index])), rel=1e-12)


def test_at_the_minimum_there_is_nothing_to_do_and_at_the_maximum_no_way_down() -> None:
    neuron = random_neuron(5)
    level = 1e-6 * neuron.maximum
    np.testing.assert_array_equal(steps_to_excess(neuron, 3 * neuron.ray, [1e-3, 1e3], level), [0, 0])
    x = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
    crossed = NormalizedNeuron(Dataset(x, x @ [1.0, 0.0]))
    assert float(crossed.value([0.0, 1.0])) == pytest.approx(crossed.maximum)
    assert steps_to_excess(crossed, [0.0, 1.0], 0.1, 1e-6) == np.inf
    stage = NeuronStage("crossed", crossed.data, (0.0, 1.0), 1e-6)
    assert stage.steps_at(0.1) is None


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
        (lambda: NormalizedNeuron(Dataset([[1e200, 1.0], [2.0, 3.0]], [1.0, 2.0])), "too large.*overflow"),
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
