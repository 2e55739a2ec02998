"""A rendered scene as bytes: it travels from the process that made it, and is kept for the next film.

As a file it is a ZIP: ``manifest.json`` says what the scene is, and what the other files in it must hold.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from bnviz.run.render import RenderedScene
from scenes.kit.script.beat import Beat, Clip
from scenes.kit.script.captions import Cue

MANIFEST = "manifest.json"
VIDEO = "video.mp4"


class Damaged(Exception):
    """A parcel's file does not hold what it says; the message is what is wrong."""


@dataclass(frozen=True)
class Parcel:
    """A scene whose paths are names in ``files``; ``reads`` are digests of what it has read, by name."""

    scene: RenderedScene
    files: Mapping[str, bytes]
    reads: Mapping[str, str]


def pack(scene: RenderedScene, reads: Mapping[str, str]) -> Parcel:
    """The scene with all its files, which may go away afterwards."""
    said = {clip.path.name: clip.path for beat in scene.beats for clip in beat.clips}
    files = {VIDEO: scene.video, **said}
    return Parcel(_moved(scene, Path()), {name: path.read_bytes() for name, path in files.items()}, reads)


def unpack(parcel: Parcel, folder: Path) -> RenderedScene:
    """The scene with its files in ``folder``, which is made."""
    folder.mkdir(parents=True)
    for name, content in parcel.files.items():
        (folder / name).write_bytes(content)
    return _moved(parcel.scene, folder)


def write(parcel: Parcel, path: Path) -> None:
    """Write the parcel to one file."""
    manifest = {
        "scene": asdict(parcel.scene),
        "reads": dict(parcel.reads),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in parcel.files.items()},
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, content in {MANIFEST: json.dumps(manifest, default=str).encode(), **parcel.files}.items():
            file.writestr(zipfile.ZipInfo(name), content)


def read(path: Path) -> Parcel:
    """A parcel from its file.

    Raises:
        Damaged: the file is not as it was written.
        FileNotFoundError: there is none.
    """
    with _opened(path) as (file, manifest):
        wanted: dict[str, str] = manifest["files"]
        files = {name: file.read(name) for name in wanted}
        if wrong := [name for name in files if hashlib.sha256(files[name]).hexdigest() != wanted[name]]:
            raise Damaged(f"{wrong[0]} is not what was written")
        if any(Path(name).name != name for name in files):
            raise Damaged("it names a file outside of its folder")
        return Parcel(_scene(manifest["scene"]), files, dict(manifest["reads"]))


def reads_of(path: Path) -> dict[str, str]:
    """What the scene in a parcel's file has read, without looking at the rest.

    Raises:
        Damaged: the file is not as it was written.
        FileNotFoundError: there is none.
    """
    with _opened(path) as (_, manifest):
        return dict(manifest["reads"])


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The file and its manifest; whatever goes wrong with them in the block is damage."""
    try:
        with zipfile.ZipFile(path) as file:
            yield file, json.loads(file.read(MANIFEST))
    except (FileNotFoundError, Damaged):
        raise
    except Exception as error:  # zipfile answers damage with a dozen kinds of errors
        raise Damaged(f"{type(error).__name__}: {error}") from error


def _moved(scene: RenderedScene, folder: Path) -> RenderedScene:
    """The scene with all its files in ``folder``."""
    beats = tuple(
        replace(beat, clips=tuple(replace(clip, path=folder / clip.path.name) for clip in beat.clips))
        for beat in scene.beats
    )
    return replace(scene, video=folder / VIDEO, beats=beats)


def _scene(entry: dict[str, Any]) -> RenderedScene:
    beats = tuple(
        Beat(
            **{
                **beat,
                "cues": tuple(Cue(**cue) for cue in beat["cues"]),
                "clips": tuple(Clip(clip["start"], Path(clip["path"])) for clip in beat["clips"]),
            }
        )
        for beat in entry["beats"]
    )
    width, height = entry["size"]
    return RenderedScene(**{**entry, "video": Path(entry["video"]), "beats": beats, "size": (width, height)})
