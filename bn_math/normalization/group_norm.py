"""Group normalization: each sample over groups of its channels, by their own mean and variance."""

import math

from bn_math.checks import integer
from bn_math.normalization.sample_norm import MOST_PARAMETERS, ChannelNorm


class GroupNorm(ChannelNorm):
    """Each sample normalized over groups of neighboring channels and their pixels, as in PyTorch.

    Inputs are (N, C), (N, C, L) or (N, C, H, W); `gamma` and `beta` are (C,), with `affine=False` None. One
    group is a layer norm over all but the samples, as many groups as channels an instance norm.
    Everything else is as in `SampleNorm`.
    Sources: Wu and He 2018, arXiv 1803.08494; the documentation of torch.nn.GroupNorm.
    """

    def __init__(self, num_groups: int, num_channels: int, eps: float = 1e-5, affine: bool = True) -> None:
        """Raises ValueError unless `num_groups` divides `num_channels`, and for `eps` below 0."""
        self.num_channels = integer("num_channels", num_channels, at_least=1, at_most=MOST_PARAMETERS)
        self.num_groups = integer("num_groups", num_groups, at_least=1, at_most=MOST_PARAMETERS)
        if self.num_channels % self.num_groups:
            raise ValueError(
                f"num_groups must divide num_channels, but {self.num_groups} does not divide "
                f"{self.num_channels}"
            )
        super().__init__(self.num_channels, eps, affine)

    def _groups(self, shape: tuple[int, ...]) -> int:
        self._checked_shape(shape)
        # As in PyTorch, which looks for it over all samples.
        if math.prod(shape) == self.num_groups:
            raise ValueError(f"a group needs more than one value, but x has shape {shape}")
        return shape[0] * self.num_groups
