"""Layers to test with, and the shapes of their input."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from bn_math import BatchNorm

quick = settings(max_examples=40, deadline=None, derandomize=True)
seeds = st.integers(0, 2**32 - 1)
shapes = st.sampled_from([(2, 1), (8, 3), (5, 2, 4), (2, 3, 1), (1, 2, 6), (2, 3, 2, 3)])


def layer_with(rng: np.random.Generator, channels: int, **settings) -> BatchNorm:
    layer = BatchNorm(channels, **settings)
    layer.gamma, layer.beta = rng.normal(size=channels), rng.normal(size=channels)
    return layer
