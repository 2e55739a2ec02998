"""The loss while networks are trained: without batch norm, with it, and with it but shaken."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import ManimColor, Mobject, ValueTracker, VGroup

from bn_math import Shaking
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array, Canvas, Painted
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import NAME
from scenes.kit.script.words import Words
from scenes.pieces.why.log_axis import LogAxis

LINE, DASH = 9.0, (20.0, 17.0)  # pixels at 1080p
LEFT_OF, BELOW = 0.85, 0.75  # picture units: for the axis' numbers; for the words below
LOW = 4.5  # picture units of a room in which there is none for names
KINDS = ("without", "with", "shaken")


class Curve(Painted):
    """A loss, step by step, as far as a clock is.

    Args:
        points: of the curve, (n, 2).
        color: its own.
        clock: the share of the steps that are there, 0 to 1.
        dash: of its line, in pixels at 1080p.
    """

    kept: ClassVar[tuple[str, ...]] = ("line", "clock")

    def __init__(
        self, points: Array, color: ManimColor, clock: ValueTracker, dash: tuple[float, ...] = ()
    ) -> None:
        super().__init__()
        self.line, self.color, self.clock, self.dash = points, color, clock, dash
        self.points = np.zeros((1, 3))
        self.z_index = 1
        self.sources = (clock,)

    def paint(self, canvas: Canvas) -> None:
        """As much of the line as there is, with a dot at its end."""
        there = 1 + self.clock.get_value() * (len(self.line) - 1)
        if there <= 1:
            return
        whole = int(there)
        line = self.line[:whole]
        if whole < len(self.line):
            line = np.vstack([line, line[-1] + (there - whole) * (self.line[whole] - line[-1])])
        canvas.stroke([line], self.color, LINE, self.opacity, dash=self.dash)
        canvas.disc(line[-1], 0.13, [(0, self.color, self.opacity), (1, self.color, self.opacity)])


class Curves:
    """The three losses in one chart, each with its name, and the network's.

    Args:
        found: the losses.
        layers: how many the networks have.
        box: the room.
        words: of the scene.
    """

    def __init__(self, found: Shaking, layers: int, box: Box, words: Words) -> None:
        self.found, self.layers, self.room, self.words = found, layers, box, words
        self.box = Box(box.left + LEFT_OF, box.right, box.bottom + BELOW, box.top - 1.0)
        self.losses = np.median(np.nan_to_num(found.loss, nan=np.inf, posinf=np.inf), axis=2)
        self.axis = LogAxis.of(self.box, self.losses)
        x = np.linspace(self.box.left, self.box.right, len(found.steps))
        palette = theme.current()
        self.colors = (palette.valley, palette.bowl, palette.text)
        self.clocks = [ValueTracker(0.0) for _ in KINDS]
        self.lines = [
            Curve(np.stack([x, self.axis.heights(loss)], axis=1), color, clock, DASH if place == 2 else ())
            for place, (loss, color, clock) in enumerate(
                zip(self.losses, self.colors, self.clocks, strict=True)
            )
        ]

    def grid(self) -> VGroup:
        """The axis, what is drawn upwards and to the right, and which network it is."""
        palette = theme.current()
        loss = typography.name(self.words.label("loss"), palette.loss)
        typography.align_baseline(loss, self.box.top + 0.22, left=self.room.left)
        steps = typography.name(self.words.label("steps", steps=int(self.found.steps[-1])), palette.muted)
        typography.align_baseline(steps, self.room.bottom + 0.15, right=self.box.right)
        given = {"rate": self.found.rate, "layers": self.layers}
        kinds = [self.words.label(f"relu{short}", **given) for short in ("", "_short")]
        names = [self.words.label("ours", kind=kinds[0]), *kinds]
        network = fitted(names, self.box.width - loss.width - 0.4, palette.text, NAME, NAME)
        typography.align_baseline(network, self.box.top + 0.22, right=self.box.right)
        axis = self.axis.drawn(self.box.right, lambda it: self.words.label("number", number=it))
        return VGroup(axis, loss, steps, network)

    def named(self, kind: int) -> Mobject:
        """A curve's name, at the upper right, where falling losses leave room; above a room that is low."""
        label = (*(f"{it}_batch_norm" for it in KINDS[:2]), KINDS[2])[kind]
        text = typography.name(self.words.label(label), self.colors[kind])
        top = self.box.top - 0.55 if self.room.height > LOW else self.room.top + 2.1
        return typography.align_baseline(text, top - 0.62 * kind, right=self.box.right)
