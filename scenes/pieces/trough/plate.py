"""Names that stand before a shape, whose colors would swallow their letters without a dark plate."""

from __future__ import annotations

from manim import ManimColor, RoundedRectangle, VGroup

from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.typography import Text

MARGIN, DENSE = 0.1, 0.72


def plated(markup: str, edge: ManimColor | None = None) -> VGroup:
    """A name with the plate behind it, which has an ``edge`` in the color of what is named."""
    palette = theme.current()
    words: Text = typography.name(markup, palette.iso)
    plate = RoundedRectangle(
        corner_radius=MARGIN,
        width=words.width + 2 * MARGIN,
        height=words.height + 2 * MARGIN,
        stroke_width=3.0 if edge else 0.0,
        stroke_color=edge or palette.outline,
        fill_color=palette.outline,
        fill_opacity=DENSE,
    )
    return VGroup(plate, words).set(is_label=True)
