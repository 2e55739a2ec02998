"""The numbers below a plane's grid stand at their values, and some can be read from far and from near."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.lettering.places import WIDE
from scenes.pieces.scaling.mini_batch import room
from scenes.pieces.scaling.moving_batches import MovingBatches
from scenes.pieces.scaling.plane import ScalingPlane
from scenes.pieces.scaling.round_numbers import OPEN, RoundNumbers
from tests.scenes.pieces.scaling.test_moving_batches import lesson_of


@pytest.mark.parametrize("name", ["article", "tiny", "wide_first", "ints"])
@pytest.mark.parametrize("near", [0.0, 1.0])
def test_some_are_seen_at_their_places_and_apart(name: str, near: float) -> None:
    plane = ScalingPlane(MovingBatches(lesson_of(name)), room(WIDE))
    numbers = RoundNumbers(plane, ValueTracker(near))
    values = [0.0, *(value for value, _ in numbers.values)]
    seen = [
        (value, text) for value, text in zip(values, numbers, strict=True) if text[0].get_fill_opacity() > 0.5
    ]
    assert len(seen) >= 2
    for value, text in seen:
        there = plane.at(np.eye(2)[plane.wide] * value, near)
        assert text.get_x() == pytest.approx(there[0], abs=1e-6)
    places_seen = sorted(float(text.get_x()) for _, text in seen)
    assert np.diff(places_seen).min() > 0.9 * OPEN


def test_the_article_s_batches_are_told_in_hundreds_and_in_ones() -> None:
    near = ValueTracker(0.0)
    plane = ScalingPlane(MovingBatches(Lesson.article()), room(WIDE))
    numbers = RoundNumbers(plane, near)

    def shown() -> set[float]:
        values = [value for value, _ in numbers.values]
        return {it for it, text in zip(values, numbers[1:], strict=True) if text[0].get_fill_opacity() > 0.5}

    assert {-100.0, 100.0, 200.0} <= shown() and all(it % 10 == 0 for it in shown())
    near.set_value(1.0)
    numbers.put(1.0)
    assert {-2.0, -1.0, 1.0, 2.0} <= shown()
