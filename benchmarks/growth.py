"""How rendering time grows: with the picture, the frame rate, the surface, the film and the processes.

One thing changes at a time, on a few scenes that stand for the rest: one flat, one with a surface. What else
a machine does can only add to a time, so the least of several counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import scenes
from benchmarks.processes import in_a_process
from benchmarks.scenes import render_alone, render_film
from benchmarks.shots import FrameRun, ours
from benchmarks.writers import encoding_left_out
from bnviz.run import discover
from bnviz.run.quality import HIGH, LOW, MEDIUM, Quality
from scenes.kit.settings import Settings

PAIR = ("TwoScales", "Bowl")
QUARTET = ("TwoScales", "Bowl", "ScaleShift", "LearningRates")
SIZES = ((854, 480), (1280, 720), (1920, 1080), (2560, 1440))
FRAME_RATES = (15, 30, 60)
GRIDS = ((18, 60), (36, 120), (72, 240))  # rings, spokes; the film's in the middle
LENGTHS = (1, 2, 4, 8)  # the film's first scenes
WORKERS = (1, 2, 4)
SHOT_SECONDS = 3.0
TIMES = 2


@dataclass(frozen=True)
class Point:
    """A measurement: what was varied, in words and as a number, and the seconds it took."""

    label: str
    amount: float
    seconds: float


@dataclass(frozen=True)
class Series:
    """Measurements that differ in one thing. What is ``shared`` out would ideally take 1 / amount as long."""

    name: str
    unit: str
    points: tuple[Point, ...]
    shared: bool = False

    @property
    def growth(self) -> tuple[tuple[float, float], ...]:
        """For each point how many times the first one's amount it is, and how many times its seconds."""
        first = self.points[0]
        return tuple((point.amount / first.amount, point.seconds / first.seconds) for point in self.points)


def growth(settings: Settings, tell: Callable[[str], None]) -> Iterator[Series]:
    """Measure every series; all but the last two with one process at work."""
    tell("growth with the size of the picture")
    yield Series(
        "size of the picture",
        "pixels",
        tuple(
            Point(f"{height}p", width * height, _pair(settings, Quality("", width, height, 30, 18)))
            for width, height in SIZES
        ),
    )
    tell("growth with the frame rate")
    yield Series(
        "frame rate",
        "frames a second",
        tuple(
            Point(str(rate), rate, _pair(settings, replace(MEDIUM, frame_rate=rate))) for rate in FRAME_RATES
        ),
    )
    tell("growth with the surface's grid")
    yield Series(
        "surface, drawn only",
        "grid points",
        tuple(
            Point(f"{rings} × {spokes}", rings * spokes, _shot_seconds((rings, spokes)))
            for rings, spokes in GRIDS
        ),
    )
    tell("growth with the film's length")
    yield Series(
        "length of the film", "seconds of film", tuple(_film_point(settings, count) for count in LENGTHS)
    )
    tell("growth with the number of processes")
    yield Series(
        "processes",
        "processes",
        tuple(Point(str(workers), workers, _film(settings, QUARTET, workers)[1]) for workers in WORKERS),
        shared=True,
    )


def _pair(settings: Settings, quality: Quality) -> float:
    """Seconds of rendering both scenes, one after the other."""
    return sum(
        min(in_a_process(render_alone, source, settings, quality).seconds for _ in range(TIMES))
        for source in discover.film(PAIR)
    )


def _shot_seconds(grid: tuple[int, int]) -> float:
    shot = FrameRun(grid, SHOT_SECONDS, replace(HIGH, frame_rate=30))
    return shot.frames / max(in_a_process(_drawn, shot) for _ in range(TIMES))


def _drawn(shot: FrameRun) -> float:
    """Frames a second without the encoder, which would take most of the time."""
    with encoding_left_out():
        return ours(shot)


def _film_point(settings: Settings, count: int) -> Point:
    length, seconds = _film(settings, scenes.ORDER[:count], workers=2)
    return Point(f"{count} scene{'s' if count > 1 else ''}", length, seconds)


def _film(settings: Settings, names: Sequence[str], workers: int) -> tuple[float, float]:
    """A small film's length and the seconds it takes."""
    made = [in_a_process(render_film, discover.film(names), settings, LOW, workers) for _ in range(TIMES)]
    return made[0].result.seconds, min(item.seconds for item in made)
