"""A row among its batch, asked again and again; the bowl that is looked at closer; the numbers that join."""

from __future__ import annotations

from itertools import pairwise

import cairo
import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit.drawing.canvas import Canvas
from scenes.kit.lettering import places
from scenes.kit.lettering.places import Places
from scenes.kit.script import numbers
from scenes.kit.script.words import Words
from scenes.pieces.noise.asked import Asked
from scenes.pieces.noise.axis import Axis, Lane
from scenes.pieces.noise.bowl_side import NEARER, RADIUS, BowlSide
from scenes.pieces.noise.company import TALL, Company
from scenes.pieces.noise.folding import Folding
from scenes.pieces.noise.one_row import in_use, passes
from scenes.pieces.noise.pair_line import PairLine, pairs
from scenes.pieces.noise.running_bar import RunningBar
from scenes.pieces.noise.side_words import SideWords
from scenes.pieces.noise.sums import Sums, rounded

LESSON = Lesson.article()
SETTLING = LESSON.batches.settling


@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE])
def test_looked_at_closer_the_ball_keeps_its_size_and_where_it_settles_is_in_the_box(where: Places) -> None:
    words = SideWords(Words("BatchNoise", LESSON), where, SETTLING)
    box = words.shape(words.column(0, 3))
    side = BowlSide(LESSON.standardized, SETTLING.runs[0], box, ValueTracker(260))
    canvas = Canvas(cairo.Context(cairo.ImageSurface(cairo.FORMAT_ARGB32, 8, 8)))
    side.paint(canvas)
    assert side.ball.radius == RADIUS
    settled = SETTLING.ways[0] * np.array(words.goal)
    times = side.times(settled, np.array(words.goal), box)
    side.view.look(center=box.at(*NEARER)[:2], scale=times * side.from_afar)
    side.paint(canvas)
    assert side.box == box
    assert side.ball.radius * side.view.scale_factor == pytest.approx(RADIUS * side.from_afar)
    x, y = side.trough.lay(settled)[0]
    assert box.left < x < box.right and box.bottom < y < box.top


@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE])
@pytest.mark.parametrize("count", [2, 3])
def test_bowls_stand_side_by_side_with_their_words_in_their_columns(where: Places, count: int) -> None:
    words = SideWords(Words("BatchNoise", LESSON), where, SETTLING)
    columns = [words.column(which, count) for which in range(count)]
    assert all(one.right < other.left for one, other in pairwise(columns))
    for column in columns:
        shape = words.shape(column)
        left = words.left(ValueTracker(0), 0, column)
        name = words.name(words.words.label("rows", size=10), column)
        assert column.holds(name) and name.get_bottom()[1] > shape.top
        assert left.get_top()[1] < shape.bottom


def test_asked_in_two_modes_the_halves_stand_apart_at_one_height() -> None:
    picture = Asked(places.WIDE.whole, np.array([0.5, 2.0, 1.0]), 1.2, ValueTracker(6))
    left, right = picture.halves
    assert left.right < right.left
    assert all(left.left <= picture.at(ask, 1.0)[0] <= left.right for ask in (1, 2, 3))
    assert all(right.left <= picture.at(ask, 1.0)[0] <= right.right for ask in (4, 5, 6))
    assert picture.at(3, 1.2)[1] == picture.at(5, 1.2)[1]


