"""A talk as data: one slide a beat, with its frames and its notes. Pure; slides.py writes the files."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bnviz.run.render import RenderedScene
    from scenes.kit.script.beat import Beat


@dataclass(frozen=True)
class Slide:
    """A beat as a slide: the frames ``first`` to ``last`` (exclusive) of its scene's video.

    ``offset`` is the number of frames in the scenes before; ``name`` is a file's, without its suffix.
    """

    scene: RenderedScene
    name: str
    title: str
    notes: str
    offset: int
    first: int
    last: int
    loop: bool


def slides_of(rendered: Sequence[RenderedScene], loops: Collection[str] = ()) -> list[Slide]:
    """A slide for every beat. It starts where the one before ends, and ends on its still.

    The curtain at the end of a scene is on no slide.

    Args:
        rendered: the scenes in order.
        loops: the beats that play over and over, as ``Scene/beat``.
    """
    slides: list[Slide] = []
    offset = 0
    for scene in rendered:
        first = 0
        for beat in scene.beats:
            last = round(beat.end * scene.frame_rate)
            name = f"{len(slides) + 1:02}-{_plain(scene.name)}-{_plain(beat.name)}"
            loop = f"{scene.name}/{beat.name}" in loops
            title = f"{scene.title}: {beat.title}"
            slides.append(Slide(scene, name, title, notes_of(title, beat), offset, first, last, loop))
            first = last
        offset += scene.frames
    return slides


def notes_of(title: str, beat: Beat) -> str:
    """What the speaker reads: the slide's title, then the narration, a sentence a line."""
    said = " ".join(" ".join(cue.text.split()) for cue in beat.cues)
    return f"{title}\n\n" + re.sub(r"(?<=[.?!]) (?=\S)", "\n", said)


def _plain(name: str) -> str:
    """A name for a file: ``ValleyToBowl`` -> ``valley_to_bowl``."""
    return re.sub(r"\W+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)).lower()
