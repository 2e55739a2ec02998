"""What a frame of a turning surface costs: a loss cut out at one value against the mesh and its lines.

All ways are drawn in one process in turn, frame by frame, so that whatever else the machine does meanwhile
is shared alike. Only drawing is on the clock. Ratios are of CPU time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.processes import in_a_process
from bnviz.run.quality import HIGH, Quality
from bnviz.run.quiet import import_manim

FROM, TURN = 110.0, 60.0  # degrees
FRAMES, UNTIMED = 90, 3
TROUGH, BOWL = 1.10, 1.55  # scales at which either covers a seventh of the picture, as the mesh does
MESH = "mesh and lines (before)"


@dataclass(frozen=True)
class FrameCost:
    """One way to draw: its median milliseconds a frame, and over those of the mesh with its lines."""

    name: str
    milliseconds: float
    ratio: float


def frame_costs(
    quality: Quality = HIGH, frames: int = FRAMES, tell: Callable[[str], None] = lambda _: None
) -> list[FrameCost]:
    """Every way in turn, in a process of its own; the mesh with its lines comes first."""
    tell("a turning surface, cut out at one value")
    return in_a_process(measure, quality, frames)


def measure(quality: Quality, frames: int) -> list[FrameCost]:
    """The same in this process."""
    import_manim()
    from manim import tempconfig

    from scenes.kit.drawing.camera import KitCamera

    with tempconfig({"pixel_width": quality.width, "pixel_height": quality.height}):
        camera = KitCamera()
        shots = _shots()
        spent: dict[str, list[float]] = {name: [] for name in shots}
        for frame in range(frames + UNTIMED):
            for name, (view, mobjects) in shots.items():
                view.look(azimuth=FROM + TURN * frame / frames)
                started = time.process_time()
                camera.capture_mobjects(mobjects)
                spent[name].append(time.process_time() - started)
    medians = {name: 1000 * float(np.median(times[UNTIMED:])) for name, times in spent.items()}
    return [FrameCost(name, median, median / medians[MESH]) for name, median in medians.items()]


def _shots() -> dict[str, tuple[Any, list[Any]]]:
    """A viewpoint, and what is seen from it, by name; all about as large in the picture."""
    from scenes.kit import settings
    from scenes.kit.surface.landscape import Landscape
    from scenes.kit.surface.trough.trough import Trough
    from scenes.kit.surface.trough.window import CutWindow
    from scenes.kit.surface.viewpoint import Viewpoint

    lesson = settings.current_lesson()
    view = Viewpoint(azimuth=FROM, scale=1.2)
    found: dict[str, tuple[Any, list[Any]]] = {MESH: (view, [Landscape(lesson.raw, view)])}
    for name, stage, scale in (("trough", lesson.raw, TROUGH), ("bowl", lesson.standardized, BOWL)):
        view = Viewpoint(azimuth=FROM, scale=scale, perspective=0.06)
        window = CutWindow.around(stage.loss, np.asarray(stage.start))
        found[f"{name}: lines, wall, floor, its lines and shadow"] = view, [Trough(window, view)]
    return found
