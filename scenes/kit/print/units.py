"""Sizes in points on a page, made in the units of the picture that is drawn there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import Line, ManimColor

from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.typography import Text
from scenes.kit.print.type_sizes import LABEL, LEAST, RAISED, SCRIPT

NUMBER = 7.0
"""Points of the em of an axis's numbers."""

HAIR = 0.6  # points of a tick's line


@dataclass(frozen=True)
class Points:
    """How large things are on the page: one picture unit is ``scale`` points."""

    scale: float

    def units(self, points: float) -> float:
        """A length in picture units."""
        return points / self.scale

    def text(self, markup: str, color: ManimColor, size: float = LABEL) -> Text:
        """A text whose em is ``size`` points; larger where some of its letters are raised."""
        if any(mark in markup for mark in RAISED):
            size = max(size, LEAST / SCRIPT)
        return Text(markup, self.units(size) / typography.em(1.0), color)

    def number(self, markup: str, color: ManimColor) -> Text:
        """A number of an axis."""
        return self.text(markup, color, NUMBER)

    def line(self, start: Array, end: Array, color: ManimColor) -> Line:
        """A thin line."""
        made: Line = Line(np.asarray(start), np.asarray(end), color=color)
        made.set_stroke(color, 100 * self.units(HAIR))
        return made
