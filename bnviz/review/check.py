"""Everything that can be checked of a film: with the scenes it was made of, or as a bare file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from bnviz.errors import UserError
from bnviz.media.soundtrack import RATE
from bnviz.review import captions, legibility, loudness, pace, places, stillness_and_flashes
from bnviz.review.limits import LIMITS, Limits
from bnviz.review.loudness import Sound
from bnviz.review.measurement import Check, Place, Stretch, unmeasured
from bnviz.review.places import Section

if TYPE_CHECKING:
    from bnviz.run.render import RenderedScene
    from scenes.kit.script.captions import Cue

SUBJECTS = ("pace", "stillness", "flashes", "legibility", "captions", "loudness")
NEEDS_SCENES = "needs the scenes"


@dataclass(frozen=True)
class Report:
    """All checks of one film, in the order of :data:`SUBJECTS`."""

    checks: tuple[Check, ...]

    @property
    def beyond(self) -> tuple[Check, ...]:
        """The checks with a figure beyond its limit."""
        return tuple(check for check in self.checks if check.beyond)

    @property
    def needs_scenes(self) -> tuple[str, ...]:
        """The subjects that cannot be checked without the scenes of the film."""
        return tuple(dict.fromkeys(each.subject for each in self.checks if each.unmeasured == NEEDS_SCENES))

    def as_data(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            "is_beyond": bool(self.beyond),
            "needs_scenes": list(self.needs_scenes),
            "checks": [check.as_data() for check in self.checks],
        }


def check_scenes(rendered: Sequence[RenderedScene], film: Path, limits: Limits = LIMITS) -> Report:
    """Check ``film`` with all that is known of the scenes it was joined from.

    Args:
        rendered: the scenes in the order of the film; their WAV files must still be there.
        film: the joined film.
        limits: what is allowed.
    """
    said = {scene.name: [pace.said(beat) for beat in scene.beats] for scene in rendered}
    paces = pace.checks(said, limits)
    narrated = {name for name, beats in said.items() if any(beat.lines for beat in beats)}
    if not narrated:
        paces = unmeasured(paces, "nothing is said")
    texts = legibility.checks(legibility.of_scenes(rendered), limits)
    sections = places.of_scenes(rendered)
    parts = [
        (Place(name), shown)
        for name, shown in places.together(sections, lambda place: place.scene)
        if name in narrated
    ]
    spoken = places.in_film(rendered, said)
    return _report([*paces, *texts, *_of_file(film, sections, spoken, parts, "scene", limits)])


def check_film(film: Path, limits: Limits = LIMITS) -> Report:
    """Check what the pictures, the sound and the captions of a bare film tell.

    Chapters whose titles begin alike, ``Scene: beat``, count as one part of the film.

    Raises:
        UserError: the file is no film, or the captions beside it cannot be read.
    """
    needing = unmeasured([*pace.checks({}, limits), *legibility.checks([], limits)], NEEDS_SCENES)
    try:
        sections = places.of_film(film)
        together = places.together(sections, lambda place: place.beat.partition(": ")[0])
        parts = [(Place("", title), shown) for title, shown in together]
        return _report([*needing, *_of_file(film, sections, [], parts, "chapter", limits)])
    except av.FFmpegError as error:
        raise UserError(f"{film} cannot be read as a film: {error}") from error


def _of_file(
    film: Path,
    sections: Sequence[Section],
    spoken: Sequence[Stretch],
    parts: Sequence[tuple[Place, Stretch]],
    what: str,
    limits: Limits,
) -> list[Check]:
    """The checks that the file alone allows; ``spoken`` is when something is said, where that is known."""
    where = partial(places.at, sections)
    cues, sound = captions.captions_of(film), loudness.sound_of(film)
    said = spoken or _told(sound, cues)
    found = stillness_and_flashes.checks(stillness_and_flashes.watch(film), said, where, limits)
    read = captions.checks(cues, where, limits)
    found += read if cues else unmeasured(read, "there are no captions")
    if sound is None:
        silence = np.zeros((RATE, 1), dtype=np.float32)
        return found + unmeasured(loudness.checks(silence, [], what, limits), "there is no sound")
    return found + loudness.checks(sound, parts, what, limits)


def _told(sound: Sound | None, cues: Sequence[Cue]) -> list[Stretch]:
    """When something is told in a film without its scenes: heard, or, in a silent one, written in a caption."""
    if sound is not None:
        return loudness.heard(sound)
    return [Stretch(cue.start, cue.end) for cue in cues]


def _report(checks: Iterable[Check]) -> Report:
    return Report(tuple(sorted(checks, key=lambda check: SUBJECTS.index(check.subject))))
