"""Where a scene's drawing time goes: Python's profiler over the scene, without encoding."""

from __future__ import annotations

import cProfile
import pstats
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.writers import encoding_left_out
from bnviz.run.discover import SceneSource
from bnviz.run.quality import Quality
from bnviz.run.quiet import import_manim
from bnviz.run.render import render_scene
from scenes.kit.settings import Settings


@dataclass(frozen=True)
class Cost:
    """A function, the calls of it, and the seconds spent in itself, profiler included."""

    function: str
    calls: int
    seconds: float


@dataclass(frozen=True)
class Profile:
    """A scene drawn twice: ``seconds`` without the profiler, ``costs`` with it, the largest first.

    ``moving`` frames were drawn; each still was drawn once, however long it stands.
    """

    scene: str
    seconds: float
    moving: int
    profiled_seconds: float
    costs: tuple[Cost, ...]

    @property
    def milliseconds(self) -> float:
        """For each moving frame."""
        return 1000 * self.seconds / max(self.moving, 1)

    def share(self, cost: Cost) -> float:
        """Of the profiled time."""
        return cost.seconds / self.profiled_seconds


def profile(source: SceneSource, settings: Settings, quality: Quality) -> Profile:
    """Draw a scene in this process, once on the clock and once under the profiler."""
    import_manim()
    repeats: list[int] = []
    profiler = cProfile.Profile()
    with encoding_left_out(lambda pixels, repeat: repeats.append(repeat)):
        started = time.perf_counter()
        _draw(source, settings, quality)
        seconds, moving = time.perf_counter() - started, repeats.count(1)
        profiler.enable()
        _draw(source, settings, quality)
        profiler.disable()
    statistics: Any = pstats.Stats(profiler)
    costs = [Cost(_called(*where), calls, own) for where, (_, calls, own, _, _) in statistics.stats.items()]
    costs.sort(key=lambda cost: -cost.seconds)
    return Profile(source.name, seconds, moving, statistics.total_tt, tuple(costs))


def _draw(source: SceneSource, settings: Settings, quality: Quality) -> None:
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        render_scene(source, settings, quality, Path(folder))


def _called(file: str, line: int, function: str) -> str:
    """``loss_surface.py:120 paint``; what is not Python's has no file."""
    return function if file == "~" else f"{Path(file).parent.name}/{Path(file).name}:{line} {function}"
