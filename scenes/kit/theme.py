"""Colours by role, for a dark and a light background. Nothing else in the project names a colour.

Every role keeps a contrast of 4.5:1 for words and 3:1 for lines against its background, which is tested.
"""

from __future__ import annotations

from dataclasses import dataclass

from manim import ManimColor

from scenes.kit import settings


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


def _theme(name: str, heights: tuple[str, ...], **roles: str) -> Theme:
    colours = {role: ManimColor(value) for role, value in roles.items()}
    return Theme(name=name, heights=tuple(ManimColor(value) for value in heights), **colours)


DARK = _theme(
    "dark",
    heights=("#123049", "#1B4A6B", "#1F6F8B", "#47998F", "#9DBB8C", "#E2D39A"),
    background="#0F1216",
    panel="#171C23",
    text="#ECEFF4",
    muted="#98A2B3",
    rule="#5B6778",
    grid="#2A323D",
    feature_a="#5AC8A8",
    feature_b="#E08BB5",
    valley="#F2A33A",
    bowl="#62B8EE",
    ball="#F7E463",
    alarm="#FF6B4A",
    iso="#FFFFFF",
    rim="#F3EBCB",
    sheen="#FFFFFF",
    gradient_descent="#ECEFF4",
    heavy_ball="#B48CFF",
    nesterov="#3FC2D6",
    adagrad="#B5D33D",
    rmsprop="#A98467",
    adam="#FFB3A8",
)

LIGHT = _theme(
    "light",
    heights=("#1D4E70", "#2A6E8F", "#4593A6", "#77B5AE", "#B3D3B4", "#EADFB4"),
    background="#FFFFFF",
    panel="#F3F5F8",
    text="#15181D",
    muted="#566070",
    rule="#8A94A3",
    grid="#DDE2E9",
    feature_a="#00775C",
    feature_b="#A63D77",
    valley="#A85B00",
    bowl="#0068A8",
    ball="#7A6200",
    alarm="#C4320A",
    iso="#FFFFFF",
    rim="#5E6B78",
    sheen="#FFFFFF",
    gradient_descent="#15181D",
    heavy_ball="#7A3CC2",
    nesterov="#007A85",
    adagrad="#5E7300",
    rmsprop="#7B2D00",
    adam="#C2185B",
)

_THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


def current() -> Theme:
    """The theme that the settings name."""
    return _THEMES[settings.current().theme]
