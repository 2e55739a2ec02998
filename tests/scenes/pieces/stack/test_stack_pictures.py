"""A stack's picture: every sum, every light and every figure is what the passes have."""

from __future__ import annotations

from functools import cache

import cairo
import numpy as np
import pytest
from manim import DL, UR, ManimColor, Mobject, ValueTracker

from bn_math import DeepStack, Lesson, sigmoid, sigmoid_slope
from bn_math.networks.stack import FLAT
from scenes import vanishing_gradient
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas
from scenes.kit.lettering.places import SQUARE, WIDE, Box, Places
from scenes.kit.script.words import Words
from scenes.pieces.stack.light import ARRIVED, Light
from scenes.pieces.stack.panes import Panes
from scenes.pieces.stack.readings import Readings
from scenes.pieces.stack.room import StackRoom, Stage
from scenes.pieces.stack.slope import ENDS, SlopePicture
from scenes.pieces.stack.sums import DOTS, Sums

ORANGE, BLUE = ManimColor("#FF8000"), ManimColor("#0040FF")
BOX = Box(-4.0, 4.8, -2.0, 3.0)
DEPTH = 6


@cache
def lesson() -> Lesson:
    return Lesson.article(deep=DeepStack(depth=DEPTH, width=8, batch=12))


@cache
def sums() -> Sums:
    return Sums.of([lesson().plain_stack.passes, lesson().normalized_stack.passes])


@pytest.fixture
def room() -> StackRoom:
    return StackRoom(BOX, 2.0, Stage(DEPTH))


