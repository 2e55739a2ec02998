"""The words: they are there, what they name exists, and what is wrong is named."""

from __future__ import annotations

import re
import string
from dataclasses import replace

import pytest

import scenes
from bnviz.figures.panel_lists import DRAWN
from bnviz.run import discover
from scenes.kit.languages import ENGLISH, LANGUAGES
from scenes.kit.script import words
from scenes.kit.script.words import Words
from tests.scenes.words.book import ARTICLE, book, is_of_the_data, placeholders


# -- the words are there --------------------------------------------------------------------------------
def test_every_scene_of_the_film_has_its_words(scene_name: str) -> None:
    page = Words(scene_name, ARTICLE)
    assert page.title.strip()
    assert page.beats
    for beat in page.beats:
        assert page.beat_title(beat).strip()
        sentences = page.narration(beat)
        assert sentences and all(item.caption.strip() and item.spoken.strip() for item in sentences)


def test_every_still_has_a_caption_to_be_printed_and_is_told_to_who_can_not_see_it(scene_name: str) -> None:
    page = Words(scene_name, ARTICLE)
    for beat in page.beats:
        caption, alt = page.figure_caption(beat), page.alt(beat)
        said = [sentence.caption for sentence in page.narration(beat)]
        assert 1 <= len(re.findall(r"[.?!](?= [A-Z]|$)", caption.replace("et al.", ""))) <= 3, caption
        for text in (caption, alt):
            assert text[0].isupper() or text[0].isdigit(), text
            assert text.endswith((".", "?")) and 40 <= len(text) <= 360, text
            assert not set(said) & {text} and page.full_title(beat) not in text, text


def test_no_words_are_left_of_a_scene_that_is_gone() -> None:
    assert set(book()) == {"symbols", "columns", "shared", "Talk", "Play", DRAWN, *scenes.ORDER}


def test_every_placeholder_of_the_narration_resolves(scene_name: str) -> None:
    page = Words(scene_name, ARTICLE)
    for beat in page.beats:
        for text in (
            page.beat_title(beat),
            *(item for line in page.narration(beat) for item in (line.caption, line.spoken)),
        ):
            assert not re.search(r"[{}]|nan|inf\b|None", text), text


def test_every_placeholder_of_a_label_is_the_lesson_s_or_the_scene_s_own(scene_name: str) -> None:
    """What the lesson does not have, the scene's file or a piece that it names must hand over by name."""
    path = discover.find(scene_name).path
    source = path.read_text(encoding="utf-8")
    for piece in re.findall(r"^from (scenes\.pieces\.[\w.]+) import", source, re.MULTILINE):
        place = path.parents[1].joinpath(*piece.split("."))
        files = place.glob("*.py") if place.is_dir() else [place.with_suffix(".py")]
        source += "".join(file.read_text(encoding="utf-8") for file in files)
    for key, text in {**book()["shared"], **book()[scene_name]}.items():
        for name, _ in placeholders(text) if isinstance(text, str) else ():
            if key in book()["shared"] and f'"{key}"' not in source:
                continue
            try:
                Words(scene_name, ARTICLE).label(
                    key, **{own: 1.0 for own, _ in placeholders(text) if not resolves(own)}
                )
            except KeyError as error:
                pytest.fail(f"{scene_name}.{key}: {error}")
            if not resolves(name):
                assert re.search(rf'\b{name}=|"{name}":', source), f"{scene_name}.{key} wants {name}"


def resolves(name: str) -> bool:
    try:
        string.Formatter().get_field(f"lesson.{name}", (), {"lesson": ARTICLE})
    except (AttributeError, KeyError, IndexError, TypeError):
        return not is_of_the_data(name)
    return True


def test_every_symbol_can_be_seen_read_and_said() -> None:
    for name, symbol in book()["symbols"].items():
        assert set(symbol) == {"screen", "caption", "spoken"}, name
        assert symbol["spoken"].replace(" ", "").isascii() and symbol["spoken"].replace(" ", "").isalpha(), (
            name
        )
        assert "$" not in symbol["caption"]


