"""Every optimizer's steps as bars that grow while the steps are made, all on one linear scale from zero."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import LEFT, Mobject, Rectangle, ValueTracker, VGroup

from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import NAME
from scenes.pieces.optimizer_styles import OptimizerStyle
from scenes.pieces.race.legend import sign

THICK, LEAST = 0.2, 0.05  # of a row's height, a bar; and the shortest bar, in picture units
ROOM = 0.72  # of the width at most, for a name


class StepBars(VGroup):
    """A row for each optimizer: its mark, its name and its steps, and below them a bar in its color.

    All bars grow by one scale; each stops where its optimizer has arrived.

    Args:
        styles: of the optimizers by name, in order.
        labels: what each is called, as Typst markup.
        counts: its steps by name, None for never.
        never: how that is written.
        clock: the steps that have been made.
        box: the place.
    """

    def __init__(
        self,
        styles: Mapping[str, OptimizerStyle],
        labels: Mapping[str, str],
        counts: Mapping[str, int | None],
        never: str,
        clock: ValueTracker,
        box: Box,
    ) -> None:
        super().__init__()
        self.box, self.clock = box, clock
        self.most = max((steps or 0 for steps in counts.values()), default=0) or 1
        pitch = box.height / len(styles)
        self.names, self.bars, self.counts = [], [], []
        for row, (name, style) in enumerate(styles.items()):
            steps = counts[name]
            text = fit_width(sign(style, labels[name]), ROOM * box.width)
            middle = box.top - (row + 0.5) * pitch
            text.move_to([box.left, middle + 0.2 * pitch, 0.0], aligned_edge=LEFT)
            self.names.append(text)
            self.bars.append(self._bar(style, steps, middle - 0.25 * pitch, THICK * pitch))
            self.counts.append(self._count(style, steps, never, float(text[1].get_center()[1])))
        self.add(*self.names, *self.bars, *self.counts)

    def _bar(self, style: OptimizerStyle, steps: int | None, y: float, height: float) -> Rectangle:
        bar = Rectangle(width=1.0, height=height, stroke_width=0)
        bar.set_fill(style.color, 1.0 if steps is not None else 0.35)
        end = self.most if steps is None else steps

        def update(it: Mobject) -> None:
            share = min(self.clock.get_value(), end) / self.most
            it.stretch_to_fit_width(max(share * self.box.width, LEAST))
            it.move_to([self.box.left, y, 0.0], aligned_edge=LEFT)

        follow(bar, (self.clock,), update)
        return bar

    def _count(self, style: OptimizerStyle, steps: int | None, never: str, y: float) -> Mobject:
        """The steps so far, at the right edge of the row."""
        if steps is None:
            text = typography.name(never, style.color)
            return text.move_to([self.box.right - text.width / 2, y, 0.0])
        count = Counter(
            self.clock,
            size=NAME,
            color=style.color,
            value=lambda it, end=steps: float(np.floor(min(it, end))),  # type: ignore[misc]
            align_right=True,
        )
        down = 0.36 * typography.em(NAME)
        return count.shift(np.array([self.box.right, y - down, 0.0]) - count.corner)
