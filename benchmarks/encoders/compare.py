"""All settings on all samples, and what that comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.encoders.candidates import CANDIDATES, Candidate
from benchmarks.encoders.likeness import Likeness
from benchmarks.encoders.measure import Encoded, encoded
from benchmarks.encoders.samples import SAMPLES, Sample, frames_of
from benchmarks.processes import find_networks, in_a_process
from bnviz.run.quality import Quality
from bnviz.run.quiet import import_manim
from scenes.kit.settings import Settings

COUNT = 60  # frames of each sample


@dataclass(frozen=True)
class Tried:
    """One of the settings on every sample, and the yardstick on the same."""

    candidate: Candidate
    own: tuple[Encoded, ...]
    yardstick: tuple[Encoded, ...]

    @property
    def milliseconds(self) -> float:
        """CPU a frame."""
        return float(np.mean([item.milliseconds for item in self.own]))

    @property
    def time(self) -> float:
        """CPU over the yardstick's."""
        return self.milliseconds / float(np.mean([item.milliseconds for item in self.yardstick]))

    @property
    def size(self) -> float:
        """Bytes over the yardstick's."""
        return sum(item.kilobytes for item in self.own) / sum(item.kilobytes for item in self.yardstick)

    def worst(self, measure: Callable[[Likeness], float]) -> float:
        """The least of a measure over all samples."""
        return min(measure(item.likeness) for item in self.own)

    def margin(self, measure: Callable[[Likeness], float]) -> float:
        """By how much a measure is above the yardstick's on the sample where that is least; or below it."""
        pairs = zip(self.own, self.yardstick, strict=True)
        return min(measure(own.likeness) - measure(other.likeness) for own, other in pairs)


def compare(
    settings: Settings,
    quality: Quality,
    ffmpeg: Path | None,
    tell: Callable[[str], None],
    count: int = COUNT,
) -> list[Tried]:
    """Every candidate on every sample; each sample in a process of its own. The yardstick comes first."""
    found = []
    for sample in SAMPLES:
        tell(f"encoders on {sample.kind}")
        found.append(in_a_process(measure, sample, settings, quality, ffmpeg, count))
    by_candidate = list(zip(*found, strict=True))
    return [Tried(one, own, by_candidate[0]) for one, own in zip(CANDIDATES, by_candidate, strict=True)]


def measure(
    sample: Sample, settings: Settings, quality: Quality, ffmpeg: Path | None, count: int
) -> Sequence[Encoded]:
    """Every candidate on one sample, in this process."""
    import_manim()
    find_networks()
    frames = frames_of(sample, settings, quality, count)
    return [encoded(frames, candidate, quality, ffmpeg) for candidate in CANDIDATES]
