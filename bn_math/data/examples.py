"""Examples with labels: the handwritten digits, and rows x columns of one's own whose last column is a label.

What is learned from them is the networks' business.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bn_math.checks import Array, Indices, finite_array, readonly, real_array, shown
from bn_math.data.csv_table import table_of
from bn_math.data.numerals import numbers_in
from bn_math.data.text_files import text_of
from bn_math.pickling import PickleByFields

Labels = NDArray[np.int64]

# Of the rows of each class every so many-th is kept for testing, in the order in which they stand.
EVERY = 5
# How a pixel is written in digits.csv, from no ink to full.
INK = "0123456789ABCDEFG"
# A file of one's own is at most so many bytes, a line of it so many characters.
MOST_BYTES, LONGEST_LINE = 16 * 10**6, 10_000
# More than this no network here is trained on in the time that a film takes.
MOST_ROWS, MOST_CLASSES = 50_000, 100


@dataclass(frozen=True, eq=False)
class Digits:
    """Handwritten digits, 8 x 8 pixels, those to train on and those to test with.

    train_images (n, 64), test_images (m, 64): the ink of each pixel, 0 to 1, row by row from the top left;
    train_labels (n,), test_labels (m,): the digits, whole numbers. All are read-only copies.
    Raises ValueError for other shapes, and for numbers that are not finite.
    """

    train_images: Array
    train_labels: Labels
    test_images: Array
    test_labels: Labels

    def __post_init__(self) -> None:
        """Checks and copies what was given."""
        for part in ("train", "test"):
            images = finite_array(f"{part}_images", getattr(self, f"{part}_images"))
            if images.ndim != 2 or not images.size:
                raise ValueError(f"{part}_images must be (n, pixels), but has shape {images.shape}")
            labels = _labels(f"{part}_labels", getattr(self, f"{part}_labels"), len(images))
            object.__setattr__(self, f"{part}_images", readonly(images))
            object.__setattr__(self, f"{part}_labels", labels)


@dataclass(frozen=True, eq=False)
class LabeledRows(PickleByFields):
    """Rows of numbers, each with the class it belongs to.

    features (n, d): as they are; labels (n,): whole numbers from 0, places in `classes`; classes: their
    names, two to 100. Two with the same content are equal, and hash alike.
    Raises ValueError naming what is wrong: fewer than `EVERY` rows in a class, classes that are not distinct.
    """

    features: Array
    labels: Labels
    classes: tuple[str, ...]

    def __post_init__(self) -> None:
        """Checks and copies what was given."""
        features = finite_array("features", self.features)
        if features.ndim != 2 or not features.size or len(features) > MOST_ROWS:
            raise ValueError(
                f"features must be (n, d) with at most {MOST_ROWS:,} rows, but has shape {features.shape}"
            )
        classes = self.classes
        if not isinstance(classes, (tuple, list)) or not all(isinstance(name, str) for name in classes):
            raise ValueError(f"classes must be a tuple of names, but is {shown(classes)}")
        if not 2 <= len(set(classes)) == len(classes) <= MOST_CLASSES:
            raise ValueError(f"classes must be 2 to {MOST_CLASSES} distinct names, but is {shown(classes)}")
        labels = _labels("labels", self.labels, len(features))
        counts = np.bincount(labels, minlength=len(classes))
        if len(counts) > len(classes):
            raise ValueError(f"labels must be places in classes, below {len(classes)}, not {labels.max()}")
        if counts.min() < EVERY:
            few = classes[int(counts.argmin())]
            raise ValueError(
                f"labels must have at least {EVERY} rows of each class, but {shown(few)} has {counts.min()}"
            )
        object.__setattr__(self, "features", readonly(features))
        object.__setattr__(self, "labels", labels)
        object.__setattr__(self, "classes", tuple(classes))

    def __eq__(self, other: object) -> bool:
        """Whether the content is the same."""
        return isinstance(other, LabeledRows) and self._content == other._content

    def __hash__(self) -> int:
        """From the content."""
        return hash(self._content)

    @property
    def _content(self) -> tuple[object, ...]:
        return self.features.shape, self.features.tobytes(), self.labels.tobytes(), self.classes

    @property
    def is_test(self) -> NDArray[np.bool_]:
        """Which rows are kept for testing, (n,): of each class every fifth, in the order they stand in."""
        kept = np.zeros(len(self.labels), dtype=np.bool_)
        for label in range(len(self.classes)):
            kept[np.flatnonzero(self.labels == label)[EVERY - 1 :: EVERY]] = True
        return kept

    @classmethod
    def from_csv(cls, path: str | os.PathLike[str]) -> "LabeledRows":
        """From CSV: a first row of names, then a record a row, of any number of columns and, last, the label.

        A label is any text, a class is one text; classes are ordered as numbers if all are, else as texts.
        Raises ValueError naming file, row and column of what is wrong; FileNotFoundError if there is none.
        """
        if not isinstance(path, (str, os.PathLike)):
            raise TypeError(f"path must be a CSV file's path, but is {shown(path)}")
        name = os.fsdecode(path)
        table = table_of(text_of(Path(name), MOST_BYTES, LONGEST_LINE), name)
        if len(table.names) < 2:
            raise ValueError(f"{name}: row 1 must name at least one column of numbers and, last, the label")
        features = np.column_stack(
            [numbers_in(table.column(i), table.mark) for i in range(len(table.names) - 1)]
        )
        wrong = np.argwhere(~np.isfinite(features))
        if len(wrong):
            row, column = (int(i) for i in wrong[0])
            raise ValueError(
                f"{name}, {table.row(row)}, column {shown(table.names[column])}: "
                f"{shown(table.column(column)[row])} must be a finite decimal number"
            )
        texts = [str(cell).strip() for cell in table.column(len(table.names) - 1)]
        if "" in texts:
            row = texts.index("")
            raise ValueError(f"{name}, {table.row(row)}, column {shown(table.names[-1])}: there is no label")
        classes = _ordered(set(texts))
        try:
            return cls(features, np.array([classes.index(text) for text in texts]), classes)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error


def _ordered(texts: set[str]) -> tuple[str, ...]:
    try:
        return tuple(sorted(texts, key=float))
    except ValueError:
        return tuple(sorted(texts))


def _labels(name: str, value: ArrayLike, count: int) -> Labels:
    labels = real_array(name, value)
    whole = np.asarray(value)
    if labels.shape != (count,) or whole.dtype.kind not in "iu" or labels.min() < 0 or labels.max() > 1e6:
        raise ValueError(f"{name} must be {count} whole numbers from 0, one a row, but is {shown(value)}")
    copy = whole.astype(np.int64)
    copy.flags.writeable = False
    return copy


@cache
def digit_rows() -> LabeledRows:
    """The 1797 digits of digits.csv, in its order: features 0 to 1 (1797, 64). See digits.txt beside it."""
    text = resources.files("bn_math.data").joinpath("digits.csv").read_text(encoding="utf-8")
    lines = [line.split(",") for line in text.split()[1:]]
    ink = np.array([[INK.index(mark) for mark in pixels] for _, pixels in lines]) / (len(INK) - 1)
    return LabeledRows(ink, np.array([int(digit) for digit, _ in lines]), tuple(map(str, range(10))))


@cache
def digits() -> Digits:
    """Handwritten digits: 1440 or so to train on, and of each digit every fifth, 356, to test with.

    Source: E. Alpaydin and C. Kaynak 1998, Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository, CC BY 4.0.
    """
    rows = digit_rows()
    test = rows.is_test
    return Digits(rows.features[~test], rows.labels[~test], rows.features[test], rows.labels[test])


def evenly_of_each(labels: Sequence[int] | Labels, count: int) -> Indices:
    """Places (count,) of rows in `labels`, the classes taking turns, each in the order its rows stand in.

    Fewer if there are not so many rows.
    """
    given = np.asarray(labels)
    turn = np.zeros(len(given), dtype=np.intp)
    for label in np.unique(given):
        mine = np.flatnonzero(given == label)
        turn[mine] = np.arange(len(mine))
    return np.lexsort((given, turn))[:count].astype(np.intp)
