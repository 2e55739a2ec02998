"""The files that are looked at: the project's, the lesson's, and the lesson's data."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz.watch.files import Watched, changed


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("scenes/bowl.py", "scenes/words/en.toml", "bn_math/data/a.csv", "bnviz/page/web/page.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    return tmp_path


def test_what_a_picture_may_be_made_from_is_looked_at(tree: Path) -> None:
    seen = Watched(root=tree).snapshot()
    assert {path.relative_to(tree).as_posix() for path in seen} == {
        "scenes/bowl.py",
        "scenes/words/en.toml",
        "bn_math/data/a.csv",
    }
    assert changed(seen, Watched(root=tree).snapshot()) == []


def test_what_is_new_or_gone_or_another_has_changed(tree: Path) -> None:
    watched = Watched(root=tree)
    before = watched.snapshot()
    (tree / "scenes/bowl.py").write_text("another", encoding="utf-8")
    (tree / "scenes/valley.py").write_text("x", encoding="utf-8")
    (tree / "scenes/words/en.toml").unlink()
    assert changed(before, watched.snapshot()) == [
        tree / "scenes/bowl.py",
        tree / "scenes/valley.py",
        tree / "scenes/words/en.toml",
    ]


def test_a_lesson_brings_its_data(tree: Path) -> None:
    lesson = tree / "mine.toml"
    lesson.write_text('data = "my.csv"\n[network]\ndata = "letters.csv"\n', encoding="utf-8")
    (tree / "my.csv").write_text("a,b,y", encoding="utf-8")
    watched = Watched(lesson, tree)
    before = watched.snapshot()
    assert lesson in before and tree / "my.csv" in before
    (tree / "letters.csv").write_text("a,b,y", encoding="utf-8")
    assert changed(before, watched.snapshot()) == [tree / "letters.csv"]
    lesson.write_text("data = ", encoding="utf-8")  # it is being edited
    assert lesson in changed(before, watched.snapshot())
