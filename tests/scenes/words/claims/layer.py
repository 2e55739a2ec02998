"""What is claimed in the scenes about mini-batches, about the layer, and in the last one."""

from __future__ import annotations

import itertools

import numpy as np

from bn_math import Lesson
from tests.scenes.words.claims import Claim, of_any


def batches(lesson: Lesson) -> list[np.ndarray]:
    """The rows of each mini-batch, (m, 2)."""
    return [lesson.data.features[list(rows)] for rows in lesson.batches.rows]


def sizes(lesson: Lesson) -> list[int]:
    return [len(rows) for rows in lesson.batches.rows]


def dealt_evenly(lesson: Lesson) -> bool:
    return set(sizes(lesson)) == {lesson.settings.batch_size}


def the_last_has_fewer(lesson: Lesson) -> bool:
    *others, last = sizes(lesson)
    return set(others) == {lesson.settings.batch_size} and last < lesson.settings.batch_size


def dealt_once(lesson: Lesson) -> bool:
    return sorted(itertools.chain(*lesson.batches.rows)) == list(range(lesson.data.count))


def own_mean_and_spread(lesson: Lesson) -> bool:
    found = [(float(np.mean(x[:, 0])), float(np.std(x[:, 0]))) for x in batches(lesson)]
    return len(found) > 1 and all(one != other for one, other in itertools.combinations(found, 2))


def spread_of_means(lesson: Lesson) -> bool:
    """Theory's figure from the variance of a mean without replacement, and the batches' own from the rows."""
    n, m, column = lesson.data.count, lesson.settings.batch_size, lesson.data.features[:, 0]
    theory = np.sqrt(column.var(ddof=1) / m * (1 - m / n)) / column.std()
    means = np.array([x[:, 0].mean() for x in batches(lesson)])
    here = np.sqrt(np.mean((means - column.mean()) ** 2)) / column.std()
    shown = (lesson.batches.mean_spread, lesson.batches.measured_mean_spread[0])
    return bool(np.allclose(shown, (theory, here), rtol=1e-6, atol=1e-9))


def first_spreads(lesson: Lesson) -> np.ndarray:
    return np.std(batches(lesson)[0], axis=0)


def after(x: np.ndarray, eps: float) -> np.ndarray:
    """What becomes of rows (m, 2), by the formula."""
    return (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)


def clouds_slide_to_zero(lesson: Lesson) -> bool:
    return bool((np.abs(batches(lesson)[0].mean(axis=0)) > 0.09 * first_spreads(lesson)).all())


def spreads_become_one(lesson: Lesson) -> bool:
    spreads = after(batches(lesson)[0], lesson.settings.eps).std(axis=0)
    return [f"{spread:.2f}" for spread in spreads] == ["1.00", "1.00"]


def seen_from_nearer(lesson: Lesson) -> bool:
    x = batches(lesson)[0]
    return spreads_become_one(lesson) and max(x.max(), (x - x.mean(axis=0)).max()) - min(
        x.min(), (x - x.mean(axis=0)).min()
    ) > np.ptp(after(x, lesson.settings.eps))


def sigma_is_what_is_divided_by(lesson: Lesson) -> bool:
    x = batches(lesson)[0]
    exact = (x - x.mean(axis=0)) / x.std(axis=0)
    return bool(np.allclose(after(x, lesson.settings.eps), exact, rtol=0.006))


def spreads_stay_below_one(lesson: Lesson) -> bool:
    x = batches(lesson)[0]
    return bool(
        (x.var(axis=0) < lesson.settings.eps).all() and after(x, lesson.settings.eps).std(axis=0).max() < 0.5
    )


def one_scale(lesson: Lesson) -> bool:
    spreads = np.array([after(x, lesson.settings.eps).std(axis=0) for x in batches(lesson)])
    return bool(spreads.min() > 0.99 and spreads.max() < 1.01)


