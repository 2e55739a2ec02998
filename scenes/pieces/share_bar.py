"""Figures beside a picture: what is left of something, with a bar; and figures with names in lines."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, Mobject, Rectangle, ValueTracker, VGroup
from manim.utils.color import ParsableManimColor

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.drawing.follow import follow
from scenes.kit.lettering import typography
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.fit import wrapped

THICK, GAP = 0.16, 0.14
LEAST = 1e-3  # of the bar's width: less is not drawn


def share_bar(
    clock: ValueTracker,
    shares: Array,
    name: str,
    width: float,
    color: ParsableManimColor,
    spec: str = ".0f",
) -> VGroup:
    """A bar that is as long as what is left at ``clock``; its figure carries ``name``.

    Args:
        clock: what the share depends on.
        shares: what is left at each whole value of the clock, from 0 to 1, (n,).
        name: what it is a share of, with the percent sign in front, as Typst markup.
        width: of the bar when all is left, in picture units.
        color: of figure and bar.
        spec: how the percentage is written.
    """

    def share(step: float) -> float:
        return float(np.interp(step, np.arange(len(shares)), shares))

    figure = Counter(clock, spec, typography.FIGURE, color, value=lambda step: 100 * share(step))
    figure.name = name
    style = {"height": THICK, "stroke_width": 0, "fill_opacity": 1}
    track = Rectangle(width=width, fill_color=theme.current().grid, **style)
    filled = Rectangle(width=width, fill_color=color, **style)
    label = wrapped(name, 1.02 * width, typography.NAME, typography.NAME, theme.current().muted)
    group = VGroup(figure, track, label).arrange(DOWN, buff=GAP, aligned_edge=LEFT)
    filled.move_to(track)
    group.add(filled)

    def update(bar: Mobject) -> None:
        left = min(max(share(clock.get_value()), LEAST), 1.0)
        bar.stretch_to_fit_width(left * track.width).align_to(track, LEFT)

    follow(filled, (clock,), update)
    return group


def figure_named(figure: Mobject, name: str, width: float) -> VGroup:
    """A figure with its name below it, in lines if it is wider than ``width``."""
    figure.name = name
    below = wrapped(name, width, typography.NAME, typography.NAME, theme.current().muted)
    return VGroup(figure, below.next_to(figure, DOWN, buff=0.16, aligned_edge=LEFT))
