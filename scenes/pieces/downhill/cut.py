"""The cut through a loss along the way downhill from a start, and gradient descent on it. Exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from manim import Mobject

from bn_math import Dataset
from scenes.kit.data_tables import Tables, by_feature
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.window import CutWindow, quadratic
from scenes.kit.surface.viewpoint import Viewpoint

LYING = 0.75  # from where on a cut that is lifted has its ground and its axis
BELOW = 0.2  # from the cut's lowest point down to the axis, over its height


@dataclass(frozen=True, eq=False)
class DownhillCut:
    """A parabola: the loss over the straight line through ``start`` along its gradient.

    Places on the line are counted in units of space from the start, downhill above 0.

    Args:
        window: of the loss that is shown.
        start: weights (2,) at which the gradient is not 0.
    """

    window: CutWindow
    start: Array

    @cached_property
    def origin(self) -> Array:
        """The start on the ground, (2,)."""
        return self.window.ground(np.asarray(self.start, dtype=float))

    @cached_property
    def direction(self) -> Array:
        """Downhill on the ground, of length 1, (2,)."""
        slope = self.window.slope(self.origin)
        return np.asarray(-slope / np.linalg.norm(slope))

    def ground(self, along: Array) -> Array:
        """Places on the line (...) -> the ground (..., 2)."""
        return np.asarray(self.origin + np.asarray(along, dtype=float)[..., None] * self.direction)

    def height(self, along: Array) -> Array:
        """The surface's height over places on the line, of the same shape."""
        return quadratic(self.window.form, self.ground(along))

    def slope(self, along: float) -> float:
        """How steep the cut is, below 0 where it falls."""
        return float(self.window.slope(self.ground(np.array(along))) @ self.direction)

    @cached_property
    def bend(self) -> float:
        """How fast that changes along the line, the same everywhere."""
        return float(2 * self.direction @ self.window.form @ self.direction)

    @property
    def lowest(self) -> float:
        """The place at which the cut is lowest."""
        return -self.slope(0.0) / self.bend

    @property
    def limit(self) -> float:
        """The learning rate from which on every step lands at least as high as it began: 2 over the bend."""
        return 2 / self.bend

    def run(self, share: float, steps: int) -> Array:
        """Gradient descent from the start, at this share of the limit: its places, (steps + 1,)."""
        places = [0.0]
        for _ in range(steps):
            places.append(places[-1] - share * self.limit * self.slope(places[-1]))
        return np.array(places)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Where the line leaves the window, uphill and downhill."""
        half = np.sqrt(max(self.window.top - float(self.height(np.array(self.lowest))), 0.0) * 2 / self.bend)
        along, drift = (float(self.window.directions[0] @ it) for it in (self.origin, self.direction))
        cuts = np.sort((np.array([-1.0, 1.0]) * self.window.length - along) / (drift or 1e-12))
        return max(self.lowest - float(half), float(cuts[0])), min(self.lowest + float(half), float(cuts[1]))


def tried(cut: DownhillCut, data: Dataset, rates: Mapping[str, tuple[float, int]]) -> Tables:
    """Gradient descent on a cut, as tables by name: for each its share of the limit and its steps."""
    found = {}
    for name, (share, steps) in rates.items():
        places = cut.run(share, steps)
        found[name] = {
            "step": np.arange(steps + 1),
            **by_feature(data, "weight_", cut.window.weights(cut.ground(places))),
            "excess_loss": cut.height(places) / cut.window.height_per_loss,
        }
    return found


class CutView(Mobject):
    """How a cut reaches the picture: as it lies in space, laid flat in a box, or between the two.

    Its points are (x, y, lifted) and (width, height, 0) of what is flat. Animate it with ``look``.

    Args:
        cut: what is seen.
        view: where the space is seen from.
    """

    def __init__(self, cut: DownhillCut, view: Viewpoint) -> None:
        super().__init__()
        self.cut, self.view = cut, view
        self.points = np.zeros((2, 3))

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        copied: Self = object.__new__(type(self))
        copied.__dict__.update(self.__dict__)
        copied.points = self.points.copy()
        copied.submobjects, copied.updaters = [], []
        return copied

    def look(self, box: Box, lifted: float = 1.0, tall: float | None = None) -> Self:
        """Lay the cut flat in ``box``: its lowest point above the lower edge, its axis on it.

        Args:
            box: the place; the cut's ends reach its sides.
            lifted: 0 is as it lies in space, 1 is flat.
            tall: how much of the box's height the cut takes; None is as much as makes it as steep as it is.
        """
        low, high = self.cut.ends
        across = box.width / (high - low)
        rise = self.cut.window.top - float(self.cut.height(np.array(self.cut.lowest)))
        up = min(across, box.height / (1 + BELOW) / rise) if tall is None else tall * box.height / rise
        if tall is None:
            across = up
        bottom = box.bottom + BELOW * rise * up if tall is None else box.bottom + 0.1 * box.height
        middle = box.center[0] - across * (low + high) / 2
        self.points = np.array([[middle, bottom, lifted], [across, up, bottom - box.bottom]])
        return self

    def interpolate_color(self, mobject1: Mobject, mobject2: Mobject, alpha: float) -> None:
        """A way of seeing has no color."""

    @property
    def lifted(self) -> float:
        """0 in space, 1 flat."""
        return float(self.points[0, 2])

    @property
    def lies(self) -> float:
        """How much of what belongs to the flat cut alone is there, from 0 to 1: its ground, its axis."""
        return float(np.clip((self.lifted - LYING) / (1 - LYING), 0, 1))

    def flat(self, along: Array, height: Array) -> Array:
        """Places on the line and heights, both (...), as they lie flat: (..., 2)."""
        (x, y, _), (across, up, _) = self.points
        lowest = float(self.cut.height(np.array(self.cut.lowest)))
        return np.stack([x + across * np.asarray(along), y + up * (np.asarray(height) - lowest)], axis=-1)

    def at(self, along: Array) -> Array:
        """Points of the cut over places on the line (...), in the picture: (..., 2)."""
        return self.laid(along, self.cut.height(np.asarray(along, dtype=float)))

    def laid(self, along: Array, height: Array) -> Array:
        """Places on the line and heights, both (...), in the picture: (..., 2)."""
        flat = self.flat(along, height)
        if self.lifted >= 1:
            return flat
        ground = self.cut.ground(np.asarray(along))
        space = np.concatenate([ground, np.asarray(height)[..., None]], axis=-1)
        return np.asarray((1 - self.lifted) * self.view.project(space)[..., :2] + self.lifted * flat)

    def on_axis(self, along: Array) -> Array:
        """Places on the line (...) on the axis below the flat cut: (..., 2)."""
        (x, y, _), (across, _, below) = self.points
        along = np.asarray(along, dtype=float)
        return np.stack([x + across * along, np.full(along.shape, y - below)], axis=-1)
