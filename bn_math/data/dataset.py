"""Data sets: features and a target, how they are centered and scaled, and the article's data.

How a CSV file becomes columns is in reading.py; losses, batches and learning are other rooms' business.
"""

import math
import os
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from bn_math.checks import Array, few_numbers, finite_array, integer, number, readonly, shown
from bn_math.data.choice import Columns
from bn_math.data.reading import Reading
from bn_math.normalization.moments import Moments, moments
from bn_math.normalization.standardize import standardize
from bn_math.pickling import PickleByFields

# The squares of larger numbers overflow once they are summed.
LARGEST = 1e150
# The squares of smaller numbers lose digits, and then vanish.
SMALLEST = 1e-151


@dataclass(frozen=True, eq=False)
class Dataset(PickleByFields):
    """Rows of features with a target; the arrays are read-only copies of what is given.

    features: (n, d); target: (n,); feature_names: d names; target_name: one.
    Raises ValueError for wrong shapes, fewer than two rows, NaN or infinity, numbers beyond `LARGEST`, and
    names missing or repeated.
    """

    features: Array
    target: Array
    feature_names: tuple[str, ...] = ("A", "B")
    target_name: str = "y"

    def __post_init__(self) -> None:
        """Checks and copies what was given."""
        features, target = finite_array("features", self.features), finite_array("target", self.target)
        if features.ndim != 2 or features.shape[1] < 1:
            raise ValueError(
                f"features must have shape (n, d), a row an example, but has shape {features.shape}"
            )
        if len(features) < 2:
            raise ValueError(f"features must have at least two rows, but has {len(features)}")
        if target.shape != (len(features),):
            raise ValueError(
                f"target must have shape ({len(features)},), one a row, but has shape {target.shape}"
            )
        names = self._checked_names()
        if len(names) != features.shape[1]:
            raise ValueError(
                f"feature_names must hold {features.shape[1]} names, one a feature, but holds {names}"
            )
        if (
            not all(map(str.strip, (*names, self.target_name)))
            or len({*names, self.target_name}) != len(names) + 1
        ):
            raise ValueError(f"names must be non-empty and distinct, but are {(*names, self.target_name)}")
        columns = [("features", *column) for column in zip(names, features.T, strict=True)]
        for field, name, values in (*columns, ("target", self.target_name, target)):
            row = int(np.abs(values).argmax())
            if abs(values[row]) > LARGEST:
                raise ValueError(
                    f"{field} must not have numbers above {LARGEST:g}, whose squares overflow, but "
                    f"{name} has {values[row]:.3g} in row {row + 1}; give it in larger units"
                )
        object.__setattr__(self, "features", readonly(features))
        object.__setattr__(self, "target", readonly(target))
        object.__setattr__(self, "feature_names", names)

    def _checked_names(self) -> tuple[str, ...]:
        given = self.feature_names
        if not isinstance(given, (tuple, list)) or not all(isinstance(name, str) for name in given):
            raise ValueError(
                f"feature_names must be a tuple of names, such as ('A', 'B'), but is {shown(given)}"
            )
        if not isinstance(self.target_name, str):
            raise ValueError(f"target_name must be a name, such as 'y', but is {shown(self.target_name)}")
        return tuple(given)

    @classmethod
    def from_csv(cls, path: str | os.PathLike[str], target: str | None = None, **reading: Any) -> "Dataset":
        """`load_dataset`, for those who look for it here."""
        return load_dataset(path, target, **reading)

    @property
    def count(self) -> int:
        """n, the number of rows."""
        return len(self.features)

    @property
    def means(self) -> Array:
        """Mean of each feature, (d,)."""
        return np.asarray(self._moments.mean[0])

    @property
    def stds(self) -> Array:
        """Standard deviation of each feature with ddof 0, (d,)."""
        return self.standard_deviations()

    def standard_deviations(self, ddof: int = 0) -> Array:
        """Standard deviation of each feature, (d,), dividing by n - ddof."""
        divided_by = self.count - integer("ddof", ddof, at_least=0, at_most=1)
        return np.asarray(self._moments.std[0] * math.sqrt(self.count / divided_by))

    @property
    def spread_ratio(self) -> float:
        """How many times the smallest standard deviation of the features the largest one is."""
        return float(self.stds.max() / self.stds.min())

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names: the features', then the target's."""
        return *self.feature_names, self.target_name

    @property
    def lows(self) -> Array:
        """The least value of each feature, (d,)."""
        return np.asarray(self.features.min(axis=0))

    @property
    def highs(self) -> Array:
        """The greatest value of each feature, (d,)."""
        return np.asarray(self.features.max(axis=0))

    @property
    def spans(self) -> Array:
        """From the least to the greatest value of each feature, (d,)."""
        return self.highs - self.lows

    @property
    def target_mean(self) -> float:
        """Mean of the target."""
        return float(moments(self.target).mean[0])

    @property
    def _moments(self) -> Moments:
        return moments(self.features)

    @property
    def correlation(self) -> float:
        """Pearson's r of the first two features. Raises ValueError for one feature, or a constant one."""
        if self.features.shape[1] < 2:
            raise ValueError("correlation needs two features, but there is one")
        x = standardize(self._with_spread()[:, :2])
        return float(np.clip(np.mean(x[:, 0] * x[:, 1]), -1, 1))

    def standardized(self, ddof: int = 0) -> "Dataset":
        """Features to mean 0 and variance 1, target to mean 0. Raises ValueError for a constant feature."""
        return replace(
            self, features=standardize(self._with_spread(), ddof), target=self.target - self.target_mean
        )

    def centered(self) -> "Dataset":
        """Features and target to mean 0; their spread is left alone."""
        return replace(self, features=self.features - self.means, target=self.target - self.target_mean)

    def scaled(self, ddof: int = 0) -> "Dataset":
        """Features divided by their standard deviation; nothing is centered, and the target is left alone.

        Raises ValueError for a constant feature.
        """
        self._with_spread()
        return replace(self, features=self.features / self.standard_deviations(ddof))

    def partly_standardized(self, centered: float, scaled: float, ddof: int = 0) -> "Dataset":
        """Features and target less a share of their means; features over their deviation to a power.

        `centered` and `scaled` are that share and that power, each 0 to 1: with 0, 0 the data as they are,
        with 1, 1 the standardized ones. Raises ValueError for a constant feature.
        """
        centered = number("centered", centered, at_least=0, at_most=1)
        scaled = number("scaled", scaled, at_least=0, at_most=1)
        moved = self._with_spread() - centered * self.means
        return replace(
            self,
            features=moved / self.standard_deviations(ddof) ** scaled,
            target=self.target - centered * self.target_mean,
        )

    def _with_spread(self) -> Array:
        for name, column, std in zip(self.feature_names, self.features.T, self.stds, strict=True):
            if np.ptp(column) == 0 or std == 0:
                raise ValueError(
                    f"feature {name} is constant ({column[0]:g}): it has no spread to divide by; drop it"
                )
        return self.features


