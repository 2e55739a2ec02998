"""From straight above: needle and circle are of one length, a mini-batch's circle is its own loss's."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from scenes.kit.lettering import places
from scenes.pieces.above.ring import HALF, LevelRing, Shape, seen_from_above, spread_ring
from scenes.pieces.above.shapes import TILT, Shapes

ARTICLE = Lesson.article()


def reach(outline: np.ndarray) -> tuple[float, float]:
    """The longest and the shortest way from the middle of an outline to it."""
    away = np.linalg.norm(outline - outline.mean(axis=0), axis=1)
    return float(away.max()), float(away.min())


@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE])
def test_needle_and_circle_are_as_long_as_each_other(where: places.Places) -> None:
    shapes = Shapes(ARTICLE, where)
    needle, circle = LevelRing(shapes.view, shapes.raw), spread_ring(where)
    length, width = reach(needle.outline())
    assert length == pytest.approx(HALF * shapes.view.scale_factor, rel=1e-3)
    assert length / width == pytest.approx(ARTICLE.raw.spectrum.contour_aspect, rel=0.05)
    assert reach(circle.outline()) == pytest.approx((length, length), rel=1e-3)


def test_the_needle_lies_and_a_squashed_ring_is_round() -> None:
    shapes = Shapes(ARTICLE, places.WIDE)
    ring = LevelRing(shapes.view, shapes.raw)
    assert np.ptp(ring.outline()[:, 0]) > 10 * np.ptp(ring.outline()[:, 1])
    longest, shortest = reach(ring.be(squash=0.0).outline())
    assert longest == pytest.approx(shortest, rel=1e-3)


def test_a_mini_batchs_circle_is_that_of_its_own_loss() -> None:
    shapes = Shapes(ARTICLE, places.WIDE)
    for batch, rows in enumerate(ARTICLE.batches.rows):
        shapes.batch.set_value(batch + 1)
        a, b = ARTICLE.data.features[rows].T
        r = abs(np.asarray(np.corrcoef(a, b))[0, 1])
        assert shapes.of_batch().aspect == pytest.approx(np.sqrt((1 + r) / (1 - r)), rel=1e-4)
    shapes.batch.set_value(0)
    assert shapes.of_batch().aspect == pytest.approx(ARTICLE.standardized.spectrum.contour_aspect)


def test_tilted_the_circle_is_a_valley_with_the_ball_below_its_rim() -> None:
    shapes = Shapes(ARTICLE, places.WIDE)
    shapes.tilt.set_value(1.0)
    assert shapes.now().aspect == pytest.approx(np.sqrt((1 + TILT) / (1 - TILT)))
    assert shapes.window().holds(shapes.window().ground(shapes.start))


def test_rows_of_one_line_are_drawn_all_the_same() -> None:
    x = np.array([[0.0, 0.0], [1.0, 2.0], [2.0, 4.1], [3.0, 5.9]])
    shapes = Shapes(Lesson(Dataset(x, x @ [1.0, 2.0], ("A", "B"), "y"), batch_size=2), places.WIDE)
    for batch in np.linspace(0, len(shapes.batches), 9):
        shapes.batch.set_value(batch)
        assert np.isfinite(LevelRing(shapes.view, shapes.of_batch).outline()).all()
    assert Shape.of(np.zeros((2, 2))).aspect == 1.0


def test_from_above_a_shape_fills_the_middle() -> None:
    assert tuple(seen_from_above(places.WIDE).points[1, :2]) == places.WIDE.whole.center
