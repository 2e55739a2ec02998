"""How much a magnifying glass enlarges what a descent still does when the eye has lost sight of it."""

from __future__ import annotations

import numpy as np

TURN_OVER = 0.7  # of each decade; from there on the glass goes over to the next power of ten


def magnification(left: float) -> float:
    """How many times the glass enlarges when the share ``left`` of the distance is left.

    A power of ten for most of each decade, then eased to the next: the ball comes near, the glass closer.
    """
    decades = -np.log10(min(max(left, 1e-300), 1.0))
    whole = np.floor(decades)
    rest = np.clip((decades - whole - TURN_OVER) / (1 - TURN_OVER), 0, 1)
    return float(10 ** (whole + rest * rest * (3 - 2 * rest)))
