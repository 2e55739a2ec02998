"""Running one scene, or one beat of it, and handing every picture to whoever wants it, not encoded.

What lies outside the beat is jumped over, so that its pictures cost nothing. A shot ends on its last still:
the curtain with which a scene ends in the film is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bnviz.errors import UserError
from bnviz.media.sink import Pixels, Sink
from bnviz.run.beats import require_beat
from bnviz.run.discover import SceneSource
from bnviz.run.run_scene import run_scene

if TYPE_CHECKING:
    from scenes.kit.script.beat import AudioClip
    from scenes.kit.settings import Settings


@dataclass(frozen=True)
class FrameRun:
    """What was taken: ``frames`` pictures, and what is said, in seconds from the first of them on."""

    frames: int
    narration: tuple[AudioClip, ...]


def run_frames(
    source: SceneSource,
    settings: Settings,
    size: tuple[int, int],
    frame_rate: int,
    folder: Path,
    sink: Sink,
    beat: str | None = None,
    transparent: bool = False,
    on_frames: Callable[[int], None] = lambda frames: None,
) -> FrameRun:
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
    if beat is not None:
        require_beat(source, beat)
    run = run_scene(
        source,
        settings,
        size,
        frame_rate,
        Straightened(sink) if transparent else sink,
        folder=folder,
        only=() if beat is None else (beat,),
        transparent=transparent,
        on_frames=on_frames,
    )
    taken = [item for item in run.beats if beat in (None, item.name)]
    if not taken:
        raise UserError(f"{source.path}: {source.name} never shows its beat {beat!r}")
    return FrameRun(
        frames=run.frames,
        narration=tuple(clip for item in taken for clip in item.clips),
    )


class Straightened:
    """A sink that turns cairo's colors, multiplied by their opacity, into those that editors expect."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        """Hand on the picture with the colors of the full opacity."""
        self._sink.write(straight(pixels), repeat)


def straight(pixels: Pixels) -> Pixels:
    """From cairo's colors, which are multiplied by their opacity, to those that editors expect."""
    alpha = pixels[..., 3:].astype(np.uint16)
    color = (pixels[..., :3].astype(np.uint16) * 255 + alpha // 2) // np.maximum(alpha, 1)
    return np.concatenate([np.minimum(color, 255), alpha], axis=2).astype(np.uint8)
