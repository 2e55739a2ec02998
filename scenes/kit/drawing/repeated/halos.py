"""Soft round lights of one size: in a film a single small mask, laid where each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import cairo
import numpy as np
from manim import ManimColor

from scenes.kit.drawing.canvas import Array, Canvas

KEPT = 8  # masks
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