def back(lesson: Lesson, other: int) -> float:
    """How far the first batch's gamma and beta leave a batch from what it was, in spreads of all rows."""
    first, x = batches(lesson)[0][:, 0], batches(lesson)[other][:, 0]
    gamma, beta, eps = np.sqrt(first.var() + lesson.settings.eps), first.mean(), lesson.settings.eps
    again = gamma * (x - x.mean()) / np.sqrt(x.var() + eps) + beta
    return float(np.abs(again - x).max() / lesson.data.features[:, 0].std())


def own_batch_is_back(lesson: Lesson) -> bool:
    return back(lesson, 0) < 1e-6 * max(
        1.0, float(np.abs(lesson.data.features[:, 0]).max() / lesson.data.stds[0])
    )


def only_own_batch_is_back(lesson: Lesson) -> bool:
    return own_batch_is_back(lesson) and all(
        back(lesson, other) > 1e-9 for other in range(1, lesson.batches.count)
    )


def landings(lesson: Lesson, size: int, count: int = 400) -> np.ndarray:
    """The first row's A in random batches, drawn here."""
    rng, x = np.random.default_rng(1), lesson.data.features[:, 0]
    drawn = [x[[0, *(1 + rng.choice(len(x) - 1, size - 1, replace=False))]] for _ in range(count)]
    return np.array([(own[0] - own.mean()) / np.sqrt(own.var() + lesson.settings.eps) for own in drawn])


def others_differ(lesson: Lesson) -> bool:
    return len(lesson.batches.rows[0]) < lesson.data.count


def lands_elsewhere(lesson: Lesson) -> bool:
    seen = lesson.batches.batchmates(0, lesson.settings.batch_size, 300)[:3]
    x, eps = lesson.data.features[:, 0], lesson.settings.eps
    places = [(x[0] - x[rows].mean()) / np.sqrt(x[rows].var() + eps) for rows in seen]
    return min(abs(one - other) for one, other in itertools.combinations(places, 2)) > 0.009


def noise_shrinks(lesson: Lesson) -> bool:
    shares = [max(round(share * lesson.data.count), 2) for share in lesson.settings.noise_batches]
    return float(landings(lesson, shares[-1]).std()) < float(landings(lesson, shares[0]).std())


def averages_follow(lesson: Lesson) -> bool:
    layer = lesson.batches.layer()
    return bool((layer.running_mean == 0).all() and (layer.running_var == 1).all())


def left_after(lesson: Lesson, count: int) -> float:
    """What the start of a running average weighs after so many batches, by feeding it zeros, then a one."""
    layer = lesson.batches.layer()
    for _ in range(count):
        layer.forward(np.array([[-1.0, -1.0], [1.0, 1.0]]) * 1e3)
    return float((layer.running_var[0] - 2e6) / (1 - 2e6))


def forgets_by_and_by(lesson: Lesson) -> bool:
    return averages_follow(lesson) and 1 > left_after(lesson, 1) > left_after(lesson, 2) > 1e-9


def forgets_at_once(lesson: Lesson) -> bool:
    return averages_follow(lesson) and abs(left_after(lesson, 1)) < 1e-9


def condition_numbers(lesson: Lesson) -> tuple[float, float]:
    x = lesson.data.features
    return float(np.linalg.cond(x) ** 2), float(np.linalg.cond((x - x.mean(axis=0)) / x.std(axis=0)) ** 2)


def counted(lesson: Lesson) -> list[int]:
    """Steps from the condition numbers: each leaves (k - 1) / (k + 1) of the distance."""
    left = [(k - 1) / (k + 1) for k in condition_numbers(lesson)]
    return [
        int(np.ceil(np.log(lesson.settings.tolerance) / np.log(share))) if share > 1e-12 else 1
        for share in left
    ]


def steps_are_as_said(lesson: Lesson) -> bool:
    said = (lesson.raw.steps, lesson.standardized.steps)
    return all(
        abs(mine - (steps or 0)) <= max(1, 1e-4 * mine)
        for mine, steps in zip(counted(lesson), said, strict=True)
    )


def far_better(lesson: Lesson) -> bool:
    raw, standardized = condition_numbers(lesson)
    return standardized < raw and lesson.standardized.steps * 2 <= lesson.raw.steps


