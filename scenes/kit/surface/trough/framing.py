"""Where to stand so that a cut-out loss fills a place of the picture and nothing of it is cut off."""

from __future__ import annotations

import numpy as np

from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import CutWindow
from scenes.kit.surface.viewpoint import Viewpoint

ZENITH, LEAN, PERSPECTIVE = 50.0, 18.0, 0.05
"""How a descent is watched: from this angle to the vertical, so many degrees off the trough's axis."""
MET = 60.0
"""The angle to the vertical from which a shape is seen where it is met first: 30 degrees above the ground."""


def framed(
    window: CutWindow,
    box: Box,
    azimuth: float | None = None,
    zenith: float = ZENITH,
    perspective: float = PERSPECTIVE,
    with_floor: bool = True,
) -> Viewpoint:
    """The viewpoint from which a shape, and its floor, just fills ``box``.

    Args:
        window: what is cut out.
        box: the place it is to fill.
        azimuth: the viewer's direction, in degrees; by default along the trough, :data:`LEAN` off its axis.
        zenith: the angle between the viewer and the vertical, in degrees.
        perspective: 1 / the viewer's distance in units of space.
        with_floor: whether the floor is to be inside too, else it may reach beyond.
    """
    turned = window.azimuth(LEAN) if azimuth is None else azimuth
    view = Viewpoint(turned, zenith, perspective)
    trough = Trough(window, view)
    parts = [*trough.outlines, trough.seen().outside, *(trough.floor.outlines if with_floor else [])]
    points = np.concatenate([part for part in parts if len(part)])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = float(min(np.array([box.width, box.height]) / (high - low)))
    middle = np.array(box.center) - scale * (low + high) / 2
    return view.look(center=(float(middle[0]), float(middle[1])), scale=scale)
