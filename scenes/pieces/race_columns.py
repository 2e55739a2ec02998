"""The race's counts in two columns, the track that ends before them, and how far each runner has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bn_math.descent.optimizers import is_linear
from bn_math.descent.settling import shares_left
from bn_math.descent.trajectory import Trajectory
from bn_math.lesson.stage import Stage
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.typography import HEADING, SMALL
from scenes.kit.script import numbers
from scenes.pieces import dumbbells

# Where the track and the first column end, at most; and the room for a count beside an axis, at least.
TRACK, VALLEY, ROOM = 4.35, 5.45, 1.05
LARGEST = 1_000_000  # counts from here on are written with a power of ten
TICKS = 400  # places on the way of a runner whose steps are too many to be taken one by one


class Columns:
    """How wide the counts of two races are, and where there is room for them at the right of the frame.

    Its attributes are places in the picture: ``valley``, where the first column ends (the second ends at the
    frame's margin), ``track``, where the track does; ``room`` is what a count needs beside an axis's end.

    Args:
        stages: the two races.
        heads: the keys of the columns' headings.
        label: gives the words for a key, as Typst markup, also for ``unsettled``, the sign for no count.
    """

    def __init__(self, stages: Sequence[Stage], heads: Sequence[str], label: Callable[[str], str]) -> None:
        self.label = label
        wide = [
            max(
                typography.label(label(head), size=SMALL).width,
                *(typography.Text(self.written(it), HEADING).width for it in stage.optimizer_steps.values()),
            )
            for stage, head in zip(stages, heads, strict=True)
        ]
        self.valley = min(VALLEY, layout.RIGHT_EDGE - wide[1] - 0.2)
        self.track = min(TRACK, self.valley - wide[0] - 0.3)
        self.room = max(ROOM, dumbbells.BESIDE + max(wide) + 0.05)

    def written(self, steps: int | None) -> str:
        """A count, or the sign for none."""
        if steps is None:
            return self.label("unsettled")
        return numbers.write(steps, "d" if steps < LARGEST else ".2e")


def last_arrival(stage: Stage) -> int:
    """The steps of the last one that settles."""
    arrivals = [steps for steps in stage.optimizer_steps.values() if steps is not None]
    return max(arrivals, default=stage.rules.limit)


def powers_left(stage: Stage, name: str, run: Trajectory) -> tuple[Array, Array]:
    """Steps (n,) and the share of the distance that is not exceeded any more, as a power of ten (n,)."""
    tolerance, optimizer = stage.tolerance, stage.optimizers[name]
    steps = stage.optimizer_steps[name] or 0
    ticks = np.arange(len(run.points), dtype=float)
    left = np.linalg.norm(run.points - stage.loss.minimizer, axis=1)
    left = left / (left[0] or 1.0)
    if steps > run.steps and is_linear(optimizer):
        ticks = np.unique(np.round(np.append(0, np.geomspace(1, steps, TICKS))))
        left = shares_left(stage.loss, stage.start, optimizer, ticks)
    most = np.maximum.accumulate(left[::-1])[::-1]
    if stage.optimizer_steps[name] is None:  # its way is broken off, and who never settles goes on
        most = np.maximum(most, most[len(most) // 2])
    return ticks, np.asarray(np.log10(np.clip(most, tolerance, 1.0)))
