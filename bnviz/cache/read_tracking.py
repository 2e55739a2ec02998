"""What a scene reads of the lesson and of the theme while it is rendered, and what these values are now.

A scene whose values are all as they were is the same picture, whatever else of lesson and theme has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from bnviz.run.quiet import import_manim
from scenes.kit.palettes import PALETTES

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

_Kept = TypeVar("_Kept")


def values_now(settings: Settings) -> dict[str, str]:
    """Digests of all that can be read of lesson and theme: ``lesson.batch_size``, ``theme.valley`` etc."""
    roles: dict[str, Any] = {"name": settings.theme, **PALETTES[settings.theme]}
    read = settings.lesson.settings
    return {f"lesson.{field.name}": digest(getattr(read, field.name)) for field in fields(read)} | {
        f"theme.{role}": digest(color) for role, color in roles.items()
    }


@contextmanager
def record_reads(settings: Settings) -> Iterator[tuple[Settings, set[str]]]:
    """Settings to render with inside of this block, and the names of what is read of lesson and theme."""
    import_manim()
    from bn_math import Lesson
    from scenes.kit import theme

    names: set[str] = set()
    theme.use(_recording(theme.named(settings.theme), "theme", names))
    try:
        lesson = Lesson.of(_recording(settings.lesson.settings, "lesson", names))
        yield replace(settings, lesson=lesson), names
    finally:
        theme.use(None)


def digest(value: Any) -> str:
    """A short text that is another one for another value, and the same in every process.

    Raises:
        TypeError: the value is neither a number or a text, nor an array, a row or a dataclass of such.
    """
    return hashlib.sha256(_described(value)).hexdigest()[:32]


def _recording(original: _Kept, room: str, names: set[str]) -> _Kept:
    """A copy of a frozen dataclass, nothing computed yet, that adds ``room.field`` to ``names`` when read."""
    own = {field.name: getattr(original, field.name) for field in fields(original)}  # type: ignore[arg-type]

    def read(self: Any, name: str) -> Any:
        if name in own:
            names.add(f"{room}.{name}")
        return object.__getattribute__(self, name)

    kind = type(type(original).__name__, (type(original),), {"__getattribute__": read})
    copy: Any = object.__new__(kind)
    copy.__dict__.update(own)
    return copy  # type: ignore[no-any-return]


def _described(value: Any) -> bytes:
    match value:
        case str() | int() | float() | None:
            return repr(value).encode()
        case np.ndarray():
            return f"{value.dtype.str}{value.shape}".encode() + value.tobytes()
        case Mapping():
            parts = [part for pair in value.items() for part in pair]
        case Sequence():
            parts = list(value)
        case _ if is_dataclass(value):
            parts = [getattr(value, field.name) for field in fields(value)]
        case _:
            raise TypeError(f"{value!r} has no description that is the same in every process")
    inside = b"".join(b"%d:%s" % (len(item), item) for item in map(_described, parts))
    return type(value).__name__.encode() + b"(" + inside + b")"
