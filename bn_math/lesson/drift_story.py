"""What is true of the clouds that a network's layers hand on while it trains, as named conditions."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bn_math.checks import Array

if TYPE_CHECKING:
    from bn_math.lesson.lesson import Lesson

# The step up to which the training is shown.
DRIFT_SHOWN = 40


@dataclass(frozen=True, eq=False)
class DriftStory:
    """Conditions of the network whose layers are watched in training, two neurons of each.

    A cloud's way is how far its mean goes up to step `DRIFT_SHOWN`, in spreads of the start; both are taken
    over the two neurons together, each in units of its own spread at the start.
    lesson: the one that they are about.
    """

    lesson: "Lesson"

    @cached_property
    def reads_digits(self) -> bool:
        """The networks learn the handwritten digits, no data of one's own."""
        return self.lesson.settings.network.data is None

    @cached_property
    def clouds_drift(self) -> bool:
        """Without batch norm every layer's cloud goes a way of at least a quarter, or grows by a quarter."""
        ways, growths = self._drift
        return bool(np.isfinite(ways[0]).all() and ((ways[0] >= 0.25) | (growths[0] >= 1.25)).all())

    @cached_property
    def last_cloud_goes_farthest(self) -> bool:
        """Without batch norm all clouds drift, and the last layer's goes farther than any other."""
        ways = self._drift[0][0]
        return self.clouds_drift and len(ways) > 1 and bool((ways[-1] > ways[:-1]).all())

    @cached_property
    def clouds_stay(self) -> bool:
        """With batch norm every layer's cloud goes a third of the way at most, and a fifth of a spread.

        And its spread changes by a fifth at most.
        """
        ways, growths = self._drift
        is_near = (ways[1] <= 0.2) & (3 * ways[1] <= ways[0])
        return bool((is_near & (growths[1] <= 1.2) & (growths[1] >= 1 / 1.2)).all())

    @cached_property
    def _drift(self) -> tuple[Array, Array]:
        """How far each layer's cloud has gone, and how many times as wide it is: two arrays (2, L)."""
        drift = self.lesson.network.drift
        shown = drift.sums[:, drift.steps <= DRIFT_SHOWN]
        with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
            start, end = shown[:, 0], shown[:, -1]
            spread = start.std(axis=2)
            ways = np.linalg.norm((end.mean(axis=2) - start.mean(axis=2)) / spread, axis=-1)
            growths = np.linalg.norm(end.std(axis=2) / spread, axis=-1) / np.sqrt(2)
        return ways, growths
