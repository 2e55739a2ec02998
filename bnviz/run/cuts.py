"""The cuts of the film, which ``scenes/cuts.toml`` lists: each scene and beat of them is looked up."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import scenes
from bnviz.errors import UserError
from bnviz.run.beats import beats_of
from bnviz.run.discover import SceneSource, find
from scenes import CUTS, FULL, CutScene


def cut_names() -> tuple[str, ...]:
    """What the cuts are called, in the order of the file.

    Raises:
        UserError: the file cannot be read.
    """
    return tuple(_cuts())


def cut(name: str = FULL) -> list[SceneSource]:
    """The scenes of the cut ``name``, in its order, each with the beats that are shown of it.

    Raises:
        UserError: there is no such cut, or it names a scene or a beat that is not there, or beats in
            another order than their scene's; the message says what would be right.
    """
    return [_source(name, item) for item in _listed(name)]


def name_of(sources: Sequence[SceneSource]) -> str | None:
    """The cut of just these scenes and beats; None if there is none."""
    shown = tuple(CutScene(source.name, source.beats) for source in sources)
    return next((name for name, listed in _cuts().items() if listed == shown), None)


def _cuts() -> Mapping[str, tuple[CutScene, ...]]:
    try:
        return scenes.cuts()
    except ValueError as error:
        raise UserError(str(error)) from error


def _listed(name: str) -> tuple[CutScene, ...]:
    known = _cuts()
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name.lower(), known, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    raise UserError(f"--cut names {name!r}, which is no cut; {hint}{CUTS} has {', '.join(known)}")


def _source(name: str, item: CutScene) -> SceneSource:
    try:
        source = replace(find(item.name), beats=item.beats)
    except UserError as error:
        raise UserError(f"{CUTS}, cut {name!r}: {error}") from error
    if item.beats:
        _require_beats(name, item)
    return source


def _require_beats(name: str, item: CutScene) -> None:
    """Refuse beats that the scene does not have, or that it has in another order."""
    every = beats_of(find(item.name))
    where = f"{CUTS}, cut {name!r}: {item.name}"
    for beat in item.beats:
        if beat not in every:
            close = difflib.get_close_matches(beat, every, n=1)
            hint = f"did you mean {close[0]!r}? It has: " if close else "it has: "
            raise UserError(f"{where} has no beat {beat!r}; {hint}{', '.join(every)}")
    in_order = [beat for beat in every if beat in item.beats]
    if list(item.beats) != in_order:
        raise UserError(f"{where} shows its beats in the order {', '.join(in_order)}; list them so")
