"""The colors of a page: the reader's preference holds, and on paper the light ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bnviz.html.themes import page_themes, theme_css
from scenes.kit.palettes import PALETTES

AddPalette = Callable[[str, Mapping[str, Any]], None]


def test_a_light_and_a_dark_one() -> None:
    light, dark = theme_css("dark").splitlines()
    assert "--background: #FFFFFF;" in light and "--background: #0F1216;" in dark
    assert dark.startswith("@media screen and")  # paper is white


def test_the_page_wears_the_film_s_theme_for_those_who_read_on_its_kind_of_ground(
    add_palette: AddPalette,
) -> None:
    add_palette("sepia", {**PALETTES["light"], "background": "#FBF3E4"})
    add_palette("night", {**PALETTES["dark"], "background": "#000000"})
    assert page_themes("dark") == page_themes("light") == ("light", "dark")
    assert (page_themes("sepia"), page_themes("night")) == (("sepia", "dark"), ("light", "night"))
    assert "--background: #FBF3E4;" in theme_css("sepia").splitlines()[0]
