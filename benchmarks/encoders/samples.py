"""Frames as the encoder gets them, one stretch of every kind of picture that the film has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bnviz.media.sink import Pixels
from bnviz.run import discover
from bnviz.run.quality import Quality
from bnviz.run.run_scene import run_scene
from scenes.kit.settings import Settings

Frame = NDArray[np.uint8]
"""One frame as ``yuv420p``, its planes below each other: (height * 3 / 2, width)."""


@dataclass(frozen=True)
class Sample:
    """A stretch of a beat, and what kind of picture it is; ``first`` is its first frame's second."""

    kind: str
    scene: str
    beat: str
    first: float = 2.0


SAMPLES = (
    Sample("surface turning", "Valley", "why", 3.0),
    Sample("surface, ball and trail", "Bowl", "descent", 3.0),
    Sample("many dots", "BetweenLayers", "drift"),
    Sample("blocks in space", "Family", "company"),
    Sample("digits", "RealNetwork", "walls", 6.0),
    Sample("chart", "LearningRates", "both", 4.0),
    Sample("text and table", "TwoScales", "scales"),
    Sample("dark, nearly still", "Recap", "does", 1.0),
)


class _Enough(Exception):
    """All frames that were wanted are there."""


class _Stretch:
    """A sink that keeps ``count`` frames from number ``first`` on, converted."""

    def __init__(self, first: int, count: int, convert: Callable[[Pixels], Frame]) -> None:
        self.frames: list[Frame] = []
        self._first, self._last, self._seen = first, first + count, 0
        self._convert = convert

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        """Keep what lies in the stretch."""
        wanted = min(self._seen + repeat, self._last) - max(self._seen, self._first)
        self._seen += repeat
        if wanted > 0:
            self.frames.extend([self._convert(pixels)] * wanted)
        if self._seen >= self._last:
            raise _Enough


def frames_of(sample: Sample, settings: Settings, quality: Quality, count: int) -> Sequence[Frame]:
    """``count`` frames of a sample, or as many as its beat has, in the colors in which they are encoded."""
    from scenes.kit.drawing.encoder import Changes

    changes = Changes(*quality.size)

    def converted(pixels: Pixels) -> Frame:
        return np.asarray(changes.convert(pixels).to_ndarray(), dtype=np.uint8)

    stretch = _Stretch(round(sample.first * quality.frame_rate), count, converted)
    source = replace(discover.find(sample.scene), beats=(sample.beat,))
    with suppress(_Enough):
        run_scene(source, settings, quality.size, quality.frame_rate, stretch)
    return stretch.frames
