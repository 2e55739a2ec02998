"""Rendering one scene in this process: pictures into an MP4 without sound, and what was said when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bnviz.errors import UserError
from bnviz.run.discover import SceneSource, load
from bnviz.run.manim_defaults import default_config
from bnviz.run.quality import Quality
from bnviz.run.quiet import import_manim

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene
    from scenes.kit.script.beat import Beat, TextMeasure
    from scenes.kit.settings import Settings

QUEUED = 2  # frames that may wait for the encoder: 8 MB each at 1080p


@dataclass(frozen=True)
class RenderedScene:
    """A scene as it was rendered. ``beats`` hold times in seconds from the scene's start."""

    name: str
    title: str
    video: Path
    beats: tuple[Beat, ...]
    frames: int
    frame_rate: int
    size: tuple[int, int]

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.frames / self.frame_rate


@contextmanager
def manim_configured(settings: Settings, **options: Any) -> Iterator[None]:
    """Manim with its own defaults and ``options``, the scenes with ``settings``; put back afterwards."""
    import_manim()
    from manim import config, tempconfig

    from scenes.kit import settings as chosen

    always = {"progress_bar": "none", "verbosity": "WARNING", "disable_caching": True, "output_file": ""}
    chosen.use(settings)
    try:
        with tempconfig({}):
            config.update(default_config())
            config.update(always | options)
            yield
    finally:
        chosen.use(None)


def render_scene(
    source: SceneSource,
    settings: Settings,
    quality: Quality,
    folder: Path,
    on_frames: Callable[[int], None] = lambda frames: None,
    measure: Callable[[BeatScene], tuple[TextMeasure, ...]] = lambda scene: (),
) -> RenderedScene:
    """Render a scene into ``folder``, which nobody else writes to.

    Args:
        source: the scene.
        settings: theme, voice, language and lesson.
        quality: size and frame rate.
        folder: Manim's media folder for this render.
        on_frames: called with the number of frames so far, each time there are more.
        measure: called with the scene at the end of every beat; what it finds is kept with the beat.
    """
    options = {
        "media_dir": str(folder),
        "format": "mp4",
        "pixel_width": quality.width,
        "pixel_height": quality.height,
        "frame_rate": quality.frame_rate,
        "video_encoder_options": quality.encoder_options,
        "encoder_queue_size": QUEUED,
    }
    with manim_configured(settings, **options):
        scene = load(source)()
        texts: list[tuple[TextMeasure, ...]] = []
        scene.on_beat_end = lambda beat: texts.append(measure(scene))
        frames = 0
        writer: Any = scene.renderer.file_writer
        write_frame = writer.write_frame

        def write_and_count(pixels: Any, *, repeat: int = 1) -> None:
            nonlocal frames
            write_frame(pixels, repeat=repeat)
            frames += repeat
            on_frames(frames)

        writer.write_frame = write_and_count
        writer.add_sound = lambda *_, **__: None  # the narration is laid over the whole film, by join
        scene.render()
    if not scene.beats:
        raise UserError(f"{source.path}: {source.name} has no beat")
    return RenderedScene(
        name=source.name,
        title=scene.title,
        video=Path(writer.movie_file_path),
        beats=tuple(replace(beat, texts=found) for beat, found in zip(scene.beats, texts, strict=True)),
        frames=frames,
        frame_rate=quality.frame_rate,
        size=quality.size,
    )
