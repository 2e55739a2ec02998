"""Instance normalization: each channel of each sample over its pixels, by its own mean and variance."""

from typing import ClassVar

from bn_math.checks import integer
from bn_math.normalization.sample_norm import MOST_PARAMETERS, ChannelNorm


class InstanceNorm(ChannelNorm):
    """Each channel of each sample normalized over its own pixels.

    Inputs are (N, C, L) or (N, C, H, W) with more than one pixel; `gamma` and `beta` are (C,), with
    `affine=False` None. PyTorch's conventions, except that it is affine by default, as the other layers are;
    there are no running statistics (which PyTorch leaves out by default). Everything else is as in
    `SampleNorm`.
    Sources: Ulyanov, Vedaldi and Lempitsky 2016, arXiv 1607.08022; the documentation of
    torch.nn.InstanceNorm2d.
    """

    dimensions: ClassVar[tuple[int, ...]] = (3, 4)

    def __init__(self, num_features: int, eps: float = 1e-5, affine: bool = True) -> None:
        """Raises ValueError for `num_features` below 1 and `eps` below 0."""
        self.num_features = integer("num_features", num_features, at_least=1, at_most=MOST_PARAMETERS)
        super().__init__(self.num_features, eps, affine)

    def _groups(self, shape: tuple[int, ...]) -> int:
        self._checked_shape(shape)
        if all(size == 1 for size in shape[2:]):
            raise ValueError(f"an instance needs more than one value in a channel, but x has shape {shape}")
        return shape[0] * shape[1]
