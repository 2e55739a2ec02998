"""Every optimizer's steps as a bar that grows while the steps are made: one linear scale from zero."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import LEFT, RIGHT, ManimColor, Mobject, Rectangle, ValueTracker, VGroup

from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.places import Box
from scenes.kit.script import numbers
from scenes.pieces.optimizer_styles import OptimizerStyle

BROAD, LEAST = 0.62, 0.03  # of a row's height, a bar's; and the shortest bar, in picture units
BESIDE = 0.16  # in picture units, from a bar to its mark, from there to its name, and on to its number
ROOM = 0.7  # of the width at most, for mark, name and number
LARGEST = 1_000_000  # counts from here on are written with a power of ten


class StepRows:
    """Rows below each other in ``box``; each is made when it is asked for.

    Args:
        counts: the steps by name, in order from the top; None for never.
        labels: what each is called, as Typst markup.
        box: the place of all of it.
        never: how a count of None is written.
    """

    def __init__(
        self, counts: Mapping[str, int | None], labels: Mapping[str, str], box: Box, never: str
    ) -> None:
        self.counts, self.labels, self.box, self.never = dict(counts), labels, box, never
        self.most = max((steps or 0 for steps in counts.values()), default=0) or 1
        self.drawn: dict[str, VGroup] = {}
        """Those that have been made, by name: bar, mark with name, and number."""
        longest = [name for name, steps in counts.items() if steps is None or steps == self.most]
        texts = [typography.name(f"{labels[name]} {self._written(name)}").width for name in longest]
        self.longest = box.width - min(max(texts, default=0.0) + 5 * BESIDE, ROOM * box.width)
        """The length of the longest bar, in picture units."""

    def make(
        self, name: str, style: OptimizerStyle, clock: ValueTracker, color: ManimColor | None = None
    ) -> list[Mobject]:
        """A bar that grows with ``clock``, its mark and its name; its number is for when it has grown.

        One that never ends is pale, and as long as there is room. ``color`` is by default the style's.
        """
        color, steps = color or style.color, self.counts[name]
        pitch = self.box.height / len(self.counts)
        y = self.box.top - (list(self.counts).index(name) + 0.5) * pitch
        end = self.most if steps is None else steps
        bar = Rectangle(width=1.0, height=BROAD * pitch, stroke_width=0)
        bar.set_fill(color, 0.35 if steps is None else 1.0)

        def update(it: Mobject) -> None:
            share = min(clock.get_value(), end) / self.most
            it.stretch_to_fit_width(max(share * self.longest, LEAST))
            it.move_to([self.box.left, y, 0.0], aligned_edge=LEFT)

        follow(bar, (clock,), update)
        text = typography.name(self.labels[name], color)
        sign = VGroup(style.marker().set_fill(color), text).arrange(RIGHT, buff=BESIDE)
        number = typography.name(self._written(name), color)
        left = self.box.left + max(end / self.most * self.longest, LEAST) + BESIDE
        room = self.box.right - left - number.width - BESIDE
        fit_width(sign, room).move_to([left, y, 0.0], aligned_edge=LEFT)
        base = y - 0.36 * typography.em(typography.NAME)
        typography.align_baseline(text, base)
        typography.align_baseline(number, base, left=float(sign.get_right()[0]) + BESIDE)
        self.drawn[name] = VGroup(bar, sign, number)
        return [bar, sign]

    def keep(self, *names: str) -> None:
        """Let bars stay as long as their steps, wherever their clocks go."""
        for name in names:
            bar = self.drawn[name][0]
            bar.update(0)
            bar.clear_updaters()
            bar.sources = ()

    def put_aside(self, text: Mobject) -> bool:
        """Put a text at the right edge beside the lowest short rows; whether there are any that are short."""
        pitch = self.box.height / len(self.counts)
        rows = int(np.ceil(text.height / pitch))
        free = [end < self.box.right - text.width - 2 * BESIDE for end in map(self._end, self.counts)]
        for first in range(len(free) - rows, -1, -1):
            if all(free[first : first + rows]):
                y = self.box.top - (first + rows / 2) * pitch
                text.move_to([self.box.right - text.width / 2, y, 0.0])
                return True
        return False

    def _end(self, name: str) -> float:
        """Where a row ends, at most."""
        steps = self.counts[name]
        length = self.longest * (1 if steps is None else steps / self.most)
        words = typography.name(f"{self.labels[name]} {self._written(name)}")
        return float(self.box.left + length + words.width + 5 * BESIDE)

    def _written(self, name: str) -> str:
        steps = self.counts[name]
        if steps is None:
            return self.never
        return numbers.write(steps, "d" if steps < LARGEST else ".1e")
