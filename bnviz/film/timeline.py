"""Where every scene and beat stands in the whole film: chapters, slides and the page read it off here.

Pure arithmetic. Times are seconds from the film's start unless something else is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from bnviz.film.chapters import Chapter, chapters_of
from bnviz.media.caption_files import shifted

if TYPE_CHECKING:
    from bnviz.run.render import RenderedScene
    from scenes.kit.script.beat import AudioClip, Beat
    from scenes.kit.script.captions import Cue


CROSSFADE = 0.4
"""Seconds in which a scene's last picture fades into the next one's first, where nothing joins them."""


@dataclass(frozen=True)
class PlacedBeat:
    """A beat in the film: from ``start`` to ``end``, without a gap to its neighbors.

    The frames ``first`` to ``last`` (exclusive) of its scene's video run from where the beat before ended to
    its own last still: what a slide shows. ``offset`` frames lie before its scene.
    """

    scene: RenderedScene
    beat: Beat
    offset: int
    start: float
    end: float
    first: int
    last: int

    @property
    def title(self) -> str:
        """``Scene: beat``, or ``Scene? Beat``."""
        colon = "" if self.scene.title.endswith("?") else ":"
        return f"{self.scene.title}{colon} {self.beat.title}"


@dataclass(frozen=True)
class PlacedScene:
    """A scene in the film, with ``offset`` frames before it.

    ``fade`` frames follow it in which its last picture fades into the next scene's first one; its last beat
    lasts until they are over.
    """

    scene: RenderedScene
    offset: int
    beats: tuple[PlacedBeat, ...]
    fade: int = 0

    @property
    def start(self) -> float:
        """Where it begins."""
        return self.offset / self.scene.frame_rate


@dataclass(frozen=True)
class Timeline:
    """Scenes end to end, of one ``size`` (width, height in pixels) and ``frame_rate``."""

    scenes: tuple[PlacedScene, ...]

    @property
    def frame_rate(self) -> int:
        """Frames a second."""
        return self.scenes[0].scene.frame_rate

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.scenes[0].scene.size

    @property
    def frames(self) -> int:
        """The film's length in frames."""
        last = self.scenes[-1]
        return last.offset + last.scene.frames

    @property
    def duration(self) -> float:
        """The film's length in seconds."""
        return self.frames / self.frame_rate

    @property
    def beats(self) -> tuple[PlacedBeat, ...]:
        """Every scene's beats, in the film's order."""
        return tuple(beat for scene in self.scenes for beat in scene.beats)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Its chapters, of ten seconds or more, without gaps."""
        return chapters_of(self.beats)

    @property
    def cues(self) -> tuple[Cue, ...]:
        """All captions."""
        return tuple(
            cue
            for scene in self.scenes
            for beat in scene.beats
            for cue in shifted(beat.beat.cues, scene.start)
        )

    @property
    def clips(self) -> tuple[AudioClip, ...]:
        """All narration."""
        return tuple(
            replace(clip, start=clip.start + scene.start)
            for scene in self.scenes
            for beat in scene.beats
            for clip in beat.beat.clips
        )


def timeline(rendered: Sequence[RenderedScene]) -> Timeline:
    """Lay ``rendered`` scenes, at least one, which share size and frame rate, end to end.

    Between two that do not show the same at their join lie the frames of a cross-fade.
    """
    placed: list[PlacedScene] = []
    offset = 0
    for scene, after in zip_longest(rendered, rendered[1:]):
        fade = 0 if after is None else fade_between(scene, after)
        placed.append(PlacedScene(scene, offset, tuple(_beats(scene, offset, fade)), fade))
        offset += scene.frames + fade
    return Timeline(tuple(placed))


def fade_between(scene: RenderedScene, after: RenderedScene) -> int:
    """How many frames of a cross-fade part two neighbors: none where they show the same at their join.

    That is an object that the one hands over to the other, or nothing but the background.
    """
    is_seamless = bool(scene.ends_on) and scene.ends_on == after.begins_on
    return 0 if is_seamless else round(CROSSFADE * scene.frame_rate)


def _beats(scene: RenderedScene, offset: int, fade: int) -> list[PlacedBeat]:
    """A scene's beats: the first begins with it, each of the others where it began.

    The last ends with it, and with the ``fade`` frames that follow.
    """
    start, rate = offset / scene.frame_rate, scene.frame_rate
    edges = [start, *(start + beat.start for beat in scene.beats[1:]), (offset + scene.frames + fade) / rate]
    cuts = [0, *(round(beat.end * rate) for beat in scene.beats)]
    return [
        PlacedBeat(scene, beat, offset, *span, *frames)
        for beat, span, frames in zip(scene.beats, pairwise(edges), pairwise(cuts), strict=True)
    ]
