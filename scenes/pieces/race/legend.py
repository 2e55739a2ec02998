"""Which trail is whose: an optimizer's mark and its name, in its color."""

from __future__ import annotations

from manim import RIGHT, VGroup

from scenes.kit.lettering import typography
from scenes.pieces.optimizer_styles import OptimizerStyle

SIZE = 1.6  # of a mark beside a name, in its usual size


def sign(style: OptimizerStyle, name: str) -> VGroup:
    """An optimizer's mark and its name."""
    return VGroup(style.marker().scale(SIZE), typography.figure(name, style.color)).arrange(RIGHT, buff=0.25)
