"""The learning rate as a knob on a line, and what the places on that line are called."""

from __future__ import annotations

import numpy as np
from manim import LEFT, ValueTracker, VGroup
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
from scenes.kit.charts.slider import Slider
from scenes.kit.lettering import typography
from scenes.kit.lettering.places import Box
from scenes.kit.lettering.typography import Text

NAMED, APART = 0.28, 0.35  # of the box: how much the name takes; and from it to the line, in picture units
BELOW = 0.62  # from the line to the baseline of what its places are called


class Dial(VGroup):
    """A line with a knob, its name to the left of it; in a narrow box the name stands above the line.

    Args:
        rate: what the knob shows.
        most: the value at the right end; the left one's is 0.
        name: what is chosen, as Typst markup.
        box: where it stands.
    """

    def __init__(self, rate: ValueTracker, most: float, name: str, box: Box) -> None:
        super().__init__()
        self.most, text = most, typography.name(name)
        beside = text.width < NAMED * box.width
        length = box.width - (text.width + APART if beside else 0.0)
        self.slider = Slider(rate, (0.0, most), length, theme.current().text)
        self.slider.shift(np.array([box.right - length, box.top - 0.2, 0]))
        if beside:
            text.next_to(self.slider.line, LEFT, buff=APART)
        else:
            text.move_to([box.left + text.width / 2, box.top + 0.35, 0])
        self.add(text, self.slider)
        self.slider.knob.update()

    def named(self, value: float, markup: str, color: ParsableManimColor) -> Text:
        """A name below the place of ``value`` on the line."""
        text = typography.name(markup, color)
        line = self.slider.line
        x, y = line.point_from_proportion(min(value / self.most, 1.0))[:2]
        half = text.width / 2
        x = float(np.clip(x, line.get_left()[0] + half, line.get_right()[0] - half))
        typography.align_baseline(text, float(y) - BELOW)
        return text.set_x(x)
