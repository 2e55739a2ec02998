"""A heading that leaves: it comes at a scene's start, stands for two seconds, and goes while others move."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, Scene, linear

STANDS, FADES = 2.0, 0.4  # seconds in which a heading is there, and in which it comes or goes


def opacity(passed: float) -> float:
    """How much of a heading is seen ``passed`` seconds after it was shown."""
    return float(np.clip(min(passed / FADES, (STANDS + FADES - passed) / FADES), 0, 1))


class Passing(Animation):
    """What becomes of a heading while other things move.

    Args:
        heading: what comes and goes.
        passed: seconds since it was shown.
        run_time: of what else moves.
    """

    def __init__(self, heading: Mobject, passed: float, run_time: float) -> None:
        super().__init__(heading, run_time=run_time, rate_func=linear)
        self.passed = passed

    def interpolate_mobject(self, alpha: float) -> None:
        """Come, stand or go."""
        self.mobject.set_opacity(opacity(self.passed + alpha * self.run_time))

    def clean_up_from_scene(self, scene: Scene) -> None:
        """What has gone is taken away."""
        super().clean_up_from_scene(scene)
        if self.passed + self.run_time >= STANDS + FADES:
            scene.remove(self.mobject)

    @property
    def is_over(self) -> bool:
        """Whether nothing of the heading is left afterwards."""
        return bool(self.passed + self.run_time >= STANDS + FADES)


def along(heading: Mobject | None, passed: float, animations: list[Animation]) -> list[Any]:
    """``animations``, and what becomes of a heading meanwhile, if there is one."""
    if heading is None or not animations:
        return animations
    return [*animations, Passing(heading, passed, max(it.run_time for it in animations))]
