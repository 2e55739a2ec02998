"""Running one scene, or one beat of it, and handing every picture to whoever wants it, not encoded.

What lies outside the beat is jumped over, so that its pictures cost nothing. A shot ends on its last still:
the curtain with which a scene ends in the film is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bnviz.errors import UserError
from bnviz.media.sink import Pixels, Sink
from bnviz.run.beats import require_beat
from bnviz.run.discover import SceneSource, load
from bnviz.run.render import manim_configured

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene
    from scenes.kit.script.beat import Clip
    from scenes.kit.settings import Settings


@dataclass(frozen=True)
class Shot:
    """What was taken: ``frames`` pictures, from ``start`` (seconds into the scene) on, and what is said."""

    start: float
    frames: int
    narration: tuple[Clip, ...]


def shoot(
    source: SceneSource,
    settings: Settings,
    size: tuple[int, int],
    frame_rate: int,
    folder: Path,
    sink: Sink,
    beat: str | None = None,
    transparent: bool = False,
    on_frames: Callable[[int], None] = lambda frames: None,
) -> Shot:
    """Run a scene and hand its pictures to ``sink``.

    Args:
        source: the scene.
        settings: theme, voice, language and lesson.
        size: width and height in pixels.
        frame_rate: pictures a second.
        folder: Manim's media folder; it holds what is said.
        sink: takes the pictures.
        beat: only this one; None is the whole scene.
        transparent: without the background.
        on_frames: called with the number of frames so far.

    Raises:
        UserError: the scene has no such beat.
    """
    width, height = size
    frames = 0
    options = {
        "media_dir": str(folder),
        "dry_run": True,
        "pixel_width": width,
        "pixel_height": height,
        "frame_rate": frame_rate,
    }
    with manim_configured(settings, **options):
        scene = load(source)()
        if beat is not None:
            require_beat(source, beat)
        if transparent:
            _clear_the_background(scene)

        def take(pixels: Pixels, *, repeat: int = 1) -> None:
            nonlocal frames
            sink.write(_straight(pixels) if transparent else pixels, repeat)
            frames += repeat
            on_frames(frames)

        writer: Any = scene.renderer.file_writer
        writer.write_frame = take
        writer.add_sound = lambda *_, **__: None  # it is laid over the pictures afterwards
        _skip_all_but(scene, beat)
        scene.render()
        taken = [each for each in scene.beats if beat in (None, each.name)]
    if not taken:
        raise UserError(f"{source.path}: {source.name} never shows its beat {beat!r}")
    return Shot(
        start=taken[0].start if beat else 0.0,
        frames=frames,
        narration=tuple(clip for each in taken for clip in each.clips),
    )


def _skip_all_but(scene: BeatScene, beat: str | None) -> None:
    """Make the scene jump over everything but ``beat`` (None: but the curtain), and stop when it has it."""
    from manim.utils.exceptions import EndSceneEarlyException

    stage: Any = scene
    renderer = stage.renderer
    next_section, update_frame, on_beat_end = scene.next_section, renderer.update_frame, scene.on_beat_end

    def choose(name: str, *_: Any, **__: Any) -> None:
        next_section(name, skip_animations=beat not in (None, name))

    def draw(*arguments: Any, **options: Any) -> None:
        if not renderer.skip_animations:
            update_frame(*arguments, **options)

    def end(name: str) -> None:
        if on_beat_end is not None:
            on_beat_end(name)
        if name == beat:
            next_section("the rest", skip_animations=True)
            raise EndSceneEarlyException

    def tear_down() -> None:
        """No curtain."""

    stage.next_section = choose
    renderer.update_frame = draw
    stage.on_beat_end = end
    stage.tear_down = tear_down


def _clear_the_background(scene: BeatScene) -> None:
    """Nothing, not even a colour: cairo would blend the edges of what is drawn with it."""
    from manim import BLACK

    camera: Any = scene.camera
    camera.background_opacity = 0
    camera.background_color = BLACK


def _straight(pixels: Pixels) -> Pixels:
    """From cairo's colours, which are multiplied by their opacity, to those that editors expect."""
    alpha = pixels[..., 3:].astype(np.uint16)
    colour = (pixels[..., :3].astype(np.uint16) * 255 + alpha // 2) // np.maximum(alpha, 1)
    return np.concatenate([np.minimum(colour, 255), alpha], axis=2).astype(np.uint8)
