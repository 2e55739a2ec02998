"""The claims of the scenes from the race of optimizers on: rates, neurons, deep stacks, the debate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bn_math import BatchNorm, Lesson, standardize
from bn_math.lesson.stage import Stage
from tests.scenes.words.claims import Claim, of_any

MOST = 20_000  # steps that are taken one by one here


def curvatures(stage: Stage) -> np.ndarray:
    """The Hessian's eigenvalues, from the rows: ascending."""
    x = stage.data.features
    scales = np.abs(x).max()
    return np.linalg.eigvalsh(2 * (x / scales).T @ (x / scales) / len(x)) * scales**2


def count_is_right(stage: Stage) -> bool:
    """At the best rate the descent is near enough after its steps and not one step sooner."""
    if stage.steps is None or stage.steps == 0:
        return False
    values, vectors = stage.spectrum.eigenvalues, stage.spectrum.eigenvectors
    way = vectors.T @ (np.array(stage.start) - stage.loss.minimizer)
    factors = np.abs(1 - 2 / (values[0] + values[-1]) * values)
    before, after = (
        np.linalg.norm(way * factors**steps) / np.linalg.norm(way) for steps in (stage.steps - 1, stage.steps)
    )
    return bool(after <= stage.tolerance * 1.001 and before > stage.tolerance * 0.999)


def heavy_ball_reach(lesson: Lesson) -> float:
    """The farthest that heavy ball ever is from the minimizer, in its distance at the start."""
    values, vectors = lesson.raw.spectrum.eigenvalues, lesson.raw.spectrum.eigenvectors
    rate, momentum = lesson.raw.spectrum.heavy_ball
    now = before = vectors.T @ (np.array(lesson.raw.start) - lesson.raw.loss.minimizer)
    start = farthest = float(np.linalg.norm(now))
    for _ in range(MOST):
        now, before = now - rate * values * now + momentum * (now - before), now
        farthest = max(farthest, float(np.linalg.norm(now)))
    return farthest / start


def heavy_ball_count_is_right(lesson: Lesson) -> bool:
    """Run along the curvatures, heavy ball is near enough after its steps, stays so, and was not before."""
    values, vectors = lesson.raw.spectrum.eigenvalues, lesson.raw.spectrum.eigenvectors
    rate, momentum = lesson.raw.spectrum.heavy_ball
    now = before = vectors.T @ (np.array(lesson.raw.start) - lesson.raw.loss.minimizer)
    goal, counted = lesson.settings.tolerance * float(np.linalg.norm(now)), 0
    steps = lesson.raw.optimizer_steps["heavy_ball"] or 0
    for step in range(1, 2 * steps + 1):
        now, before = now - rate * values * now + momentum * (now - before), now
        counted = step if np.linalg.norm(now) > goal else counted
    return abs(counted + 1 - steps) <= 1


def others(lesson: Lesson) -> list[float]:
    """The counts of the others in the race on the raw data; inf for one that does not settle."""
    counts = lesson.raw.optimizer_steps
    return [
        np.inf if steps is None else steps for name, steps in counts.items() if name != "gradient_descent"
    ]


def cliff_ratio(lesson: Lesson) -> float:
    return float(curvatures(lesson.raw)[-1] / curvatures(lesson.standardized)[-1])


def race_counts_are_right(lesson: Lesson) -> bool:
    best = min([*others(lesson), lesson.raw.steps or np.inf])
    return count_is_right(lesson.standardized) and lesson.raw.fewest_steps == best


def cliff_is_where_it_is_said(stage: Stage) -> bool:
    """Found by trying, it is two over the steepest curvature."""
    return bool(np.isclose(stage.stable_limit * curvatures(stage)[-1], 2, rtol=1e-6))


