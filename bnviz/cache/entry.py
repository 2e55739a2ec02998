"""A rendered scene as bytes: it travels from the process that made it, and is kept for the next film.

As a file it is a ZIP: ``manifest.json`` says what the scene is, and what the other files in it must hold.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bnviz.cache.manifest import VIDEO, Damaged, Manifest, built, require_sound
from bnviz.files import opened
from bnviz.run.render import RenderedScene

MANIFEST = "manifest.json"
LARGEST, LARGEST_MANIFEST = 2_000_000_000, 10_000_000  # bytes; the film at 1080p60 has less than 100 MB


@dataclass(frozen=True)
class CacheEntry:
    """A scene whose paths are names in ``files``; ``reads`` are digests of what it has read, by name."""

    scene: RenderedScene
    files: Mapping[str, bytes]
    reads: Mapping[str, str]


def pack(scene: RenderedScene, reads: Mapping[str, str]) -> CacheEntry:
    """The scene with all its files, which may go away afterwards."""
    said = {clip.path.name: clip.path for beat in scene.beats for clip in beat.clips}
    files = {VIDEO: scene.video, **said}
    return CacheEntry(_moved(scene, Path()), {name: path.read_bytes() for name, path in files.items()}, reads)


def unpack(entry: CacheEntry, folder: Path) -> RenderedScene:
    """The scene with its files in ``folder``, which is made."""
    folder.mkdir(parents=True)
    for name, content in entry.files.items():
        (folder / name).write_bytes(content)
    return _moved(entry.scene, folder)


def write(entry: CacheEntry, path: Path, key: str = "") -> None:
    """Write the entry to one file, which says itself under what ``key`` it is kept."""
    manifest = {
        "key": key,
        "scene": asdict(entry.scene),
        "reads": dict(entry.reads),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in entry.files.items()},
    }
    with zipfile.ZipFile(path, "w") as file:
        text = json.dumps(manifest, default=os.fspath).encode()
        for name, content in {MANIFEST: text, **entry.files}.items():
            file.writestr(zipfile.ZipInfo(name), content)


def read(path: Path, key: str = "") -> CacheEntry:
    """The entry that was written to a file under ``key``.

    Raises:
        Damaged: the file is not as it was written, or not under this key.
        OSError: there is none, or it cannot be read.
    """
    with _opened(path, key) as (file, manifest):
        require_sound(manifest.scene, manifest.files)
        if sum(file.getinfo(name).file_size for name in manifest.files) > LARGEST:
            raise Damaged(f"its files have more than {LARGEST} bytes")
        files = {name: _content(file, name, LARGEST) for name in manifest.files}
        for name, content in files.items():
            if hashlib.sha256(content).hexdigest() != manifest.files[name]:
                raise Damaged(f"{name} is not what was written")
        return CacheEntry(manifest.scene, files, manifest.reads)


def reads_of(path: Path, key: str = "") -> dict[str, str]:
    """What the scene in a cache entry's file has read, without looking at the rest.

    Raises:
        Damaged: the file is not as it was written, or not under this key.
        OSError: there is none, or it cannot be read.
    """
    with _opened(path, key) as (_, manifest):
        return manifest.reads


@contextmanager
def _opened(path: Path, key: str) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The file and its manifest; whatever goes wrong with them in the block is damage."""
    with opened(path, LARGEST) as raw:
        try:
            with zipfile.ZipFile(raw) as file:
                manifest = built(Manifest, json.loads(_content(file, MANIFEST, LARGEST_MANIFEST)))
                if manifest.key != key:
                    raise Damaged("it was kept under another key")
                yield file, manifest
        except Damaged:
            raise
        except Exception as error:  # zipfile answers damage with a dozen kinds of errors
            raise Damaged(f"{type(error).__name__}: {error}") from error


def _content(file: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """A file in the ZIP, where nothing is compressed: it cannot be larger than the ZIP itself."""
    found = file.getinfo(name)
    if found.compress_type != zipfile.ZIP_STORED or found.file_size > limit:
        raise Damaged(f"{name} has {found.file_size} bytes, or is compressed")
    return file.read(found)


def _moved(scene: RenderedScene, folder: Path) -> RenderedScene:
    """The scene with all its files in ``folder``."""
    beats = tuple(
        replace(beat, clips=tuple(replace(clip, path=folder / clip.path.name) for clip in beat.clips))
        for beat in scene.beats
    )
    return replace(scene, video=folder / VIDEO, beats=beats)
