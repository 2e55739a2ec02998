"""An MP4 file from RGBA pictures, in the plainest way; it needs nothing of this project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import av
import numpy as np


class Mp4:
    """Encodes pictures (height, width, 4) of bytes with x264."""

    def __init__(
        self, path: Path, size: tuple[int, int], frame_rate: int, options: Mapping[str, str]
    ) -> None:
        self._container = av.open(str(path), "w")
        self._stream: Any = self._container.add_stream("libx264", rate=frame_rate, options=dict(options))
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "yuv420p"

    def write(self, pixels: Any) -> None:
        """Encode a picture."""
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgba")
        self._container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what is left."""
        self._container.mux(self._stream.encode(None))
        self._container.close()
