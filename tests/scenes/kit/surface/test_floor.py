"""The floor's grid and numbers stand at the weights they name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit.lettering import layout
from scenes.kit.lettering.typography import Text
from scenes.kit.script import numbers
from scenes.kit.surface.floor import DEPTH, FloorGrid, FloorNumbers, axis_ticks
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

VIEW: Any = {"azimuth": 144.0, "center": (2.3, 0.36), "scale": 1.2}


def number(text: Text) -> float | None:
    """What the number says; None for a name."""
    try:
        return float(text.markup.replace(numbers.MINUS, "-").replace(numbers.THIN_SPACE, ""))
    except ValueError:
        return None


def test_ticks_stand_at_the_weights_they_name(
    window: LossWindow, stage: Stage, by_hand: Callable[[Stage], Any]
) -> None:
    for axis in (0, 1):
        marks = axis_ticks(window, axis)
        assert 2 <= len(marks) <= 8
        for place, weight in marks:
            assert by_hand(stage).best[axis] + place * window.reach / window.radius == pytest.approx(
                weight, abs=1e-9
            )
            assert abs(place) <= window.radius * (1 + 1e-9)


def test_the_grid_has_a_line_at_every_tick_from_edge_to_edge(window: LossWindow) -> None:
    lines = FloorGrid(window, Viewpoint()).lines
    r = window.radius
    expected = [
        [[place, -r, DEPTH], [place, r, DEPTH]] if axis == 0 else [[-r, place, DEPTH], [r, place, DEPTH]]
        for axis in (0, 1)
        for place, _ in axis_ticks(window, axis)
    ]
    np.testing.assert_allclose(lines, expected)


def test_every_round_weight_is_written_exactly(window: LossWindow) -> None:
    written = [number(text) for text in FloorNumbers(window, Viewpoint(), ("first", "second"))]
    ticks = [
        weight
        for axis in (0, 1)
        for place, weight in axis_ticks(window, axis)
        if abs(place) < 0.9 * window.radius
    ]
    np.testing.assert_allclose(
        [value for value in written if value is not None], ticks, rtol=1e-12, atol=1e-12
    )
    assert written.count(None) == 2


@pytest.mark.parametrize("azimuth", [112.0, 130.0, 144.0])
def test_every_number_stands_in_line_with_its_weight_outside_the_floor(
    azimuth: float, lesson: Lesson
) -> None:
    stage = lesson.standardized
    window, view = LossWindow.around(stage.loss, np.zeros(2)), Viewpoint(**VIEW)
    texts = FloorNumbers(window, view, ("first", "second"))
    view.look(azimuth=azimuth)
    texts.update()
    facing = np.sign(view.axes[2][:2])
    seen = 0
    axis = 0
    for text in texts:
        weight = number(text)
        if weight is None:
            axis += 1
            continue
        edge = np.array([0.0, 0.0, DEPTH])
        edge[axis] = window.ground(np.where(np.arange(2) == axis, weight, 0.0))[axis]
        edge[1 - axis] = window.radius * facing[1 - axis]
        beyond = edge.copy()
        beyond[1 - axis] *= 1.2
        base, further = view.project(edge)[:2], view.project(beyond)[:2]
        outwards = (further - base) / np.linalg.norm(further - base)
        away = text.get_center()[:2] - base
        if text.get_bottom()[1] > layout.BOTTOM_EDGE + 0.05 and abs(text.get_x()) < layout.RIGHT_EDGE - 0.3:
            assert away @ outwards > 0.1
            assert abs(away @ [outwards[1], -outwards[0]]) < 0.02
            seen += 1
    assert seen >= 4


def test_numbers_move_with_the_view_and_stay_in_the_frame(window: LossWindow) -> None:
    view = Viewpoint(**VIEW)
    texts = FloorNumbers(window, view, ("first", "second"))
    before = [text.get_center() for text in texts]
    view.look(azimuth=112)
    texts.update()
    after = [text.get_center() for text in texts]
    assert all(np.linalg.norm(b - a) > 0.05 for a, b in zip(before, after, strict=True))
    for text in texts:
        assert (
            text.get_left()[0] >= layout.LEFT_EDGE - 1e-6 and text.get_right()[0] <= layout.RIGHT_EDGE + 1e-6
        )
        assert text.get_center()[1] >= layout.BOTTOM_EDGE - 1e-6
        assert [source is view for source in text.sources] == [True]


def test_the_frame_is_drawn_around_the_disc(window: LossWindow, recorder: Callable[[], Any]) -> None:
    view, canvas = Viewpoint(azimuth=-90, zenith=0, perspective=0), recorder()
    FloorGrid(window, view).paint(canvas)
    frame = canvas.strokes[-1].lines[0]
    assert sorted(map(tuple, frame.round(9))) == sorted(
        (x, y) for x in (-window.radius, window.radius) for y in (-window.radius, window.radius)
    )
