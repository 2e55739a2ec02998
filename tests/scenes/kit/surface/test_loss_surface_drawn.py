"""The surface as it is painted: no holes, nothing beyond its outline, bright and dark where they belong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import ManimColor
from PIL import Image, ImageDraw
from scipy.ndimage import binary_erosion

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit.drawing.camera import KitCamera
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

ORDINARY: Any = {"azimuth": 144.0, "zenith": 52.0}


def surface_of(stage: Stage, view: Viewpoint | None = None) -> LossSurface:
    return LossSurface(LossWindow.around(stage.loss, np.array(stage.start)), view or Viewpoint())


def painted(surface: LossSurface) -> Any:
    """Red, green, blue and opacity of every pixel, drawn by the scenes' own camera on nothing."""
    camera = KitCamera(background_opacity=0)
    camera.capture_mobjects([surface])
    return camera.pixel_array


def inside_of_the_outline(surface: LossSurface, width: int, height: int, fine: int = 8) -> Any:
    """Pixels that lie wholly inside the patches' joint outline, by another rasterizer."""
    seen = surface.view.project(surface.points)[:, :2]
    scale = fine * height / 8
    flat = seen * [scale, -scale] + [fine * width / 2, fine * height / 2]
    image = Image.new("1", (fine * width, fine * height))
    draw = ImageDraw.Draw(image)
    grid = np.arange(surface.rings * surface.spokes).reshape(surface.rings, surface.spokes)
    for ring in range(surface.rings - 1):
        for spoke in range(surface.spokes):
            after = (spoke + 1) % surface.spokes
            corners = [grid[ring, spoke], grid[ring + 1, spoke], grid[ring + 1, after], grid[ring, after]]
            draw.polygon([tuple(flat[corner]) for corner in corners], fill=1)
    shrunk = binary_erosion(np.array(image), iterations=fine // 2)
    return shrunk.reshape(height, fine, width, fine).all(axis=(1, 3))


@pytest.mark.parametrize("name", ["raw", "standardized"])
@pytest.mark.parametrize("azimuth, zenith", [(112.0, 52.0), (144.0, 52.0), (-90.0, 0.0), (20.0, 80.0)])
def test_the_drawn_surface_has_no_holes(name: str, azimuth: float, zenith: float, lesson: Lesson) -> None:
    surface = surface_of(getattr(lesson, name), Viewpoint(azimuth, zenith))
    picture = painted(surface)
    height, width = picture.shape[:2]
    inside = inside_of_the_outline(surface, width, height)
    assert inside.sum() > 1500
    assert (picture[inside][:, 3] == 255).all()


def test_nothing_is_drawn_beyond_the_outline(lesson: Lesson) -> None:
    surface = surface_of(lesson.standardized, Viewpoint(**ORDINARY))
    picture = painted(surface)
    height, width = picture.shape[:2]
    seen = surface.view.project(surface.points)[:, :2] * [height / 8, -height / 8] + [width / 2, height / 2]
    low, high = seen.min(axis=0) - 2, seen.max(axis=0) + 2
    rows, columns = np.nonzero(picture[..., 3])
    assert (
        (columns > low[0]).all()
        and (columns < high[0]).all()
        and (rows > low[1]).all()
        and (rows < high[1]).all()
    )


def test_the_inside_is_brighter_than_the_outside(lesson: Lesson) -> None:
    surface = surface_of(lesson.standardized, Viewpoint(**ORDINARY))
    inside, outside = surface._colors()
    assert (inside.mean(axis=1) > 1.5 * outside.mean(axis=1)).mean() > 0.9


def test_a_half_faded_surface_lets_half_of_the_background_through(lesson: Lesson) -> None:
    surface = surface_of(lesson.standardized, Viewpoint(azimuth=-90, zenith=0))
    whole = painted(surface)[90, 160].astype(float)
    half = painted(surface.fade(0.5))[90, 160].astype(float)
    assert whole[3] == 255
    np.testing.assert_allclose(half, whole / 2, atol=1.5)  # the colors are stored times their opacity


def test_a_low_place_is_darker_than_a_high_one(lesson: Lesson) -> None:
    surface = surface_of(lesson.standardized, Viewpoint(azimuth=-90, zenith=0))
    picture = painted(surface)[..., :3].astype(float).mean(axis=2)
    radius = round(surface.radius * 180 / 8)
    rim = [picture[90, 160 + radius - 4], picture[90, 160 - radius + 4], picture[90 - radius + 4, 160]]
    assert picture[90, 160] < 0.7 * min(rim)


def test_the_ramp_ends_in_the_theme_s_colors() -> None:
    from scenes.kit import theme

    assert all(isinstance(color, ManimColor) for color in theme.current().heights)
    luminance = [color.to_rgb() @ [0.2126, 0.7152, 0.0722] for color in theme.current().heights]
    assert (np.diff(luminance) > 0).all()
