"""Looking at a finished film: where its picture stands still, and whether it flashes. Works on arrays.

Both are measured on the pictures as they are shown, so what an animation was meant to do does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from bnviz.errors import UserError
from bnviz.review.limits import LIMITS, Limits
from bnviz.review.measurement import Check, Figure, Place, Stretch
from bnviz.review.wcag import luminance

Luma = NDArray[np.uint8]
"""A gray picture, shape (height, width)."""
SMALL = 192, 108  # the size in which frames are compared: a bit more than 4 pixels of 480p are one
GRAY = np.array([0.299, 0.587, 0.114], dtype=np.float32)
MOVED = 8  # of 255: once a picture has settled, coding changes a small pixel by less, a digit by more

GRID = 48, 27  # the cells in which flashes are looked for
FIELD = 16, 12  # cells of a field of 10 degrees: 341 x 256 pixels where the film is 1024 pixels wide
CHANGE, DARKER_BELOW = 0.10, 0.80  # relative luminance, WCAG 2's definition of a general flash
SHARE = 0.25  # of a field that has to flash


@dataclass(frozen=True, eq=False)
class Seen:
    """A film as it looks: its still stretches, and the flashes in the second that each frame starts."""

    frame_rate: float
    stills: tuple[Stretch, ...]
    flashes: NDArray[np.int64]

    @property
    def seconds(self) -> float:
        """How long the film is."""
        return len(self.flashes) / self.frame_rate


def watch(film: Path, on_frame: Callable[[int, VideoFrame], None] = lambda *_: None) -> Seen:
    """Watch a film in one pass; ``on_frame`` gets every frame, too.

    Raises:
        UserError: it has no picture that can be decoded.
    """
    coarse: list[NDArray[np.float32]] = []
    with av.open(film.absolute()) as container:
        rate = float(container.streams.video[0].average_rate or 0)

        def pictures() -> Iterator[Luma]:
            for number, frame in enumerate(container.decode(video=0)):
                on_frame(number, frame)
                small = frame.reformat(*SMALL, format="rgb24", interpolation="AREA", threads=1).to_ndarray()
                picture = small.astype(np.uint8, copy=False)
                coarse.append(luminance(_cells(picture)).astype(np.float32))
                yield (picture @ GRAY).astype(np.uint8)

        stills = tuple(still_stretches(pictures(), rate)) if rate else ()
    if not coarse:
        raise UserError(f"{film} has no pictures that move; bnviz check needs a film, or the names of scenes")
    return Seen(rate, stills, flashes(np.array(coarse), rate))


def checks(
    seen: Seen,
    said: Sequence[Stretch],
    where: Callable[[float], Place] = lambda second: Place(second=second),
    limits: Limits = LIMITS,
) -> list[Check]:
    """Stills in which nothing is said, and flashes.

    Args:
        seen: the film.
        said: when something is said, in seconds of the film.
        where: what place a second of the film is.
        limits: what is allowed.
    """
    stills = [Figure(still.seconds, where(still.start)) for still in unsaid(seen.stills, said)]
    return [
        Check("stillness", "still with nothing said", limits.still_unsaid, tuple(stills) or (Figure(0.0),)),
        Check(
            "flashes",
            "flashes in a second",
            limits.flashes,
            tuple(Figure(float(count), where(second)) for second, count in bursts(seen)) or (Figure(0.0),),
        ),
    ]


def bursts(seen: Seen) -> Iterator[tuple[float, int]]:
    """Every run of frames that start a second with flashes: where its most flashes begin, and how many."""
    flashing = np.concatenate([[False], seen.flashes > 0, [False]])
    edges = np.flatnonzero(flashing[1:] != flashing[:-1])
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        most = int(after - 1 - seen.flashes[first:after][::-1].argmax())  # the last second that holds them
        yield most / seen.frame_rate, int(seen.flashes[most])


def still_stretches(frames: Iterable[Luma], rate: float, moved: int = MOVED) -> Iterator[Stretch]:
    """Every stretch of at least two frames that differ nowhere from its first, in order.

    A slow drift adds up against the first frame and so ends a stretch, too.
    """
    first: NDArray[np.int16] | None = None
    start = number = 0
    for number, frame in enumerate(frames):  # noqa: B007 - needed after the loop
        now = frame.astype(np.int16)
        if first is not None and np.abs(now - first).max() >= moved:
            if number - start > 1:
                yield Stretch(start / rate, number / rate)
            first = None
        if first is None:
            first, start = now, number
    if first is not None and number > start:
        yield Stretch(start / rate, (number + 1) / rate)


def unsaid(stills: Iterable[Stretch], said: Sequence[Stretch]) -> list[Stretch]:
    """The parts of ``stills`` in which nothing is said."""
    found = []
    for still in stills:
        now = still.start
        for line in sorted(said, key=lambda line: line.start):
            if line.end <= now or line.start >= still.end:
                continue
            if line.start > now:
                found.append(Stretch(now, line.start))
            now = max(now, line.end)
        if now < still.end:
            found.append(Stretch(now, still.end))
    return found


def longer_than(seconds: float, stretches: Iterable[Stretch]) -> list[Stretch]:
    """Those that last longer."""
    return [stretch for stretch in stretches if stretch.seconds > seconds + 1e-9]


def turns(values: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Where relative luminance turns, along axis 0: changes by a tenth against the direction of the last.

    A change counts when its darker end is below 0.80, at the frame where it has reached a tenth.
    """
    low, high = values[0].astype(np.float64), values[0].astype(np.float64)
    direction = np.zeros(low.shape, dtype=np.int8)
    found = np.zeros(values.shape, dtype=bool)
    for number, now in enumerate(values[1:], start=1):
        low, high = np.minimum(low, now), np.maximum(high, now)
        up = (direction <= 0) & (now - low >= CHANGE) & (low < DARKER_BELOW)
        down = (direction >= 0) & (high - now >= CHANGE) & (now < DARKER_BELOW) & ~up
        found[number] = up | down
        direction = np.where(up, 1, np.where(down, -1, direction)).astype(np.int8)
        high, low = np.where(up, now, high), np.where(down, now, low)
    return found


