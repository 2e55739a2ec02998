"""A loss from straight above with the trails of optimizers, in a place that can grow from one box to another.

The map backs off as far as a run flies out, and comes near again with it.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject, ValueTracker, VGroup

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import FIGURE, KEY, SMALL
from scenes.kit.surface.trough.carrier import ROUND, draw_mark, polygon
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.loss_map import LossMap
from scenes.kit.surface.trough.trail import THIN, RunTrail
from scenes.kit.surface.trough.window import HALF_WIDTH, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.optimizer_styles import OptimizerStyle
from scenes.pieces.trough.parked import window_of

HEAD, START = 15.0, 12.0  # pixels at 1080p: where a run is now, where it began
LINE_WIDTH, CASING = 8.0, 6.0  # pixels at 1080p of a trail, and of the dark edge round it
BESIDE = 0.065  # in picture units, from two ways that are the same to the line drawn for each
APART = 20.0  # pixels at 1080p: lines that are nearer would be one block
FAR = 0.25  # of a veil's usual density, that of a run which flies out
EDGE = 0.93  # of the way to the map's edge, which a run that flies out comes to
SHAPE = 0.84  # of the map's half height, the half-width of a shape
STARTS = 0.85  # of the way to the map's edge, where the start lies at most
WORDS = 0.8  # in picture units, for the line above the map
MARK = 1.6  # of a mark before a count, in its usual size
NAMED = 0.4  # of the map's width at most, for its name
GAP = 0.7  # between two counts


def from_above(stage: Stage, box: Box) -> Viewpoint:
    """The viewpoint from which a shape of this stage lies upright and fills ``box``, seen from above."""
    window = window_of(stage.loss, stage.start)
    return framed(window, box, azimuth=-90.0, zenith=0.0, perspective=0.0)


class StartMark(Painted):
    """Where all descents begin: the ball at rest, and the only yellow on a map.

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
        draw_mark(canvas, ROUND, place, START, theme.current().shape_mark, self.opacity)


class Aside:
    """A map on which everything lies a little aside.

    Args:
        carrier: the map.
        aside: how far, (2,) in picture units.
    """

    def __init__(self, carrier: LossMap, aside: Array) -> None:
        self.carrier, self.aside = carrier, aside
        self.sources: tuple[Mobject, ...] = carrier.sources
        self.on_it: float = carrier.on_it

    def lay(self, weights: Array) -> tuple[Array, Array]:
        """Weights (..., 2) -> the picture (..., 2), and how far they are from the map's edge (...)."""
        picture, room = self.carrier.lay(weights)
        return picture + self.aside, room

    @property
    def outlines(self) -> list[Array]:
        """The map's."""
        return self.carrier.outlines

    @property
    def scale_factor(self) -> float:
        """The map's."""
        return self.carrier.scale_factor


