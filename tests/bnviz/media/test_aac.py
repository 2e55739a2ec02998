"""Several encoders side by side are as good as one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from bnviz.media import aac, packets
from bnviz.media.soundtrack import RATE

STRETCH = 40 * 1024


def voice(seconds: float) -> np.ndarray:
    """A vowel-like sound whose pitch and strength wander."""
    time = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(140 + 30 * np.sin(2 * np.pi * 0.7 * time)) / RATE
    tones = sum(np.sin(number * phase) / number for number in range(1, 20))
    return (0.2 * (0.6 + 0.4 * np.sin(2 * np.pi * 3.1 * time)) * tones).astype(np.float32)


def coded(samples: np.ndarray, film: Path, by_one: bool = False) -> np.ndarray:
    """What is heard of ``samples`` after coding, shape (2, n)."""
    with av.open(film, "w", options={"movie_timescale": str(RATE)}) as container:
        stream = aac.add_stream(container)
        for _, packet in (packets if by_one else aac).of_sound(samples, stream):
            container.mux(packet)
    with av.open(film) as container:
        audio = container.streams.audio[0]
        assert audio.duration * audio.time_base == Fraction(len(samples), RATE)
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(audio)], axis=1)
    return heard[:, : len(samples)]  # the last packet is filled up


@pytest.fixture
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bnviz.media.aac._STRETCH", STRETCH)


@pytest.mark.usefixtures("short_stretches")
def test_what_is_heard_is_as_near_to_the_samples_as_from_one_encoder(tmp_path: Path) -> None:
    samples = voice(6)
    apart, together = (
        coded(samples, tmp_path / f"{by_one}.mp4", by_one) - samples for by_one in (False, True)
    )
    assert apart.shape == together.shape == (2, len(samples))
    assert apart.std() < 1.1 * together.std() < 0.1 * samples.std()
    for change in range(STRETCH, len(samples), STRETCH):
        near = slice(change - 1024, change + 1024)
        assert np.abs(apart[:, near]).max() < 1.5 * np.abs(together).max()


@pytest.mark.usefixtures("short_stretches")
@pytest.mark.parametrize("length", [1, 1024, STRETCH - 1, STRETCH, STRETCH + 1, 3 * STRETCH + 500])
def test_each_packet_is_there_once_and_none_is_missing(length: int, tmp_path: Path) -> None:
    with av.open(tmp_path / "film.mp4", "w") as container:
        found = list(aac.of_sound(voice(length / RATE), aac.add_stream(container)))
    times = [packet.pts for _, packet in found]
    assert times == [1024 * number for number in range(-1, -(-length // 1024))]
    assert [seconds for seconds, _ in found] == [time / RATE for time in times]


@pytest.mark.usefixtures("short_stretches")
def test_the_film_is_the_same_in_every_run(tmp_path: Path) -> None:
    for name in ("one.mp4", "two.mp4"):
        coded(voice(6), tmp_path / name)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()
