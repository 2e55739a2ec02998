"""Contrast of colors as WCAG 2.2 defines it (success criterion 1.4.3). Pure arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def contrast(one: NDArray[np.floating], two: NDArray[np.floating]) -> NDArray[np.float64]:
    """The contrast ratio of colors, each (..., 3) with channels from 0 to 255; from 1 to 21, shape (...)."""
    first, second = luminance(one), luminance(two)
    return np.asarray((np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05))


def luminance(color: NDArray[np.floating]) -> NDArray[np.float64]:
    """The relative luminance, 0 to 1, of sRGB colors, (..., 3) with channels from 0 to 255; shape (...)."""
    channel = np.asarray(color, dtype=np.float64) / 255
    linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))
