"""The form in which pictures are handed on, and the protocol of what takes them."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Shape (height, width, 4): red, green, blue, and opacity; the colors are those of the full opacity."""


class Sink(Protocol):
    """Takes pictures, one after the other; an array is never written to after it was handed over."""

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        """Take a picture that stands for ``repeat`` frames."""
        ...
