"""What a scene has read of lesson and theme, and the digests of values."""

from __future__ import annotations

import copy
import subprocess
import sys
from dataclasses import dataclass, fields, replace

import numpy as np
import pytest

from bn_math import DeepStack, Lesson, LessonSettings, RaceSettings
from bnviz.cache.read_tracking import digest, record_reads, values_now
from scenes.kit import palettes, settings, theme
from scenes.kit.settings import Settings

ARTICLE = Lesson.article()


def differences(one: Lesson, other: Lesson) -> set[str]:
    before, after = (values_now(Settings(lesson=lesson)) for lesson in (one, other))
    return {name for name in before if before[name] != after[name]}


def test_only_what_is_read_is_noted() -> None:
    with record_reads(Settings(lesson=ARTICLE)) as (chosen, names):
        assert names == set()
        settings.use(chosen)
        lesson = settings.current_lesson()
        assert lesson.batches.noise_sizes == ARTICLE.batches.noise_sizes  # a property of two fields
        assert names == {"lesson.noise_batches", "lesson.data"}
        assert theme.current().valley == theme.named("dark").valley
        assert names == {"lesson.noise_batches", "lesson.data", "theme.valley"}
    assert theme.current() is theme.named("dark")


def test_what_is_computed_from_a_field_notes_it_once_for_all() -> None:
    warm = Lesson.article()
    assert warm.batches.rows  # computed before: it must not hide from who reads it later
    with record_reads(Settings(lesson=warm)) as (chosen, names):
        lesson = chosen.lesson
        assert len(lesson.batches.rows) == 10
        assert names == {"lesson.data", "lesson.batch_size", "lesson.batch_seed"}


def test_copies_and_variants_are_watched_too() -> None:
    with record_reads(Settings(lesson=ARTICLE)) as (chosen, names):
        assert copy.deepcopy(chosen.lesson).settings.eps == ARTICLE.settings.eps
        assert "lesson.eps" in names
        replace(chosen.lesson.settings, eps=1e-3)
        assert names == {f"lesson.{field.name}" for field in fields(LessonSettings)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("start", (1.0, 0.0)),
        ("momentum", None),
        ("race", RaceSettings(adam_beta1=0.8)),
        ("deep", DeepStack(depth=7)),
        ("data", replace(ARTICLE.data, target_name="z")),
        ("data", replace(ARTICLE.data, target=ARTICLE.data.target + 1e-12)),
    ],
)
def test_a_changed_field_is_a_changed_value(name: str, value: object) -> None:
    assert differences(ARTICLE, Lesson(**{"data": ARTICLE.data, name: value})) == {f"lesson.{name}"}
    assert differences(ARTICLE, Lesson.article()) == set()


def test_a_changed_color_is_a_changed_value(monkeypatch: pytest.MonkeyPatch) -> None:
    before = values_now(Settings(lesson=ARTICLE))
    monkeypatch.setitem(palettes.PALETTES["dark"], "bowl", "#000000")
    after = values_now(Settings(lesson=ARTICLE))
    assert {name for name in before if before[name] != after[name]} == {"theme.bowl"}


def test_every_role_of_the_theme_has_a_value() -> None:
    roles = {f"theme.{field.name}" for field in fields(theme.Theme)}
    assert roles == {name for name in values_now(Settings(theme="light")) if name.startswith("theme.")}


def test_digests_tell_apart_what_differs_and_are_the_same_in_every_process() -> None:
    @dataclass(frozen=True)
    class Pair:
        left: object
        right: object

    zero = np.zeros(2)
    values = [1, 1.5, "1", None, True, (1,), ("1",), ((1,),), (1, 1), ("a", "bc"), ("ab", "c"), {"a": 1}]
    values += [zero, zero.reshape(2, 1), zero.astype(np.float32), Pair(1, None), Pair(None, 1)]
    assert len({digest(value) for value in values}) == len(values)
    program = "from bnviz.cache.read_tracking import digest; print(digest(('a', 1.5, {'b': None})))"
    there = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout
    assert there.strip() == digest(("a", 1.5, {"b": None}))
    with pytest.raises(TypeError, match="no description"):
        digest(object())
