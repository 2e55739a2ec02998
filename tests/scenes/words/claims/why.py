"""What is said of why it works, and of the film once more."""

from __future__ import annotations

import numpy as np

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from tests.scenes.words.claims import Claim, of_any
from tests.scenes.words.claims.first import arrives, aspect
from tests.scenes.words.claims.network import larger_rates_work

CITED = of_any("what a paper found; the lesson has no part in it")


def shaken_come_first(lesson: Lesson) -> bool:
    """Whether the slowest shaken network has a loss under the mark before the fastest without batch norm."""
    without, _, shaken = lesson.network.shaking.loss < lesson.network.shaking.mark
    all_there = shaken.cumsum(axis=0).min(axis=1) > 0
    none_there = without.cumsum(axis=0).max(axis=1) == 0
    return bool(np.any(all_there & none_there))


def land(lesson: Lesson) -> Array:
    """Of the steps, the share that ends higher after the longest way than after the shortest, (2, runs)."""
    loss = lesson.network.along[0].loss
    counts = [
        [
            sum(a > b for a, b in zip(far, near, strict=True))
            for far, near in zip(side[:, -1].T, side[:, 0].T, strict=True)
        ]
        for side in loss
    ]
    return np.array(counts) / loss.shape[1]


def long_steps_land_as_is_said(lesson: Lesson) -> bool:
    """Whether in every run nearly all long steps land high without batch norm, and hardly any with it."""
    without, with_it = land(lesson)
    return bool(without.min() >= 0.85 and with_it.max() <= 0.15)


def becomes_round(lesson: Lesson, roundest: float) -> bool:
    """Whether the raw line of equal loss is a needle, and the standardized one as round as `roundest`."""
    return bool(aspect(lesson) > 9.99 and aspect(lesson, True) < roundest)


def batches_have_their_own(lesson: Lesson) -> bool:
    """Whether mini-batches, each standardized by itself, have losses of other shapes than each other."""
    found = []
    for rows in lesson.batches.rows:
        a, b = (lesson.data.features[rows] - lesson.data.features[rows].mean(axis=0)).T
        lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
        found.append(float(a @ b) / lengths if lengths > 0 else 0.0)
    return bool(np.ptp(np.arctanh(np.clip(found, -0.999999, 0.999999))) > 0.02)


def correlated_are_a_valley(lesson: Lesson) -> bool:
    """Whether features that were so correlated, standardized, would have a valley: tried on such rows."""
    rng = np.random.default_rng(2)
    a, own = rng.normal(size=(2, 4000))
    x = np.column_stack([a, 0.9 * a + np.sqrt(1 - 0.9**2) * own])
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    return bool(np.sqrt(np.linalg.cond(x.T @ x)) > 3.9)


def both_arrive(lesson: Lesson) -> bool:
    """Whether both counts of steps are right."""
    return arrives(lesson) and arrives(lesson, standardized=True)


CLAIMS: dict[str, Claim] = {
    "WhyItWorks.drift.0": CITED,
    "WhyItWorks.drift.1": CITED,
    "WhyItWorks.drift.2.0": shaken_come_first,
    "WhyItWorks.drift.2.1": of_any("what is shown"),
    "WhyItWorks.along.0": CITED,
    "WhyItWorks.along.1.0": long_steps_land_as_is_said,
    "WhyItWorks.along.1.1": of_any("what is shown"),
    "WhyItWorks.debate.0.0": larger_rates_work,
    "WhyItWorks.debate.0.1": CITED,
    "WhyItWorks.debate.1": CITED,
    "WhyItWorks.debate.2": of_any("that there is a debate"),
    "Recap.does.0.0": lambda lesson: aspect(lesson) > 9.99,
    "Recap.does.0.1": of_any("what is shown"),
    "Recap.does.1.0": lambda lesson: becomes_round(lesson, 1.31),
    "Recap.does.1.1": lambda lesson: becomes_round(lesson, 2.01),
    "Recap.does.1.2": of_any("what is done"),
    "Recap.costs.0.0": batches_have_their_own,
    "Recap.costs.0.1": of_any("what a layer needs"),
    "Recap.does_not.0": correlated_are_a_valley,
    "Recap.home.0": of_any("what both runs have in common: rows, rule, and how each rate is chosen"),
    "Recap.home.1.0": arrives,
    "Recap.home.1.1": arrives,
    "Recap.home.1.2": arrives,
    "Recap.home.1.3": of_any("what is shown"),
    "Recap.home.2.0": lambda lesson: (
        both_arrive(lesson) and lesson.standardized.steps * 2 <= lesson.raw.steps
    ),
    "Recap.home.2.1": lambda lesson: (
        both_arrive(lesson) and lesson.raw.steps / 2 < lesson.standardized.steps <= lesson.raw.steps
    ),
    "Recap.home.2.2": lambda lesson: both_arrive(lesson) and lesson.standardized.steps > lesson.raw.steps,
    "Recap.home.2.3": of_any("what was done"),
}
