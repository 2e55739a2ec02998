"""Long descents are shown in bounded time, and counted to their end."""

from __future__ import annotations

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from scenes.kit.script.words import Words
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces import descents

ARTICLE = Lesson.article()


def landscape(lesson: Lesson, name: str = "raw") -> Landscape:
    return Landscape(getattr(lesson, name), Viewpoint(), radius=1.0)


def long_lesson() -> Lesson:
    a, b = ARTICLE.data.features.T
    return Lesson(Dataset(np.column_stack([a, 100 * b]), ARTICLE.data.target))


def test_a_descent_that_is_not_drawn_to_its_end_says_how_long_it_is() -> None:
    lesson = long_lesson()
    long, words = landscape(lesson), Words("Valley", lesson)
    assert not descents.is_whole(long) and descents.last_of(long) == 50_000 < lesson.raw.steps
    counter, name = descents.count(words, long, "#FFFFFF")
    assert "not drawn to the end" in name.markup
    whole = descents.whole_count(long, "#FFFFFF")
    long.clock.set_value(descents.last_of(long))
    counter.update(), whole.update()
    shown = [int(it.written.replace("\u2009", "")) for it in (counter, whole)]
    assert shown == [50_000, lesson.raw.steps]


@pytest.mark.parametrize("tolerance", [1e-2, 3e-4, 1e-6, 1e-9, 1e-12])
@pytest.mark.parametrize("name", ["raw", "standardized"])
def test_the_distance_that_is_left_never_reads_nought(tolerance: float, name: str) -> None:
    lesson = Lesson.article(tolerance=tolerance)
    shape = landscape(lesson, name)
    counter, label = descents.distance_left(Words("Bowl", lesson), shape, "#FFFFFF")
    shape.clock.set_value(descents.last_of(shape))
    counter.update()
    left = shape.path.distance_left(descents.last_of(shape))
    assert counter.written.strip("0.") != ""
    if "×" not in counter.written:
        assert float(counter.written) >= left or float(counter.written) == pytest.approx(left, rel=0.5)
        assert ("at most" in label.markup) == (float(f"{left:.{len(counter.written) - 2}f}") == 0)


def test_descents_that_race_together_are_at_the_same_step() -> None:
    both = landscape(ARTICLE), landscape(ARTICLE, "standardized")
    descents.jump_together(both, 1.0)
    race = descents.race_together(both, run_time=4.0, ease=1.0)
    race.begin()
    for alpha in (0.0005, 0.3, 1.0):
        race.interpolate(alpha)
        here, there = (it.clock.get_value() for it in both)
        assert there == min(here, descents.last_of(both[1]))
    assert descents.are_done(both)


def test_data_with_many_rows_are_one_shape() -> None:
    from scenes.pieces.row_dots import FEW, RowDots

    places = [np.array([i, 0.0, 0.0]) for i in range(FEW + 1)]
    many, few = RowDots(places, 0.1, "#FFFFFF"), RowDots(places[:-1], 0.1, "#FFFFFF")
    assert (len(many), len(few)) == (1, FEW)
    many.put([place + 5 for place in places])
    assert many.get_left()[0] == pytest.approx(4.9) and many.get_right()[0] == pytest.approx(FEW + 5.1)
