"""The surface of rays: level along every ray, swept by one of them, and what is drawn on it."""

from __future__ import annotations

import cairo
import numpy as np
import pytest
from manim import ValueTracker

from bn_math import Lesson
from scenes.kit import theme
from scenes.kit.drawing.canvas import Canvas, Painted
from scenes.kit.lettering import places
from scenes.kit.script.words import Words
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.rays.figures import length_and_loss
from scenes.pieces.rays.floor import RayFloor, framed
from scenes.pieces.rays.marks import LengthCircle, LyingRay, Plumb, RayBall, RightAngle
from scenes.pieces.rays.rates import NeuronCurve
from scenes.pieces.rays.surface import RayFan
from scenes.pieces.rays.window import RayWindow

ARTICLE = Lesson.article()
RUN = ARTICLE.story.neuron_run
LOSS = ARTICLE.story.shown_neuron.loss
WINDOW = RayWindow.around(LOSS, RUN)
ANGLES = np.linspace(0, 2 * np.pi, 17)
UNITS = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])


def fan(azimuth: float = 20.0, zenith: float = 50.0) -> RayFan:
    return RayFan(WINDOW, Viewpoint(azimuth, zenith, 0.05), RUN[0])


def painted(*things: Painted) -> np.ndarray:
    """The picture of things, (360, 640, 4)."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, 640, 360)
    context = cairo.Context(surface)
    context.set_matrix(cairo.Matrix(45, 0, 0, -45, 320, 180))
    for thing in things:
        thing.paint(Canvas(context, swapped=False))
    return np.ndarray((360, 640, 4), np.uint8, surface.get_data()).copy()


def test_every_ray_is_level_and_as_high_as_its_loss() -> None:
    near, far = WINDOW.place(0.1 * UNITS), WINDOW.place(1.3 * UNITS)
    np.testing.assert_allclose(near[:, 2], far[:, 2], atol=1e-12)
    share = (LOSS.value(UNITS) - LOSS.minimum) / (LOSS.maximum - LOSS.minimum)
    np.testing.assert_allclose(near[:, 2], WINDOW.top * share, atol=1e-9)


def test_the_slope_is_the_surface_s_own_and_has_nothing_of_the_ray_in_it() -> None:
    ground = 1.7 * UNITS
    slope, step = WINDOW.slope(ground), 1e-6
    for axis in (0, 1):
        move = step * np.eye(2)[axis]
        rise = WINDOW.lifted(ground + move)[:, 2] - WINDOW.lifted(ground - move)[:, 2]
        np.testing.assert_allclose(slope[:, axis], rise / (2 * step), atol=1e-5)
    assert np.abs((slope * ground).sum(axis=1)).max() < 1e-12


def test_nothing_is_asked_of_the_origin_and_a_slope_of_zero_is_one() -> None:
    assert np.isfinite(WINDOW.place(np.zeros(2))).all() and np.isfinite(WINDOW.slope(np.zeros(2))).all()
    lowest = np.asarray(LOSS.ray)
    assert np.abs(WINDOW.slope(lowest)).max() < 1e-9
    drawn = painted(fan(), RayBall(fan(), np.stack([lowest, lowest]), ValueTracker(0.5)))
    assert drawn[..., 3].any()
    assert not RightAngle.fits(fan(), lowest, lowest)
    painted(RightAngle(fan(), lowest, lowest), LyingRay(fan(), lambda: np.zeros(2)))


def test_the_run_lies_on_the_disc() -> None:
    distance = np.linalg.norm(WINDOW.ground(RUN), axis=1)
    assert distance.min() > WINDOW.hole and distance.max() < WINDOW.radius
    assert (np.diff(distance) > 0).all()


def test_what_lies_behind_a_higher_ray_is_hidden_and_what_is_before_it_is_seen() -> None:
    lowest = float(np.degrees(np.arctan2(LOSS.ray[1], LOSS.ray[0])))
    weights = 0.5 * np.array([LOSS.ray, -LOSS.ray])
    assert fan(lowest, 75).lay(weights)[1][0] > 0
    assert (fan(lowest + 90, 75).lay(weights)[1] < 0).all()  # a ridge stands before the valley
    assert (fan(lowest + 90, 0).lay(weights)[1] > 0).all()
    beyond = fan().lay(2 * WINDOW.reach * UNITS)[1]
    assert (beyond < 0).all() and fan().lay(np.zeros((1, 2)))[1][0] < 0


def test_it_is_swept_from_the_start_s_ray_on() -> None:
    shape = fan()
    assert not painted(shape.sweep(0.0)).any()
    filled = [int((painted(fan().sweep(share))[..., 3] > 0).sum()) for share in (0.25, 0.5, 1.0)]
    assert 0 < filled[0] < filled[1] < filled[2]
    np.testing.assert_allclose(fan().sweep(0.0).tip, RUN[0] / np.linalg.norm(RUN[0]), atol=1e-12)
    np.testing.assert_allclose(fan().sweep(0.5).tip, -fan().sweep(0.0).tip, atol=1e-12)


@pytest.mark.parametrize("azimuth", [-100.0, 10.0, 77.0, 190.0])
@pytest.mark.parametrize("zenith", [30.0, 56.0])
def test_wherever_the_viewer_stands_all_of_it_is_in_the_picture(azimuth: float, zenith: float) -> None:
    box = places.WIDE.picture
    shape = RayFan(WINDOW, framed(WINDOW, box, azimuth, zenith), RUN[0])
    for outline in (*shape.outlines, *RayFloor(shape).outlines):
        assert outline[:, 0].min() >= box.left - 0.02 and outline[:, 0].max() <= box.right + 0.02
        assert outline[:, 1].min() >= box.bottom - 0.02 and outline[:, 1].max() <= box.top + 0.02


def test_marks_are_drawn() -> None:
    shape = fan()
    floor, clock = RayFloor(shape), ValueTracker(0.0)
    ball = RayBall(shape, RUN, clock)
    for thing in (
        floor,
        ball,
        Plumb(ball, floor),
        LengthCircle(shape, RUN[0], theme.current().iso),
        RightAngle(shape, RUN[0], RUN[1]),
        LyingRay(shape, lambda: RUN[0]),
    ):
        assert painted(thing).any()
    place, way = floor.end(0)
    assert np.linalg.norm(way) == pytest.approx(1) and np.isfinite(place).all()


def test_the_figures_are_the_length_and_the_loss_where_the_ball_is() -> None:
    clock = ValueTracker(1.0)
    length, height = (
        group[0] for group in length_and_loss(Words("InsideTheNetwork", ARTICLE), LOSS, clock, RUN)
    )
    assert length.written == f"{np.linalg.norm(RUN[1]):.2f}"
    assert int("".join(filter(str.isdigit, height.written))) == round(float(LOSS.value(RUN[1])))


def test_the_curve_of_rates_has_those_that_arrive_alone() -> None:
    rates = np.array([1e-2, 1.0, 1e4])
    curve = NeuronCurve(ARTICLE.standardized_neuron, rates, theme.current().bowl)
    np.testing.assert_allclose(curve.rates, rates)
    assert curve.most == curve.steps.max() and curve.cliff == 1e4 and curve.steps.min() >= 1
