"""Where everything stands in the whole film, in seconds from its start. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bnviz.media.caption_files import shifted

if TYPE_CHECKING:
    from bnviz.run.render import RenderedScene
    from scenes.kit.script.beat import Clip
    from scenes.kit.script.captions import Cue


@dataclass(frozen=True)
class Chapter:
    """A beat of the film: its title, from ``start`` to ``end``."""

    title: str
    start: float
    end: float


@dataclass(frozen=True)
class Timeline:
    """The film's length in frames, its chapters without gaps, its captions and its narration."""

    frames: int
    frame_rate: int
    size: tuple[int, int]
    chapters: tuple[Chapter, ...]
    cues: tuple[Cue, ...]
    clips: tuple[Clip, ...]

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.frames / self.frame_rate


def timeline(rendered: Sequence[RenderedScene]) -> Timeline:
    """Lay ``rendered`` scenes, which share size and frame rate, end to end."""
    frames = 0
    starts: list[tuple[float, str]] = []
    cues: list[Cue] = []
    clips: list[Clip] = []
    for scene in rendered:
        offset = frames / scene.frame_rate
        for number, beat in enumerate(scene.beats):
            starts.append((offset + (beat.start if number else 0.0), f"{scene.title}: {beat.title}"))
            cues.extend(shifted(beat.cues, offset))
            clips.extend(replace(clip, start=clip.start + offset) for clip in beat.clips)
        frames += scene.frames
    ends = [start for start, _ in starts[1:]] + [frames / rendered[0].frame_rate]
    return Timeline(
        frames=frames,
        frame_rate=rendered[0].frame_rate,
        size=rendered[0].size,
        chapters=tuple(Chapter(title, start, end) for (start, title), end in zip(starts, ends, strict=True)),
        cues=tuple(cues),
        clips=tuple(clips),
    )
