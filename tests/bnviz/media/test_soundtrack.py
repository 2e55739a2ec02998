"""Clips stand on the track where they are said."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bnviz.media.soundtrack import RATE, narration, read_wav
from scenes.kit.script.beat import AudioClip

Sine = Callable[..., np.ndarray]


def write_wav(path: Path, samples: np.ndarray, rate: int, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return path


def test_a_clip_is_resampled_to_the_tracks_rate(tmp_path: Path, sine: Sine) -> None:
    path = write_wav(tmp_path / "a.wav", sine(440, 1, 0.5, rate=24_000), 24_000)
    samples = read_wav(path)
    assert len(samples) == RATE
    inner = slice(2000, -2000)
    np.testing.assert_allclose(samples[inner], sine(440, 1, 0.5)[inner], atol=2e-3)


def test_stereo_is_refused(tmp_path: Path, sine: Sine) -> None:
    path = write_wav(tmp_path / "a.wav", sine(440, 1), RATE, channels=2)
    with pytest.raises(ValueError, match=r"a\.wav must be mono"):
        read_wav(path)


def test_clips_are_heard_when_they_start_and_not_before(tmp_path: Path, sine: Sine) -> None:
    path = write_wav(tmp_path / "a.wav", sine(440, 0.5, 0.5), RATE)
    track = narration([AudioClip(1.0, path), AudioClip(3.0, path)], 5 * RATE)
    assert track is not None
    assert len(track) == 5 * RATE
    loud = np.abs(track) > 1e-3
    for start, end, heard in [
        (0, 1, False),
        (1, 1.5, True),
        (1.5, 3, False),
        (3, 3.5, True),
        (3.5, 5, False),
    ]:
        assert loud[round(start * RATE) : round(end * RATE)].any() == heard


def test_a_clip_that_would_be_cut_off_is_an_error(tmp_path: Path, sine: Sine) -> None:
    path = write_wav(tmp_path / "late.wav", sine(440, 1), RATE)
    with pytest.raises(ValueError, match=r"late\.wav, said at 1\.50 s, lasts beyond the end"):
        narration([AudioClip(1.5, path)], 2 * RATE)


def test_without_clips_there_is_no_track() -> None:
    assert narration([], RATE) is None
