"""What a new theme, scene or language lacks is told in sentences before anything is rendered."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

import scenes
from bnviz.cli.common import require_complete
from bnviz.errors import UserError
from bnviz.review import registries
from bnviz.run import discover
from scenes import CutScene
from scenes.kit.languages import ENGLISH, LANGUAGES
from scenes.kit.palettes import PALETTES
from scenes.kit.script import words
from scenes.kit.settings import Settings

AddPalette = Callable[[str, Mapping[str, Any]], None]


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A language that has all words, which are to be spoilt."""
    book: dict[str, Any] = copy.deepcopy(dict(words.book("en")))
    monkeypatch.setitem(LANGUAGES, "de", replace(ENGLISH, code="de", name="German", voice=None))
    english = words._book
    monkeypatch.setattr(words, "_book", lambda code: book if code == "de" else english(code))
    return book


def test_what_is_registered_is_whole() -> None:
    assert registries.problems() == []


def test_a_language_that_says_all_lacks_nothing(german: dict[str, Any]) -> None:
    assert registries.language_problems("de", scenes.ORDER) == []


def test_what_a_language_lacks_is_named_entry_by_entry(german: dict[str, Any]) -> None:
    del german["Bowl"]["title"], german["symbols"]["mu"], german["Valley"]
    german["Bowl"]["beats"]["before"]["say"].append("Noch ein Satz.")
    german["Bowl"]["tittle"] = "Die Schüssel"
    german["shared"]["steps"] = "กข"
    assert sorted(registries.language_problems("de", ["Bowl", "Valley"])) == [
        "words/de.toml has Bowl.tittle, which words/en.toml has not",
        "words/de.toml has no Bowl.title",
        "words/de.toml has no section [Valley]",
        "words/de.toml has no section [symbols.mu]",
        "words/de.toml needs 1 sentences in Bowl.beats.before.say, as many as words/en.toml has",
        "words/de.toml shared.steps: no font of German (Lato) has ก (U+0E01), ข (U+0E02), wanted in 'กข'",
    ]
    assert registries.language_problems("de", ["Question"])[0].startswith("words/de.toml has no section [sy")


def test_nothing_is_begun_with_words_or_colors_missing(
    german: dict[str, Any], add_palette: AddPalette
) -> None:
    (bowl, valley) = discover.film(["Bowl", "Valley"])
    del german["Bowl"]["title"]
    add_palette("sepia", {**PALETTES["light"], "bowl": "blue"})
    settings = Settings(theme="sepia", language="de", voice=False)
    with pytest.raises(UserError, match=r"palette 'sepia'.*'blue'.*; words/de.toml has no Bowl.title"):
        require_complete([bowl, valley], settings)
    require_complete([valley], replace(settings, theme="light"))


def test_an_entry_without_a_file_and_a_file_without_an_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANGUAGES, "tlh", replace(ENGLISH, code="tlh"))
    assert registries.language_problems("tlh", ["Bowl"]) == ["the language 'tlh' has no words/tlh.toml"]
    monkeypatch.setattr(registries, "LANGUAGES", {})
    assert registries.problems() == [
        "words/en.toml has no entry in scenes/kit/languages.py, so that nobody can ask for it"
    ]


def test_a_cut_s_scene_without_file_and_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {**scenes.cuts(), "mine": (CutScene("Bowl"), CutScene("Nothing"))}
    monkeypatch.setattr(scenes, "cuts", lambda: listed)
    assert registries.problems() == [
        "the cut 'mine' names the scene Nothing, but there is no scenes/nothing.py",
        "words/en.toml has no section [Nothing], a scene of the cut 'mine'",
        "scenes/cuts.toml: the cut 'everything' lacks the scene Nothing",
    ]


def test_a_list_of_cuts_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("scenes/cuts.toml has no cut 'full'")

    monkeypatch.setattr(scenes, "cuts", broken)
    assert registries.problems() == ["scenes/cuts.toml has no cut 'full'"]
