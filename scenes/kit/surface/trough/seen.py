"""A cut-out loss as it is seen in one frame: its outlines in the picture, worked out once for all who ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Mask
from scenes.kit.surface.trough.shading import Shading
from scenes.kit.surface.trough.sight import Sight
from scenes.kit.surface.trough.solid import Paraboloid, Solid
from scenes.kit.surface.trough.window import CutWindow
from scenes.kit.surface.viewpoint import Viewpoint

BELOW = 0.97  # of the way to the rim


class Seen:
    """One shape from one viewpoint.

    Args:
        window: which part of which loss.
        view: where it is seen from, as it is now.
        wall: thickness of the wall, in units of space.
    """

    def __init__(self, window: CutWindow, view: Viewpoint, wall: float) -> None:
        self.window, self.solid, self.sight = window, Solid(window, wall), Sight(view)
        self.shading = Shading(self.solid, self.sight, theme.current())
        self._lines: dict[int, list[Array]] = {}

    def flat(self, shape: Paraboloid, ground: Array) -> Array:
        """Places on the ground (..., 2) -> the picture (..., 2) of the points of ``shape`` over them."""
        return self.sight.project(shape.lifted(ground))

    @cached_property
    def inside(self) -> list[Array]:
        """Outlines of what is seen of the inside, each (n, 2), before the near wall is laid over it."""
        return [self.flat(self.solid.inner, part) for part in self.sight.parts(self.solid.inner)[0]]

    @cached_property
    def outside(self) -> Array:
        """The outline of what is seen of the outside, (n, 2)."""
        return self.flat(self.solid.covered, self.sight.parts(self.solid.covered)[1])

    @cached_property
    def rim(self) -> list[Array]:
        """Outlines of the wall's level top: two of them, one a side, or a ring's two.

        They reach a little below what is seen of the inside, which is laid over them without a gap. Where the
        cuts reach only the wall, and no more the loss, it is a ring that has them as straight edges.
        """
        outer = self.flat(self.solid.outer, self.solid.outer.rim)
        inner = self.solid.inner
        edge, below = self.flat(inner, inner.rim), self.flat(inner, inner.level(BELOW))
        if inner.is_closed:
            return [np.concatenate(outer), np.concatenate(below)[::-1]]
        return [
            np.concatenate([o, e[-1:], b[::-1], e[:1]]) for o, e, b in zip(outer, edge, below, strict=True)
        ]

    @cached_property
    def near_rim(self) -> list[Array]:
        """Outlines of the rim above what is seen from outside: it lies before all that is inside."""
        found, shape = [], self.solid.outer
        upper, lower = shape.rim
        edges = [upper, lower]
        if self.solid.inner.is_closed and not shape.is_closed:  # the straight edges between the sides
            edges += [np.stack([one[-1], other[0]]) for one, other in ((upper, lower), (lower, upper))]
        for outer in edges:
            for first, after in runs(self.sight.facing(shape, outer) < 0):
                edge = outer[max(first - 1, 0) : after + 1]
                ring = [self.flat(shape, edge), self.flat(self.solid.inner, self._opposite(edge))[::-1]]
                found.append(np.concatenate(ring))
        return found

    def _opposite(self, outer: Array) -> Array:
        """Places on the rim's inner edge, (n, 2), beside places on its outer one."""
        window, inner = self.window, self.solid.inner
        along, across = window.directions @ outer.T
        along = np.clip(along, -inner.half_axes[0], inner.half_axes[0])
        level = inner.half_axes[1] * np.sqrt(1 - (along / inner.half_axes[0]) ** 2)
        return np.stack([along, np.sign(across) * level], axis=-1) @ window.directions

    @cached_property
    def near_side(self) -> int:
        """The end of the flat direction that faces the viewer, 1 or -1."""
        along = np.append(self.window.directions[0], 0.0)
        return 1 if along @ self.sight.axes[2] >= 0 else -1

    @cached_property
    def face(self) -> Array:
        """The outline of the wall's cut surface that faces the viewer, (n, 2); empty if there is none."""
        return self.sight.project(self.solid.face(self.near_side))

    def lines(self, count: int) -> list[Array]:
        """Lines of equal loss on the ground, evenly spaced in its square root: two a level, each (n, 2)."""
        if count not in self._lines:  # surface and floor ask for the same
            shares = [(k + 1) / (count + 1) for k in range(count)]
            self._lines[count] = [side for share in shares for side in self.solid.inner.level(share)]
        return self._lines[count]

    def lay(self, weights: Array) -> tuple[Array, Array]:
        """Weights (..., 2) -> the picture (..., 2), and how far they are from what is no more seen (...).

        That is below 0 beyond a cut and where the surface turns its back. What the near wall hides is not
        below 0, since that wall is drawn later.
        """
        ground, window = self.window.ground(weights), self.window
        points = window.lifted(ground)
        along = np.abs(ground @ window.directions[0])
        room = np.minimum(window.top - points[..., 2], window.length - along)
        room = np.minimum(room, self.sight.facing(self.solid.inner, ground))
        return self.sight.project(points), room


def together(lines: Sequence[Array], function: Callable[[Array], Array]) -> list[Array]:
    """``function`` of each of ``lines``, asked of all points at once, which is quicker."""
    if not lines:
        return []
    return np.split(function(np.concatenate(lines)), np.cumsum([len(line) for line in lines])[:-1])


def runs(mask: Mask) -> list[tuple[int, int]]:
    """The stretches of a row (n,) in which it is true: first and after last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return [(int(first), int(after)) for first, after in edges.reshape(-1, 2)]


def parts_above_zero(lines: Iterable[Array], values: Iterable[Array]) -> list[Array]:
    """The stretches of lines, each (n, 2), where their values (n,) are above 0, to where they become 0."""
    found = []
    for line, here in zip(lines, values, strict=True):
        for first, after in runs(here > 0):
            part = line[first:after]
            if first > 0:
                share = here[first] / (here[first] - here[first - 1])
                part = np.concatenate([[line[first] + share * (line[first - 1] - line[first])], part])
            if after < len(line):
                share = here[after - 1] / (here[after - 1] - here[after])
                part = np.concatenate([part, [line[after - 1] + share * (line[after] - line[after - 1])]])
            found.append(part)
    return found