@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE])
def test_all_figures_of_the_layers_stand_in_their_panels_and_the_outcome_in_one_place(where: Places) -> None:
    folding = Folding(Sums(LESSON, passes(LESSON)), Words("TrainAndInference", LESSON), where.whole)
    both, one, names = folding.both, folding.one, folding.names
    linear, layer = (each[0] for each in folding.panels)
    for panel, keys, line in (
        (linear, ("weight",), both),
        (layer, ("scale", "x", "shift"), both),
        (folding.panel[0], ("times", "x", "added"), one),
    ):
        inside = [line[key] for key in keys] + [names[key] for key in keys if line is both or key != "x"]
        for each in inside:
            assert panel.get_left()[0] < each.get_left()[0] and each.get_right()[0] < panel.get_right()[0]
            assert panel.get_bottom()[1] < each.get_bottom()[1] and each.get_top()[1] < panel.get_top()[1]
    assert linear.get_right()[0] < layer.get_left()[0]
    assert layer.get_right()[0] < both["out"].get_left()[0]
    assert folding.panel[0].get_right()[0] < one["out"].get_left()[0]
    assert one["out"].get_x() == pytest.approx(both["out"].get_x())
    assert one["out"].width == pytest.approx(both["out"].width)
    for shown in (folding.first, folding.panels, folding.part, folding.panel, *one.values()):
        assert where.whole.holds(shown, slack=0.05)


def calculated(written: dict[str, str]) -> dict[str, float]:
    """The figures as a viewer types them into a calculator."""
    return {
        name: float(text.replace(numbers.MINUS, "-").replace(numbers.THIN_SPACE, ""))
        for name, text in written.items()
    }


@pytest.mark.parametrize("seed", [None, *range(40)])
def test_a_calculator_that_is_given_the_figures_shown_gets_those_shown(seed: int | None) -> None:
    lesson = LESSON if seed is None else Lesson.from_seed(seed)
    sums = Sums(lesson, passes(lesson))
    it, digits = calculated(sums.written), sums.digits
    assert sums.holds(digits)
    assert rounded(it["scale"] * it["x"] + it["shift"], digits.handed_on) == it["value"]
    assert rounded(it["weight"] * it["value"], digits.out) == it["out"]
    assert rounded(it["weight"] * it["scale"], digits.products) == it["times"]
    assert rounded(it["weight"] * it["shift"], digits.products) == it["added"]
    assert rounded(it["times"] * it["x"] + it["added"], digits.out) == it["out"]


def test_the_running_bar_is_tugged_towards_the_batch_and_less_each_time() -> None:
    axis = Axis((0.0, 10.0), np.zeros(3), 10.0)
    shown, seen = ValueTracker(0), ValueTracker(0)
    company = Company(axis.lane, np.array([3.0, 5.0, 4.0]), [np.array([0, 1])], 2, shown, -1.0)
    bar = RunningBar(axis, np.array([0.0, 2.0, 3.0]), np.array([1.0, 1.5, 2.0]), seen, -3.0, company)
    assert company.middle == pytest.approx([4.0, -1.0 - TALL])
    assert bar.middle == pytest.approx([0.0, -3.0, 0.0])
    seen.set_value(1)
    assert bar.middle == pytest.approx([2.0, -3.0, 0.0])
    seen.set_value(2)
    assert [each.get_x() for each in bar.ruler()] == pytest.approx([1.0, 3.0, 5.0])


def test_what_a_row_is_in_use_is_what_the_ruler_shows() -> None:
    batches, x = LESSON.batches, float(LESSON.data.features[0, 0])
    mean, variance = batches.running_statistics(passes(LESSON))
    spreads = (x - mean[-1, 0]) / np.sqrt(variance[-1, 0])
    assert in_use(LESSON) == pytest.approx(spreads, rel=1e-3)


def test_two_rows_go_from_where_they_are_to_the_two_signs_however_near_they_are() -> None:
    before, after = pairs(LESSON, 0, 0)
    apart = np.abs(before[:, 0] - before[:, 1])
    assert list(apart) == sorted(apart)
    assert np.abs(after) == pytest.approx(np.ones_like(after), abs=0.02)
    assert np.sign(after[:, 0] - after[:, 1]) == pytest.approx(np.sign(before[:, 0] - before[:, 1]))
    clock = ValueTracker(0)
    line = PairLine(Lane((-2, 2), np.zeros(3), 4), before, after, clock)
    assert line.places == pytest.approx(before[0])
    clock.set_value(1.0)
    assert line.places == pytest.approx(before[1])
    clock.set_value(len(before))
    assert line.places == pytest.approx(after[-1])
