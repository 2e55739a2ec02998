"""A deep stack from its first layer, at the left, to its last: what goes in, and the gradient coming back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    DOWN,
    LEFT,
    UP,
    Circle,
    DashedVMobject,
    Line,
    Rectangle,
    RegularPolygon,
    Square,
    ValueTracker,
    VGroup,
    VMobject,
)
from manim.utils.color import ParsableManimColor

from bn_math import StackPasses
from scenes.kit import theme
from scenes.kit.charts.histograms import Histogram
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.typography import SMALL
from scenes.kit.script import numbers

MARKERS = {"circle": 0.055, "square": 0.05, "triangle": 0.065}
FEW_DECADES = 6  # more are numbered by twos
FEW_MARKS = 25  # of longer lines, not every layer is marked


def marker(shape: str, color: ParsableManimColor) -> VMobject:
    """What tells one line from another where color does not."""
    size = MARKERS[shape]
    style = {"color": color, "fill_opacity": 1.0, "stroke_width": 0.0}
    if shape == "circle":
        return Circle(size, **style)
    if shape == "square":
        return Square(2 * size, **style)
    return RegularPolygon(3, radius=1.3 * size, start_angle=np.pi / 2, **style)


class Layers:
    """Places from ``left`` to ``right`` for the layers of stacks whose last layers stand in line.

    Args:
        reach: how many layers there is room for, more than 1: let it grow, and a deeper stack fits in.
        left: x of the first of so many layers, in picture units.
        right: x of the last layer.
    """

    def __init__(self, reach: ValueTracker, left: float, right: float) -> None:
        self.reach, self.left, self.right = reach, left, right

    def x(self, back: float) -> float:
        """How far right a layer stands that lies ``back`` layers before the last."""
        return self.right - back * (self.right - self.left) / (self.reach.get_value() - 1)


class SignalRow(VGroup):
    """The field for the histograms of what goes into a stack's layers, turned: the value goes upwards.

    Every so many layers from the first on are shown. Histograms share one scale of density.

    Args:
        layers: where the layers stand; the shaded band keeps the extent that they have when it is made.
        depth: the number of layers of the stack.
        wanted: how many layers are shown at most.
        bottom: y of the value ``-reach``, in picture units.
        top: y of the value ``reach``.
        reach: the greatest value that is counted, to both sides of 0, in the units of what goes in.
        steep: the band of values up to this far from 0 is shaded, in the same units.
    """

    def __init__(
        self, layers: Layers, depth: int, wanted: int, bottom: float, top: float, reach: float, steep: float
    ) -> None:
        super().__init__()
        palette = theme.current()
        every = -(-depth // wanted)
        self.shown = range(0, depth, every)
        self.stacked, self.layers = depth, layers
        self.middle, self.unit = (bottom + top) / 2, (top - bottom) / (2 * reach)
        self.edges = np.linspace(-reach, reach, 2 * round(2 * reach) + 1)
        self.pitch = layers.x(0) - layers.x(every)
        low, high = (self.y(side * steep) for side in (-1, 1))
        left, right = layers.left - 0.5 * self.pitch, min(layers.right + 0.5 * self.pitch, layout.RIGHT_EDGE)
        self.band = Rectangle(width=right - left, height=high - low, stroke_width=0)
        self.band.set_fill(palette.text, 0.1).move_to([(left + right) / 2, self.middle, 0.0])
        self.borders = VGroup(
            *(
                Line([left, y, 0.0], [right, y, 0.0], color=palette.rule, stroke_width=1.5)
                for y in (low, high)
            )
        )
        self.add(self.band, self.borders)

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.middle + value * self.unit

    def histograms(self, passes: StackPasses, color: ParsableManimColor) -> VGroup:
        """One for each layer that is shown, from the first on."""
        shares = passes.histograms(self.edges)
        widest = 0.46 * self.pitch / 0.42  # the standard normal law is 0.4 high: it just fills its place
        made = VGroup()
        for layer in self.shown:
            x = self.layers.x(self.stacked - 1 - layer)

            def place(value: float, density: float, x: float = x) -> Array:
                return layout.at(x + widest * density, self.y(value))

            made.add(Histogram(place, shares[layer], self.edges, color, mirrored=True, opacity=0.85))
        return made.set_stroke(width=0)  # an empty bin has no area, but a line round it would be seen


class GradientAxis(VGroup):
    """A logarithmic axis of what is left of the last layer's gradient; its upper part can come later.

    Args:
        layers: where the layers stand; the axis is at their left.
        bottom: y of the axis's lower end, in picture units.
        low: the power of ten at the lower end, at most 0.
        high: the power of ten at the upper end, at least 0.
        decade: length of a decade, in picture units.
    """

    def __init__(self, layers: Layers, bottom: float, low: float, high: float, decade: float) -> None:
        super().__init__()
        palette = theme.current()
        self.layers, self.bottom, self.low, self.decade = layers, bottom, low, decade
        self.lower, self.upper = VGroup(), VGroup()
        every = 1 if high - low <= FEW_DECADES else 2
        x = layers.left - 0.35
        for part, start, end in ((self.lower, low, 0), (self.upper, 0, high)):
            part.add(Line(self._at(x, start), self._at(x, end), color=palette.rule, stroke_width=2.0))
            for power in range(int(np.ceil(low)), int(np.floor(high)) + 1):
                if (power <= 0) == (part is self.lower) and power % every == 0:
                    base = self._at(x, power)
                    written = numbers.ten_to(power) if power else numbers.write(1)
                    text = typography.Text(written, SMALL, palette.muted)
                    text.next_to(base, LEFT, buff=0.2)
                    part.add(Line(base, base + 0.09 * LEFT, color=palette.rule, stroke_width=2.0), text)
        self.level = Line(self._at(x, 0), self._at(layers.right, 0), color=palette.rule, stroke_width=1.5)
        self.add(self.lower, self.level)

    def y(self, ratio: float) -> float:
        """The height of a gradient that is ``ratio`` times the last layer's."""
        return self.bottom + self.decade * (float(np.log10(ratio)) - self.low)

    def _at(self, x: float, power: float) -> Array:
        return layout.at(x, self.bottom + self.decade * (power - self.low))


