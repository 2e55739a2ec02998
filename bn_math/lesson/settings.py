"""What a lesson is made from: every field, and what may be in it."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import finite_array, integer, number, one_point, shown
from bn_math.data.dataset import Dataset
from bn_math.data.labels import DataLabels
from bn_math.descent.race import RaceSettings
from bn_math.lesson.feasible import check_columns, check_descents
from bn_math.networks.stack import DeepStack
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.pickling import PickleByFields

# Weights and inputs that keep ReLU's signals and gradients level: He et al. 2015, arXiv 1502.01852.
RELU_STACK = DeepStack(
    depth=50, weight_scale=math.sqrt(2), input_scale=1.0, activation="relu", batch_norm=True
)
# Bounds of what a film can show: more rows than this are a blot, and drawing them takes hours.
MOST_ROWS = 10_000
# Weights beyond this, and learning rates so far apart, no number format in the film is made for.
FARTHEST, WIDEST = 1e50, 1e30
# More batch sizes whose noise is compared are not told apart.
MOST_BATCH_SIZES = 20


@dataclass(frozen=True)
class LessonSettings(PickleByFields):
    """A two-feature data set and every setting of the film.

    data: two features and a target; start: the weights every descent starts at; tolerance: the share of the
    starting distance that counts as arrived; batch_size, batch_seed: how rows are split; eps, momentum: the
    batch-norm layer's (momentum None: cumulative average); ddof: 0 or 1, for standardizing the data.
    learning_rates, neuron_learning_rates: from where to where the charts of steps go, for the linear and for
    the batch-normalized neuron; neuron_start: the weights the latter starts at; race: the optimizers' race;
    deep, exploding: the stack shown without and with batch normalization, and the one whose gradients grow;
    noise_batches: the batches whose noise is compared, as ascending shares of all rows, at most 20;
    labels: what the columns are called, see `DataLabels`; network: the networks that are trained.
    There are 4 to 10,000 rows, weights go to 1e50, and learning rates span at most a factor of 1e30. Columns
    have standard deviations from 1e-12 to 1e12, features are not perfectly correlated, the start is not where
    a stage's loss is least, and no stage has a condition number above 1e12.
    Raises ValueError naming the field for a value that cannot be used.
    """

    data: Dataset
    start: tuple[float, ...] = (0.0, 0.0)
    tolerance: float = 1e-6
    batch_size: int = 10
    batch_seed: int = 42
    eps: float = 1e-5
    momentum: float | None = 0.1
    ddof: int = 0
    learning_rates: tuple[float, float] = (1e-6, 1.0)
    neuron_learning_rates: tuple[float, float] = (1e-6, 1e6)
    neuron_start: tuple[float, ...] = (1.0, 0.2)
    race: RaceSettings = RaceSettings()
    deep: DeepStack = DeepStack()
    exploding: DeepStack = RELU_STACK
    noise_batches: tuple[float, ...] = (0.05, 0.1, 0.2, 0.5)
    labels: DataLabels = DataLabels()
    network: NetworkSettings = NetworkSettings()

    def __post_init__(self) -> None:
        """Checks every field."""
        if not isinstance(self.labels, DataLabels):
            raise ValueError(f"labels must be a DataLabels, but is {shown(self.labels)}")
        if not isinstance(self.data, Dataset):
            raise ValueError(f"data must be a Dataset, such as article_dataset(), but is {shown(self.data)}")
        if self.data.features.shape[1] != 2:
            raise ValueError(f"data must have two features, but has {self.data.features.shape[1]}")
        if self.data.count > MOST_ROWS:
            raise ValueError(
                f"data must have at most {MOST_ROWS:,} rows to be drawn, but has {self.data.count:,}"
            )
        self.labels.checked_for(self.data.names)
        ddof = integer("ddof", self.ddof, at_least=0, at_most=1)
        check_columns(self.data, ddof)
        checked = {
            "ddof": ddof,
            "start": _one_point("start", self.start),
            "neuron_start": _one_point("neuron_start", self.neuron_start),
            "learning_rates": _range("learning_rates", self.learning_rates),
            "neuron_learning_rates": _range("neuron_learning_rates", self.neuron_learning_rates),
            "tolerance": number("tolerance", self.tolerance, above=0, below=1),
            # A batch of one has no spread to divide by.
            "batch_size": integer("batch_size", self.batch_size, at_least=2, at_most=self.data.count),
            "batch_seed": integer("batch_seed", self.batch_seed, at_least=0),
            "eps": number("eps", self.eps, above=0),
            "noise_batches": _shares("noise_batches", self.noise_batches),
        }
        if self.momentum is not None:
            checked["momentum"] = number("momentum", self.momentum, above=0, at_most=1)
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        if not any(self.neuron_start):
            raise ValueError("neuron_start must not be 0: there the normalized neuron has no direction to go")
        for name, kind in TABLES.items():
            if not isinstance(getattr(self, name), kind):
                raise ValueError(f"{name} must be a {kind.__name__}, but is {shown(getattr(self, name))}")
        if self.data.count % self.batch_size == 1:
            raise ValueError(
                f"batch_size must not be {self.batch_size}: of {self.data.count} rows that leaves a last "
                "batch of one, which a batch-norm layer refuses in training; give another size"
            )
        check_descents(self.data, self.ddof, self.start, self.tolerance)


# Fields which are settings themselves: tables in TOML.
TABLES: dict[str, type] = {
    "race": RaceSettings,
    "deep": DeepStack,
    "exploding": DeepStack,
    "network": NetworkSettings,
}


def _one_point(name: str, value: ArrayLike) -> tuple[float, ...]:
    point = one_point(name, value, 2)
    if np.abs(point).max() > FARTHEST:
        raise ValueError(f"{name} must hold numbers of at most {FARTHEST:g}, but is {shown(point.tolist())}")
    return tuple(point.tolist())


def _shares(name: str, value: ArrayLike) -> tuple[float, ...]:
    shares = finite_array(name, value)
    if (
        shares.ndim != 1
        or not 0 < len(shares) <= MOST_BATCH_SIZES
        or (np.diff(shares, prepend=0.0) <= 0).any()
        or shares[-1] > 1
    ):
        raise ValueError(
            f"{name} must be ascending shares of the rows, above 0 and at most 1, not {shown(value)}"
        )
    return tuple(shares.tolist())


def _range(name: str, value: ArrayLike) -> tuple[float, float]:
    ends = finite_array(name, value)
    if ends.shape != (2,) or not 0 < ends[0] < ends[1]:
        raise ValueError(f"{name} must be two numbers above 0, the lower first, but is {shown(value)}")
    if ends[0] < ends[1] / WIDEST:
        raise ValueError(f"{name} must not span more than a factor of {WIDEST:g}, but is {shown(value)}")
    return float(ends[0]), float(ends[1])
