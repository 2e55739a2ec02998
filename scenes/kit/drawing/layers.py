"""What moves in an animation, and pictures of what does not: a still thing is drawn once, wherever it is."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby

import cairo
import numpy as np
from manim import Animation, AnimationGroup, Mobject

from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.canvas import Canvas, Painted

FEW = 12  # outlines are drawn as fast as a picture of them


def moving_members(scene: Sequence[Mobject], animations: Iterable[Animation]) -> dict[Mobject, None]:
    """Those in the families of ``scene`` that may change while ``animations`` play, in the scene's order.

    Manim takes everything with an updater for moving. What names the mobjects it depends on (``sources``)
    moves only with them. Whatever belongs to something that moves does so too.
    """
    moving = dict.fromkeys(_animated(animations))

    def moves(mobject: Mobject) -> bool:
        if mobject in moving:
            return True
        sources = getattr(mobject, "sources", None)
        return bool(mobject.updaters) if sources is None else any(map(moves, sources))

    def visit(family: Iterable[Mobject], within: bool) -> Iterator[Mobject]:
        for mobject in family:
            inside = within or moves(mobject)
            if inside:
                yield mobject
            yield from visit(mobject.submobjects, inside)

    while not (found := dict.fromkeys(visit(scene, False))).keys() <= moving.keys():
        moving |= found  # what follows one of these moves too
    return found


def _animated(animations: Iterable[Animation]) -> Iterator[Mobject]:
    for animation in animations:
        yield from animation.mobject.get_family()
        if isinstance(animation, AnimationGroup):
            yield from _animated(animation.animations)


def split(
    members: Iterable[Mobject], moving: Container[Mobject], camera: KitCamera
) -> tuple[list[Mobject], list[Mobject]]:
    """What to draw at every frame, and what lies below all of that and is drawn once.

    Where nothing moves there is one frame, for which all is drawn: Manim draws everything if told nothing.

    Args:
        members: everything in the scene, in the order of drawing.
        moving: those of them that may change, with all that belongs to them.
        camera: what draws the still ones.
    """
    seen = (mobject for mobject in members if mobject in moving or len(mobject.points))
    drawn: list[Mobject] = []
    for moves, alike in groupby(seen, lambda mobject: mobject in moving):
        row = list(alike)
        drawn += row if moves else [Layer(row, camera, kept=bool(drawn))]
    if len(drawn) > 1 and isinstance(drawn[0], Layer):
        return drawn[1:], drawn[:1]
    return drawn, []


class Layer(Painted):
    """Mobjects that stand still, drawn without their submobjects.

    Args:
        row: the mobjects in the order of drawing, at least one.
        camera: what draws them.
        kept: whether their picture is taken when they are first drawn, and from then on laid over each frame.
            It is not taken where they are few (:data:`FEW`) and none of them is Painted.
    """

    def __init__(self, row: Sequence[Mobject], camera: KitCamera, kept: bool) -> None:
        super().__init__()
        self.points = np.zeros((1, 3))
        self.z_index = row[0].z_index
        self.row, self._camera = row, camera
        self._kept = kept and (len(row) > FEW or any(isinstance(mobject, Painted) for mobject in row))
        self._picture: cairo.ImageSurface | None = None

    def paint(self, canvas: Canvas) -> None:
        """Draw them, or lay their picture over what is there."""
        if not self._kept:
            self._camera.draw(self.row, self._camera.pixel_array)
            return
        if self._picture is None:
            self._picture = self._camera.picture(self.row)
        canvas.lay(self._picture)
