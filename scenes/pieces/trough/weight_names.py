"""Both weights' names along the edges of a floor, and where the loss is lowest: marks, numbers that run."""

from __future__ import annotations

from collections.abc import Callable

from manim import Mobject, ValueTracker

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.script.words import Words
from scenes.kit.surface.trough.floor_names import EdgeMark, along_edge
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.trough.edge_number import EdgeNumber

BESIDE = 0.62  # of the way from the minimum to the floor's end, where a weight's name stands
DIGITS = "3s"


def weight_names(words: Words, trough: Trough, time: ValueTracker) -> list[Mobject]:
    """For each weight its name, a mark and a number at the lowest point; ``trough`` follows ``time``."""
    palette, shown = theme.current(), list[Mobject]()
    for axis, color in enumerate((palette.feature_a, palette.feature_b)):
        name = typography.name(words.label(("weight_a", "weight_b")[axis]), color)
        lowest, beside = _lowest(trough, axis), _beside(trough, axis)
        along_edge(name, trough.floor, axis, beside, follows=(time,))
        mark = EdgeMark(trough.floor, axis, lowest, follows=(time,))
        shown += [name, mark, EdgeNumber(trough.floor, axis, time, lowest, DIGITS, color)]
    return shown


def _lowest(trough: Trough, axis: int) -> Callable[[], float]:
    return lambda: float(minimizer(trough)[axis])


def _beside(trough: Trough, axis: int) -> Callable[[], float]:
    def weight() -> float:
        return float(minimizer(trough)[axis] - BESIDE * trough.floor.reach[axis] / trough.window.scale)

    return weight


def minimizer(trough: Trough) -> Array:
    """The weights at which the loss that is shown is least, (2,)."""
    return trough.window.loss.minimizer
