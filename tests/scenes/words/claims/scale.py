"""What is claimed while mini-batches are standardized, and scaled and shifted."""

from __future__ import annotations

import numpy as np

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from tests.scenes.words.claims import Claim, of_any


def batches(lesson: Lesson) -> list[Array]:
    """The rows of each mini-batch, (m, 2)."""
    return [lesson.data.features[list(rows)] for rows in lesson.batches.rows]


def own(lesson: Lesson) -> Array:
    """The rows of the mini-batch that holds the first row of the data."""
    (found,) = [x for x, rows in zip(batches(lesson), lesson.batches.rows, strict=True) if 0 in list(rows)]
    return found


def after(x: Array, eps: float) -> Array:
    """What becomes of rows (m, 2), by the formula."""
    return np.asarray((x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps))


def slides(lesson: Lesson) -> bool:
    """The mean is off zero by a good part of what the rows spread, and afterwards at zero."""
    x = own(lesson)
    moved = x - x.mean(axis=0)
    is_off = np.abs(x.mean(axis=0)) > 0.49 * x.std(axis=0)
    return bool(is_off.any() and np.allclose(moved.mean(axis=0), 0, atol=1e-9 * np.abs(x).max()))


def hardly_high(lesson: Lesson) -> bool:
    """The feature that lies, which spans more in all rows, spreads ten times as wide as the other."""
    spreads = own(lesson).std(axis=0)
    wide = int(np.argmax(np.ptp(lesson.data.features, axis=0)))
    return bool(spreads[wide] >= 9.99 * spreads[1 - wide])


def both_spread_by_one(lesson: Lesson) -> bool:
    spreads = after(own(lesson), lesson.settings.eps).std(axis=0)
    return [f"{spread:.2f}" for spread in spreads] == ["1.00", "1.00"]


def spread_is_what_is_divided_by(lesson: Lesson) -> bool:
    x = own(lesson)
    exact = (x - x.mean(axis=0)) / x.std(axis=0)
    return bool(np.allclose(after(x, lesson.settings.eps), exact, rtol=0.006))


def spreads_stay_below_one(lesson: Lesson) -> bool:
    x, eps = own(lesson), lesson.settings.eps
    return bool((x.var(axis=0) < eps).all() and after(x, eps).std(axis=0).max() < 0.5)


def keeps_from_zero(lesson: Lesson) -> bool:
    """With no spread there is nothing to divide by; with eps, what is divided is 0 as well."""
    still = np.ones((4, 2))
    with np.errstate(invalid="ignore"):
        nothing = (still - still.mean(axis=0)) / still.std(axis=0)
    return bool(np.isnan(nothing).all() and (after(still, lesson.settings.eps) == 0).all())


def one_place(lesson: Lesson) -> bool:
    """Mean and spread of every mini-batch are the same afterwards."""
    found = [after(x, lesson.settings.eps) for x in batches(lesson)]
    means = np.array([x.mean(axis=0) for x in found])
    spreads = np.array([x.std(axis=0) for x in found])
    return bool(np.abs(means).max() < 1e-6 and spreads.min() > 0.99 and spreads.max() < 1.01)


def back(lesson: Lesson, x: Array) -> Array:
    """How far the own batch's gamma and beta leave a batch from what it was, in spreads of all rows, (2,)."""
    eps, first = lesson.settings.eps, own(lesson)
    again = np.sqrt(first.var(axis=0) + eps) * after(x, eps) + first.mean(axis=0)
    return np.asarray(np.abs(again - x).max(axis=0) / lesson.data.stds)


def own_batch_is_back(lesson: Lesson) -> bool:
    size = np.abs(lesson.data.features).max(axis=0) / lesson.data.stds
    return bool((back(lesson, own(lesson)) < 1e-6 * np.maximum(1.0, size)).all())


CLAIMS: dict[str, Claim] = {
    "Standardize.center.0.0": hardly_high,
    "Standardize.center.0.1": of_any("what is shown"),
    "Standardize.center.1.0": slides,
    "Standardize.center.1.1": of_any("what subtracting a mean does"),
    "Standardize.divide.0.0": lambda lesson: (
        spread_is_what_is_divided_by(lesson) and both_spread_by_one(lesson)
    ),
    "Standardize.divide.0.1": spreads_stay_below_one,
    "Standardize.divide.0.2": of_any("a definition"),
    "Standardize.eps.0": keeps_from_zero,
    "Standardize.eps.1": lambda lesson: 0 < lesson.settings.eps <= 0.01 and keeps_from_zero(lesson),
    "Standardize.every-batch.0.0": one_place,
    "Standardize.every-batch.0.1": of_any("a definition"),
    "ScaleShift.dials.0": of_any("why gamma and beta are there, and a definition"),
    "ScaleShift.dials.1": own_batch_is_back,
    "ScaleShift.name.0": of_any("a definition"),
    "ScaleShift.name.1": of_any("a definition"),
}
