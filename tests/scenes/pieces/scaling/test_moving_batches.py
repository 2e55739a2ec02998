"""Mini-batches on their way: as they come at first, standardized in the end, and always in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import BatchNorm, Dataset, Lesson
from scenes.kit.lettering.places import SQUARE, WIDE, Box, Places
from scenes.pieces.scaling.mini_batch import room
from scenes.pieces.scaling.moving_batches import OWN, MovingBatches
from scenes.pieces.scaling.plane import ScalingPlane
from tests.cases.table import LESSONS

NAMES = ("already_standardized", "tiny", "ints", "rows12", "wide_first", "negative", "r0999")


def lesson_of(name: str) -> Lesson:
    return Lesson.article() if name == "article" else Lesson.from_file(LESSONS / f"{name}.toml")


@pytest.mark.parametrize("name", ["article", *NAMES])
def test_a_batch_ends_as_the_layer_makes_it(name: str) -> None:
    lesson = lesson_of(name)
    batches = MovingBatches(lesson)
    for batch, rows in enumerate(batches.rows):
        np.testing.assert_array_equal(batches.at(batch, 0.0, 0.0), rows)
        if len(rows) > 1:
            found = batches.at(batch, 1.0, 1.0)
            layer = BatchNorm(2, eps=lesson.settings.eps).forward(rows)
            np.testing.assert_allclose(found, layer, rtol=1e-6, atol=1e-9)


def test_row_one_comes_first() -> None:
    article = lesson_of("article")
    batches = MovingBatches(article)
    np.testing.assert_array_equal(batches.rows[OWN][0], article.data.features[0])
    numbers = sorted(np.concatenate(batches.numbers).tolist())
    assert numbers == list(range(article.data.count))


@pytest.mark.parametrize("places", [WIDE, SQUARE])
@pytest.mark.parametrize("name", ["article", *NAMES])
def test_no_row_leaves_the_picture(name: str, places: Places) -> None:
    box = room(places)
    plane = ScalingPlane(MovingBatches(lesson_of(name)), box)
    for batch in range(plane.batches.count):
        on_the_way = [(1, share, share) for share in np.linspace(0, 1, 9)]  # divided while he comes nearer
        for centered, divided, near in ((0, 0, 0), (0.5, 0, 0), *on_the_way):
            found = plane.at(plane.batches.at(batch, centered, divided), near)
            assert all(_holds(box, point) for point in found)


def test_both_features_have_one_scale() -> None:
    x = np.array([[0.0, 0.0], [1.0, 3.0], [2.0, -5.0], [4.0, 40.0]])
    plane = ScalingPlane(MovingBatches(Lesson(Dataset(x, x[:, 1]))), Box(-3, 5, -2, 2))
    zero, one, other = (plane.at(np.array(it), 0.3)[:2] for it in ((0, 0), (1, 0), (0, 1)))
    assert np.linalg.norm(one - zero) == pytest.approx(np.linalg.norm(other - zero))
    assert one[1] > zero[1]  # the narrow feature is upright
    assert other[0] > zero[0]


def _holds(box: Box, point: np.ndarray) -> bool:
    x, y = point[:2]
    slack = 1e-6
    return bool(box.left - slack <= x <= box.right + slack and box.bottom - slack <= y <= box.top + slack)
