"""What is said of the question, the data, the valley, the bowl, what is between them, and what is left."""

from __future__ import annotations

import numpy as np

from bn_math import Lesson
from bn_math.lesson.correlating import TILTED
from scenes.kit.drawing.canvas import Array
from tests.scenes.words.claims import Claim, of_any

SEEN = 0.02  # of the starting distance: a shorter jump is hard to see


def hessian(lesson: Lesson, standardized: bool = False) -> Array:
    """J's second derivatives, from the rows."""
    x = lesson.data.features
    if standardized:
        x = (x - x.mean(axis=0)) / x.std(axis=0, ddof=lesson.settings.ddof)
    return np.asarray(2 / len(x) * x.T @ x)


def aspect(lesson: Lesson, standardized: bool = False) -> float:
    """How long a line of equal loss is for its width."""
    return float(np.sqrt(np.linalg.cond(hessian(lesson, standardized))))


def arrives(lesson: Lesson, standardized: bool = False) -> bool:
    """Whether the count of steps is the one after which so little of the distance is left, by squaring."""
    stage = lesson.standardized if standardized else lesson.raw
    h, way = hessian(lesson, standardized), np.asarray(stage.start) - stage.loss.minimizer
    values, vectors = np.linalg.eigh(h)
    factors = 1 - 2 / values.sum() * values
    assert stage.steps is not None
    left = [np.linalg.norm(factors**steps * (vectors.T @ way)) for steps in (stage.steps - 1, stage.steps)]
    goal = lesson.settings.tolerance * np.linalg.norm(way)
    return bool(left[1] <= goal * 1.01 and left[0] > goal * 0.99)


def goes_to_and_fro(lesson: Lesson) -> bool:
    """Whether the first five steps change sides across the valley, each by a way that is seen."""
    run, goal = lesson.raw.descent.points[:6], lesson.raw.loss.minimizer
    across = (run - goal) @ np.linalg.eigh(hessian(lesson))[1][:, 1]
    far = np.abs(np.diff(across)) / np.linalg.norm(run[0] - goal)
    return bool(np.all(across[1:] * across[:-1] < 0) and far[0] >= 0.1 and np.all(far[:2] >= SEEN))


def step_along(lesson: Lesson) -> float:
    """The share of the way along the flat direction that a step at theory's best rate goes."""
    values = np.linalg.eigvalsh(hessian(lesson))
    return float(2 * values[0] / values.sum())


def left_by_a_step(lesson: Lesson) -> float:
    """Excess loss after one step at half the best rate, as a share of that before it."""
    x, y = lesson.data.features, lesson.data.target
    best = np.linalg.lstsq(x, y, rcond=None)[0]
    h = hessian(lesson)
    before = np.asarray(lesson.settings.start) - best
    after = before - h @ before / np.trace(h)
    return float((after @ h @ after) / (before @ h @ before))


def flat_weight(lesson: Lesson) -> float:
    """How much of the flattest direction is one weight's."""
    return float(np.abs(np.linalg.eigh(hessian(lesson))[1][:, 0]).max())


def is_late(lesson: Lesson, direction: Array) -> bool:
    """Whether a step at half the best rate leaves half of the way in that direction, or more.

    And the loss bends there by less than an eighth of its sharpest bend, so at half the rate the count is
    larger.
    """
    x, y, h = lesson.data.features, lesson.data.target, hessian(lesson)
    way = np.asarray(lesson.settings.start) - np.linalg.lstsq(x, y, rcond=None)[0]
    after = way - h @ way / np.trace(h)
    bend = direction @ h @ direction / np.linalg.eigvalsh(h)[-1]
    rate, steps = 1 / np.trace(h), lesson.raw.half_rate_steps or 0
    values, vectors = np.linalg.eigh(h)
    before, after_all = (
        np.linalg.norm((vectors.T @ way) * np.abs(1 - rate * values) ** count) / np.linalg.norm(way)
        for count in (steps - 1, steps)
    )
    late = abs(after @ direction) >= 0.499 * abs(way @ direction) > 0 and bend < 0.125
    tolerance = lesson.settings.tolerance
    return bool(late and after_all <= 1.001 * tolerance and before > 0.999 * tolerance)


