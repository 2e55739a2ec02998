"""Data sets: features and a target, the article's data, and reading one's own from CSV.

What a data set is and how it is recentred and rescaled lives here; no loss, no batches, no learning.
"""

import csv
import math
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from bn_math.checks import Array, finite_array, integer, readonly
from bn_math.normalization.batch_norm import standardize
from bn_math.pickling import SentAsFields


@dataclass(frozen=True, eq=False)
class Dataset(SentAsFields):
    """Rows of features with a target; the arrays are read-only copies of what is given.

    features: (n, d); target: (n,); feature_names: d names; target_name: one.
    Raises ValueError for wrong shapes, fewer than two rows, NaN or infinity, and names missing or repeated.
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
        names = tuple(self.feature_names)
        if len(names) != features.shape[1]:
            raise ValueError(
                f"feature_names must hold {features.shape[1]} names, one a feature, but holds {names}"
            )
        if not all((*names, self.target_name)) or len({*names, self.target_name}) != len(names) + 1:
            raise ValueError(f"names must be non-empty and distinct, but are {(*names, self.target_name)}")
        object.__setattr__(self, "features", readonly(features))
        object.__setattr__(self, "target", readonly(target))
        object.__setattr__(self, "feature_names", names)

    @classmethod
    def from_csv(cls, path: str | os.PathLike[str], target: str | None = None) -> "Dataset":
        """`load_dataset`, for those who look for it here."""
        return load_dataset(path, target)

    @property
    def count(self) -> int:
        """n, the number of rows."""
        return len(self.features)

    @property
    def means(self) -> Array:
        """Mean of each feature, (d,)."""
        return np.asarray(self.features.mean(axis=0))

    @property
    def stds(self) -> Array:
        """Standard deviation of each feature with ddof 0, (d,)."""
        return self.standard_deviations()

    def standard_deviations(self, ddof: int = 0) -> Array:
        """Standard deviation of each feature, (d,), dividing by n - ddof."""
        return np.asarray(self.features.std(axis=0, ddof=integer("ddof", ddof, at_least=0, at_most=1)))

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
        return float(self.target.mean())

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
        """Features divided by their standard deviation; nothing is centred, and the target is left alone.

        Raises ValueError for a constant feature.
        """
        self._with_spread()
        return replace(self, features=self.features / self.standard_deviations(ddof))

    def _with_spread(self) -> Array:
        for name, column, std in zip(self.feature_names, self.features.T, self.stds, strict=True):
            if np.ptp(column) == 0 or std == 0:
                raise ValueError(
                    f"feature {name} is constant ({column[0]:g}): it has no spread to divide by; drop it"
                )
        return self.features


def article_recipe(seed: int = 42, count: int = 100) -> Dataset:
    """The article's recipe: A ~ U(1, 10), B ~ U(1, 200), y = 2A + 3B + 0.1 N(0, 1), drawn in that order.

    numpy does not promise the same stream for ever: `article_dataset` is the data, this is how it was made.
    """
    rng = np.random.default_rng(integer("seed", seed, at_least=0))
    count = integer("count", count, at_least=2)
    a, b = rng.uniform(1, 10, count), rng.uniform(1, 200, count)
    return Dataset(np.column_stack([a, b]), 2 * a + 3 * b + 0.1 * rng.normal(size=count))


@cache
def article_dataset() -> Dataset:
    """The article's data: features A, B (100, 2) and target y (100,), from article.csv in this package."""
    text = resources.files("bn_math.data").joinpath("article.csv").read_text(encoding="utf-8")
    return _parse(text.splitlines(), "bn_math/article.csv", None)


def load_dataset(path: str | os.PathLike[str], target: str | None = None) -> Dataset:
    """A data set from a CSV file: a header of three names, then three numbers a row.

    `target` names the target's column; without it the last column is the target. Empty lines are skipped.
    Raises ValueError naming the file, row and column of what is wrong; FileNotFoundError if there is no file.
    """
    source = os.fspath(path)
    try:
        # utf-8-sig: spreadsheets like to put a byte-order mark before the first name.
        with open(path, encoding="utf-8-sig", newline="") as file:
            return _parse(file, source, target)
    except UnicodeDecodeError as error:
        raise ValueError(f"{source} is not UTF-8 text: save it as CSV, UTF-8 ({error})") from error


def _parse(lines: Iterable[str], source: str, target: str | None) -> Dataset:
    reader = csv.reader(lines)
    header = [name.strip() for name in next(reader, [])]
    _check_header(header, source)
    if target is not None and target not in header:
        raise ValueError(
            f"{source} has no column {target!r} for the target; its columns are {', '.join(header)}"
        )
    rows = [
        _numbers(row, header, f"{source}, row {reader.line_num}")
        for row in reader
        if any(map(str.strip, row))
    ]
    if len(rows) < 2:
        raise ValueError(
            f"{source} must have at least two rows of numbers below the header, but has {len(rows)}"
        )
    table = np.array(rows)
    at = header.index(target) if target is not None else len(header) - 1
    names = tuple(name for name in header if name != header[at])
    return Dataset(np.delete(table, at, axis=1), table[:, at], names, header[at])


def _check_header(header: list[str], source: str) -> None:
    right = "row 1 must name three columns, two features and the target, such as A,B,y"
    if len(header) != 3:
        raise ValueError(f"{source}: {right}, but has {len(header)}: {', '.join(header) or 'nothing'}")
    if not all(header) or len(set(header)) != 3:
        raise ValueError(
            f"{source}: {right}, non-empty and distinct, but names {', '.join(map(repr, header))}"
        )
    if any(_is_number(name) for name in header):
        raise ValueError(f"{source}: {right}, but it holds numbers: {', '.join(header)}")


def _numbers(row: list[str], header: list[str], place: str) -> list[float]:
    if len(row) != len(header):
        raise ValueError(
            f"{place} must have {len(header)} values, for {', '.join(header)}, but has {len(row)}"
        )
    for name, cell in zip(header, row, strict=True):
        if not _is_number(cell) or not math.isfinite(float(cell)):
            raise ValueError(
                f"{place}, column {name!r}: {cell.strip()!r} must be a finite decimal number such as 3.5"
            )
    return [float(cell) for cell in row]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
