"""The deep stack: real gradients, signals that go flat, and slopes that fade, hold or grow."""

import dataclasses
import math

import numpy as np
import pytest
import scipy.integrate
import scipy.special
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import ACTIVATIONS, BatchNorm, DeepStack, Lesson, sigmoid, sigmoid_slope

quick = settings(max_examples=50, deadline=None, derandomize=True)
numbers = st.floats(-30, 30)
GAUSS = scipy.stats.norm.pdf


@pytest.fixture(scope="module")
def plain() -> DeepStack:
    return DeepStack()


@pytest.fixture(scope="module")
def normalized(plain: DeepStack) -> DeepStack:
    return dataclasses.replace(plain, batch_norm=True)


# The sigmoid


def test_the_sigmoid_is_steep_between_minus_two_and_two(printed) -> None:
    assert float(sigmoid_slope(0)) == 0.25
    assert float(sigmoid_slope(2)) == printed("0.1050")
    assert float(sigmoid_slope(-4)) == printed("0.0177")
    assert float(sigmoid(0)) == 0.5


@quick
@given(x=numbers)
def test_the_sigmoid_and_its_slope_are_scipys(x: float) -> None:
    assert float(sigmoid(x)) == pytest.approx(scipy.special.expit(x), rel=1e-9, abs=1e-15)
    slope = scipy.special.expit(x) * scipy.special.expit(-x)
    assert float(sigmoid_slope(x)) == pytest.approx(slope, rel=1e-9)


def test_far_out_the_sigmoid_is_flat_and_quiet() -> None:
    np.testing.assert_array_equal(sigmoid([-1e9, 1e9]), [0, 1])
    assert (sigmoid_slope([-1e9, 1e9]) < 1e-300).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_has_its_own_slope(name: str) -> None:
    f = ACTIVATIONS[name]
    x = np.array([-3.3, -0.7, 0.2, 1.9])
    numeric = (f.value(x + 1e-6) - f.value(x - 1e-6)) / 2e-6
    np.testing.assert_allclose(f.slope(x), numeric, rtol=1e-6, atol=1e-9)


# Forward and back


@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_gradients_are_the_slopes_of_the_loss(name: str, batch_norm: bool) -> None:
    stack = DeepStack(4, 5, 6, weight_scale=1.3, input_scale=0.8, activation=name, batch_norm=batch_norm)
    weights = np.array(stack.weights)
    numeric = np.zeros_like(weights)
    for place in np.ndindex(weights.shape):
        nudge = np.zeros_like(weights)
        nudge[place] = 1e-6
        numeric[place] = (stack.run(weights + nudge).loss - stack.run(weights - nudge).loss) / 2e-6
    gradients = stack.passes.weight_gradients
    assert np.abs(gradients).max() > 1e-4
    np.testing.assert_allclose(gradients, numeric, rtol=1e-4, atol=1e-8)


def test_without_batch_norm_two_layers_by_hand() -> None:
    stack = DeepStack(2, 3, 4, activation="tanh")
    w1, w2 = stack.weights
    z1 = stack.samples @ w1
    z2 = np.tanh(z1) @ w2
    passes = stack.passes
    np.testing.assert_allclose(passes.pre_activations, [z1, z2])
    np.testing.assert_allclose(passes.activations, [np.tanh(z1), np.tanh(z2)])
    error = np.tanh(z2) - stack.targets
    assert passes.loss == pytest.approx(np.mean(error**2))
    last = 2 * error / 12
    first = (last / np.cosh(z2) ** 2) @ w2.T
    np.testing.assert_allclose(passes.signal_gradients, [first, last])
    np.testing.assert_allclose(passes.weight_gradients[0], stack.samples.T @ (first / np.cosh(z1) ** 2))


def test_with_batch_norm_each_layer_is_the_layer() -> None:
    stack = DeepStack(2, 3, 7, batch_norm=True)
    h = stack.samples
    for layer in range(2):
        z = BatchNorm(3).forward(h @ stack.weights[layer])
        np.testing.assert_allclose(stack.passes.pre_activations[layer], z, rtol=1e-9, atol=1e-12)
        h = sigmoid(z)


def test_the_shapes_and_the_norms(plain: DeepStack) -> None:
    passes = plain.passes
    assert passes.pre_activations.shape == passes.activations.shape == (20, 100, 100)
    assert passes.weight_gradients.shape == (20, 100, 100)
    assert passes.signal_gradients.shape == (20, 100, 100)
    assert passes.gradient_norms[3] == pytest.approx(np.linalg.norm(passes.weight_gradients[3]))
    assert passes.signal_gradient_norms[3] == pytest.approx(np.linalg.norm(passes.signal_gradients[3]))
    edges = np.linspace(-30, 30, 61)
    shares = passes.histograms(edges)
    assert shares.shape == (20, 60)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    counted = ((passes.pre_activations[5] >= 2) & (passes.pre_activations[5] < 3)).mean()
    assert shares[5, 32] == pytest.approx(counted)
    np.testing.assert_allclose(passes.flat_shares(), 1 - shares[:, 28:32].sum(axis=1), atol=1e-12)


