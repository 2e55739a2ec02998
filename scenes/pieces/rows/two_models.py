"""What two models predict of every row: a line each, over the rows in the order of their target."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    UP,
    Animation,
    Create,
    DashedVMobject,
    FadeIn,
    Line,
    ManimColor,
    Mobject,
    Transform,
    VGroup,
    VMobject,
)

from bn_math import Lesson
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering.places import Box
from scenes.pieces.rows.feature_plane import RowCloud

WIDE, NARROW = 16.0, 6.0  # of the two lines, as Manim counts them: where they agree, both are seen
DASHES = 9  # of the narrow one
MOST = 150  # rows that a line goes through
ASIDE, BUFF = 0.15, 0.15  # from the lines to the axes, and from an axis to its name, in picture units
ABOVE_AXIS = ASIDE + BUFF


class TwoModels(VGroup):
    """The raw model's line, broad, and the standardized one's, dashed, on it; and two axes.

    Args:
        lesson: its rows and its two models, each at its lowest point.
        box: the place; the rows' targets and all that is predicted of them fit in.
        name: what the upright axis shows; it is put above it.
    """

    def __init__(self, lesson: Lesson, box: Box, name: Mobject) -> None:
        target = lesson.data.target
        said = self.said(lesson)
        values = np.stack([target, *said])
        low, high = float(values.min()), float(values.max())
        order = np.argsort(target, kind="stable")
        rank = np.empty(len(target))
        rank[order] = (np.arange(len(target)) + 0.5) / len(target)

        def places(these: Array) -> Array:
            up = (these - low) / max(high - low, 1e-300)
            x, y = box.left + rank * box.width, box.bottom + up * box.height
            return np.column_stack([x, y, np.zeros(len(these))])

        self.rows = places(target)
        colors = theme.current().valley, theme.current().bowl
        through = order[np.linspace(0, len(order) - 1, min(len(order), MOST)).astype(int)]
        broad = self._line(places(said[0])[through], colors[0], WIDE)
        narrow = self._line(places(said[1])[through][::-1], colors[1], NARROW)
        corner = np.array([box.left - ASIDE, box.bottom - ASIDE, 0.0])
        ends = corner + [box.width + 2 * ASIDE, 0, 0], corner + [0, box.height + 2 * ASIDE, 0]
        axes = VGroup(*(Line(corner, end, color=theme.current().rule, stroke_width=4) for end in ends))
        axes.add(name.next_to(ends[1], UP, buff=BUFF, aligned_edge=LEFT))
        super().__init__(broad, DashedVMobject(narrow, num_dashes=DASHES, dashed_ratio=0.6), axes)

    @staticmethod
    def said(lesson: Lesson) -> tuple[Array, Array]:
        """What either says of every row, (n,) each; to the one whose target is centred its mean is added."""
        found = []
        for stage in (lesson.raw, lesson.standardized):
            back = float(np.mean(lesson.data.target - stage.data.target))
            found.append(np.asarray(stage.data.features @ stage.loss.minimizer + back))
        return found[0], found[1]

    def come(self, cloud: RowCloud) -> list[Animation]:
        """The rows line up, and each line comes from its model's side."""
        goal = cloud.copy()
        goal.put_at(self.rows)
        lined = [Transform(one, other) for one, other in zip(cloud, goal, strict=True)]
        return [*lined, Create(self[0]), Create(self[1], lag_ratio=1.0), FadeIn(self[2])]

    @staticmethod
    def _line(places: Array, color: ManimColor, width: float) -> VMobject:
        line = VMobject(stroke_width=width, color=color)
        line.set_points_as_corners(places)
        return line
