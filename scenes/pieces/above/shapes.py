"""Which loss is seen from above at each moment: on its way to standardized data, by batch, and tilted."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from manim import ValueTracker, smooth

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box, Places
from scenes.kit.surface.trough.trough import Trough
from scenes.kit.surface.trough.window import CutWindow
from scenes.pieces.above.ring import HALF, Shape, seen_from_above
from scenes.pieces.trough.parked import window_of

TILT = 0.9
"""The correlation at which the circle is seen to tilt, of the sign of that which the film has shown."""
FARTHEST = 0.5  # of a ring's half-length, that a mini-batch's is drawn off at most
MOST, OUTSIDE = 20000, 1.2  # steps on the raw data that are shown; times the level of the rim
BELOW = 0.88  # of the way to the rim, where the ball is at most


class Shapes:
    """A lesson's loss from above.

    ``time`` runs from 0, raw, to 1, standardized; ``tilt`` from 0, the data's own correlation, to 1;
    ``batch`` counts mini-batches.

    Args:
        lesson: whose loss it is.
        places: where it is seen.
    """

    def __init__(self, lesson: Lesson, places: Places) -> None:
        self.lesson, self.path = lesson, lesson.standardizing
        self.start = np.asarray(lesson.settings.start, dtype=float)
        self.time, self.tilt, self.batch = ValueTracker(0.0), ValueTracker(0.0), ValueTracker(0.0)
        x, y = self.window_at(0.0).directions[0]
        self.view = seen_from_above(places, float(np.degrees(np.arctan2(y, x))) - 90.0)
        self.usual = self.view.scale_factor

    @property
    def follows(self) -> tuple[ValueTracker, ValueTracker]:
        """What the window depends on."""
        return self.time, self.tilt

    def window(self) -> CutWindow:
        """What is shown now."""
        tilt = self.tilt.get_value()
        return self.tilted(tilt) if tilt > 0 else self.window_at(self.time.get_value())

    def window_at(self, time: float) -> CutWindow:
        """What is shown on the way from raw to standardized data."""
        return window_of(self.path.loss(time), self.start)

    def tilted(self, tilt: float) -> CutWindow:
        """What is shown if the features were more correlated: to the same scale, the start below the rim."""
        own, base = self.lesson.correlation, self.window_at(1.0)
        loss = self.lesson.correlated(own + tilt * (TILT - own)).loss
        level = max(base.level, float(loss.excess(self.start)) / BELOW**2)
        return CutWindow(loss, level, base.scale, base.top, base.nearest)

    def scale_in(self, window: CutWindow, box: Box) -> float:
        """How large a shape may be in ``box``, its lowest point where it is; never larger than usual."""
        away = self.view.copy().look(center=(0.0, 0.0), scale=1.0)
        trough = Trough(window, away)
        points = np.concatenate([part for part in (*trough.outlines, trough.seen().outside) if len(part)])
        low, high = points.min(axis=0), points.max(axis=0)
        x, y = self.view.points[1, :2]
        room = np.array([[box.left - x, box.bottom - y], [box.right - x, box.top - y]])
        return float(min(self.usual, (room / [low, high]).min()))

    def raw_run(self) -> Array:
        """The weights after each step on the raw data, as far as they are in the picture."""
        run, window = np.asarray(self.lesson.raw.descent.points)[: MOST + 1], self.window_at(0.0)
        outside = np.flatnonzero(~(self.lesson.raw.loss.excess(run) <= OUTSIDE * window.level))
        run = run[: max(int(outside[0]), 1)] if len(outside) else run
        return run if len(run) > 1 else np.repeat(run[:1], 2, axis=0)

    def raw(self) -> Shape:
        """The raw data's line of equal loss."""
        return Shape.of(self.lesson.raw.loss.hessian)

    def now(self) -> Shape:
        """That of the loss that is shown."""
        return Shape.of(self.window().loss.hessian)

    def of_batch(self) -> Shape:
        """That of the mini-batch whose turn it is, standardized by its own mean and spread."""
        return self.shape_of(self.batch.get_value())

    def shape_of(self, batch: float) -> Shape:
        """That of a mini-batch, counted from 1, or between two of them; 0 is all rows."""
        batch = float(np.clip(batch, 0, len(self.batches) - 1))
        before = min(int(batch), len(self.batches) - 2) if len(self.batches) > 1 else 0
        after, share = min(before + 1, len(self.batches) - 1), smooth(batch - before)
        one, other = self.batches[before], self.batches[after]
        return Shape.of(*(a + share * (b - a) for a, b in zip(one, other, strict=True)))

    @cached_property
    def batches(self) -> list[tuple[Array, Array]]:
        """All rows', then each mini-batch's second derivatives (2, 2), and its minimum on the ground (2,)."""
        loss, window = self.lesson.standardized.loss, self.window_at(1.0)
        found = [(np.asarray(loss.hessian), np.zeros(2))]
        target = self.lesson.standardized.data.target
        batches = self.lesson.batches
        for rows, x in zip(batches.rows, batches.standardized, strict=True):
            hessian = 2 * x.T @ x / len(x)
            minimizer = np.linalg.pinv(hessian, rcond=1e-3) @ (2 * x.T @ target[rows] / len(x))
            off = (minimizer - loss.minimizer) * window.scale
            far = float(np.linalg.norm(off))
            found.append((hessian, off * min(1.0, FARTHEST * HALF / max(far, 1e-300))))
        return found
