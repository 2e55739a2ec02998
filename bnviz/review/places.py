"""From a second of a film to its place: the scene and beat, or the chapter, that is shown then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import av

from bnviz.errors import UserError
from bnviz.review.measurement import Place, Stretch


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


def of_film(film: Path) -> list[Section]:
    """The chapters of a film.

    Raises:
        UserError: it has no pictures.
    """
    with av.open(film) as container:
        if not container.streams.video:
            raise UserError(f"{film} has no pictures; bnviz check needs a film, or the names of scenes")
        found = []
        for number, entry in enumerate(container.chapters(), start=1):
            base = float(entry["time_base"] or 0)
            title = entry["metadata"].get("title", f"chapter {number}")
            found.append(Section(Stretch(entry["start"] * base, entry["end"] * base), Place("", title)))
        return found


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
