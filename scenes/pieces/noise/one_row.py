"""What becomes of one row: asked again and again in training mode, and in use by the running statistics."""

from __future__ import annotations

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array

FEATURE, ROW = 0, 0  # A of the first row
PASSES, MOST_BATCHES = 4, 400  # over the mini-batches at least, and how many of these are shown at most
START_LEFT = 0.01  # of the running statistics' start, when the row is asked
ASKS = 30  # times that the row is asked, in each mode


def passes(lesson: Lesson) -> int:
    """How many passes over the mini-batches are shown: until hardly anything of the start is left.

    Fewer where there are many batches.
    """
    batches = lesson.batches
    most = max(MOST_BATCHES // batches.count, 1)
    enough = (
        epochs for epochs in range(PASSES, most) if batches.start_left(epochs * batches.count) <= START_LEFT
    )
    return min(next(enough, most), most)


def in_use(lesson: Lesson) -> float:
    """What the row's feature becomes in evaluation mode."""
    return float(lesson.batches.inferred(lesson.data.features[ROW], passes(lesson))[FEATURE])


def asked(lesson: Lesson) -> Array:
    """The row's values in training mode, each time with other rows, (k,)."""
    return lesson.batches.asked(ROW, lesson.batches.size, ASKS, FEATURE)[0]