def far_fewer_at_a_share(lesson: Lesson) -> bool:
    """At a few shares of the cliff, the distances that are left along the curvatures."""

    def left(stage: Stage, share: float, steps: int) -> float:
        values, vectors = stage.spectrum.eigenvalues, stage.spectrum.eigenvectors
        way = vectors.T @ (np.array(stage.start) - stage.loss.minimizer)
        factors = np.abs(1 - 2 * share * values / curvatures(stage)[-1])
        return float(np.linalg.norm(way * factors**steps) / np.linalg.norm(way))

    for share in (0.002, 0.03, 0.2, 0.49):
        rate = share * lesson.standardized.spectrum.largest_stable_learning_rate
        steps = int(lesson.standardized.steps_against([rate])[0])
        if left(lesson.standardized, share, steps) > 1.01 * lesson.settings.tolerance:
            return False
        if left(lesson.raw, share, int(2.8 * steps)) <= lesson.settings.tolerance:
            return False
    return True


def neuron_loss(lesson: Lesson, w: np.ndarray) -> float:
    """L at the weights ``w``, by least squares for gamma and beta."""
    data = lesson.story.shown_stage.data
    z = data.features @ w
    design = np.column_stack([(z - z.mean()) / z.std(), np.ones(len(z))])
    return float(np.mean((data.target - design @ np.linalg.lstsq(design, data.target, rcond=None)[0]) ** 2))


def only_the_direction_counts(lesson: Lesson) -> bool:
    start = np.array(lesson.settings.neuron_start)
    return bool(np.isclose(neuron_loss(lesson, start), neuron_loss(lesson, 3 * start), rtol=1e-6))


def steps_lengthen(lesson: Lesson) -> bool:
    start, loss = np.array(lesson.settings.neuron_start), lesson.story.shown_neuron.loss
    slope = loss.gradient(start)
    return bool(abs(start @ slope) <= 1e-6 * np.linalg.norm(start) * np.linalg.norm(slope))


def rates_arrive(lesson: Lesson) -> bool:
    low, high = lesson.settings.neuron_learning_rates
    steps = lesson.story.shown_neuron.steps_against(
        low * (high / low) ** np.array([0.0, 0.21, 0.47, 0.73, 1.0])
    )
    return bool(np.isfinite(steps).all() and max(steps[0], steps[-1]) > 300 * min(steps))


def one_batch_is_just_standardizing(lesson: Lesson) -> bool:
    x = lesson.standardized.data.features * 3 + 1
    layer = BatchNorm(2, eps=1e-12).forward(x)
    return bool(np.allclose(layer, standardize(x), atol=1e-6))


def batches_differ(lesson: Lesson) -> bool:
    means = np.array([lesson.data.features[rows].mean(axis=0) for rows in lesson.batches.rows])
    return bool((np.abs(means - lesson.data.means) > 1e-9 * lesson.data.stds).any())


def layer_by_layer(lesson: Lesson, stack: str) -> np.ndarray:
    """What the gradient is multiplied by from a layer to the one before, for each."""
    found = {
        "plain": lesson.plain_stack,
        "normalized": lesson.normalized_stack,
        "relu": lesson.settings.exploding,
        "level": lesson.level_stack,
    }[stack]
    norms = np.array([np.linalg.norm(item) for item in found.passes.weight_gradients])
    return np.asarray(norms[:-1] / norms[1:])


def typical(factors: np.ndarray) -> float:
    return float(np.exp(np.log(factors).mean()))


def far_out(lesson: Lesson, normalized: bool) -> float:
    """The share of what goes into the last layer that lies on the flat ends."""
    stack = lesson.normalized_stack if normalized else lesson.plain_stack
    return float(np.mean(np.abs(stack.passes.pre_activations[-1]) > 2))


def small_weights_fade(lesson: Lesson) -> bool:
    small = replace(lesson.plain_stack, weight_scale=1.0).passes.weight_gradients
    return bool(np.linalg.norm(small[0]) < 0.3 ** (len(small) - 1) * np.linalg.norm(small[-1]))


def in_range(value: float, low: float, high: float) -> bool:
    return low <= value <= high


CITED = of_any("what papers found; the lesson has no part in it")

