"""A glass over a loss's lowest point, with the small circle that fits there, as it was before all shrank."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import UP, ManimColor, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import PIXEL, Array, Canvas, Painted
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import key_figure
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers
from scenes.kit.script.words import Words
from scenes.kit.surface.trough.trough import Trough

FITS = 0.42  # radius of the circle over that of the glass
SINKS = 0.62  # how far below the middle of the glass the lowest point is, over its radius
FAINT = 0.2  # how dense the small disc is
SPOT = 9.0  # pixels at 1080p: radius of the dot where the shape is


class SmallCircle(Painted):
    """A round glass beside the picture: the cut across with the circle that bends as it does.

    Two lines lead from it to where the shape is.

    Args:
        trough: the shape.
        center: of the glass in the picture, (x, y).
        radius: of the glass, in picture units.
        color: of the circle.
    """

    kept: ClassVar[tuple[str, ...]] = ("trough",)

    def __init__(self, trough: Trough, center: Array, radius: float, color: ManimColor) -> None:
        super().__init__()
        self.trough, self.middle, self.radius, self.color = trough, np.array(center[:2]), radius, color
        self.points = np.zeros((1, 3))
        self.sources = (*trough.sources, trough)

    @property
    def small_radius(self) -> float:
        """Of the circle in the glass, in picture units."""
        return FITS * self.radius

    def paint(self, canvas: Canvas) -> None:
        """The lines that lead to the shape, the dot there, the glass, and what is seen in it."""
        palette, context, alpha = theme.current(), canvas.context, self.opacity
        place = self.trough.lay(self.trough.window.loss.minimizer)[0]
        canvas.stroke(list(self.tangents(place)), palette.muted, 2.5, 0.6 * alpha)
        dot = [(0.0, self.color, alpha), (0.9, self.color, alpha), (1.0, self.color, 0.0)]
        canvas.disc(place, SPOT * PIXEL, dot)
        turn = np.linspace(0, 2 * np.pi, 121)
        ring = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        edge = self.middle + self.radius * ring
        canvas.fill(edge, palette.panel, alpha)
        context.save()
        context.new_path()
        canvas.trace([edge], closed=True)
        context.clip()
        size, low = self.small_radius, self.middle - [0.0, SINKS * self.radius]
        x = np.linspace(-self.radius, self.radius, 81)
        canvas.stroke([low + np.stack([x, x * x / (2 * size)], axis=1)], palette.rim, 6.0, alpha)
        circle = low + [0.0, size] + size * ring
        canvas.fill(circle, self.color, FAINT * alpha)
        canvas.stroke([circle], self.color, 7.0, alpha, closed=True)
        context.restore()
        canvas.stroke([edge], palette.text, 3.0, alpha, closed=True)

    def tangents(self, place: Array) -> Array:
        """The lines from ``place`` that touch the glass, (2, 2, 2)."""
        away = place - self.middle
        distance = max(float(np.linalg.norm(away)), 1.01 * self.radius)
        angle = float(np.arctan2(away[1], away[0]))
        half = float(np.arccos(self.radius / distance))
        touched = [
            self.middle + self.radius * np.array([np.cos(angle + turn), np.sin(angle + turn)])
            for turn in (-half, half)
        ]
        return np.array([[point, place] for point in touched])


def in_a_glass(trough: Trough, side: Box, color: ManimColor, words: Words) -> tuple[SmallCircle, VGroup]:
    """The glass beside the picture; above it the circle's size, which others are measured by, and its name.

    Args:
        trough: the shape.
        side: the place.
        color: of the circle.
        words: of the scene.
    """
    radius = 0.34 * min(side.height, side.width)
    glass = SmallCircle(trough, side.at(0.42, 0.5), radius, color)
    once = typography.figure(words.label("times", times=numbers.write(1, "d")), size=typography.KEY)
    name = key_figure(once, words.label("radius_across"), typography.NAME).set_color(color)
    name[1].set_x(once.get_x())
    return glass, name.next_to([*(glass.middle + [0.0, radius]), 0.0], UP, buff=0.25)
