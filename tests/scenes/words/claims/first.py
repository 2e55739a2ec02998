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


def cosine(lesson: Lesson) -> float:
    """How much one feature can stand in for the other: the cosine of the two columns."""
    a, b = lesson.data.features.T
    return float(abs(a @ b) / np.sqrt((a @ a) * (b @ b)))


def sizes(lesson: Lesson) -> float:
    """The larger column's length over the other's."""
    lengths = np.linalg.norm(lesson.data.features, axis=0)
    return float(lengths.max() / lengths.min())


def spans(lesson: Lesson) -> float:
    """What the one feature spans over what the other does."""
    ranges = np.ptp(lesson.data.features, axis=0)
    return float(ranges.max() / ranges.min())


def changes(lesson: Lesson) -> bool:
    """Whether standardizing moves or scales any feature by more than a hundredth."""
    x = lesson.data.features
    return bool(np.any(np.abs(np.log(x.std(axis=0))) > 0.0099) or np.any(np.abs(x.mean(axis=0)) > 0.0099))


def many_not_drawn(lesson: Lesson, standardized: bool = False) -> bool:
    """Whether the descent that is drawn is shorter than the one that is counted."""
    stage = lesson.standardized if standardized else lesson.raw
    assert stage.steps is not None
    return arrives(lesson, standardized) and stage.descent.steps < stage.steps


def quotient(lesson: Lesson) -> float:
    """How many times as many steps the raw data need as the standardized."""
    assert lesson.raw.steps and lesson.standardized.steps
    return lesson.raw.steps / lesson.standardized.steps


def is_half_standardized(lesson: Lesson) -> bool:
    """The condition numbers of the data centered, and scaled, are those that the lesson has."""
    x = lesson.data.features
    halves = (x - x.mean(axis=0), x / x.std(axis=0))
    stages = (lesson.centered, lesson.scaled)
    return all(
        np.isclose(stage.spectrum.condition_number, np.linalg.cond(half) ** 2, rtol=1e-6)
        for half, stage in zip(halves, stages, strict=True)
    )


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


def one_step_would_do(lesson: Lesson) -> bool:
    """From the rows without correlation, one step at half the mean curvature's inverse is at the minimum."""
    stage = lesson.correlated(0.0)
    x, w = stage.data.features, np.asarray(stage.start)
    h = 2 / len(x) * x.T @ x
    after = w - 2 / np.trace(h) * h @ (w - stage.loss.minimizer) - stage.loss.minimizer
    return bool(np.linalg.norm(after) <= lesson.settings.tolerance * np.linalg.norm(w - stage.loss.minimizer))


