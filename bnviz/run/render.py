"""Rendering one scene in this process: pictures into an MP4 without sound, and what was said when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.errors import UserError
from bnviz.run.discover import SceneSource
from bnviz.run.quality import Quality
from bnviz.run.run_scene import run_scene

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene
    from scenes.kit.script.beat import Beat, TextMeasure
    from scenes.kit.settings import Settings

QUEUED = 2  # frames that may wait for the encoder: 8 MB each at 1080p


@dataclass(frozen=True)
class RenderedScene:
    """A scene as it was rendered. ``beats`` hold times in seconds from the scene's start.

    ``begins_on`` and ``ends_on`` say what its first and its last frame show, see
    :class:`~bnviz.run.run_scene.SceneRun`; ``losses`` from when to when a loss is on the screen.
    """

    name: str
    title: str
    video: Path
    beats: tuple[Beat, ...]
    frames: int
    frame_rate: int
    size: tuple[int, int]
    begins_on: str = ""
    ends_on: str = ""
    losses: tuple[tuple[float, float], ...] = ()

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.frames / self.frame_rate


def render_scene(
    source: SceneSource,
    settings: Settings,
    quality: Quality,
    folder: Path,
    on_frames: Callable[[int], None] = lambda frames: None,
    measure: Callable[[BeatScene], tuple[TextMeasure, ...]] = lambda scene: (),
    watch: Callable[[BeatScene, int], None] = lambda scene, frames: None,
) -> RenderedScene:
    """Render a scene into ``folder``, which nobody else writes to.

    Args:
        source: the scene.
        settings: theme, voice, language and lesson.
        quality: size and frame rate.
        folder: Manim's media folder for this render.
        on_frames: called with the number of frames so far, each time there are more.
        measure: called with the scene at the end of every beat; what it finds is kept with the beat.
        watch: called with the scene and the number of frames so far, each time there are more.

    Raises:
        UserError: the scene has no beat.
    """
    movie = {
        "format": "mp4",
        "video_codec": quality.encoder,
        "pixel_format": quality.pixel_format,
        "video_encoder_options": quality.encoder_options,
        "encoder_queue_size": QUEUED,
    }
    texts: list[tuple[TextMeasure, ...]] = []
    run = run_scene(
        source,
        settings,
        quality.size,
        quality.frame_rate,
        folder=folder,
        has_curtain=True,
        movie=movie,
        on_beat_end=lambda scene, beat: texts.append(measure(scene)),
        on_frames=on_frames,
        watch=watch,
    )
    if not run.beats:
        raise UserError(f"{source.path}: {source.name} has no beat")
    assert run.movie is not None  # it was asked for
    beats = tuple(replace(beat, texts=found) for beat, found in zip(run.beats, texts, strict=True))
    return RenderedScene(
        name=source.name,
        title=run.title,
        video=run.movie,
        beats=beats,
        frames=run.frames,
        frame_rate=quality.frame_rate,
        size=quality.size,
        begins_on=run.begins_on,
        ends_on=run.ends_on,
    )
