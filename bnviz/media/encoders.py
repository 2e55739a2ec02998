"""The files a clip comes in. Each encoder takes pictures one after the other, and is finished once.

MP4 is H.264 and opaque; WebM is VP9 and MOV is ProRes 4444, both with opacity; a GIF has one palette.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream

from bnviz.media.hardware import X264
from bnviz.media.sink import Pixels, Sink
from bnviz.media.x264_options import macroblock_tree

RGB = VideoFormat("rgb24")
GIF_BYTES = 10_000_000
GIF_STEPS = (1, 2, 4)  # every frame, every second, every fourth
FADE = 0.5  # seconds in which a loop's end becomes its beginning


@dataclass(frozen=True)
class Format:
    """A kind of file: its codec, and whether it keeps the background out."""

    name: str
    codec: str
    pixel_format: str
    transparent: bool = False
    speaks: bool = True
    options: Mapping[str, str] = field(default_factory=dict)


FORMATS = {
    item.name: item
    for item in (
        # On several threads x264 makes other bytes each time, though the same pictures.
        Format(
            "mp4",
            "libx264",
            "yuv420p",
            options={"crf": "15", "preset": "superfast", "tune": "animation", "threads": "1"},
        ),
        Format("gif", "gif", "pal8", speaks=False),
        Format(
            "webm",
            "libvpx-vp9",
            "yuva420p",
            transparent=True,
            # An alternate reference frame and opacity do not go together in libvpx.
            options={
                "crf": "24",
                "b": "0",
                "auto-alt-ref": "0",
                "row-mt": "1",
                "cpu-used": "5",
                "deadline": "realtime",
            },
        ),
        Format(
            "mov",
            "prores_aw",  # three times as fast as prores_ks
            "yuva444p10le",
            transparent=True,
            options={"profile": "4", "vendor": "apl0"},
        ),
    )
}


class VideoFile:
    """Encodes pictures into a file of ``kind``, in BT.709's colors, which editors and browsers expect."""

    def __init__(self, path: Path, kind: Format, size: tuple[int, int], frame_rate: int) -> None:
        self._container = av.open(path.absolute(), "w")
        self._kind, self._base, self._frames = kind, Fraction(1, frame_rate), 0
        options = dict(kind.options)
        if kind.codec == X264:
            options["mbtree"] = macroblock_tree(size[0])
        stream = self._container.add_stream(kind.codec, rate=frame_rate, options=options)
        assert isinstance(stream, VideoStream)  # every format's codec is one of pictures
        self._stream = stream
        stream.width, stream.height = size
        stream.pix_fmt = kind.pixel_format
        context = stream.codec_context
        context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
        context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        if kind.name == "webm":
            stream.metadata["alpha_mode"] = "1"  # without it a browser does not look for the opacity

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        """Encode a picture ``repeat`` times."""
        picture = VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgba")
        converted = picture.reformat(
            format=self._kind.pixel_format,
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            threads=1,  # several write into each other's edges where the width is no multiple of 16
        )
        for _ in range(repeat):
            converted.pts, converted.time_base = self._frames, self._base
            self._frames += 1
            self._container.mux(self._stream.encode(converted))

    def finish(self) -> None:
        """Write what is left."""
        self._container.mux(self._stream.encode(None))
        self._container.close()


