"""When two films are the same film; and how the page writes times, sizes and colours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from publish import discover
from publish.errors import UserError
from publish.film import Order
from publish.fingerprint import film_fingerprint
from publish.page_model import clock, size, theme_css
from scenes.kit.settings import Settings
from tests.publish.conftest import EXAMPLES, TINY


def test_another_lesson_theme_size_or_scene_is_another_film(tmp_path: Path) -> None:
    settings = Settings(voice=False)
    one = Order(discover.film(["Small", "Other"], EXAMPLES), settings, tmp_path, TINY)
    lesson = tmp_path / "mine.toml"
    lesson.write_text("seed = 7\n")
    others = [
        replace(one, settings=Settings(voice=False, theme="light")),
        replace(one, settings=Settings(voice=False, lesson=lesson)),
        replace(one, quality=replace(TINY, frame_rate=10)),
        replace(one, sources=one.sources[:1]),
    ]
    marks = [film_fingerprint(each) for each in (one, *others)]
    assert len(set(marks)) == 5
    assert film_fingerprint(replace(one, output=tmp_path / "elsewhere", workers=2)) == marks[0]
    lesson.write_text("seed = 7\nbatch_size = 20\n")
    assert film_fingerprint(others[1]) != marks[2]


def test_times_sizes_and_colours(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 87_000)
    assert size(file) == "87 kB"
    assert (clock(0), clock(125.9), clock(59.9999999)) == ("0:00", "2:05", "1:00")
    light, dark = theme_css().splitlines()
    assert "--background: #FFFFFF;" in light and "--background: #0F1216;" in dark


def test_a_bad_lesson_is_told(tmp_path: Path) -> None:
    lesson = tmp_path / "mine.toml"
    lesson.write_text("batch_size = 1\n")
    order = Order(discover.film(["Small"], EXAMPLES), Settings(lesson=lesson), tmp_path, TINY)
    with pytest.raises(UserError, match=r"--lesson .*mine\.toml: .*batch_size"):
        film_fingerprint(order)
