"""Manim's renderer, which gives each frame away as it is instead of a copy of it."""

from __future__ import annotations

from collections.abc import Iterable

from manim import CairoRenderer, Mobject, Scene

from scenes.kit.drawing.camera import KitCamera
from scenes.kit.drawing.encoder import FrameWriter


class KitRenderer(CairoRenderer):
    """Draws with the kit's camera, and writes with the kit's writer."""

    camera: KitCamera

    def __init__(self, skip_animations: bool = False) -> None:
        super().__init__(FrameWriter, KitCamera, skip_animations)

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Draw one frame of an animation and hand it to the writer."""
        self.update_frame(scene, moving_mobjects)
        self.add_frame(self.camera.give_away())

    def freeze_current_frame(self, duration: float) -> None:
        """Hand the frame that is drawn to the writer, to stand for ``duration`` seconds."""
        self.add_frame(self.camera.give_away(), num_frames=int(duration / (1 / self.camera.frame_rate)))
