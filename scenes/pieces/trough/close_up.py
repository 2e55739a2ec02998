"""A round glass over a loss's lowest point: the ball's last jumps, enlarged more and more."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Mobject, ValueTracker
from numpy.typing import ArrayLike

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.drawing.shade import shade
from scenes.kit.surface.lens import magnification
from scenes.kit.surface.trough.carrier import ROUND, at, draw_mark, stroke_cased
from scenes.kit.surface.trough.shading import ramp
from scenes.kit.surface.trough.window import CutWindow, quadratic

SEEN = 0.72  # of the glass's radius: so far out is the start, before anything is enlarged
LATEST = 60  # jumps that are drawn
APART = 10.0  # pixels at 1080p from one landing's mark to the next
RATIO = 2.0  # from one line of equal loss to the next, in weights
DARK = 0.8  # of the ramp, whose bright end would cover much


class CloseUp(Painted):
    """What is round the minimum, from above, with the run's latest jumps; it comes closer as the run does.

    Args:
        window: the loss, and which way its weights lie.
        run: the weights after each step, (n, 2).
        clock: the step that the run has reached, whole or not.
        center: of the glass in the picture, (x, y).
        radius: of the glass, in picture units.
        least: the share of the distance at the start that is looked at closest.
    """

    kept: ClassVar[tuple[str, ...]] = ("window", "run", "clock")

    def __init__(
        self,
        window: CutWindow,
        run: ArrayLike,
        clock: ValueTracker,
        center: tuple[float, float],
        radius: float,
        least: float,
    ) -> None:
        super().__init__()
        self.window, self.run, self.clock = window, np.asarray(run, dtype=float), clock
        self.middle, self.radius, self.least = np.array(center), radius, least
        self._away = self.run - window.loss.minimizer
        self._start = max(float(np.linalg.norm(self._away[0])), 1e-300)
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (clock,)

    @property
    def enlarged(self) -> float:
        """How many times the glass enlarges now."""
        step = self.clock.get_value()
        here = at(self._away, step)
        landing = self._away[min(int(np.ceil(step)), len(self.run) - 1)]
        left = max(float(np.linalg.norm(here)), float(np.linalg.norm(landing))) / self._start
        return magnification(max(left, self.least))

    @property
    def unit(self) -> float:
        """Picture units for one unit of a weight now."""
        return self.enlarged * SEEN * self.radius / self._start

    def paint(self, canvas: Canvas) -> None:
        """Color and lines of equal loss, jumps, the ball; all inside a ring."""
        palette, context = theme.current(), canvas.context
        turn = np.linspace(0, 2 * np.pi, 121)
        circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        edge = self.middle + self.radius * circle
        form, top = self.window.form, self.window.top
        steep = float(np.sqrt(np.linalg.eigvalsh(form)[-1] / top)) * self.radius

        def color_at(places: Array) -> Array:
            risen = np.sqrt(quadratic(form, places - self.middle) / top) / steep
            return DARK * ramp(np.clip(risen, 0, 1), palette)

        shade(canvas, [edge], color_at, self.opacity)
        context.save()
        context.new_path()
        canvas.trace([edge], closed=True)
        context.clip()
        canvas.stroke(self._levels(circle), palette.iso, 1.8, 0.34 * self.opacity)
        self._paint_run(canvas)
        context.restore()
        canvas.stroke([edge], palette.text, 3.0, self.opacity)

    def _levels(self, circle: Array) -> list[Array]:
        """Lines of equal loss, at fixed losses: they come towards the viewer as the glass does."""
        values, vectors = np.linalg.eigh(self.window.form)
        shape = circle / np.sqrt(np.maximum(values, 1e-9 * values[-1]) / values[-1]) @ vectors.T
        phase = float(np.log(self.unit * self._start) / np.log(RATIO)) % 1.0
        sizes = self.radius * RATIO ** (phase + np.arange(-4, 1))
        return [self.middle + size * shape for size in sizes]

    def _paint_run(self, canvas: Canvas) -> None:
        palette, step = theme.current(), self.clock.get_value()
        first = max(int(step) - LATEST, 0)
        done = [*self._away[first : int(step) + 1], at(self._away, step)]
        picture = self.middle + self.unit * np.array(done)
        far = 20 * self.radius
        picture = self.middle + np.clip(picture - self.middle, -far, far)
        stroke_cased(canvas, [picture], palette.shape_mark, 4.0, self.opacity)
        ends, last = picture[:-1], None
        for place in ends[::-1]:
            if last is None or np.linalg.norm(place - last) >= APART * PIXEL:
                draw_mark(canvas, ROUND, place, 5.0, palette.shape_mark, self.opacity)
                last = place
        draw_mark(canvas, ROUND, self.middle, 6.0, palette.sheen, self.opacity)
        draw_mark(canvas, ROUND, picture[-1], 11.0, palette.shape_mark, self.opacity)
