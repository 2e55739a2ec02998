"""Cutting frames out of a rendered scene without encoding them again, and laying their narration under them.

Manim encodes every animation by itself, so a beat starts on a key frame and nothing in it refers to a frame
outside of it: the packets of a beat are a whole video.
"""

from __future__ import annotations

import heapq
from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream

from bnviz.media import packets
from bnviz.media.loudness import Samples
from bnviz.media.soundtrack import RATE

SOUND = {".mp4": "aac", ".mov": "pcm_s16le", ".webm": "libopus"}
"""The sound that goes into a file of each kind."""


class CutError(Exception):
    """The frames that are wanted cannot be had without encoding them again."""


def cut(
    video: Path,
    output: Path,
    frame_rate: int,
    first: int = 0,
    last: int | None = None,
    samples: Samples | None = None,
) -> None:
    """Write the frames ``first`` to ``last`` (exclusive; None: to the end) of ``video`` to ``output``.

    Args:
        video: what a scene was rendered to.
        output: its suffix says what kind of file it is: one of :data:`SOUND`.
        frame_rate: of both.
        first: the first frame, counted from 0.
        last: the frame after the last one.
        samples: what is heard, in the soundtrack's rate; None is a file without sound.

    Raises:
        CutError: there is no clean cut at these frames; the message says why.
    """
    every = packets.read(video)
    last = len(every) if last is None else last
    places = packets.ranks(every)
    chosen = every[first:last]
    if not 0 <= first < last <= len(every):
        raise CutError(f"{video.name} has {len(every)} frames; {first} to {last} are not among them")
    if not chosen[0].is_keyframe or sorted(places[first:last]) != list(range(first, last)):
        raise CutError(f"{video.name}: frames {first} to {last} need others to be decoded")
    base = Fraction(1, frame_rate)
    options = {"movflags": "faststart"} if output.suffix in (".mp4", ".mov") else {}
    with av.open(output.absolute(), "w", options=options) as container, av.open(video.absolute()) as original:
        template = original.streams.video[0]
        stream = container.add_stream_from_template(template)
        stream.metadata.update(template.metadata)
        stream.time_base = base
        # Without it FFmpeg writes the codec's first code: that of ProRes 422, which knows no opacity.
        stream.codec_context.codec_tag = template.codec_context.codec_tag
        sources = [packets.shown_from(0, chosen, stream, base, packets.reordering(chosen))]
        if samples is not None:
            sound = container.add_stream(SOUND[output.suffix], rate=RATE, layout="stereo")
            assert isinstance(sound, AudioStream)  # so are all of SOUND
            sources.append(packets.of_sound(samples, sound))
        for _, packet in heapq.merge(*sources, key=lambda pair: pair[0]):
            container.mux(packet)