# What the film shows


def test_without_batch_norm_the_signal_leaves_the_steep_part_and_the_samples_become_alike(
    plain: DeepStack,
) -> None:
    passes = plain.passes
    assert passes.spreads[0] == pytest.approx(1, abs=0.05)
    assert passes.flat_shares()[0] == pytest.approx(0.0455, abs=0.01)
    assert (passes.flat_shares()[1:] > 0.35).all()
    # Each neuron says nearly the same of every sample, the deeper the more so.
    assert (np.diff(passes.sample_spreads) < 0).all()
    assert passes.sample_spreads[-1] < 1e-3


def test_without_batch_norm_the_gradient_fades_layer_by_layer(plain: DeepStack) -> None:
    norms = plain.passes.gradient_norms
    assert (np.diff(norms) > 0).all()
    assert norms[-1] / norms[0] > 1e4
    assert 0.5 < plain.passes.growth < 0.6
    assert plain.passes.growth == pytest.approx((norms[0] / norms[-1]) ** (1 / 19))


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0, 4.0, 8.0])
def test_no_usual_size_of_the_weights_keeps_the_plain_gradient_and_any_does_with_batch_norm(
    plain: DeepStack, scale: float
) -> None:
    stack = dataclasses.replace(plain, weight_scale=scale, input_scale=1 / scale)
    assert stack.passes.growth < 0.8
    normalized = dataclasses.replace(stack, batch_norm=True)
    assert normalized.passes.growth == pytest.approx(1.025, abs=0.005)


def test_small_weights_fade_in_the_steep_part_for_even_there_the_slope_is_a_quarter(plain: DeepStack) -> None:
    small = dataclasses.replace(plain, weight_scale=1.0, input_scale=1.0).passes
    assert (small.flat_shares()[1:] < 0.01).all()
    assert small.growth < 0.25


def test_with_batch_norm_every_layer_is_back_in_the_steep_part_and_the_gradient_holds(
    plain: DeepStack, normalized: DeepStack
) -> None:
    passes = normalized.passes
    np.testing.assert_array_equal(normalized.weights, plain.weights)
    np.testing.assert_array_equal(normalized.samples, plain.samples)
    np.testing.assert_allclose(passes.spreads, 1, atol=1e-3)
    np.testing.assert_allclose(passes.sample_spreads, 1, atol=1e-3)
    np.testing.assert_allclose(passes.flat_shares(), 2 * scipy.stats.norm.sf(2), atol=0.01)
    norms = passes.gradient_norms
    assert 1 < norms[0] / norms[-1] < 2


def test_with_batch_norm_the_size_of_the_weights_does_not_matter(normalized: DeepStack) -> None:
    """Twice the weights, the same signals, and half the gradient: L(c w) = L(w) once more."""
    tiny_eps = dataclasses.replace(normalized, eps=1e-14)
    double = dataclasses.replace(tiny_eps, weight_scale=8.0)
    np.testing.assert_allclose(double.passes.activations, tiny_eps.passes.activations, rtol=1e-6)
    np.testing.assert_allclose(2 * double.passes.gradient_norms, tiny_eps.passes.gradient_norms, rtol=1e-6)
    for w, gradient in zip(tiny_eps.weights, tiny_eps.passes.weight_gradients, strict=True):
        # Neuron by neuron, the gradient is at right angles to the weights.
        at_right_angles = np.abs((w * gradient).sum(axis=0))
        bound = np.linalg.norm(w, axis=0) * np.linalg.norm(gradient, axis=0)
        assert (at_right_angles <= 1e-6 * bound).all()


@pytest.mark.parametrize(
    ("name", "growth"), [("linear", 1.0), ("sigmoid", 1.0167), ("tanh", 1.0853), ("relu", 1.2112)]
)
def test_theorys_growth_is_an_integral_over_the_normal_law(name: str, growth: float) -> None:
    f = ACTIVATIONS[name]

    def mean(of) -> float:
        halves = [scipy.integrate.quad(lambda z: of(z) * GAUSS(z), *ends)[0] for ends in ((-15, 0), (0, 15))]
        return sum(halves)

    variance = mean(lambda z: f.value(np.array(z)) ** 2) - mean(lambda z: f.value(np.array(z))) ** 2
    expected = math.sqrt(mean(lambda z: f.slope(np.array(z)) ** 2) / variance)
    assert f.normalized_growth == pytest.approx(expected, rel=1e-5)
    assert f.normalized_growth == pytest.approx(growth, abs=6e-5)
    assert f.normalized_growth >= 1 - 1e-9


