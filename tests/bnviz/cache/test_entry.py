"""A rendered scene as bytes, and as a file that may be damaged."""

from __future__ import annotations

import json
import pickle
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bnviz.cache import entry
from bnviz.cache.entry import MANIFEST, CacheEntry, pack, unpack
from bnviz.cache.manifest import VIDEO, Damaged
from bnviz.run.render import RenderedScene

READS = {"lesson.data": "ab", "theme.text": "cd"}


def test_a_scene_comes_back_as_it_was_although_its_folder_is_gone(
    rendered: list[RenderedScene], tmp_path: Path
) -> None:
    scene = rendered[0]
    packed = pickle.loads(pickle.dumps(pack(scene, READS)))
    entry.write(packed, tmp_path / "file")
    assert entry.reads_of(tmp_path / "file") == READS
    back = entry.read(tmp_path / "file")
    assert back == packed
    found = unpack(back, tmp_path / "there")
    assert found.video.read_bytes() == scene.video.read_bytes()
    clips = [clip for beat in found.beats for clip in beat.clips]
    before = [clip for beat in scene.beats for clip in beat.clips]
    assert [clip.path.read_bytes() for clip in clips] == [clip.path.read_bytes() for clip in before]
    assert len(clips) == 2
    assert {path.parent for path in (found.video, *(clip.path for clip in clips))} == {tmp_path / "there"}
    same = [replace(beat, clips=()) for beat in found.beats]
    assert same == [replace(beat, clips=()) for beat in scene.beats]
    assert replace(found, video=scene.video, beats=scene.beats) == scene


@pytest.fixture
def file(rendered: list[RenderedScene], tmp_path: Path) -> Path:
    entry.write(pack(rendered[1], READS), tmp_path / "file")
    return tmp_path / "file"


def test_every_changed_byte_is_damage_or_changes_nothing(file: Path) -> None:
    whole, content = entry.read(file), file.read_bytes()
    found = 0
    for place in range(0, len(content), max(len(content) // 400, 1)):
        file.write_bytes(content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :])
        try:
            assert entry.read(file) == whole
        except Damaged:
            found += 1
    assert found > 300


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.999])
def test_a_file_that_was_cut_off_is_damaged(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(share * len(content))])
    with pytest.raises(Damaged):
        entry.read(file)
    with pytest.raises(Damaged):
        entry.reads_of(file)


def rewritten(file: Path, change: dict[str, bytes | None]) -> None:
    """Write the ZIP anew, itself quite right, with other files in it; None leaves one out."""
    with zipfile.ZipFile(file) as old:
        files: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w") as new:
        for name, content in (files | change).items():
            if content is not None:
                new.writestr(name, content)


def test_a_file_in_it_that_is_missing_or_another_is_damage(file: Path) -> None:
    shutil.copy(file, kept := file.with_name("kept"))
    for change in ({VIDEO: None}, {VIDEO: b"another film"}, {MANIFEST: None}, {MANIFEST: b"{}"}):
        shutil.copy(kept, file)
        rewritten(file, change)
        with pytest.raises(Damaged):
            entry.read(file)


def test_no_file_is_ever_written_outside_of_the_folder(file: Path) -> None:
    with zipfile.ZipFile(file) as old:
        manifest = json.loads(old.read(MANIFEST))
        video = old.read(VIDEO)
    manifest["files"]["../video.mp4"] = manifest["files"][VIDEO]
    rewritten(file, {MANIFEST: json.dumps(manifest).encode(), "../video.mp4": video})
    with pytest.raises(Damaged, match="outside"):
        entry.read(file)


def test_no_file_is_not_damage(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        entry.read(tmp_path / "none")


def test_the_same_scene_is_the_same_file(rendered: list[RenderedScene], tmp_path: Path) -> None:
    packed: CacheEntry = pack(rendered[0], READS)
    entry.write(packed, tmp_path / "one")
    entry.write(packed, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
