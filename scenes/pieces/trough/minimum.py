"""The lowest point of a loss: a dot, and its name below it."""

from __future__ import annotations

from manim import DOWN, Mobject

from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.trough.plate import plated
from scenes.pieces.trough.spot import Spot

BELOW = 0.16  # from the dot to its name, in picture units


def named_minimum(trough: Trough, name: str, side: Array = DOWN, away: float = BELOW) -> tuple[Spot, Mobject]:
    """The dot and its name, which lies before the shape and stays upright, wherever the viewer goes.

    Args:
        trough: the loss.
        name: what the dot is called.
        side: where the name stands, a direction of the picture (3,).
        away: from the dot to the name, in picture units.
    """
    goal = trough.window.loss.minimizer

    def stand(it: Mobject) -> None:
        it.next_to([*trough.lay(goal)[0], 0.0], side, buff=away)

    return Spot(trough, goal), follow(plated(name), (trough.view,), stand)
