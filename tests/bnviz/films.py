"""Small films made by hand, for the tests of what is checked of a film, and the pictures of any."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RATE = 10
"""Frames a second."""


def write_film(path: Path, levels: Sequence[int], sound: np.ndarray | None = None, channels: int = 2) -> Path:
    """A film of gray frames at :data:`RATE`, with ``sound``, (samples,) at 48 kHz, on every channel."""
    layout = "mono" if channels == 1 else "stereo"
    with av.open(path, "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        audio = None if sound is None else container.add_stream("aac", rate=48_000, layout=layout)
        for level in levels:
            picture = np.full((180, 320, 3), level, dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
        if audio is not None and sound is not None:
            alike = np.stack([sound] * channels).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(alike, format="fltp", layout=layout)
            frame.sample_rate, frame.pts, frame.time_base = 48_000, 0, Fraction(1, 48_000)
            container.mux(audio.encode(frame))
            container.mux(audio.encode(None))
    return path


def moving(seconds: float) -> list[int]:
    """Levels that never stand still and never turn: a slow rise."""
    frames = round(seconds * RATE)
    return [40 + 180 * number // max(frames - 1, 1) for number in range(frames)]


def pictures(video: Path) -> list[np.ndarray]:
    """Every picture of a film, (height, width, 3)."""
    with av.open(video) as container:
        return [frame.to_ndarray(format="rgb24", threads=1) for frame in container.decode(video=0)]
