"""Which dashes, rings and hatching stand for which color of a theme, where a figure has none."""

from __future__ import annotations

from scenes.kit.drawing.canvas import Canvas
from scenes.kit.drawing.monochrome import Monochrome, Pattern
from scenes.kit.theme import Theme

PATTERNS = {
    "valley": Pattern(dash=(5.0, 3.0), hatch=45.0),
    "bowl": Pattern(is_open=True, hatch=-45.0),
    "feature_a": Pattern(hatch=45.0),
    "feature_b": Pattern(dash=(2.0, 2.0), is_open=True, hatch=-45.0),
    "loss": Pattern(dash=(7.0, 2.5, 1.5, 2.5), hatch=0.0),
    "scale_shift": Pattern(dash=(9.0, 3.0), hatch=90.0),
    "alarm": Pattern(dash=(3.5, 2.0), hatch=90.0),
}
"""By role. What is shown beside each other, valley and bowl, the two features, differs in all three."""


def gray(canvas: Canvas, theme: Theme) -> Canvas:
    """The canvas, on which from now on everything is gray."""
    found = {getattr(theme, role).to_hex().upper(): pattern for role, pattern in PATTERNS.items()}
    canvas.monochrome = Monochrome(found)
    return canvas