QUESTION: dict[str, Claim] = {
    "Question.race.0": of_any("what a descent is"),
    "Question.race.1.0": lambda lesson: arrives(lesson, standardized=True) and quotient(lesson) >= 2,
    "Question.race.1.1": lambda lesson: arrives(lesson, standardized=True),
    "Question.race.2.0": lambda lesson: arrives(lesson) and goes_to_and_fro(lesson),
    "Question.race.2.1": arrives,
    "Question.question.0": of_any("both are least squares on the same rows, by the same rule"),
    "Question.question.1": of_any("a question"),
    "Question.title.0.0": lambda lesson: not changes(lesson),
    "Question.title.0.1": changes,
}
TWO_SCALES: dict[str, Claim] = {
    "TwoScales.table.0": lambda lesson: lesson.data.features.shape == (lesson.data.count, 2),
    "TwoScales.scales.0": of_any("what a plot does"),
    "TwoScales.scales.1.0": lambda lesson: (
        np.isclose(spans(lesson), lesson.span_ratio) and spans(lesson) > 1.1
    ),
    "TwoScales.scales.1.1": lambda lesson: spans(lesson) < 1.25,
    "TwoScales.loss.0": of_any("what the model is"),
    "TwoScales.loss.1": of_any("what the loss is"),
    "TwoScales.loss.2": of_any("what learning is, here"),
}
VALLEY: dict[str, Claim] = {
    "Valley.surface.0": of_any("what is shown"),
    "Valley.surface.1.0": lambda lesson: aspect(lesson) >= 9.99 and step_along(lesson) < 0.02,
    "Valley.surface.1.1": lambda lesson: aspect(lesson) >= 3.99,
    "Valley.surface.1.2": lambda lesson: aspect(lesson) < 2.01,
    "Valley.surface.1.3": lambda lesson: 1.9 < aspect(lesson) < 4.1,
    "Valley.descent.0": of_any("theory's best rate for the worst start, as its name on the screen says"),
    "Valley.descent.1.0": lambda lesson: goes_to_and_fro(lesson) and step_along(lesson) < 0.02,
    "Valley.descent.1.1": goes_to_and_fro,
    "Valley.descent.2.0": many_not_drawn,
    "Valley.descent.2.1": lambda lesson: arrives(lesson) and lesson.raw.descent.steps >= 100,
    "Valley.descent.2.2": arrives,
    "Valley.why.0.0": lambda lesson: sizes(lesson) >= 1.99,
    "Valley.why.0.1": lambda lesson: cosine(lesson) >= 0.8 and aspect(lesson) >= 3.99,
    "Valley.why.1.0": lambda lesson: step_along(lesson) < 0.02,
    "Valley.why.1.1": lambda lesson: step_along(lesson) < 0.12,
    "Valley.why.2": lambda lesson: np.isclose(
        np.linalg.cond(hessian(lesson)), lesson.raw.spectrum.condition_number, rtol=1e-3
    ),
    "Valley.contours.0.0": lambda lesson: aspect(lesson) >= 9.99,
    "Valley.contours.0.1": lambda lesson: aspect(lesson) >= 1.19,
    "Valley.contours.0.2": lambda lesson: aspect(lesson) < 1.21,
}
BOWL: dict[str, Claim] = {
    "Bowl.surface.0": of_any("what is done"),
    "Bowl.surface.1.0": lambda lesson: (
        aspect(lesson, True) < 2.01 and aspect(lesson) > 3.99 and aspect(lesson) >= 2 * aspect(lesson, True)
    ),
    "Bowl.surface.1.1": lambda lesson: aspect(lesson) >= 1.19 * aspect(lesson, True),
    "Bowl.surface.1.2": lambda lesson: aspect(lesson, True) >= 1.19 * aspect(lesson),
    "Bowl.surface.1.3": lambda lesson: 0.82 < aspect(lesson) / aspect(lesson, True) < 1.22,
    "Bowl.descent.0": of_any("what is done"),
    "Bowl.descent.1.0": lambda lesson: many_not_drawn(lesson, standardized=True),
    "Bowl.descent.1.1": lambda lesson: arrives(lesson, standardized=True),
    "Bowl.why.0": lambda lesson: np.allclose(
        np.linalg.eigvalsh(hessian(lesson, True)),
        2 + 2 * abs(np.corrcoef(lesson.data.features.T)[0, 1]) * np.array([-1, 1]),
        rtol=1e-6,
        atol=1e-9,
    ),
    "Bowl.why.1": lambda lesson: np.isclose(
        np.linalg.cond(hessian(lesson, True)), lesson.standardized.spectrum.condition_number, rtol=1e-3
    ),
}
VALLEY_TO_BOWL: dict[str, Claim] = {
    "ValleyToBowl.stages.0.0": lambda lesson: aspect(lesson, True) < 2.01 and aspect(lesson) > 3.99,
    "ValleyToBowl.stages.0.1": of_any("a question, and the number of the valley's scene"),
    "ValleyToBowl.stages.1": is_half_standardized,
    "ValleyToBowl.stages.2": is_half_standardized,
    "ValleyToBowl.stages.3": BOWL["Bowl.why.1"],
    "ValleyToBowl.axes.0": lambda lesson: np.allclose(
        lesson.centered.loss.minimizer * lesson.data.features.std(axis=0, ddof=lesson.settings.ddof),
        lesson.standardized.loss.minimizer,
        rtol=1e-6,
    ),
    "ValleyToBowl.side-by-side.0.0": lambda lesson: quotient(lesson) >= 2 and aspect(lesson, True) < 2.01,
    "ValleyToBowl.side-by-side.0.1": lambda lesson: arrives(lesson, standardized=True),
    "ValleyToBowl.side-by-side.1.0": lambda lesson: arrives(lesson) and aspect(lesson) > 3.99,
    "ValleyToBowl.side-by-side.1.1": arrives,
    "ValleyToBowl.side-by-side.2": lambda lesson: (
        left_by_a_step(lesson) < 0.1 and lesson.raw.descent.steps >= 100 and arrives(lesson)
    ),
    "ValleyToBowl.side-by-side.3.0": lambda lesson: flat_weight(lesson) >= 0.95 and aspect(lesson) > 9.99,
    "ValleyToBowl.side-by-side.3.1": lambda lesson: flat_weight(lesson) < 0.96 and aspect(lesson) > 9.99,
}
CORRELATION: dict[str, Claim] = {
    "Correlation.bowl.0": of_any("a question"),
    "Correlation.bowl.1": lambda lesson: np.isclose(
        np.corrcoef(lesson.standardized.data.features.T)[0, 1], np.corrcoef(lesson.data.features.T)[0, 1]
    ),
    "Correlation.tilt.0": lambda lesson: np.isclose(
        np.linalg.cond(lesson.correlated(0.0).data.features), 1.0, rtol=1e-6
    ),
    "Correlation.tilt.1": of_any("what is done"),
    "Correlation.tilt.2.0": lambda lesson: tilted_aspect(lesson) > 10 and aspect(lesson) > 3.99,
    "Correlation.tilt.2.1": lambda lesson: tilted_aspect(lesson) > 10,
    "Correlation.descent.0": of_any("a question"),
    "Correlation.descent.1": lambda lesson: tilted_count_is_right(lesson) and one_step_would_do(lesson),
    "Correlation.left.0": lambda lesson: (
        np.allclose(lesson.correlated(TILTED).data.means, 0, atol=1e-6)
        and np.allclose(
            lesson.correlated(TILTED).data.features.std(axis=0, ddof=lesson.settings.ddof), 1, atol=1e-6
        )
    ),
    "Correlation.left.1": of_any("a mean and a spread a feature change no correlation"),
}
CLAIMS: dict[str, Claim] = {
    **QUESTION,
    **TWO_SCALES,
    **VALLEY,
    **BOWL,
    **VALLEY_TO_BOWL,
    **CORRELATION,
}
