"""A letter that no font of the language has is named, and nothing is drawn in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scenes.kit import settings
from scenes.kit.languages import ENGLISH, LANGUAGES, Language
from scenes.kit.lettering import fonts, typography


def test_what_lato_has_and_has_not() -> None:
    assert fonts.without_glyph("Größe, współczynnik × 2\u2009%, −3", ENGLISH) == []
    assert fonts.without_glyph("ह a \u0e01", ENGLISH) == ["ह", "ก"]


def test_formulas_have_a_font_of_their_own() -> None:
    assert fonts.without_glyph("rate $α β$ of", ENGLISH) == []
    assert fonts.without_glyph(r"10 \$ ह \$", ENGLISH) == ["ह"]


def test_a_text_with_such_a_letter_is_refused_by_name() -> None:
    settings.use(settings.Settings(voice=False))
    try:
        with pytest.raises(ValueError, match=r"\(Lato\) has ह \(U\+0939\), wanted in 'हa'"):
            typography.Text("हa")
    finally:
        settings.use(None)


def test_another_font_is_asked_for_its_own_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: Language = replace(ENGLISH, code="xx", fonts={"Latto": "font_lato"})
    monkeypatch.setitem(LANGUAGES, "xx", wrong)
    with pytest.raises(ValueError, match="no regular face of the font 'Latto'"):
        fonts.without_glyph("é", wrong)
    with pytest.raises(ValueError, match="the package font_none, which holds a font, is not installed"):
        fonts.folder("font_none")


def test_typst_is_told_the_language_unless_it_is_english() -> None:
    assert "lang" not in typography.preamble()
    assert 'lang: "de", font: "Lato"' in typography.preamble(language=replace(ENGLISH, code="de"))
