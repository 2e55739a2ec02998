"""What standardized data are like if only their correlation were another: the cloud tilts, nothing else."""

from dataclasses import replace

import numpy as np

from bn_math.checks import number
from bn_math.data.dataset import Dataset
from bn_math.lesson.stage import Stage

# The correlation at which the film counts a descent's steps: a cloud that is nearly a line, and yet a cloud.
TILTED = 0.99


def correlated(standardized: Stage, r: float) -> Dataset:
    """The data of a `standardized` stage if its features' correlation were `r`, -1 to 1; same minimizer.

    Rows keep A; B is mixed from A and from what in B is uncorrelated with it, so that the cloud tilts.
    """
    r = number("r", r, at_least=-1, at_most=1)
    a, b = standardized.data.features.T
    own = b - a * (a @ b) / (a @ a)
    own = own * np.sqrt((b @ b) / (own @ own))
    x = np.column_stack([a, r * a + np.sqrt(1 - r * r) * own])
    return replace(standardized.data, features=x, target=x @ standardized.loss.minimizer)
