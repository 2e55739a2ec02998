"""The floor below a loss surface: the plane of the two weights, with its grid and its numbers."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Group, Mobject

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.fit import wrapped
from scenes.kit.script import numbers
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

LONGEST_NAME = 2.4  # in picture units; a longer one stands in two lines
LINE = 0.4  # what stands in one line is not higher
DEPTH = -1.15  # how far the floor lies below the minimum


class FloorGrid(Painted):
    """Grid lines at round weights on the square around the disc, and its frame.

    Args:
        window: the part of the loss whose weights the floor shows.
        view: where the floor is seen from.
    """

    kept: ClassVar[tuple[str, ...]] = ("view",)

    def __init__(self, window: LossWindow, view: Viewpoint) -> None:
        super().__init__()
        self.view, self.radius = view, window.radius
        self.sources: tuple[Mobject, ...] = (view,)
        self.points = np.array([[0.0, 0.0, DEPTH]])
        self.lines = _grid(window)

    def paint(self, canvas: Canvas) -> None:
        """The grid faint, the frame a little less so."""
        palette, r = theme.current(), self.radius
        flat = [self.view.project(line)[:, :2] for line in self.lines]
        canvas.stroke(flat, palette.grid, 1.6, self.opacity)
        frame = np.array([[-r, -r, DEPTH], [r, -r, DEPTH], [r, r, DEPTH], [-r, r, DEPTH]])
        canvas.stroke([self.view.project(frame)[:, :2]], palette.rule, 1.8, self.opacity, closed=True)


def _grid(window: LossWindow) -> list[Array]:
    r, lines = window.radius, []
    for axis in (0, 1):
        for place, _ in axis_ticks(window, axis):
            line = np.array([[-r, -r, DEPTH], [r, r, DEPTH]])
            line[:, axis] = place
            lines.append(line)
    return lines


def axis_ticks(window: LossWindow, axis: int) -> list[tuple[float, float]]:
    """(place on the floor, weight) of the round weights along ``axis``."""
    middle = float(window.loss.minimizer[axis])
    values = numbers.ticks(middle - window.reach, middle + window.reach)
    return [((value - middle) * window.radius / window.reach, float(value)) for value in values]


class FloorNumbers(Group):
    """The weights' numbers and names along the two edges of the floor that face the viewer.

    Args:
        window: the part of the loss whose weights the floor shows.
        view: where the floor is seen from; the numbers change sides with it.
        names: Typst markup for the two weights.

    Raises:
        ValueError: there are not two names.
    """

    def __init__(self, window: LossWindow, view: Viewpoint, names: tuple[str, str]) -> None:
        super().__init__()
        palette, r = theme.current(), window.radius
        colors = (palette.feature_a, palette.feature_b)
        for axis, (name, color) in enumerate(zip(names, colors, strict=True)):
            spec = numbers.exact([weight for _, weight in axis_ticks(window, axis)])
            for place, weight in axis_ticks(window, axis):
                if abs(place) < 0.9 * r:
                    text = typography.Text(numbers.tick(weight, spec), typography.SMALL, palette.muted)
                    self.add(_beside(text, view, axis, place, r, 0.14))
            text = wrapped(name, LONGEST_NAME, typography.LABEL, typography.SMALL, color)
            self.add(_beside(text, view, axis, 0.0, r, 0.86))


def _beside(
    text: typography.Text, view: Viewpoint, axis: int, place: float, radius: float, gap: float
) -> Mobject:
    """Keep ``text`` outside the floor's edge that runs along ``axis`` and faces the viewer."""
    width, height = text.width, text.height

    def update(it: Mobject) -> None:
        towards = view.axes[2]
        edge = np.array([0.0, 0.0, DEPTH])
        edge[axis] = place
        edge[1 - axis] = radius * (1 if towards[1 - axis] >= 0 else -1)
        beyond, further = edge.copy(), edge.copy()
        beyond[1 - axis] *= 1.2
        further[axis] += 0.1
        base, far, next_to = (view.project(point)[:2] for point in (edge, beyond, further))
        direction = (far - base) / max(float(np.linalg.norm(far - base)), 1e-9)
        normal = np.array([base[1] - next_to[1], next_to[0] - base[0]])
        normal /= max(float(np.linalg.norm(normal)), 1e-9)
        lean = max(abs(float(direction @ normal)), 0.3)
        room = (gap + abs(normal[0]) * width / 2 + abs(normal[1]) * height / 2) / lean
        x, y = base + direction * room
        half, lowest = width / 2, layout.BOTTOM_EDGE + max(height / 2 - LINE / 2, 0.0)
        it.move_to([np.clip(x, layout.LEFT_EDGE + half, layout.RIGHT_EDGE - half), max(y, lowest), 0.0])

    return follow(text, (view,), update)
