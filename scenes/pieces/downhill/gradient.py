"""The gradient at the start of a descent: an arrow that points uphill, and is turned round."""

from __future__ import annotations

import numpy as np
from manim import Mobject, ValueTracker

from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.trough.arrow import Ends, LyingArrow
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.downhill.cut import DownhillCut
from scenes.pieces.trough.parked import LENGTH

UPHILL, DOWNHILL = 0.62, LENGTH  # how far the arrow reaches on the ground, in units of space


class OpenSurface:
    """A loss that goes on over its rim, none of it hidden: what stands at the rim can point over it.

    Args:
        trough: the part of it that is cut out.
    """

    def __init__(self, trough: Trough) -> None:
        self.trough, self.on_it = trough, float(trough.on_it)
        self.sources: tuple[Mobject, ...] = trough.sources

    def lay(self, weights: Array) -> tuple[Array, Array]:
        """Weights (..., 2) -> the picture (..., 2), and 1 for each of them: all are seen."""
        flat = self.trough.view.project(self.trough.window.place(weights))[..., :2]
        return flat, np.ones(flat.shape[:-1])

    @property
    def outlines(self) -> list[Array]:
        """Those of the part that is cut out."""
        return self.trough.outlines

    @property
    def scale_factor(self) -> float:
        """Picture units for one unit of a weight, about."""
        return self.trough.scale_factor


class GradientArrow(LyingArrow):
    """The slope at a cut's start as it lies on the loss: felt for, then steepest uphill, then turned round.

    Felt for, it is as long as the loss is steep that way. Uphill and downhill it is a direction.

    Args:
        trough: the loss.
        cut: the cut whose start it is.
    """

    def __init__(self, trough: Trough, cut: DownhillCut) -> None:
        self.cut, self.aside, self.turned = cut, ValueTracker(0.0), ValueTracker(0.0)
        super().__init__(OpenSurface(trough), self._pointing, follows=(self.aside, self.turned))

    def _pointing(self) -> Ends:
        """Tail and tip, as weights: ``aside`` is in degrees from uphill, ``turned`` 1 is downhill."""
        share, aside = self.turned.get_value(), float(np.radians(self.aside.get_value()))
        angle = np.pi * (1 - share) + aside
        x, y = self.cut.direction
        way = np.array([x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)])
        reach = UPHILL * np.cos(aside) + share * (DOWNHILL - UPHILL)
        window = self.cut.window
        return window.weights(self.cut.origin), window.weights(self.cut.origin + reach * way)

    @property
    def tip(self) -> Array:
        """Where it ends, in the picture, (2,)."""
        return self.carrier.lay(self.ends[1])[0]