def test_relus_growth_is_known_exactly() -> None:
    assert ACTIVATIONS["relu"].normalized_growth == pytest.approx(
        math.sqrt(math.pi / (math.pi - 1)), rel=1e-6
    )


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_with_batch_norm_gradients_grow_with_depth_as_theory_says(name: str) -> None:
    stack = DeepStack(depth=40, width=100, batch=100, activation=name, batch_norm=True)
    assert stack.passes.growth == pytest.approx(ACTIVATIONS[name].normalized_growth, rel=0.02)
    assert stack.passes.growth > 1


def test_the_counter_example_grows_thousands_of_times_over_and_evenly(lesson: Lesson) -> None:
    passes = lesson.settings.exploding.passes
    norms = passes.gradient_norms
    assert (lesson.settings.exploding.activation, lesson.settings.exploding.batch_norm) == ("relu", True)
    assert norms[0] / norms[-1] > 1000
    # A straight line on a log scale: the same factor everywhere, near 1.2.
    logs = np.log(norms[::-1])
    fit = np.polynomial.Polynomial.fit(np.arange(50), logs, 1).convert()
    assert math.exp(fit.coef[1]) == pytest.approx(1.2, abs=0.02)
    assert np.abs(logs - fit(np.arange(50))).max() < 0.5
    assert np.corrcoef(np.arange(50), logs)[0, 1] > 0.998
    # The deeper the stack, the longer its first layer's gradient.
    first = [
        dataclasses.replace(lesson.settings.exploding, depth=d).passes.gradient_norms[0] for d in (10, 20, 30)
    ]
    assert first[0] < first[1] < first[2]


def test_without_batch_norm_the_same_relu_stack_does_not_explode(lesson: Lesson) -> None:
    """He's weights keep ReLU's signals and gradients level: the growth above is batch normalization's."""
    stack = lesson.level_stack
    assert (stack.weight_scale, stack.input_scale) == (math.sqrt(2), 1.0)
    assert stack == dataclasses.replace(lesson.settings.exploding, batch_norm=False)
    passes = stack.passes
    assert round(passes.growth, 2) == 0.99
    assert round(lesson.settings.exploding.passes.growth, 2) == 1.2
    # Level by itself, not only once it is divided by what the last layer has.
    signals = passes.signal_gradient_norms
    assert (signals[0] / signals[-1]) ** (1 / (stack.depth - 1)) == pytest.approx(1, abs=0.05)
    assert passes.spreads.max() / passes.spreads.min() < 4


def test_the_lessons_two_stacks_differ_in_batch_norm_alone(lesson: Lesson) -> None:
    assert lesson.plain_stack == DeepStack()
    assert lesson.normalized_stack == DeepStack(batch_norm=True)
    other = Lesson.article(deep=DeepStack(depth=3, width=4, batch_norm=True))
    assert (other.plain_stack.batch_norm, other.normalized_stack.batch_norm) == (False, True)
    assert other.plain_stack.depth == other.normalized_stack.depth == 3


def test_the_same_seed_draws_the_same_stack_and_a_deeper_one_begins_with_it() -> None:
    stack = DeepStack(3, 4, 5)
    np.testing.assert_array_equal(DeepStack(3, 4, 5).passes.activations, stack.passes.activations)
    np.testing.assert_array_equal(DeepStack(9, 4, 5).weights[:3], stack.weights)
    assert (DeepStack(3, 4, 5, seed=1).weights != stack.weights).any()
    assert stack.weights.std() == pytest.approx(4 / 2, rel=0.4)
    with pytest.raises(dataclasses.FrozenInstanceError):
        stack.depth = 5  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        stack.passes.activations[0, 0, 0] = 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: DeepStack(depth=0), "depth must be a whole number of at least 1 and at most 1000, but is 0"),
        (lambda: DeepStack(width=2.0), "width must be a whole number"),
        (
            lambda: DeepStack(batch=1),
            "batch must be a whole number of at least 2 and at most 100000, but is 1",
        ),
        (lambda: DeepStack(weight_scale=0.0), "weight_scale must be a finite number and above 0"),
        (lambda: DeepStack(input_scale=-1.0), "input_scale must be"),
        (lambda: DeepStack(eps=0.0), "eps must be a finite number and above 0"),
        (lambda: DeepStack(seed=-1), "seed must be"),
        (
            lambda: DeepStack(activation="step"),
            "activation must be one of sigmoid, tanh, relu, linear.*'step'",
        ),
        (lambda: DeepStack(batch_norm=1), "batch_norm must be true or false, but is 1"),
        (lambda: DeepStack(2, 3, 4).run(np.ones((2, 3, 4))), r"weights must have shape \(2, 3, 3\), but has"),
        (lambda: DeepStack(1, 3, 4).passes.growth, "growth needs two layers"),
        (lambda: DeepStack(1, 3, 4).passes.flat_shares(-1.0), "beyond must be"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_by_name(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
