"""Options for x264, tried on tiny pictures: what it refuses is told before a film is rendered."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import IO, Any

import av

from bnviz.errors import UserError

SIZE, FRAMES = 64, 2
AT_ONCE = 8 * 16  # pixels: eight of x264's blocks


def macroblock_tree(width: int) -> str:
    """Whether pictures ``width`` pixels wide are encoded with x264's macroblock tree: "1", or "0".

    It reads eight blocks at once, beyond the last one where a row holds no multiple of eight: there what is
    written depends on what the memory held before.
    """
    return "0" if width % AT_ONCE else "1"


def require_known(name: str, value: str) -> None:
    """Open an encoder with this option alone.

    Raises:
        UserError: x264 has no such option, or refuses its value.
    """
    if name == "flags" and "pass" in value:  # it would leave files behind
        raise UserError(f"--encoder-option {name}={value}: a film is encoded in one pass, not in two")
    trial: Any = av.CodecContext.create("libx264", "w")
    trial.width, trial.height, trial.pix_fmt, trial.time_base = SIZE, SIZE, "yuv420p", Fraction(1, 30)
    trial.options = {name: value}
    try:
        with tempfile.TemporaryFile() as said, heard(said):
            trial.open()
    except av.FFmpegError as error:
        raise UserError(f"--encoder-option {name}={value}: x264 refuses this value") from error
    if name in trial.options:  # what it does not know, it leaves over
        raise UserError(
            f"--encoder-option {name}: x264 has no such option; it has crf, preset, tune and others"
        )


def require_accepted(chosen: Mapping[str, str], options: Mapping[str, str]) -> None:
    """Encode with all ``options``, of which the user has ``chosen`` some, and look at what comes out.

    Raises:
        UserError: they do not go together, or other pictures come out than went in.
    """
    named = " ".join(f"--encoder-option {name}={value}" for name, value in chosen.items())
    with tempfile.TemporaryFile() as said:
        try:
            with heard(said):
                made = _decoded(encoded(options))
        except (av.FFmpegError, ValueError) as error:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines() or [str(error)]
            raise UserError(
                f"{named}: x264 refuses these options together ({lines[-1]}); change one, or leave one out"
            ) from error
    if made != [(SIZE, SIZE, "yuv420p")] * FRAMES:
        raise UserError(
            f"{named}: with these x264 writes other pictures than it is given; choose options of its "
            "effort and quality, such as crf, preset and tune"
        )


@contextmanager
def heard(file: IO[bytes]) -> Iterator[None]:
    """Into ``file`` with what goes to the process's standard error: x264 says there why it refuses."""
    before = os.dup(2)
    os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def encoded(
    options: Mapping[str, str], encoder: str = "libx264", pixel_format: str = "yuv420p", size: int = SIZE
) -> bytes:
    """A film of some gray pictures, ``size`` pixels wide and high.

    Raises:
        av.FFmpegError, ValueError: there is no such encoder, or it cannot be used.
    """
    memory = io.BytesIO()
    with av.open(memory, "w", format="mp4") as container:
        stream: Any = container.add_stream(encoder, rate=30, options=dict(options))
        stream.width, stream.height, stream.pix_fmt = size, size, pixel_format
        for number in range(FRAMES):
            frame = av.VideoFrame(size, size, pixel_format)
            for plane in frame.planes:
                plane.update(bytes([100]) * plane.buffer_size)
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return memory.getvalue()


def _decoded(content: bytes) -> list[tuple[int, int, str]]:
    """Width, height and pixel format of every picture."""
    with av.open(io.BytesIO(content), "r") as container:
        return [(frame.width, frame.height, frame.format.name) for frame in container.decode(video=0)]
