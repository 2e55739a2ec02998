"""What is found while networks are trained: how their activations drift, and how their loss behaves.

Plain arrays, checked and read-only. Axis "2" is always (without, with) batch normalization.
"""

from dataclasses import dataclass

import numpy as np

from bn_math.checks import Array, number, shown
from bn_math.networks.trained.checked_arrays import Result, Whole


@dataclass(frozen=True, eq=False)
class Drift(Result):
    """Two typical neurons of each layer for one fixed mini-batch, in training: ReLU, first seed.

    steps (T,); neurons (L, 2): which; activations (2, T, L, rows, 2): what they give to the next layer;
    sums (2, T, L, rows, 2): what enters their nonlinearity; labels (rows,); rows (rows,): which of the rows
    trained on; moved, grown (2, L, seeds): by step 100, how far a neuron's mean has gone, in its spreads at
    the start, and how many times as wide it is, medians over the layer; rate: the learning rate.
    """

    steps: Whole
    neurons: Whole
    activations: Array
    sums: Array
    labels: Whole
    rows: Whole
    moved: Array
    grown: Array
    rate: float

    AXES = {
        **{"steps": "T", "neurons": "L 2", "activations": "2 T L rows 2", "sums": "2 T L rows 2"},
        **{"labels": "rows", "rows": "rows", "moved": "2 L seeds", "grown": "2 L seeds"},
    }
    WHOLE = frozenset({"steps", "neurons", "labels", "rows"})
    OPEN = frozenset({"activations", "sums", "moved", "grown"})

    def __post_init__(self) -> None:
        """Checks every field."""
        super().__post_init__()
        object.__setattr__(self, "rate", number("rate", self.rate, above=0))


@dataclass(frozen=True, eq=False)
class AlongGradient(Result):
    """How the loss changes along the gradient, step by step: how far a step may be trusted.

    name: the nonlinearity; rate: the learning rate of training; steps (k,); shares (s,): how far along the
    gradient the loss was looked at, as learning rates, the shortest first; loss (2, k, s, seeds): of the
    mini-batch there.
    Source: Santurkar et al. 2018, arXiv 1805.11604, figure 4a.
    """

    name: str
    rate: float
    steps: Whole
    shares: Array
    loss: Array

    AXES = {"steps": "k", "shares": "s", "loss": "2 k s seeds"}
    WHOLE = frozenset({"steps"})
    OPEN = frozenset({"loss"})

    def __post_init__(self) -> None:
        """Checks every field."""
        super().__post_init__()
        if not isinstance(self.name, str):
            raise ValueError(f"name must be a text, but is {shown(self.name)}")
        object.__setattr__(self, "rate", number("rate", self.rate, above=0))

    @property
    def low(self) -> Array:
        """The least loss along each step, (2, k, seeds)."""
        return np.asarray(self.loss.min(axis=2))

    @property
    def high(self) -> Array:
        """The greatest loss along each step, (2, k, seeds)."""
        return np.asarray(self.loss.max(axis=2))

    @property
    def overshoots(self) -> Array:
        """Of the steps, the share whose longest way ends higher than the shortest, (2, seeds)."""
        return np.asarray((self.loss[:, :, -1] > self.loss[:, :, 0]).mean(axis=1))

    @property
    def swing(self) -> Array:
        """How many times its least the greatest loss is, (2, seeds): the median over the steps."""
        with np.errstate(invalid="ignore"):
            return np.asarray(np.median(self.high / self.low, axis=1))


@dataclass(frozen=True, eq=False)
class Shaking(Result):
    """The loss while networks are trained: without batch norm, with it, and with it but shaken after it.

    rate: the learning rate; mark: the loss at which a network has arrived; steps (k,); loss (3, k, seeds): on
    the fixed rows, with the shaking where there is some.
    Source: Santurkar et al. 2018, arXiv 1805.11604, figure 2.
    """

    rate: float
    mark: float
    steps: Whole
    loss: Array

    AXES = {"steps": "k", "loss": "3 k seeds"}
    WHOLE = frozenset({"steps"})
    OPEN = frozenset({"loss"})

    def __post_init__(self) -> None:
        """Checks every field."""
        super().__post_init__()
        for name in ("rate", "mark"):
            object.__setattr__(self, name, number(name, getattr(self, name), above=0))

    @property
    def arrived(self) -> Array:
        """After how many steps a network was first seen at the mark, (3, seeds); inf if it never was."""
        there = self.loss < self.mark
        return np.where(there.any(axis=1), self.steps[there.argmax(axis=1)], np.inf)
