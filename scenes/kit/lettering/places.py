"""Where things stand, by name: one layout for each shape of the frame, and no coordinates in a scene.

A scene asks ``self.places`` for ``title``, ``picture``, ``side`` and so on, and puts things there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Mobject, VGroup, config

from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography

AnyMobject = TypeVar("AnyMobject", bound=Mobject)


@dataclass(frozen=True)
class Box:
    """An upright rectangle of the picture, in picture units."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def center(self) -> tuple[float, float]:
        """The middle, (x, y)."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    @property
    def is_wide(self) -> bool:
        """Whether things stand in a row in it, and not below each other."""
        return self.width > 1.6 * self.height

    def at(self, x: float = 0.5, y: float = 0.5) -> Array:
        """The point (3,) at these shares of width and height, from the lower left corner."""
        return np.array([self.left + x * self.width, self.bottom + y * self.height, 0.0])

    def part(self, left: float = 0, right: float = 1, bottom: float = 0, top: float = 1) -> Box:
        """The part between these shares of width and height."""
        (x, y, _), (u, v, _) = self.at(left, bottom), self.at(right, top)
        return Box(float(x), float(u), float(y), float(v))

    def holds(self, mobject: Mobject, slack: float = 1e-6) -> bool:
        """Whether all of ``mobject`` lies inside."""
        return bool(
            mobject.get_left()[0] >= self.left - slack
            and mobject.get_right()[0] <= self.right + slack
            and mobject.get_bottom()[1] >= self.bottom - slack
            and mobject.get_top()[1] <= self.top + slack
        )

    def put(self, mobject: AnyMobject, x: float = 0.5, y: float = 0.5) -> AnyMobject:
        """Move ``mobject`` to these shares of the room it leaves: 0 is left or bottom, 1 right or top."""
        width, height = mobject.width, mobject.height
        middle = [
            self.left + width / 2 + x * (self.width - width),
            self.bottom + height / 2 + y * (self.height - height),
            0.0,
        ]
        mobject.move_to(middle)
        return mobject

    def stack(self, *mobjects: Mobject, gap: float = 0.5, y: float = 0.5) -> VGroup:
        """Put things below each other, their left edges in line; in a box that is wide, in a row."""
        group = VGroup(*mobjects)
        if self.is_wide:
            group.arrange(RIGHT, buff=gap, aligned_edge=UP)
            return self.put(group, 0.5, y)
        group.arrange(DOWN, buff=gap, aligned_edge=LEFT)
        return self.put(group, 0.0, y)


@dataclass(frozen=True)
class Places:
    """The places of one shape of the frame.

    Args:
        frame: all of it.
        whole: what no screen hides.
        title: a heading, which stands at its left, its letters' tops at its top.
        picture: what a scene is about; it may reach the frame's edge.
        side: the figures beside the picture, three at most.
        foot: one line below both.
        first: the first of two pictures that stand side by side, or one above the other.
        second: the other of them.
    """

    frame: Box
    whole: Box
    title: Box
    picture: Box
    side: Box
    foot: Box
    first: Box
    second: Box

    def heading(self, title: typography.Text) -> typography.Text:
        """Put a title in its place: its baseline does not depend on whether it holds a g."""
        typography.align_baseline(title, self.title.bottom + 0.2, left=self.title.left)
        return title


def _wide() -> Places:
    """16 : 9, 14.2 units wide and 8 high; a twentieth at every side may be hidden."""
    width = 8 * 16 / 9
    x, y = 0.45 * width - 0.04, 3.4
    return Places(
        frame=Box(-width / 2, width / 2, -4, 4),
        whole=Box(-x, x, -y, y),
        title=Box(-x, x, y - 0.75, y),
        picture=Box(-2.2, width / 2 - 0.25, -3.7, 3.7),
        side=Box(-x, -2.4, -2.4, 2.3),
        foot=Box(-x, x, -y, -y + 0.6),
        first=Box(-x, -0.2, -2.6, 3.5),
        second=Box(0.2, x, -2.6, 3.5),
    )


def _square() -> Places:
    """1 : 1, 8 units wide and high: the side lies below the picture."""
    edge = 3.6
    return Places(
        frame=Box(-4, 4, -4, 4),
        whole=Box(-edge, edge, -edge, edge),
        title=Box(-edge, edge, edge - 0.75, edge),
        picture=Box(-3.85, 3.85, -1.3, 3.3),
        side=Box(-edge, edge, -2.9, -1.4),
        foot=Box(-edge, edge, -edge, -3.0),
        first=Box(-edge, edge, 0.4, 3.6),
        second=Box(-edge, edge, -2.9, 0.2),
    )


WIDE, SQUARE = _wide(), _square()


def nearest(shape: float) -> Places:
    """The places of the frame whose width over its height is nearest to ``shape``."""
    return min((WIDE, SQUARE), key=lambda places: abs(places.frame.width / places.frame.height - shape))


def current() -> Places:
    """The places of the frame in force: those whose shape is nearest to it."""
    return nearest(float(config.frame_width) / float(config.frame_height))
