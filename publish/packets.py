"""Encoded pictures and narration as packets: read, counted, timed anew; nothing is decoded here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

from publish.loudness import Samples
from publish.soundtrack import CHANNELS, RATE

Due: TypeAlias = "tuple[float, Packet[Any]]"
"""A packet and the second it is due."""
SAMPLES_PER_PACKET = 1024


def read(video: Path) -> list[Packet[Any]]:
    """The packets of a file's pictures, in decoding order."""
    with av.open(video) as container:
        return [packet for packet in container.demux(container.streams.video[0]) if packet.dts is not None]


def ranks(packets: Sequence[Packet[Any]]) -> list[int]:
    """The place of each packet in the order of showing."""
    order = np.argsort([packet.pts or 0 for packet in packets], kind="stable")
    places = np.empty(len(packets), dtype=int)
    places[order] = np.arange(len(packets))
    return [int(place) for place in places]


def reordering(packets: Sequence[Packet[Any]]) -> int:
    """How many frames late a packet may be: the decoder's delay."""
    return max((number - rank for number, rank in enumerate(ranks(packets))), default=0)


def shown_from(
    start: int, packets: Sequence[Packet[Any]], stream: VideoStream, base: Fraction, delay: int
) -> Iterator[Due]:
    """``packets`` as frames of ``stream``, one after the other from number ``start``, each ``base`` long."""
    places = ranks(packets)
    for number, packet in enumerate(packets):
        packet.stream = stream
        packet.time_base = base
        packet.pts, packet.dts, packet.duration = start + places[number], start + number - delay, 1
        yield float((start + number - delay) * base), packet


def of_sound(samples: Samples, stream: AudioStream) -> Iterator[Due]:
    """Mono ``samples``, encoded on both channels of ``stream``."""
    for start in range(0, len(samples), SAMPLES_PER_PACKET):
        part = samples[start : start + SAMPLES_PER_PACKET]
        frame = av.AudioFrame.from_ndarray(np.stack([part] * CHANNELS), format="fltp", layout="stereo")
        frame.rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        yield from ((start / RATE, packet) for packet in stream.encode(frame))
    yield from ((len(samples) / RATE, packet) for packet in stream.encode(None))
