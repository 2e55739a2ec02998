"""One feature of all rows, in units in which its numbers are short."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from scenes.kit.script.magnitude import Magnitude


@dataclass(frozen=True)
class FeatureValues:
    """What a line of the feature's values shows.

    Args:
        lesson: whose feature it is.
        feature: which one, counted from 0.
    """

    lesson: Lesson
    feature: int = 0

    @cached_property
    def power(self) -> Magnitude:
        """What the values are given in."""
        return Magnitude.of(self.lesson.data.features[:, self.feature])

    @cached_property
    def values(self) -> Array:
        """The feature of all rows, (n,)."""
        return self.scaled(self.lesson.data.features[:, self.feature])

    def scaled(self, values: Array) -> Array:
        """Values of the feature in these units."""
        return np.asarray(values * self.power.share(1.0))
