"""A slide's first and last picture, as its beat has them: a loop's cross-fade is in neither."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import av
from PIL import Image

from bnviz.media.cut import cut
from bnviz.temporary import temporary_folder

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from bnviz.film.timeline import PlacedBeat

QUALITY = 92  # of 95: off by less than one of 255 on average, and all letters as sharp


def first_and_last(placed: PlacedBeat) -> tuple[bytes, bytes]:
    """Both as JPEG, in the size of the film: a PNG of what a film was pressed to is three times as large."""
    with temporary_folder() as folder:
        beat = folder / "beat.mp4"
        cut(placed.scene.video, beat, placed.scene.frame_rate, placed.first, placed.last)
        return _jpeg(_first(beat)), _jpeg(_last(beat))


def _first(video: Path) -> VideoFrame:
    with av.open(video) as container:
        return next(container.decode(video=0))


def _last(video: Path) -> VideoFrame:
    """The last frame, of which no more is decoded than it needs."""
    with av.open(video) as container:
        stream = container.streams.video[0]
        keys = [
            packet.pts for packet in container.demux(stream) if packet.is_keyframe and packet.pts is not None
        ]
        container.seek(max(keys), stream=stream)
        return max(container.decode(stream), key=lambda frame: frame.pts or 0)


def _jpeg(frame: VideoFrame) -> bytes:
    memory = io.BytesIO()
    picture = Image.fromarray(frame.to_ndarray(format="rgb24", threads=1))
    picture.save(memory, format="JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return memory.getvalue()
