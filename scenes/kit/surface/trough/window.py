"""Which part of a quadratic loss is cut out, and how its weights become points of space. Exact."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from scenes.kit.drawing.canvas import Array

HALF_WIDTH, LENGTH = 1.5, 1.95
DEEP, SHALLOW = 1.0, 0.75
"""Heights over half-widths: where a shape is met first, and where a descent on it is watched."""
CLOSES, LONG = 1.1, 1.5  # half a level's length over ``nearest``: from here on it is whole; and cut there
FLATTEST = 1e-9  # the least ratio of the curvatures that is told from 0
FREE = 1.08  # of half of a whole level's length, to where the cuts stand: they clear the wall as well


class Quadratic(Protocol):
    """What is cut out: a loss that is its least value and half of d' H d at d from its minimizer."""

    @property
    def hessian(self) -> Array:
        """H, (2, 2), symmetric, with no eigenvalue below 0 and one above."""

    @property
    def minimizer(self) -> Array:
        """Where the loss is least, (2,)."""


@dataclass(frozen=True, eq=False)
class CutWindow:
    """The part of a loss below one value of it, between two straight cuts across its flat direction.

    x and y are weights less the minimizer, times ``scale``; z is the loss above its minimum times one factor,
    so that the value stands at ``top``. Where the level closes before it reaches the cuts, there are none:
    that is a bowl.

    Args:
        loss: the loss that is shown.
        level: the loss less its minimum at which it is cut off, above 0.
        scale: units of space for one unit of a weight, the same for both.
        top: height of the rim in units of space.
        nearest: how far the two straight cuts are from the minimizer at least, in units of space. A cut
            through the very tip of a level would be seen as a bite out of its rim: see :attr:`length`.
    """

    loss: Quadratic
    level: float
    scale: float
    top: float
    nearest: float

    @classmethod
    def around(
        cls,
        loss: Quadratic,
        start: Array,
        margin: float = 0.88,
        half_width: float = HALF_WIDTH,
        depth: float = DEEP,
        length: float = LENGTH,
    ) -> CutWindow:
        """A window of one size in space for every loss, in which ``start`` lies below the rim.

        Args:
            loss: the loss that is shown.
            start: weights (2,) that are to be seen.
            margin: how far from the minimizer to the rim, or to a cut, the start lies at most.
            half_width: of the shape at its rim, in its steepest direction, in units of space.
            depth: height of the rim over ``half_width``.
            length: how far the cuts are from the minimizer at least, over ``half_width``.
        """
        values, vectors = np.linalg.eigh(loss.hessian)
        away = np.asarray(start, dtype=float) - loss.minimizer
        # The start's way to the rim, in units of the half-width; and along the flat direction, to a cut.
        risen = float(np.sqrt(away @ loss.hessian @ away / values[1]))
        reach = max(risen, abs(float(vectors[:, 0] @ away)) / length) / margin or 1.0
        level = 0.5 * float(values[1]) * reach**2
        return cls(loss, level, half_width / reach, depth * half_width, length * half_width)

    @cached_property
    def form(self) -> Array:
        """M, (2, 2), with z = g' M g over the place g on the ground."""
        return np.asarray(0.5 * self.loss.hessian * (self.height_per_loss / self.scale**2))

    @cached_property
    def length(self) -> float:
        """How far the two straight cuts are from the minimizer, in units of space.

        A level that reaches a little over the nearest ones gets them beyond its tips; one that reaches far
        over keeps them; in between they go out as it grows shorter.
        """
        flat, steep = self.curvatures
        half = float(np.sqrt(self.top / max(flat, FLATTEST * steep)))
        short = float(np.clip((LONG - half / self.nearest) / (LONG - CLOSES), 0, 1))
        eased = short * short * (3 - 2 * short)
        whole = FREE * min(half, CLOSES * self.nearest)
        return self.nearest + eased * max(whole - self.nearest, 0.0)

    @property
    def height_per_loss(self) -> float:
        """Height for one unit of loss."""
        return self.top / self.level

    @cached_property
    def curvatures(self) -> Array:
        """Eigenvalues of the form, the flat direction's first, (2,)."""
        return np.maximum(np.linalg.eigh(self.form)[0], 0.0)

    @cached_property
    def directions(self) -> Array:
        """Unit vectors on the ground in rows, the flat one first, (2, 2)."""
        return np.linalg.eigh(self.form)[1].T

    def azimuth(self, lean: float = 18.0) -> float:
        """Where a viewer stands who looks along the trough, ``lean`` degrees off its axis; in degrees."""
        x, y = self.directions[0] * (1 if self.directions[0, 0] >= 0 else -1)
        return float(np.degrees(np.arctan2(y, x))) + lean

    def ground(self, weights: Array) -> Array:
        """Weights (..., 2) -> their place on the ground (..., 2)."""
        return (np.asarray(weights, dtype=float) - self.loss.minimizer) * self.scale

    def weights(self, ground: Array) -> Array:
        """A place on the ground (..., 2) -> the weights (..., 2) it stands for."""
        return self.loss.minimizer + np.asarray(ground, dtype=float) / self.scale

    def lifted(self, ground: Array) -> Array:
        """Places on the ground (..., 2) -> the points of the surface over them, (..., 3)."""
        return np.concatenate([ground, quadratic(self.form, ground)[..., None]], axis=-1)

    def place(self, weights: Array) -> Array:
        """Weights (..., 2) -> their point on the surface (..., 3)."""
        return self.lifted(self.ground(weights))

    def slope(self, ground: Array) -> Array:
        """The surface's gradient in space (..., 2) over places on the ground (..., 2)."""
        return np.asarray(2 * np.asarray(ground, dtype=float) @ self.form)

    def holds(self, ground: Array, slack: float = 1e-9) -> Array:
        """Whether places on the ground (..., 2) lie within the cuts, (...) of bool."""
        points = self.lifted(np.asarray(ground, dtype=float))
        along = np.abs(points[..., :2] @ self.directions[0])
        return np.asarray((points[..., 2] <= self.top + slack) & (along <= self.length + slack))


def quadratic(form: Array, places: Array) -> Array:
    """Of places g (..., 2): g' M g, (...)."""
    x, y = places[..., 0], places[..., 1]
    return np.asarray(form[0, 0] * x * x + 2 * form[0, 1] * x * y + form[1, 1] * y * y)
