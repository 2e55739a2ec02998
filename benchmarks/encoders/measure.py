"""Encoding a stretch of frames with some settings: CPU time, bytes, and how near each frame comes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from benchmarks.encoders.candidates import Candidate
from benchmarks.encoders.likeness import Likeness, likeness
from benchmarks.encoders.samples import Frame
from bnviz.run.quality import Quality

TIMES = 2  # whatever else the machine does can only add to a time, so the least counts


@dataclass(frozen=True)
class Encoded:
    """What settings came to on one stretch: CPU milliseconds and kilobytes a frame, and likeness."""

    milliseconds: float
    kilobytes: float
    likeness: Likeness


def encoded(
    frames: Sequence[Frame], candidate: Candidate, quality: Quality, ffmpeg: Path | None = None
) -> Encoded:
    """Encode ``frames`` in this process, decode them again, and compare.

    Args:
        frames: as ``yuv420p``.
        candidate: the encoder and its options.
        quality: size, frame rate, and all other options for x264.
        ffmpeg: a program with the filter libvmaf.

    Raises:
        UserError: the program has no such filter.
    """
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        film = Path(folder, "film.mp4")
        runs = [_encode(frames, candidate, quality, film) for _ in range(TIMES)]
        found = likeness(frames, film, quality, ffmpeg)
    count = len(frames)
    return Encoded(1000 * min(run[0] for run in runs) / count, runs[0][1] / 1000 / count, found)


def _encode(frames: Sequence[Frame], candidate: Candidate, quality: Quality, film: Path) -> tuple[float, int]:
    """CPU seconds, and bytes of the packets."""
    options = dict(candidate.options)
    if candidate.codec == "libx264":
        options = replace(quality, more_options=tuple(options.items())).encoder_options
    seconds, size = 0.0, 0
    with av.open(str(film), "w") as container:
        stream: Any = container.add_stream(candidate.codec, rate=quality.frame_rate, options=options)
        stream.width, stream.height = quality.size
        stream.pix_fmt, stream.codec_context.thread_count = "yuv420p", 1
        for number, frame in enumerate([*frames, None]):
            picture = None if frame is None else as_picture(frame, number, quality.frame_rate)
            started = time.process_time()
            packets = stream.encode(picture)
            seconds += time.process_time() - started
            for packet in packets:
                size += packet.size
                container.mux(packet)
    return seconds, size


def as_picture(frame: Frame, number: int, rate: int) -> av.VideoFrame:
    """A frame for FFmpeg, with its number."""
    picture = av.VideoFrame.from_ndarray(frame, format="yuv420p")
    picture.pts, picture.time_base = number, Fraction(1, rate)
    return picture
