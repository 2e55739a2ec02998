"""How the two features are shown everywhere: the powers of ten of their numbers, and their colors."""

from __future__ import annotations

from manim.utils.color import ParsableManimColor

from bn_math import Dataset
from scenes.kit import theme
from scenes.kit.script.magnitude import Magnitude


def powers_of(data: Dataset) -> tuple[Magnitude, Magnitude]:
    """The powers of ten that the two features' numbers are given in."""
    first, second = (Magnitude.of(column) for column in data.features.T)
    return first, second


def feature_colors() -> tuple[ParsableManimColor, ParsableManimColor]:
    """The colors of the two features."""
    palette = theme.current()
    return palette.feature_a, palette.feature_b
