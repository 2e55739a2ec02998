"""The film's scenes: one a file, the file named after its class; ``cuts.toml`` says which films they make.

A scene imports ``bn_math`` and the kit, never another scene.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

CUTS = "scenes/cuts.toml"
FULL, EVERYTHING = "full", "everything"

ORDER: tuple[str, ...]
"""Every scene, in the order in which the cut ``everything`` shows them; read when it is first asked for."""


@dataclass(frozen=True)
class CutScene:
    """A scene in a cut; ``beats`` are those that it shows there, in its order, and () are all."""

    name: str
    beats: tuple[str, ...] = ()


def cuts() -> Mapping[str, tuple[CutScene, ...]]:
    """The scenes of every cut, in order, by the cut's name.

    Raises:
        ValueError: ``cuts.toml`` is no TOML, lacks ``full`` or ``everything``, or lists something else than
            scenes and beats, or one twice.
    """
    return _read(resources.files("scenes").joinpath("cuts.toml").read_text(encoding="utf-8"))


def __getattr__(name: str) -> Any:
    """:data:`ORDER`: a mistake in the file is told where it is used, not where the package is imported."""
    if name == "ORDER":
        return tuple(item.name for item in cuts()[EVERYTHING])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@lru_cache(maxsize=2)
def _read(text: str) -> dict[str, tuple[CutScene, ...]]:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{CUTS} is not valid TOML: {error}") from None
    if missing := [name for name in (FULL, EVERYTHING) if name not in found]:
        raise ValueError(f"{CUTS} has no cut {' and no cut '.join(map(repr, missing))}")
    if len({name.casefold() for name in found}) < len(found):
        raise ValueError(f"{CUTS} has cuts that differ by capitals alone; their films would be one file")
    return {name: _cut(name, entries) for name, entries in found.items()}


def _cut(name: str, entries: Any) -> tuple[CutScene, ...]:
    if not re.fullmatch(r"[\w-]+", name):
        raise ValueError(f"{CUTS}: a cut is called {name!r}; a film's file is, too: letters, digits, - and _")
    if not isinstance(entries, list) or not entries:
        raise ValueError(f'{CUTS}: the cut {name!r} must be a list of scenes, like ["Valley", "Bowl"]')
    made = tuple(_entry(name, entry) for entry in entries)
    if twice := _twice([item.name for item in made]):
        raise ValueError(f"{CUTS}: the cut {name!r} names {twice} more than once")
    return made


def _entry(cut: str, entry: Any) -> CutScene:
    match entry:
        case str():
            return CutScene(entry)
        case {"scene": str(scene), "beats": [_, *_] as beats, **rest} if not rest and _are_texts(beats):
            if twice := _twice(beats):
                raise ValueError(f"{CUTS}: the cut {cut!r} names {twice} of {scene} more than once")
            return CutScene(scene, tuple(beats))
    raise ValueError(
        f"{CUTS}: the cut {cut!r} holds {entry!r}; it must be a scene's name, "
        'or some of its beats: { scene = "Bowl", beats = ["descent"] }'
    )


def _are_texts(items: list[Any]) -> bool:
    return all(isinstance(item, str) for item in items)


def _twice(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if names.count(name) > 1))
