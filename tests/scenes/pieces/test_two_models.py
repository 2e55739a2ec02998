"""What two models say of the rows: each its least squares' predictions, near to each other."""

from __future__ import annotations

import numpy as np
from manim import Square

from bn_math import Lesson
from scenes.kit.lettering.places import Box
from scenes.pieces.rows.two_models import TwoModels

LESSON = Lesson.article()


def test_either_line_is_its_own_least_squares() -> None:
    x, y = LESSON.data.features, LESSON.data.target
    raw, standardized = TwoModels.said(LESSON)
    with_intercept = np.column_stack([x, np.ones(len(x))])
    for said, columns in ((raw, x), (standardized, with_intercept)):
        assert np.allclose(said, columns @ np.linalg.lstsq(columns, y, rcond=None)[0])


def test_they_are_almost_the_same_and_stay_in_their_box() -> None:
    raw, standardized = TwoModels.said(LESSON)
    assert np.abs(raw - standardized).max() < 0.001 * np.ptp(LESSON.data.target)
    box = Box(-1.0, 1.0, 0.0, 0.5)
    models = TwoModels(LESSON, box, Square(0.1))
    x, y, _ = models.rows.T
    assert x.min() > box.left and x.max() < box.right
    assert y.min() >= box.bottom and y.max() <= box.top
    assert np.array_equal(np.argsort(x), np.argsort(LESSON.data.target, kind="stable"))
