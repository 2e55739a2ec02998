"""What the tests of cut-out losses share: shapes, viewpoints, and pictures of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from manim import Mobject, tempconfig

from bn_math import LeastSquares, Lesson
from scenes.kit import theme
from scenes.kit.drawing.camera import KitCamera
from scenes.kit.surface.trough.window import CutWindow
from scenes.kit.surface.viewpoint import Viewpoint

SHAPES = {"valley": 0.0, "between": 0.75, "nearly closed": 0.85, "bowl": 1.0}
"""Moments on the way from the raw to the standardized data."""
VIEWS = {
    "as in the film": {"azimuth": 22.0, "zenith": 48.0, "perspective": 0.06},
    "low": {"azimuth": -130.0, "zenith": 68.0, "perspective": 0.05},
    "parallel": {"azimuth": 75.0, "zenith": 55.0, "perspective": 0.0},
    "from above": {"azimuth": -90.0, "zenith": 0.0, "perspective": 0.0},
    "above and near": {"azimuth": 10.0, "zenith": 8.0, "perspective": 0.08},
}


@pytest.fixture(params=SHAPES)
def loss(request: pytest.FixtureRequest, lesson: Lesson) -> LeastSquares:
    return lesson.standardizing.loss(SHAPES[request.param])


@pytest.fixture
def cut(loss: LeastSquares) -> CutWindow:
    return CutWindow.around(loss, np.zeros(2))


@pytest.fixture(params=VIEWS)
def view(request: pytest.FixtureRequest) -> Viewpoint:
    return Viewpoint(**VIEWS[request.param], center=(0.3, -0.2), scale=1.25)


Picture = Callable[..., Any]


@pytest.fixture
def picture_of() -> Iterator[Picture]:
    """Draw mobjects on a theme's background; returns red, green and blue of every pixel."""

    def draw(*mobjects: Mobject, width: int = 320, height: int = 180, name: str = "dark") -> Any:
        theme.use(theme.named(name))
        with tempconfig({"pixel_width": width, "pixel_height": height}):
            camera = KitCamera(background_color=theme.current().background)
            camera.capture_mobjects(mobjects)
            return np.array(camera.pixel_array)[..., :3]

    yield draw
    theme.use(None)
