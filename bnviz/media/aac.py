"""AAC from several encoders side by side: each codes a stretch of the sound, and a little of its neighbours'.

What is coded twice is thrown away. A packet is decoded with the one before it, and both encoders have heard
the same there, so nothing is heard of the change. The stretches are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from os import cpu_count
from typing import Any

from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from bnviz.media import packets
from bnviz.media.loudness import Samples
from bnviz.media.packets import Due
from bnviz.media.soundtrack import RATE

_BIT_RATE = 128_000
# For one voice the fast way of coding is the truer one, too: 39 dB from the samples, not 28.
_OPTIONS = {"aac_coder": "fast"}
_PACKET = 1024  # samples
_STRETCH, _SHARED = 1400 * _PACKET, 8 * _PACKET  # half a minute; 0.17 s on either side


def add_stream(container: OutputContainer) -> AudioStream:
    """A stereo stream for :func:`of_sound` in ``container``."""
    return container.add_stream("aac", rate=RATE, layout="stereo", bit_rate=_BIT_RATE, options=_OPTIONS)


def of_sound(samples: Samples, stream: AudioStream) -> Iterator[Due]:
    """Mono ``samples``, encoded on both channels of ``stream``, which :func:`add_stream` has made."""
    with ThreadPoolExecutor(cpu_count()) as pool:
        for stretch in pool.map(partial(_coded, samples), range(0, len(samples), _STRETCH)):
            for packet in stretch:
                packet.stream = stream
                yield (packet.pts or 0) / RATE, packet


def _coded(samples: Samples, start: int) -> list[Packet[Any]]:
    """The packets of the stretch that begins at ``start``."""
    encoder = AudioCodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate, encoder.options = _BIT_RATE, _OPTIONS
    first, end = max(start - _SHARED, 0), start + _STRETCH
    found = packets.encoded(samples[first : end + _SHARED], encoder, first)
    after = end if end < len(samples) else len(samples) + _SHARED
    return [packet for packet in found if (start or -_PACKET) <= (packet.pts or 0) < after]
