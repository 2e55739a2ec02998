"""Frames into a video segment, faster than Manim does it and to the same picture.

Manim converts all of every frame to the encoder's colors, also when nothing has changed. Here only what
differs from the frame before is converted, and a still is converted once. The colors are those of BT.709, at
every size, and the file says so: a player that does not look takes a large picture's for these anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes.kit.drawing.canvas import Pixels

PLANAR = "yuv420p"
MARGIN = 8  # pixels beyond those that changed: a pixel's color is mixed from its neighbours', too


class Changes:
    """Turns frames of RGBA, (height, width, 4), into YUV: each call converts what has changed since the last.

    The frame returned is good until the next call, which writes over its pixels. An array that was converted
    must stay as it is until then, too.

    Args:
        width: of the frames, in pixels.
        height: of the frames, in pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        self._before: Pixels | None = None
        self._frame = av.VideoFrame(width, height, "yuv420p")
        self._planes = _planes(self._frame)
        self._reformatter = VideoReformatter()

    def convert(self, pixels: Pixels) -> av.VideoFrame:
        """The frame as ``yuv420p``, in the colors of BT.709."""
        if self._before is None:
            self._convert(pixels, (0, pixels.shape[0]), (0, pixels.shape[1]))
        elif changed := _rectangle(pixels, self._before):
            self._convert(pixels, *changed)
        self._before = pixels
        return self._frame

    def _convert(self, pixels: Pixels, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """Convert a rectangle, from the first to after the last, and as far beyond as its colors reach."""
        (top, bottom), (start, end) = _reach(rows, len(pixels))
        (left, right), (first, last) = _reach(columns, pixels.shape[1])
        source = av.VideoFrame.from_numpy_buffer(pixels[start:end, first:last], format="rgba")
        converted = _planes(
            self._reformatter.reformat(
                source,
                format="yuv420p",
                dst_colorspace=Colorspace.ITU709,
                dst_color_range=ColorRange.MPEG,
                threads=1,
            )
        )
        for plane, target, scale in zip(converted, self._planes, (1, 2, 2), strict=True):
            target[_part(top, bottom, scale), _part(left, right, scale)] = plane[
                _part(top - start, bottom - start, scale), _part(left - first, right - first, scale)
            ]


def _reach(changed: tuple[int, int], length: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """What has another color where ``changed`` has, and what that is mixed from; both begin and end even."""
    first, last = max(changed[0] - MARGIN, 0) // 2 * 2, min(changed[1] + MARGIN, length) // 2 * 2
    return (first, last), (max(first - MARGIN, 0), min(last + MARGIN, length))


def _part(first: int, last: int, scale: int) -> slice:
    return slice(first // scale, last // scale)


def _planes(frame: av.VideoFrame) -> list[Pixels]:
    """The pixels of brightness (height, width) and of both colors (height / 2, width / 2)."""
    return [
        np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(plane.height, -1)[:, : plane.width]
        for plane in frame.planes
    ]


def _rectangle(pixels: Pixels, before: Pixels) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """From the first to after the last row, and column, in which two frames differ; None if they do not."""
    at_once = 2 - pixels.shape[1] % 2  # pixels: comparing few wide numbers is quicker than many narrow ones
    wide = np.uint64 if at_once == 2 else np.uint32
    now, then = (frame.reshape(len(frame), -1).view(wide) for frame in (pixels, before))
    differs = now != then
    rows = np.flatnonzero(differs.any(axis=1))
    if not len(rows):
        return None
    columns = at_once * np.flatnonzero(differs[rows[0] : rows[-1] + 1].any(axis=0))
    return (int(rows[0]), int(rows[-1]) + 1), (int(columns[0]), int(columns[-1]) + at_once)


class FrameEncoder(VideoSegmentEncoder):
    """Manim's encoder of one segment, fed with what has changed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._converter = Changes(self.spec.width, self.spec.height)
        context = self._stream.codec_context
        context.colorspace, context.color_range = Colorspace.ITU709, ColorRange.MPEG
        context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709

    def write_frame(self, pixels: Pixels, *, repeat: int = 1) -> None:
        """Encode ``pixels``, (height, width, 4) RGBA, as the next ``repeat`` frames.

        Raises:
            RuntimeError: the encoder is closed, or refuses the frame.
            TypeError, ValueError: the frame is not such an array.
        """
        self._validate_frame(pixels, repeat)
        try:
            frame = self._converter.convert(pixels)
            if self.spec.pixel_format != PLANAR:
                frame = frame.reformat(format=self.spec.pixel_format)  # the same numbers in another order
            frame.time_base = 1 / Fraction(self.spec.frame_rate)
            for _ in range(repeat):
                frame.pts = self._next_pts
                self._next_pts += 1
                for packet in self._stream.encode(frame):
                    self._container.mux(packet)
        except BaseException as error:
            raise self._operation_error("encode", error) from error


class FrameSink(Protocol):
    """Takes frames instead of a file; an array is never written to after it was handed over."""

    def write(self, pixels: Pixels, repeat: int = 1) -> None:
        """Take a frame, (height, width, 4) RGBA, that stands for ``repeat`` frames."""
        ...


class FrameWriter(SceneFileWriter):
    """Manim's writer of a scene's files, with our encoder where the colors are the usual ones.

    Args:
        settings: Manim's own.
        sink: takes the frames instead of the files.
        on_frames: called with the number of frames so far, each time there are more.
        is_mute: whether sounds are left out.
    """

    def __init__(
        self,
        settings: Any,
        sink: FrameSink | None = None,
        on_frames: Callable[[int], None] = lambda frames: None,
        is_mute: bool = False,
    ) -> None:
        super().__init__(settings)
        self._sink, self._on_frames, self._is_mute = sink, on_frames, is_mute
        self.frames = 0

    def write_frame(self, pixels: Pixels, *, repeat: int = 1) -> None:
        """Hand a frame, (height, width, 4) RGBA, to the sink or to the file; it stands for ``repeat``."""
        if self._sink is None:
            super().write_frame(pixels, repeat=repeat)
        else:
            self._sink.write(pixels, repeat)
        self.frames += repeat
        self._on_frames(self.frames)

    def add_sound(self, *arguments: Any, **options: Any) -> None:
        """Add a sound to the file, unless it is to have none."""
        if not self._is_mute:
            super().add_sound(*arguments, **options)

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        spec = self.video_encoder
        if spec is None or spec.pixel_format not in (PLANAR, "nv12") or spec.width % 2 or spec.height % 2:
            return super()._create_segment_encoder(target)
        return FrameEncoder(target=target, spec=spec)
