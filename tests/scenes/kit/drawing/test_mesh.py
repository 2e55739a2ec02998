"""Fewer, larger patches that stand for a surface's small ones."""

from __future__ import annotations

import cairo
import numpy as np
import pytest

from bn_math.lesson.stage import Stage
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas
from scenes.kit.drawing.mesh import OVERLAP, coarse, merged, patches
from scenes.kit.drawing.page_canvas import PageCanvas, in_units, picture
from scenes.kit.surface.loss_surface import LossSurface, polar_grid
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

RINGS, SPOKES = 9, 24


def disc() -> Array:
    """A flat disc of radius 2."""
    return np.concatenate([polar_grid(2.0, RINGS, SPOKES), np.zeros((RINGS * SPOKES, 1))], axis=1)


def merge(points: Array, colors: Array, inside: Array | None = None) -> tuple[Array, Array]:
    faces = np.ones((RINGS - 1) * SPOKES, dtype=bool) if inside is None else inside
    return merged((RINGS, SPOKES), points, (colors, 0 * colors), faces)


def areas(outlines: Array) -> float:
    """Of all patches as polygons."""
    x, y = outlines[..., 0], outlines[..., 1]
    return float(np.abs((x * np.roll(y, -1, axis=1) - y * np.roll(x, -1, axis=1)).sum(axis=1) / 2).sum())


def test_an_even_disc_takes_few_patches_and_is_covered_once() -> None:
    outlines, colors = merge(disc(), np.full((RINGS * SPOKES, 3), 0.5))
    assert len(outlines) < (RINGS - 1) * SPOKES / 3
    assert (colors == 0.5).all()
    circumference = 2 * np.pi * np.linspace(0, 2, RINGS).sum() * 2  # of what overlaps, about
    assert areas(outlines) == pytest.approx(4 * np.pi, abs=0.02 * 4 * np.pi + circumference * OVERLAP)
    assert np.hypot(outlines[..., 0], outlines[..., 1]).max() == pytest.approx(2.0, abs=0.01)


def test_where_colors_change_patches_stay_small() -> None:
    colors = np.full((RINGS * SPOKES, 3), 0.5)
    few, _ = merge(disc(), colors)
    colors[5 * SPOKES + 3] = 0.9  # one vertex, which no blend of corners gives
    more, tints = merge(disc(), colors)
    assert len(few) < len(more) < len(few) + 20
    assert tints.max() == 0.9


def test_patches_that_show_different_sides_are_not_merged() -> None:
    inside = np.arange((RINGS - 1) * SPOKES) % SPOKES < SPOKES // 2
    outlines, tints = merge(disc(), np.ones((RINGS * SPOKES, 3)), inside)
    above = outlines[:, :, 1].mean(axis=1) > 0
    assert (tints[above] == 1).all() and (tints[~above] == 0).all()
    speckled = np.arange((RINGS - 1) * SPOKES) % 2 == 0
    assert len(merge(disc(), np.ones((RINGS * SPOKES, 3)), speckled)[0]) == (RINGS - 1) * SPOKES


def test_far_patches_come_first() -> None:
    points = disc()
    points[:, 2] = points[:, 0]
    outlines, _ = merge(points, np.full((RINGS * SPOKES, 3), 0.5))
    assert (np.diff(outlines[..., 0].mean(axis=1)) > -0.7).all()
    assert outlines[0, :, 0].mean() < -1 < 1 < outlines[-1, :, 0].mean()


@pytest.mark.parametrize("zenith", [30, 62])
def test_a_surface_of_merged_patches_is_the_film_s(stage: Stage, zenith: float) -> None:
    window = LossWindow.around(stage.loss, np.asarray(stage.start))
    surface = LossSurface(window, Viewpoint(zenith=zenith))
    made = []
    for canvas in (Canvas, PageCanvas):
        with cairo.ImageSurface(cairo.FORMAT_ARGB32, 640, 360) as image:
            context = cairo.Context(image)
            with in_units(context, 640, 360, 128 / 9):
                surface.paint(canvas(context, False) if canvas is Canvas else PageCanvas(context))
            made.append(np.asarray(picture(image).convert("RGB").reduce(2)).astype(int))
    far = np.abs(made[0] - made[1]).max(axis=2)
    assert (far > 16).mean() < 0.003
    assert far[made[0].any(axis=2)].mean() < 2.5


def test_a_surface_takes_a_fifth_of_its_patches(stage: Stage) -> None:
    class Counting(PageCanvas):
        count = 0

        def patches(self, outlines: Array, colors: Array, alpha: float = 1.0) -> None:
            Counting.count = len(outlines)

    surface = LossSurface(LossWindow.around(stage.loss, np.asarray(stage.start)), Viewpoint())
    with cairo.ImageSurface(cairo.FORMAT_ARGB32, 4, 4) as image:
        surface.paint(Counting(cairo.Context(image)))
    assert 100 < Counting.count < (surface.rings - 1) * surface.spokes / 3


def test_neighbours_overlap_by_less_than_is_seen() -> None:
    assert 0 < OVERLAP < PIXEL / 2


# -- the patches of a film ------------------------------------------------------------------------------
def test_a_film_s_patches_cover_the_disc_once_and_are_few() -> None:
    grid = np.arange(36 * 120).reshape(36, 120)
    flat = polar_grid(2.0, 36, 120)
    few, all_ = coarse(grid), patches(grid)
    assert len(few) < 0.4 * len(all_)
    np.testing.assert_allclose([areas(flat[few]), areas(flat[all_])], np.pi * 4, rtol=0.003)


@pytest.mark.parametrize("zenith", [5, 40, 62, 80])
def test_a_surface_of_a_film_s_patches_looks_like_one_of_all_patches(stage: Stage, zenith: float) -> None:
    surface = LossSurface(LossWindow.around(stage.loss, np.asarray(stage.start)), Viewpoint(zenith=zenith))
    made = []
    for drawn in (surface._drawn, surface._patches):
        surface._drawn = drawn
        with cairo.ImageSurface(cairo.FORMAT_ARGB32, 1280, 720) as image:
            context = cairo.Context(image)
            with in_units(context, 1280, 720, 128 / 9):
                surface.paint(Canvas(context, False))
            made.append(np.asarray(picture(image).convert("RGB")).astype(int))
    far = np.abs(made[0] - made[1]).max(axis=2)
    assert (far > 6).sum() < 40  # single pixels beside the silhouette
    assert far[made[0].any(axis=2)].mean() < 0.5
