"""Two inputs, a neuron's sum, batch norm and the bend, joined by wires that follow them wherever they go."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    Circle,
    LaggedStart,
    Line,
    ManimColor,
    Mobject,
    RoundedRectangle,
    ShowPassingFlash,
    ValueTracker,
    VGroup,
)

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import KEY, NAME
from scenes.kit.script.words import Words
from scenes.pieces.scaling.rectified import bent_line

INPUTS, SUM, SLOTS, OUT = 0.06, 0.30, (0.52, 0.77), 1.0  # shares of the width
APART = 0.27  # of the height: the inputs, above and below the middle
NODE, NEURON = 0.52, 0.78  # radii in a picture of the full width, in picture units
TILE = (2.3, 1.6)  # of the layer and of the bend, likewise
BENT = 1.05  # width of the line in the bend, likewise
TINT = 0.05  # of an input's color in what fills it
FULL = 12.7  # that width
WIRE = 5.0  # as Manim counts it


class Pipeline:
    """The parts at their places in ``box``; the layer stands in the first slot, the bend in the second.

    Args:
        words: have ``feature_a``, ``feature_b`` and ``batch_norm``.
        box: where it stands.
        times: how many times as long the weights are: the wires from the inputs are as thick.
    """

    def __init__(self, words: Words, box: Box, times: ValueTracker) -> None:
        palette = theme.current()
        self.box, self.unit = box, min(box.width / FULL, 1.0)
        self.sum = self._sign(Circle(self.unit * NEURON, color=palette.text, stroke_width=5), "$Sigma$", KEY)
        self.inputs = VGroup()
        for side, key, color in ((1, "a", palette.feature_a), (-1, "b", palette.feature_b)):
            node = Circle(self.unit * NODE, color=color, stroke_width=5)
            node.set_fill(palette.panel.interpolate(color, TINT), 1).move_to(
                box.at(INPUTS, 0.5 + side * APART)
            )
            self.inputs.add(VGroup(node, self._name(words.label(f"feature_{key}"), node, side, color)))
        self.layer = self._tile(palette.bowl)
        name = fitted([words.label("batch_norm")], 0.9 * self.layer[0].width, palette.bowl, 50, 0.8 * NAME)
        self.layer.add(name.move_to(self.layer))
        self.bend = self._tile(palette.rule)
        self.bend.add(bent_line(BENT * self.unit).move_to(self.bend))
        self.sum.move_to(box.at(SUM))
        self.layer.move_to(self.slot(0))
        self.bend.move_to(self.slot(1))
        self.end = Circle(0.01, stroke_width=0).move_to(box.at(OUT))
        self.wires = VGroup(*(self._wire(node, self.sum, times) for node in self.inputs))
        self.links = VGroup(self._between(self.sum, 0), self._between(None, 1), self._between(None, 2))

    def slot(self, which: int) -> Array:
        """The middle of the first or the second place behind the sum, (3,)."""
        return self.box.at(SLOTS[which])

    @property
    def parts(self) -> list[Mobject]:
        """All of it, in the order of drawing."""
        return [self.wires, self.links, self.inputs, self.sum, self.layer, self.bend]

    def put(self, name: Mobject) -> Mobject:
        """Put a name below the two slots."""
        middle = (self.slot(0) + self.slot(1)) / 2
        return name.move_to(middle - [0.0, self.unit * TILE[1] / 2 + 0.45, 0.0])

    def change_places(self) -> list[Animation]:
        """The layer goes behind the bend, past each other in a circle."""
        return [
            self.layer.animate(path_arc=-1.6).move_to(self.slot(1)).build(),
            self.bend.animate(path_arc=-1.6).move_to(self.slot(0)).build(),
        ]

    def pulse(self, run_time: float) -> Animation:
        """Something runs through all of it."""
        color = theme.current().text
        flashes = [
            VGroup(*(Line(it.get_start(), it.get_end(), color=color, stroke_width=9) for it in group))
            for group in (self.wires, *self.links)
        ]
        moves = [ShowPassingFlash(line, time_width=0.8) for group in flashes for line in group]
        return LaggedStart(*moves, lag_ratio=0.35, run_time=run_time)

    def _name(self, markup: str, node: Circle, side: int, color: ManimColor) -> Mobject:
        """Inside its node, or above or below where it is too wide for that."""
        name = typography.name(markup, color)
        if name.width <= 0.75 * node.width:
            return name.move_to(node)
        name = fitted([markup], 3.2 * self.unit, color, NAME, NAME)
        name.next_to(node, side * UP, buff=0.08)
        return name.shift([max(self.box.left - name.get_left()[0], 0.0), 0.0, 0.0])

    def _sign(self, shape: Circle, markup: str, size: float) -> VGroup:
        shape.set_fill(theme.current().panel, 1)
        return VGroup(shape, typography.figure(markup, size=self.unit * size).move_to(shape))

    def _tile(self, color: ManimColor) -> VGroup:
        width, height = self.unit * np.array(TILE)
        tile = RoundedRectangle(0.2, height=height, width=width, color=color, stroke_width=5)
        return VGroup(tile.set_fill(theme.current().panel, 1))

    def _wire(self, node: VGroup, goal: Mobject, times: ValueTracker) -> Mobject:
        line = Line(LEFT, RIGHT, color=theme.current().text)

        def update(it: Mobject) -> None:
            assert isinstance(it, Line)
            it.put_start_and_end_on(node[0].get_center(), goal.get_center())
            it.set_stroke(width=WIRE * times.get_value())

        return follow(line, (node, goal, times), update)

    def _between(self, first: Mobject | None, which: int) -> Line:
        """The link before a slot, or behind the last."""
        half = np.array([self.unit * TILE[0] / 2, 0.0, 0.0])
        start = self.sum.get_center() if which == 0 else self.slot(which - 1) + half
        end = self.box.at(OUT) if which == 2 else self.slot(which) - half
        return Line(start, end, color=theme.current().rule, stroke_width=WIRE)
