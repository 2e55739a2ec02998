"""A short piece of film in which one picture fades into another, encoded as the films on both sides are.

Pictures are blended as the files hold them, brightness and colors each by itself: no conversion, no rounding
to other colors, and the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream
from numpy.typing import NDArray

from bnviz.media.hardware import X264, pixel_format

Planes = NDArray[np.uint8]
"""A picture as H.264 holds it, (height * 3 / 2, width): brightness, and below it both colors."""

_FORMAT = "yuv420p"


def crossfade(
    before: Path,
    after: Path,
    output: Path,
    frames: int,
    frame_rate: int,
    options: Mapping[str, str],
    encoder: str = X264,
) -> None:
    """Write ``frames`` pictures that lead from the last of ``before`` to the first of ``after``.

    Neither of the two is among them.

    Args:
        before: a film, of the same size and frame rate as ``after``.
        after: the film that follows.
        output: the MP4 file.
        frames: how many pictures.
        frame_rate: of all three.
        options: those that the others were encoded with, so that one stream can hold all of them.
        encoder: likewise.
    """
    one, two = last_picture(before), first_picture(after)
    with av.open(output.absolute(), "w", format="mp4") as container:
        stream = container.add_stream(encoder, rate=frame_rate, options=dict(options))
        assert isinstance(stream, VideoStream)  # it is a codec of pictures
        stream.height, stream.width = len(one) * 2 // 3, one.shape[1]
        stream.pix_fmt = pixel_format(encoder)
        _say_the_same_colors(stream, before)
        for number in range(frames):
            frame = VideoFrame.from_ndarray(_blend(one, two, (number + 1) / (frames + 1)), format=_FORMAT)
            frame.pts, frame.time_base = number, Fraction(1, frame_rate)
            container.mux(stream.encode(frame.reformat(format=stream.pix_fmt)))
        container.mux(stream.encode(None))


def _say_the_same_colors(stream: VideoStream, film: Path) -> None:
    with av.open(film.absolute()) as container:
        theirs, ours = container.streams.video[0].codec_context, stream.codec_context
        ours.colorspace, ours.color_range = theirs.colorspace, theirs.color_range
        ours.color_primaries, ours.color_trc = theirs.color_primaries, theirs.color_trc


def first_picture(video: Path) -> Planes:
    """The first picture of a film."""
    with av.open(video.absolute()) as container:
        container.streams.video[0].thread_count = 1
        return _planes(next(container.decode(video=0)))


def last_picture(video: Path) -> Planes:
    """The last picture of a film, of which no more is decoded than it needs."""
    with av.open(video.absolute()) as container:
        stream = container.streams.video[0]
        stream.thread_count = 1
        keys = [
            packet.pts for packet in container.demux(stream) if packet.is_keyframe and packet.pts is not None
        ]
        container.seek(max(keys), stream=stream)
        last = max(container.decode(stream), key=lambda frame: frame.pts or 0)
        return _planes(last)


def _blend(one: Planes, two: Planes, share: float) -> Planes:
    weight = round(256 * share)
    mixed = one.astype(np.uint16) * np.uint16(256 - weight) + two * np.uint16(weight)
    return np.asarray((mixed + 128) >> 8, dtype=np.uint8)


def _planes(frame: VideoFrame) -> Planes:
    return np.asarray(frame.to_ndarray(format=_FORMAT), dtype=np.uint8)
