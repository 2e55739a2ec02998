"""When a loss is on the screen, as a surface or as a map: noted frame by frame while a scene is rendered.

What shows a loss says so itself, by its attribute ``shows_a_loss``: this knows no part of the kit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene


class ShownLosses:
    """Takes note of the frames in which some loss is seen."""

    def __init__(self) -> None:
        self._members: tuple[int, ...] = ()
        self._losses: list[Any] = []
        self._frames: list[tuple[int, int]] = []
        self._done = 0

    def watch(self, scene: BeatScene, frames: int) -> None:
        """Look at the scene as it stands in the newest frame; there are ``frames`` of them by now."""
        members = tuple(map(id, scene.mobjects))
        if members != self._members:  # only then may there be others
            self._members = members
            every = (part for mobject in scene.mobjects for part in mobject.get_family())
            self._losses = [part for part in every if getattr(part, "shows_a_loss", False)]
        if any(loss.opacity > 0 for loss in self._losses):
            if self._frames and self._frames[-1][1] == self._done:
                self._frames[-1] = (self._frames[-1][0], frames)
            else:
                self._frames.append((self._done, frames))
        self._done = frames

    def seconds(self, frame_rate: int) -> tuple[tuple[float, float], ...]:
        """From when to when a loss was seen, in seconds, in order."""
        return tuple((first / frame_rate, last / frame_rate) for first, last in self._frames)
