"""The themes as Manim's colors, by role. Only palettes.py names a theme or a color.

Every role keeps a contrast of 4.5:1 for words and 3:1 for lines against its background, which is tested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from manim import ManimColor

from scenes.kit import settings
from scenes.kit.palettes import PALETTES

ROWS = {"heights": 3}
"""Roles that are a row of colors, and how many there are at least."""


@dataclass(frozen=True)
class Theme:
    """A set of colors, each named for what it marks.

    Args:
        name: what the palette is called in palettes.py.
        background: what everything lies on.
        panel: the filling of boxes and frames.
        text: words, and lines that matter as much.
        muted: labels, and the numbers of axes.
        rule: axes and rules.
        grid: grid lines, fainter than rules.
        feature_a: the first feature and its weight.
        feature_b: the second feature and its weight.
        valley: what is without batch normalization, and the narrow valley of the raw data.
        bowl: what is with it, and the round bowl of the standardized data.
        ball: the ball on a surface, its trail, and the gradient.
        loss: the loss J, its heights and its squares.
        scale_shift: gamma and beta.
        alarm: warnings, and what must not be crossed.
        iso: lines of one loss on a surface.
        rim: a surface's edges.
        sheen: the light that falls on the ball.
        shade: the floor in a shape's shadow.
        shape_mark: the ball and its trail where they lie on a shape or a map, whose colors are the same in
            every theme.
        outline: dark edges round what lies there.
        heights: a loss surface's colors from its minimum to its rim.
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
    loss: ManimColor
    scale_shift: ManimColor
    alarm: ManimColor
    iso: ManimColor
    rim: ManimColor
    sheen: ManimColor
    shade: ManimColor
    shape_mark: ManimColor
    outline: ManimColor
    heights: tuple[ManimColor, ...]


ROLES = tuple(field.name for field in fields(Theme) if field.name != "name")
_COLOR = re.compile("#[0-9A-Fa-f]{6}")


def problems(name: str) -> list[str]:
    """What keeps the palette ``name`` from being a theme, a sentence each."""
    palette = PALETTES[name]
    place = f"the palette {name!r} in palettes.py"
    missing, unknown = [role for role in ROLES if role not in palette], sorted(set(palette) - set(ROLES))
    found = [f"{place} has no color for the role {role!r}" for role in missing]
    found += [f"{place} has a role {role!r} that no theme knows" for role in unknown]
    for role in (role for role in ROLES if role in palette):
        value, is_row = palette[role], role in ROWS
        if is_row and (isinstance(value, str) or len(value) < ROWS[role]):
            found.append(f"{place} needs a row of at least {ROWS[role]} colors for the role {role!r}")
        elif not all(_COLOR.fullmatch(color) for color in ([value] if isinstance(value, str) else value)):
            found.append(f"{place} has {value!r} for the role {role!r}; it should be like '#0F1216'")
    return found


@cache
def named(name: str) -> Theme:
    """The theme called ``name``.

    Raises:
        ValueError: its palette is not whole.
    """
    if found := problems(name):
        raise ValueError("; ".join(found))
    roles: dict[str, Any] = {
        role: ManimColor(value) if isinstance(value, str) else tuple(map(ManimColor, value))
        for role, value in PALETTES[name].items()
    }
    return Theme(name=name, **roles)


def is_dark(name: str) -> bool:
    """Whether the theme's background is nearer to black than to white, as it is seen (sRGB is about that)."""
    red, green, blue = named(name).background.to_rgb()
    return bool(0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5)


_chosen: Theme | None = None


def use(chosen: Theme | None) -> None:
    """Make ``chosen`` this process's, whatever the settings name; ``None`` goes back to them."""
    global _chosen
    _chosen = chosen


def current() -> Theme:
    """The theme in force."""
    return _chosen or named(settings.current().theme)
