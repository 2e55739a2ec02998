"""A magnifying glass over a loss's minimum: what a descent still does when the eye has lost sight of it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np
from manim import LEFT, Mobject, ValueTracker, VGroup
from numpy.typing import NDArray

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.counter import Counter, key_figure
from scenes.kit.surface.ball import DescentPath
from scenes.kit.surface.landscape import Landscape
from scenes.kit.surface.viewpoint import Viewpoint

BALL = 0.11  # its radius in the glass
RADIUS = 1.0  # of a glass in the words' column
PLACE = (layout.LEFT_EDGE + RADIUS, -2.2)
TURN_OVER = 0.7  # of each decade; from there on the glass goes over to the next power of ten
RUNGS = 16  # jumps drawn for each decade
EDGE = 60  # points in which a jump is tried against the glass's edge


def magnification(left: float) -> float:
    """How many times the glass enlarges when the share ``left`` of the distance is left.

    A power of ten for most of each decade, then eased to the next: the ball comes near, the glass closer.
    """
    decades = -np.log10(min(max(left, 1e-300), 1.0))
    whole = np.floor(decades)
    rest = np.clip((decades - whole - TURN_OVER) / (1 - TURN_OVER), 0, 1)
    return float(10 ** (whole + rest * rest * (3 - 2 * rest)))


class Lens(Painted):
    """The ball and its last jumps seen from above, enlarged as much as ``clock`` asks for.

    It is laid over a map of the same loss. That map needs no change while the glass goes closer: around its
    minimum a sum of squares looks the same at every magnification.

    Args:
        path: the descent, laid on the window of the map. That window's radius is the glass's.
        clock: the step that the ball has reached, whole or not.
        view: the map's viewpoint.
        least: the share of the distance at the start that is looked at closest.
    """

    kept: ClassVar[tuple[str, ...]] = ("path", "clock", "view", "_steps")

    def __init__(self, path: DescentPath, clock: ValueTracker, view: Viewpoint, least: float = 1e-15) -> None:
        super().__init__()
        self.path, self.clock, self.view, self.least = path, clock, view, least
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (view, clock)
        self._steps = rungs(path)

    @property
    def enlarged(self) -> float:
        """How many times, now. A jump may pass nearer to the minimum than it lands; that is not looked at."""
        step = self.clock.get_value()
        goal, start = self.path.window.loss.minimizer, self.path.weights[0]
        here = np.linalg.norm(self.path.at(step) - goal) / np.linalg.norm(start - goal)
        return magnification(max(float(here), self.path.distance_left(step + 1), self.least))

    def place(self, weights: Array) -> Array:
        """Where weights (..., 2) stand in the glass, on its ground (..., 2)."""
        window = self.path.window
        return replace(window, reach=window.reach / self.enlarged).ground(weights)

    def paint(self, canvas: Canvas) -> None:
        """Jumps thin, cut off at the glass's edge; then the ball."""
        color, background = theme.current().ball, theme.current().background
        step = self.clock.get_value()
        shown = [s for s in self._steps[self._steps <= step] if self._is_near(s)]
        runs = [run for s in shown for run in self._inside(self.path.weights[s : s + 2])]
        canvas.stroke(runs, background, 4.0, 0.45 * self.opacity)
        canvas.stroke(runs, color, 1.8, 0.9 * self.opacity)
        at = self._seen(self.place(self.path.at(step))[None])[0]
        canvas.disc(at, 1.2 * BALL, [(0, background, self.opacity), (1, background, 0)])
        rim = [(0.0, color, self.opacity), (0.9, color, self.opacity), (1.0, color, 0.0)]
        canvas.disc(at, BALL, rim, light=0.35)

    def _is_near(self, step: int) -> bool:
        return bool(self.path.distance_left(step) * self.enlarged < 30)

    def _inside(self, ends: Array) -> list[Array]:
        ground = self.place(np.linspace(ends[0], ends[1], EDGE))
        inside = np.hypot(*ground.T) <= self.path.window.radius
        return [self._seen(ground[inside])] if inside.sum() > 1 else []

    def _seen(self, ground: Array) -> Array:
        flat = np.concatenate([ground, np.zeros((len(ground), 1))], axis=1)
        return self.view.project(flat)[:, :2]


def magnifier(stage: Stage, clock: ValueTracker, name: str) -> tuple[Landscape, Lens, VGroup]:
    """A glass below the figures of a descent: its map, what moves in it, and how many times it enlarges."""
    view = Viewpoint(azimuth=-90, zenith=0, perspective=0, center=PLACE)
    map_ = Landscape(stage, view, radius=RADIUS)
    lens = Lens(map_.path, clock, view, least=stage.tolerance / 10)
    figure = key_figure(Counter(clock, size=typography.HEADING, value=lambda _: lens.enlarged), name)
    return map_, lens, figure.move_to(layout.at(PLACE[0] + RADIUS + 0.3, PLACE[1] + 0.5), LEFT)


def rungs(path: DescentPath) -> NDArray[np.intp]:
    """The steps whose jumps are drawn, ``RUNGS`` for every tenth of the distance that is left."""
    left = np.array([path.distance_left(step) for step in range(len(path) - 1)])
    decade = np.floor(-np.log10(np.maximum(left, 1e-300)) * RUNGS)
    return np.asarray(np.flatnonzero(np.diff(np.maximum.accumulate(decade), prepend=-1) > 0))
