"""A step and its two parts, one for each weight, before and after each is divided by its slopes' size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from manim import Mobject, ValueTracker

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.charts.features import feature_colors
from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.trough.arrow import Ends, LyingArrow
from scenes.kit.surface.trough.loss_map import LossMap

BEFORE, AFTER = 1.6, 1.05  # in half heights of the map: the longer part at first, and both in the end
THICK, WHOLE = 17.0, 13.0  # pixels at 1080p: of a part, and of the step that they make
PALE = 0.4  # how much is seen of what was before


class TwoParts:
    """Three arrows from the start of a map: both parts of a step downhill, and the step.

    ``divided`` goes from 0, where the parts are as long as the two slopes, to 1, where each is divided by its
    own size, so that both are alike.

    Args:
        stage: whose slope it is, at its start.
        carrier: the map.
    """

    def __init__(self, stage: Stage, carrier: LossMap) -> None:
        self.carrier, self.start = carrier, np.asarray(stage.start, dtype=float)
        slope = -np.asarray(stage.loss.gradient(self.start))
        self.sense, self.sizes = np.sign(slope), np.abs(slope) / (np.abs(slope).max() or 1.0)
        self.divided = ValueTracker(0)
        self.parts = [
            LyingArrow(carrier, self._ends(np.eye(2)[which]), color, THICK, follows=(self.divided,))
            for which, color in enumerate(feature_colors())
        ]
        yellow = theme.current().shape_mark
        self.step = LyingArrow(carrier, self._ends(np.ones(2)), yellow, WHOLE, follows=(self.divided,))
        self.before = [LyingArrow(carrier, it.ends, it.color, THICK) for it in self.parts]
        for arrow in self.before:
            arrow.set_opacity(PALE)

    @property
    def lengths(self) -> Array:
        """Of both parts, in picture units, with their signs, (2,)."""
        share, before = self.divided.get_value(), BEFORE * np.maximum(self.sizes, 1e-3)
        return np.asarray(self.carrier.half[1] * self.sense * before ** (1 - share) * AFTER**share)

    def _ends(self, which: Array) -> Callable[[], Ends]:
        def ends() -> Ends:
            return self.start, self.start + which * self.lengths / self.carrier.scale_factor

        return ends

    def __iter__(self) -> Iterator[Mobject]:
        """The parts as they were, pale; the parts, and the step over them."""
        yield from (*self.before, *self.parts, self.step)
