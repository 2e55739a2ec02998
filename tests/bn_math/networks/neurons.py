"""Neurons to test with, drawn from a seed."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from bn_math import (
    Dataset,
    NormalizedNeuron,
)

quick = settings(max_examples=50, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)
START = (1.0, 0.2)


def random_neuron(seed: int, d: int = 2, eps: float = 0.0) -> NormalizedNeuron:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(25, d)) * np.geomspace(1, 20, d) + rng.normal(size=d) * 10
    y = x @ rng.normal(size=d) + rng.normal(size=25)
    return NormalizedNeuron(Dataset(x, y, tuple("ABCDEF"[:d])), eps)


def some_weights(neuron: NormalizedNeuron, seed: int) -> np.ndarray:
    return np.random.default_rng(seed + 1).normal(size=neuron.size)
