"""From one picture that fills the frame back to all of them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from manim import Animation, Group

from scenes.kit.drawing.canvas import Painted
from scenes.kit.lettering.places import Box

COMES, LEAVES = 0.3, 0.4  # shares of the time in which others come, and in which what was alone leaves then


class Retreat(Animation):
    """Things are seen from so near that one part of them fills a place; the viewer goes back, evenly.

    The scale changes by one factor in every moment, as it does for a viewer who backs off.

    Args:
        mobjects: as they stand in the end.
        part: of them what fills ``box`` in the beginning, as it stands in the end.
        box: where it stands in the beginning.
        way: from where to where the viewer goes: 0 is near, 1 is where all stands in its place.
        options: of the animation.
    """

    def __init__(
        self,
        mobjects: Sequence[Painted],
        part: Box,
        box: Box,
        way: tuple[float, float] = (0.0, 1.0),
        **options: Any,
    ) -> None:
        self.homes = [(it, it.points.copy()) for it in mobjects]
        self.come: list[Painted] = []
        self.leave: list[Painted] = []
        self.scale = min(box.width / part.width, box.height / part.height)
        factor = self.scale - 1
        self.still = (self.scale * part.at() - box.at()) / factor if abs(factor) > 1e-9 else part.at()
        self.way = way
        super().__init__(Group(*mobjects), **options)

    def way_on(self, start: float, end: float, **options: Any) -> Retreat:
        """A part of the same way."""
        other = copy(self)
        other.way = (start, end)
        Animation.__init__(other, self.mobject, **options)
        return other

    def among(self, others: Sequence[Painted]) -> Retreat:
        """The same way, while ``others``, which stand in their places, come in place of what was alone."""
        found = copy(self)
        found.homes = [*((it, it.points.copy()) for it in others), *self.homes]
        found.come, found.leave = list(others), [member for member, _ in self.homes]
        Animation.__init__(found, Group(*others, *self.mobject))
        return found

    def interpolate_mobject(self, alpha: float) -> None:
        """Everything grows or shrinks about the one point that keeps its place."""
        start, end = self.way
        scale = self.scale ** (1 - start - (end - start) * self.rate_func(alpha))
        for member, points in self.homes:
            member.points = self.still + scale * (points - self.still)
        for it in self.come:
            it.set_opacity(min(alpha / COMES, 1.0))
        for it in self.leave:
            it.set_opacity(1 - min(max(alpha - COMES, 0.0) / LEAVES, 1.0))

    def at_once(self) -> Retreat:
        """Show the first moment of it."""
        self.interpolate_mobject(0.0)
        return self
