"""The plane of both features on one scale: from far, where data are as they come, to near, a few spreads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box
from scenes.pieces.scaling.moving_batches import OWN, MovingBatches

FILLED = 0.92  # of the box, by what is seen from far, and from near
STRETCHED, SQUEEZED, SHIFTED = 1.4, 0.55, 1.0  # gamma of the feature that lies, of the other; most of a beta
NEAREST = 1.2  # spreads to every side, that are seen at least


@dataclass(frozen=True)
class ScalingPlane:
    """Where values of both features stand in ``box``; a unit of the one is as long as a unit of the other.

    The feature that spans more lies. ``near`` says how far the viewer has come: at 0 he sees the batches as
    they come, less their means, and zero; at 1 all of them standardized, zero in the middle.

    Args:
        batches: what is to be seen.
        box: the place of the picture.
    """

    batches: MovingBatches
    box: Box

    @cached_property
    def wide(self) -> int:
        """The feature that lies, 0 or 1."""
        return int(np.argmax(self.batches.lesson.data.spans))

    @property
    def order(self) -> list[int]:
        """The feature that lies, and the upright one."""
        return [self.wide, 1 - self.wide]

    @property
    def size(self) -> Array:
        """Of the box, (2,)."""
        return np.array([self.box.width, self.box.height])

    @cached_property
    def _far(self) -> tuple[Array, float]:
        """The middle of what is seen from far, the lying feature first, and how long a unit is."""
        moved = [self.batches.at(batch, 1.0, 0.0) for batch in range(self.batches.count)]
        seen = np.concatenate([np.zeros((1, 2)), *self.batches.rows, *moved])[:, self.order]
        low, high = seen.min(axis=0), seen.max(axis=0)
        spans = np.maximum(high - low, 1e-300)
        return (low + high) / 2, float(FILLED * (self.size / spans).min())

    @cached_property
    def _near(self) -> float:
        """How long a unit is in the end."""
        most = np.abs(np.concatenate(self.batches.standardized))[:, self.order].max(axis=0)
        return float(FILLED * (self.size / 2 / np.maximum(most, NEAREST)).min())

    @property
    def enlarged(self) -> float:
        """How many times as long a unit is in the end."""
        return self._near / self._far[1]

    def unit(self, near: float) -> float:
        """How long a unit of either feature is, in picture units."""
        return float(self._far[1] ** (1 - near) * self._near**near)

    def origin(self, near: float) -> Array:
        """Where zero of both features is, (2,)."""
        middle, unit = self._far
        return np.array(self.box.center) - (1 - near) * middle * unit

    def at(self, values: Array, near: float) -> Array:
        """Values of both features (..., 2), in the data's order -> points of the picture (..., 3)."""
        flat = self.origin(near) + self.unit(near) * np.asarray(values, dtype=float)[..., self.order]
        return np.concatenate([flat, np.zeros((*flat.shape[:-1], 1))], axis=-1)

    def turned(self) -> tuple[Array, Array]:
        """A gamma and a beta for each feature, both (2,), with which row 1's batch stays in sight."""
        reach = np.zeros(2)
        reach[self.order] = FILLED * self.size / 2 / self.unit(1.0)
        most = np.maximum(np.abs(self.batches.standardized[OWN]).max(axis=0), 1e-12)
        gamma = np.zeros(2)
        gamma[self.order] = STRETCHED, SQUEEZED
        gamma = np.minimum(gamma, 0.9 * reach / most)
        return gamma, np.clip(reach - gamma * most, 0, SHIFTED)
