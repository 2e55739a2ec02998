"""Iso-loss lines on the surface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit.surface.contours import COUNT, IsoLines
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

FROM_ABOVE: Any = {"azimuth": -90.0, "zenith": 0.0, "perspective": 0.0}


def test_seen_from_above_every_drawn_line_has_one_loss(
    window: LossWindow, stage: Stage, by_hand: Callable[[Stage], Any], recorder: Callable[[], Any]
) -> None:
    surface, j = LossSurface(window, Viewpoint(**FROM_ABOVE)), by_hand(stage)
    canvas = recorder()
    IsoLines(surface).paint(canvas)
    assert len(canvas.strokes[0].lines) >= COUNT
    for line in canvas.strokes[0].lines:
        root = np.sqrt(window.height_per_loss * j.above(window.weights(line)))
        assert np.ptp(root) < 2e-3


def test_a_hidden_piece_of_an_iso_line_is_not_drawn(lesson: Lesson, recorder: Callable[[], Any]) -> None:
    stage = lesson.standardized
    surface = LossSurface(LossWindow.around(stage.loss, np.zeros(2)), Viewpoint(azimuth=144))
    canvas = recorder()
    IsoLines(surface).paint(canvas)
    drawn = sum(map(len, canvas.strokes[0].lines))
    points = np.concatenate(surface.iso_lines(COUNT))
    seen = int(surface.is_seen(points).sum())
    assert 0 < seen < len(points) and seen - 2 * COUNT <= drawn <= seen


def test_lines_fade_with_the_surface(surface: LossSurface, recorder: Callable[[], Any]) -> None:
    lines, whole, half = IsoLines(surface), recorder(), recorder()
    lines.paint(whole)
    surface.fade(0.5)
    lines.paint(half)
    assert half.strokes[0].alpha == pytest.approx(whole.strokes[0].alpha / 2)
