"""Arrows in the plane of the weights, as they lie on a surface or on its floor: slopes and steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Protocol

import numpy as np
from manim import ManimColor, Mobject
from numpy.typing import ArrayLike

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.surface.trough.carrier import CASING, Carrier, edge_of, seen_parts, way

WIDTH = 9.0  # of the shaft, in pixels at 1080p
HEAD, SPREAD = 3.3, 1.8  # length of the head and half its width, in widths of the shaft
SHORTENED = 0.7  # the least share of its spread to which a head is foreshortened
Ends = tuple[Array, Array]


class Slope(Protocol):
    """A loss that has a gradient."""

    def gradient(self, w: ArrayLike) -> Array:
        """At weights (..., 2), of the same shape."""


def step(loss: Slope, weights: Array, learning_rate: float) -> Ends:
    """From ``weights`` to where one step leads: the learning rate times the slope, downhill."""
    start = np.asarray(weights, dtype=float)
    return start, start - learning_rate * np.asarray(loss.gradient(start))


def downhill(loss: Slope, weights: Array, length: float) -> Ends:
    """From ``weights`` downhill, ``length`` in units of the weights: a direction, whatever the slope."""
    start = np.asarray(weights, dtype=float)
    slope = np.asarray(loss.gradient(start))
    return start, start - slope * (length / max(float(np.linalg.norm(slope)), 1e-300))


class LyingArrow(Painted):
    """An arrow that lies on what carries it and is foreshortened with it; hidden where that is hidden.

    It is straight in the plane of the weights, so on a surface it is bent as the surface is.

    Args:
        carrier: a Trough, its floor, or a flat map.
        ends: the weights of tail and tip, each (2,), or a function that says them for every frame.
        color: of the arrow; by default white, with a dark edge as all that lies on a shape.
        thickness: of the shaft, in pixels at 1080p.
        follows: what the function reads, such as trackers.
    """

    kept: ClassVar[tuple[str, ...]] = ("carrier", "_ends")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "shown")

    def __init__(
        self,
        carrier: Carrier,
        ends: Ends | Callable[[], Ends],
        color: ManimColor | None = None,
        thickness: float = WIDTH,
        follows: tuple[Mobject, ...] = (),
    ) -> None:
        super().__init__()
        self.carrier, self.color, self.thickness, self.shown = carrier, color, thickness, 1.0
        self._ends = ends
        self.points = np.zeros((1, 3))
        self.z_index = carrier.on_it
        self.sources: tuple[Mobject, ...] = (*carrier.sources, *follows)

    @property
    def ends(self) -> Ends:
        """The weights of tail and tip."""
        return self._ends() if callable(self._ends) else self._ends

    def show(self, share: float) -> LyingArrow:
        """Draw this much of its length, from the tail on."""
        self.shown = share
        return self

    def paint(self, canvas: Canvas) -> None:
        """The shaft as far as it is seen, and the head if the tip is."""
        tail, tip = self.ends
        line = way(self.carrier, tail, tail + self.shown * (tip - tail))
        flat, room = self.carrier.lay(line)
        length = float(np.linalg.norm(np.diff(flat, axis=0), axis=1).sum()) / PIXEL
        if length < 1:
            return
        size = min(self.thickness, length / HEAD * 0.8)  # a short arrow is thinner, and still an arrow
        color = self.color or theme.current().iso
        head = self._head(flat, size)
        shaft = seen_parts(self.carrier, [_shortened(line, flat, 0.85 * HEAD * size * PIXEL)])
        edge = edge_of(color)
        canvas.stroke(shaft, edge, size + CASING, self.opacity, above=size)
        if room[-1] > 0:
            canvas.stroke([head], edge, CASING, self.opacity, closed=True)
        canvas.stroke(shaft, color, size, self.opacity)
        if room[-1] > 0:
            canvas.fill(head, color, self.opacity)

    def _head(self, flat: Array, size: float) -> Array:
        """The head (3, 2) in the picture: its sides spread in the plane that the arrow lies on."""
        tip, base = flat[-1], _before(flat, HEAD * size * PIXEL)
        along = (tip - base) / max(float(np.linalg.norm(tip - base)), 1e-9)
        across = np.array([-along[1], along[0]])
        tail, end = self.ends
        sideways = np.array([-(end - tail)[1], (end - tail)[0]])
        sideways *= 0.02 / (max(float(np.linalg.norm(sideways)), 1e-300) * self.carrier.scale_factor)
        beside = self.carrier.lay(np.stack([end - sideways, end + sideways]))[0]
        foreshortened = abs(float((beside[1] - beside[0]) @ across)) / 0.04
        spread = SPREAD * size * PIXEL * float(np.clip(foreshortened, SHORTENED, 1))
        return np.stack([tip, base + spread * across, base - spread * across])


def _before(flat: Array, distance: float) -> Array:
    """The point of a polyline (n, 2) that lies ``distance`` before its end."""
    lengths = np.linalg.norm(np.diff(flat, axis=0), axis=1)
    left = np.concatenate([[0.0], np.cumsum(lengths)])
    here = max(left[-1] - distance, 0.0)
    return np.array([np.interp(here, left, flat[:, axis]) for axis in (0, 1)])


def _shortened(line: Array, flat: Array, distance: float) -> Array:
    """A line of weights (n, 2) without its last ``distance`` in the picture, (m, 2)."""
    lengths = np.linalg.norm(np.diff(flat, axis=0), axis=1)
    left = np.concatenate([[0.0], np.cumsum(lengths)])
    here = max(left[-1] - distance, 0.02 * left[-1])
    last = np.array([np.interp(here, left, line[:, axis]) for axis in (0, 1)])
    return np.concatenate([line[left < here], [last]])