def test_the_voice_never_has_to_say_a_symbol_or_markup(scene_name: str) -> None:
    page = Words(scene_name, ARTICLE)
    for beat in page.beats:
        for line in page.narration(beat):
            assert line.spoken.isascii(), line.spoken
            assert not re.search(r"[$#_^{}\\]", line.spoken + line.caption), line


# -- what is wrong is named -----------------------------------------------------------------------------
@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Words:
    page = {
        "title": "Small",
        "good": "{raw.steps} of {gamma} and {here:.1f}",
        "typo": "{raw.stepps}",
        "beyond": "{data.highs[9]}",
        "beats": {"one": {"title": "{gamma}", "say": ["{gamma} = {raw.spectrum.best_learning_rate:.1e}."]}},
    }
    symbols = {"gamma": {"screen": "$gamma$", "caption": "γ", "spoken": "gamma"}}
    monkeypatch.setattr(
        words, "_book", lambda _: {"Small": page, "symbols": symbols, "shared": {"both": "shared"}}
    )
    return Words("Small", ARTICLE)


def test_numbers_and_symbols_are_filled_in_by_name_in_the_style_of_their_place(small: Words) -> None:
    assert small.label("good", here=2.25) == f"{ARTICLE.raw.steps} of $gamma$ and 2.2"
    assert small.label("both") == "shared"
    assert small.beat_title("one") == "γ"
    (sentence,) = small.narration("one")
    assert sentence.caption == "γ = 7.4 × 10⁻⁵."
    assert sentence.spoken == "gamma equals seven point four times ten to the minus five."


@pytest.mark.parametrize("key, name", [("typo", "raw.stepps"), ("beyond", "data.highs[9]"), ("good", "here")])
def test_a_number_that_does_not_exist_names_the_file_the_entry_and_itself(
    small: Words, key: str, name: str
) -> None:
    with pytest.raises(KeyError) as caught:
        small.label(key)
    assert all(part in str(caught.value) for part in ("words/en.toml", "[Small]", f" {key}:", f"{{{name}}}"))


def test_a_number_that_does_not_exist_in_the_narration_names_its_beat(small: Words) -> None:
    small._own["beats"]["one"] |= {"title": "{raw.lunch}", "say": ["{raw.dinner}"]}
    with pytest.raises(KeyError, match=r"words/en\.toml \[Small\] beats\.one\.say: \{raw\.dinner\}"):
        small.narration("one")
    with pytest.raises(KeyError, match=r"words/en\.toml \[Small\] beats\.one\.title: \{raw\.lunch\}"):
        small.beat_title("one")


def test_a_word_that_does_not_exist_names_the_file_and_the_entry(small: Words) -> None:
    with pytest.raises(KeyError, match=r"words/en\.toml.*'nothing'.*Small"):
        small.label("nothing")
    with pytest.raises(KeyError, match=r"words/en\.toml.*Small\.beats\.two"):
        small.narration("two")
    with pytest.raises(KeyError, match=r"words/en\.toml.*Small\.beats\.two"):
        small.beat_title("two")
    with pytest.raises(KeyError, match=r"words/en\.toml has no section \[Large\]"):
        Words("Large", ARTICLE)


def test_a_table_of_the_scene_s_own_can_be_named_in_the_narration(small: Words) -> None:
    small._own["papers"] = {"first": {"year": 2015}}
    small._own["beats"]["one"]["say"] = ["In {papers[first][year]:year}."]
    (sentence,) = small.narration("one")
    assert (sentence.caption, sentence.spoken) == ("In 2015.", "In twenty fifteen.")
    assert small.table("papers")["first"] == {"year": 2015}
    with pytest.raises(KeyError, match=r"words/en\.toml has no table \[Small\.books\]"):
        small.table("books")


def test_a_language_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(ValueError, match="language is 'tlh'; it must be one of en"):
        Words("Valley", ARTICLE, "tlh")


def test_a_language_without_words_names_the_file_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANGUAGES, "tlh", replace(ENGLISH, code="tlh"))
    with pytest.raises(ValueError, match=r"'tlh'.*words/tlh\.toml"):
        Words("Valley", ARTICLE, "tlh")
