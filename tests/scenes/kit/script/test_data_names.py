"""The data's own names, drawn, captioned and said, with no character that is code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bn_math import Lesson
from bn_math.data.labels import DataLabels
from scenes.kit.languages import ENGLISH
from scenes.kit.lettering.typography import Text
from scenes.kit.script.data_names import markup, of_lesson, sayable, shortened, unsaid
from scenes.kit.script.numbers import Style
from scenes.kit.script.words import book

UNSAYABLE = book("en")["columns"]


def named(*headers: str, **labels: object) -> Lesson:
    data = Lesson.article().data
    data = replace(data, feature_names=headers[:2], target_name=headers[2])
    return Lesson(data, labels=DataLabels(**labels))  # type: ignore[arg-type]


def written(lesson: Lesson, key: str, style: Style = Style.SCREEN, spec: str = "") -> str:
    return of_lesson(lesson, ENGLISH, UNSAYABLE)[key].write(style, spec)


def test_the_headers_are_the_names_and_the_labels_go_before_them() -> None:
    rooms = named("rooms", "area", "price", names={"area": "living area"}, units={"area": "m²", "price": "$"})
    assert written(rooms, "feature_a") == "rooms"
    assert written(rooms, "feature_b", Style.CAPTION, "unit") == "living area (m²)"
    assert written(rooms, "target", spec="unit") == r"price (\$)"
    assert written(rooms, "feature_b", Style.SPOKEN, "unit") == "living area"


def test_of_the_article_s_data_symbols_are_as_in_the_article() -> None:
    assert [written(Lesson.article(), key) for key in ("feature_a", "target", "weight_a", "sigma_b")] == [
        "A",
        "y",
        "$w_A$",
        "$sigma_B$",
    ]
    assert written(Lesson.article(), "weight_b", spec="math") == "w_B"


def test_long_names_are_shortened_on_the_screen_and_whole_in_captions() -> None:
    long = named("average number of rooms per dwelling", "b", "y")
    assert written(long, "feature_a") == "average number of…"
    assert written(long, "feature_a", spec="short") == "average…"
    assert written(long, "feature_a", Style.CAPTION) == "average number of rooms per dwelling"
    assert "[average…]" in written(long, "weight_a")
    assert shortened("exact", 5) == "exact"


def test_a_name_is_shortened_at_a_word_s_end_unless_another_column_s_would_be_the_same() -> None:
    assert shortened("water temperature", 9) == "water…"
    assert shortened("temperature", 9) == "temperat…"
    assert shortened("a temperature", 9) == "a temper…"
    iris = named("sepal length", "sepal width", "petal length (cm)")
    assert [written(iris, key, spec="short") for key in ("feature_a", "feature_b")] == [
        "sepal le…",
        "sepal wi…",
    ]
    ends = ("temperature in May", "temperature in June")
    assert [shortened(name, 9, ends) for name in ends] == ["…e in May", "…in June"]


def test_what_the_voice_cannot_say_is_said_otherwise_and_told() -> None:
    lesson = named("面积", "prix_été", "y", spoken={})
    assert written(lesson, "feature_a", Style.SPOKEN) == "the first feature"
    assert written(lesson, "feature_b", Style.SPOKEN) == "prix ete"
    (told,) = unsaid(lesson, UNSAYABLE)
    assert told.startswith("the voice cannot say '面积' and says 'the first feature'; give it in [spoken]")
    given_it = named("面积", "b", "y", spoken={"面积": "area"})
    assert written(given_it, "feature_a", Style.SPOKEN) == "area" and unsaid(given_it, UNSAYABLE) == []


def test_letters_that_are_two_are_said_as_two() -> None:
    assert [sayable(name) for name in ("Größe", "Ærø", "łódź")] == ["Grosse", "Aero", "lodz"]


@pytest.mark.parametrize("name", ["", "__", "-", "42", "площадь", "a→b"])
def test_no_letters_or_others_as_well_cannot_be_said(name: str) -> None:
    assert sayable(name) == ""


CODE = some.text(some.sampled_from("a #$*_`[]{}()<>@\\/~=-+.:'\"&|^,;!?1"), min_size=1, max_size=12)


@given(CODE)
def test_no_character_of_a_name_is_code(name: str) -> None:
    """Typst compiles it to as many glyphs as it has characters that are seen."""
    name = name.strip()
    if name:
        assert len(Text(markup(name)).submobjects) == len(name.replace(" ", ""))


def test_a_name_is_written_with_unit_or_short_only() -> None:
    with pytest.raises(ValueError, match="with 'unit' or 'short', not with '.2f'"):
        written(Lesson.article(), "feature_a", spec=".2f")
    with pytest.raises(ValueError, match="a symbol is drawn"):
        written(Lesson.article(), "weight_a", Style.CAPTION)
