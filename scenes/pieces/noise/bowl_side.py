"""A bowl with the ball on it that mini-batches drive, seen from where its way lies across the picture."""

from __future__ import annotations

from operator import attrgetter
from typing import ClassVar

import numpy as np
from manim import Animation, Mobject, ValueTracker

from bn_math.lesson.stage import Stage
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.repeated.kept import KeptPicture
from scenes.kit.lettering.places import Box
from scenes.kit.surface.trough.ball import CutBall
from scenes.kit.surface.trough.framing import framed
from scenes.kit.surface.trough.trail import RunTrail
from scenes.kit.surface.trough.trough import Trough
from scenes.pieces.trough.leaps import Goal
from scenes.pieces.trough.parked import window_of

ZENITH = 38.0  # degrees off the vertical: from high up, so that distances are seen as they are
FROM_FAR_LEFT = 245.0  # degrees from the viewer to the start, which lies at the far left
RADIUS, HOME = 0.1, 0.08  # of the ball and of home, in units of space
LINE, EDGE = 3.0, 2.0  # of the trail and its edge, in pixels at 1080p
NEARER = (0.68, 0.3)  # of the box: where home is, seen closer
REACH, NEAREST = 0.5, 8.0  # of the box: as far from there a place is that one looks closer for; times at most
RIM = 0.1  # of the box, beyond which nothing is seen: the rim may reach over its edge
EDGES = attrgetter("left", "right", "bottom", "top")
WHOLE = 0.1  # pixels: no step of a ball that shivers is left out as a veil


class BowlSide(Painted):
    """One of several bowls: its shape, home, the trail and the ball, in a box that hides what is outside.

    One looks closer by its ``view``, as with a camera: the bowl grows beyond the box, and ball and home keep
    their size in the picture, so that what lies between them is seen.

    Args:
        stage: whose loss it is.
        points: the weights after each step, (n, 2).
        box: the place of the shape.
        clock: the step that is reached.
    """

    shows_a_loss: ClassVar[bool] = True
    kept: ClassVar[tuple[str, ...]] = ("view", "trough", "home", "trail", "ball")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "edges")

    def __init__(self, stage: Stage, points: Array, box: Box, clock: ValueTracker) -> None:
        super().__init__()
        window = window_of(stage.loss, stage.start)
        x, y = window.ground(np.asarray(stage.start))
        azimuth = float(np.degrees(np.arctan2(y, x))) - FROM_FAR_LEFT
        self.edges, self.view = np.array(EDGES(box)), framed(window, box, azimuth, ZENITH, with_floor=False)
        self.from_afar = self.view.scale_factor
        self.trough = Trough(window, self.view)
        self.home = Goal(self.trough, None, HOME)
        self.trail = RunTrail(self.trough, points, clock, line_width=LINE, told_apart=WHOLE, casing=EDGE)
        self.ball = CutBall(self.trough, points, clock, RADIUS)
        self._bowl, self._wall = KeptPicture(), KeptPicture()
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (self.view, clock)

    @property
    def box(self) -> Box:
        """The box that it is in now."""
        return Box(*self.edges.tolist())

    def times(self, place: Array, goal: Array, box: Box) -> float:
        """How many times nearer one has to look for a place to be well apart from home in a box."""
        one, other = self.trough.lay(np.asarray(place))[0], self.trough.lay(np.asarray(goal))[0]
        away = float(np.linalg.norm(one - other)) * self.from_afar / self.view.scale_factor
        return float(np.clip(REACH * min(box.width, box.height) / max(away, 1e-9), 1.0, NEAREST))

    def look_closer(self, times: float, box: Box) -> Animation:
        """The camera goes so many times nearer; home goes to the lower right, as the way comes from above."""
        looking = self.view.animate.look(center=_home_in(box), scale=times * self.from_afar)
        animation: Animation = looking.build()
        return animation

    def paint(self, canvas: Canvas) -> None:
        """The bowl, and on it trail, home and ball, as far as they are inside of the box."""
        closer = self.view.scale_factor / self.from_afar
        self.ball.radius, self.home.radius = RADIUS / closer, HOME / closer
        context, box = canvas.context, self.box
        context.save()
        context.new_path()
        context.rectangle(box.left - RIM, box.bottom - RIM, box.width + 2 * RIM, box.height + 2 * RIM)
        context.clip()
        state = self.view.state, self.opacity, theme.current()
        parts = self.trough, self.trail, self.home, self.ball, self.trough.near
        for part in parts:
            part.opacity = self.opacity
        self._bowl.paint(canvas, state, self.trough.paint)
        for part in parts[1:-1]:
            part.paint(canvas)
        self._wall.paint(canvas, state, self.trough.near.paint)
        context.restore()


def _home_in(box: Box) -> tuple[float, float]:
    """Where home is in a box, seen closer."""
    x, y, _ = box.at(*NEARER)
    return float(x), float(y)
