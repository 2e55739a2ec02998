"""What is not the program's stays where it is, whatever is to be written there; and the old until the new."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

from bnviz import files
from bnviz.errors import UserError
from bnviz.files import absolute, filling, opened, replacing, replacing_folder, replacing_together


def folder(path: Path) -> None:
    path.mkdir()
    (path / "thesis.txt").write_text("years of work", encoding="utf-8")


def link(path: Path) -> None:
    other = path.with_name("elsewhere.txt")
    other.write_text("years of work", encoding="utf-8")
    path.symlink_to(other)


def dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.txt"))


IN_THE_WAY = pytest.mark.parametrize(
    ("make", "kind"),
    [(folder, "a folder"), (link, "a link"), (dangling_link, "a link"), (os.mkfifo, "a device or a pipe")],
)


def everything(below: Path) -> dict[str, Any]:
    """What each file says, and of what kind each other thing is."""
    return {
        str(path): path.read_text(encoding="utf-8") if path.is_file() else path.lstat().st_mode
        for path in below.rglob("*")
    }


@IN_THE_WAY
def test_what_is_no_file_is_refused_before_anything_is_written(
    tmp_path: Path, make: Callable[[Path], None], kind: str
) -> None:
    make(tmp_path / "film.srt")
    before = everything(tmp_path)
    for targets in ([tmp_path / "film.srt"], [tmp_path / "film.mp4", tmp_path / "film.srt"]):
        with pytest.raises(UserError, match=f"film.srt is {kind}"), replacing_together(targets):
            pytest.fail("it has begun")
    assert everything(tmp_path) == before


@IN_THE_WAY
def test_what_comes_into_the_way_meanwhile_is_refused(
    tmp_path: Path, make: Callable[[Path], None], kind: str
) -> None:
    with pytest.raises(UserError, match=kind), replacing(tmp_path / "film.mp4") as new:
        new.touch()
        make(tmp_path / "film.mp4")
        before = everything(tmp_path)
    assert everything(tmp_path).items() <= before.items()


@IN_THE_WAY
def test_a_folder_is_not_filled_over_it(tmp_path: Path, make: Callable[[Path], None], kind: str) -> None:
    make(tmp_path / "talk.html")
    before = everything(tmp_path)
    with pytest.raises(UserError, match=kind), filling(tmp_path) as place:
        (place / "first.pdf").touch()
        (place / "talk.html").touch()
    assert everything(tmp_path) == before


def test_a_folder_does_not_take_the_place_of_a_file_or_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("years of work", encoding="utf-8")
    folder(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    before = everything(tmp_path)
    for name, kind in {"file": "a file", "link": "a link"}.items():
        with pytest.raises(UserError, match=kind), replacing_folder(tmp_path / name):
            pytest.fail("it has begun")
        with pytest.raises(UserError, match=kind), filling(tmp_path) as place:
            (place / name).mkdir()
    assert everything(tmp_path) == before


def test_a_folder_goes_only_with_what_was_written_there(tmp_path: Path) -> None:
    page = tmp_path / "page"
    for text in ("old", "new"):
        with replacing_folder(page) as new:
            (new / "films").mkdir()
            (new / "films" / f"{text}.mp4").write_text(text, encoding="utf-8")
    assert [path.name for path in page.rglob("*.mp4")] == ["new.mp4"]
    (page / "films" / "mine.mp4").write_text("years of work", encoding="utf-8")
    before = everything(tmp_path)
    with pytest.raises(UserError, match=r"holds films/mine\.mp4"), replacing_folder(page):
        pytest.fail("it has begun")
    with pytest.raises(UserError, match=r"holds films/mine\.mp4"), filling(tmp_path) as place:
        (place / "page").mkdir()
    assert everything(tmp_path) == before
    (page / "films" / "mine.mp4").unlink()
    with replacing_folder(page):
        pass
    assert [path.name for path in page.iterdir()] == [".bnviz"]


def test_an_empty_folder_of_the_user_s_may_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    with replacing_folder(tmp_path / "page") as new:
        (new / "index.html").touch()
    assert (tmp_path / "page" / "index.html").exists()


@pytest.mark.parametrize("can_link", [True, False])
def test_the_old_files_are_there_until_the_new_are_and_these_are_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool
) -> None:
    targets = [tmp_path / name for name in ("film.mp4", "film.srt")]
    for target in targets:
        target.write_text("old", encoding="utf-8")
    done: list[str] = []

    def watched(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(first: Any, *rest: Any, **options: Any) -> Any:
            if name == "link" and not can_link:
                raise OSError("no second names here")
            result = act(first, *rest, **options)
            done.append(f"fsync {os.readlink(f'/proc/self/fd/{first}')}" if name == "fsync" else name)
            assert all(target.is_file() for target in targets), done
            return result

        return acting

    for name in ("replace", "rename", "link", "unlink", "fsync"):
        monkeypatch.setattr(os, name, watched(name, getattr(os, name)))
    with replacing_together(targets) as besides:
        for beside in besides:
            beside.write_text("new", encoding="utf-8")
    assert [item.rpartition("/")[2] for item in done[:2]] == ["film.mp4", "film.srt"]
    assert done.count("replace") == 2
    assert [target.read_text(encoding="utf-8") for target in targets] == ["new", "new"]
    monkeypatch.undo()
    assert sorted(tmp_path.iterdir()) == targets


def test_ctrl_c_between_two_renamings_loses_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filling(tmp_path) as place:
        (place / "films").mkdir()
        (place / "films" / "old.mp4").touch()
    before = everything(tmp_path).keys()
    rename = os.rename

    def interrupted(source: Path, target: Path) -> None:
        rename(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt), filling(tmp_path) as place:
        (place / "films").mkdir()
    assert everything(tmp_path).keys() == before


def test_a_path_is_never_taken_for_a_protocol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for address in ("http://host/film.mp4", "file:/tmp/film.mp4", "s3://films/film.mp4"):
        with pytest.raises(UserError, match="is an address"), replacing(Path(address)):
            pytest.fail("it has begun")
    for name in ("concat:film.mp4", "file:film.mp4", "subfile,,start,0,end,9,,:film.mp4"):
        with replacing(Path(name)) as new:
            assert str(new).startswith("/")
            new.touch()
        assert (tmp_path / name).is_file()
        assert absolute(Path(name)) == tmp_path / name


def test_only_a_file_is_read_and_only_so_much(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"12345")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "device").symlink_to("/dev/zero")
    for name in ("pipe", "link", "device"):
        with pytest.raises(OSError, match="and no file"), opened(tmp_path / name, 5):
            pytest.fail("it was opened")
    with pytest.raises(OSError, match="5 bytes, 4 are the most"), opened(tmp_path / "file", 4):
        pytest.fail("it was opened")
    with opened(tmp_path / "file", 5) as file:
        assert file.read() == b"12345"


def test_a_file_that_is_open_elsewhere_is_told_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lets nobody replace a file that another program has open, nor a folder with one in it."""
    film, captions = targets = [tmp_path / name for name in ("film.mp4", "film.srt")]
    for target in targets:
        target.write_text("old", encoding="utf-8")
    rename = os.replace

    def locked(source: Path, target: Path) -> None:
        if Path(target) == captions:
            raise PermissionError(13, "Access is denied", str(source), None, str(target))
        rename(source, target)

    for can_link in (True, False):
        monkeypatch.setattr(os, "replace", locked)
        if not can_link:
            monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError("no second names here")))
        kept = r"film\.srt cannot be replaced, and is as it was: another program"
        with pytest.raises(UserError, match=kept), replacing_together(targets) as besides:
            for beside in besides:
                beside.write_text("new", encoding="utf-8")
        assert [target.read_text(encoding="utf-8") for target in targets] == ["old", "old"]
    with pytest.raises(UserError, match="has it open"), replacing(captions) as beside:
        beside.write_text("new", encoding="utf-8")
    monkeypatch.undo()
    assert sorted(tmp_path.iterdir()) == targets
    assert film.read_text(encoding="utf-8") == "old"


def test_two_files_that_are_one_elsewhere_are_refused(tmp_path: Path) -> None:
    targets = [tmp_path / "Valley.csv", tmp_path / "valley.csv"]
    with (
        pytest.raises(UserError, match="are one file where capitals"),
        replacing_together(targets),
    ):
        pytest.fail("it has begun")
    assert list(tmp_path.iterdir()) == []


def test_windows_paths_are_told_from_addresses() -> None:
    for path in (PureWindowsPath("C:/films/film.mp4"), PureWindowsPath(r"D:\Filme über\film.mp4")):
        assert not files._ADDRESS.match(path.as_posix())
    assert files._ADDRESS.match(PureWindowsPath("http://host/film.mp4").as_posix())
