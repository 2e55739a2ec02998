"""The rows while they are standardized: they slide to the middle of their axes, and come to one spread."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import RIGHT, Mobject, SurroundingRectangle, ValueTracker, VGroup

from bn_math.lesson.standardizing import eased
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.repeated.discs import draw_discs
from scenes.kit.lettering.places import Box
from scenes.kit.script.words import Words
from scenes.pieces.shot.moments import Moments
from scenes.pieces.shot.weight_names import one_that_fits

FILLED = 0.9  # of the way from the middle of the axes to their ends, that the farthest row has
EVEN = 8  # the power at which the two features' reaches are averaged: nearly the larger, and no kink
LONGEST = 1.3  # the lying axis, over the upright one
ABOVE = 0.45  # the upright axis, for its name, in picture units
ARM = 0.32  # of the cross at the mean, in picture units
BEHIND = -0.5  # dots and names, as ``z_index``
DOT, RING, LINE = 0.05, 0.15, 4.0  # radii in picture units; the ring's line in pixels at 1080p


class MovingRows(Painted):
    """All rows at a time of the shot, on axes of one scale through zero; row 1 has a ring.

    The feature that spans more lies. The scale follows the farthest row, so that the axes need no numbers.

    Args:
        moments: says where the rows are.
        time: from 0 to 1.
        box: the place of the picture; the axes and their names fill it.
        rows: rows that are drawn, of a large table the first.
    """

    kept: ClassVar[tuple[str, ...]] = ("moments", "time")
    blended: ClassVar[tuple[str, ...]] = ("opacity", "shown", "marked")

    def __init__(self, moments: Moments, time: ValueTracker, box: Box, rows: int = 1000) -> None:
        super().__init__()
        self.moments, self.time, self.shown, self.rows = moments, time, 1.0, rows
        self.marked = 0.0
        self.middle = np.array(box.center) - [0.0, ABOVE / 2]
        height = box.height - ABOVE
        self.half = np.array([min(box.width, LONGEST * height), height]) / 2
        self.order = [1, 0] if np.ptp(moments.rows(0), axis=0).argmax() == 1 else [0, 1]
        self.points = np.zeros((1, 3))
        self.sources: tuple[Mobject, ...] = (time,)

    def show(self, share: float) -> MovingRows:
        """Draw this share of the rows."""
        self.shown = share
        return self

    def mark(self, share: float) -> MovingRows:
        """Let a cross stand where the rows' mean is."""
        self.marked = share
        return self

    def places(self, time: float) -> Array:
        """Where the rows stand in the picture, (n, 2), the lying feature first.

        While they slide to the middle, nothing is enlarged; then they come to fill the axes by and by.
        """
        centering = self.moments.path.centering
        sliding = min(self._filling(0.0), self._filling(centering))
        if time <= centering:
            return np.asarray(self.middle + sliding * self._turned(time))
        missing = 1 - eased((time - centering) / (1 - centering))
        scale = self._filling(time) * (sliding / self._filling(centering)) ** missing
        return np.asarray(self.middle + scale * self._turned(time))

    def _turned(self, time: float) -> Array:
        return self.moments.rows(time)[: self.rows, self.order]

    def _filling(self, time: float) -> float:
        """The scale at which the rows fill the axes."""
        reach = np.maximum(np.abs(self._turned(time)).max(axis=0) / self.half, 1e-300)
        largest = reach.max()
        return float(FILLED / (largest * ((reach / largest) ** EVEN).sum() ** (1 / EVEN)))

    def named(self, names: tuple[Mobject, Mobject], gap: float = 0.12) -> VGroup:
        """The features' names at the ends of their axes, each on a ground that keeps dots off it."""
        lying, upright = names[self.order[0]], names[self.order[1]]
        (x, y), (a, b) = self.middle, self.half
        lying.move_to([x + a, y - gap - lying.height / 2, 0.0]).align_to([x + a, 0, 0], RIGHT)
        upright.move_to([x, y + b + gap + upright.height / 2, 0.0])
        ground = SurroundingRectangle(lying, buff=0.05, stroke_width=0, fill_opacity=0.92)
        ground.set_fill(theme.current().background)
        return VGroup(ground, lying, upright)

    def paint(self, canvas: Canvas) -> None:
        """Axes, dots, and the ring."""
        palette, places = theme.current(), self.places(self.time.get_value())
        ends = self.middle - np.diag(self.half), self.middle + np.diag(self.half)
        axes = [np.stack(pair) for pair in zip(*ends, strict=True)]
        canvas.stroke(axes, palette.rule, 2.4, self.opacity)
        shown = places[: int(np.ceil(self.shown * len(places)))]
        draw_discs(canvas, shown, DOT, palette.text, 0.8 * self.opacity)
        mean = places.mean(axis=0)
        cross = [np.stack([mean - arm, mean + arm]) for arm in ARM * np.eye(2)]
        canvas.stroke(cross, palette.text, LINE, self.marked * self.opacity)
        turn = np.linspace(0, 2 * np.pi, 40)
        for place in shown[:1]:
            ring = place + RING * np.stack([np.cos(turn), np.sin(turn)], axis=1)
            canvas.stroke([ring], palette.text, LINE, self.opacity, closed=True)


def feature_names(words: Words, width: float) -> tuple[Mobject, Mobject]:
    """Both features' names in their colors, shortened where they are wider than ``width``."""
    palette = theme.current()
    first, second = (
        one_that_fits(words, key, width, color)
        for key, color in (("axis_a", palette.feature_a), ("axis_b", palette.feature_b))
    )
    return first, second
