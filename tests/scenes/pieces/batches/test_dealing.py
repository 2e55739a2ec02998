"""Rows are dealt straight down into their mini-batch's lane, each once; a lane is measured on its rows."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Dataset, Lesson
from scenes.kit.lettering.places import SQUARE, WIDE
from scenes.pieces.batches.dealing import MOST, Dealing
from scenes.pieces.batches.dealt_rows import DealtRows
from scenes.pieces.batches.own_spreads import OwnSpreads


def lesson(rows: int, wide: float, seed: int = 0) -> Lesson:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, 2)) * [1.0, wide]
    return Lesson(Dataset(x, x @ [1.0, 2.0] + rng.normal(size=rows)))


ARTICLE = Dealing(Lesson.article(), WIDE.whole)


def test_a_row_of_the_article_falls_straight_down_into_its_own_lane() -> None:
    assert ARTICLE.columns == 1
    np.testing.assert_allclose(ARTICLE.below[:, 0], ARTICLE.above[:, 0])
    for lane in range(len(ARTICLE.shown)):
        place, height = ARTICLE.lane(lane), ARTICLE.below[ARTICLE.rows_of(lane), 1]
        assert ((height > place.bottom) & (height < place.top)).all()


@pytest.mark.parametrize("places", [WIDE, SQUARE])
@pytest.mark.parametrize("dealt", [lesson(12, 1.0), lesson(100, 1e6), lesson(700, 1e-6), lesson(2000, 3.0)])
def test_whatever_the_data_every_shown_row_is_in_its_place(places, dealt: Lesson) -> None:
    dealing = Dealing(dealt, places.whole)
    assert len(dealing.shown) <= MOST and dealt.batches.with_first_row in dealing.shown
    boxes = [dealing.lane(lane) for lane in range(len(dealing.shown))]
    for lane, box in enumerate(boxes):
        spots = dealing.below[dealing.rows_of(lane)]
        assert (np.abs(spots - box.center) <= np.array([box.width, box.height]) / 2).all()
    assert min(box.bottom for box in boxes) >= places.whole.bottom - 1e-9
    assert max(box.right for box in boxes) <= places.whole.right + 1e-9


def test_rows_leave_in_turn_and_all_have_landed_in_the_end() -> None:
    dealt, risen, come = ValueTracker(0.0), ValueTracker(1.0), ValueTracker(1.0)
    rows = DealtRows(ARTICLE, dealt, risen, come)
    np.testing.assert_allclose(rows.places(), ARTICLE.above)
    dealt.set_value(0.5)
    has_left = ~np.isclose(rows.places()[:, 1], ARTICLE.above[:, 1])
    assert ARTICLE.turns[has_left].max() < ARTICLE.turns[~has_left].min()
    dealt.set_value(1.0)
    np.testing.assert_allclose(rows.places(), ARTICLE.below)


def test_a_lane_shows_its_mini_batch_s_mean_and_spread() -> None:
    data, unit = ARTICLE.lesson.data, ARTICLE.unit
    spreads = OwnSpreads(ARTICLE, ValueTracker(0.0))
    (whole, _), wide = spreads.of_all, ARTICLE.order[0]
    for lane in range(len(ARTICLE.shown)):
        own = data.features[ARTICLE.rows_of(lane), wide]
        mean, spread = spreads.measured(lane)
        assert (mean - whole) / unit == pytest.approx(own.mean() - data.means[wide])
        assert spread / unit == pytest.approx(own.std())