class GradientLine(VGroup):
    """The gradient's length, layer by layer, drawn back from the last layer as ``back`` grows from 0.

    Args:
        axis: the axis that the line is read off.
        ratios: each layer's gradient divided by the last layer's, from the first layer on, all positive.
        back: how many layers before the last the line has come to, whole or not.
        color: of the line and its marks.
        shape: of the marks, a key of :data:`MARKERS`.

    Raises:
        KeyError: there is no such shape.
    """

    def __init__(
        self,
        axis: GradientAxis,
        ratios: Sequence[float] | Array,
        back: ValueTracker,
        color: ParsableManimColor,
        shape: str,
    ) -> None:
        super().__init__()
        self.axis, self.heights = axis, [axis.y(ratio) for ratio in list(ratios)[::-1]]
        self.line = VMobject(stroke_color=color, stroke_width=4.0)
        self.every = -(-len(self.heights) // FEW_MARKS)
        self.marks = VGroup(*(marker(shape, color) for _ in self.heights[:: self.every]))
        self.add(self.line, self.marks)
        follow(self, (back, axis.layers.reach), lambda _: self._draw(float(back.get_value())))

    def end(self, back: float) -> Array:
        """Where the line is, ``back`` layers before the last."""
        y = float(np.interp(back, range(len(self.heights)), self.heights))
        return layout.at(self.axis.layers.x(back), y)

    def _draw(self, back: float) -> None:
        steps = [float(step) for step in range(int(back) + 1)]
        places = [self.end(step) for step in [*steps, back]]
        self.line.set_points_as_corners(np.array(places))
        for place, mark in enumerate(self.marks):
            step = place * self.every
            mark.move_to(self.end(min(step, back))).set_fill(opacity=1.0 if step <= back else 0.0)


def level_line(axis: GradientAxis, ratios: Array, color: ParsableManimColor) -> DashedVMobject:
    """A gradient's length for comparison: thin dashes from the last layer to the first, without marks."""
    heights = [axis.y(ratio) for ratio in ratios[::-1]]
    places = [layout.at(axis.layers.x(back), y) for back, y in enumerate(heights)]
    line = VMobject(stroke_color=color, stroke_width=3.0).set_points_as_corners(np.array(places))
    return DashedVMobject(line, num_dashes=60, dashed_ratio=0.6)


def key(shape: str, color: ParsableManimColor, length: float = 0.62) -> VGroup:
    """A piece of such a line, for the words that speak of it."""
    line = Line([0.0, 0.0, 0.0], [length, 0.0, 0.0], color=color, stroke_width=4.0)
    marks = VGroup(*(marker(shape, color).move_to([share * length, 0.0, 0.0]).scale(1.3) for share in (0, 1)))
    return VGroup(line, marks)


def first_layer(words: str, layers: Layers, depth: int, height: float) -> VGroup:
    """Words below the place of a stack's first layer; they stay there when layers move together."""
    text = typography.label(words, size=SMALL)
    tick = Line(0.07 * DOWN, 0.07 * UP, color=theme.current().rule, stroke_width=2.0)
    group = VGroup(tick, typography.align_baseline(text, -0.42).set_x(0.0))

    def update(it: VGroup) -> None:
        it.shift(layout.at(layers.x(depth - 1), height) - it[0].get_center())

    follow(group, (layers.reach,), update)
    return group
