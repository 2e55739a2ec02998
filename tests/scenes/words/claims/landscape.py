"""What is said of a guess, of the landscape of all guesses, and of the way down in it."""

from __future__ import annotations

import numpy as np

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from scenes.pieces.guess.guess import Guess
from tests.scenes.words.claims import Claim, of_any
from tests.scenes.words.claims.first import aspect, hessian


def misses(lesson: Lesson) -> Array:
    """What the scene's guess says of every row, less the truth."""
    guess = Guess(lesson.raw.loss, lesson.raw.start)
    return np.asarray(lesson.data.features @ guess.weights - lesson.data.target)


def bends(lesson: Lesson) -> float:
    """How much more the loss is bent over the second weight alone than over the first alone."""
    first, second = (lesson.data.features**2).mean(axis=0)
    return float(second / first)


def wall(lesson: Lesson) -> tuple[Array, Array, Array]:
    """From the minimum to the start on the wall; curvatures and directions, the flat one's first."""
    values, vectors = np.linalg.eigh(hessian(lesson))
    best = np.linalg.lstsq(lesson.data.features, lesson.data.target, rcond=None)[0]
    along, across = vectors.T @ (np.asarray(lesson.raw.start) - best)
    across = np.copysign(max(abs(across), 0.45 * abs(along)), across)
    return np.array([along, across]), values, vectors


def losses(lesson: Lesson, share: float, steps: int) -> Array:
    """The loss above the cut's lowest, over that at the start, after each step straight downhill."""
    away, values, _ = wall(lesson)
    slope = values * away
    bend = float(slope @ (values * slope) / (slope @ slope))
    place, found = 0.0, []
    for _ in range(steps + 1):
        found.append((place - np.linalg.norm(slope) / bend) ** 2)
        place -= share * 2 / bend * (bend * place - np.linalg.norm(slope))
    return np.array(found) / found[0]


def across(lesson: Lesson) -> float:
    """How far downhill goes across for its way along."""
    away, values, _ = wall(lesson)
    slope = np.abs(values * away)
    return float(slope[1] / max(slope[0], 1e-300))


def off(lesson: Lesson) -> float:
    """Degrees between downhill and the way to the minimum."""
    away, values, _ = wall(lesson)
    slope = values * away
    return float(
        np.degrees(np.arccos(np.clip(away @ slope / np.linalg.norm(away) / np.linalg.norm(slope), -1, 1)))
    )


def is_along(lesson: Lesson) -> bool:
    """Whether a step to the cut's lowest point leaves much of the way, and that along the valley."""
    away, values, _ = wall(lesson)
    slope = values * away
    left = away - slope * (slope @ slope) / (slope @ (values * slope))
    return bool(
        abs(left[0]) >= 0.9 * np.linalg.norm(left) and np.linalg.norm(left) >= 0.2 * np.linalg.norm(away)
    )


THE_LOSS: dict[str, Claim] = {
    "TheLoss.weights.0": of_any("what the model is"),
    "TheLoss.weights.1": lambda lesson: lesson.raw.loss.size == 2,
    "TheLoss.misses.0": lambda lesson: bool(np.mean(misses(lesson) != 0) > 0.9),
    "TheLoss.misses.1": of_any("a square grows faster than what is squared"),
    "TheLoss.mean.0": lambda lesson: np.isclose(
        np.mean(misses(lesson) ** 2), Guess(lesson.raw.loss, lesson.raw.start).mean_square, rtol=1e-6
    ),
    "TheLoss.pull.0.0": lambda lesson: bends(lesson) > 99,
    "TheLoss.pull.0.1": lambda lesson: bends(lesson) < 1 / 99,
    "TheLoss.pull.0.2": of_any("over one weight alone a quadratic loss is a parabola that opens upwards"),
    "TheLoss.pull.1.0": lambda lesson: bends(lesson) > 99,
    "TheLoss.pull.1.1": lambda lesson: bends(lesson) < 1 / 99,
    "TheLoss.pull.1.2": of_any("the same"),
    "TheLoss.landscape.0": of_any("what is shown"),
    "TheLoss.landscape.1.0": lambda lesson: aspect(lesson) > 9.99 and bends(lesson) > 99,
    "TheLoss.landscape.1.1": lambda lesson: aspect(lesson) > 9.99 and bends(lesson) < 1 / 99,
    "TheLoss.landscape.1.2": lambda lesson: aspect(lesson) > 3.99,
    "TheLoss.landscape.1.3": of_any("what the best guess is"),
    "TheLoss.landscape.2": lambda lesson: bool(np.linalg.norm(wall(lesson)[0]) > 0),
}
DOWNHILL: dict[str, Claim] = {
    "Downhill.slope.0": of_any("a question"),
    "Downhill.slope.1": of_any("what the gradient is"),
    "Downhill.step.0": of_any("what is done"),
    "Downhill.step.1": of_any("the rule of gradient descent"),
    "Downhill.rates.0": lambda lesson: losses(lesson, 0.03, 12)[-1] > 0.1,
    "Downhill.rates.1": lambda lesson: losses(lesson, 0.45, 3)[-1] < 1e-5,
    "Downhill.rates.2": lambda lesson: bool(np.all(np.diff(losses(lesson, 1.16, 4)) > 0)),
    "Downhill.across.0": of_any("a question"),
    "Downhill.across.1.0": lambda lesson: across(lesson) > 4.99 and aspect(lesson) > 3.99,
    "Downhill.across.1.1": lambda lesson: off(lesson) < 10.1,
    "Downhill.across.1.2": lambda lesson: off(lesson) > 9.9,
    "Downhill.across.2.0": is_along,
    "Downhill.across.2.1": of_any("what the best guess is"),
}
CLAIMS: dict[str, Claim] = {**THE_LOSS, **DOWNHILL}
