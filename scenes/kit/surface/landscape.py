"""Floor, surface, lines, path and ball of one loss, put together in the order in which they are drawn."""

from __future__ import annotations

import numpy as np
from manim import (
    Animation,
    Group,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    linear,
    smooth,
)

from bn_math.lesson.stage import Stage
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout
from scenes.kit.surface.ball import Ball, DescentPath, Trail
from scenes.kit.surface.contours import ContourShadow, IsoLines
from scenes.kit.surface.floor import DEPTH, FloorGrid, FloorNumbers
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

MANY = 50  # steps; a longer trail is drawn thinner


class Landscape(Group):
    """One stage's loss as a picture. ``clock`` is the step that the ball has reached.

    The trail and the ball are made, but a scene adds them when the descent begins.

    Args:
        stage: whose loss, start and descent are shown.
        view: where the picture is seen from.
        names: Typst markup for the two weights, which stand at the floor; None leaves the floor out, so that
            there is the surface alone, as in a map seen from above.
        rings: of the surface's grid.
        spokes: of the surface's grid.
        window: ``margin``, ``radius`` and ``top`` of the window, see :class:`LossWindow`.
    """

    def __init__(
        self,
        stage: Stage,
        view: Viewpoint,
        names: tuple[str, str] | None = None,
        rings: int = 36,
        spokes: int = 120,
        **window: float,
    ) -> None:
        super().__init__()
        self.stage, self.view = stage, view
        self.window = LossWindow.around(stage.loss, np.asarray(stage.start), **window)
        self.clock = ValueTracker(0)
        self.surface = LossSurface(self.window, view, rings, spokes)
        self.iso_lines = IsoLines(self.surface)
        self.path = DescentPath(self.window, stage.descent.points)
        self.trail = Trail(
            self.surface, self.path, self.clock, line_width=2.0 if len(self.path) > MANY else 3.5
        )
        self.ball = Ball(self.surface, self.path, self.clock)
        self.ground = Group()
        if names is not None:
            self.floor = FloorGrid(self.window, view)
            self.numbers = FloorNumbers(self.window, view, names)
            self.shadow = ContourShadow(self.surface, DEPTH)
            self.ground.add(self.floor, self.numbers, self.shadow)
        self.add(self.ground, self.surface, self.iso_lines)

    @property
    def rim_weights(self) -> Array:
        """The weights of the rim's point that stands furthest to the upper right in the picture, (2,)."""
        rim = self.surface.points[-self.surface.spokes :]
        furthest = rim[int(np.argmax(self.view.project(rim) @ np.array([1.0, 1.0, 0.0])))]
        return self.window.weights(furthest[:2])

    def mark_rim(self, text: Mobject, weights: Array) -> Mobject:
        """``text`` beside the point of the surface over ``weights``, kept inside the frame."""
        point = self.window.place(weights)

        def update(it: Mobject) -> None:
            x, y, _ = self.view.project(point)
            left = min(x + 0.2, layout.RIGHT_EDGE - it.width)
            it.move_to([left + it.width / 2, min(y + 0.16, layout.TOP_EDGE - it.height / 2), 0.0])

        return follow(text, (self.view,), update)

    def rise(self, run_time: float = 2.0) -> Animation:
        """The map on the floor rises and becomes the surface, which has to lie on the floor before."""
        return self.surface.animate(run_time=run_time).set_lift(1.0)

    def jump(self, run_time: float = 0.6) -> Animation:
        """One step of the descent."""
        return self.clock.animate(run_time=run_time, rate_func=smooth).increment_value(1)

    def race(self, run_time: float, until: int | None = None, ease: float = 2.0) -> Animation:
        """The rest of a long descent, ever faster.

        Only every second step is shown: a ball that crosses the valley sixty times a second would flicker.
        """
        first = int(self.clock.get_value())
        last = len(self.path) - 1 if until is None else until

        def run(clock: Mobject, alpha: float) -> None:
            step = first + (last - first) * alpha**ease
            assert isinstance(clock, ValueTracker)
            clock.set_value(last if alpha >= 1 else first + 2 * int((step - first) / 2))

        return UpdateFromAlphaFunc(self.clock, run, run_time=run_time, rate_func=linear)
