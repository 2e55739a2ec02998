"""A picture that fades into those that follow it, frame by frame."""

from __future__ import annotations

import numpy as np

from scenes.kit.drawing.canvas import Pixels


class Dissolve:
    """Blends what comes with a picture of before, of which less and less is seen.

    Args:
        before: (height, width, 4), RGBA.
        frames: how many frames it lasts; afterwards nothing of ``before`` is left.
    """

    def __init__(self, before: Pixels, frames: int) -> None:
        self._before, self._frames, self._done = before, frames, 0

    @property
    def left(self) -> int:
        """How many frames are still to be blended."""
        return self._frames - self._done

    def next(self, pixels: Pixels) -> Pixels:
        """The next frame, of which ``pixels`` is what will be seen of it alone."""
        self._done += 1
        return blend(self._before, pixels, self._done / (self._frames + 1))


def blend(before: Pixels, after: Pixels, share: float) -> Pixels:
    """A picture between two, with ``share`` of the second, from 0 to 1."""
    weight = round(256 * share)
    mixed = before.astype(np.uint16) * np.uint16(256 - weight) + after * np.uint16(weight)
    return np.asarray((mixed + 128) >> 8, dtype=np.uint8)
