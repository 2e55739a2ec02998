"""Root-mean-square normalization: each sample over its features, by its own size; nothing is centered."""

import sys
from collections.abc import Sequence

from bn_math.normalization.sample_norm import TrailingNorm


class RMSNorm(TrailingNorm):
    """Each sample divided by the root mean square of its last dimensions, with PyTorch's conventions.

    gamma x / sqrt(mean(x^2) + eps): no mean is subtracted, and there is no beta (`beta` is None).
    `normalized_shape` is as in `LayerNorm`. PyTorch's `eps` is what it takes where it is given none, the
    spacing of floats at 1; language models take 1e-6 or 1e-5. Everything else is as in `SampleNorm`.
    Sources: Zhang and Sennrich 2019, arXiv 1910.07467; the documentation of torch.nn.RMSNorm.
    """

    centers = False

    def __init__(
        self, normalized_shape: int | Sequence[int], eps: float = sys.float_info.epsilon, affine: bool = True
    ) -> None:
        """Raises ValueError for a `normalized_shape` that is none, and `eps` below 0."""
        super().__init__(normalized_shape, eps, affine)
