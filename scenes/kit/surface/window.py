"""Which part of a loss is shown, and how weights become points of space. Exact, and stated on the axes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bn_math import LeastSquares
from scenes.kit.drawing.canvas import Array


@dataclass(frozen=True)
class LossWindow:
    """A disc of weights around the minimizer, drawn as a disc of space.

    x, y are weights less the minimizer times ``radius / reach``, and z is the loss above its minimum times
    one stated factor.

    Args:
        loss: the loss that is shown.
        reach: how far the disc goes in every direction, on both axes alike, in units of the weights.
        radius: of the disc as it is drawn, in units of space.
        top: height of its highest point, in units of space.
    """

    loss: LeastSquares
    reach: float
    radius: float = 2.35
    top: float = 1.6

    @classmethod
    def around(cls, loss: LeastSquares, start: Array, margin: float = 0.86, **size: float) -> LossWindow:
        """The window in which ``start`` lies ``margin`` of the way from the minimizer to the rim."""
        return cls(loss, float(np.linalg.norm(np.asarray(start) - loss.minimizer)) / margin, **size)

    @property
    def height_per_loss(self) -> float:
        """Height for one unit of loss: the steepest point of the rim stands at ``top``."""
        return self.top / (0.5 * float(np.linalg.eigvalsh(self.loss.hessian)[-1]) * self.reach**2)

    def ground(self, weights: Array) -> Array:
        """Weights (..., 2) -> their place on the ground (..., 2)."""
        return (np.asarray(weights, dtype=float) - self.loss.minimizer) * (self.radius / self.reach)

    def weights(self, ground: Array) -> Array:
        """A place on the ground (..., 2) -> the weights (..., 2) it stands for."""
        return self.loss.minimizer + np.asarray(ground, dtype=float) * (self.reach / self.radius)

    def place(self, weights: Array) -> Array:
        """Weights (..., 2) -> their point on the surface (..., 3)."""
        height = (self.loss.value(np.asarray(weights)) - self.loss.minimum) * self.height_per_loss
        return np.concatenate([self.ground(weights), np.asarray(height)[..., None]], axis=-1)

    def slope(self, weights: Array) -> Array:
        """The surface's gradient in space (..., 2) at ``weights`` (..., 2), from the loss's own gradient."""
        return self.loss.gradient(np.asarray(weights)) * self.height_per_loss * (self.reach / self.radius)
