"""Encoded pictures and narration as packets: read, counted, timed anew; nothing is decoded here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

from bnviz.media.loudness import Samples
from bnviz.media.soundtrack import CHANNELS, RATE

Due: TypeAlias = "tuple[float, Packet[Any]]"
"""A packet and the second it is due."""


def read(video: Path) -> list[Packet[Any]]:
    """The packets of a file's pictures, in decoding order."""
    with av.open(video.absolute()) as container:
        return [packet for packet in container.demux(container.streams.video[0]) if packet.dts is not None]


def ranks(packets: Sequence[Packet[Any]]) -> list[int]:
    """The place of each packet in the order of showing."""
    request = np.argsort([packet.pts or 0 for packet in packets], kind="stable")
    places = np.empty(len(packets), dtype=int)
    places[request] = np.arange(len(packets))
    return [int(place) for place in places]


def reordering(packets: Sequence[Packet[Any]]) -> int:
    """How many frames late a packet may be: the decoder's delay."""
    return max((number - rank for number, rank in enumerate(ranks(packets))), default=0)


def shown_from(
    start: int, packets: Sequence[Packet[Any]], stream: VideoStream, base: Fraction, delay: int
) -> Iterator[Due]:
    """``packets`` as frames of ``stream``, one after the other from number ``start``, each ``base`` long."""
    seconds = float(base)
    for number, (packet, place) in enumerate(zip(packets, ranks(packets), strict=True), start=start):
        packet.stream = stream
        packet.time_base = base
        packet.pts, packet.dts, packet.duration = start + place, number - delay, 1
        yield (number - delay) * seconds, packet


def of_sound(samples: Samples, stream: AudioStream) -> Iterator[Due]:
    """Mono ``samples``, encoded on both channels of ``stream``."""
    for packet in encoded(samples, stream.codec_context):
        packet.stream = stream
        yield (packet.pts or 0) / RATE, packet


def encoded(samples: Samples, encoder: AudioCodecContext, first: int = 0) -> Iterator[Packet[Any]]:
    """Mono ``samples``, encoded on both channels; ``first`` is the number of the first one."""
    for start in range(0, len(samples), RATE):
        part = samples[start : start + RATE]
        frame = av.AudioFrame.from_ndarray(np.stack([part] * CHANNELS), format="fltp", layout="stereo")
        frame.rate, frame.pts, frame.time_base = RATE, first + start, Fraction(1, RATE)
        yield from encoder.encode(frame)
    yield from encoder.encode(None)
