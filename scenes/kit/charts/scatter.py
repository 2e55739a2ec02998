"""A data set's two features against each other: each axis filling the picture, or both drawn to one scale."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Rectangle, ReplacementTransform, VGroup
from manim.utils.color import ParsableManimColor

from bn_math import Dataset
from scenes.kit import theme
from scenes.kit.charts.axes import Chart
from scenes.kit.charts.marks import dimension
from scenes.kit.drawing.canvas import Array
from scenes.kit.script.magnitude import Magnitude
from scenes.kit.script.numbers import ticks

PADDING = 0.03  # of what a feature spans, at each end of its axis
MOST_SQUARES = 60  # more would be a hatching


class Scatter(Chart):
    """The axes for a data set of two features, the wider one lying, in a picture of ``width`` by ``height``.

    Very large and very small numbers are given in a power of ten, ``powers``, one for each feature; ``at``
    takes numbers in these, ``place`` takes them as they are.

    Args:
        data: the data set; the axes hold its rows and a little room at each end.
        names: Typst markup for the two features, in the order of the data.
        width: length of the horizontal axis, in picture units.
        height: length of the vertical axis, in picture units.
        to_scale: a unit of one feature is as long as a unit of the other. The picture then keeps within
            ``width`` by ``height`` but does not fill both, and the vertical axis has no numbers and no name.
    """

    def __init__(
        self, data: Dataset, names: tuple[str, str], width: float, height: float, to_scale: bool = False
    ) -> None:
        self.data, self.wide = data, int(np.argmax(data.spans))
        self.narrow = 1 - self.wide
        wide, narrow, colors = self.wide, self.narrow, feature_colors()
        room = PADDING * data.spans
        if to_scale:
            room[narrow] = 0.4 * room[wide]
        low, high = data.lows - room, data.highs + room
        if to_scale:
            unit = min(width / (high - low)[wide], height / (high - low)[narrow])
            width, height = unit * (high - low)[wide], unit * (high - low)[narrow]
        self.powers = powers_of(data)
        (left, right), (bottom, top) = (
            (self.powers[feature].share(low[feature]), self.powers[feature].share(high[feature]))
            for feature in (wide, narrow)
        )
        super().__init__(
            (left, right),
            (bottom, top),
            width,
            height,
            ticks(left, right, 5).tolist(),
            [] if to_scale else ticks(bottom, top, 4).tolist(),
            names[wide],
            "" if to_scale else names[narrow],
            x_color=colors[wide],
            y_color=colors[narrow],
        )

    def place(self, feature: int, value: float, other: float) -> Array:
        """The point of the picture where ``feature`` is ``value`` and the other feature is ``other``."""
        here, there = self.powers[feature].share(value), self.powers[1 - feature].share(other)
        return self.at(here, there) if feature == self.wide else self.at(there, here)

    def places(self) -> list[Array]:
        """Where every row lies."""
        return [self.place(0, a, b) for a, b in self.data.features]

    def upright_marks(self, other: Scatter) -> VGroup:
        """What stands beside the upright axis here, and does not in ``other``."""
        kept = len(other.numbers)
        return VGroup(self.grid[kept:], self.numbers[kept:], self.names[len(other.names) :])

    def transform_to(self, other: Scatter) -> list[Animation]:
        """The axes turn into those of ``other``."""
        kept = len(other.numbers)
        pairs = (
            (self.axes, other.axes),
            (VGroup(*self.grid[:kept]), other.grid),
            (VGroup(*self.numbers[:kept]), other.numbers),
            (VGroup(*self.names[: len(other.names)]), other.names),
        )
        return [ReplacementTransform(old, new) for old, new in pairs]

    def span_line(self, feature: int, gap: float = 0.35) -> VGroup:
        """A dimension line for what a feature spans: above the picture for the wider one, or at its left."""
        lying = feature == self.wide
        lows, highs, other = self.data.lows, self.data.highs, 1 - feature
        edge = highs[other] if lying else lows[other]
        start, end = self.place(feature, lows[feature], edge), self.place(feature, highs[feature], edge)
        above, beside = self.axes.get_top()[1] + gap - start[1], self.axes.get_left()[0] - gap - start[0]
        away = UP * above if lying else RIGHT * beside
        return dimension(start + away, end + away, feature_colors()[feature])

    def side(self, feature: int) -> Array:
        """Where the words for a feature's dimension line go."""
        return UP if feature == self.wide else LEFT

    def squares(self, color: ParsableManimColor) -> VGroup:
        """Squares as large as what the narrower feature spans, side by side along the wider one."""
        lows, highs, spans = self.data.lows, self.data.highs, self.data.spans
        made = VGroup()
        if spans[self.wide] > MOST_SQUARES * spans[self.narrow]:
            return made
        edges = np.arange(lows[self.wide], highs[self.wide], spans[self.narrow])
        for left, right in zip(edges, [*edges[1:], highs[self.wide]], strict=True):
            base = self.place(self.wide, left, lows[self.narrow])
            head = self.place(self.wide, right, highs[self.narrow])
            box = Rectangle(color=color, width=(head - base)[0], height=(head - base)[1], stroke_width=2.0)
            made.add(box.move_to((base + head) / 2))
        return made.set_z_index(-1)


def powers_of(data: Dataset) -> tuple[Magnitude, Magnitude]:
    """The powers of ten that the two features' numbers are given in."""
    first, second = (Magnitude.of(column) for column in data.features.T)
    return first, second


def feature_colors() -> tuple[ParsableManimColor, ParsableManimColor]:
    """The colors of the two features."""
    palette = theme.current()
    return palette.feature_a, palette.feature_b
