"""From the raw to the standardized data in one sweep: what lies between, and how time runs along it.

Every moment is a data set with a loss of its own, never a blend of two. What is drawn of it is not said here.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bn_math.checks import Array, instance, integer, number
from bn_math.data.dataset import Dataset
from bn_math.descent.losses import LeastSquares

SAMPLES = 1025
# Where a change of the condition number is seen: time is slowed there.
SEEN = (2.0, 40.0)
SLOWED = 3.0
# Time that follows the share alone, next to what follows the condition number.
STEADY = 0.04


@dataclass(frozen=True, eq=False)
class StandardizingPath:
    """The data on the way from raw to standardized, at times from 0 to 1.

    Features and target are centered together, by one share that is eased: else the least loss would climb
    while they are not. Then each feature is divided by its deviation to a power that grows from 0 to 1. There
    time follows the logarithm of the condition number, slowed between 40 and 2, where its change is seen.

    centering: the share of the time that is spent on centering, 0 to 1 both left out.
    """

    data: Dataset
    ddof: int = 0
    centering: float = 0.3

    def __post_init__(self) -> None:
        """Checks every field: ValueError for one that cannot be used, or for a constant feature."""
        instance("data", self.data, Dataset, "article_dataset()")
        integer("ddof", self.ddof, at_least=0, at_most=1)
        number("centering", self.centering, above=0, below=1)
        self.data.partly_standardized(0, 1, self.ddof)

    def shares(self, time: float) -> tuple[float, float]:
        """How far the data are centered and scaled at `time`, each 0 to 1."""
        time = number("time", time, at_least=0, at_most=1)
        if time <= self.centering:
            return eased(time / self.centering), 0.0
        passed = eased((time - self.centering) / (1 - self.centering))
        return 1.0, float(np.interp(passed, self._passed, np.linspace(0, 1, SAMPLES)))

    def dataset(self, time: float) -> Dataset:
        """The data at `time`."""
        return self.data.partly_standardized(*self.shares(time), self.ddof)

    def loss(self, time: float) -> LeastSquares:
        """The loss of the data at `time`."""
        return LeastSquares(self.dataset(time))

    def condition_number(self, time: float) -> float:
        """That of the loss at `time`."""
        return self.loss(time).spectrum.condition_number

    @cached_property
    def _passed(self) -> Array:
        """The share of the scaling's time passed at even shares of the scaling, (SAMPLES,), rising."""
        shares = np.linspace(0, 1, SAMPLES)
        x = self.data.centered().features
        scales = self.data.standard_deviations(self.ddof) ** -shares[:, None]
        values = np.linalg.eigvalsh((x.T @ x) * scales[:, :, None] * scales[:, None, :])
        logs = np.log(values[:, -1]) - np.log(np.maximum(values[:, 0], 1e-16 * values[:, -1]))
        low, high = np.log(SEEN)
        middle = (logs[1:] + logs[:-1]) / 2
        # One outside, SLOWED inside, and a slope of half a unit between.
        seen = np.clip(np.minimum(middle - low, high - middle) / 0.5 + 0.5, 0, 1)
        spent = np.abs(np.diff(logs)) * (1 + (SLOWED - 1) * seen)
        spent += STEADY * spent.sum() / len(spent) or 1.0
        return np.asarray(np.concatenate([[0.0], np.cumsum(spent)]) / spent.sum())


def eased(share: float) -> float:
    """From 0 to 1 with no speed at either end: 3 s^2 - 2 s^3."""
    return share * share * (3 - 2 * share)
