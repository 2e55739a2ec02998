"""Fans of losses along each step, the axis of others, and curves of networks that are shaken."""

from __future__ import annotations

import numpy as np
import pytest
from manim import ValueTracker

from bn_math import AlongGradient, Shaking
from scenes.kit import theme
from scenes.kit.lettering import places
from scenes.kit.script import words
from scenes.kit.script.words import Words
from scenes.pieces.why.cloud import OFF, WIDER, inside
from scenes.pieces.why.curves import KINDS, Curves
from scenes.pieces.why.fan import Fan, ways
from scenes.pieces.why.landing_chart import LandingChart
from scenes.pieces.why.log_axis import LogAxis

SHARES = np.array([0.05, 0.2, 0.4])
LOSS = np.array([[[1.0, 0.5, 4.0]] * 5, [[1.0, 0.6, 0.3]] * 5])[..., None] * np.array([1.0, 1.2, 0.9])


def the_words() -> Words:
    return words.current("WhyItWorks", "BeatScene")


def test_a_curve_meets_what_was_measured_and_swings_no_farther() -> None:
    x, y = ways(SHARES, LOSS[0, :, :, 0])
    np.testing.assert_allclose([x[0], x[-1]], SHARES[[0, -1]])
    np.testing.assert_allclose(y[:, [0, -1]], LOSS[0, :, [0, -1], 0].T)
    assert y.min() >= 0.5 - 1e-9 and y.max() <= 4.0 + 1e-9


def test_a_loss_without_end_is_drawn_higher_than_any_other() -> None:
    _, y = ways(SHARES, np.array([[1.0, 2.0, np.inf], [np.nan, 1.0, 1.0]]))
    assert np.isfinite(y).all() and y.max() > 2.0


def test_the_newest_goes_its_way_while_others_stay() -> None:
    curves = np.stack([np.linspace([0.0, k], [1.0, k], 11) for k in range(3)])
    clock = ValueTracker(1.5)
    fan = Fan(curves, places.WIDE.whole, theme.current().valley, clock, [2, 0, 1])
    np.testing.assert_allclose(fan.newest()[-1], [0.5, 0.0])
    clock.set_value(3)
    np.testing.assert_allclose(fan.newest()[-1], [1.0, 1.0])


@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE])
@pytest.mark.parametrize("loss", [LOSS, np.full_like(LOSS, np.inf), np.zeros_like(LOSS)])
def test_both_fans_stand_side_by_side_on_the_same_axes(where: places.Places, loss: np.ndarray) -> None:
    case = AlongGradient("relu", 0.1, np.arange(5), SHARES, loss)
    chart = LandingChart(case, 6, the_words(), where)
    without, with_it = chart.sides
    assert without.right < with_it.left and without.width == pytest.approx(with_it.width)
    assert (without.bottom, without.top) == (with_it.bottom, with_it.top)
    for fan in chart.fans:
        assert np.isfinite(fan.curves).all() and sorted(fan.order) == list(range(5))
    for shown in (chart.grid(), chart.network(), chart.name(0), chart.name(1)):
        assert where.whole.holds(shown, slack=0.05)


def test_a_height_is_the_loss_of_the_run_in_the_middle() -> None:
    chart = LandingChart(AlongGradient("relu", 0.1, np.arange(5), SHARES, LOSS), 6, the_words(), places.WIDE)
    for side, fan in enumerate(chart.fans):
        heights = (fan.curves[:, [0, -1], 1] - chart.box.bottom) / chart.box.height
        np.testing.assert_allclose(heights * chart.most, LOSS[side, :, [0, -1], chart.run].T)


def test_a_ring_holds_all_dots_of_a_cloud_that_is_tugged() -> None:
    rows = np.random.default_rng(1).normal(size=(50, 2))
    unit = inside(rows, 2.0)
    for turn in np.linspace(0, 2 * np.pi, 12):
        off = OFF * np.array([np.cos(turn), np.sin(turn)])
        assert np.linalg.norm(unit * (off + WIDER * rows), axis=1).max() < 2.0


def test_what_is_so_many_times_is_so_long_wherever_it_stands() -> None:
    axis = LogAxis.of(places.WIDE.whole, np.array([0.1, 10.0]))
    heights = axis.heights(np.array([0.1, 0.2, 5.0, 10.0]))
    assert heights[1] - heights[0] == pytest.approx(heights[3] - heights[2])
    assert axis.ticks() == [0.1, 1.0, 10.0]


@pytest.mark.parametrize("losses", [[np.inf], [0.0, 2.0], [2.25, 2.3], [1e-9, 1e9], [np.nan, 1.0]])
def test_an_axis_holds_any_losses(losses: list[float]) -> None:
    axis = LogAxis.of(places.WIDE.whole, np.array(losses))
    assert 0 < axis.least < axis.most and np.isfinite(axis.heights(np.array(losses))).all()
    assert 1 <= len(axis.ticks()) <= 5
    assert all(axis.least <= tick <= axis.most for tick in axis.ticks())


@pytest.mark.parametrize("where", [places.WIDE, places.SQUARE])
def test_curves_and_their_names_stand_in_their_room(where: places.Places) -> None:
    loss = np.full((3, 5, 2), np.array([2.0, 1.0, 0.7, 0.4, 0.2])[:, None])
    loss[0, 3:] = np.inf
    room = where.whole.part(left=0.4) if where.whole.is_wide else where.whole.part(top=0.52)
    found = Shaking(0.1, 0.3, np.arange(5), loss)
    curves = Curves(found, 6, room, the_words())
    for line in curves.lines:
        assert np.isfinite(line.line).all()
    for named in (curves.grid(), *(curves.named(kind) for kind in range(len(KINDS)))):
        assert where.whole.holds(named, slack=0.05)
