"""Empty bands across a picture, which are closed up to a gap: paper is dear where a film has room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from manim import Mobject

from scenes.kit.drawing.canvas import Canvas, Painted
from scenes.kit.lettering.places import Box

Interval = tuple[float, float]


@dataclass(frozen=True)
class Closing:
    """How far what lies beyond empty bands is moved along one axis.

    Args:
        bands: from where to where nothing is, ascending, in picture units.
        kept: how much of each stays empty.
    """

    bands: tuple[Interval, ...]
    kept: float

    @classmethod
    def of(cls, intervals: Iterable[Interval], least: float, kept: float) -> Closing:
        """Of the bands between ``intervals`` that are ``least`` broad or more."""
        bands: list[Interval] = []
        reached = None
        for start, end in sorted(intervals):
            if reached is not None and start - reached >= least:
                bands.append((reached, start))
            reached = end if reached is None else max(reached, end)
        return cls(tuple(bands), kept)

    def shift(self, start: float) -> float:
        """How far what begins at ``start`` is moved: towards what lies before it."""
        return -sum(end - begin - self.kept for begin, end in self.bands if start >= end - 1e-9)


@dataclass(frozen=True)
class Moves:
    """How far each thing of a picture is moved."""

    across: Closing
    upwards: Closing

    @classmethod
    def of(cls, boxes: Iterable[Box], least: float, kept: float) -> Moves:
        """Those that close the empty bands between ``boxes``."""
        boxes = list(boxes)
        across = Closing.of(((box.left, box.right) for box in boxes), least, kept)
        return cls(across, Closing.of(((box.bottom, box.top) for box in boxes), least, kept))

    def of_box(self, box: Box) -> tuple[float, float]:
        """Of what lies in ``box``: to the right, and upwards."""
        return self.across.shift(box.left), self.upwards.shift(box.bottom)


class Moved(Painted):
    """What paints itself somewhere, painted elsewhere, and no more of it than the film shows.

    Args:
        painted: what is painted.
        move: to the right, and upwards, in picture units.
        frame: the film's, which cuts it off.
    """

    kept: ClassVar[tuple[str, ...]] = ("painted",)

    def __init__(self, painted: Painted, move: tuple[float, float], frame: Box) -> None:
        super().__init__()
        self.painted, self.move, self.frame = painted, move, frame
        self.opacity, self.z_index = painted.opacity, painted.z_index
        self.points = np.zeros((1, 3))

    def paint(self, canvas: Canvas) -> None:
        """Paint it, moved."""
        canvas.context.save()
        canvas.context.translate(*self.move)
        canvas.context.new_path()
        canvas.context.rectangle(self.frame.left, self.frame.bottom, self.frame.width, self.frame.height)
        canvas.context.clip()
        self.painted.paint(canvas)
        canvas.context.restore()


def moved_box(box: Box, move: tuple[float, float]) -> Box:
    """The box, moved."""
    x, y = move
    return Box(box.left + x, box.right + x, box.bottom + y, box.top + y)


def move_points(mobject: Mobject, move: tuple[float, float]) -> None:
    """Move the mobject's own points, and no part of it."""
    mobject.points = mobject.points + np.array([*move, 0.0])
