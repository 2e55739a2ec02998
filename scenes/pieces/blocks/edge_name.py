"""Names beside a block: along one of its edges, or where they follow a cube."""

from __future__ import annotations

import numpy as np
from manim import Mobject
from numpy.typing import ArrayLike

from scenes.kit.drawing.follow import follow
from scenes.pieces.blocks.block import Block


def beside(
    text: Mobject, block: Block, place: ArrayLike, way: tuple[float, float], away: float = 0.2
) -> Mobject:
    """Keep ``text`` upright beside a place of the block's space, whatever the viewer does.

    Args:
        text: the words.
        block: whose view it is.
        place: in units of space from the block's middle, (3,).
        way: the direction of the picture in which the words stand, away from the block.
        away: from the place to the words, in picture units.
    """
    at, normal = np.asarray(place, dtype=float), np.asarray(way, dtype=float)
    normal = normal / np.linalg.norm(normal)
    room = abs(normal[0]) * text.width / 2 + abs(normal[1]) * text.height / 2

    def update(it: Mobject) -> None:
        x, y = block.view.project(at)[:2] + normal * (away + room)
        it.move_to([float(x), float(y), 0.0])

    return follow(text, (block.view,), update)
