"""A shape fills the place it is given, and words keep beside its floor."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Rectangle

from bn_math import LeastSquares, Lesson
from scenes.kit.lettering.places import SQUARE, WIDE, Box
from scenes.kit.surface.trough.floor_names import EdgeMark, along_edge
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import CutWindow


def points_of(trough: Trough) -> np.ndarray:
    parts = [*trough.outlines, trough.seen().outside, *trough.floor.outlines]
    return np.concatenate([part for part in parts if len(part)])


@pytest.mark.parametrize(
    "box", [WIDE.picture, WIDE.first, SQUARE.picture], ids=["picture", "first", "square"]
)
def test_a_shape_and_its_floor_just_fill_their_place(cut: CutWindow, box: Box) -> None:
    points = points_of(Trough(cut, framed(cut, box)))
    low, high = points.min(axis=0), points.max(axis=0)
    assert (low >= np.array([box.left, box.bottom]) - 1e-6).all()
    assert (high <= np.array([box.right, box.top]) + 1e-6).all()
    assert max((high - low) / [box.width, box.height]) == pytest.approx(1)
    np.testing.assert_allclose((low + high) / 2, box.center, atol=1e-6)


def test_the_same_loss_is_seen_in_the_same_way_each_time(lesson: Lesson) -> None:
    views = []
    for _ in range(2):
        window = CutWindow.around(LeastSquares(lesson.data), np.zeros(2))
        views.append(framed(window, WIDE.picture).state)
    assert views[0] == views[1]


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("azimuth", [20.0, 75.0, -40.0, 160.0])
def test_words_stand_beside_the_floor_and_never_upside_down(
    cut: CutWindow, axis: int, azimuth: float
) -> None:
    view = framed(cut, WIDE.picture)
    trough = Trough(cut, view)
    text = Rectangle(width=2.0, height=0.3)
    along_edge(text, trough.floor, axis)
    view.look(azimuth=azimuth)
    text.update()
    corners = text.points[:-1:4, :2]
    assert np.linalg.norm(corners[0] - corners[1]) == pytest.approx(2.0)
    [floor] = trough.floor.outlines
    assert not any(inside(corner, floor) for corner in corners)
    leaning = corners[0] - corners[1]
    assert abs(leaning[0]) > 0.2 * abs(leaning[1])


def inside(point: np.ndarray, polygon: np.ndarray) -> bool:
    """Whether a point lies in a convex polygon (n, 2)."""
    edges = np.roll(polygon, -1, axis=0) - polygon
    away = point - polygon
    turn = edges[:, 0] * away[:, 1] - edges[:, 1] * away[:, 0]
    return bool((turn > 0).all() or (turn < 0).all())


def test_a_mark_stands_on_the_edge_at_its_weight(cut: CutWindow) -> None:
    trough = Trough(cut, framed(cut, WIDE.picture))
    values = [float(cut.loss.minimizer[0]) + share / cut.scale for share in (0.0, 0.5, 1.0)]
    places = [EdgeMark(trough.floor, 0, value).place for value in values]
    one, other = places[1] - places[0], places[2] - places[1]
    assert abs(one[0] * other[1] - one[1] * other[0]) < 1e-3 * np.linalg.norm(one) * np.linalg.norm(other)
    assert (one @ other) > 0
