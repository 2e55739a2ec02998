"""What is said while the data are standardized in one shot, and of the bowl that it ends on."""

from __future__ import annotations

import numpy as np

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from tests.scenes.words.claims import Claim, of_any
from tests.scenes.words.claims.first import arrives, aspect, hessian, many_not_drawn


def standardized_columns(lesson: Lesson) -> Array:
    """The features less their means, over their spreads, from the rows."""
    x = lesson.data.features
    return np.asarray((x - x.mean(axis=0)) / x.std(axis=0, ddof=lesson.settings.ddof))


def centered_columns(lesson: Lesson) -> Array:
    """The features less their means, from the rows."""
    x = lesson.data.features
    return np.asarray(x - x.mean(axis=0))


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
    """Whether the condition numbers of the centred and of the divided data are as is said."""
    x = lesson.data.features
    halves = (x - x.mean(axis=0), x / x.std(axis=0))
    stages = (lesson.centered, lesson.scaled)
    return all(
        np.isclose(stage.spectrum.condition_number, np.linalg.cond(half) ** 2, rtol=1e-6)
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


def centering_shortens_a_little(lesson: Lesson) -> bool:
    """Whether the condition number falls when the means are taken away, but by no more than 2.9 times."""
    x = lesson.data.features
    raw, centered = np.linalg.cond(x) ** 2, np.linalg.cond(x - x.mean(axis=0)) ** 2
    return bool(raw / 2.9 <= centered < raw)


def spreads_do_most(lesson: Lesson) -> bool:
    """Whether dividing alone shortens a line of equal loss more than all that is left to do."""
    x = lesson.data.features
    aspects = [np.linalg.cond(it) for it in (x, x / x.std(axis=0), standardized_columns(lesson))]
    return bool(aspects[0] / aspects[1] >= (aspects[1] / aspects[2]) ** 1.9)


def is_soon_too_near(lesson: Lesson) -> bool:
    """Whether two steps leave less than half of the way, in a descent of few steps."""
    run, goal = lesson.standardized.descent.points, lesson.standardized.loss.minimizer
    left = np.linalg.norm(np.asarray(run) - goal, axis=1)
    return bool(left[2] < 0.5 * left[0] and 3 <= lesson.standardized.descent.steps <= 12)


SHOT: dict[str, Claim] = {
    "ValleyToBowl.parked.0.0": lambda lesson: aspect(lesson) > 3.99,
    "ValleyToBowl.parked.0.1": of_any("a question"),
    "ValleyToBowl.parked.1.0": lambda lesson: condition_holds(lesson) and aspect(lesson) > 3.99,
    "ValleyToBowl.parked.1.1": condition_holds,
    "ValleyToBowl.shot.0": of_any("the loss is a mean over the rows"),
    "ValleyToBowl.shot.1.0": lambda lesson: (
        centering_shortens_a_little(lesson) and np.linalg.cond(centered_columns(lesson)) > 9.99
    ),
    "ValleyToBowl.shot.1.1": of_any("what is done"),
    **{
        f"ValleyToBowl.shot.2.{place}": lambda lesson: (
            is_equally_wide(lesson)
            and points_home(lesson)
            and aspect(lesson) > 9.99
            and aspect(lesson, True) < 1.31
        )
        for place in (0, 1)
    },
    "ValleyToBowl.shot.2.2": lambda lesson: (
        is_equally_wide(lesson) and aspect(lesson) > 3.99 and aspect(lesson, True) < 2.01
    ),
    "ValleyToBowl.shot.2.3": lambda lesson: (
        is_equally_wide(lesson) and aspect(lesson) >= 1.19 * aspect(lesson, True)
    ),
    "ValleyToBowl.shot.2.4": lambda lesson: (
        is_equally_wide(lesson) and aspect(lesson, True) >= 1.19 * aspect(lesson)
    ),
    "ValleyToBowl.shot.2.5": lambda lesson: (
        is_equally_wide(lesson) and 0.82 < aspect(lesson) / aspect(lesson, True) < 1.22
    ),
    "ValleyToBowl.opened.0": of_any(
        "its weights are the start's at every moment: no step of descent is made"
    ),
}
BOWL: dict[str, Claim] = {
    "Bowl.descent.0": of_any("what is done; the rate is theory's best, as for the raw data"),
    "Bowl.descent.1": is_soon_too_near,
    "Bowl.descent.2.0": lambda lesson: many_not_drawn(lesson, standardized=True),
    "Bowl.descent.2.1": lambda lesson: arrives(lesson, standardized=True),
    "Bowl.before.0.0": lambda lesson: arrives(lesson) and aspect(lesson) > 3.99,
    "Bowl.before.0.1": arrives,
    "Bowl.parts.0": of_any("a question"),
    "Bowl.parts.1": halves_hold,
    "Bowl.parts.2": halves_hold,
    "Bowl.parts.3": lambda lesson: np.isclose(
        aspect(lesson, True) ** 2, lesson.standardized.spectrum.condition_number, rtol=1e-3
    ),
    "Bowl.parts.4": spreads_do_most,
}
CLAIMS: dict[str, Claim] = {**SHOT, **BOWL}
