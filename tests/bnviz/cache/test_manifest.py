"""An entry of the cache is taken for nothing but text until every part of it is of its kind and in bounds."""

from __future__ import annotations

import json
import os
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bnviz.cache import entry
from bnviz.cache.entry import MANIFEST, CacheEntry
from bnviz.cache.manifest import VIDEO, Damaged
from bnviz.cache.store import Store
from bnviz.run.render import RenderedScene
from scenes.kit.script.beat import AudioClip, Beat, TextMeasure
from scenes.kit.script.captions import Cue

KEY = "0" * 32
SCENE = RenderedScene(
    name="Small",
    title="Small",
    video=Path(VIDEO),
    beats=(
        Beat(
            "one",
            "One",
            0.0,
            1.0,
            (Cue(0.0, 1.0, "Hear."),),
            (AudioClip(0.5, Path("voice.wav")),),
            words=1,
            texts=(TextMeasure("J", (400.0, 200.0, 410.0, 212.0), 12.0, 9.5, 0.5, "w"),),
        ),
    ),
    frames=15,
    frame_rate=15,
    size=(426, 240),
)
WHOLE = CacheEntry(SCENE, {VIDEO: b"video", "voice.wav": b"voice"}, {"lesson.data": "ab"})


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, told: list[str]) -> Store:
    store = Store(tmp_path / "the cache", tell=told.append)
    store.keep(KEY, WHOLE)
    assert found(store) == WHOLE
    return store


def found(store: Store, key: str = KEY, scene: str = "Small") -> CacheEntry | None:
    return store.find(key, WHOLE.reads, scene)


def path_in(store: Store) -> Path:
    (path,) = store.folder.iterdir()
    return path