def turned(lesson: Lesson) -> bool:
    return steps_are_as_said(lesson) and far_better(lesson)


def no_great_difference(lesson: Lesson) -> bool:
    return steps_are_as_said(lesson) and lesson.raw.steps / 2 < lesson.standardized.steps <= lesson.raw.steps


def cost_steps(lesson: Lesson) -> bool:
    return steps_are_as_said(lesson) and lesson.standardized.steps > lesson.raw.steps


CLAIMS: dict[str, Claim] = {
    "BatchSplit.shuffle.0": of_any("how training with mini-batches goes"),
    "BatchSplit.shuffle.1": of_any("what is done; the number is the lesson's"),
    "BatchSplit.deal.0.0": dealt_evenly,
    "BatchSplit.deal.0.1": the_last_has_fewer,
    "BatchSplit.deal.1": dealt_once,
    "BatchSplit.statistics.0": of_any("what is done"),
    "BatchSplit.statistics.1.0": own_mean_and_spread,
    "BatchSplit.statistics.1.1": of_any("what the bars are"),
    "BatchSplit.statistics.2.0": spread_of_means,
    "BatchSplit.statistics.2.1": spread_of_means,
    "Standardize.batch.0.0": lambda lesson: first_spreads(lesson)[1] >= 2.9 * first_spreads(lesson)[0],
    "Standardize.batch.0.1": of_any("what is shown"),
    "Standardize.center.0.0": clouds_slide_to_zero,
    "Standardize.center.0.1": of_any("what subtracting a mean does"),
    "Standardize.divide.0.0": sigma_is_what_is_divided_by,
    "Standardize.divide.0.1": of_any("a definition"),
    "Standardize.divide.1.0": seen_from_nearer,
    "Standardize.divide.1.1": spreads_become_one,
    "Standardize.divide.1.2": spreads_stay_below_one,
    "Standardize.formula.0": of_any("a definition"),
    "Standardize.formula.1": lambda lesson: lesson.settings.eps > 0,
    "Standardize.every-batch.0.0": one_scale,
    "Standardize.every-batch.0.1": of_any("a definition"),
    "ScaleShift.dials.0": of_any("why the dials are there"),
    "ScaleShift.dials.1": of_any("a definition"),
    "ScaleShift.dials.2": of_any("a definition"),
    "ScaleShift.undo.0": of_any("an order"),
    "ScaleShift.undo.1.0": only_own_batch_is_back,
    "ScaleShift.undo.1.1": own_batch_is_back,
    "ScaleShift.learned.0": of_any("a definition"),
    "ScaleShift.learned.1": of_any("a definition"),
    "ScaleShift.learned.2": of_any("a definition"),
    "BatchNoise.company.0": others_differ,
    "BatchNoise.company.1": lands_elsewhere,
    "BatchNoise.company.2": lambda lesson: landings(lesson, lesson.settings.batch_size).std() > 0.005,
    "BatchNoise.sizes.0": noise_shrinks,
    "TrainAndInference.running.0": averages_follow,
    "TrainAndInference.running.1.0": forgets_by_and_by,
    "TrainAndInference.running.1.1": forgets_at_once,
    "TrainAndInference.inference.0": of_any("how a network is used"),
    "TrainAndInference.inference.1": of_any("a definition"),
    "TrainAndInference.refusal.0": of_any("one number is its own mean"),
    "TrainAndInference.refusal.1": of_any("what the layer does, tried in test_claims.py"),
    "Recap.layer.0": of_any("a definition"),
    "Recap.layer.1.0": turned,
    "Recap.layer.1.1": no_great_difference,
    "Recap.layer.1.2": cost_steps,
    "Recap.balance.0.0": far_better,
    "Recap.balance.0.1": no_great_difference,
    "Recap.balance.0.2": cost_steps,
    "Recap.balance.1": of_any("what any standardizing costs and leaves"),
    "Recap.poster.0": of_any("what the two surfaces have in common"),
}
