"""The lowest point of a loss: a dot, and its name beside it."""

from __future__ import annotations

from manim import RIGHT, Mobject

from scenes.kit import theme
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.trough.spot import Spot

EDGE = 3.0  # pixels of dark edge round the letters, on each side
BESIDE = 0.24


def named_minimum(trough: Trough, name: str) -> tuple[Spot, Mobject]:
    """The dot and its name, which lies on the shape and stays upright, wherever the viewer goes."""
    goal, palette = trough.window.loss.minimizer, theme.current()
    words = typography.name(name, palette.iso)

    def stand(it: Mobject) -> None:
        it.next_to([*trough.lay(goal)[0], 0.0], RIGHT, buff=BESIDE)

    return Spot(trough, goal), follow(words, (trough.view,), stand)
