"""The one thing in an MP4 file that FFmpeg's muxer does not leave to us: whether subtitles show unasked.

The muxer marks the first track of every kind as enabled. For subtitles that means shown unless turned off;
captions here are the other way round, so the mark is taken away after writing. An MP4 file is a tree of
boxes, each with its length (4 bytes), its name (4 bytes) and its content.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_ENABLED = 1


def turn_off_subtitles(film: Path) -> None:
    """Clear the enabled mark of every subtitle track of ``film``, in place."""
    with film.open("r+b") as file:
        size = file.seek(0, 2)
        start, end = next(
            (first, last) for name, first, last in _boxes_in_file(film, size) if name == b"moov"
        )
        file.seek(start)
        movie = bytearray(file.read(end - start))
        for name, first, last in _boxes(movie, 0, len(movie)):
            if name == b"trak" and _handler(movie, first, last) == b"sbtl":
                header = next(begin for box, begin, _ in _boxes(movie, first, last) if box == b"tkhd")
                movie[header + 3] &= ~_ENABLED  # one byte version, three bytes marks
        file.seek(start)
        file.write(movie)


def _handler(movie: bytearray, first: int, last: int) -> bytes:
    """What a track holds: ``vide``, ``soun``, ``sbtl``, ``text``."""
    media = next((begin, end) for name, begin, end in _boxes(movie, first, last) if name == b"mdia")
    handler = next(begin for name, begin, _ in _boxes(movie, *media) if name == b"hdlr")
    return bytes(movie[handler + 8 : handler + 12])


def _boxes(data: bytearray, first: int, last: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of the content of each box between ``first`` and ``last``."""
    while first + 8 <= last:
        length = int.from_bytes(data[first : first + 4], "big")
        yield bytes(data[first + 4 : first + 8]), first + 8, first + length
        first += max(length, 8)


def _boxes_in_file(film: Path, size: int) -> Iterator[tuple[bytes, int, int]]:
    """The same for the outermost boxes of a file, whose lengths may take 8 bytes."""
    with film.open("rb") as file:
        first = 0
        while first + 8 <= size:
            file.seek(first)
            head = file.read(16)
            length, begin = int.from_bytes(head[:4], "big"), first + 8
            if length == 1:
                length, begin = int.from_bytes(head[8:16], "big"), first + 16
            yield head[4:8], begin, first + (length or size - first)
            first += length or size - first
