"""No bite is missing from a rim: neither where a level just closes, nor where only the wall is cut."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cairo
import numpy as np
import pytest

from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.trough.seen import Seen
from scenes.kit.surface.trough.solid import Solid
from scenes.kit.surface.trough.window import CLOSES, LONG, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint

WALL = 0.066
ACROSS = 1.5


@dataclass(frozen=True)
class Loss:
    """Of one condition number, its flat direction a little aslant."""

    condition_number: float

    @property
    def hessian(self) -> Array:
        turn = np.array([[np.cos(0.3), -np.sin(0.3)], [np.sin(0.3), np.cos(0.3)]])
        return np.asarray(turn @ np.diag([1.0, self.condition_number]) @ turn.T)

    @property
    def minimizer(self) -> Array:
        return np.zeros(2)


def window(reaches: float, nearest: float = 2.0) -> CutWindow:
    """One whose level reaches so many times as far as the nearest cuts."""
    number = (reaches * nearest / ACROSS) ** 2
    return CutWindow(Loss(number), 0.5 * number * ACROSS**2, 1.0, 1.2, nearest)


@pytest.mark.parametrize("reaches", [0.8, 0.97, 1.0, 1.03, CLOSES])
def test_a_level_that_reaches_just_over_its_cuts_is_whole(reaches: float) -> None:
    solid = Solid(window(reaches), WALL)
    assert solid.inner.is_closed and solid.outer.is_closed


@pytest.mark.parametrize("reaches", [LONG, 2.0, 50.0])
def test_one_that_reaches_far_over_them_is_cut_there(reaches: float) -> None:
    assert window(reaches).length == window(reaches).nearest


def test_in_between_the_cuts_go_out_without_a_jump() -> None:
    lengths = [window(reaches).length for reaches in np.linspace(LONG, CLOSES, 200)]
    steps = np.diff(lengths)
    assert (steps >= 0).all() and steps.max() < 0.01


@pytest.mark.parametrize("azimuth", [20.0, 110.0, 200.0, 290.0])
@pytest.mark.parametrize("wall", [0.066, 0.3])
def test_the_top_of_a_wall_is_drawn_all_the_way_round(wall: float, azimuth: float) -> None:
    """Also where the wall alone is cut: every place on top of it lies within an outline of the rim."""
    cut = replace(window(1.0), nearest=1.0)
    cut.__dict__["length"] = 1.02 * Solid(cut, wall).inner.half_axes[0]
    view = Viewpoint(azimuth=azimuth, zenith=50, perspective=0.05)
    seen = Seen(cut, view, wall)
    assert seen.solid.inner.is_closed and not seen.solid.outer.is_closed
    turn = np.linspace(0, 2 * np.pi, 200)
    middle = (seen.solid.inner.half_axes + seen.solid.outer.half_axes) / 2
    along, across = middle[0] * np.cos(turn), middle[1] * np.sin(turn)
    along = np.clip(along, -0.999 * cut.length, 0.999 * cut.length)
    top = np.column_stack([np.column_stack([along, across]) @ cut.directions, np.full(200, cut.top)])
    places = seen.sight.project(top)
    facing = seen.sight.facing(seen.solid.outer, top[:, :2])
    assert all(_within(seen.rim, place) for place in places)
    assert all(_within(seen.near_rim, place) for place in places[facing < -0.02])


def _within(outlines: list[Array], place: Array) -> bool:
    context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 1, 1))
    for outline in outlines:
        context.new_sub_path()
        for point in 1000 * outline:  # cairo counts in 256ths
            context.line_to(*point)
        context.close_path()
    return bool(context.in_fill(*(1000 * place)))
