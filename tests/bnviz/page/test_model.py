"""How the page writes times, sizes and colors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bnviz.page.model import clock, page_themes, size, theme_css
from scenes.kit.palettes import PALETTES

AddPalette = Callable[[str, Mapping[str, Any]], None]


def test_times_sizes_and_colors(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 87_000)
    assert size(file) == "87 kB"
    assert (clock(0), clock(125.9), clock(59.9999999)) == ("0:00", "2:05", "1:00")
    light, dark = theme_css("dark").splitlines()
    assert "--background: #FFFFFF;" in light and "--background: #0F1216;" in dark


def test_the_page_wears_the_film_s_theme_for_those_who_read_on_its_kind_of_ground(
    add_palette: AddPalette,
) -> None:
    add_palette("sepia", {**PALETTES["light"], "background": "#FBF3E4"})
    add_palette("night", {**PALETTES["dark"], "background": "#000000"})
    assert page_themes("dark") == page_themes("light") == ("light", "dark")
    assert (page_themes("sepia"), page_themes("night")) == (("sepia", "dark"), ("light", "night"))
    assert "--background: #FBF3E4;" in theme_css("sepia").splitlines()[0]
