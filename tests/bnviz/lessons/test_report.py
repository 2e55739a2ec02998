"""What is known of a lesson before it is rendered is what its film then shows, and what its data are."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest

import scenes
from bn_math import Dataset, Lesson
from bn_math.data.labels import DataLabels
from bnviz.film.forecast import seconds_of
from bnviz.lessons import told_story
from bnviz.lessons.report import LessonReport, report
from scenes.kit.script.words import Words
from scenes.kit.settings import Settings

ROOT = Path(__file__).resolve().parents[3]


def lesson_of(r: float, ratio: float, means: tuple[float, float] = (0.0, 0.0), **labels: object) -> Lesson:
    """Two features with correlation ``r`` and standard deviations 1 and ``ratio``."""
    angles = 2 * np.pi * np.arange(40) / 40
    a, own = np.sqrt(2) * np.cos(angles), np.sqrt(2) * np.sin(angles)
    features = np.column_stack([a, ratio * (r * a + np.sqrt(1 - r * r) * own)]) + means
    data = Dataset(features, features @ [1.0, 2.0 / ratio], ("one", "other"), "third")
    return Lesson(data, labels=DataLabels(**labels))  # type: ignore[arg-type]


def report_of(lesson: Lesson, **settings: object) -> LessonReport:
    chosen = Settings(lesson=lesson, **settings)  # type: ignore[arg-type]
    return report(Path("mine.toml"), chosen, scenes.ORDER)


@pytest.mark.parametrize(
    ("r", "ratio", "story"), [(0.1, 30, "helps"), (0.9, 1.0, "hardly_helps"), (0.0, 1.5, "helps")]
)
def test_the_story_is_told_with_its_figures(r: float, ratio: float, story: str) -> None:
    lesson = lesson_of(r, ratio)
    found = report_of(lesson)
    assert found.story == story
    assert f"{lesson.raw.steps:,} steps" in found.sentences[0]
    assert f"become {lesson.standardized.steps:,}" in found.sentences[0]
    assert found.raw.condition_number == pytest.approx(lesson.raw.spectrum.condition_number)
    assert found.standardized.condition_number == pytest.approx((1 + abs(r)) / (1 - abs(r)))
    assert (len(found.sentences) == 1) == (story == "helps")


def test_it_is_said_why_standardizing_hurts() -> None:
    lesson = lesson_of(0.9, 1.0, means=(1.0, -0.9))  # which leaves E[x1 x2] = 0
    found = report_of(lesson)
    assert found.story == "hurts"
    after = (1 + abs(lesson.correlation)) / (1 - abs(lesson.correlation))
    assert found.standardized.condition_number == pytest.approx(after)
    assert f"= {told_story.number(after)} comes from that alone" in found.sentences[1]
    assert f"r = {lesson.correlation:.4g}" in found.sentences[1]


def test_what_is_left_out_is_what_the_words_leave_out() -> None:
    for lesson in (Lesson.article(), lesson_of(0.9, 1.0)):
        scripts = told_story.scripts(scenes.ORDER, lesson, "en")
        for name, script in scripts.items():
            page = Words(name, lesson)
            assert script.beats == len(page.beats)
            silent = sum(sentence is None for beat in page.beats for sentence in page.script(beat))
            assert sum(bool(item.sentence) for item in script.left_out) == silent
    assert not any(
        script.left_out for script in told_story.scripts(scenes.ORDER, Lesson.article(), "en").values()
    )


def test_sentences_and_beats_under_conditions_are_named_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    page = {
        "beats": {
            "one": {"title": "One", "say": ["Always.", {"when": "hurts", "text": "It {raw.steps} hurts."}]},
            "two": {
                "title": [{"when": "helps", "text": "Two"}, {"text": "2"}],
                "when": "not helps",
                "say": ["Never."],
            },
            "three": {"title": "Three", "say": [[{"when": "helps", "text": "Yes."}, {"text": "No."}]]},
        }
    }
    monkeypatch.setattr("scenes.kit.script.words.book", lambda language: {"Mine": page})
    script = told_story.scripts(["Mine"], Lesson.article(), "en")["Mine"]
    assert (script.beats, script.words) == (2, 2)
    assert [(item.beat, item.title, item.needs, item.sentence) for item in script.left_out] == [
        ("one", "One", "hurts", "It {raw.steps} hurts."),
        ("two", "Two", "not helps", ""),
    ]


def test_the_length_is_guessed_within_a_tenth() -> None:
    table = re.findall(
        r"^\| (\w+) \| (\d+\.\d) s \|$",
        (ROOT / "docs" / "craft.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    seconds = {name: float(value) for name, value in table}
    assert set(scenes.ORDER) <= set(seconds)
    measured = sum(seconds[name] for name in scenes.ORDER)
    found = report_of(Lesson.article())
    assert found.seconds == pytest.approx(measured, rel=0.1)
    told = sum(seconds_of(Words(name, Lesson.article())) for name in scenes.ORDER)
    assert found.seconds == pytest.approx(told, rel=0.1)
    assert found.core_seconds["high"] > found.core_seconds["low"] > 0


def test_names_that_are_not_said_or_not_drawn_or_shortened_are_told() -> None:
    long = "a name that is much longer than an axis"
    names = {"one": "Größe ≈ (μm)", "other": "हिन्दी", "third": long}
    lesson = lesson_of(0.1, 10, names=names, spoken={"other": "weight"})
    found = report_of(lesson)
    assert len([text for text in found.warnings if "cannot say 'Größe ≈ (μm)'" in text]) == 1
    assert not [text for text in found.warnings if "cannot say 'हिन्दी'" in text]
    assert [text for text in found.warnings if repr(long) in text and "…" in text]
    assert len(found.problems) == 1 and "ह" in found.problems[0]
    assert not [text for text in report_of(lesson, voice=False).warnings if "cannot say" in text]


def test_as_data_holds_every_field() -> None:
    found = report_of(Lesson.article())
    data = found.as_data()
    assert data["can_be_made"] is True and data["rows"] == 100
    assert data["steps"] == {"raw": 6352, "standardized": 7}
    assert (
        data["beats"] == found.beats == sum(len(Words(name, Lesson.article()).beats) for name in scenes.ORDER)
    )
    assert not dataclasses.replace(found, problems=("no",)).as_data()["can_be_made"]
