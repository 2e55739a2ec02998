"""What every pixel shows, against a ray that is followed step by step until it meets the solid."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import ManimColor
from scipy.ndimage import maximum_filter, minimum_filter

from bn_math import LeastSquares
from scenes.kit import theme
from scenes.kit.surface.trough import trough as drawn
from scenes.kit.surface.trough.shading import Shading
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import CutWindow
from scenes.kit.surface.viewpoint import Viewpoint

WIDTH, HEIGHT, STEPS, FAR = 128, 72, 450, 4.5
NOTHING, INSIDE, OUTSIDE, RIM, FACE, FLOOR = range(6)
PAINT = {
    INSIDE: (1.0, 0, 0),
    OUTSIDE: (0, 1.0, 0),
    RIM: (0, 0, 1.0),
    FACE: (1.0, 1.0, 0),
    FLOOR: (1.0, 0, 1.0),
}


def rays(view: Viewpoint) -> Any:
    """Points along the line of sight of every pixel, from the near end on: (HEIGHT, WIDTH, STEPS, 3)."""
    right, up, towards = view.axes
    perspective, (x0, y0, scale) = view.points[0, 2], view.points[1]
    x = (np.arange(WIDTH) + 0.5) * 8 / HEIGHT - 4 * WIDTH / HEIGHT
    y = 4 - (np.arange(HEIGHT) + 0.5) * 8 / HEIGHT
    plane = ((x[None, :, None] - x0) * right + (y[:, None, None] - y0) * up) / scale
    depth = np.linspace(FAR, -FAR, STEPS)[:, None]
    if perspective == 0:
        return plane[:, :, None] + depth * towards
    eye = towards / perspective
    return eye + (1 - depth * perspective) * (plane[:, :, None] - eye)


def marched(trough: Trough, loss: LeastSquares, view: Viewpoint) -> Any:
    """What each pixel's ray meets first, (HEIGHT, WIDTH)."""
    window, outer = trough.window, trough.seen().solid.outer
    rows = loss.data.features
    best = np.linalg.lstsq(rows, loss.data.target, rcond=None)[0]
    found = np.zeros((HEIGHT, WIDTH), dtype=int)
    for row, points in enumerate(rays(view)):
        z, ground = points[..., 2], points[..., :2]
        along = np.abs(ground @ window.directions[0])
        away = window.weights(ground) - best
        inner = np.einsum("...i,ij,...j->...", away, rows.T @ rows / len(rows), away) * window.height_per_loss
        under = np.einsum("...i,ij,...j->...", ground, outer.form, ground) - outer.drop
        solid = (z <= window.top) & (along <= window.length) & (z <= inner) & (z >= under)
        floor = (z <= trough.floor.level) & (z > trough.floor.level - 0.05)
        floor &= (np.abs(ground) <= trough.floor.reach).all(axis=-1)
        hit = solid | floor
        first = np.maximum(hit.argmax(axis=1), 1)
        column = np.arange(WIDTH)
        before = column, first - 1
        kind = np.where(z[before] > inner[before], INSIDE, OUTSIDE)
        kind = np.where(along[before] > window.length, FACE, kind)
        kind = np.where(z[before] > window.top, RIM, kind)
        kind = np.where(floor[column, first] & ~solid[column, first], FLOOR, kind)
        found[row] = np.where(hit.any(axis=1), kind, NOTHING)
    return found


@pytest.fixture
def flat_colors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind of surface in one color of its own."""

    def flat(kind: int) -> Any:
        return lambda self, *args: np.broadcast_to(PAINT[kind], (*args[-1].shape[:-1], 3))

    monkeypatch.setattr(Shading, "inside", flat(INSIDE))
    monkeypatch.setattr(Shading, "outside", flat(OUTSIDE))
    monkeypatch.setattr(Shading, "floor", flat(FLOOR))
    monkeypatch.setattr(drawn, "_lit", lambda color, seen: ManimColor(PAINT[FACE]))


def shown(picture: Any, rim: Any) -> Any:
    """The kind of surface whose color each pixel has; -1 for a mixture."""
    colors = np.array([theme.current().background.to_rgb(), *PAINT.values()])
    order = [NOTHING, *PAINT]
    colors[order.index(RIM)] = rim
    distance = np.abs(picture[..., None, :] / 255 - colors).max(axis=-1)
    return np.where(distance.min(axis=-1) < 0.05, np.array(order)[distance.argmin(axis=-1)], -1)


@pytest.mark.usefixtures("flat_colors")
def test_every_pixel_shows_what_its_ray_meets(
    cut: CutWindow, loss: LeastSquares, view: Viewpoint, picture_of: Any
) -> None:
    trough = Trough(cut, view, lines=0, wall=0.12)
    expected = marched(trough, loss, view)
    trough.floor._grid = lambda *_: []  # type: ignore[method-assign]
    picture = picture_of(trough, width=WIDTH, height=HEIGHT)
    found = shown(picture, theme.current().rim.to_rgb())
    # A pixel at an edge is a mixture: those are looked at whose neighbors all meet the same.
    even = (minimum_filter(expected, 3) == maximum_filter(expected, 3)) & (found != -1)
    assert even.mean() > 0.7
    wrong = even & (found != expected)
    assert wrong.sum() == 0, [(expected[p], found[p], p) for p in map(tuple, np.argwhere(wrong)[:5])]
    assert {INSIDE, FLOOR} <= set(np.unique(expected[even]))
    mixed = (minimum_filter(expected, 3) == maximum_filter(expected, 3)) & (found == -1)
    assert mixed.mean() < 0.01  # the floor's frame
