"""The claims of the scenes from the race of optimizers on: rates, neurons, deep stacks, the debate."""

from __future__ import annotations

import numpy as np

from bn_math import BatchNorm, Lesson
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


def heavy_ball_count_is_right(stage: Stage) -> bool:
    """Run along the curvatures, heavy ball is near enough after its steps, stays so, and was not before."""
    values, vectors = stage.spectrum.eigenvalues, stage.spectrum.eigenvectors
    rate, momentum = stage.spectrum.heavy_ball
    now = before = vectors.T @ (np.array(stage.start) - stage.loss.minimizer)
    goal, counted = stage.tolerance * float(np.linalg.norm(now)), 0
    steps = stage.optimizer_steps["heavy_ball"] or 0
    for step in range(1, 2 * steps + 1):
        now, before = now - rate * values * now + momentum * (now - before), now
        counted = step if np.linalg.norm(now) > goal else counted
    return abs(counted + 1 - steps) <= 1


def adam_is_near(stage: Stage, steps: int, falls: bool = True) -> np.ndarray:
    """Whether Adam, from the rows and at the rate of the race, is near enough after each step, (steps + 1,).

    Args:
        falls: whether its rate falls as in the race, or stays as it was at first.
    """
    x, y = stage.data.features, stage.data.target
    first, ends = stage.optimizers["adam"].learning_rate(0), stage.rules.decay_steps
    w, goal = np.array(stage.start, dtype=float), np.linalg.lstsq(x, y, rcond=None)[0]
    mean, square, way = np.zeros(2), np.zeros(2), [w - goal]
    for step in range(steps):
        gradient = 2 / len(x) * x.T @ (x @ w - y)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = first * (max(1 - step / ends, 0.0) if falls else 1.0)
        w = w - rate * mean / (1 - 0.9 ** (step + 1)) / (np.sqrt(square / (1 - 0.999 ** (step + 1))) + 1e-8)
        way.append(w - goal)
    left = np.linalg.norm(way, axis=1)
    return np.asarray(left <= stage.tolerance * left[0])


def adam_count_is_right(stage: Stage) -> bool:
    """Near enough for good from the steps that are said; a rounding may be worth a few of them."""
    steps = stage.optimizer_steps["adam"]
    if steps is None:
        return False
    near = adam_is_near(stage, steps + 40)
    return bool(near[steps + 3 :].all() and not near[max(steps - 4, 0) :].all())


def cliff_ratio(lesson: Lesson) -> float:
    return float(curvatures(lesson.raw)[-1] / curvatures(lesson.standardized)[-1])


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
    """L at the weights ``w`` for standardized features, by least squares for gamma and beta."""
    data = lesson.standardized.data
    z = data.features @ w
    design = np.column_stack([(z - z.mean()) / z.std(), np.ones(len(z))])
    return float(np.mean((data.target - design @ np.linalg.lstsq(design, data.target, rcond=None)[0]) ** 2))


def directions(count: int) -> list[np.ndarray]:
    return [np.array([np.cos(angle), np.sin(angle)]) for angle in np.linspace(0.1, 6.3, count)]


def sums_double(lesson: Lesson) -> bool:
    """Whatever the weights."""
    x = lesson.standardized.data.features
    return all(np.isclose((x @ (2 * w)).std(), 2 * (x @ w).std(), rtol=1e-9) for w in directions(9))


def outputs(lesson: Lesson) -> list[np.ndarray]:
    """What the lesson's layer makes of the sums that are shown, and of sums from twice those weights."""
    x = lesson.standardized.data.features
    layer = BatchNorm(1, eps=lesson.settings.eps)
    return [layer.forward(times * (x @ np.array([[1.2], [0.9]])))[:, 0] for times in (1.0, 2.0)]


def same_output_to_the_digit(lesson: Lesson) -> bool:
    once, twice = outputs(lesson)
    return bool(np.abs(once - twice).max() <= 5e-4 and f"{once[0]:.2f}" == f"{twice[0]:.2f}")


