"""A talk as data: one slide a beat, with its frames and its notes. Others write the files."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bnviz.film.timeline import PlacedBeat, Timeline
    from scenes.kit.script.beat import Beat
    from scenes.kit.settings import Settings


@dataclass(frozen=True)
class Slide:
    """A beat as a slide; ``name`` is a file's, without its suffix, and ``loop`` plays it over and over."""

    placed: PlacedBeat
    name: str
    notes: str
    loop: bool

    @property
    def title(self) -> str:
        """``Scene: beat``."""
        return self.placed.title


def slides_of(plan: Timeline, loops: Collection[str] = ()) -> list[Slide]:
    """A slide for every beat of ``plan``. It starts where the one before ends, and ends on its still.

    The curtain at the end of a scene is on no slide.

    Args:
        plan: the film.
        loops: the beats that play over and over, as ``Scene/beat``.
    """
    slides: list[Slide] = []
    for number, placed in enumerate(plan.beats, 1):
        scene, beat = placed.scene.name, placed.beat
        name = f"{number:02}-{_plain(scene)}-{_plain(beat.name)}"
        slides.append(Slide(placed, name, notes_of(placed.title, beat), f"{scene}/{beat.name}" in loops))
    return slides


def notes_of(title: str, beat: Beat) -> str:
    """What the speaker reads: the slide's title, then the narration, a sentence a line."""
    said = " ".join(" ".join(cue.text.split()) for cue in beat.cues)
    return f"{title}\n\n" + re.sub(r"(?<=[.?!]) (?=\S)", "\n", said)


def alt_of(placed: PlacedBeat, settings: Settings) -> str:
    """The beat's still for those who do not see it; its title where a scene has words of its own."""
    from scenes.kit.script.words import Words

    try:
        return Words(placed.scene.name, settings.lesson, settings.language).alt(placed.beat.name)
    except KeyError:
        return placed.title


def _plain(name: str) -> str:
    """A name for a file: ``ValleyToBowl`` -> ``valley_to_bowl``."""
    return re.sub(r"\W+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)).lower()
