"""The icon of the page and of the talk, for the browser's tab."""

from __future__ import annotations


def icon_svg() -> str:
    """A ball in a bowl, in the film's colors."""
    from scenes.kit.palettes import PRINT
    from scenes.kit.theme import named

    palette = named(PRINT)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\n'
        f'<path d="M3 5Q16 49 29 5" fill="none" stroke="{palette.bowl.to_hex()}" stroke-width="4"'
        ' stroke-linecap="round"/>\n'
        f'<circle cx="16" cy="17" r="5" fill="{palette.valley.to_hex()}"/>\n'
        "</svg>\n"
    )