CLAIMS: dict[str, Claim] = {
    "OptimizerRace.maps.0.0": of_any("questions"),
    "OptimizerRace.maps.0.1": of_any("a question"),
    "OptimizerRace.momentum.0": of_any("what the rule is"),
    "OptimizerRace.momentum.1": lambda it: heavy_ball_reach(it) >= 1.499,
    "OptimizerRace.momentum.2": lambda it: count_is_right(it.raw) and heavy_ball_count_is_right(it),
    "OptimizerRace.adaptive.0": of_any("what the rules are"),
    "OptimizerRace.adaptive.1": of_any("a first slope over its own size is one, whichever weight's it is"),
    "OptimizerRace.all.0": of_any("what the rule is"),
    "OptimizerRace.all.1.0": lambda it: (
        race_counts_are_right(it) and curvatures(it.raw)[-1] >= 15.9 * curvatures(it.raw)[0]
    ),
    "OptimizerRace.all.1.1": race_counts_are_right,
    "OptimizerRace.shape.0.0": lambda it: (
        count_is_right(it.standardized)
        and curvatures(it.raw)[-1] >= 15.9 * curvatures(it.raw)[0]
        and (1 + abs(it.correlation)) < 4 * (1 - abs(it.correlation))
    ),
    "OptimizerRace.shape.0.1": lambda it: count_is_right(it.standardized),
    "LearningRates.cliff.0": of_any("what is done"),
    "LearningRates.cliff.1": lambda it: (
        (it.raw.steps_at(it.raw.spectrum.best_learning_rate / 1e3) or np.inf)
        > (it.raw.steps_at(it.raw.spectrum.best_learning_rate / 10) or np.inf)
    ),
    "LearningRates.cliff.2": lambda it: cliff_is_where_it_is_said(it.raw),
    "LearningRates.both.0": lambda it: cliff_is_where_it_is_said(it.standardized),
    "LearningRates.both.1.0": far_fewer_at_a_share,
    "LearningRates.both.1.1": of_any("what is shown"),
    "LearningRates.both.2": lambda it: count_is_right(it.standardized) and count_is_right(it.raw),
    "LearningRates.plain.0": of_any("a question"),
    "LearningRates.plain.1.0": lambda it: cliff_ratio(it) > 1.049,
    "LearningRates.plain.1.1": lambda it: cliff_ratio(it) < 0.953,
    "LearningRates.plain.1.2": lambda it: in_range(cliff_ratio(it), 0.952, 1.051),
    "LearningRates.plain.2": of_any("a weight of a scaled feature is the old one times its spread"),
    "InsideTheNetwork.layers.0.0": of_any("what a layer gets"),
    "InsideTheNetwork.layers.0.1": lambda it: it.data.feature_names == ("A", "B"),
    "InsideTheNetwork.layers.1": of_any("what is done"),
    "InsideTheNetwork.layers.2": one_batch_is_just_standardizing,
    "InsideTheNetwork.layers.3": batches_differ,
    "InsideTheNetwork.layers.4": of_any("of any hidden layer; see test_claims.py"),
    "InsideTheNetwork.rays.0": only_the_direction_counts,
    "InsideTheNetwork.rays.1": steps_lengthen,
    "InsideTheNetwork.rates.0": lambda it: cliff_is_where_it_is_said(it.story.shown_stage),
    "InsideTheNetwork.rates.1": rates_arrive,
    "VanishingGradient.slope.0": of_any("the sigmoid"),
    "VanishingGradient.slope.1": of_any("the sigmoid"),
    "VanishingGradient.stack.0": small_weights_fade,
    "VanishingGradient.stack.1": lambda it: far_out(it, normalized=False) >= 0.25,
    "VanishingGradient.stack.2": lambda it: typical(layer_by_layer(it, "plain")) <= 0.9,
    "VanishingGradient.normalized.0": lambda it: far_out(it, normalized=True) < far_out(it, False) / 2,
    "VanishingGradient.normalized.1": lambda it: in_range(
        typical(layer_by_layer(it, "normalized")), 0.9, 1.1
    ),
    "VanishingGradient.limit.0": lambda it: typical(layer_by_layer(it, "relu")) >= 1.1,
    "VanishingGradient.limit.1": lambda it: in_range(typical(layer_by_layer(it, "level")), 0.95, 1.05),
    "WhyItWorks.first.0": CITED,
    "WhyItWorks.answers.0": CITED,
    "WhyItWorks.limits.0": CITED,
    "WhyItWorks.today.0": CITED,
}
