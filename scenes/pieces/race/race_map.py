"""A loss from straight above with two trails on it: gradient descent, and one other optimizer at a time.

The map backs off as far as the other one flies out, and comes near again with it.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import DOWN, LEFT, ManimColor, Mobject, ValueTracker, VGroup

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import NAME
from scenes.kit.surface.trough.carrier import ROUND, draw_mark, polygon
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.loss_map import LossMap
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.window import HALF_WIDTH, CutWindow
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.pieces.optimizer_styles import OptimizerStyle
from scenes.pieces.trough.parked import window_of

HEAD, START, LINE_WIDTH = 13.0, 11.0, 5.0  # pixels at 1080p: where a run is now, where it began; its line
APART = 20.0  # pixels at 1080p: lines that are nearer would be one block
DASH = 135.0  # pixels at 1080p in a picture unit
EDGE = 0.93  # of the way to the map's edge, which a run that flies out comes to
SHAPE = 0.84  # of the map's half height, the half-width of a shape
STARTS = 0.85  # of the way to the map's edge, where the start lies at most
WORDS = 0.13  # of the box's height, for the line above the map
GAP = 0.45  # between two counts


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


class RaceMap:
    """One of the two maps, what runs on it, and the line above it: its name, and the counts.

    Args:
        stage: whose loss and whose runs.
        box: the place of all of it.
        words: what the map is called.
        color: of its name.
        clock: the step that the other optimizer has reached.
    """

    def __init__(self, stage: Stage, box: Box, words: str, color: ManimColor, clock: ValueTracker) -> None:
        self.stage, self.clock = stage, clock
        self.room = box.part(top=1 - WORDS)
        half = np.array([self.room.width, self.room.height]) / 2
        self.zooms = np.ones(2)
        self._base = window_of(stage.loss, stage.start)
        start = np.maximum(np.abs(self._base.ground(np.asarray(stage.start))), 1e-9)
        self.unit = float(min(SHAPE * half.min() / HALF_WIDTH, (STARTS * half / start).min()))
        size = self.room.width, self.room.height
        self.map = LossMap(self.window, self.room.center, size, follows=(clock,))
        self.name = typography.name(words, color)
        typography.align_baseline(self.name, self.room.top + 0.2, left=self.room.left)
        self.start = StartMark(self.map, np.asarray(stage.start), follows=(clock,))

    @property
    def zoom(self) -> float:
        """How large the map is now, as a share of its usual size."""
        step = min(max(self.clock.get_value(), 0.0), len(self.zooms) - 1.0)
        return float(np.exp(np.interp(step, np.arange(len(self.zooms)), np.log(self.zooms))))

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

    def trail(self, name: str, style: OptimizerStyle, clock: ValueTracker) -> RunTrail:
        """An optimizer's way in its color and dash, its mark where it is."""
        return RunTrail(
            self.map,
            self.run(name),
            clock,
            color=style.color,
            dash=tuple(DASH * length for length in style.dash),
            mark=polygon(style.outline()),
            line_width=LINE_WIDTH,
            head=HEAD * style.stature,
            told_apart=APART,
        )

    def follow(self, name: str) -> None:
        """Let the map back off as far as this optimizer flies out."""
        way = np.abs(self.run(name) - self.stage.loss.minimizer)
        reach = EDGE * np.array([self.room.width, self.room.height]) / 2 / (self._base.scale * self.unit)
        fitting = np.minimum((reach / np.maximum(way, 1e-300)).min(axis=1), 1.0)
        farthest = int(fitting.argmin())
        out = np.minimum.accumulate(fitting[: farthest + 1])
        back = np.minimum.accumulate(fitting[farthest:][::-1])[::-1]
        self.zooms = np.concatenate([out, back[1:]])

    def count(self, name: str, style: OptimizerStyle, clock: ValueTracker, place: int) -> VGroup:
        """The steps that an optimizer has made, behind its mark, above the map.

        ``place`` counts from the right.
        """
        steps, last = self.stage.optimizer_steps[name], self.last(name)
        end = last if steps is None else steps
        counter = Counter(
            clock,
            size=NAME,
            color=style.color,
            value=lambda step: float(end if step >= last else np.floor(step)),
        )
        width = max(counter.width_of(end), 0.9)
        mark = style.marker()
        right = self.room.right - place * (1.45 + GAP)
        counter.shift(np.array([right - width, self.room.top + 0.2, 0.0]) - counter.corner)
        mark.move_to(counter.corner + np.array([-0.3, 0.14, 0.0]))
        return VGroup(mark, counter)

    def note(self, figure: str, words: str) -> VGroup:
        """A figure on the map, in its upper left corner, and below it what it is."""
        dark, corner = theme.current().outline, self.room.part(0.04, 0.96, 0.04, 0.95)
        text = typography.figure(figure, dark, typography.FIGURE), typography.name(words, dark)
        return corner.put(VGroup(*text).arrange(DOWN, buff=0.15, aligned_edge=LEFT), 0.0, 1.0)
