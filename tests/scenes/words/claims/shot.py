"""What is said while the data are standardized in one shot, and of the bowl that it ends on."""

from __future__ import annotations

import numpy as np

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from tests.scenes.words.claims import Claim, of_any
from tests.scenes.words.claims.first import arrives, aspect, hessian, many_not_drawn, quotient


def standardized_columns(lesson: Lesson) -> Array:
    """The features less their means, over their spreads, from the rows."""
    x = lesson.data.features
    return np.asarray((x - x.mean(axis=0)) / x.std(axis=0, ddof=lesson.settings.ddof))


def points_home(lesson: Lesson) -> bool:
    """Whether downhill at the start is within 16 degrees of the way to the minimum, on standardized data."""
    way = lesson.standardized.loss.minimizer - np.asarray(lesson.settings.start)
    downhill = hessian(lesson, True) @ way
    lengths = np.linalg.norm(way) * np.linalg.norm(downhill)
    return bool(way @ downhill >= 0.96 * lengths)


def condition_holds(lesson: Lesson, standardized: bool = False) -> bool:
    """Whether the lesson's condition number is that of the second derivatives."""
    stage = lesson.standardized if standardized else lesson.raw
    return bool(
        np.isclose(np.linalg.cond(hessian(lesson, standardized)), stage.spectrum.condition_number, rtol=1e-3)
    )


def is_equally_wide(lesson: Lesson) -> bool:
    """Whether both features have one spread, and mean 0, once they are standardized."""
    x = standardized_columns(lesson)
    return bool(np.isclose(*x.std(axis=0), rtol=1e-6) and np.allclose(x.mean(axis=0), 0, atol=1e-6))


def halves_hold(lesson: Lesson) -> bool:
    """Whether the lines of equal loss of the centred and of the divided data are as long as is said."""
    x = lesson.data.features
    halves = (x - x.mean(axis=0), x / x.std(axis=0))
    stages = (lesson.centered, lesson.scaled)
    return all(
        np.isclose(stage.spectrum.contour_aspect, np.linalg.cond(half), rtol=1e-6)
        for half, stage in zip(halves, stages, strict=True)
    )


def weights_are_times_sigma(lesson: Lesson) -> bool:
    """Whether least squares on centred columns, times the spreads, is the standardized minimizer."""
    x, y = lesson.data.features, lesson.data.target
    centered = np.linalg.lstsq(x - x.mean(axis=0), y - y.mean(), rcond=None)[0]
    sigma = x.std(axis=0, ddof=lesson.settings.ddof)
    found, told = centered * sigma, lesson.standardized.loss.minimizer
    return bool(np.linalg.norm(found - told) <= 1e-6 * np.linalg.norm(told))


def mean_is_the_intercept(lesson: Lesson) -> bool:
    """Whether least squares with a column of ones on standardized features has the target's mean there."""
    x, y = standardized_columns(lesson), lesson.data.target
    with_one = np.column_stack([x, np.ones(len(x))])
    intercept = np.linalg.lstsq(with_one, y, rcond=None)[0][2]
    return bool(np.isclose(intercept, y.mean(), rtol=1e-6, atol=1e-9 * np.abs(y).max()))


def goes_with_r(lesson: Lesson) -> bool:
    """Whether the curvatures on the diagonals are as 1 + r to 1 - r, and nothing else curves there."""
    h, r = hessian(lesson, True), float(np.corrcoef(lesson.data.features.T)[0, 1])
    diagonals = np.array([[1, 1], [1, -1]]) / np.sqrt(2)
    turned = diagonals @ h @ diagonals.T
    ratio = (1 + abs(r)) / (1 - abs(r))
    return bool(
        np.isclose(turned[0, 0] * (1 - r), turned[1, 1] * (1 + r), rtol=1e-6)
        and abs(turned[0, 1]) <= 1e-9 * turned.max()
        and np.isclose(ratio, lesson.standardized.spectrum.condition_number, rtol=1e-4)
    )


SHOT: dict[str, Claim] = {
    "ValleyToBowl.parked.0.0": lambda lesson: aspect(lesson) > 3.99,
    "ValleyToBowl.parked.0.1": of_any("a question"),
    "ValleyToBowl.parked.1.0": lambda lesson: condition_holds(lesson) and aspect(lesson) > 3.99,
    "ValleyToBowl.parked.1.1": condition_holds,
    "ValleyToBowl.shot.0": of_any("the loss is a mean over the rows; what is done"),
    "ValleyToBowl.shot.1.0": lambda lesson: (
        is_equally_wide(lesson)
        and points_home(lesson)
        and aspect(lesson) > 9.99
        and aspect(lesson, True) < 1.31
    ),
    "ValleyToBowl.shot.1.1": lambda lesson: (
        is_equally_wide(lesson) and aspect(lesson) > 3.99 and aspect(lesson, True) < 2.01
    ),
    "ValleyToBowl.shot.1.2": lambda lesson: (
        is_equally_wide(lesson) and aspect(lesson) >= 1.19 * aspect(lesson, True)
    ),
    "ValleyToBowl.shot.1.3": lambda lesson: (
        is_equally_wide(lesson) and aspect(lesson, True) >= 1.19 * aspect(lesson)
    ),
    "ValleyToBowl.shot.1.4": lambda lesson: (
        is_equally_wide(lesson) and 0.82 < aspect(lesson) / aspect(lesson, True) < 1.22
    ),
    "ValleyToBowl.opened.0.0": lambda lesson: aspect(lesson, True) < 1.31,
    "ValleyToBowl.opened.0.1": lambda lesson: condition_holds(lesson, True),
}
BOWL: dict[str, Claim] = {
    "Bowl.descent.0": of_any("what is done; the rate is theory's best, as for the raw data"),
    "Bowl.descent.1.0": lambda lesson: many_not_drawn(lesson, standardized=True),
    "Bowl.descent.1.1": lambda lesson: arrives(lesson, True) and arrives(lesson) and quotient(lesson) >= 2,
    "Bowl.descent.1.2": lambda lesson: arrives(lesson, standardized=True),
    "Bowl.model.0": weights_are_times_sigma,
    "Bowl.model.1": mean_is_the_intercept,
    "Bowl.parts.0": lambda lesson: np.isclose(aspect(lesson), lesson.raw.spectrum.contour_aspect, rtol=1e-3),
    "Bowl.parts.1": halves_hold,
    "Bowl.parts.2": lambda lesson: np.isclose(
        aspect(lesson, True), lesson.standardized.spectrum.contour_aspect, rtol=1e-3
    ),
    "Bowl.left.0": lambda lesson: abs(np.corrcoef(lesson.data.features.T)[0, 1]) > 1e-9,
    "Bowl.left.1": goes_with_r,
}
CLAIMS: dict[str, Claim] = {**SHOT, **BOWL}
