"""What a process renders with comes from the program or from the environment, and is checked."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import scenes
from scenes.kit import palettes, settings, theme
from scenes.kit.languages import ENGLISH, LANGUAGES
from scenes.kit.settings import Settings


def test_an_unknown_theme_names_the_field_and_the_choices() -> None:
    with pytest.raises(ValueError, match=r"theme is 'sepia'.*dark, light"):
        Settings(theme="sepia")


def test_an_unknown_theme_in_the_environment_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BNVIZ_THEME", "sepia")
    with pytest.raises(SystemExit, match=r"theme is 'sepia'.*dark, light"):
        settings.current()


def test_a_voice_that_is_neither_on_nor_off_names_the_variable_and_the_choices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BNVIZ_VOICE", "loud")
    with pytest.raises(SystemExit, match=r"BNVIZ_VOICE is 'loud'.*1.*0"):
        settings.current()


def test_an_unknown_language_is_refused_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BNVIZ_LANGUAGE", "tlh")
    with pytest.raises(SystemExit, match="language is 'tlh'; it must be one of en"):
        settings.current()


def test_without_anything_said_the_film_is_dark_narrated_english_and_the_article_s() -> None:
    assert settings.current() == Settings() == Settings("dark", True, "en", settings.current_lesson(), None)
    assert settings.current_lesson().data.count == 100


def test_the_environment_is_obeyed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.toml"
    lesson.write_text("seed = 7\n", encoding="utf-8")
    monkeypatch.setitem(LANGUAGES, "de", replace(ENGLISH, code="de"))
    for name, value in (("THEME", "light"), ("VOICE", "0"), ("LANGUAGE", "de"), ("LESSON", str(lesson))):
        monkeypatch.setenv(f"BNVIZ_{name}", value)
    found = settings.current()
    assert (found.theme, found.voice, found.language, found.lesson_name) == ("light", False, "de", "lesson")
    assert settings.current_lesson().settings.batch_seed == 7


def test_a_program_s_choice_goes_before_the_environment_until_it_is_taken_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BNVIZ_THEME", "light")
    settings.use(Settings(theme="dark"))
    assert settings.current().theme == "dark"
    settings.use(None)
    assert settings.current().theme == "light"


def test_the_settings_choose_the_theme() -> None:
    for name in palettes.PALETTES:
        settings.use(Settings(theme=name))
        assert theme.current().name == name


def test_a_lesson_is_computed_once_a_process(tmp_path: Path) -> None:
    assert settings.current_lesson() is settings.current_lesson()
    other = tmp_path / "lesson.toml"
    other.write_text("seed = 7\n", encoding="utf-8")
    article = settings.current_lesson()
    settings.use(Settings().with_lesson(other))
    assert settings.current_lesson() is settings.current_lesson() is not article
    assert settings.load_lesson(other) is settings.current_lesson()


def test_a_lesson_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        Settings().with_lesson(tmp_path / "nowhere.toml")


def test_a_bad_lesson_ends_manim_render_with_a_sentence_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lesson = tmp_path / "lesson.toml"
    lesson.write_text("batch_size = 1\n", encoding="utf-8")
    monkeypatch.setenv("BNVIZ_LESSON", str(lesson))
    with pytest.raises(SystemExit, match=r"error: BNVIZ_LESSON: .*lesson\.toml: batch_size must be a whole"):
        settings.current_lesson()
    command = [
        sys.executable,
        "-m",
        "manim",
        "render",
        "-ql",
        "--media_dir",
        str(tmp_path),
        "bowl.py",
        "Bowl",
    ]
    done = subprocess.run(
        command,
        cwd=Path(scenes.__file__).parent,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert "batch_size must be a whole number" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    # A program that chose the lesson itself gets the exception.
    with pytest.raises(ValueError, match="batch_size"):
        Settings().with_lesson(lesson)
