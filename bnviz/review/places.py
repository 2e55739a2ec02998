"""From a second of a film to its place: the scene and beat, or the chapter, that is shown then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import av

from bnviz.errors import UserError
from bnviz.review.measurement import Place, Stretch

if TYPE_CHECKING:
    from bnviz.review.pace import Said
    from bnviz.run.render import RenderedScene


@dataclass(frozen=True)
class Section:
    """A beat or a chapter.

    Args:
        shown: when, in seconds of the film.
        place: its scene and beat.
        origin: the second of the film from which the seconds of its place are counted.
    """

    shown: Stretch
    place: Place
    origin: float = 0.0


def of_scenes(rendered: Sequence[RenderedScene]) -> list[Section]:
    """The beats of scenes that follow each other; the last of a scene lasts to the scene's end."""
    found = []
    for scene, start in _starts(rendered):
        begins = [0.0, *(beat.start for beat in scene.beats[1:])]
        for beat, begin, end in zip(scene.beats, begins, [*begins[1:], scene.duration], strict=True):
            shown = Stretch(start + begin, start + end)
            found.append(Section(shown, Place(scene.name, beat.name), start))
    return found


def of_film(film: Path) -> list[Section]:
    """The chapters of a film.

    Raises:
        UserError: it has no pictures.
    """
    with av.open(film) as container:
        if not container.streams.video:
            raise UserError(f"{film} has no pictures; bnviz check needs a film, or the names of scenes")
        return [
            Section(
                Stretch(float(each["start"] * each["time_base"]), float(each["end"] * each["time_base"])),
                Place("", each["metadata"].get("title", f"chapter {number}")),
            )
            for number, each in enumerate(container.chapters(), start=1)
        ]


def in_film(rendered: Sequence[RenderedScene], said: Mapping[str, Iterable[Said]]) -> list[Stretch]:
    """When each sentence is said, in seconds of the film of these scenes."""
    return [
        Stretch(start + line.start, start + line.end)
        for scene, start in _starts(rendered)
        for beat in said[scene.name]
        for line in beat.lines
    ]


def at(sections: Sequence[Section], second: float) -> Place:
    """The place of a second of the film; where there is no section, only the second is known."""
    for section in sections:
        if section.shown.start <= second + 1e-6 < section.shown.end:
            return replace(section.place, second=second - section.origin)
    return Place(second=second)


def together(sections: Sequence[Section], name: Callable[[Place], str]) -> list[tuple[str, Stretch]]:
    """Neighboring sections whose places have one name, as one stretch each."""
    rows = [(title, list(row)) for title, row in groupby(sections, lambda section: name(section.place))]
    return [(title, Stretch(row[0].shown.start, row[-1].shown.end)) for title, row in rows]


def _starts(rendered: Sequence[RenderedScene]) -> Iterable[tuple[RenderedScene, float]]:
    """Each scene and the second at which it starts."""
    start = 0.0
    for scene in rendered:
        yield scene, start
        start += scene.duration
