"""What of a picture is drawn on: the box of everything that is seen, measured on its pixels."""

from __future__ import annotations

from collections.abc import Iterable

import cairo
import numpy as np
from manim import ManimColor, Mobject, VMobject

from scenes.kit.drawing.canvas import Canvas
from scenes.kit.drawing.page_canvas import PageCamera, in_units
from scenes.kit.lettering.places import Box

FINE = 1200  # pixels across the picture in which it is measured
SEEN = 0.05  # opacity from which on an outline is seen
FAINT = 10  # of 255, by which a pixel differs from the background and still is none that is seen


def ink_box(members: Iterable[Mobject], frame: Box, background: ManimColor) -> Box | None:
    """The box of what is seen of ``members`` on ``background``, to the pixel; None if that is nothing.

    Args:
        members: in the order of drawing, each with points of its own.
        frame: the picture's; what lies outside is not looked at.
        background: what everything lies on.
    """
    scale = FINE / frame.width
    width, height = FINE, round(frame.height * scale)
    with cairo.ImageSurface(cairo.FORMAT_RGB24, width, height) as surface:
        context = cairo.Context(surface)
        context.set_source_rgb(*(float(channel) for channel in background.to_rgb()))
        context.paint()
        canvas = Canvas(context, swapped=False)
        with in_units(context, width, height, frame.width, frame.center):
            PageCamera(canvas).draw(members, None)
        surface.flush()
        pixels = np.array(surface.get_data()).reshape(height, -1, 4)[:, :width, :3]
    paper = np.rint(255 * np.array(background.to_rgb())[::-1])
    inked = (np.abs(pixels.astype(int) - paper) > FAINT).any(axis=2)
    if not inked.any():
        return None
    rows, columns = (np.flatnonzero(inked.any(axis=side)) for side in (1, 0))
    left, right = (frame.left + edge / scale for edge in (columns[0], columns[-1] + 1))
    top, bottom = (frame.top - edge / scale for edge in (rows[0], rows[-1] + 1))
    return Box(float(left), float(right), float(bottom), float(top))


def union(boxes: Iterable[Box]) -> Box:
    """The box round all of them; at least one."""
    found = list(boxes)
    return Box(
        min(box.left for box in found),
        max(box.right for box in found),
        min(box.bottom for box in found),
        max(box.top for box in found),
    )


def outline_box(vmobject: VMobject, frame: Box, background: ManimColor) -> Box | None:
    """The box of an outline as far as it is in the frame; None where nothing of it is seen.

    What is filled in the background's color alone is not seen, but only hides.
    """
    strokes, fills = vmobject.get_stroke_rgbas(), vmobject.get_fill_rgbas()
    is_stroked = bool(vmobject.get_stroke_width()) and bool((strokes[:, 3] > SEEN).any())
    is_filled = bool((fills[:, 3] > SEEN).any())
    if is_filled and not is_stroked:
        is_filled = bool((np.abs(fills[:, :3] - background.to_rgb()) > FAINT / 255).any())
    if len(vmobject.points) < 2 or not (is_stroked or is_filled):
        return None
    (left, bottom), (right, top) = vmobject.points[:, :2].min(axis=0), vmobject.points[:, :2].max(axis=0)
    left, right = max(float(left), frame.left), min(float(right), frame.right)
    bottom, top = max(float(bottom), frame.bottom), min(float(top), frame.top)
    return Box(left, right, bottom, top) if left <= right and bottom <= top else None
