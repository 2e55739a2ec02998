"""Which color of a loss's surface stands for which value of J: a bar of colors with numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Mobject, VGroup

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering.places import Box
from scenes.kit.print.units import Points
from scenes.kit.script import numbers
from scenes.kit.surface.trough.shading import ramp

THICK, SHORTEST, LONGEST, TICK, GAP = 5.0, 80.0, 120.0, 2.0, 2.0
"""Of a bar, in points: how thick and long it is, its ticks, and from them to the numbers."""

SPACE = 3.5  # points between two numbers, below which there are fewer

PIECES = 48  # patches of even color changes along a bar
WANTED = 4  # numbers


@dataclass(frozen=True)
class LossRange:
    """The values of J that a surface's colors stand for, from the minimizer to the rim."""

    least: float
    most: float

    @classmethod
    def of(cls, surface: Any) -> LossRange:
        """That of a surface with a ``window``."""
        window = surface.window
        return cls(float(window.loss.minimum), float(window.loss.minimum + window.level))


class ColorBar(Painted):
    """Colors of heights along a bar on which J itself is even.

    Args:
        box: its place.
        is_upright: whether J grows upwards, else to the right.
    """

    def __init__(self, box: Box, is_upright: bool) -> None:
        super().__init__()
        self.box, self.is_upright = box, is_upright
        self.points = np.zeros((1, 3))

    def paint(self, canvas: Canvas) -> None:
        """A row of smooth patches, framed."""
        share = np.linspace(0, 1, PIECES + 1)
        colors = ramp(np.sqrt(share), theme.current())
        edges = np.array([[self._corner(at, side) for side in (0.0, 1.0)] for at in share])
        corners = np.stack([edges[:-1, 0], edges[:-1, 1], edges[1:, 1], edges[1:, 0]], axis=1)
        tints = np.stack([colors[:-1], colors[:-1], colors[1:], colors[1:]], axis=1)
        canvas.quads(corners, tints, self.opacity)
        frame = np.array([self._corner(*at) for at in ((0, 0), (1, 0), (1, 1), (0, 1))])
        canvas.stroke([frame], theme.current().rule, 1.8, self.opacity, closed=True)

    def _corner(self, along: float, across: float) -> Array:
        return self.box.at(across, along)[:2] if self.is_upright else self.box.at(along, across)[:2]


def loss_key(
    values: LossRange, name: str, beside: Box, within: Box, is_upright: bool, page: Points
) -> list[Mobject]:
    """A bar with numbers and a name, below the box of what it is for, or to the right of it.

    Args:
        values: what the colors stand for.
        name: Typst markup for what is measured.
        beside: what has been drawn, below or to the right of which there is room.
        within: what has been drawn of the whole figure, beyond whose sides it does not reach.
        is_upright: whether it stands at the right.
        page: how large a point is.
    """
    palette = theme.current()
    called = page.text(name, palette.text)
    x, y = beside.center
    thick, tick, gap = page.units(THICK), page.units(TICK), page.units(GAP)
    if is_upright:
        long = page.units(min(max(0.8 * beside.height * page.scale, SHORTEST), LONGEST))
        left = beside.right + page.units(3 * GAP)
        box = Box(left, left + thick, y - long / 2, y + long / 2)
        called.next_to(box.at(0, 1), UP, buff=gap).align_to(box.at(0, 1), LEFT)
    else:
        long = page.units(min(max(0.9 * beside.width * page.scale, SHORTEST), LONGEST))
        left = x - (long - called.width - 2 * gap) / 2
        left = max(min(left, within.right - long), within.left + called.width + 2 * gap)
        top = beside.bottom - page.units(4 * GAP)
        box = Box(left, left + long, top - thick, top)
        called.next_to(box.at(0, 0.5), LEFT, buff=2 * gap)
    ticks, figures = VGroup(), VGroup()
    for value, written in _round_values(values, page, page.scale * long):
        share = (value - values.least) / (values.most - values.least)
        foot, way = (box.at(1, share), RIGHT) if is_upright else (box.at(share, 0), DOWN)
        ticks.add(page.line(foot, foot + tick * way, palette.rule))
        figures.add(page.number(written, palette.text).next_to(foot + tick * way, way, buff=gap))
    return [ColorBar(box, is_upright), ticks, figures, called]


def _round_values(values: LossRange, page: Points, length: float) -> list[tuple[float, str]]:
    """Numbers of the bar, and how they are written; so many that they have room on ``length`` points."""
    for wanted in range(WANTED, 0, -1):
        found = numbers.ticks(values.least, values.most, wanted)
        spec = numbers.exact(found)
        written = [numbers.tick(float(value), spec) for value in found]
        widest = max(
            (page.scale * page.number(text, theme.current().text).width for text in written), default=0
        )
        apart = length * (found[1] - found[0]) / (values.most - values.least) if len(found) > 1 else length
        if apart >= widest + SPACE:
            break
    return list(zip(map(float, found), written, strict=True))
