"""A stack's gradients in its weights and in its activations, and what fades them."""

import numpy as np
import pytest

from bn_math import DeepStack


@pytest.mark.parametrize(
    ("scale", "flat", "growth", "signal_growth"),
    [(1, 0, 0.21, 0.23), (4, 48, 0.54, 0.61), (8, 71, 0.78, 0.87)],
)
def test_small_weights_fade_the_gradient_at_once(
    scale: float, flat: float, growth: float, signal_growth: float
) -> None:
    """Large weights push the sums to the flat ends, and are not the cause of fading."""
    passes = DeepStack(weight_scale=scale).passes
    assert round(100 * passes.flat_shares()[-1]) == flat
    assert passes.growth == pytest.approx(growth, abs=0.006)
    assert passes.signal_growth == pytest.approx(signal_growth, abs=0.006)
    norms = np.sqrt((passes.signal_gradients**2).sum(axis=(1, 2)))
    assert passes.signal_growth == pytest.approx((norms[0] / norms[-1]) ** (1 / 19))


def test_growth_of_signals_needs_two_layers() -> None:
    with pytest.raises(ValueError, match="signal_growth needs two layers"):
        _ = DeepStack(1, 4, 5).passes.signal_growth
