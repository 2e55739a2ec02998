"""A report on a film, and what its file alone tells: pictures, sound and captions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import av
import numpy as np

from bnviz.errors import UserError
from bnviz.media.soundtrack import RATE
from bnviz.review import captions, film_measures, legibility, loudness, pace, places, stillness_and_flashes
from bnviz.review.limits import LIMITS, Limits
from bnviz.review.loudness import Sound
from bnviz.review.measurement import Check, Place, Stretch, unmeasured
from bnviz.review.places import Section

if TYPE_CHECKING:
    from scenes.kit.script.captions import Cue

SUBJECTS = ("pace", "surfaces", "stillness", "joins", "flashes", "legibility", "captions", "loudness")
NEEDS_SCENES = "needs the scenes"
_PART = re.compile(r": |(?<=\?) ")  # between a scene's title and its beat's


@dataclass(frozen=True)
class Report:
    """All checks of one film."""

    checks: tuple[Check, ...]

    @classmethod
    def of(cls, checks: Iterable[Check]) -> Self:
        """The checks in the order of :data:`SUBJECTS`."""
        return cls(tuple(sorted(checks, key=lambda check: SUBJECTS.index(check.subject))))

    @property
    def beyond(self) -> tuple[Check, ...]:
        """The checks with a figure beyond a limit that a film has to keep."""
        return tuple(check for check in self.checks if check.is_binding and check.beyond)

    @property
    def warnings(self) -> tuple[Check, ...]:
        """The checks with a figure beyond a limit that a film ought to keep."""
        return tuple(check for check in self.checks if not check.is_binding and check.beyond)

    @property
    def needs_scenes(self) -> tuple[str, ...]:
        """The subjects that cannot be checked without the scenes of the film."""
        return tuple(dict.fromkeys(item.subject for item in self.checks if item.unmeasured == NEEDS_SCENES))

    def as_data(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            "is_beyond": bool(self.beyond),
            "has_warnings": bool(self.warnings),
            "needs_scenes": list(self.needs_scenes),
            "checks": [check.as_data() for check in self.checks],
        }


def check_film(film: Path, limits: Limits = LIMITS) -> Report:
    """Check what the pictures, the sound and the captions of a bare film tell.

    Chapters whose titles begin alike, ``Scene: beat`` or ``Scene? Beat``, count as one part of the film.

    Raises:
        UserError: the file is no film, or the captions beside it cannot be read.
    """
    unknown = [*pace.checks({}, limits), *legibility.checks([], limits), *film_measures.letters([], limits)]
    unknown += film_measures.losses([], 1.0, 0.0, lambda _: Place(), limits)
    needing = unmeasured(unknown, NEEDS_SCENES)
    try:
        sections = places.of_film(film)
        together = places.together(sections, lambda place: _PART.split(place.beat)[0])
        parts = [(Place("", title), shown) for title, shown in together]
        joins = [(shown.start, shown.start) for _, shown in parts[1:]]
        return Report.of([*needing, *of_file(film, sections, [], parts, "chapter", joins, limits)])
    except av.FFmpegError as error:
        raise UserError(f"{film} cannot be read as a film: {error.strerror}") from error


def of_file(
    film: Path,
    sections: Sequence[Section],
    spoken: Sequence[Stretch],
    parts: Sequence[tuple[Place, Stretch]],
    part: str,
    joins: Sequence[tuple[float, float]] = (),
    limits: Limits = LIMITS,
) -> list[Check]:
    """What the file alone tells of its pictures, captions and sound.

    Args:
        film: the file.
        sections: what is shown when.
        spoken: when something is said; empty where that is not known.
        parts: what must be as loud as the film.
        part: what a part is called.
        joins: where scenes meet: when the last frame before ends, and when the first one after begins.
        limits: what is allowed.
    """
    where = partial(places.at, sections)
    cues, sound = captions.captions_of(film), loudness.sound_of(film)
    told = spoken or _told(sound, cues)
    at_joins = film_measures.Joins(film, joins, where)
    seen = stillness_and_flashes.watch(film, at_joins.watch)
    found = stillness_and_flashes.checks(seen, told, where, limits)
    found += film_measures.motion(seen.stills, told, seen.seconds, where, limits) + at_joins.checks(limits)
    read = captions.checks(cues, where, limits)
    found += read if cues else unmeasured(read, "there are no captions")
    if sound is None:
        silence = np.zeros((RATE, 1), dtype=np.float32)
        return found + unmeasured(loudness.checks(silence, [], part, limits), "there is no sound")
    return found + loudness.checks(sound, parts, part, limits)


def _told(sound: Sound | None, cues: Sequence[Cue]) -> list[Stretch]:
    """When something is heard; in a film without sound, when a caption stands."""
    if sound is not None:
        return loudness.heard(sound)
    return [Stretch(cue.start, cue.end) for cue in cues]
