"""Which network is trained: its nonlinearity, its start, its depth, with or without batch normalization."""

import math
from dataclasses import dataclass

from bn_math.checks import boolean, integer, number, shown
from bn_math.networks.layered.layers import NONLINEARITIES

HE, XAVIER = "he", "xavier"


@dataclass(frozen=True)
class Recipe:
    """A network of `depth` hidden layers of `width` neurons, and one linear layer to the classes.

    activation: sigmoid, tanh or relu; start: the spread of the weights that are drawn, "he"
    for sqrt(2 / inputs), "xavier" for sqrt(2 / (inputs + outputs)), or a standard deviation; biases and beta
    start at 0, gamma at 1.
    batch_norm: whether every hidden layer is normalized before its nonlinearity; then it has no bias.
    Raises ValueError naming the field for a value that cannot be used.
    Sources: He et al. 2015, arXiv 1502.01852; Glorot and Bengio 2010, equation 16, for normal draws.
    """

    activation: str
    start: str | float
    depth: int
    batch_norm: bool
    width: int = 64
    eps: float = 1e-5
    momentum: float = 0.1

    def __post_init__(self) -> None:
        """Checks every field."""
        if not isinstance(self.activation, str) or self.activation not in NONLINEARITIES:
            raise ValueError(
                f"activation must be one of {', '.join(NONLINEARITIES)}, but is {shown(self.activation)}"
            )
        if isinstance(self.start, str):
            if self.start not in (HE, XAVIER):
                raise ValueError(f'start must be "he", "xavier" or a number, but is {shown(self.start)}')
        else:
            object.__setattr__(self, "start", number("start", self.start, above=0))
        checked = {
            "depth": integer("depth", self.depth, at_least=1, at_most=100),
            "width": integer("width", self.width, at_least=1, at_most=1024),
            "batch_norm": boolean("batch_norm", self.batch_norm),
            "eps": number("eps", self.eps, above=0),
            "momentum": number("momentum", self.momentum, above=0, at_most=1),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def spread(self, inputs: int, outputs: int) -> float:
        """The standard deviation of the start's weights of a layer."""
        if self.start == HE:
            return math.sqrt(2 / inputs)
        if self.start == XAVIER:
            return math.sqrt(2 / (inputs + outputs))
        return float(self.start)
