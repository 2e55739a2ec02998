"""The colors of a page that is light or dark as its reader's system is."""

from __future__ import annotations


def page_themes(chosen: str) -> tuple[str, str]:
    """The names of the page's themes for a light and for a dark system.

    ``chosen`` is one of them; the other one is the figures' light theme or the film's dark one.
    """
    from scenes.kit.palettes import FILM, PRINT
    from scenes.kit.theme import is_dark

    return (PRINT, chosen) if is_dark(chosen) else (chosen, FILM)


def theme_css(chosen: str) -> str:
    """The page's themes as CSS variables: the reader's preference holds, and on paper the light one."""
    from scenes.kit import theme

    def variables(name: str) -> str:
        palette = theme.named(name)
        roles = [role for role in theme.ROLES if role not in theme.ROWS]
        return " ".join(f"--{role.replace('_', '-')}: {getattr(palette, role).to_hex()};" for role in roles)

    light, dark = map(variables, page_themes(chosen))
    on_dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ color-scheme: dark; {dark} }} }}"
    return f":root {{ color-scheme: light; {light} }}\n{on_dark}\n"
