"""Manim's renderer, with the kit's camera and writer, and what may be asked of it from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
from manim import CairoRenderer, Mobject, Scene

from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.canvas import Pixels
from scenes.kit.drawing.dissolve import Dissolve
from scenes.kit.drawing.encoder import FrameSink, FrameWriter


class KitRenderer(CairoRenderer):
    """Draws with the kit's camera, and gives each frame to the writer as it is instead of a copy of it.

    Args:
        skip_animations: jump over every animation.
        draws_skipped: whether pictures are drawn where no frame comes of them, as Manim does for its ``-s``.
        sink: takes the frames instead of Manim's files.
        on_frames: called with the number of frames so far, each time there are more.
        is_mute: whether narration is kept out of Manim's files.

    Attributes:
        first_frame: the first frame that was handed on, (height, width, 4) RGBA; None before there is one.
        last_frame: likewise the last one, without what a dissolve leaves of the one before.
    """

    camera: KitCamera

    def __init__(
        self,
        skip_animations: bool = False,
        draws_skipped: bool = True,
        sink: FrameSink | None = None,
        on_frames: Callable[[int], None] = lambda frames: None,
        is_mute: bool = False,
    ) -> None:
        writer: Any = partial(FrameWriter, sink=sink, on_frames=on_frames, is_mute=is_mute)
        super().__init__(writer, KitCamera, skip_animations)
        self._draws_skipped = draws_skipped
        self.first_frame: Pixels | None = None
        self.last_frame: Pixels | None = None
        self._dissolve: Dissolve | None = None

    def update_frame(self, scene: Scene, *arguments: Any, **options: Any) -> None:
        """Draw the picture as it stands, unless animations are skipped and no picture is wanted then."""
        if self._draws_skipped or not self.skip_animations:
            super().update_frame(scene, *arguments, **options)

    def picture(self, scene: Scene) -> Pixels:
        """The picture as it is, drawn whole even when animations are skipped: (height, width, 3), RGB."""
        self.static_image = None
        super().update_frame(scene)
        return np.array(self.camera.pixel_array[:, :, :3], dtype=np.uint8)

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Draw one frame of an animation and hand it to the writer."""
        self.update_frame(scene, moving_mobjects)
        self.add_frame(self.camera.give_away())

    def add_frame(self, frame: Pixels, num_frames: int = 1) -> None:
        """Hand a frame, which is never written to again, to the writer; it stands for ``num_frames``."""
        if self.skip_animations:
            return
        while self._dissolve is not None and num_frames:
            super().add_frame(self._dissolve.next(frame))
            num_frames -= 1
            if not self._dissolve.left:
                self._dissolve = None
        if num_frames:
            super().add_frame(frame, num_frames)
        if self.first_frame is None:
            self.first_frame = frame
        self.last_frame = frame

    def dissolve(self, frames: int) -> None:
        """Let the last picture of all that were handed on fade into the next ``frames``."""
        if self.last_frame is not None and frames:
            self._dissolve = Dissolve(self.last_frame, frames)

    def freeze_current_frame(self, duration: float) -> None:
        """Hand the frame that is drawn to the writer, to stand for ``duration`` seconds."""
        self.add_frame(self.camera.give_away(), num_frames=int(duration / (1 / self.camera.frame_rate)))
