"""Colours by role, for a dark and a light background. Only palettes.py names a colour.

Every role keeps a contrast of 4.5:1 for words and 3:1 for lines against its background, which is tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from manim import ManimColor

from scenes.kit import settings
from scenes.kit.palettes import PALETTES


@dataclass(frozen=True)
class Theme:
    """A set of colours, each named for what it marks.

    ``heights`` colours a loss surface from its minimum to its rim; ``sheen`` is the light that falls on it.
    The six optimizers are named as in ``Stage.optimizers``; racers.py has their dashes and markers.
    """

    name: str
    background: ManimColor
    panel: ManimColor
    text: ManimColor
    muted: ManimColor
    rule: ManimColor
    grid: ManimColor
    feature_a: ManimColor
    feature_b: ManimColor
    valley: ManimColor
    bowl: ManimColor
    ball: ManimColor
    alarm: ManimColor
    iso: ManimColor
    rim: ManimColor
    sheen: ManimColor
    gradient_descent: ManimColor
    heavy_ball: ManimColor
    nesterov: ManimColor
    adagrad: ManimColor
    rmsprop: ManimColor
    adam: ManimColor
    heights: tuple[ManimColor, ...]


def _theme(name: str) -> Theme:
    roles: dict[str, Any] = {
        role: ManimColor(value) if isinstance(value, str) else tuple(map(ManimColor, value))
        for role, value in PALETTES[name].items()
    }
    return Theme(name=name, **roles)


DARK, LIGHT = _theme("dark"), _theme("light")
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}
_chosen: Theme | None = None


def use(chosen: Theme | None) -> None:
    """Make ``chosen`` this process's, whatever the settings name; ``None`` goes back to them."""
    global _chosen
    _chosen = chosen


def current() -> Theme:
    """The theme in force."""
    return _chosen or THEMES[settings.current().theme]
