"""Both weights' names along the edges of a floor, and where the loss is lowest: marks, numbers that run."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject, ValueTracker
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.kit.surface.trough.floor import CutFloor
from scenes.kit.surface.trough.floor_names import EdgeMark, along_edge
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.shot.edge_number import EdgeNumber

BESIDE = 0.62  # of the way from the minimum to the floor's end, where a weight's name stands
DIGITS = "3s"
BESIDE_NUMBER = 0.45  # picture units for the half of a number, and a gap
LONGEST = 2.6  # of a name along an edge, in picture units
LETTERS = 46.0  # of such a name, which leans, in pixels at 1080p


def weight_names(words: Words, trough: Trough, time: ValueTracker, within: Box) -> list[Mobject]:
    """For each weight its name, and a mark and a number where it is best; ``trough`` follows ``time``.

    A line on the floor leads from there to the lowest point.

    Words stay ``within`` a box; a name that would be long is the weight's symbol.
    """
    palette, shown = theme.current(), list[Mobject]()
    for axis, color in enumerate((palette.feature_a, palette.feature_b)):
        name = one_that_fits(words, ("weight_a", "weight_b")[axis], LONGEST, color, LETTERS)
        lowest, beside = _lowest(trough, axis), _beside(trough, axis, name.width / 2 + BESIDE_NUMBER)
        along_edge(name, trough.floor, axis, beside, follows=(time,))
        mark = EdgeMark(trough.floor, axis, lowest, follows=(time,))
        number = EdgeNumber(trough.floor, axis, time, lowest, DIGITS, color)
        for text in (name, number):
            text.add_updater(_keep_within(within), call_updater=True)
        shown += [WayHome(trough.floor, axis, color, follows=(time,)), name, mark, number]
    return shown


class WayHome(Painted):
    """A line on a floor from the lowest point to the edge, where a weight's number stands.

    Args:
        floor: what it lies on.
        axis: 0 for the first weight, 1 for the second.
        color: of the line.
        follows: what the floor reads, such as trackers.
    """

    kept: ClassVar[tuple[str, ...]] = ("floor",)

    def __init__(
        self, floor: CutFloor, axis: int, color: ManimColor, follows: tuple[Mobject, ...] = ()
    ) -> None:
        super().__init__()
        self.floor, self.axis, self.color = floor, axis, color
        self.points = np.zeros((1, 3))
        self.z_index = floor.on_it
        self.sources: tuple[Mobject, ...] = (*floor.sources, *follows)

    def paint(self, canvas: Canvas) -> None:
        """A thin line, below all that stands above the floor."""
        home = minimizer(self.floor.trough)
        ends = np.stack([self.floor.lay(home)[0], self.floor.edge(self.axis, float(home[self.axis]))[0]])
        canvas.stroke([ends], self.color, 3.0, 0.8 * self.opacity, dash=(10.0, 8.0))


def one_that_fits(
    words: Words, key: str, width: float, color: ParsableManimColor, size: float = typography.NAME
) -> typography.Text:
    """The label ``key``, or the shorter ``key_short`` where it is wider than ``width``."""
    text = typography.figure(words.label(key), color, size)
    return text if text.width <= width else typography.figure(words.label(f"{key}_short"), color, size)


def _keep_within(box: Box) -> Callable[[Mobject], object]:
    def shift(text: Mobject) -> None:
        points = text.get_points_defining_boundary()  # asked for once: four sides would ask four times
        (left, bottom, _), (right, top, _) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        x = max(box.left - left, 0.0) + min(box.right - right, 0.0)
        text.shift([x, max(box.bottom - bottom, 0.0) + min(box.top - top, 0.0), 0.0])

    return shift


def _lowest(trough: Trough, axis: int) -> Callable[[], float]:
    return lambda: float(minimizer(trough)[axis])


def _beside(trough: Trough, axis: int, least: float) -> Callable[[], float]:
    """Says the weight beside which a name stands, at ``least`` so many picture units from the minimum's."""

    def weight() -> float:
        away = max(BESIDE * trough.floor.reach[axis], least / trough.view.scale_factor)
        return float(minimizer(trough)[axis] - away / trough.window.scale)

    return weight


def minimizer(trough: Trough) -> Array:
    """The weights at which the loss that is shown is least, (2,)."""
    return trough.window.loss.minimizer
