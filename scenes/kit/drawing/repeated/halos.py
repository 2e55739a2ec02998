"""Soft lights: in a film small pictures, laid where round ones are, or scaled up to a large one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import cairo
import numpy as np
from manim import ManimColor

from scenes.kit.drawing.canvas import PIXEL, Array, Canvas

KEPT = 8  # masks
COARSE, FINE = (
    12,
    16,
)  # pixels at 1080p between samples of a large light, and samples from its middle to its edge
Fading = tuple[tuple[float, float], ...]
"""What is left of an opacity on the way outwards: pairs of a share of the way and a share of the opacity."""


def draw_halos(
    canvas: Canvas,
    places: Array,
    radius: float,
    colors: Sequence[ManimColor],
    alphas: Iterable[float],
    fading: Fading,
) -> None:
    """Draw lights of one size.

    In a film each stands on a whole pixel: a light changes by less than one of 255 from pixel to pixel.

    Args:
        canvas: what is drawn on.
        places: their middles, (n, 2) in picture units.
        radius: in picture units.
        colors: of each of them.
        alphas: how opaque each is in its middle.
        fading: what of that is left on the way outwards.
    """
    if not canvas.scales_smoothly:
        for place, color, alpha in zip(places, colors, alphas, strict=True):
            canvas.disc(place, radius, [(at, color, share * alpha) for at, share in fading])
        return
    context = canvas.context
    size = abs(context.user_to_device_distance(radius, 0.0)[0])
    mask = _mask(round(size, 1), fading)
    middle = mask.get_width() // 2
    spots = [context.user_to_device(x, y) for x, y in places.tolist()]
    context.save()
    context.identity_matrix()
    for (x, y), color, alpha in zip(spots, colors, alphas, strict=True):
        context.set_source_rgba(*canvas.rgb(color), alpha)
        context.mask_surface(mask, round(x) - middle, round(y) - middle)
    context.restore()


@lru_cache(maxsize=KEPT)
def _mask(radius: float, fading: Fading) -> cairo.ImageSurface:
    """A light of ``radius`` pixels as opacity, its middle on the corner of the pixels in the middle."""
    half = int(np.ceil(radius)) + 1
    along = np.arange(-half, half) + 0.5
    distance = np.hypot(along[:, None], along[None]) / max(radius, 1e-9)
    stops, shares = zip(*fading, strict=True)
    opacity = np.where(distance < 1, np.interp(distance, stops, shares), 0.0)
    stride = cairo.ImageSurface.format_stride_for_width(cairo.FORMAT_A8, 2 * half)
    pixels = np.zeros((2 * half, stride), dtype=np.uint8)
    pixels[:, : 2 * half] = np.rint(255 * opacity)
    return cairo.ImageSurface.create_for_data(pixels.data, cairo.FORMAT_A8, 2 * half, 2 * half, stride)


def draw_glow(
    canvas: Canvas, middle: Array, axes: Array, color: ManimColor, alpha: float, fading: Fading
) -> None:
    """Draw one light as large as an ellipse, which in a film changes too slowly to need every pixel.

    Args:
        canvas: what is drawn on.
        middle: of the ellipse, (2,) in picture units.
        axes: its half axes in columns, (2, 2); they stand upright on each other.
        color: of the light.
        alpha: how opaque it is in its middle.
        fading: what of that is left on the way to the ellipse; nothing at its end.
    """
    if alpha <= 0:
        return
    if not canvas.scales_smoothly:
        _gradient(canvas, middle, axes, color, alpha, fading)
        return
    step = min(COARSE * PIXEL, float(np.linalg.norm(axes, axis=0).min()) / FINE)
    reach = np.linalg.norm(axes, axis=1)
    low, high = np.floor((middle - reach) / step) - 1, np.ceil((middle + reach) / step) + 1
    x, y = (np.arange(a, b + 1) * step - at for a, b, at in zip(low, high, middle, strict=True))
    (a, b), (c, d) = np.linalg.inv(axes)
    away = np.hypot(a * x + (b * y)[:, None], c * x + (d * y)[:, None])
    stops, shares = zip(*fading, strict=True)
    opacity = alpha * np.asarray(np.interp(away, stops, shares), dtype=float)
    height, width = opacity.shape
    tint = np.array([*canvas.rgb(color)[::-1], 1.0])  # as cairo's bytes stand
    pixels = (255 * opacity[..., None] * tint + 0.5).astype(np.uint8)
    image = cairo.ImageSurface.create_for_data(pixels.data, cairo.FORMAT_ARGB32, width, height)
    pattern = cairo.SurfacePattern(image)
    pattern.set_filter(cairo.FILTER_BILINEAR)
    pattern.set_matrix(cairo.Matrix(1 / step, 0, 0, 1 / step, 0.5 - low[0], 0.5 - low[1]))
    context = canvas.context
    context.set_source(pattern)
    context.paint()


def _gradient(
    canvas: Canvas, middle: Array, axes: Array, color: ManimColor, alpha: float, fading: Fading
) -> None:
    context = canvas.context
    context.save()
    (a, b), (c, d) = axes.tolist()
    context.transform(cairo.Matrix(a, c, b, d, float(middle[0]), float(middle[1])))
    shade = cairo.RadialGradient(0, 0, 0, 0, 0, 1)
    for offset, share in fading:
        shade.add_color_stop_rgba(offset, *canvas.rgb(color), share * alpha)
    context.new_path()
    context.arc(0, 0, 1, 0, 2 * np.pi)
    context.set_source(shade)
    context.fill()
    context.restore()