def rewritten(path: Path, change: Callable[[dict[str, Any]], object], **options: Any) -> None:
    """Write the ZIP anew, itself quite right, with ``change`` made to its manifest."""
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(files[MANIFEST])
    change(manifest)
    files[MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w", **options) as new:
        for name, content in files.items():
            new.writestr(name, content)


def put(value: Any, *where: str | int) -> Callable[[dict[str, Any]], None]:
    def change(manifest: Any) -> None:
        for step in where[:-1]:
            manifest = manifest[step]
        manifest[where[-1]] = value

    return change


BEAT = ("scene", "beats", 0)
CHANGES = [
    put("1" * 32, "key"),
    put(None, "key"),
    put([], "scene"),
    put("Bowl", "scene", "name"),
    put("1", *BEAT, "words"),
    put(-1, *BEAT, "words"),
    put({}, *BEAT, "texts"),
    put("12", *BEAT, "texts", 0, "letter_height"),
    put(0.0, *BEAT, "texts", 0, "letter_height"),
    put(float("nan"), *BEAT, "texts", 0, "contrast"),
    put(22.0, *BEAT, "texts", 0, "contrast"),
    put([1.0, 2.0, 3.0], *BEAT, "texts", 0, "box"),
    put(None, *BEAT, "texts", 0, "overlapped"),
    put("../../Small", "scene", "name"),
    put(3, "scene", "name"),
    put(None, "scene", "title"),
    put("/etc/passwd", "scene", "video"),
    put("voice.wav", "scene", "video"),
    put("15", "scene", "frames"),
    put(15.0, "scene", "frames"),
    put(True, "scene", "frames"),
    put(0, "scene", "frames"),
    put(-15, "scene", "frames"),
    put(10**12, "scene", "frames"),
    put(0, "scene", "frame_rate"),
    put(10**6, "scene", "frame_rate"),
    put([426], "scene", "size"),
    put([426, 240, 3], "scene", "size"),
    put([426, "240"], "scene", "size"),
    put([426, 10**9], "scene", "size"),
    put("426x240", "scene", "size"),
    put(1, "scene", "more"),
    lambda manifest: manifest["scene"].pop("title"),
    put([], "scene", "beats"),
    put({}, "scene", "beats"),
    put(None, *BEAT),
    put(["one"], *BEAT, "name"),
    put("0", *BEAT, "start"),
    put(-0.5, *BEAT, "start"),
    put(float("nan"), *BEAT, "end"),
    put(float("inf"), *BEAT, "end"),
    put(1e300, *BEAT, "end"),
    put(-1.0, *BEAT, "end"),
    put(False, *BEAT, "end"),
    put("Hear.", *BEAT, "cues"),
    put([{}], *BEAT, "cues"),
    put(7, *BEAT, "cues", 0, "text"),
    put(9e9, *BEAT, "cues", 0, "end"),
    put("/etc/passwd", *BEAT, "clips", 0, "path"),
    put("../voice.wav", *BEAT, "clips", 0, "path"),
    put(9e9, *BEAT, "clips", 0, "start"),
    put([], *BEAT, "clips"),
    put([], "reads"),
    put({"lesson.data": 1}, "reads"),
    put({}, "reads"),
    put([VIDEO], "files"),
    put({}, "files"),
    put(0, "files", VIDEO),
    put("0" * 64, "files", VIDEO),
    put(1, "more"),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_field_of_another_kind_or_out_of_bounds_is_damage(
    store: Store, told: list[str], number: int
) -> None:
    path = path_in(store)
    rewritten(path, CHANGES[number])
    assert found(store) is None
    assert len(told) == 1 and told[0].startswith(f"{path} is damaged (")
    assert told[0].endswith(f"bnviz cache clear --cache {shlex.quote(str(store.folder))}")
    assert list(store.folder.iterdir()) == []


def test_the_same_manifest_written_anew_is_no_damage(store: Store, told: list[str]) -> None:
    rewritten(path_in(store), lambda manifest: None)
    assert found(store) == WHOLE
    assert told == []


def test_an_entry_under_another_name_is_not_taken(store: Store, told: list[str]) -> None:
    path = path_in(store)
    other = path.with_name(path.name.replace(KEY, "1" * 32))
    other.write_bytes(path.read_bytes())
    assert found(store, "1" * 32) is None
    assert "another key" in told[0]
    assert found(store, scene="Other") is None
    assert "it holds Small and not Other" in told[1]


def test_nothing_is_unpacked_that_grows(store: Store, told: list[str]) -> None:
    rewritten(path_in(store), lambda manifest: None, compression=zipfile.ZIP_DEFLATED)
    assert found(store) is None
    assert "compressed" in told[0]


def test_what_is_too_large_is_not_read(
    store: Store, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = path_in(store).stat().st_size
    monkeypatch.setattr(entry, "LARGEST_MANIFEST", 100)
    with pytest.raises(Damaged, match=r"manifest\.json has"):
        entry.read(path_in(store), KEY)
    monkeypatch.setattr(entry, "LARGEST", size - 1)
    assert found(store) is None
    assert told == [
        f"{path_in(store)} cannot be read (it has {size} bytes, {size - 1} are the most): "
        "its scene is rendered again"
    ]


@pytest.mark.parametrize("kind", ["pipe", "device", "link", "folder"])
def test_only_files_are_read_and_nothing_else_is_thrown_away(
    store: Store, told: list[str], kind: str
) -> None:
    path = path_in(store)
    path.rename(aside := store.folder.parent / "aside")
    note = store.folder / f"{KEY}.film"
    for item in (path, note):
        if kind == "pipe":
            os.mkfifo(item)
        elif kind == "folder":
            item.mkdir()
        else:
            item.symlink_to("/dev/zero" if kind == "device" else aside)
    assert (found(store), store.noted(KEY)) == (None, None)
    assert "and no file): its scene is rendered again" in told[0]
    store.keep(KEY, WHOLE)
    store.note(KEY, "text")
    assert (store.contents.scenes, store.clear().size) == (0, 0)
    assert len(told) == 3
    assert {path, note} == set(store.folder.iterdir())
    assert aside.is_file()
