"""Manim's file writer, taken apart for measuring: scenes draw as always, and encode later or not at all."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from bnviz.run.quiet import import_manim

Pixels = NDArray[np.uint8]
AT_A_TIME = 8  # repeats of a still: in as many frames an encoder can be stopped


class Postponed:
    """What a scene gave to its file writer: kept until ``memory`` bytes are full, then encoded in one go.

    The frames go to the encoder that the writer itself would have used, in the same segments; a long still
    in pieces. Each go takes place inside of ``turn``, which gives a function that tells whether to stop
    before the end; what is left is encoded in the next go. ``clock`` gives CPU seconds.
    """

    def __init__(
        self,
        memory: int,
        turn: Callable[[], AbstractContextManager[Callable[[], bool]]],
        clock: Callable[[], float] = time.process_time,
    ) -> None:
        self._memory, self._turn, self._clock = memory, turn, clock
        self._steps: deque[tuple[int, Callable[[], None]]] = deque()
        self._kept = 0
        self._encoder: Any = None
        self.frames = 0
        self.cpu_seconds = 0.0

    def open(self, create: Callable[[], Any]) -> None:
        """A segment begins, which the encoder that ``create`` makes will write."""
        self._steps.append((0, partial(self._open, create)))

    def write(self, pixels: Pixels, repeat: int) -> None:
        """A frame, standing for ``repeat`` frames."""
        self.frames += repeat
        self._kept += pixels.nbytes
        # A copy, since whoever draws may use the array again once an encoder has taken it.
        kept = pixels.copy()
        for left in range(repeat, 0, -AT_A_TIME):
            size = kept.nbytes if left <= AT_A_TIME else 0
            self._steps.append((size, partial(self._write, kept, min(left, AT_A_TIME))))
        while self._kept >= self._memory:
            self._go()

    def close(self) -> None:
        """The segment ends."""
        self._steps.append((0, self._close))

    def finish(self) -> None:
        """Encode what is left."""
        while self._steps:
            self._go()

    def _go(self) -> None:
        with self._turn() as is_over:
            started = self._clock()
            while self._steps and not is_over():
                size, step = self._steps.popleft()
                step()
                self._kept -= size
            self.cpu_seconds += self._clock() - started

    def _open(self, create: Callable[[], Any]) -> None:
        self._encoder = create()

    def _write(self, pixels: Pixels, repeat: int) -> None:
        self._encoder.write_frame(pixels, repeat=repeat)

    def _close(self) -> None:
        self._encoder.finish()
        self._encoder = None


@contextmanager
def encoding_postponed(postponed: Postponed) -> Iterator[None]:
    """Inside of this, every file writer of this process hands its frames to ``postponed``."""
    import_manim()
    from manim.scene.scene_file_writer import SceneFileWriter

    is_open = False
    finish_writing = SceneFileWriter.finish

    def begin_animation(
        writer: Any, allow_write: bool = False, *, animation_index: int, file_path: Any = None
    ) -> None:
        nonlocal is_open
        if allow_write:
            is_open = True
            target = Path(file_path or writer.partial_movie_files[animation_index])
            postponed.open(partial(writer._create_segment_encoder, target))

    def write_frame(writer: Any, pixels: Pixels, *, repeat: int = 1) -> None:
        if is_open:
            postponed.write(pixels, repeat)

    def end_animation(writer: Any, allow_write: bool = False) -> None:
        nonlocal is_open
        if allow_write:
            is_open = False
            postponed.close()

    def finish(writer: Any) -> None:
        postponed.finish()
        finish_writing(writer)

    with mock.patch.multiple(
        SceneFileWriter,
        begin_animation=begin_animation,
        write_frame=write_frame,
        end_animation=end_animation,
        finish=finish,
    ):
        yield


@contextmanager
def encoding_left_out(
    on_frame: Callable[[Pixels, int], None] = lambda pixels, repeat: None,
) -> Iterator[None]:
    """Inside of this nothing is encoded; ``on_frame`` is called with every frame and its repeats."""
    import_manim()
    from manim.scene.scene_file_writer import SceneFileWriter

    def nothing(*_: Any, **__: Any) -> None:
        pass

    def write_frame(writer: Any, pixels: Pixels, *, repeat: int = 1) -> None:
        on_frame(pixels, repeat)

    with mock.patch.multiple(
        SceneFileWriter,
        begin_animation=nothing,
        write_frame=write_frame,
        end_animation=nothing,
        finish=nothing,
    ):
        yield
