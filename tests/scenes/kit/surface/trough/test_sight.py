"""Lines of sight and outlines, against the loss itself and against points along each line."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bn_math import LeastSquares
from scenes.kit.surface.trough.seen import Seen
from scenes.kit.surface.trough.sight import Sight
from scenes.kit.surface.trough.solid import Solid
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import CutWindow
from scenes.kit.surface.viewpoint import Viewpoint

WALL = 0.066


def area(polygon: Any) -> float:
    x, y = polygon.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def places_on(cut: CutWindow) -> Any:
    """Places on the ground all over what is cut out."""
    border = Solid(cut, WALL).inner.border
    return np.concatenate([share * border[::5] for share in (0.05, 0.3, 0.6, 0.85, 0.99)])


def test_what_is_seen_at_a_place_of_the_picture_is_what_is_drawn_there(
    cut: CutWindow, view: Viewpoint
) -> None:
    solid, sight = Solid(cut, WALL), Sight(view)
    ground = places_on(cut)
    picture = sight.project(solid.inner.lifted(ground))
    from_inside, from_outside = (sight.meet(solid.inner, picture, outside) for outside in (False, True))
    facing = sight.facing(solid.inner, ground)
    clear = np.abs(facing) > 0.02
    inside, outside = clear & (facing > 0), clear & (facing < 0)
    np.testing.assert_allclose(from_inside[inside], ground[inside], atol=1e-5)
    np.testing.assert_allclose(from_outside[outside], ground[outside], atol=1e-5)
    assert inside.any()


def test_the_inside_is_what_the_gradient_turns_to_the_viewer(
    cut: CutWindow, view: Viewpoint, loss: LeastSquares
) -> None:
    ground = places_on(cut)
    slope = loss.gradient(cut.weights(ground)) * cut.height_per_loss / cut.scale
    normal = np.concatenate([-slope, np.ones((len(slope), 1))], axis=1)
    towards = (normal * view.sight(cut.lifted(ground))).sum(axis=1)
    facing = Sight(view).facing(Solid(cut, WALL).inner, ground)
    clear = np.abs(towards) > 1e-6
    np.testing.assert_array_equal(np.sign(facing[clear]), np.sign(towards[clear]))


def test_both_parts_together_are_what_is_cut_out(cut: CutWindow, view: Viewpoint) -> None:
    shape = Solid(cut, WALL).inner
    inside, outside = Sight(view).parts(shape)
    total = sum(area(part) for part in inside) + (area(outside) if len(outside) else 0.0)
    assert total == pytest.approx(area(shape.border), rel=1e-9)
    facing = [Sight(view).facing(shape, part) for part in inside]
    assert min(value.min() for value in facing) > -1e-6
    if len(outside):
        assert Sight(view).facing(shape, outside).max() < 1e-6
        assert cut.holds(outside, slack=1e-6).all()


def test_from_straight_above_nothing_is_seen_from_outside(cut: CutWindow) -> None:
    seen = Seen(cut, Viewpoint(azimuth=-90, zenith=0, perspective=0), WALL)
    assert len(seen.outside) == 0 and seen.near_rim == []


def test_what_is_far_from_the_border_is_seen_and_what_is_beyond_a_cut_is_not(cut: CutWindow) -> None:
    seen = Seen(cut, Viewpoint(azimuth=20, zenith=48), WALL)
    beyond = cut.weights(1.05 * cut.length * cut.directions[0])
    _, room = seen.lay(np.stack([cut.loss.minimizer, beyond]))
    assert room[0] > 0 > room[1]


def test_the_end_that_faces_the_viewer_is_the_one_that_is_nearer(cut: CutWindow, view: Viewpoint) -> None:
    seen = Seen(cut, view, WALL)
    ends = np.stack([np.append(side * cut.length * cut.directions[0], 0.0) for side in (1, -1)])
    near, far = view.project(ends)[:, 2] if seen.near_side == 1 else view.project(ends)[::-1, 2]
    assert near >= far - 1e-9


@pytest.mark.parametrize("axis", [0, 1])
def test_a_weight_stands_on_the_edge_that_faces_the_viewer(
    cut: CutWindow, view: Viewpoint, axis: int
) -> None:
    trough = Trough(cut, view)
    floor, [corners] = trough.floor, trough.floor.outlines
    weight = float(cut.loss.minimizer[axis])
    place, normal = floor.edge(axis, weight)
    ends = (corners[[0, 1]], corners[[3, 2]]) if axis == 0 else (corners[[0, 3]], corners[[1, 2]])
    distances = []
    for one, other in ends:
        along = (other - one) / np.linalg.norm(other - one)
        away = place - one
        distances.append(abs(along[0] * away[1] - along[1] * away[0]))
        if distances[-1] < 1e-6:
            assert abs(along @ normal) < 1e-3 and np.linalg.norm(normal) == pytest.approx(1)
            assert ((corners - place) @ normal).max() < 1e-6  # nothing of the floor is beyond it
    assert min(distances) < 1e-6
    if view.points[0, 1] > 0.2:  # seen from the side, the near edge is the lower one
        middle = corners.mean(axis=0)
        assert place[1] < middle[1] + 1e-6
