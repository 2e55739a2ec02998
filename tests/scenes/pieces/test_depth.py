"""The deep stack's picture: every layer, every share and every gradient stands where its number says."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import DeepStack
from scenes.pieces.depth import (
    MARKERS,
    GradientAxis,
    GradientLine,
    Layers,
    SignalRow,
    first_layer,
    level_line,
    marker,
)

STACK = DeepStack(depth=6, width=8, batch=12)
BLUE = "#0000FF"


@pytest.fixture
def layers() -> Layers:
    return Layers(ValueTracker(6), -1.0, 4.0)


def test_last_layers_stand_in_line_and_room_can_be_made_for_more(layers: Layers) -> None:
    assert [layers.x(back) for back in (0, 1, 5)] == [4.0, 3.0, -1.0]
    layers.reach.set_value(11)
    assert [layers.x(back) for back in (0, 10)] == [4.0, -1.0]
    assert layers.x(5) == pytest.approx(1.5)


def test_histograms_stand_at_their_layers_and_share_one_scale(layers: Layers) -> None:
    row = SignalRow(layers, STACK.depth, 3, -2.0, 2.0, 8.0, 2.0)
    assert list(row.shown) == [0, 2, 4]
    shapes = row.histograms(STACK.passes, BLUE)
    shares = STACK.passes.histograms(row.edges)
    widest = [0.5 * shape.width / shares[layer].max() for shape, layer in zip(shapes, row.shown, strict=True)]
    np.testing.assert_allclose(widest, widest[0], rtol=1e-6)
    for shape, layer in zip(shapes, row.shown, strict=True):
        assert shape.get_x() == pytest.approx(layers.x(STACK.depth - 1 - layer))
        filled = row.edges[:-1][shares[layer] > 0]
        assert shape.get_bottom()[1] == pytest.approx(row.y(filled[0]))
        assert shape.get_top()[1] == pytest.approx(row.y(filled[-1] + 0.5))
    assert (row.band.get_bottom()[1], row.band.get_top()[1]) == pytest.approx((-0.5, 0.5))


@pytest.mark.parametrize("wanted, shown", [(1, [0]), (2, [0, 3]), (4, [0, 2, 4]), (6, [0, 1, 2, 3, 4, 5])])
def test_layers_are_chosen_evenly_and_the_first_is_among_them(
    layers: Layers, wanted: int, shown: list[int]
) -> None:
    assert list(SignalRow(layers, 6, wanted, -1.0, 1.0, 4.0, 2.0).shown) == shown


def test_a_gradient_is_drawn_back_from_the_last_layer(layers: Layers) -> None:
    axis = GradientAxis(layers, -2.0, -3.0, 1.0, 0.5)
    ratios = [1e-3, 1e-2, 1e-1, 10.0, 1.0, 1.0]
    back = ValueTracker(0)
    line = GradientLine(axis, ratios, back, BLUE, "circle")
    assert line.line.width == pytest.approx(0.0)
    back.set_value(2.5)
    line.update()
    assert line.line.get_right()[0] == pytest.approx(4.0)
    assert line.line.get_left()[0] == pytest.approx(1.5)
    assert [mark.get_fill_opacity() for mark in line.marks] == [1.0, 1.0, 1.0, 0.0, 0.0, 0.0]
    back.set_value(5)
    line.update()
    for step, (mark, ratio) in enumerate(zip(line.marks, reversed(ratios), strict=True)):
        np.testing.assert_allclose(mark.get_center()[:2], [4.0 - step, -2.0 + 0.5 * (np.log10(ratio) + 3)])
    layers.reach.set_value(11)
    line.update()
    assert line.line.get_left()[0] == pytest.approx(1.5)


def test_long_lines_are_marked_every_so_many_layers(layers: Layers) -> None:
    axis = GradientAxis(layers, -2.0, -3.0, 1.0, 0.5)
    layers.reach.set_value(60)
    line = GradientLine(axis, [1.0] * 60, ValueTracker(59), BLUE, "square")
    assert len(line.marks) == 20
    assert line.marks[1].get_x() == pytest.approx(layers.x(3))


def test_the_axis_has_a_mark_for_every_power_or_every_other(layers: Layers) -> None:
    few, many = GradientAxis(layers, -2.0, -3.2, 1.3, 0.5), GradientAxis(layers, -2.0, -5.3, 4.3, 0.3)
    # An axis line, and for each power a tick and a number.
    assert [len(part) for part in (few.lower, few.upper)] == [1 + 2 * 4, 1 + 2 * 1]
    assert [len(part) for part in (many.lower, many.upper)] == [1 + 2 * 3, 1 + 2 * 2]
    assert few.y(1.0) == pytest.approx(-2.0 + 0.5 * 3.2) == few.level.get_y()


def test_the_name_of_the_first_layer_stays_below_it(layers: Layers) -> None:
    name = first_layer("first", layers, 6, -2.0)
    assert name[0].get_x() == pytest.approx(-1.0)
    layers.reach.set_value(11)
    name.update()
    assert name[0].get_x() == pytest.approx(1.5)
    assert name[1].get_top()[1] < -2.0


def test_markers_differ_in_more_than_color() -> None:
    assert len({len(marker(shape, BLUE).points) for shape in MARKERS}) == len(MARKERS)


def test_a_line_for_comparison_goes_from_the_last_layer_to_the_first(layers: Layers) -> None:
    axis = GradientAxis(layers, -2.0, -3.0, 1.0, 0.5)
    line = level_line(axis, np.array([0.1, 1.0, 1.0, 1.0, 1.0, 1.0]), BLUE)
    assert line.get_right()[0] == pytest.approx(4.0)
    assert line.get_left()[0] == pytest.approx(-1.0, abs=0.1)
    assert line.get_top()[1] == pytest.approx(axis.y(1.0))