def goes_so_far_along(lesson: Lesson) -> bool:
    """Whether a step goes the said share of the way along."""
    return bool(np.isclose(100 * step_along(lesson), lesson.raw.percent_along_by_a_step, rtol=1e-3))


def spans(lesson: Lesson) -> float:
    """What the one feature spans over what the other does."""
    ranges = np.ptp(lesson.data.features, axis=0)
    return float(ranges.max() / ranges.min())


def spreads(lesson: Lesson) -> float:
    """How many times as far from their mean, in quadratic mean, the values of one feature lie."""
    far = lesson.data.features - lesson.data.features.mean(axis=0)
    lengths = np.sqrt((far * far).sum(axis=0))
    return float(lengths.max() / lengths.min())


def left_after(lesson: Lesson, steps: int) -> float:
    """The share of the raw weights' distance that is left after so many steps, or after all."""
    run, goal = lesson.raw.descent.points, lesson.raw.loss.minimizer
    return float(np.linalg.norm(run[: steps + 1][-1] - goal) / np.linalg.norm(run[0] - goal))


def many_not_drawn(lesson: Lesson, standardized: bool = False) -> bool:
    """Whether the descent that is drawn is shorter than the one that is counted."""
    stage = lesson.standardized if standardized else lesson.raw
    assert stage.steps is not None
    return arrives(lesson, standardized) and stage.descent.steps < stage.steps


def quotient(lesson: Lesson) -> float:
    """How many times as many steps the raw data need as the standardized."""
    assert lesson.raw.steps and lesson.standardized.steps
    return lesson.raw.steps / lesson.standardized.steps


def tilted_aspect(lesson: Lesson) -> float:
    """How long a line of equal loss is for its width once the cloud has tilted, from the rows."""
    return float(np.linalg.cond(lesson.correlated(TILTED).data.features))


def tilted_count_is_right(lesson: Lesson) -> bool:
    """At 2 over the sum of the curvatures, each step leaves r of the way along, and -r of that across."""
    stage = lesson.correlated(TILTED)
    way = np.asarray(stage.start) - stage.loss.minimizer
    along, across = (way[0] - way[1]) / np.sqrt(2), (way[0] + way[1]) / np.sqrt(2)
    assert lesson.tilted_steps is not None
    left = [
        TILTED**steps * np.hypot(along, across) for steps in (lesson.tilted_steps - 1, lesson.tilted_steps)
    ]
    goal = lesson.settings.tolerance * np.linalg.norm(way)
    return bool(left[1] <= goal * 1.001 and left[0] > goal * 0.999)


