"""A deep stack of layers at initialization, with and without batch normalization: signals out, slopes back.

Real forward and backward passes, seeded; the sigmoid and its kin live here too. Nothing is trained.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array, integer, number, readonly, real_array
from bn_math.normalization.batch_norm import BatchNorm
from bn_math.pickling import SentAsFields

# Beyond this the sigmoid is called flat: its slope, 0.105, is less than half of what it is at 0.
FLAT = 2.0


def sigmoid(x: ArrayLike) -> Array:
    """1 / (1 + exp(-x)), of the shape of `x`, without overflow."""
    return np.asarray(0.5 + 0.5 * np.tanh(real_array("x", x) / 2))


def sigmoid_slope(x: ArrayLike) -> Array:
    """Its derivative, 1 / (4 cosh(x / 2)^2): 0.25 at 0, its greatest."""
    return np.asarray(0.25 / np.cosh(np.clip(real_array("x", x), -700, 700) / 2) ** 2)


@dataclass(frozen=True)
class Activation:
    """A nonlinearity and its slope, both of any shape."""

    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]

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
    "tanh": Activation(np.tanh, lambda x: 4 * sigmoid_slope(2 * x)),
    "relu": Activation(lambda x: np.maximum(x, 0), lambda x: (x > 0).astype(np.float64)),
    "linear": Activation(lambda x: x, np.ones_like),
}


@dataclass(frozen=True, eq=False)
class StackPasses:
    """One forward and one backward pass through a `DeepStack`, layer by layer from the input on.

    pre_activations, activations: (depth, batch, width), before and after the nonlinearity;
    weight_gradients: (depth, width, width), the loss's slope in each layer's weights, (from, to);
    signal_gradients: (depth, batch, width), its slope in each layer's activations; loss: their common loss.
    """

    pre_activations: Array
    activations: Array
    weight_gradients: Array
    signal_gradients: Array
    loss: float

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
        edges = finite_array("edges", edges)
        shares = [np.histogram(layer, edges)[0] / layer.size for layer in self.pre_activations]
        return np.array(shares)


@dataclass(frozen=True)
class DeepStack(SentAsFields):
    """`depth` layers h -> f(BN(h W)) of `width` neurons at initialization; all else follows from the fields.

    batch: samples, standard normal times `input_scale`; weight_scale: weights are normal with standard
    deviation weight_scale / sqrt(width); activation: sigmoid, tanh, relu or linear; batch_norm: whether each
    layer is normalized before its nonlinearity (gamma 1, beta 0); eps: the layer's; seed: of every draw.
    The loss is the mean squared error against random targets. Two stacks that differ in `batch_norm` or
    `activation` alone have the same weights, samples and targets.
    The default weight scale, 4, is the one advised for sigmoids: Glorot and Bengio 2010, equation 16, times 4
    as in the Theano tutorial on multilayer perceptrons. Samples times 1/4 start the first layer at spread 1.
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
        if self.activation not in ACTIVATIONS:
            raise ValueError(
                f"activation must be one of {', '.join(ACTIVATIONS)}, but is {self.activation!r}"
            )
        if not isinstance(self.batch_norm, bool):
            raise ValueError(f"batch_norm must be true or false, but is {self.batch_norm!r}")
        checked = {
            "depth": integer("depth", self.depth, at_least=1),
            "width": integer("width", self.width, at_least=1),
            # A batch of one has no spread to divide by.
            "batch": integer("batch", self.batch, at_least=2),
            "weight_scale": number("weight_scale", self.weight_scale, above=0),
            "input_scale": number("input_scale", self.input_scale, above=0),
            "eps": number("eps", self.eps, above=0),
            "seed": integer("seed", self.seed, at_least=0),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

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
        weights = finite_array("weights", np.asarray(weights))
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
