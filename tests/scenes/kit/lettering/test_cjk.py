"""Chinese, Japanese and Korean names are drawn with the extra's letters, each in its country's form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bn_math import Lesson
from bnviz.review.registries import column_problems
from scenes.kit import cjk
from scenes.kit.cjk import fonts_for, needs_cjk
from scenes.kit.languages import ENGLISH
from scenes.kit.lettering import fonts
from scenes.kit.lettering.typography import Formula, Text, preamble
from scenes.kit.script.data_names import of_lesson
from scenes.kit.script.numbers import Style
from scenes.kit.script.words import book
from scenes.kit.settings import Settings

NAMES = ("体重（公斤）", "身長をはかる", "소득")
with_letters = pytest.mark.skipif(not cjk.has_cjk(), reason="the extra fonts-cjk is not installed")


def lesson() -> Lesson:
    data = replace(Lesson.article().data, feature_names=NAMES[:2], target_name=NAMES[2])
    return Lesson(data)


@with_letters
@pytest.mark.parametrize(("name", "country"), [*zip(NAMES, ("SC", "JP", "KR"), strict=True)])
def test_each_letter_is_drawn(name: str, country: str) -> None:
    assert list(fonts_for(name, ENGLISH)) == ["Lato", f"Noto Sans CJK {country}"]
    assert fonts.missing(name, ENGLISH) is None
    text = Text(name)
    assert len(text.family_members_with_points()) == len(name)
    box = Text(name[0])
    assert box[0].points.shape != Text(name[1])[0].points.shape  # no box stands for both


@with_letters
def test_names_are_drawn_in_formulas() -> None:
    symbols = of_lesson(lesson(), ENGLISH, book("en")["columns"])
    weight = symbols["weight_a"].write(Style.SCREEN, "math")
    assert len(Formula(weight).family_members_with_points()) >= 4
    assert column_problems(Settings(lesson=lesson())) == []


def test_other_texts_are_set_as_ever() -> None:
    assert preamble(markup="Größe (µm), $x$") == preamble()
    assert not needs_cjk("Größe — “5 × 4” $α$")
    assert all(map(needs_cjk, ("高", "шаг", r"10 \$ α \$")))


def test_without_the_letters_it_is_told_how_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cjk, "has_cjk", lambda: False)
    monkeypatch.setattr("bnviz.review.registries.has_cjk", lambda: False)
    problems = column_problems(Settings(lesson=lesson()))
    assert len(problems) == 3
    assert all("come with: sh bnviz/setup.sh voice fonts-cjk" in problem for problem in problems)