def nearly_the_same_output(lesson: Lesson) -> bool:
    once, twice = outputs(lesson)
    return bool(np.abs(once - twice).max() <= 0.4 * np.abs(once).max())


def constant_on_rays(lesson: Lesson) -> bool:
    """From a hundredth of a weight to a hundred of them, within what rounding leaves of the variance of y."""
    slack = 1e-7 * float(np.var(lesson.data.target))
    return all(
        abs(neuron_loss(lesson, times * w) - neuron_loss(lesson, w)) <= slack
        for w in directions(9)
        for times in (0.01, 2.0, 100.0)
    )


def rays_of_several_heights(lesson: Lesson) -> bool:
    heights = [neuron_loss(lesson, w) for w in directions(40)]
    return constant_on_rays(lesson) and max(heights) - min(heights) > 1e-9 * max(heights)


def slope_by_differences(lesson: Lesson, w: np.ndarray) -> np.ndarray:
    step = 1e-4 * float(np.linalg.norm(w))
    moves = step * np.eye(2)
    rises = [neuron_loss(lesson, w + it) - neuron_loss(lesson, w - it) for it in moves]
    return np.array(rises) / (2 * step)


def downhill_is_across(lesson: Lesson) -> bool:
    """From the losses beside each of the weights that are shown: level along the ray, and not across it."""

    def climbs(w: np.ndarray, way: np.ndarray, step: float = 1e-3) -> float:
        return abs(neuron_loss(lesson, w + step * way) - neuron_loss(lesson, w - step * way))

    run = lesson.story.neuron_run
    across = [climbs(w, np.array([-w[1], w[0]])) for w in run]
    along = [climbs(w, w) for w in run]
    return max(along) <= 1e-4 * max(across)


def steps_lengthen(lesson: Lesson) -> bool:
    """Each by Pythagoras, and so is a step of any size from there."""
    run = lesson.story.neuron_run
    lengths = np.linalg.norm(run, axis=1)
    longer = [
        np.linalg.norm(w - rate * slope_by_differences(lesson, w)) >= np.linalg.norm(w) * (1 - 1e-6)
        for w in run
        for rate in np.array([0.01, 1.0, 100.0]) / np.var(lesson.data.target)
    ]
    return bool(all(longer) and (np.diff(lengths) >= -1e-9).all() and lengths[-1] > 1.09 * lengths[0])


def rates_arrive(lesson: Lesson) -> bool:
    low, high = lesson.settings.neuron_learning_rates
    steps = lesson.standardized_neuron.steps_against(
        low * (high / low) ** np.array([0.0, 0.21, 0.47, 0.73, 1.0])
    )
    return bool(np.isfinite(steps).all())


def turns_less(lesson: Lesson) -> bool:
    """A step of one rate, seen from zero, from weights of a length and of twice that."""

    def turned(w: np.ndarray) -> float:
        after = w - 1e-3 / np.var(lesson.data.target) * slope_by_differences(lesson, w)
        return abs(float(w[0] * after[1] - w[1] * after[0])) / float(w @ w)

    return all(turned(2 * w) <= 0.3 * turned(w) for w in lesson.story.neuron_run[:2])


def rises_past_the_cliff(stage: Stage) -> bool:
    """Along the steepest way, a tenth past it: farther from the bottom with every step."""
    past = np.abs(1 - 1.1 * stage.stable_limit * curvatures(stage)[-1])
    return cliff_is_where_it_is_said(stage) and bool(past > 1)


def in_range(value: float, low: float, high: float) -> bool:
    return low <= value <= high


