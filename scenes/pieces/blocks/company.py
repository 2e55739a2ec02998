"""The numbers in a block, and what one sample's output is in other company; they are digits, convolved."""

from __future__ import annotations

from functools import cache

import numpy as np

from bn_math import BatchNorm, SmallBatches
from bn_math.checks import Indices
from bn_math.data.split import batchmates
from scenes.kit.drawing.canvas import Array

CHANNELS, SAMPLES, PIXELS = 4, 4, 4
COMPANIES = 400  # in which the sample is asked


class Companies:
    """One sample in the company of others, drawn anew each time.

    Args:
        seed: of the filters and of the draws.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        found = SmallBatches(channels=CHANNELS, seed=seed).activations
        self.activations = found.reshape(len(found), CHANNELS, PIXELS)
        self._mates = cache(self._drawn)

    def _drawn(self, size: int) -> Indices:
        """The samples in each batch, (COMPANIES, size), the one that is asked first."""
        rng = np.random.default_rng((self.seed, 1, size))
        return batchmates(len(self.activations), 0, size, COMPANIES, rng)

    def batch(self, number: int, size: int = SAMPLES) -> Array:
        """The sample, behind the ``number``th draw of others, (channels, size, pixels)."""
        return np.asarray(self.activations[self._mates(size)[number][::-1]].transpose(1, 0, 2))

    def tint(self, number: int) -> Array:
        """The batch's numbers as brightness, (channels, samples, pixels)."""
        middle = self.activations.mean(axis=(0, 2))[:, None, None]
        spread = self.activations.std(axis=(0, 2))[:, None, None]
        return np.asarray(np.tanh((self.batch(number) - middle) / (1.2 * spread)))

    def outputs(self, size: int, count: int = COMPANIES) -> Array:
        """What batch norm makes of the sample's first number of the last channel, in so many batches."""
        layer = BatchNorm(CHANNELS, affine=False, track_running_stats=False)
        batches = (self.batch(number, size).transpose(1, 0, 2)[..., None] for number in range(count))
        return np.array([float(layer.forward(batch)[-1, -1, 0, 0]) for batch in batches])

    def alone(self, chosen: Array) -> float:
        """What a norm makes of that number whose mean and spread are of the ``chosen`` of its batch, (n,)."""
        batch = self.batch(0)
        members = batch.reshape(-1)[chosen > 0]
        return float((batch[-1, -1, 0] - members.mean()) / members.std())

    def swing(self, size: int) -> float:
        """The standard deviation of these outputs."""
        return float(self.outputs(size).std())
