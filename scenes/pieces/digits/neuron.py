"""What the neurons of a network are: the curve by which each bends its sum, and its name."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import RIGHT, Animation, FadeIn, FadeOut, Transform, VGroup, VMobject, smooth, squish_rate_func

from scenes.kit import theme
from scenes.kit.drawing.canvas import Array
from scenes.kit.lettering import typography

CURVES: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0) / 4,
}
SMALL, LARGE = 0.42, 0.7  # picture units: a curve's height, beside names and above a chart
ASPECT = 1.6  # of a curve, its width by its height
LATE = squish_rate_func(smooth, 0.45, 1.0)  # when another name comes, once the old one has gone


def neuron(name: str, text: str, high: float = SMALL) -> VGroup:
    """The curve, and at its right what it is called."""
    palette = theme.current()
    z = np.linspace(-4, 4, 41)
    curve = VMobject(stroke_color=palette.text, stroke_width=6.0 if high > SMALL else 5.0)
    across = ASPECT * high / 8
    curve.set_points_as_corners(np.stack([across * z, high * CURVES[name](z), 0 * z], axis=1))
    written = typography.figure if high > SMALL else typography.name
    return VGroup(curve, written(text, palette.text).next_to(curve, RIGHT, buff=0.45 * high))


def become(old: VGroup, new: VGroup) -> list[Animation]:
    """The curve bends into the other one, which takes its place; one name leaves, the other comes."""
    return [
        Transform(old[0], new[0], run_time=0.9),
        FadeOut(old[1], run_time=0.35),
        FadeIn(new[1], rate_func=LATE, run_time=0.9),
    ]
