"""The settings that fit the data, where none are written: batches, ranges of learning rates, a start."""

import math
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from bn_math.data.dataset import Dataset
from bn_math.descent.losses import LeastSquares

if TYPE_CHECKING:
    from bn_math.lesson.settings import LessonSettings

WANTED_BATCH_SIZE = 10
# The layer's eps is at most this share of the smallest variance: what it makes has a variance of 0.999.
EPS, LARGEST_SHARE_OF_EPS = 1e-5, 1e-3
# The chart of the batch-normalized neuron spans so many decades.
NEURON_DECADES = 12


def fitted(data: Dataset, ddof: int = 0) -> dict[str, Any]:
    """The settings of a lesson that depend on its data, by name, for those that are not given.

    Raises ValueError if the data give no loss surface.
    """
    raw = LeastSquares(data).spectrum.largest_stable_learning_rate
    standardized = LeastSquares(data.standardized(ddof)).spectrum.largest_stable_learning_rate
    lowest = _decade(math.log10(standardized)) - 1
    # Rates are felt as rate * Var y / |w|^2: weights so long feel them as the linear neuron does.
    length = 10.0 ** round(math.log10(np.var(data.target) * standardized) / 2)
    return {
        "batch_size": batch_size(data.count),
        "eps": eps(float(data.stds.min()) ** 2),
        "learning_rates": (
            10.0 ** (_decade(math.log10(min(raw, standardized))) - 1),
            10.0 ** (_decade(math.log10(max(raw, standardized))) + 1),
        ),
        "neuron_learning_rates": (10.0**lowest, 10.0 ** (lowest + NEURON_DECADES)),
        "neuron_start": (length, 0.2 * length),
    }


def batch_size(count: int) -> int:
    """A size near ten that leaves no batch of one row of `count`, and no very small one.

    Where there is no such size, all rows are one batch.
    """
    fits = [size for size in range(2, count) if count % size != 1]

    def is_off(size: int) -> float:
        last = count % size or size
        return abs(size - WANTED_BATCH_SIZE) + (size - last) / 2

    return min(fits, key=is_off, default=count)


def notes(settings: "LessonSettings", given: Collection[str]) -> Iterator[str]:
    """What is to be told of the settings that are not among those `given` by name."""
    if "eps" not in given and settings.eps != EPS:
        yield (
            f"eps is {settings.eps:.0e} instead of {EPS:.0e}, which would swallow the variance of "
            f"{settings.data.feature_names[int(settings.data.stds.argmin())]}"
        )


def eps(variance: float) -> float:
    """The eps that frameworks have, 1e-5, or less where it would swallow a feature of such a variance."""
    if variance >= EPS / LARGEST_SHARE_OF_EPS:
        return EPS
    return float(f"1e{_decade(math.log10(EPS * variance))}")


def _decade(power: float) -> int:
    return math.floor(power)
