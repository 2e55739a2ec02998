"""How a long way is shown in few leaps."""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.canvas import Array

SINGLE, LEAPS = 8, 44  # leaps of one step, and all leaps of a long run


def leaps(last: int) -> Array:
    """The steps (n,) at which a run of ``last`` steps is shown after each leap, :data:`LEAPS` at most.

    The first are single steps; each of the others is so many times as long as the one before, and of an odd
    number of steps, so that a run to and fro is still seen to go so.
    """
    ahead = np.arange(1, LEAPS - SINGLE + 1)
    for growth in np.linspace(1.0, 2.0, 200):
        lengths = np.concatenate([np.ones(SINGLE), 2 * np.floor(growth**ahead / 2) + 1])
        steps = np.concatenate([[0.0], np.cumsum(lengths)])
        if steps[-1] >= last:
            break
    return np.append(steps[steps < last], last)
