"""Files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bnviz.files import filling, replacing, replacing_together


def test_the_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "new folder" / "film.mp4"
    for text in ("first", "second"):
        with replacing(target) as beside:
            beside.write_text(text, encoding="utf-8")
        assert target.read_text(encoding="utf-8") == text
    assert list(target.parent.iterdir()) == [target]


def test_a_failure_while_writing_leaves_everything_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), replacing(target) as beside:
        beside.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_while_renaming_undoes_what_was_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, missing, last = (tmp_path / name for name in ("a.mp4", "b.srt", "c.vtt"))
    old.write_text("old a", encoding="utf-8")
    last.write_text("old c", encoding="utf-8")
    rename = os.replace

    def failing(source: Path, target: Path) -> None:
        if Path(target) == last and Path(source).parent.name == "new":
            raise OSError("no space left")
        rename(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="no space left"), replacing_together([old, missing, last]) as beside:
        for path in beside:
            path.write_text("new", encoding="utf-8")
    assert old.read_text(encoding="utf-8") == "old a"
    assert last.read_text(encoding="utf-8") == "old c"
    assert sorted(tmp_path.iterdir()) == [old, last]


def test_every_file_must_be_written(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("old", encoding="utf-8")
    with pytest.raises(FileNotFoundError), replacing_together([first, second]) as (beside, _):
        beside.write_text("new", encoding="utf-8")
    assert first.read_text(encoding="utf-8") == "old"
    assert not second.exists()


def test_a_folder_is_filled_whole_and_only_namesakes_are_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "talk"
    for number in (1, 2):
        with filling(folder) as place:
            (place / "films").mkdir()
            (place / "films" / f"{number}.mp4").write_text(str(number), encoding="utf-8")
            (place / "talk.html").write_text(str(number), encoding="utf-8")
        (folder / "mine.txt").touch()
    names = [".bnviz", "2.mp4", "films", "mine.txt", "talk.html"]
    assert sorted(path.name for path in folder.rglob("*")) == names
    assert (folder / "talk.html").read_text(encoding="utf-8") == "2"


def test_a_folder_that_could_not_be_filled_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filling(tmp_path) as place:
        (place / "films").mkdir()
        (place / "films" / "old.mp4").touch()
    with pytest.raises(RuntimeError), filling(tmp_path) as place:
        (place / "films").mkdir()
        raise RuntimeError
    rename = os.replace

    def failing(source: Path, target: Path) -> None:
        if Path(target) == tmp_path / "talk.html":
            raise OSError("no space left")
        rename(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="no space left"), filling(tmp_path) as place:
        (place / "films").mkdir()
        (place / "films" / "new.mp4").touch()
        (place / "talk.html").touch()
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".bnviz", "films", "old.mp4"]
