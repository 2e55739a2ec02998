"""Batch normalization at inference folded into the linear layer beside it: nothing is left to compute.

At inference the layer is scale * x + shift with fixed numbers, and two linear maps in a row are one.
"""

import numpy as np
from numpy.typing import ArrayLike

from bn_math.checks import Array, finite_array, instance, no_overflow, shown
from bn_math.normalization.batch_norm import BatchNorm


def fold(weight: ArrayLike, bias: ArrayLike | None, layer: BatchNorm) -> tuple[Array, Array]:
    """Weight (out, in) and bias (out,) of the linear layer that does both, where `layer` follows it.

    layer(weight x + bias) at inference is the new weight times x, plus the new bias. Without a `bias`, None,
    it counts as 0. Raises ValueError if shapes do not fit, for NaN or infinity, or if the layer tracks no
    running statistics.
    Source: Jacob et al. 2018, arXiv 1712.05877, section 3.2, with the bias.
    """
    weight, bias, scale, shift = _checked(weight, bias, layer, axis=0)
    with np.errstate(over="ignore", invalid="ignore"):
        folded, moved = scale[:, None] * weight, scale * bias + shift
    return no_overflow("weight", folded, "the folded weight"), no_overflow("bias", moved, "the folded bias")


def fold_into_next(weight: ArrayLike, bias: ArrayLike | None, layer: BatchNorm) -> tuple[Array, Array]:
    """Weight (out, in) and bias (out,) of the linear layer that does both, where it follows `layer`.

    weight layer(x) + bias at inference is the new weight times x, plus the new bias: that is where a layer
    after the activation goes, which cannot be folded to the front. The rest is as in `fold`.
    """
    weight, bias, scale, shift = _checked(weight, bias, layer, axis=1)
    with np.errstate(over="ignore", invalid="ignore"):
        folded, moved = weight * scale, weight @ shift + bias
    return no_overflow("weight", folded, "the folded weight"), no_overflow("bias", moved, "the folded bias")


def _checked(
    weight: ArrayLike, bias: ArrayLike | None, layer: BatchNorm, axis: int
) -> tuple[Array, Array, Array, Array]:
    """Weight, bias, and the layer's scale and shift along the weight's `axis`."""
    scale, shift = instance("layer", layer, BatchNorm, "BatchNorm(2)").at_inference()
    weight = finite_array("weight", weight)
    if weight.ndim != 2 or not weight.size or weight.shape[axis] != len(scale):
        side = ("out", "in")[axis]
        raise ValueError(
            f"weight must have shape (out, in), with {side} the layer's {len(scale)}, but has {weight.shape}"
        )
    bias = np.zeros(len(weight)) if bias is None else finite_array("bias", bias)
    if bias.shape != weight.shape[:1]:
        raise ValueError(f"bias must have shape {weight.shape[:1]}, one an output, but is {shown(bias)}")
    return weight, bias, scale, shift