class Gif:
    """Keeps the pictures in ``folder`` while it collects their colors, then writes them with 256 of them.

    It is played for ever, or ``once``.
    """

    def __init__(self, folder: Path, size: tuple[int, int], frame_rate: int, once: bool = False) -> None:
        self._kept, self._size, self._rate = folder / "kept.mov", size, frame_rate
        self._repeats = "-1" if once else "0"  # as FFmpeg counts them: none, and without an end
        lossless = Format("kept", "qtrle", "rgb24")
        self._file = _Lossless(self._kept, lossless, size, frame_rate)
        self._palettes = av.filter.Graph()
        self._buffer = self._palettes.add_buffer(
            width=size[0], height=size[1], format=RGB, time_base=Fraction(1, frame_rate)
        )
        colors = self._palettes.add("palettegen", "stats_mode=full")
        self._sink = self._palettes.add("buffersink")
        self._buffer.link_to(colors)
        colors.link_to(self._sink)
        self._palettes.configure()

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        """Keep a picture, and remember its colors."""
        opaque = np.ascontiguousarray(pixels[..., :3])
        self._file.write(opaque, repeat)
        self._buffer.push(VideoFrame.from_ndarray(opaque, format="rgb24"))

    def finish(self, path: Path, limit: int = GIF_BYTES) -> int | None:
        """Write the GIF with as many frames a second as fit into ``limit`` bytes.

        Returns:
            The frames a second; None when even the fewest take more, and what is at ``path`` is too large.
        """
        self._file.finish()
        self._buffer.push(None)
        palette = self._sink.pull()
        for step in GIF_STEPS:
            self._write(path, palette, step)
            if path.stat().st_size <= limit:
                return self._rate // step
        return None

    def _write(self, path: Path, palette: Any, step: int) -> None:
        base = Fraction(step, self._rate)
        graph = av.filter.Graph()
        width, height = self._size
        pictures = graph.add_buffer(width=width, height=height, format=RGB, time_base=base)
        colors = graph.add_buffer(width=16, height=16, format=palette.format, time_base=base)
        use = graph.add("paletteuse", "dither=bayer:bayer_scale=4:diff_mode=rectangle")
        sink = graph.add("buffersink")
        pictures.link_to(use, 0, 0)
        colors.link_to(use, 0, 1)
        use.link_to(sink)
        graph.configure()
        palette.pts, palette.time_base = 0, base
        colors.push(palette)
        colors.push(None)
        with av.open(path.absolute(), "w", format="gif", options={"loop": self._repeats}) as container:
            stream: Any = container.add_stream("gif", rate=Fraction(self._rate, step))
            stream.width, stream.height = self._size
            stream.pix_fmt = "pal8"
            for frame in _pulled(self._every(step), pictures, sink, base):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))

    def _every(self, step: int) -> Iterator[VideoFrame]:
        with av.open(self._kept) as container:
            for number, frame in enumerate(container.decode(video=0)):
                if number % step == 0:
                    yield frame


class _Lossless(VideoFile):
    """The same pixels again, without a change of colors."""

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        picture = VideoFrame.from_ndarray(pixels, format="rgb24")
        for _ in range(repeat):
            picture.pts, picture.time_base = self._frames, self._base
            self._frames += 1
            self._container.mux(self._stream.encode(picture))


def _pulled(frames: Iterator[VideoFrame], buffer: Any, sink: Any, base: Fraction) -> Iterator[VideoFrame]:
    """What a filter makes of ``frames``, numbered from 0."""
    ended, number = False, 0
    while not ended:
        given = next(frames, None)
        ended = given is None
        if given is not None:
            given = given.reformat(format="rgb24", threads=1)
            given.pts, given.time_base = number, base
        buffer.push(given)
        while True:
            try:
                made = sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            made.pts, made.time_base = number, base
            number += 1
            yield made


class LoopCrossfade:
    """Hands pictures on to ``sink``; the last ``frames`` of them turn into the first one."""

    def __init__(self, sink: Sink, frames: int) -> None:
        self._sink, self._count = sink, frames
        self._first: Pixels | None = None
        self._late: deque[Pixels] = deque()
        self._handed_on = 0

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        """Take a picture; hand on those that are not among the last ones."""
        if self._first is None:
            self._first = pixels
        for _ in range(repeat):
            self._late.append(pixels)
            if len(self._late) > self._count:
                self._sink.write(self._late.popleft())
                self._handed_on += 1

    def finish(self) -> None:
        """Hand on what is left, with more and more of the first picture in it.

        The first half of a very short clip is left as it is.
        """
        count = min(len(self._late), (self._handed_on + len(self._late)) // 2)
        while len(self._late) > count:
            self._sink.write(self._late.popleft())
        for number, pixels in enumerate(self._late, start=1):
            self._sink.write(blend(pixels, self._first, number / (count + 1)))


def blend(one: Pixels, two: Pixels | None, share: float) -> Pixels:
    """``share`` of ``two`` and the rest of ``one``; colors weigh as much as they are opaque."""
    if two is None or one is two:
        return one
    weights = ((1 - share) * one[..., 3:].astype(np.float32), share * two[..., 3:].astype(np.float32))
    alpha = weights[0] + weights[1]
    color = (weights[0] * one[..., :3] + weights[1] * two[..., :3]) / np.maximum(alpha, 1e-6)
    return np.concatenate([np.rint(color), np.rint(alpha)], axis=2).astype(np.uint8)
