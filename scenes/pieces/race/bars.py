"""Every optimizer's steps on two losses, as two bars each on one logarithmic scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import LEFT, RIGHT, ManimColor, Rectangle, VGroup

from scenes.kit.lettering import typography
from scenes.kit.lettering.layout import fit_width
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import NAME, Text
from scenes.pieces.optimizer_styles import OptimizerStyle

THICK, LEAST = 0.32, 0.12  # of a row's height, a bar; and the shortest bar, in picture units
BESIDE, GAP = 0.16, 0.35  # from a bar to its count, and from the names to the bars
ROOM = 0.42  # of the width at most, for the names


class StepBars(VGroup):
    """A row for each optimizer: mark and name, and one bar above the other.

    Its parts are lists, one entry a row: ``names``, ``first`` and ``second`` (bars), and their counts,
    ``first_counts`` and ``second_counts``. The first row's counts say which bar is which.

    Args:
        styles: of the optimizers by name, in order.
        labels: what each is called, as Typst markup.
        counts: for each of two losses the steps by name, None for never.
        heads: what the two losses are called.
        colors: theirs.
        written: writes a count.
        box: the place.
    """

    def __init__(
        self,
        styles: Mapping[str, OptimizerStyle],
        labels: Mapping[str, str],
        counts: Sequence[Mapping[str, int | None]],
        heads: Sequence[str],
        colors: Sequence[ManimColor],
        written: Mapping[int | None, str],
        box: Box,
    ) -> None:
        super().__init__()
        pitch = box.height / len(styles)
        self.names = [
            VGroup(style.marker(), typography.name(labels[name], style.color)).arrange(RIGHT, buff=0.2)
            for name, style in styles.items()
        ]
        texts = [
            [Text(_with(written[steps[name]], head, k), NAME, color) for k, name in enumerate(styles)]
            for steps, head, color in zip(counts, heads, colors, strict=True)
        ]
        left = box.left + min(max(name.width for name in self.names), ROOM * box.width) + GAP
        widest = max(text.width for column in texts for text in column)
        room = max(box.right - left - widest - BESIDE, 0.2 * box.width)
        most = max((steps or 1 for column in counts for steps in column.values()), default=1)
        self.bars: tuple[list[Rectangle], list[Rectangle]] = ([], [])
        for row, (name, sign) in enumerate(zip(styles, self.names, strict=True)):
            middle = box.top - (row + 0.5) * pitch
            fit_width(sign, left - GAP - box.left)
            sign.move_to([box.left, middle, 0.0], aligned_edge=LEFT)
            for which in (0, 1):
                steps, y = counts[which][name], middle + (0.25 - 0.5 * which) * pitch
                share = 1.0 if steps is None else np.log10(max(steps, 1)) / max(np.log10(most), 1)
                bar = Rectangle(width=max(room * share, LEAST), height=THICK * pitch, stroke_width=0)
                bar.set_fill(colors[which], 1.0 if steps is not None else 0.35)
                self.bars[which].append(bar.move_to([left, y, 0.0], aligned_edge=LEFT))
                texts[which][row].next_to(bar, RIGHT, buff=BESIDE)
        self.first, self.second = self.bars
        self.first_counts, self.second_counts = texts
        self.add(*self.names, *self.first, *self.second, *self.first_counts, *self.second_counts)


def _with(count: str, head: str, row: int) -> str:
    """The first row says what the bar is, too."""
    return f"{count} {head}" if row == 0 else count
