"""The narration of a whole film as one array of samples: every clip where it is said."""

from __future__ import annotations

import math
import wave
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import resample_poly

from bnviz.media.loudness import Samples, normalized

if TYPE_CHECKING:
    from scenes.kit.script.beat import AudioClip

RATE = 48_000
CHANNELS = 2  # the same voice left and right: measured and played alike everywhere
_TOLERANCE = 0.05  # seconds that a clip may reach beyond the film's end


def read_wav(path: Path) -> Samples:
    """A 16-bit mono WAV file at :data:`RATE`, from -1 to 1.

    Raises:
        ValueError: the file is something else.
    """
    with wave.open(str(path)) as file:
        if (file.getnchannels(), file.getsampwidth()) != (1, 2):
            raise ValueError(f"{path} must be mono with 16 bits a sample")
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(
            np.float32
        ) / np.float32(32768)
    if rate == RATE:
        return samples
    common = math.gcd(rate, RATE)
    return np.asarray(resample_poly(samples, RATE // common, rate // common), dtype=np.float32)


def seconds(path: Path) -> float:
    """How long a WAV file lasts."""
    with wave.open(str(path)) as file:
        return float(file.getnframes() / file.getframerate())


def narration(clips: Iterable[AudioClip], length: int) -> Samples | None:
    """All ``clips`` on one mono track of ``length`` samples at the common loudness; None when there are none.

    Raises:
        ValueError: a clip would be cut off by the end.
    """
    clips = list(clips)
    if not clips:
        return None
    track = np.zeros(length, dtype=np.float32)
    with ThreadPoolExecutor() as pool:
        every = list(pool.map(read_wav, [clip.path for clip in clips]))
    for clip, samples in zip(clips, every, strict=True):
        start = round(clip.start * RATE)
        if start + len(samples) > length + _TOLERANCE * RATE:
            raise ValueError(
                f"{clip.path.name}, said at {clip.start:.2f} s, lasts beyond the end of the film"
            )
        part = samples[: max(length - start, 0)]
        track[start : start + len(part)] += part
    return normalized(track, RATE, channels=CHANNELS)
