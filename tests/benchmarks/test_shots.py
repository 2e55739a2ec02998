"""What is measured is a surface that turns, whoever draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benchmarks import shots
from benchmarks.mp4 import Mp4
from benchmarks.shots import FrameRun
from benchmarks.writers import encoding_left_out
from bnviz.run.quality import Quality

SHOT = FrameRun((8, 12), 0.5, Quality("tiny", 160, 90, 10, 23))


@pytest.mark.parametrize("renderer", [shots.ours, shots.stock_manim, shots.matplotlib_3d])
def test_every_frame_of_the_shot_is_another_one(
    renderer: Callable[[FrameRun], float], monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[np.ndarray] = []

    def take(pixels: np.ndarray) -> None:
        frames.append(np.array(pixels[..., :3], dtype=int))

    if renderer is shots.matplotlib_3d:
        pytest.importorskip("matplotlib")

        def write(film: Mp4, pixels: Any) -> None:
            take(pixels)

        monkeypatch.setattr(Mp4, "write", write)
        monkeypatch.setattr(Mp4, "finish", lambda film: None)
    with encoding_left_out(lambda pixels, repeat: take(pixels)):
        assert renderer(SHOT) > 0
    assert len(frames) == SHOT.frames
    for before, after in zip(frames, frames[1:], strict=False):
        assert np.mean(np.abs(after - before).max(axis=2) > 16) > 0.01
