"""Every theme can be read, and no two roles that must be told apart are told apart by color alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from manim import ManimColor

from scenes.kit import theme
from scenes.kit.palettes import FILM, PALETTES, PRINT
from scenes.kit.theme import Theme

THEMES = [theme.named(name) for name in PALETTES]
TEXT = (
    "text",
    "muted",
    "feature_a",
    "feature_b",
    "valley",
    "bowl",
    "ball",
    "alarm",
)  # key figures wear the colors
MARKS = ("rule", *TEXT)

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
SIGHT = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}
ROLES = ("valley", "bowl", "alarm", "feature_a", "feature_b")
TOLD_APART = 11.0  # CIE76; about 2.3 can be noticed side by side, this much across a picture
SECOND_CUE = {
    frozenset(
        {"feature_a", "feature_b"}
    ): "each stands beside its letter, A or B, on its own axis or in its own column",
    frozenset(
        {"valley", "alarm"}
    ): "alarm marks a divergence: a warning sign and its words stand beside it, and the "
    "curve leaves the chart",
}

AddPalette = Callable[[str, Mapping[str, Any]], None]


def color(palette: Theme, role: str) -> ManimColor:
    """The color of a role."""
    found: ManimColor = getattr(palette, role)
    return found


def linear(color: ManimColor) -> Any:
    """Linear RGB of an sRGB color (IEC 61966-2-1)."""
    channel = np.asarray(color.to_rgb(), dtype=float)
    return np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: ManimColor, other: ManimColor) -> float:
    """The ratio of WCAG 2."""
    light, dark = sorted(
        (float(linear(item) @ [0.2126, 0.7152, 0.0722]) for item in (one, other)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: Any) -> Any:
    """CIE L*a*b* under D65 of linear RGB."""
    to_xyz = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.95047, 1.0, 1.08883]
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: ManimColor, other: ManimColor, sight: str | None = None) -> float:
    """Delta E, CIE 1976, as it is seen."""
    matrix = np.eye(3) if sight is None else np.array(SIGHT[sight])
    return float(np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other))))


def test_the_formulas_give_the_values_that_are_known() -> None:
    black, white, red = ManimColor("#000000"), ManimColor("#FFFFFF"), ManimColor("#FF0000")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(ManimColor("#777777"), white) == pytest.approx(4.48, abs=0.01)
    assert lab(linear(red)) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert difference(black, white) == pytest.approx(100, abs=0.01)
    for sight in SIGHT:  # greys stay gray
        assert difference(ManimColor("#808080"), ManimColor("#808080"), sight) == 0
        np.testing.assert_allclose(np.array(SIGHT[sight]).sum(axis=1), 1, atol=1e-4)
        assert difference(red, ManimColor("#667700"), sight) < difference(red, ManimColor("#667700"))


@pytest.mark.parametrize("palette", THEMES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("role", TEXT)
@pytest.mark.parametrize("ground", ["background", "panel"])
def test_words_have_a_contrast_of_four_and_a_half(palette: Theme, role: str, ground: str) -> None:
    assert contrast(color(palette, role), color(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", THEMES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("role", MARKS)
def test_lines_and_markers_have_a_contrast_of_three(palette: Theme, role: str) -> None:
    assert contrast(color(palette, role), palette.background) >= 3


@pytest.mark.parametrize("palette", THEMES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("sight", [None, *SIGHT])
def test_roles_are_told_apart_or_carry_a_second_cue(palette: Theme, sight: str | None) -> None:
    confused = {
        frozenset(pair): round(difference(getattr(palette, pair[0]), getattr(palette, pair[1]), sight), 1)
        for pair in itertools.combinations(ROLES, 2)
        if difference(getattr(palette, pair[0]), getattr(palette, pair[1]), sight) < TOLD_APART
    }
    assert {pair: delta for pair, delta in confused.items() if pair not in SECOND_CUE} == {}
    if sight is None:
        assert not confused


def test_no_second_cue_is_claimed_for_roles_that_do_not_need_one() -> None:
    for pair in SECOND_CUE:
        one, other = pair
        least = min(
            difference(color(palette, one), color(palette, other), sight)
            for palette in THEMES
            for sight in SIGHT
        )
        assert least < TOLD_APART


@pytest.mark.parametrize("palette", THEMES, ids=lambda palette: palette.name)
def test_the_valley_and_the_bowl_are_told_apart_by_everyone_at_a_glance(palette: Theme) -> None:
    for sight in (None, *SIGHT):
        assert difference(palette.valley, palette.bowl, sight) > 40


@pytest.mark.parametrize("palette", THEMES, ids=lambda palette: palette.name)
def test_a_surface_s_colors_run_from_dark_to_light_for_everyone(palette: Theme) -> None:
    for sight in (None, *SIGHT):
        matrix = np.eye(3) if sight is None else np.array(SIGHT[sight])
        lightness = [lab(matrix @ linear(color))[0] for color in palette.heights]
        assert (np.diff(lightness) > 3).all()


@pytest.mark.parametrize("name", [name for name in PALETTES if theme.is_dark(name)])
def test_in_the_dark_the_ball_stands_out_from_the_bottom_of_the_surface(name: str) -> None:
    palette = theme.named(name)
    for height in palette.heights[:2]:
        assert contrast(palette.ball, height) >= 4.5


@pytest.mark.parametrize("name", list(PALETTES))
def test_every_theme_fills_every_role_under_its_own_name(name: str) -> None:
    assert theme.problems(name) == []
    assert theme.named(name).name == name
    assert {type(getattr(theme.named(name), role)) for role in theme.ROLES} == {ManimColor, tuple}


def test_the_film_is_dark_and_figures_are_for_paper() -> None:
    assert theme.is_dark(FILM) and not theme.is_dark(PRINT)
    assert contrast(theme.named(FILM).background, theme.named(PRINT).background) > 15


def test_what_is_wrong_with_a_palette_is_said_by_role(add_palette: AddPalette) -> None:
    wrong = {**PALETTES["dark"], "text": "white", "heights": ("#000000",), "sea": "#0000FF"}
    add_palette("sepia", {role: wrong[role] for role in wrong if role != "bowl"})
    assert theme.problems("sepia") == [
        "the palette 'sepia' in palettes.py has no color for the role 'bowl'",
        "the palette 'sepia' in palettes.py has a role 'sea' that no theme knows",
        "the palette 'sepia' in palettes.py has 'white' for the role 'text'; it should be like '#0F1216'",
        "the palette 'sepia' in palettes.py needs a row of at least 3 colors for the role 'heights'",
    ]
    with pytest.raises(ValueError, match="no color for the role 'bowl'; the palette"):
        theme.named("sepia")