QUESTION: dict[str, Claim] = {
    "Question.race.0": lambda lesson: all(
        np.isclose(stage.spectrum.best_learning_rate, 2 / np.linalg.eigvalsh(h).sum())
        for stage, h in ((lesson.raw, hessian(lesson)), (lesson.standardized, hessian(lesson, True)))
    ),
    "Question.race.1.0": lambda lesson: arrives(lesson, standardized=True) and quotient(lesson) >= 2,
    "Question.race.1.1": lambda lesson: arrives(lesson, standardized=True),
    "Question.race.2.0": lambda lesson: goes_to_and_fro(lesson) and left_after(lesson, 5) >= 0.9,
    "Question.race.2.1": goes_to_and_fro,
    "Question.race.2.2": lambda lesson: left_after(lesson, 1) < 1,
    "Question.race.3.0": lambda lesson: arrives(lesson) and lesson.raw.descent.steps >= 100,
    "Question.race.3.1": arrives,
    "Question.question.0": of_any("both are least squares on the same rows"),
    "Question.question.1": of_any("both are gradient descent at a constant rate, from weights 0"),
    "Question.question.2": of_any("each predicts by one weight a feature; one of the two has its mean, too"),
    "Question.question.3": of_any("a question"),
    "Question.title.0.0": lambda lesson: quotient(lesson) >= 2,  # there is a difference to account for
    "Question.title.0.1": of_any("what comes next"),
}
TWO_SCALES: dict[str, Claim] = {
    "TwoScales.table.0": lambda lesson: lesson.data.features.shape[1] == 2,
    "TwoScales.scales.0": lambda lesson: len(lesson.data.target) == lesson.data.count,
    "TwoScales.scales.1.0": lambda lesson: spans(lesson) >= 4.99,  # in a plot under 3 : 1
    "TwoScales.scales.1.1": of_any("what a plot does"),
    "TwoScales.scales.2.0": lambda lesson: spans(lesson) >= 4.99,
    "TwoScales.scales.2.1": of_any("what is done"),
    "TwoScales.spreads.0": lambda lesson: np.allclose(
        ((lesson.data.features - lesson.data.features.mean(axis=0)) ** 2).mean(axis=0), lesson.data.stds**2
    ),
    "TwoScales.spreads.1.0": lambda lesson: spans(lesson) >= 4.99,  # so the strip's height is enlarged
    "TwoScales.spreads.1.1": of_any("what is done"),
    "TwoScales.spreads.2.0": lambda lesson: (
        spreads(lesson) >= 2.99 and np.isclose(spreads(lesson), lesson.data.spread_ratio)
    ),
    "TwoScales.spreads.2.1": lambda lesson: spreads(lesson) <= 1.021,
    "TwoScales.spreads.2.2": lambda lesson: (
        spreads(lesson) <= 3.01 and np.isclose(spreads(lesson), lesson.data.spread_ratio)
    ),
}
VALLEY: dict[str, Claim] = {
    "Valley.descent.0": of_any("theory's best rate for the worst start"),
    "Valley.descent.1.0": lambda lesson: goes_to_and_fro(lesson) and step_along(lesson) < 0.02,
    "Valley.descent.1.1": goes_to_and_fro,
    "Valley.home.0.0": lambda lesson: lesson.settings.tolerance < 1e-13,
    "Valley.home.0.1": lambda lesson: np.isclose(
        lesson.raw.home_is_one_part_in * lesson.settings.tolerance, 1, rtol=1e-12
    ),
    "Valley.home.1.0": many_not_drawn,
    "Valley.home.1.1": arrives,
    "Valley.fair.0": lambda lesson: left_by_a_step(lesson) < 0.1,
    "Valley.fair.1.0": lambda lesson: is_late(lesson, np.array([1.0, 0.0])),
    "Valley.fair.1.1": lambda lesson: is_late(lesson, np.array([0.0, 1.0])),
    "Valley.fair.1.2": lambda lesson: is_late(lesson, np.linalg.eigh(hessian(lesson))[1][:, 0]),
    "Valley.why.0.0": lambda lesson: aspect(lesson) >= 9.99 and arrives(lesson),
    "Valley.why.0.1": of_any("what a bend is"),
    "Valley.why.1": lambda lesson: np.isclose(
        np.linalg.cond(hessian(lesson)), lesson.raw.spectrum.condition_number, rtol=1e-3
    ),
    "Valley.why.2.0": lambda lesson: goes_so_far_along(lesson) and step_along(lesson) < 0.02,
    "Valley.why.2.1": lambda lesson: goes_so_far_along(lesson),
}
CORRELATION: dict[str, Claim] = {
    "Correlation.bowl.0": of_any("a question"),
    "Correlation.bowl.1": lambda lesson: np.isclose(
        np.corrcoef(lesson.standardized.data.features.T)[0, 1], np.corrcoef(lesson.data.features.T)[0, 1]
    ),
    "Correlation.tilt.0": of_any("what is done"),
    "Correlation.tilt.1.0": lambda lesson: tilted_aspect(lesson) > 10 and aspect(lesson) > 3.99,
    "Correlation.tilt.1.1": lambda lesson: tilted_aspect(lesson) > 10,
    "Correlation.descent.0": lambda lesson: (
        np.allclose(lesson.correlated(TILTED).data.means, 0, atol=1e-6)
        and np.allclose(
            lesson.correlated(TILTED).data.features.std(axis=0, ddof=lesson.settings.ddof), 1, atol=1e-6
        )
    ),
    "Correlation.descent.1": tilted_count_is_right,
}
CLAIMS: dict[str, Claim] = {
    **QUESTION,
    **TWO_SCALES,
    **VALLEY,
    **CORRELATION,
}
