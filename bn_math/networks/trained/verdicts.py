"""Whether and when networks of several seeds came to the mark."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bn_math.checks import Array
from bn_math.networks.trained.checked_arrays import Whole

# How a study of steps says that the mark was not reached within the limit.
NOT_REACHED = -1
ALL, SOME, NONE = "all", "some", "none"


def arrivals(steps: Whole) -> NDArray[np.str_]:
    """Of steps (..., seeds): "all", "some" or "none" of the seeds arrived, (...)."""
    arrived = steps != NOT_REACHED
    return np.where(arrived.all(axis=-1), ALL, np.where(arrived.any(axis=-1), SOME, NONE))


def over_seeds(steps: Whole, what: Any) -> Array:
    """`what`, such as `np.median`, of steps (..., seeds) over the seeds; NaN unless all arrived."""
    return np.where((steps != NOT_REACHED).all(axis=-1), what(steps, axis=-1), np.nan)