class RaceMap:
    """One of the two maps, what runs on it, and the line above it: its name, and the counts.

    Args:
        stage: whose loss and whose runs.
        box: the place of all of it.
        wide: its place when ``spread`` is 1.
        words: what the map is called.
        color: of its name.
        clock: the step that the optimizer which :meth:`follow` names has reached.
    """

    def __init__(
        self, stage: Stage, box: Box, wide: Box, words: str, color: ManimColor, clock: ValueTracker
    ) -> None:
        self.stage, self.clock, self.spread, self.closer = stage, clock, ValueTracker(0), ValueTracker(1)
        self._boxes = box, wide
        self.zooms = np.ones(2)
        self._base = window_of(stage.loss, stage.start)
        self._start = np.maximum(np.abs(self._base.ground(np.asarray(stage.start))), 1e-9)
        follows = clock, self.spread, self.closer
        self.map = LossMap(self.window, lambda: self.room.center, self._size, follows=follows)
        self.name = fitted([words], NAMED * self.room.width, color, FIGURE, SMALL)
        typography.align_baseline(self.name, self.room.top + 0.22, left=self.room.left)
        self.start = StartMark(self.map, np.asarray(stage.start), follows=follows)

    @property
    def room(self) -> Box:
        """The map's rectangle now."""
        one, other = (np.array([box.left, box.right, box.bottom, box.top]) for box in self._boxes)
        left, right, bottom, top = (one + self.spread.get_value() * (other - one)).tolist()
        return Box(left, right, bottom, top - WORDS)

    def _size(self) -> tuple[float, float]:
        return self.room.width, self.room.height

    @property
    def unit(self) -> float:
        """Picture units for one unit of space at the map's usual size."""
        half = np.array(self._size()) / 2
        return float(min(SHAPE * half.min() / HALF_WIDTH, (STARTS * half / self._start).min()))

    @property
    def zoom(self) -> float:
        """How large the map is now, as a share of its usual size."""
        step = min(max(self.clock.get_value(), 0.0), len(self.zooms) - 1.0)
        return self.closer.get_value() * float(
            np.exp(np.interp(step, np.arange(len(self.zooms)), np.log(self.zooms)))
        )

    def window(self) -> CutWindow:
        """The part that is shown: from farther off, higher lines are drawn, so that the shape stays seen."""
        base, zoom = self._base, self.zoom
        return CutWindow(base.loss, base.level / zoom, base.scale * self.unit * zoom, 1.0, 1.0)

    def run(self, name: str) -> Array:
        """The weights after each step of an optimizer, (n, 2), at least two of them."""
        points = np.asarray(self.stage.race()[name].points)
        return points if len(points) > 1 else np.repeat(points, 2, axis=0)

    def last(self, name: str) -> int:
        """The last step that is drawn."""
        return len(self.stage.race()[name].points) - 1

    def trail(self, name: str, style: OptimizerStyle, clock: ValueTracker, side: int = 0) -> RunTrail:
        """An optimizer's way in its color, its mark where it is. A run that flies out has a thin veil.

        Of two that go the same diagonal way one is drawn at the one ``side`` (-1), one at the other (1).
        """
        aside = side * BESIDE * np.array([1.0, -1.0])
        return RunTrail(
            Aside(self.map, aside) if side else self.map,
            self.run(name),
            clock,
            color=style.color,
            mark=polygon(style.outline()),
            line_width=LINE_WIDTH,
            head=HEAD * style.stature,
            told_apart=APART,
            casing=CASING,
            thin=THIN if self.zooms.min() == 1 else FAR * THIN,
        )

    def follow(self, *names: str) -> None:
        """Let the map back off as far as these optimizers fly out, in the room that there is now."""
        fitting = np.minimum(self._fitting(*names) / self.closer.get_value(), 1.0)
        farthest = int(fitting.argmin())
        out = np.minimum.accumulate(fitting[: farthest + 1])
        back = np.minimum.accumulate(fitting[farthest:][::-1])[::-1]
        self.zooms = np.concatenate([out, back[1:]])

    def holding(self, *names: str) -> float:
        """How large the map may be, as a share of its usual size, for all of these ways to be on it."""
        return float(min(self._fitting(*names).min(), 1.0))

    def _fitting(self, *names: str) -> Array:
        """How large the map may be at each step for these optimizers to be on it, (n,)."""
        runs = [self.run(name) for name in names]
        length = max(map(len, runs))
        every = np.stack([np.pad(run, ((0, length - len(run)), (0, 0)), mode="edge") for run in runs])
        way = np.abs(every - self.stage.loss.minimizer).max(axis=0)
        reach = EDGE * np.array(self._size()) / 2 / (self._base.scale * self.unit)
        return np.asarray((reach / np.maximum(way, 1e-300)).min(axis=1))

    def count(
        self, name: str, style: OptimizerStyle, clock: ValueTracker, right: float | None = None
    ) -> VGroup:
        """The steps that an optimizer has made, behind its mark, above the map.

        Its right edge is at x = ``right``, by default the map's.
        """
        steps, last = self.stage.optimizer_steps[name], self.last(name)
        end = last if steps is None else steps
        counter = Counter(
            clock,
            size=KEY,
            color=style.color,
            value=lambda step: float(end if step >= last else np.floor(step)),
        )
        mark = style.marker().scale(MARK)
        right = self.room.right if right is None else right
        left = right - counter.width_of(end)
        counter.shift(np.array([left, self.room.top + 0.17, 0.0]) - counter.corner)
        mark.move_to(counter.corner + np.array([-0.2 - mark.width / 2, 0.24, 0.0]))
        return VGroup(mark, counter)
