"""Networks of one recipe side by side: their parameters, one pass forward and back, one step of descent.

Formulas are in layers.py; which rows they are trained on, and for how long, is training.py's business.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bn_math.checks import Array
from bn_math.data.examples import Labels
from bn_math.networks.layered.layers import (
    NONLINEARITIES,
    cross_entropy,
    cross_entropy_and_gradient,
    normalized,
    normalized_back,
)
from bn_math.networks.layered.recipe import Recipe


@dataclass
class Parameters:
    """What is learned, or the gradients in it, layer by layer, the last to the classes: for B networks.

    weights: (B, inputs, outputs) each; shifts: (B, 1, outputs) each, biases, or beta where a layer is
    normalized; gammas: (B, 1, outputs) for each hidden layer, none without batch norm.
    """

    weights: list[Array]
    shifts: list[Array]
    gammas: list[Array]

    @property
    def parts(self) -> tuple[list[Array], list[Array], list[Array]]:
        """weights, shifts, gammas."""
        return self.weights, self.shifts, self.gammas

    def all(self) -> list[Array]:
        """Every array."""
        return [*self.weights, *self.shifts, *self.gammas]

    def take(self, which: NDArray[Any]) -> "Parameters":
        """Those of some of the networks."""
        return Parameters(*([a[which] for a in part] for part in self.parts))


@dataclass
class Passes:
    """What a pass forward leaves behind for the one back, and for those who look on.

    outputs: what goes into each layer and out of the last hidden one, depth + 1 arrays (B, n, d); x_hats and
    inverse_stds: of each normalized layer; logits: (B, n, classes); sums: what enters each nonlinearity, if
    kept.
    """

    outputs: list[Array]
    x_hats: list[Array]
    inverse_stds: list[Array]
    logits: Array
    sums: list[Array]


class Network:
    """B networks of one recipe, side by side, each with parameters and running statistics of its own."""

    def __init__(self, recipe: Recipe, inputs: int, classes: int, seeds: Sequence[tuple[int, ...]]) -> None:
        """Starts drawn by `seeds`, one a network: with and without batch norm they are the same.

        A deeper network begins with the same layers.
        """
        self.recipe = recipe
        sizes = [inputs, *[recipe.width] * recipe.depth, classes]
        # The last layer's draw has a stream of its own, so that it does not depend on the depth.
        streams = [*range(1, recipe.depth + 1), 0]
        count = len(seeds)
        layers = list(zip(streams, sizes[:-1], sizes[1:], strict=True))
        self.parameters = Parameters(
            [
                recipe.spread(a, b)
                * np.array([np.random.default_rng((*seed, stream)).standard_normal((a, b)) for seed in seeds])
                for stream, a, b in layers
            ],
            [np.zeros((count, 1, b)) for _, _, b in layers],
            [np.ones((count, 1, b)) for _, _, b in layers[:-1]] if recipe.batch_norm else [],
        )
        hidden = sizes[1:-1] if recipe.batch_norm else []
        self.running_means = [np.zeros((count, 1, size)) for size in hidden]
        self.running_variances = [np.ones((count, 1, size)) for size in hidden]

    def part(self, which: NDArray[Any]) -> "Network":
        """The networks at `which`, places or (B,) bool; copies, unless that is all of them."""
        if len(which) == self.count and (which.dtype != np.bool_ or which.all()):
            return self
        part = copy(self)
        part.parameters = self.parameters.take(which)
        part.running_means = [mean[which] for mean in self.running_means]
        part.running_variances = [variance[which] for variance in self.running_variances]
        return part

    @property
    def count(self) -> int:
        """B, how many networks."""
        return len(self.parameters.weights[0])

    def forward(self, x: Array, tracking: bool = False, keep_sums: bool = False) -> Passes:
        """A pass forward with the mini-batch's own statistics; x (B, n, inputs) or (n, inputs).

        With `tracking` the running statistics move, as PyTorch's do: the variance that they take is unbiased.
        """
        p, apply = self.parameters, NONLINEARITIES[self.recipe.activation].apply
        outputs, x_hats, inverse_stds, sums = [x], [], [], []
        for layer in range(self.recipe.depth):
            z = outputs[-1] @ p.weights[layer]
            if self.recipe.batch_norm:
                found = normalized(z, self.recipe.eps)
                x_hats.append(found.x_hat)
                inverse_stds.append(found.inverse_std)
                if tracking:
                    self._track(layer, found.mean, found.variance, z.shape[-2])
                z = found.x_hat * p.gammas[layer]
            z += p.shifts[layer]
            z = self._changed(layer, z)
            if keep_sums:
                sums.append(z.copy())
            outputs.append(apply(z))
        logits = outputs[-1] @ p.weights[-1]
        logits += p.shifts[-1]
        return Passes(outputs, x_hats, inverse_stds, logits, sums)

    def _changed(self, layer: int, z: Array) -> Array:
        """What enters a layer's nonlinearity, of its sums z (B, n, d): these. For kinds of networks."""
        return z

    def _changed_back(self, layer: int, grad: Array) -> Array:
        """The gradient in those sums, from that in what `_changed` made of them in the last pass."""
        return grad

    def _track(self, layer: int, mean: Array, variance: Array, rows: int) -> None:
        momentum = self.recipe.momentum
        for old, new, factor in (
            (self.running_means[layer], mean, 1.0),
            (self.running_variances[layer], variance, rows / (rows - 1)),
        ):
            old *= 1 - momentum
            old += momentum * factor * new

    def inferred(self, x: Array) -> Array:
        """Logits (B, n, classes) for rows x (n, inputs) with the running statistics, as at inference."""
        p, apply = self.parameters, NONLINEARITIES[self.recipe.activation].apply
        for layer in range(self.recipe.depth):
            z = x @ p.weights[layer]
            if self.recipe.batch_norm:
                z -= self.running_means[layer]
                z *= p.gammas[layer] / np.sqrt(self.running_variances[layer] + self.recipe.eps)
            z += p.shifts[layer]
            x = apply(z)
        return np.asarray(x @ p.weights[-1] + p.shifts[-1])

    def loss(self, x: Array, labels: Labels) -> Array:
        """Cross-entropy (B,) on rows x (n, inputs), which are normalized by their own statistics."""
        logits = self.forward(x).logits
        return cross_entropy(logits, np.broadcast_to(labels, logits.shape[:-1]))

    def gradients(
        self, passes: Passes, labels: Labels, by_outputs: list[Array] | None = None
    ) -> tuple[Array, Parameters]:
        """The loss (B,) of a pass forward and its gradients in every parameter; labels (B, n) or (n,).

        `by_outputs`, if given, is filled with the gradients in the hidden layers' outputs, first layer first.
        """
        p, back = self.parameters, NONLINEARITIES[self.recipe.activation].back
        labels = np.broadcast_to(labels, passes.logits.shape[:-1])
        loss, grad = cross_entropy_and_gradient(passes.logits, labels)
        depth = self.recipe.depth
        weights: list[Array] = [p.weights[0]] * (depth + 1)
        shifts, gammas = list(p.shifts), list(p.gammas)
        for layer in range(depth, -1, -1):
            out = passes.outputs[layer]
            if layer < depth:
                if by_outputs is not None:
                    by_outputs.insert(0, grad.copy())
                grad = self._changed_back(layer, back(grad, passes.outputs[layer + 1]))
                if self.recipe.batch_norm:
                    grad, gammas[layer], shifts[layer] = normalized_back(
                        grad, passes.x_hats[layer], passes.inverse_stds[layer], p.gammas[layer]
                    )
                else:
                    shifts[layer] = grad.sum(axis=-2, keepdims=True)
            else:
                shifts[layer] = grad.sum(axis=-2, keepdims=True)
            weights[layer] = np.swapaxes(out, -1, -2) @ grad
            if layer:
                grad = grad @ np.swapaxes(p.weights[layer], -1, -2)
        return loss, Parameters(weights, shifts, gammas)

    def descend(self, gradients: Parameters, rates: Array) -> None:
        """One step of gradient descent; rates (B,). `gradients` are changed in place."""
        factor = rates[:, None, None]
        for value, slope in zip(self.parameters.all(), gradients.all(), strict=True):
            slope *= factor
            value -= slope

    def moved(self, gradients: Parameters, rate: float) -> "Network":
        """Networks so far along their gradients from these; running statistics are shared."""
        moved = copy(self)
        moved.parameters = Parameters(
            *(
                [value - rate * slope for value, slope in zip(values, slopes, strict=True)]
                for values, slopes in zip(self.parameters.parts, gradients.parts, strict=True)
            )
        )
        return moved
