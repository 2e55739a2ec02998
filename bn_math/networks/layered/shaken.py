"""Networks whose normalized sums are shaken at every pass: the experiment of Santurkar et al. 2018."""

from collections.abc import Sequence

import numpy as np

from bn_math.checks import Array
from bn_math.networks.layered.network import Network
from bn_math.networks.layered.recipe import Recipe

# How far each neuron's sums are moved at most, and how many times as far apart they are at most.
MOVED, STRETCHED = 0.5, 1.25
# The stream of random numbers.
_SHAKES = 2


class ShakenNetwork(Network):
    """Networks in which every neuron's sums are moved and stretched at random, anew at every pass.

    So what enters a nonlinearity drifts from step to step, whatever batch normalization does before.
    Source: Santurkar et al. 2018, arXiv 1805.11604, section 2.1.
    """

    def __init__(self, recipe: Recipe, inputs: int, classes: int, seeds: Sequence[tuple[int, ...]]) -> None:
        """Starts as of any network; each has random numbers of its own."""
        super().__init__(recipe, inputs, classes, seeds)
        self._rngs = [np.random.default_rng((*seed, _SHAKES)) for seed in seeds]
        self._stretches: list[Array] = [np.ones(())] * recipe.depth

    def _changed(self, layer: int, z: Array) -> Array:
        drawn = np.array([rng.uniform(size=(2, z.shape[-1])) for rng in self._rngs])
        self._stretches[layer] = 1 + (STRETCHED - 1) * drawn[:, :1]
        z *= self._stretches[layer]
        z += MOVED * (2 * drawn[:, 1:] - 1)
        return z

    def _changed_back(self, layer: int, grad: Array) -> Array:
        grad *= self._stretches[layer]
        return grad
