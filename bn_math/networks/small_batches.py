"""What a normalized sample owes to its batchmates, the smaller the batch the more; measured on real digits.

How a layer normalizes is normalization's business.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, integer, number, readonly, shown
from bn_math.data.examples import digits
from bn_math.data.split import batchmates
from bn_math.normalization.batch_norm import BatchNorm
from bn_math.normalization.group_norm import GroupNorm
from bn_math.normalization.instance_norm import InstanceNorm
from bn_math.normalization.layer_norm import LayerNorm
from bn_math.normalization.sample_norm import MOST_PARAMETERS
from bn_math.pickling import PickleByFields

# The digits' pixels a side.
SIDE = 8
MOST_CHANNELS, MOST_SIZES, MOST_DRAWS = 64, 20, 10_000


class Layer(Protocol):
    """What normalizes a batch."""

    def forward(self, x: ArrayLike, training: bool = True) -> Array:
        """The layer's output, of the shape of `x`."""
        ...


@dataclass(frozen=True)
class SmallBatches(PickleByFields):
    """How much a normalized sample varies with its batchmates, in batches of each of `sizes`.

    The samples are handwritten digits after a convolution with `channels` random filters of
    `filter_size` pixels a side, (N, C, H, W): 7 leave 2 x 2 pixels, as few as deep layers have; the more
    pixels there are to average over, the less a batchmate counts.
    Each of `rows` of them, one digit after another, is put into `draws` random batches of every size; what
    the layer makes of it in training differs from batch to batch by a standard deviation, of which the root
    mean square over rows, channels and pixels is taken. What comes out has a variance of about 1.
    groups: of the group norm; eps: the layers'; seed: of the filters and the batches.
    Raises ValueError naming the field for a value that cannot be used.
    """

    sizes: tuple[int, ...] = (2, 4, 8, 32)
    rows: int = 20
    draws: int = 50
    channels: int = 8
    filter_size: int = 7
    groups: int = 4
    eps: float = 1e-5
    seed: int = 42

    def __post_init__(self) -> None:
        """Checks every field."""
        most = len(digits().test_images)
        right = f"sizes must be 1 to {MOST_SIZES} ascending batch sizes"
        if not isinstance(self.sizes, (tuple, list)) or not 0 < len(self.sizes) <= MOST_SIZES:
            raise ValueError(f"{right}, but is {shown(self.sizes)}")
        sizes = tuple(integer("sizes", size, at_least=2, at_most=most) for size in self.sizes)
        if list(sizes) != sorted(set(sizes)):
            raise ValueError(f"{right}, but is {shown(self.sizes)}")
        checked = {
            "sizes": sizes,
            "rows": integer("rows", self.rows, at_least=1, at_most=most),
            "draws": integer("draws", self.draws, at_least=2, at_most=MOST_DRAWS),
            "channels": integer("channels", self.channels, at_least=1, at_most=MOST_CHANNELS),
            "filter_size": integer("filter_size", self.filter_size, at_least=1, at_most=SIDE - 1),
            "groups": integer("groups", self.groups, at_least=1, at_most=MOST_PARAMETERS),
            "eps": number("eps", self.eps, above=0),
            "seed": integer("seed", self.seed, at_least=0),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        # It says where the two do not fit each other.
        GroupNorm(self.groups, self.channels)

    @cached_property
    def activations(self) -> Array:
        """The test digits after the convolution, (N, channels, 9 - filter_size, 9 - filter_size)."""
        a_side = self.filter_size
        filters = np.random.default_rng((self.seed, 0)).standard_normal((self.channels, a_side, a_side))
        images = digits().test_images.reshape(-1, SIDE, SIDE)
        windows = np.lib.stride_tricks.sliding_window_view(images, (a_side, a_side), axis=(1, 2))
        return readonly(np.einsum("nhwij,cij->nchw", windows, filters / a_side))

    @cached_property
    def batch_norm(self) -> Array:
        """What batch norm makes of a sample varies by so much, (k,): the larger the batch, the less."""
        return self._spreads(BatchNorm(self.channels, eps=self.eps, affine=False))

    @cached_property
    def group_norm(self) -> Array:
        """The same of group norm, (k,): 0, since it looks at no batchmate."""
        return self._spreads(GroupNorm(self.groups, self.channels, eps=self.eps, affine=False))

    @cached_property
    def layer_norm(self) -> Array:
        """The same of layer norm over channels and pixels, (k,): 0."""
        shape = self.activations.shape[1:]
        return self._spreads(LayerNorm(shape, eps=self.eps, affine=False))

    @cached_property
    def instance_norm(self) -> Array:
        """The same of instance norm, (k,): 0."""
        return self._spreads(InstanceNorm(self.channels, eps=self.eps, affine=False))

    def _spreads(self, layer: Layer) -> Array:
        return readonly(np.array([self._spread(layer, size) for size in self.sizes]))

    def _spread(self, layer: Layer, size: int) -> float:
        # The batches are the same for every layer.
        rng = np.random.default_rng((self.seed, 1, size))
        squares = []
        for row in range(self.rows):
            mates = batchmates(len(self.activations), row, size, self.draws, rng)
            found = np.array([layer.forward(self.activations[batch])[0] for batch in mates])
            squares.append(found.var(axis=0).mean())
        return float(np.sqrt(np.mean(squares)))
