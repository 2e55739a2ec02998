"""The neuron's steps against the learning rate: twelve decades of rates converge, and each count is exact."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bn_math import (
    Dataset,
    GradientDescent,
    Lesson,
    NeuronStage,
    NormalizedNeuron,
    descend,
    steps_to_excess,
)
from tests.bn_math.networks.neurons import START, random_neuron, seeds, some_weights


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    """The article's, its neuron's weights starting at (1, 0.2)."""
    return Lesson.article(neuron_start=START)


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
