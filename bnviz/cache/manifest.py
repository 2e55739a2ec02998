"""What an entry of the cache says of itself, taken as nothing but text until every part is of its kind."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Collection
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from bnviz.run.render import RenderedScene
from scenes.kit.script.beat import AudioClip, Beat, TextMeasure
from scenes.kit.script.captions import Cue

VIDEO = "video.mp4"
MOST_FRAMES, FASTEST, WIDEST = 10_000_000, 240, 16_384
CLEAREST = 21.01  # WCAG's ratio of white to black, and rounding
LATEST = 1.0  # second after a scene's end in which something of it may still begin

_Kind = TypeVar("_Kind")


class Damaged(Exception):
    """An entry does not hold what it says; the message is what is wrong."""


@dataclass(frozen=True)
class Manifest:
    """The key an entry is kept under, its scene, digests of what that has read, and of its files, by name."""

    key: str
    scene: RenderedScene
    reads: dict[str, str]
    files: dict[str, str]


def built(kind: type[_Kind], value: Any, where: str = "manifest") -> _Kind:
    """``value``, as JSON has it, as ``kind``: a dataclass, tuple or dict of such, a path, text or number.

    Raises:
        Damaged: it is of another kind, lacks a field, or has one more; a number is not finite.
    """
    made: Any = None
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        known = {item.__name__: item for item in (Beat, Cue, AudioClip, TextMeasure)}
        hints = get_type_hints(kind, localns=known)
        if isinstance(value, dict) and set(value) == set(hints):
            return kind(**{name: built(hints[name], value[name], f"{where}.{name}") for name in hints})
    elif origin is tuple and isinstance(value, list):
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else list(inner)
        if len(kinds) == len(value):
            made = tuple(built(item, part, where) for item, part in zip(kinds, value, strict=True))
    elif origin is dict and isinstance(value, dict):
        made = {name: built(inner[1], part, f"{where}[{name!r}]") for name, part in value.items()}
    elif kind is Path and isinstance(value, str):
        made = Path(value)
    elif kind is float and type(value) in (int, float) and math.isfinite(value):
        made = float(value)
    elif kind is not float and type(value) is kind:
        made = value
    if made is None:
        raise Damaged(f"{where} is {reprlib.repr(value)}")
    return made  # type: ignore[no-any-return]


def require_sound(scene: RenderedScene, files: Collection[str]) -> None:
    """Refuse a scene that no renderer makes, or that has other files than ``files``.

    Raises:
        Damaged: a name is no plain name, a number is out of bounds, or a time outside of the scene.
    """
    for name in files:
        if Path(name).name != name or "\0" in name:
            raise Damaged("it names a file outside of its folder")
    clips = [clip for beat in scene.beats for clip in beat.clips]
    if {VIDEO, *(str(clip.path) for clip in clips)} != set(files) or str(scene.video) != VIDEO:
        raise Damaged("its files are not those of its scene")
    if not scene.name.isidentifier():
        raise Damaged(f"no scene is called {reprlib.repr(scene.name)}")
    for what, number, most in (
        ("frames", scene.frames, MOST_FRAMES),
        ("frames a second", scene.frame_rate, FASTEST),
        ("pixels across", scene.size[0], WIDEST),
        ("pixels up", scene.size[1], WIDEST),
    ):
        if not 1 <= number <= most:
            raise Damaged(f"it has {number} {what}")
    spans = [(beat.start, beat.end) for beat in scene.beats]
    spans += [(cue.start, cue.end) for beat in scene.beats for cue in beat.cues]
    spans += [(clip.start, clip.start) for clip in clips]
    if not spans or not all(0 <= start <= end <= scene.duration + LATEST for start, end in spans):
        raise Damaged("a time lies outside of its scene")
    texts = [text for beat in scene.beats for text in beat.texts]
    if any(beat.words < 0 for beat in scene.beats) or not all(
        1 <= text.contrast <= CLEAREST and text.letter_height > 0 for text in texts
    ):
        raise Damaged("words or letters are measured that cannot be")
