"""The store of rendered scenes: what it finds, what it throws away, and that several may use it at once."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bnviz.cache.entry import CacheEntry
from bnviz.cache.manifest import VIDEO
from bnviz.cache.store import Store
from bnviz.cli.app import app
from bnviz.errors import UserError
from bnviz.run.render import RenderedScene
from scenes.kit.script.beat import Beat

KEY, FILM = "0" * 32, "f" * 32


def key(number: int) -> str:
    return f"{number:032x}"


def entry(reads: dict[str, str], video: bytes = b"video", name: str = "Small") -> CacheEntry:
    beats = (Beat("one", "One", 0.0, 1.0, (), ()),)
    scene = RenderedScene(name, name, Path(VIDEO), beats, 15, 15, (426, 240))
    return CacheEntry(scene, {VIDEO: video}, reads)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, told: list[str]) -> Store:
    return Store(tmp_path / "cache", tell=told.append)


def test_a_scene_is_found_by_its_key_and_what_it_has_read(store: Store, told: list[str]) -> None:
    assert store.find(KEY, {"a": "1", "b": "1"}, "Small") is None
    one, other = entry({"a": "1"}), entry({"a": "2"}, b"another")
    store.keep(KEY, one)
    store.keep(KEY, other)
    assert store.find(KEY, {"a": "1", "b": "1"}, "Small") == one
    assert store.find(KEY, {"a": "1", "b": "2"}, "Small") == one  # it has not read b
    assert store.find(KEY, {"a": "2", "b": "1"}, "Small") == other
    assert store.find(KEY, {"a": "3", "b": "1"}, "Small") is None
    assert store.find(KEY, {"b": "1"}, "Small") is None  # what it has read is gone
    assert store.find("1" * 32, {"a": "1"}, "Small") is None
    assert told == []


def test_a_damaged_entry_is_told_and_thrown_away_and_made_again(store: Store, told: list[str]) -> None:
    store.keep(KEY, entry({"a": "1"}))
    (path,) = store.folder.iterdir()
    for damaged in (b"", path.read_bytes()[:-9], path.read_bytes().replace(b"video", b"vodeo")):
        path.write_bytes(damaged)
        assert store.find(KEY, {"a": "1"}, "Small") is None
        assert list(store.folder.iterdir()) == []
        assert str(path) in told[-1]
        assert "is damaged" in told[-1] and "\n" not in told[-1]
        store.keep(KEY, entry({"a": "1"}))
        assert store.find(KEY, {"a": "1"}, "Small") is not None
    assert len(told) == 3


def test_fresh_finds_nothing_and_keeps_everything(store: Store) -> None:
    store.keep(KEY, entry({}))
    store.note(FILM, "text")
    fresh = Store(store.folder, fresh=True)
    assert (fresh.find(KEY, {}, "Small"), fresh.noted(FILM)) == (None, None)
    fresh.keep(KEY, entry({}, b"newer"))
    fresh.note(FILM, "newer")
    found = store.find(KEY, {}, "Small")
    assert found is not None and found.files[VIDEO] == b"newer"
    assert store.noted(FILM) == "newer"


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=20_000)
    for number in range(3):
        store.keep(key(number), entry({}, bytes(5000)))
        (path,) = tmp_path.glob(f"{key(number)}-*")
        os.utime(path, (number, number))
    assert store.find(key(0), {}, "Small") is not None  # used, so it is the newest
    store.keep(key(3), entry({}, bytes(5000)))
    assert [store.find(key(number), {}, "Small") is not None for number in range(4)] == [
        True,
        False,
        True,
        True,
    ]
    store.keep(key(4), entry({}, bytes(20_000)))  # what has just been made stays, however large
    assert [store.find(key(number), {}, "Small") is not None for number in range(5)] == [False] * 4 + [True]


def test_clearing_takes_away_what_the_store_has_made_and_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep(KEY, entry({}))
    store.note(FILM, "text")
    size = sum(path.stat().st_size for path in tmp_path.iterdir())
    for name in ("thesis.txt", "holidays.film", "opening.scene", f".{KEY}.film"):
        (tmp_path / name).write_text("years of work", encoding="utf-8")
    assert (store.contents.scenes, store.contents.size) == (1, size)
    assert store.clear().size == size
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"years of work"}
    assert len(list(tmp_path.iterdir())) == 4


def test_the_command_says_what_is_kept_and_clears_it(store: Store) -> None:
    store.keep(KEY, entry({}, bytes(2_500_000)))
    where = ["--cache", str(store.folder)]

    def said(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["cache", *arguments, *where])
        assert result.exit_code == 0
        return " ".join(result.output.split())

    assert said().endswith("1 scenes, 2.5 MB")
    assert said("clear").endswith("1 scenes, 2.5 MB, thrown away")
    assert said().endswith("0 scenes, 0.0 MB")


def test_a_folder_that_cannot_be_written_is_told_and_no_failure(tmp_path: Path, told: list[str]) -> None:
    store = Store(Path("/proc/cache"), tell=told.append)  # not even root may write there
    store.keep(KEY, entry({}))
    store.note(FILM, "text")
    assert len(told) == 2
    assert "Small is not kept for the next film" in told[0]
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="must name a folder"):
        Store(tmp_path / "file")
    with pytest.raises(UserError, match="Not a directory"):
        Store(tmp_path / "file" / "cache")
    with pytest.raises(UserError, match="too long"):
        Store(tmp_path / ("long" * 100))


def _keep_again_and_again(folder: Path, number: int, times: int) -> int:
    """How often the entry was not there, or not whole, after this process had written it."""
    told: list[str] = []
    store, missed = Store(folder, tell=told.append), 0
    for _ in range(times):
        store.keep(KEY, entry({"a": "1"}, bytes([number]) * 50_000))
        found = store.find(KEY, {"a": "1"}, "Small")
        missed += found is None or len(set(found.files[VIDEO])) != 1
    return missed + len(told)


def test_several_processes_may_write_the_same_entry(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        missed = pool.starmap(_keep_again_and_again, [(tmp_path, number, 50) for number in range(3)])
    assert missed == [0, 0, 0]
    assert len(list(tmp_path.iterdir())) == 1
