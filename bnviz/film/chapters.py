"""Chapters: a beat of ten seconds or more, or several neighbors that are joined. Pure arithmetic.

Video sites pass over chapters that are shorter, and a player's bar cannot be hit there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bnviz.film.timeline import PlacedBeat

SHORTEST = 10.0
"""Seconds that a chapter lasts at least, if the film does."""


@dataclass(frozen=True)
class Chapter:
    """A stretch of the film with a title, from ``start`` to ``end`` in seconds."""

    title: str
    start: float
    end: float


def chapters_of(beats: Iterable[PlacedBeat]) -> tuple[Chapter, ...]:
    """The chapters of a film with these beats, in order and without gaps.

    A short beat is joined with those behind it in its scene, what is left at a scene's end with the one
    before it; a scene that is short as a whole with its neighbor. Joined beats go by the longest one's title,
    a scene in one chapter by its own.
    """
    groups: list[list[PlacedBeat]] = []
    for _, scene in groupby(beats, lambda beat: beat.offset):
        groups += _joined([[beat] for beat in scene])
    return tuple(Chapter(_title(group), group[0].start, group[-1].end) for group in _joined(groups))


def _joined(groups: Iterable[Sequence[PlacedBeat]]) -> list[list[PlacedBeat]]:
    """``groups`` with those that are short joined with the next, and the last one with the one before it."""
    joined: list[list[PlacedBeat]] = []
    for group in groups:
        if joined and _seconds(joined[-1]) < SHORTEST:
            joined[-1] += group
        else:
            joined.append(list(group))
    if len(joined) > 1 and _seconds(joined[-1]) < SHORTEST:
        joined[-2:] = [joined[-2] + joined[-1]]
    return joined


def _seconds(group: Sequence[PlacedBeat]) -> float:
    return group[-1].end - group[0].start + 1e-6  # ten seconds are ten seconds, however they were added up


def _title(group: Sequence[PlacedBeat]) -> str:
    longest = max(group, key=lambda beat: beat.end - beat.start)
    of_its_scene = [beat for beat in group if beat.scene == longest.scene]
    is_whole = len(group) > 1 and len(of_its_scene) == len(longest.scene.beats)
    return longest.scene.title if is_whole else longest.title
