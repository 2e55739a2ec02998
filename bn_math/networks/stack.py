"""A deep stack of layers at initialization: forward and backward passes, with and without batch norm.

Seeded and not trained. The activation functions are here, too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import (
    Array,
    ascending,
    boolean,
    finite_array,
    integer,
    number,
    readonly,
    real_array,
    shown,
)
from bn_math.normalization.batch_norm import BatchNorm
from bn_math.pickling import PickleByFields

# Beyond this the sigmoid is called flat: its slope, 0.105, is less than half of what it is at 0.
FLAT = 2.0
# An array of all layers holds at most so many numbers: 160 megabytes, of which a stack has about five.
MOST_NUMBERS = 2 * 10**7


def sigmoid(x: ArrayLike) -> Array:
    """1 / (1 + exp(-x)), of the shape of `x`, without overflow; NaN stays NaN."""
    return np.asarray(0.5 + 0.5 * np.tanh(real_array("x", x) / 2))


def sigmoid_slope(x: ArrayLike) -> Array:
    """Its derivative, 1 / (4 cosh(x / 2)^2): 0.25 at 0, its greatest; NaN stays NaN."""
    return np.asarray(0.25 / np.cosh(np.clip(real_array("x", x), -700, 700) / 2) ** 2)


@dataclass(frozen=True)
class Activation:
    """A nonlinearity and its slope, both of any shape. Raises TypeError for what is no function."""

    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]

    def __post_init__(self) -> None:
        """Checks that both can be called."""
        for name, function in (("value", self.value), ("slope", self.slope)):
            if not callable(function):
                raise TypeError(f"{name} must be a function of an array, but is {shown(function)}")

    @cached_property
    def normalized_growth(self) -> float:
        """How many times the gradient grows for every layer that it goes back, with batch normalization.

        sqrt(E f'(z)^2 / Var f(z)), z standard normal: what very wide layers and very large batches come to.
        By Poincare's inequality for the normal law it is never below 1, and 1 only if f is linear. Weights of
        any size give the same. For ReLU it is sqrt(pi / (pi - 1)) = 1.211.
        Source: Yang et al., A Mean Field Theory of Batch Normalization, ICLR 2019 (arXiv 1902.08129).
        """
        # Midpoints, so that a kink at 0 falls between two of them.
        step = 1 / 1024
        z = np.arange(-12 + step / 2, 12, step)
        weight = np.exp(-(z**2) / 2)
        weight /= weight.sum()
        value = self.value(z)
        variance = (weight * value**2).sum() - (weight * value).sum() ** 2
        return float(np.sqrt((weight * self.slope(z) ** 2).sum() / variance))


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_slope),
    "tanh": Activation(
        lambda x: np.asarray(np.tanh(real_array("x", x))),
        lambda x: 4 * sigmoid_slope(2 * real_array("x", x)),
    ),
    "relu": Activation(
        lambda x: np.maximum(real_array("x", x), 0),
        lambda x: (real_array("x", x) > 0).astype(np.float64),
    ),
    "linear": Activation(lambda x: real_array("x", x), lambda x: np.ones_like(real_array("x", x))),
}


@dataclass(frozen=True, eq=False)
class StackPasses:
    """One forward and one backward pass through a `DeepStack`, layer by layer from the input on.

    pre_activations, activations: (depth, batch, width), before and after the nonlinearity;
    weight_gradients: (depth, width, width), the loss's slope in each layer's weights, (from, to);
    signal_gradients: (depth, batch, width), its slope in each layer's activations; loss: their common loss.
    Raises ValueError for other shapes.
    """

    pre_activations: Array
    activations: Array
    weight_gradients: Array
    signal_gradients: Array
    loss: float

    def __post_init__(self) -> None:
        """Checks the shapes; what overflows in a stack that explodes is infinite, and stays so."""
        before = real_array("pre_activations", self.pre_activations)
        if before.ndim != 3 or not before.size:
            raise ValueError(f"pre_activations must be (depth, batch, width), but has shape {before.shape}")
        if real_array("loss", self.loss).ndim:
            raise ValueError(f"loss must be one number, but is {shown(self.loss)}")
        depth, _, width = before.shape
        shapes = {
            "activations": before.shape,
            "weight_gradients": (depth, width, width),
            "signal_gradients": before.shape,
        }
        for name, shape in shapes.items():
            if (found := real_array(name, getattr(self, name))).shape != shape:
                raise ValueError(f"{name} must have shape {shape}, but has shape {found.shape}")

    @property
    def gradient_norms(self) -> Array:
        """The length of the gradient in each layer's weights, (depth,)."""
        return np.asarray(np.sqrt((self.weight_gradients**2).sum(axis=(1, 2))))

    @property
    def signal_gradient_norms(self) -> Array:
        """The length of the gradient in each layer's activations, (depth,)."""
        return np.asarray(np.sqrt((self.signal_gradients**2).sum(axis=(1, 2))))

    @property
    def growth(self) -> float:
        """How many times the weights' gradient grows for every layer that it goes back (below 1: it fades).

        The geometric mean over all layers. Raises ValueError for a single layer.
        """
        norms = self.gradient_norms
        if len(norms) < 2:
            raise ValueError("growth needs two layers to compare, but there is one")
        return float((norms[0] / norms[-1]) ** (1 / (len(norms) - 1)))

    @property
    def signal_growth(self) -> float:
        """The same of the gradient in the activations: `growth` is that in the weights.

        Raises ValueError for a single layer.
        """
        norms = self.signal_gradient_norms
        if len(norms) < 2:
            raise ValueError("signal_growth needs two layers to compare, but there is one")
        return float((norms[0] / norms[-1]) ** (1 / (len(norms) - 1)))

    @property
    def signal_total(self) -> float:
        """How many times as long the gradient in the first layer's activations is as in the last one's."""
        norms = self.signal_gradient_norms
        return float(norms[0] / norms[-1])

    @property
    def spreads(self) -> Array:
        """Standard deviation of each layer's pre-activations over samples and neurons, (depth,)."""
        return np.asarray(self.pre_activations.std(axis=(1, 2)))

    @property
    def sample_spreads(self) -> Array:
        """The same over samples alone, averaged over neurons, (depth,): 0 where all samples look alike."""
        return np.asarray(self.pre_activations.std(axis=1).mean(axis=1))

    def flat_shares(self, beyond: float = FLAT) -> Array:
        """Share of each layer's pre-activations farther than `beyond` from 0, (depth,)."""
        far = np.abs(self.pre_activations) > number("beyond", beyond, at_least=0)
        return np.asarray(far.mean(axis=(1, 2)))

    def histograms(self, edges: ArrayLike) -> Array:
        """Share of each layer's pre-activations between `edges` (k + 1,): (depth, k)."""
        edges = ascending("edges", edges)
        shares = [np.histogram(layer, edges)[0] / layer.size for layer in self.pre_activations]
        return np.array(shares)


@dataclass(frozen=True)
class DeepStack(PickleByFields):
    """`depth` layers h -> f(BN(h W)) of `width` neurons at initialization; all else follows from the fields.

    batch: samples, standard normal times `input_scale`; weight_scale: weights are normal with standard
    deviation weight_scale / sqrt(width); activation: sigmoid, tanh, relu or linear; batch_norm: whether each
    layer is normalized before its nonlinearity (gamma 1, beta 0); eps: the layer's; seed: of every draw.
    The loss is the mean squared error against random targets. Two stacks that differ in `batch_norm` or
    `activation` alone have the same weights, samples and targets.
    The default weight scale, 4, is the one advised for sigmoids: Glorot and Bengio 2010, equation 16, times 4
    as in the Theano tutorial on multilayer perceptrons. Samples times 1/4 start the first layer at spread 1.
    depth is at most 1,000, width 2,000 and batch 100,000; and of depth * width * width and
    depth * batch * width each at most 20,000,000.
    Raises ValueError naming the field for a value that cannot be used.
    """

    depth: int = 20
    width: int = 100
    batch: int = 100
    weight_scale: float = 4.0
    input_scale: float = 0.25
    activation: str = "sigmoid"
    batch_norm: bool = False
    eps: float = 1e-5
    seed: int = 42

    def __post_init__(self) -> None:
        """Checks every field."""
        if not isinstance(self.activation, str) or self.activation not in ACTIVATIONS:
            raise ValueError(
                f"activation must be one of {', '.join(ACTIVATIONS)}, but is {shown(self.activation)}"
            )
        checked = {
            "depth": integer("depth", self.depth, at_least=1, at_most=1000),
            "width": integer("width", self.width, at_least=1, at_most=2000),
            # A batch of one has no spread to divide by.
            "batch": integer("batch", self.batch, at_least=2, at_most=100_000),
            "batch_norm": boolean("batch_norm", self.batch_norm),
            "weight_scale": number("weight_scale", self.weight_scale, above=0),
            "input_scale": number("input_scale", self.input_scale, above=0),
            "eps": number("eps", self.eps, above=0),
            "seed": integer("seed", self.seed, at_least=0),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        for other in ("width", "batch"):
            if (count := self.depth * self.width * getattr(self, other)) > MOST_NUMBERS:
                raise ValueError(
                    f"depth, width and {other} are too large together: depth * width * {other} must be at "
                    f"most {MOST_NUMBERS:,}, but is {count:,}"
                )

    @property
    def nonlinearity(self) -> Activation:
        """The activation, with its slope."""
        return ACTIVATIONS[self.activation]

    @cached_property
    def samples(self) -> Array:
        """What goes in, (batch, width)."""
        return readonly(self.input_scale * self._draw(0, (self.batch, self.width)))

    @cached_property
    def targets(self) -> Array:
        """What should come out, (batch, width), standard normal."""
        return readonly(self._draw(1, (self.batch, self.width)))

    @cached_property
    def weights(self) -> Array:
        """Each layer's weights (from, to), (depth, width, width); a deeper stack begins with the same."""
        layers = [self._draw(2 + layer, (self.width, self.width)) for layer in range(self.depth)]
        return readonly(self.weight_scale / np.sqrt(self.width) * np.array(layers))

    @cached_property
    def passes(self) -> StackPasses:
        """One pass forward and one back through the stack as it is initialized."""
        return self.run(self.weights)

    def run(self, weights: Sequence[Array] | Array) -> StackPasses:
        """One pass forward and one back with other `weights` (depth, width, width)."""
        weights = finite_array("weights", weights)
        if weights.shape != (self.depth, self.width, self.width):
            raise ValueError(
                f"weights must have shape {(self.depth, self.width, self.width)}, but has {weights.shape}"
            )
        f = self.nonlinearity
        # gamma is 1 and beta 0, so they need not be there.
        norms = [
            BatchNorm(self.width, eps=self.eps, affine=False, track_running_stats=False)
            for _ in range(self.depth if self.batch_norm else 0)
        ]
        before: list[Array] = []
        after: list[Array] = [self.samples]
        for layer, w in enumerate(weights):
            z = after[-1] @ w
            before.append(norms[layer].forward(z) if norms else z)
            after.append(np.asarray(f.value(before[-1])))
        error = after[-1] - self.targets
        slope = 2 * error / error.size
        by_weights: list[Array] = []
        by_signals: list[Array] = []
        for layer in reversed(range(self.depth)):
            by_signals.append(slope)
            slope = slope * f.slope(before[layer])
            if norms:
                slope = norms[layer].backward(slope)
            by_weights.append(after[layer].T @ slope)
            slope = slope @ weights[layer].T
        return StackPasses(
            readonly(np.array(before)),
            readonly(np.array(after[1:])),
            readonly(np.array(by_weights[::-1])),
            readonly(np.array(by_signals[::-1])),
            float(np.mean(error**2)),
        )

    def _draw(self, stream: int, shape: tuple[int, int]) -> Array:
        return np.random.default_rng((self.seed, stream)).standard_normal(shape)
