"""Letters: the size they say, on the line they are put, from the packages' fonts alone, and cached whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import font_lato
import numpy as np
import pytest
import typst
from manim import Typst, tempconfig

from scenes.kit import theme
from scenes.kit.lettering import typography
from scenes.kit.lettering.typography import Formula, Text, align_baseline, em

CAPITAL = 0.7165  # of an em: the height of Lato's capitals, from the font's own OS/2 table (1433 of 2000)


@pytest.mark.parametrize("size", [28.0, 64.0, 112.0])
def test_a_size_is_the_em_in_pixels_at_1080(size: float) -> None:
    assert Text("H", size).height == pytest.approx(CAPITAL * size * 8 / 1080, rel=0.02)
    assert em(size) == pytest.approx(size * 8 / 1080)


def test_the_same_words_are_the_same_outlines() -> None:
    for one, other in zip(Text("A valley").family_members_with_points(), Text("A valley"), strict=True):
        np.testing.assert_array_equal(one.points, other.points)


def test_letters_are_inked_as_text_unless_a_color_is_given() -> None:
    palette = theme.current()
    assert Text("a")[0].get_fill_color() == palette.text
    assert typography.label("a")[0].get_fill_color() == palette.muted
    assert typography.label("a", palette.valley)[0].get_fill_color() == palette.valley
    assert Formula("a")[0].get_fill_color() == palette.text


@pytest.mark.parametrize("markup", ["x", "steps", "Ag", "(y)", "123"])
def test_a_line_stands_on_its_baseline_whatever_hangs_below(markup: str) -> None:
    text = align_baseline(Text(markup, 100), 1.5, left=-2.0)
    assert text.get_left()[0] == pytest.approx(-2.0)
    below = {"steps": 0.20, "Ag": 0.20, "(y)": 0.20}.get(markup, 0.0) * em(100)  # how deep p, g and y go
    assert text.get_bottom()[1] == pytest.approx(1.5 - below, abs=0.035 * em(100))


def test_lines_of_different_words_stand_level() -> None:
    plain, hanging = align_baseline(Text("xx", 100), 0.0), align_baseline(Text("xg", 100), 0.0)
    assert plain[0].get_bottom()[1] == pytest.approx(hanging[0].get_bottom()[1], abs=1e-3)
    formula = align_baseline(Formula("x", 100), 0.0, right=3.0)
    assert formula.get_right()[0] == pytest.approx(3.0)
    assert formula.get_bottom()[1] == pytest.approx(0.0, abs=0.03 * em(100))


def test_figures_are_all_as_wide_as_each_other() -> None:
    widths = [Text(f"{digit}{digit}", 100) for digit in range(10)]
    advances = [text[1].get_left()[0] - text[0].get_left()[0] for text in widths]
    np.testing.assert_allclose(advances, advances[0], rtol=1e-3)


def test_parts_of_a_formula_can_be_picked() -> None:
    formula = Formula("y = {{ gamma : slope }} x")
    formula.select("slope").set_color("#FF0000")
    red = [
        part for part in formula.family_members_with_points() if part.get_fill_color().to_hex() == "#FF0000"
    ]
    assert len(red) == 1


def test_only_the_fonts_of_the_packages_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[dict[str, Any]] = []
    compile_ = typst.compile

    def note(*args: Any, **options: Any) -> Any:
        asked.append(options)
        return compile_(*args, **options)

    monkeypatch.setattr(typst, "compile", note)
    with tempconfig({"media_dir": str(tmp_path)}):
        Text("not seen before")
        Formula("w_99")
    lato = str(Path(font_lato.__file__).parent)
    assert len(asked) == 2
    for options in asked:
        assert options["ignore_system_fonts"] is True
        assert options["font_paths"] and all(str(path).startswith(lato) for path in options["font_paths"])


def test_a_text_of_a_manim_scene_beside_ours_is_set_as_manim_does_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_by_manim: list[str] = []
    monkeypatch.setattr(
        typography,
        "_manims_svg_file",
        lambda code, **_: (set_by_manim.append(code), typography.svg_file(code))[1],
    )
    with tempconfig({"media_dir": str(tmp_path)}):
        Typst("anybody's")
        Text("ours")
    assert set_by_manim == ["anybody's"]


def test_a_text_is_compiled_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with tempconfig({"media_dir": str(tmp_path)}):
        first = typography.svg_file("compiled once")
        monkeypatch.setattr(typst, "compile", lambda *_, **__: pytest.fail("compiled again"))
        assert typography.svg_file("compiled once") == first
        cached = first.with_name(f"{first.name.split('.')[0]}.svg")
        assert sorted(first.parent.iterdir()) == sorted([first, cached])
        assert first.read_bytes() == cached.read_bytes()


def test_a_text_that_cannot_be_set_leaves_nothing_behind(tmp_path: Path) -> None:
    with tempconfig({"media_dir": str(tmp_path)}), pytest.raises(Exception, match="unclosed"):
        typography.svg_file("$ never closed")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_half_written_file_is_never_taken_for_a_whole_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is written is beside its name until it is whole, each process's its own."""
    seen: list[Path] = []
    replace = Path.replace

    def note(self: Path, target: Path) -> Path:
        seen.append(self)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", note)
    with tempconfig({"media_dir": str(tmp_path)}):
        target = typography.svg_file("written whole")
    (beside,) = seen
    assert beside != target and beside.parent == target.parent and not beside.exists() and target.exists()


def test_copying_a_text_does_not_copy_the_file_it_came_from() -> None:
    for text in (Text("light"), Text("light"), Formula("x^2")):  # the second comes out of Manim's own cache
        assert all(part.path_obj is None for part in text.family_members_with_points())
