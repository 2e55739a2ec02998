"""Where steps of all lengths land: the loss along each step of training, without batch norm and with it."""

from __future__ import annotations

import numpy as np
from manim import DOWN, Line, Mobject, ValueTracker, VGroup

from bn_math import AlongGradient
from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography
from scenes.kit.lettering.fit import fitted
from scenes.kit.lettering.places import Box, Places
from scenes.kit.lettering.typography import NAME
from scenes.kit.script import numbers
from scenes.kit.script.words import Words
from scenes.pieces.why.fan import Fan, ways

LEFT_OF, BELOW, ABOVE = 0.85, 0.75, 1.45  # picture units: for the axis, for lengths and names, for headings
SIDE = 0.07  # of the width: between the two sides
WHOLE = 98.0  # of the losses without batch norm, in percent, those that are no higher than the box
LEAST = 1e-3  # a box is not for lower losses alone
NAMED = 52.0  # pixels at 1080p: which side it is


class LandingChart:
    """Two fans on the same axes, side by side.

    Args:
        case: the network's losses along the gradient.
        layers: how many it has.
        words: of the scene.
        places: of the picture.
    """

    def __init__(self, case: AlongGradient, layers: int, words: Words, places: Places) -> None:
        self.case, self.layers, self.words, self.whole = case, layers, words, places.whole
        whole = places.whole
        self.box = Box(whole.left + LEFT_OF, whole.right, whole.bottom + BELOW, whole.top - ABOVE)
        half = (1 - SIDE) / 2
        self.sides = self.box.part(right=half), self.box.part(left=1 - half)
        swing = np.nan_to_num(case.swing[0], nan=np.inf, posinf=np.inf)
        self.run = int(np.argsort(swing, kind="stable")[len(swing) // 2])  # the one in the middle
        losses = case.loss[:, :, :, self.run]
        finite = losses[np.isfinite(losses)]
        most = float(np.percentile(finite, WHOLE)) if finite.size else 0.0
        self.most = most if most > LEAST else 1.0
        self.clocks = ValueTracker(0.0), ValueTracker(0.0)
        first = self._told_first(losses)
        order = [first, *(step for step in range(len(case.steps)) if step != first)]
        palette = theme.current()
        self.fans = [
            Fan(self._curves(losses[side], room), room, color, clock, order)
            for side, (room, color, clock) in enumerate(
                zip(self.sides, (palette.valley, palette.bowl), self.clocks, strict=True)
            )
        ]

    @property
    def count(self) -> int:
        """How many steps there are."""
        return len(self.case.steps)

    def curves(self, side: int, box: Box) -> Array:
        """One network's curves in another box, (k, p, 2)."""
        return self._curves(self.case.loss[side, :, :, self.run], box)

    def _curves(self, losses: Array, box: Box) -> Array:
        x, heights = ways(self.case.shares, losses)
        span = max(float(x[-1] - x[0]), 1e-9)
        across = box.left + box.width * (x - x[0]) / span
        y = box.bottom + box.height * np.minimum(heights / self.most, 2.0)
        return np.stack([np.broadcast_to(across, y.shape), y], axis=-1)

    def _told_first(self, losses: Array) -> int:
        """The step that is in the middle by where its longest way ends, without batch norm."""
        ends = np.nan_to_num(losses[0, :, -1], nan=np.inf, posinf=np.inf)
        return int(np.argsort(ends, kind="stable")[len(ends) // 2])

    def grid(self) -> VGroup:
        """Both sides' ground and losses upwards, the loss's name, and how long the steps are."""
        palette, made = theme.current(), VGroup()
        spec = numbers.exact(ticks := numbers.ticks(0.0, self.most, 4))
        for tick in ticks.tolist():
            share = tick / self.most
            for side in self.sides:
                color = palette.rule if tick == 0 else palette.grid
                made.add(Line(side.at(0, share), side.at(1, share), color=color, stroke_width=2.5))
            number = typography.name(numbers.tick(tick, spec), palette.muted)
            made.add(number.move_to([self.box.left - 0.25 - number.width / 2, self.box.at(0, share)[1], 0]))
        loss = typography.name(self.words.label("loss"), palette.loss)
        made.add(typography.align_baseline(loss, self.box.top + 0.3, left=self.whole.left))
        return made.add(*map(self._lengths, self.sides))

    def _lengths(self, side: Box) -> VGroup:
        """Below a side: from the shortest to the longest way along the gradient."""
        palette = theme.current()
        ends = float(self.case.shares[0]), float(self.case.shares[-1])
        names = [self.words.label(f"lengths{short}", least=ends[0], most=ends[1]) for short in ("", "_short")]
        text = fitted(names, side.width, palette.muted, NAME, NAME)
        text.next_to(side.at(0.5, 0.0), DOWN, buff=0.3)
        return VGroup(text)

    def network(self) -> Mobject:
        """Which network it is, and whose: above all."""
        given = {"rate": self.case.rate, "layers": self.layers}
        kinds = [self.words.label(f"relu{short}", **given) for short in ("", "_short")]
        names = [self.words.label("ours", kind=kinds[0]), *kinds]
        text = fitted(names, self.whole.width, theme.current().muted, NAME, NAME)
        return self.whole.put(text, 1.0, 1.0)

    def name(self, side: int) -> Mobject:
        """Without or with, above its side."""
        palette, room = theme.current(), self.sides[side]
        key, color = (("without", palette.valley), ("with", palette.bowl))[side]
        ways_to_say = [self.words.label(f"{key}_batch_norm"), self.words.label(key)]
        text = fitted(ways_to_say, room.width - 1.2, color, NAMED, NAME)
        return typography.align_baseline(text, self.box.top + 0.3, left=0.0).set_x(room.center[0])
