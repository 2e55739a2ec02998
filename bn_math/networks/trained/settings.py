"""What the trained networks are trained on and how: every setting of a `NetworkStudy`."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bn_math.checks import finite_array, integer, number, shown
from bn_math.data.examples import LabeledRows
from bn_math.pickling import PickleByFields

# Bounds of what is trained in the time that a film takes.
MOST_LAYERS, MOST_DEPTHS, MOST_LIMIT, MOST_SEEDS = 64, 12, 20_000, 25
WIDEST_RATES = 1e6


@dataclass(frozen=True)
class NetworkSettings(PickleByFields):
    """The data, the networks and the protocol by which they are compared.

    data: None for the handwritten digits, else `LabeledRows`, or the path of a CSV file of them: any number
    of columns and, last, the label. Features of one's own are standardized by the rows trained on.
    width: neurons of a hidden layer; batch_size: rows of a mini-batch; depths: hidden layers of the networks
    whose steps are compared; wall_depths: of those whose test digits are shown as they learn; depth: of the
    other studies' networks; seeds, tuning_seeds: how many starts are shown, and how many others find the best
    rate; mark: the loss that counts as arrived, on fixed_rows of the rows trained on; limit: the most steps;
    epochs: how long the study of learning rates trains; learning_rates: from where to where rates are tried,
    rates_per_decade of them for each factor of ten; eps, momentum: the batch-norm layers'; seed: of every
    start and of every order of rows that is shown. Tuning draws from seeds of its own, whatever `seed` is.
    Raises ValueError naming the field for a value that cannot be used.
    """

    data: LabeledRows | None = None
    width: int = 64
    batch_size: int = 64
    depths: tuple[int, ...] = (1, 2, 4, 8, 12, 20)
    wall_depths: tuple[int, ...] = (1, 4, 8, 20)
    depth: int = 6
    seeds: int = 5
    tuning_seeds: int = 2
    mark: float = 0.3
    limit: int = 1000
    fixed_rows: int = 512
    epochs: int = 20
    learning_rates: tuple[float, float] = (0.001, 10.0)
    rates_per_decade: int = 6
    eps: float = 1e-5
    momentum: float = 0.1
    seed: int = 42

    def __post_init__(self) -> None:
        """Checks every field."""
        checked: dict[str, Any] = {
            "data": _data(self.data),
            "width": integer("width", self.width, at_least=2, at_most=512),
            "batch_size": integer("batch_size", self.batch_size, at_least=2, at_most=1024),
            "depths": _depths("depths", self.depths),
            "wall_depths": _depths("wall_depths", self.wall_depths),
            "depth": integer("depth", self.depth, at_least=2, at_most=MOST_LAYERS),
            "seeds": integer("seeds", self.seeds, at_least=1, at_most=MOST_SEEDS),
            "tuning_seeds": integer("tuning_seeds", self.tuning_seeds, at_least=1, at_most=MOST_SEEDS),
            "mark": number("mark", self.mark, above=0, at_most=100),
            "limit": integer("limit", self.limit, at_least=1, at_most=MOST_LIMIT),
            "fixed_rows": integer("fixed_rows", self.fixed_rows, at_least=2, at_most=10_000),
            "epochs": integer("epochs", self.epochs, at_least=1, at_most=1000),
            "learning_rates": _rates("learning_rates", self.learning_rates),
            "rates_per_decade": integer("rates_per_decade", self.rates_per_decade, at_least=1, at_most=24),
            "eps": number("eps", self.eps, above=0, at_most=1),
            "momentum": number("momentum", self.momentum, above=0, at_most=1),
            "seed": integer("seed", self.seed, at_least=0),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)


def _data(value: Any) -> LabeledRows | None:
    if value is None or isinstance(value, LabeledRows):
        return value
    if isinstance(value, (str, os.PathLike)):
        try:
            return LabeledRows.from_csv(value)
        except (OSError, ValueError) as error:
            raise ValueError(f"data: {error}") from error
    raise ValueError(f"data must be the path of a CSV file, or LabeledRows, but is {shown(value)}")


def _depths(name: str, value: Sequence[int]) -> tuple[int, ...]:
    right = f"{name} must be 1 to {MOST_DEPTHS} ascending numbers of layers, each 1 to {MOST_LAYERS}"
    if not isinstance(value, (tuple, list)) or not 0 < len(value) <= MOST_DEPTHS:
        raise ValueError(f"{right}, but is {shown(value)}")
    try:
        found = tuple(integer(name, item, at_least=1, at_most=MOST_LAYERS) for item in value)
    except ValueError as error:
        raise ValueError(f"{right}, but is {shown(value)}") from error
    if list(found) != sorted(set(found)):
        raise ValueError(f"{right}, but is {shown(value)}")
    return found


def _rates(name: str, value: Any) -> tuple[float, float]:
    ends = finite_array(name, value)
    if ends.shape != (2,) or not 0 < ends[0] < ends[1] <= WIDEST_RATES * ends[0]:
        raise ValueError(
            f"{name} must be two numbers above 0, the lower first, at most a factor of {WIDEST_RATES:g} "
            f"apart, but is {shown(value)}"
        )
    return float(ends[0]), float(ends[1])