CLAIMS: dict[str, Claim] = {
    "OptimizerRace.maps.0.0": of_any("a question"),
    "OptimizerRace.maps.0.1": of_any("a question"),
    "OptimizerRace.rules.0": of_any("what the rule is"),
    "OptimizerRace.rules.1": of_any("what the rule is"),
    "OptimizerRace.valley.0": lambda it: heavy_ball_reach(it) >= 1.499,
    "OptimizerRace.valley.1.0": lambda it: (
        count_is_right(it.raw)
        and heavy_ball_count_is_right(it.raw)
        and adam_count_is_right(it.raw)
        and max(it.raw.optimizer_steps[name] or np.inf for name in ("heavy_ball", "adam"))
        < (it.raw.steps or 0)
    ),
    "OptimizerRace.valley.1.1": lambda it: count_is_right(it.raw) and heavy_ball_count_is_right(it.raw),
    "OptimizerRace.valley.1.2": lambda it: count_is_right(it.raw),
    "OptimizerRace.bowl.0.0": lambda it: (
        count_is_right(it.standardized)
        and heavy_ball_count_is_right(it.standardized)
        and (1 + abs(it.correlation)) < 4 * (1 - abs(it.correlation))
    ),
    "OptimizerRace.bowl.0.1": lambda it: count_is_right(it.standardized),
    "OptimizerRace.bowl.1": lambda it: (
        all(map(adam_count_is_right, it.stages))
        and (it.raw.optimizer_steps["adam"] or 0) - (it.standardized.optimizer_steps["adam"] or 0) >= 0
        and 10 * (it.standardized.optimizer_steps["adam"] or 0)
        >= 9 * (it.raw.optimizer_steps["adam"] or np.inf)
    ),
    "OptimizerRace.bowl.2": lambda it: (
        count_is_right(it.standardized)
        and heavy_ball_count_is_right(it.standardized)
        and min(steps for steps in it.standardized.optimizer_steps.values() if steps is not None)
        >= 0.799 * (it.standardized.steps or np.inf)
        and (1 + abs(it.correlation)) < 4 * (1 - abs(it.correlation))
    ),
    "LearningRates.cliff.0": of_any("what is done"),
    "LearningRates.cliff.1": lambda it: (
        (it.raw.steps_at(it.raw.spectrum.best_learning_rate / 1e3) or np.inf)
        > (it.raw.steps_at(it.raw.spectrum.best_learning_rate / 10) or np.inf)
    ),
    "LearningRates.cliff.2": lambda it: rises_past_the_cliff(it.raw),
    "LearningRates.both.0": lambda it: cliff_is_where_it_is_said(it.standardized),
    "LearningRates.both.1.0": far_fewer_at_a_share,
    "LearningRates.both.1.1": of_any("what is shown"),
    "LearningRates.both.2": lambda it: count_is_right(it.standardized) and count_is_right(it.raw),
    "LearningRates.plain.0": of_any("a question"),
    "LearningRates.plain.1.0": lambda it: cliff_ratio(it) > 1.049,
    "LearningRates.plain.1.1": lambda it: cliff_ratio(it) < 0.953,
    "LearningRates.plain.1.2": lambda it: in_range(cliff_ratio(it), 0.952, 1.051),
    "LearningRates.plain.2": of_any("a weight of a scaled feature is the old one times its spread"),
    "InsideTheNetwork.slot.0": of_any("what Ioffe and Szegedy wrote in 2015"),
    "InsideTheNetwork.slot.1": of_any("what the article has, and what is in use"),
    "InsideTheNetwork.twice.0": of_any("what is done"),
    "InsideTheNetwork.twice.1": sums_double,
    "InsideTheNetwork.twice.2.0": same_output_to_the_digit,
    "InsideTheNetwork.twice.2.1": nearly_the_same_output,
    "InsideTheNetwork.rays.0": constant_on_rays,
    "InsideTheNetwork.rays.1": rays_of_several_heights,
    "InsideTheNetwork.steps.0": downhill_is_across,
    "InsideTheNetwork.steps.1": lambda it: steps_lengthen(it) and turns_less(it),
    "InsideTheNetwork.rates.0": lambda it: cliff_is_where_it_is_said(it.standardized),
    "InsideTheNetwork.rates.1": rates_arrive,
    "InsideTheNetwork.rates.2": of_any("what gradient descent on all parameters does: each takes one step"),
}
