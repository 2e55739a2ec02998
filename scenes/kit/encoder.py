"""Frames into a video segment, faster than Manim does it and to the same picture.

Manim copies every frame and converts all of it to the encoder's colours, also when nothing has changed. Here
only the rows that differ from the frame before are converted, and a still is converted once.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import VideoReformatter
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
MARGIN = 8  # rows beyond those that changed: a row's colours are mixed from its neighbours', too


class ChangedRows:
    """Turns frames of RGBA, (height, width, 4), into YUV: each call converts what has changed since the last.

    The frame returned is good until the next call, which writes over its pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        self._before: Pixels | None = None
        self._frame = av.VideoFrame(width, height, "yuv420p")
        self._planes = _rows(self._frame)
        self._reformatter = VideoReformatter()

    def convert(self, pixels: Pixels) -> av.VideoFrame:
        """The frame as ``yuv420p``."""
        if self._before is None:
            self._before = pixels.copy()
            self._convert_rows(pixels, 0, len(pixels))
        else:
            changed = np.flatnonzero((_wide(pixels) != _wide(self._before)).any(axis=1))
            if len(changed):
                first, last = int(changed[0]), int(changed[-1]) + 1
                self._before[first:last] = pixels[first:last]
                self._convert_rows(pixels, first, last)
        return self._frame

    def _convert_rows(self, pixels: Pixels, first: int, last: int) -> None:
        """Convert rows ``first`` to ``last``, and as many beyond as their colours reach."""
        top, bottom = max(first - MARGIN, 0) // 2 * 2, min(last + MARGIN, len(pixels)) // 2 * 2
        start, end = max(top - MARGIN, 0), min(bottom + MARGIN, len(pixels))
        source = av.VideoFrame.from_numpy_buffer(pixels[start:end], format="rgba")
        converted = _rows(self._reformatter.reformat(source, format="yuv420p", threads=1))
        for rows, target, scale in zip(converted, self._planes, (1, 2, 2), strict=True):
            target[top // scale : bottom // scale] = rows[(top - start) // scale : (bottom - start) // scale]


def _rows(frame: av.VideoFrame) -> list[Pixels]:
    """The pixels of brightness (height, width) and of both colours (height / 2, width / 2)."""
    return [
        np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(plane.height, -1)[:, : plane.width]
        for plane in frame.planes
    ]


def _wide(pixels: Pixels) -> NDArray[Any]:
    """The rows as few wide numbers: quicker to compare than many narrow ones."""
    rows = pixels.reshape(len(pixels), -1)
    return rows.view(np.uint64) if rows.shape[1] % 8 == 0 else rows


class FrameEncoder(VideoSegmentEncoder):
    """Manim's encoder of one segment, fed with what has changed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._converter = ChangedRows(self.spec.width, self.spec.height)

    def write_frame(self, pixels: Pixels, *, repeat: int = 1) -> None:
        """Encode ``pixels``, (height, width, 4) RGBA, as the next ``repeat`` frames.

        Raises:
            RuntimeError: the encoder is closed, or refuses the frame.
            TypeError, ValueError: the frame is not such an array.
        """
        self._validate_frame(pixels, repeat)
        try:
            frame = self._converter.convert(pixels)
            frame.time_base = 1 / Fraction(self.spec.frame_rate)
            for _ in range(repeat):
                frame.pts = self._next_pts
                self._next_pts += 1
                for packet in self._stream.encode(frame):
                    self._container.mux(packet)
        except BaseException as error:
            raise self._operation_error("encode", error) from error


class FrameWriter(SceneFileWriter):
    """Manim's writer of a scene's files, with our encoder where the colours are the usual ones."""

    def _create_segment_encoder(self, target: Path) -> VideoSegmentEncoder:
        spec = self.video_encoder
        if spec is None or spec.pixel_format != "yuv420p" or spec.width % 2 or spec.height % 2:
            return super()._create_segment_encoder(target)
        return FrameEncoder(target=target, spec=spec)
