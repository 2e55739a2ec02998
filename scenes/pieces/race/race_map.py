"""A loss from straight above with the way of a rule on it; it backs off from one that flies out."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.carrier import ROUND, draw_mark, stroke_cased
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.loss_map import LossMap
from scenes.kit.surface.trough.trail import THIN, RunTrail
from scenes.kit.surface.trough.window import HALF_WIDTH, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.trough.parked import window_of

HEAD, START = 17.0, 9.0  # pixels at 1080p: where a run is now, where it began
LINE_WIDTH, CASING = 6.0, 5.0  # pixels at 1080p of a trail, and of the dark edge round it
RING, DASH = 4.0, (14.0, 10.0)  # pixels at 1080p: the line of the ring through the start, and its dashes
APART = 20.0  # pixels at 1080p: lines that are nearer would be one block
FAR = 0.25  # of a veil's usual density, that of a run which flies out
EDGE = 0.93  # of the way to the map's edge, which a run that flies out comes to
SHAPE = 0.84  # of the map's half height, the half-width of a shape
STARTS = 0.85  # of the way to the map's edge, where the start lies at most


def from_above(stage: Stage, box: Box) -> Viewpoint:
    """The viewpoint from which a shape of this stage lies upright and fills ``box``, seen from above."""
    window = window_of(stage.loss, stage.start)
    return framed(window, box, azimuth=-90.0, zenith=0.0, perspective=0.0)


class StartMark(Painted):
    """Where all descents begin, a small white mark.

    Args:
        carrier: the map.
        weights: the start, (2,).
        follows: what moves the map.
    """

    kept: ClassVar[tuple[str, ...]] = ("carrier",)

    def __init__(self, carrier: LossMap, weights: Array, follows: tuple[Mobject, ...]) -> None:
        super().__init__()
        self.carrier, self.weights = carrier, weights
        self.points = np.zeros((1, 3))
        self.z_index = carrier.on_it
        self.sources: tuple[Mobject, ...] = follows

    def paint(self, canvas: Canvas) -> None:
        """A round mark with a dark edge."""
        place, _ = self.carrier.lay(self.weights)
        draw_mark(canvas, ROUND, place, START, theme.current().sheen, self.opacity)


class StartRing(Painted):
    """A ring round the minimum that goes through the start: it shrinks as the map backs off.

    Args:
        carrier: the map.
        start: weights, (2,).
        minimum: weights, (2,).
        follows: what moves the map.
    """

    kept: ClassVar[tuple[str, ...]] = ("carrier",)

    def __init__(self, carrier: LossMap, start: Array, minimum: Array, follows: tuple[Mobject, ...]) -> None:
        super().__init__()
        self.carrier, self.start, self.minimum = carrier, start, minimum
        self.points = np.zeros((1, 3))
        self.z_index = carrier.on_it
        self.sources: tuple[Mobject, ...] = follows

    def paint(self, canvas: Canvas) -> None:
        """A dashed ring with a dark edge, as far as it is on the map."""
        (start, minimum), _ = self.carrier.lay(np.array([self.start, self.minimum]))
        turn = np.linspace(0, 2 * np.pi, 145)
        ring = minimum + float(np.linalg.norm(start - minimum)) * np.stack([np.cos(turn), np.sin(turn)], 1)
        context = canvas.context
        context.save()
        context.new_path()
        canvas.trace(self.carrier.outlines, closed=True)
        context.clip()
        stroke_cased(canvas, [ring], theme.current().sheen, RING, self.opacity, DASH, CASING)
        context.restore()


class RaceMap:
    """A map and what runs on it.

    Args:
        stage: whose loss and whose runs.
        room: the place of the map.
    """

    def __init__(self, stage: Stage, room: Box) -> None:
        self.stage, self.room, self.closer = stage, room, ValueTracker(1)
        self._base = window_of(stage.loss, stage.start)
        start, minimum = np.asarray(stage.start), np.asarray(stage.loss.minimizer)
        self._start = np.maximum(np.abs(self._base.ground(start)), 1e-9)
        follows = (self.closer,)
        self.map = LossMap(self.window, self.room.center, self._size, follows=follows)
        self.start = StartMark(self.map, start, follows=follows)
        self.ring = StartRing(self.map, start, minimum, follows=follows)

    @property
    def _size(self) -> tuple[float, float]:
        return self.room.width, self.room.height

    @property
    def unit(self) -> float:
        """Picture units for one unit of space at the map's usual size."""
        half = np.array(self._size) / 2
        return float(min(SHAPE * half.min() / HALF_WIDTH, (STARTS * half / self._start).min()))

    def window(self) -> CutWindow:
        """The part that is shown: from farther off, higher lines are drawn, so that the shape stays seen."""
        base, zoom = self._base, self.closer.get_value()
        return CutWindow(base.loss, base.level / zoom, base.scale * self.unit * zoom, 1.0, 1.0)

    def run(self, name: str) -> Array:
        """The weights after each step of a rule, (n, 2), at least two of them."""
        points = np.asarray(self.stage.race()[name].points)
        return points if len(points) > 1 else np.repeat(points, 2, axis=0)

    def last(self, name: str) -> int:
        """The last step that is drawn."""
        return len(self.stage.race()[name].points) - 1

    def trail(self, name: str, clock: ValueTracker) -> RunTrail:
        """A rule's way, and a mark where it is. A run that flies out has a thin veil."""
        return RunTrail(
            self.map,
            self.run(name),
            clock,
            line_width=LINE_WIDTH,
            head=HEAD,
            told_apart=APART,
            casing=CASING,
            thin=THIN if self.holding(name) == 1 else FAR * THIN,
        )

    def holding(self, name: str) -> float:
        """How large the map may be, as a share of its usual size, for all of this way to be on it."""
        reach = EDGE * np.array(self._size) / 2 / (self._base.scale * self.unit)
        way = np.abs(self.run(name) - self.stage.loss.minimizer).max(axis=0)
        return float(min(1.0, (reach / np.maximum(way, 1e-300)).min()))
