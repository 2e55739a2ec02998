"""Which part of a normalized neuron's loss is shown, and how weights become points of space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bn_math.descent.losses import NormalizedNeuron
from scenes.kit.drawing.canvas import Array

MARGIN = 1.3  # of the disc, over the longest of the weights that are to lie on it


@dataclass(frozen=True)
class RayWindow:
    """A disc of weights round the origin, drawn as a disc of space; the height is the loss times one factor.

    At the origin there is no direction and no loss: a hole is left there.

    Args:
        loss: the loss that is shown, of two weights.
        reach: how far the disc goes, in units of the weights.
        radius: of the disc as it is drawn, in units of space.
        top: height of its highest ray above its lowest, in units of space.
        hole: the hole's radius, in units of space.
    """

    loss: NormalizedNeuron
    reach: float
    radius: float = 2.6
    top: float = 1.5
    hole: float = 0.16

    @classmethod
    def around(cls, loss: NormalizedNeuron, run: Array) -> RayWindow:
        """The window in which all weights of a run (n, 2) lie, and some room beyond."""
        return cls(loss, MARGIN * float(np.linalg.norm(run, axis=1).max()))

    @property
    def scale(self) -> float:
        """Units of space for one unit of a weight."""
        return self.radius / self.reach

    @property
    def span(self) -> float:
        """From the lowest ray's loss to the highest one's."""
        return self.loss.maximum - self.loss.minimum

    def ground(self, weights: Array) -> Array:
        """Weights (..., 2) -> their place on the ground (..., 2)."""
        return np.asarray(weights, dtype=float) * self.scale

    def share(self, ground: Array) -> Array:
        """How high the loss is over places (..., 2): 0 on the lowest ray, 1 at most, (...)."""
        return np.asarray(self.loss.excess(ground) / self.span)

    def lifted(self, ground: Array) -> Array:
        """Places on the ground (..., 2) -> the points of the surface over them (..., 3)."""
        height = self.top * self.share(ground)
        return np.concatenate([ground, height[..., None]], axis=-1)

    def place(self, weights: Array) -> Array:
        """Weights (..., 2) -> their point on the surface (..., 3)."""
        return self.lifted(self.ground(weights))

    def slope(self, ground: Array) -> Array:
        """The surface's gradient in space (..., 2) over places (..., 2): always across the ray."""
        return np.asarray(self.loss.gradient(ground) * (self.top / self.span))
