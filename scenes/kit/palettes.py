"""The themes: each a palette, colors by role. The one place where a theme or a color is named.

A new palette is a new theme: the settings, the commands' choices, the page and the tests go by what stands
here. theme.py says what each role marks. A changed color renders anew only the scenes that use its role.
"""

from __future__ import annotations

PALETTES: dict[str, dict[str, str | tuple[str, ...]]] = {
    "dark": {
        "heights": ("#123049", "#1B4A6B", "#1F6F8B", "#4E9F9B", "#B7C8B2", "#EDD2A4"),
        "background": "#0F1216",
        "panel": "#171C23",
        "text": "#ECEFF4",
        "muted": "#98A2B3",
        "rule": "#5B6778",
        "grid": "#2A323D",
        "feature_a": "#5AC8A8",
        "feature_b": "#E08BB5",
        "valley": "#F2A33A",
        "bowl": "#62B8EE",
        "ball": "#F7E463",
        "loss": "#C3A6FF",
        "scale_shift": "#A9D95B",
        "alarm": "#FF6B4A",
        "iso": "#FFFFFF",
        "rim": "#F3EBCB",
        "sheen": "#FFFFFF",
        "shade": "#090B0E",
        "shape_mark": "#F7E463",
        "outline": "#0B0E12",
    },
    "light": {
        "heights": ("#1D4E70", "#2A6E8F", "#4593A6", "#7FB9B4", "#C4D5C0", "#F1DBB2"),
        "background": "#FFFFFF",
        "panel": "#F3F5F8",
        "text": "#15181D",
        "muted": "#566070",
        "rule": "#8A94A3",
        "grid": "#DDE2E9",
        "feature_a": "#00775C",
        "feature_b": "#A63D77",
        "valley": "#A85B00",
        "bowl": "#0068A8",
        "ball": "#7A6200",
        "loss": "#6D3FB8",
        "scale_shift": "#4A6B00",
        "alarm": "#C4320A",
        "iso": "#FFFFFF",
        "rim": "#5E6B78",
        "sheen": "#FFFFFF",
        "shade": "#AEB8C4",
        "shape_mark": "#F7E463",
        "outline": "#0B0E12",
    },
}

FILM, PRINT = "dark", "light"
"""The themes of films and of figures, when nobody asks for another."""
