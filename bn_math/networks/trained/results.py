"""What is found by training networks: plain arrays, checked and read-only, and what follows from them.

Axis "2" is always (without, with) batch normalization. How they are computed is not to be known here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bn_math.checks import Array, number, shown
from bn_math.networks.trained.checked_arrays import Result as Result
from bn_math.networks.trained.checked_arrays import Whole as Whole
from bn_math.networks.trained.results_in_training import AlongGradient as AlongGradient
from bn_math.networks.trained.results_in_training import Drift as Drift
from bn_math.networks.trained.results_in_training import Shaking as Shaking
from bn_math.networks.trained.verdicts import arrivals, over_seeds


@dataclass(frozen=True, eq=False)
class Walls(Result):
    """Test rows of which more and more are read right: sigmoid, He's start, each network at its best rate.

    steps (k,): when it was looked, from 0; depths (D,); test_images (m, pixels), test_labels (m,): rows
    of the wall; read (2, D, k, m): the share of seeds that read a row right; accuracy (2, D, k, seeds): on
    all rows kept for testing; rates (2, D). Read with running statistics, as at inference.
    """

    steps: Whole
    depths: Whole
    test_images: Array
    test_labels: Whole
    read: Array
    accuracy: Array
    rates: Array

    AXES = {
        **{"steps": "k", "depths": "D", "test_images": "m pixels", "test_labels": "m"},
        **{"read": "2 D k m", "accuracy": "2 D k seeds", "rates": "2 D"},
    }
    WHOLE = frozenset({"steps", "depths", "test_labels"})


@dataclass(frozen=True, eq=False)
class StartOfTraining(Result):
    """The deepest network of the walls before its first step, on the fixed rows: forward, and back.

    spread (2, L, seeds): standard deviation across rows of each layer's activations, averaged over neurons;
    gradient (2, L, seeds): length of the loss's gradient in each layer's activations; activations
    (2, L, classes, width): of the first seed, for one test row of each class, after each layer; images
    (classes, pixels), labels (classes,): those rows.
    """

    spread: Array
    gradient: Array
    activations: Array
    images: Array
    labels: Whole

    AXES = {
        **{"spread": "2 L seeds", "gradient": "2 L seeds", "activations": "2 L classes width"},
        **{"images": "classes pixels", "labels": "classes"},
    }
    WHOLE = frozenset({"labels"})

    @property
    def growth(self) -> Array:
        """How many times the gradient grows for a layer that it goes back, (2, seeds): below 1 it fades."""
        layers = self.gradient.shape[1]
        return np.asarray((self.gradient[:, 0] / self.gradient[:, -1]) ** (1 / max(layers - 1, 1)))


@dataclass(frozen=True, eq=False)
class DepthStudy(Result):
    """Steps until the mark against depth, each network at its best rate.

    name: the nonlinearity; start: "he" or "xavier"; depths (D,); steps (2, D, seeds): whole numbers, -1 where
    the mark was not reached within the limit; rates (2, D); losses (2, D, seeds, k): on the fixed rows at
    loss_steps (k,), NaN once the mark is reached, inf once diverged; mark, limit: see `NetworkSettings`.
    """

    name: str
    start: str
    depths: Whole
    steps: Whole
    rates: Array
    losses: Array
    loss_steps: Whole
    mark: float
    limit: int

    AXES = {
        **{"depths": "D", "steps": "2 D seeds", "rates": "2 D"},
        **{"losses": "2 D seeds k", "loss_steps": "k"},
    }
    WHOLE = frozenset({"depths", "steps", "loss_steps"})
    OPEN = frozenset({"losses"})

    def __post_init__(self) -> None:
        """Checks every field."""
        super().__post_init__()
        for name in ("name", "start"):
            if not isinstance(getattr(self, name), str):
                raise ValueError(f"{name} must be a text, but is {shown(getattr(self, name))}")
        object.__setattr__(self, "mark", number("mark", self.mark, above=0))
        object.__setattr__(self, "limit", int(number("limit", self.limit, at_least=1, at_most=1e9)))

    @property
    def arrives(self) -> NDArray[np.str_]:
        """Whether the mark was reached, (2, D): "all" seeds, "some", "none"."""
        return arrivals(self.steps)

    @property
    def median(self) -> Array:
        """The median over seeds of the steps, (2, D); NaN unless all seeds arrive."""
        return over_seeds(self.steps, np.median)

    @property
    def low(self) -> Array:
        """The fewest steps of any seed, (2, D); NaN unless all seeds arrive."""
        return over_seeds(self.steps, np.min)

    @property
    def high(self) -> Array:
        """The most steps of any seed, (2, D); NaN unless all seeds arrive."""
        return over_seeds(self.steps, np.max)


@dataclass(frozen=True, eq=False)
class RateStudy(Result):
    """The loss after some epochs against the learning rate: ReLU, He's start.

    rates (R,); loss (2, R, seeds): on the fixed rows, inf if it diverged; accuracy (2, R, seeds): on the rows
    kept for testing; mark: the loss under which a network counts as trained.
    """

    rates: Array
    loss: Array
    accuracy: Array
    mark: float

    AXES = {"rates": "R", "loss": "2 R seeds", "accuracy": "2 R seeds"}
    OPEN = frozenset({"loss"})

    def __post_init__(self) -> None:
        """Checks every field."""
        super().__post_init__()
        object.__setattr__(self, "mark", number("mark", self.mark, above=0))

    @property
    def trains(self) -> NDArray[np.bool_]:
        """Whether all seeds end under the mark, (2, R)."""
        return np.asarray((self.loss < self.mark).all(axis=-1))


@dataclass(frozen=True, eq=False)
class StartSpreadStudy(Result):
    """Steps until the mark against the spread of the start's weights: ReLU.

    spreads (S,): standard deviations; steps (2, S, seeds): at one rate for all; best_steps (2, S, seeds):
    each at its own best rate, which are best_rates (2, S). -1 where the mark was not reached.
    """

    spreads: Array
    steps: Whole
    best_steps: Whole
    best_rates: Array

    AXES = {"spreads": "S", "steps": "2 S seeds", "best_steps": "2 S seeds", "best_rates": "2 S"}
    WHOLE = frozenset({"steps", "best_steps"})

    @property
    def arrives(self) -> NDArray[np.str_]:
        """Whether the mark was reached at the one rate, (2, S): "all" seeds, "some", "none"."""
        return arrivals(self.steps)

    @property
    def best_arrives(self) -> NDArray[np.str_]:
        """Whether the mark was reached at its own best rate, (2, S)."""
        return arrivals(self.best_steps)


@dataclass(frozen=True, eq=False)
class UnseenStudy(Result):
    """Share of rows kept for testing that is read right after long training: 3 layers of ReLU, He's start.

    rows, batch_sizes (cases,): how many rows were trained on, and in mini-batches of how many; accuracy
    (2, cases, seeds).
    """

    rows: Whole
    batch_sizes: Whole
    accuracy: Array

    AXES = {"rows": "cases", "batch_sizes": "cases", "accuracy": "2 cases seeds"}
    WHOLE = frozenset({"rows", "batch_sizes"})
