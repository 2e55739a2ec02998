"""Layer normalization: each sample over its features, by its own mean and variance."""

from collections.abc import Sequence

from bn_math.normalization.sample_norm import TrailingNorm


class LayerNorm(TrailingNorm):
    """Each sample normalized over its last dimensions, with PyTorch's conventions.

    `normalized_shape` is their shape, a whole number or several: for (N, C) it is C, for (N, C, H, W) it is
    (C, H, W). `gamma` and `beta` have that shape, too, one for each value; with `affine=False` they are None.
    Everything else is as in `SampleNorm`.
    Sources: Ba, Kiros and Hinton 2016, arXiv 1607.06450; the documentation of torch.nn.LayerNorm.
    """

    def __init__(self, normalized_shape: int | Sequence[int], eps: float = 1e-5, affine: bool = True) -> None:
        """Raises ValueError for a `normalized_shape` that is none, and `eps` below 0."""
        super().__init__(normalized_shape, eps, affine)
