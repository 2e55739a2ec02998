"""One neuron: the layer's two places, its sums at once and twice the weights, what comes out."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from bn_math.lesson.deep_story import SUMMED
from scenes.kit.lettering import places
from scenes.kit.script.words import Words
from scenes.pieces.slot.pipeline import Pipeline
from scenes.pieces.slot.sums import MOST, TWICE, Sums, SumsAndOutputs

ARTICLE = Lesson.article()
WORDS = Words("InsideTheNetwork", ARTICLE)
SUMS = Sums(ARTICLE.standardized.data.features, np.array(SUMMED), ARTICLE.settings.eps)
BOX = places.WIDE.whole.part(left=0.3)


def test_twice_the_weights_twice_the_sums_and_their_spread_and_the_same_comes_out() -> None:
    np.testing.assert_allclose(SUMS.added(TWICE), 2 * SUMS.added(1.0))
    assert SUMS.spread(TWICE) == pytest.approx(2 * SUMS.spread(1.0), rel=1e-12)
    np.testing.assert_allclose(SUMS.out(TWICE), SUMS.out(1.0), atol=2e-5)
    assert SUMS.out(1.0).std() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("times", [1.0, 1.6, TWICE])
def test_sums_and_outputs_stay_in_their_box(times: float) -> None:
    picture = SumsAndOutputs(SUMS, BOX, ValueTracker(times))
    for x in (picture.x(SUMS.added(times), times), picture.x(SUMS.out(times))):
        assert x.min() >= BOX.left - 1e-9 and x.max() <= BOX.right + 1e-9


def test_of_many_rows_some_are_drawn_the_first_among_them() -> None:
    many = Sums(np.random.default_rng(0).normal(size=(5000, 2)), np.array(SUMMED), 0.0)
    shown = SumsAndOutputs(many, BOX, ValueTracker(1.0)).shown
    assert len(shown) == MOST and shown[0] == 0


@pytest.mark.parametrize("kind", [places.WIDE, places.SQUARE])
def test_layer_and_bend_change_places_in_their_box(kind: places.Places) -> None:
    line = Pipeline(WORDS, kind.whole, ValueTracker(1.0))
    np.testing.assert_allclose(line.layer.get_center(), line.slot(0), atol=1e-9)
    assert all(kind.whole.holds(part, 0.05) for part in line.parts)
    for move in line.change_places():
        move.begin()
        move.finish()
    np.testing.assert_allclose(line.layer.get_center(), line.slot(1), atol=1e-9)
    np.testing.assert_allclose(line.bend.get_center(), line.slot(0), atol=1e-9)


def test_wires_grow_with_the_weights_and_follow_what_they_join() -> None:
    times = ValueTracker(1.0)
    line = Pipeline(WORDS, BOX, times)
    thin = line.wires[0].get_stroke_width()
    times.set_value(TWICE)
    line.sum.shift([0.5, 0.3, 0.0])
    line.wires[0].update()
    assert line.wires[0].get_stroke_width() == pytest.approx(TWICE * thin)
    np.testing.assert_allclose(line.wires[0].get_end(), line.sum.get_center(), atol=1e-6)