def dataset_of(columns: Columns) -> Dataset:
    """The data set of columns that were read."""
    return Dataset(columns.features, columns.target, columns.feature_names, columns.target_name)


def with_squares(data: Dataset) -> Dataset:
    """`data`, unless it is so small that the squares of its values vanish; too large no data set is."""
    if not isinstance(data, Dataset):
        raise TypeError(f"data must be a Dataset, such as article_dataset(), but is {shown(data)}")
    for column in (*data.features.T, data.target):
        if 0 < np.abs(column).max() < SMALLEST:
            raise ValueError(
                f"data is too small: below {SMALLEST:g} the squares of its values vanish; "
                "give it in smaller units"
            )
    return data


def article_recipe(seed: int = 42, count: int = 100) -> Dataset:
    """The article's recipe: A ~ U(1, 10), B ~ U(1, 200), y = 2A + 3B + 0.1 N(0, 1), drawn in that order.

    numpy does not promise the same stream for ever: `article_dataset` is the data, this is how it was made.
    """
    rng = np.random.default_rng(integer("seed", seed, at_least=0))
    count = integer("count", count, at_least=2)
    few_numbers("count", 3 * count)
    a, b = rng.uniform(1, 10, count), rng.uniform(1, 200, count)
    return Dataset(np.column_stack([a, b]), 2 * a + 3 * b + 0.1 * rng.normal(size=count))


@cache
def article_dataset() -> Dataset:
    """The article's data: features A, B (100, 2) and target y (100,), from article.csv in this package."""
    text = resources.files("bn_math.data").joinpath("article.csv").read_text(encoding="utf-8")
    return dataset_of(Reading().text(text, "bn_math/data/article.csv"))


def load_dataset(path: str | os.PathLike[str], target: str | None = None, **reading: Any) -> Dataset:
    """A data set from a file: CSV as it comes, or, with the extra `data` installed, .xlsx or .parquet.

    CSV has a first row of names, then a record a row; empty lines are skipped. It is separated by commas,
    semicolons or tabs, which is found from the text or told by a first line `sep=;`. Where no comma
    separates, numbers may have a decimal comma. It is UTF-8, UTF-16 with a byte-order mark, or what
    `encoding` says. Of three columns the last is the target, unless `target` names it. `reading` holds the
    other fields of `Reading`: `features`, `missing`, `sample`, `encoding`, `decimal`.
    The file has at most 64 MB, a line at most 10,000 characters.
    Raises ValueError naming the file, row and column of what is wrong; FileNotFoundError if there is no file.
    """
    return dataset_of(Reading(target=target, **reading).file(path))