def flashes(values: NDArray[np.floating], rate: float) -> NDArray[np.int64]:
    """How often some field of 10 degrees flashes in the second that starts with each frame.

    A flash is a pair of opposing changes; a field flashes n times when a quarter of it does, or oftener.

    Args:
        values: relative luminance, shape (frames, rows, columns), on a grid whose fields are :data:`FIELD`.
        rate: frames a second.
    """
    second = max(round(rate), 1)
    total = np.concatenate([np.zeros((1, *values.shape[1:]), np.int32), np.cumsum(turns(values), axis=0)])
    counts = total[np.minimum(np.arange(len(values)) + second, len(values))] - total[:-1]
    pairs = counts // 2
    found = np.zeros(len(values), dtype=np.int64)
    rows, columns = min(FIELD[1], values.shape[1]), min(FIELD[0], values.shape[2])
    for wanted in range(1, int(pairs.max(initial=0)) + 1):
        for number in np.flatnonzero((pairs >= wanted).sum(axis=(1, 2)) >= SHARE * rows * columns):
            share = _fields((pairs[number] >= wanted).astype(np.float64), rows, columns)
            if share.max() >= SHARE - 1e-9:
                found[number] = wanted
    return found


def _cells(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The mean colors of the cells of :data:`GRID`."""
    (columns, rows), (height, width) = GRID, picture.shape[:2]
    high, wide = height // rows, width // columns
    bands = picture.reshape(rows, high, -1).astype(np.float32).sum(axis=1)  # rows first: four times as fast
    return np.asarray(bands.reshape(rows, columns, wide, 3).sum(axis=2) / (high * wide), dtype=np.float64)


def _fields(mask: NDArray[np.float64], rows: int, columns: int) -> NDArray[np.float64]:
    """The mean of ``mask`` over every field that lies wholly inside."""
    mean = uniform_filter(mask, size=(rows, columns), mode="constant", origin=(-(rows // 2), -(columns // 2)))
    inside = mean[: mask.shape[0] - rows + 1, : mask.shape[1] - columns + 1]
    return np.asarray(inside, dtype=np.float64)