def painted(mobject: Panes | Light) -> Array:
    """The opacities of a picture of it, 40 pixels a unit, the top row first."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, 400, 320)
    context = cairo.Context(surface)
    context.translate(200, 160)
    context.scale(40, -40)
    mobject.paint(Canvas(context))
    return np.ndarray((320, 400, 4), np.uint8, surface.get_data())[..., 3].astype(float)


def row(y: float) -> int:
    return round(160 - 40 * y)


def column(x: float) -> int:
    return round(200 + 40 * x)


# -- where the layers stand ----------------------------------------------------------------------------------
def test_last_layers_stay_and_room_is_made_for_more_at_the_left(room: StackRoom) -> None:
    first, last = float(room.x(DEPTH - 1)), float(room.x(0))
    assert last < BOX.right and first > BOX.left + 2.0
    room.stage.reach.set_value(11)
    assert float(room.x(10)) == pytest.approx(first) and float(room.x(0)) == last
    room.stage.windowed.set_value(0)
    assert float(room.x(10)) == pytest.approx(BOX.left + 0.25)


def test_the_light_lies_below_the_sums_and_never_reaches_into_them(room: StackRoom) -> None:
    assert room.light_y + room.light_room < room.upper.bottom
    assert room.light_y - room.light_room > BOX.bottom


# -- sums ----------------------------------------------------------------------------------------------------
def test_as_many_dots_lie_beyond_the_flat_ends_as_sums(room: StackRoom) -> None:
    shares = (np.abs(sums().quantiles[0]) > FLAT).mean(axis=1)
    np.testing.assert_allclose(shares, lesson().plain_stack.passes.flat_shares(FLAT), atol=2 / DOTS)


def test_a_run_goes_forward_layer_by_layer_in_place_of_the_one_before() -> None:
    found = sums()
    np.testing.assert_allclose(found.at(1.0), np.clip(found.quantiles[0] / found.reach, -1, 1))
    np.testing.assert_allclose(found.at(2.0), np.clip(found.quantiles[1] / found.reach, -1, 1))
    run, share = found.shares(1.5)
    assert run == 1 and (np.diff(share) <= 0).all() and share[0] == 1 and share[-1] == 0


def test_dots_stand_apart_across_a_pane() -> None:
    across = np.sort(sums().across)
    assert across[0] > -1 and across[-1] < 1 and np.diff(across).max() < 4 / DOTS


def test_a_sum_stands_at_its_height_and_panes_are_there_before_their_sums(room: StackRoom) -> None:
    panes = Panes(room, sums(), [ORANGE, BLUE], DEPTH)
    middle = room.upper.center[1]
    assert panes.height(0.0) == pytest.approx(middle)
    assert room.upper.bottom < panes.height(-1.0) < panes.height(1.0) < room.upper.top
    before = painted(panes)
    assert before[:, column(float(room.x(0)))].max() > 0
    room.stage.sent.set_value(1.0)
    assert (painted(panes) - before)[row(middle)].max() > 50


def test_panes_that_have_no_room_yet_are_not_seen(room: StackRoom) -> None:
    room.stage.windowed.set_value(0)
    panes = Panes(room, sums(), [ORANGE, BLUE], 2 * DEPTH)
    assert painted(panes)[:, : column(BOX.left - 0.3)].max() == 0
    room.stage.reach.set_value(2 * DEPTH)
    assert painted(panes)[:, column(float(room.x(2 * DEPTH - 1)))].max() > 0


# -- the light -----------------------------------------------------------------------------------------------
def test_the_light_is_as_high_as_the_gradient_is_long(room: StackRoom) -> None:
    norms = lesson().plain_stack.passes.signal_gradient_norms
    light = Light(room, norms / norms[-1], 0.8, ORANGE)
    np.testing.assert_allclose(light.height(np.arange(DEPTH)), 0.8 * norms[::-1] / norms[-1])
    light.back.set_value(1.0)
    seen = painted(light)
    for back in (0, 1):
        x, height = column(float(room.x(back))), float(light.height(back))
        lit = np.flatnonzero(seen[:, x] > 20)
        assert np.ptp(lit) / 80 == pytest.approx(height, abs=0.06)


def test_the_light_comes_from_the_last_layer_to_the_first(room: StackRoom) -> None:
    light = Light(room, np.ones(DEPTH), 0.8, ORANGE)
    assert painted(light).max() == 0
    light.back.set_value(0.4 * ARRIVED)
    assert light.front == pytest.approx(2.0)
    seen = painted(light)[row(room.light_y)]
    assert seen[column(float(room.x(1)))] > 20 and seen[column(float(room.x(DEPTH - 1)))] == 0
    light.back.set_value(1.0)
    assert painted(light)[row(room.light_y), column(float(room.x(DEPTH - 1)))] > 20


def test_a_light_takes_on_the_alarm_where_it_is_higher_than_the_panes(room: StackRoom) -> None:
    room.stage.windowed.set_value(0)
    assert room.light_y == BOX.center[1]
    light = Light(room, 2.0 ** np.arange(DEPTH)[::-1], 0.5, BLUE, ORANGE)
    assert light.tint(0) == BLUE and light.height(DEPTH - 1) > BOX.height / 2
    assert light.tint(DEPTH - 1) == ORANGE
    assert Light(room, light.sizes, 0.5, BLUE).tint(DEPTH - 1) == BLUE


# -- the slope -----------------------------------------------------------------------------------------------
def test_the_tangent_touches_the_sigmoid_and_is_as_steep() -> None:
    at = ValueTracker(0.0)
    picture = SlopePicture(BOX, 6.0, at, str)
    for z in (-3.0, 0.0, 2.0):
        at.set_value(z)
        _, line, dot = picture.tangent.update()
        np.testing.assert_allclose(dot.get_center(), picture.point(z, float(sigmoid(z))), atol=1e-6)
        unit, way = picture.point(1, 1) - picture.point(0, 0), line.get_end() - line.get_start()
        assert (way[1] / unit[1]) / (way[0] / unit[0]) == pytest.approx(float(sigmoid_slope(z)), rel=1e-4)
        assert picture.hump.update().get_right()[0] == pytest.approx(picture.point(z, 0)[0], abs=1e-6)


def test_beside_the_panes_the_slope_stands_at_their_sums_scale(room: StackRoom) -> None:
    panes = Panes(room, sums(), [ORANGE, BLUE], DEPTH)
    picture = SlopePicture(BOX, 6.0, ValueTracker(6.0), str)
    names, before = picture.upright_names(panes, 0.0), picture.hump.points
    np.testing.assert_allclose(
        picture.turned(panes, 0.0, 0.0)[:-1].max(axis=0), before.max(axis=0), atol=1e-6
    )
    hump = picture.turned(panes, 0.0, 1.0)
    leftmost = hump[hump[:, 0].argmin()]
    assert leftmost[1] == pytest.approx(float(panes.height(0.0)), abs=1e-3)
    assert [name.get_y() < panes.height(0.0) for name in (names[0], names[2])] == [True, False]
    assert all(name.get_right()[0] < 0 for name in names) and len(picture.names) == ENDS + 3


def apart(one: Mobject, other: Mobject) -> bool:
    """Whether two things do not lie over each other."""
    (left, low, _), (right, high, _) = (it.get_corner(corner) for it, corner in ((one, DL), (one, UR)))
    (x, y, _), (u, v, _) = (it.get_corner(corner) for it, corner in ((other, DL), (other, UR)))
    return bool(right < x or u < left or high < y or v < low)


# -- what is written -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("places", [WIDE, SQUARE], ids=["wide", "square"])
def test_figures_are_the_passes_own_and_fit(places: Places) -> None:
    stage = Stage(DEPTH)
    box = places.whole.part(0, 1, *(vanishing_gradient.WIDE if places is WIDE else vanishing_gradient.SQUARE))
    readings = Readings(StackRoom(box, 2.0, stage), places.whole, Words("VanishingGradient", lesson()))
    runs = lesson().plain_stack.passes, lesson().normalized_stack.passes
    flat = readings.flat_share(runs)
    for sent, run in ((1.0, runs[0]), (2.0, runs[1])):
        stage.sent.set_value(sent)
        assert flat[0].update().written == str(round(100 * run.flat_shares().mean()))
    palette = theme.current()
    growth = readings.growth(runs[0], palette.valley)
    assert f"{runs[0].signal_growth:.2f}" in growth[0].markup
    relu = readings.named("relu", runs[0], palette.valley, is_above=False)
    assert "at layer" in relu[1][0].name
    normalized = readings.named("relu_normalized", runs[1], palette.bowl, is_above=True)
    rows = [flat, growth, relu, normalized, readings.layers(DEPTH), readings.kind("small", palette.valley)]
    rows += [readings.moving("gradient"), readings.moving("source", year=2019)]
    assert all(places.whole.holds(item, 0.02) for item in rows)
    numbers, kind = readings.layers(DEPTH), readings.kind("normalized", palette.bowl)
    for one, other in ((numbers[0], relu), (relu, numbers[1]), (kind, numbers[0]), (kind, growth)):
        assert apart(one, other) and apart(other, one)
    assert not (flat.get_right()[0] > growth.get_left()[0] and flat.get_top()[1] > growth.get_bottom()[1])
