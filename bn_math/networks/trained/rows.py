"""The rows that networks are trained on and tested with, as a lesson's settings have them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bn_math.checks import Array, Indices
from bn_math.data.examples import LabeledRows, Labels, digit_rows


@dataclass(frozen=True, eq=False)
class TrainingRows:
    """Inputs (n, d) and labels (n,) to train on, the same to test with (m, d), (m,), and how many classes."""

    inputs: Array
    labels: Labels
    test_inputs: Array
    test_labels: Labels
    classes: int

    def fixed(self, count: int) -> Indices:
        """So many rows of those trained on, evenly spread over them, (count,)."""
        return evenly(len(self.inputs), count)


@lru_cache(maxsize=8)
def training_rows(data: LabeledRows | None) -> TrainingRows:
    """The digits' pixels as they are, 0 to 1; other rows standardized by those trained on.

    A column that is constant among these is 0 throughout.
    """
    rows = digit_rows() if data is None else data
    test = rows.is_test
    features = rows.features
    if data is not None:
        mean, std = features[~test].mean(axis=0), features[~test].std(axis=0)
        varies = np.ptp(features[~test], axis=0) > 0
        features = np.where(varies, (features - mean) / np.where(varies, std, 1), 0.0)
    return TrainingRows(
        np.ascontiguousarray(features[~test]),
        rows.labels[~test],
        np.ascontiguousarray(features[test]),
        rows.labels[test],
        len(rows.classes),
    )


def evenly(rows: int, count: int) -> Indices:
    """`count` places of `rows`, evenly spread, from the first to the last; all if there are no more."""
    return np.unique(np.linspace(0, rows - 1, min(count, rows)).round().astype(np.intp))
