"""What encoding the film's frames alone takes, with x264's medium: the yardstick for everything else.

Scenes are rendered side by side, one process each, as for the film. But each process only draws until its
share of memory is full of frames. When all have drawn, the clock starts and all encode, until the first of
them has nothing left; then the clock stops and all draw again. So nothing but encoding is on the clock, and
always in as many processes as the film has. What the encoders' threads still do when the clock stops is
left out: less than one frame in fifty, and in favour of the yardstick, not of the film.

Whatever else the machine does meanwhile makes encoding alone longer, which would flatter the film. So it is
noted how busy the encoders were: on a machine that does nothing else, almost all of the time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from benchmarks.processes import find_networks
from benchmarks.writers import Postponed, encoding_postponed
from bnviz.errors import UserError
from bnviz.run.discover import SceneSource
from bnviz.run.quality import Quality
from bnviz.run.render import render_scene
from bnviz.workers.memory import keep_what_is_freed
from scenes.kit.settings import Settings

MEMORY = 1_500_000_000  # bytes of frames in each process: 180 frames at 1080p


@dataclass(frozen=True)
class EncodedScene:
    """A scene's frames, and the CPU seconds (all threads) that encoding them took."""

    name: str
    frames: int
    cpu_seconds: float


@dataclass(frozen=True)
class EncodedFilm:
    """``seconds`` on the wall in which all processes encoded side by side, and the scenes.

    ``core_seconds`` are the same times the processes that encoded, of which no more count than there are
    cores.
    """

    seconds: float
    core_seconds: float
    scenes: tuple[EncodedScene, ...]

    @property
    def cpu_seconds(self) -> float:
        """Those of all scenes."""
        return sum(scene.cpu_seconds for scene in self.scenes)

    @property
    def busy(self) -> float:
        """The share of the time in which the encoders were at work, and not other programs."""
        return self.cpu_seconds / self.core_seconds


def encode_alone(
    sources: Sequence[SceneSource],
    settings: Settings,
    quality: Quality,
    workers: int,
    memory: int = MEMORY,
    on_finished: Callable[[EncodedScene], None] = lambda scene: None,
) -> EncodedFilm:
    """Draw the scenes off the clock and encode them on it, ``workers`` at a time, in this order.

    Raises:
        UserError: a scene's process died.
    """
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    waiting, running = list(sources), dict[Any, _Running]()
    finished: list[EncodedScene] = []
    seconds = core_seconds = 0.0
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                source = waiting.pop(0)
                ours, theirs = context.Pipe()
                arguments = (source, settings, quality, memory, theirs, stop)
                process = context.Process(target=_draw_and_encode, args=arguments, daemon=True)
                process.start()
                theirs.close()
                running[ours] = _Running(source, process)
            ended = []
            for item in [item for item, one in running.items() if not one.is_ready]:
                scene = _receive(item, running[item])
                running[item].is_ready = scene is None
                if scene is not None:
                    ended.append(scene)
                    on_finished(scene)
                    running.pop(item).process.join()
            finished.extend(ended)
            if not ended:  # otherwise another scene may begin, and has to have drawn before the clock starts
                cores = min(len(running), os.cpu_count() or 1)
                taken = _go(running, stop)
                seconds += taken
                core_seconds += taken * cores
    finally:
        for one in running.values():
            one.process.terminate()
            one.process.join()
    return EncodedFilm(seconds, core_seconds, tuple(finished))


@dataclass
class _Running:
    source: SceneSource
    process: BaseProcess
    is_ready: bool = False


def _go(running: dict[Any, _Running], stop: Event) -> float:
    """Let all encode until one has nothing left; the seconds until all have stopped."""
    stop.clear()
    started = time.perf_counter()
    for item in running:
        item.send(None)
    for item, one in running.items():
        _receive(item, one)
    seconds = time.perf_counter() - started
    for item, one in running.items():
        item.send(None)
        one.is_ready = False
    return seconds


def _receive(connection: Connection, one: _Running) -> EncodedScene | None:
    """Wait until the process is ready for what comes next (None), or has nothing left to draw."""
    try:
        message: EncodedScene | None = connection.recv()
    except EOFError:
        raise UserError(
            f"scene {one.source.name}: its process died while it was measured; it says why above, or "
            "memory ran out"
        ) from None
    return message


def _draw_and_encode(
    source: SceneSource,
    settings: Settings,
    quality: Quality,
    memory: int,
    connection: Connection,
    stop: Event,
) -> None:
    """What a process does. It says None when it has drawn, and when it has encoded; its result at the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends its processes
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that folders are cleared away
    keep_what_is_freed()
    find_networks()

    @contextmanager
    def turn() -> Iterator[Callable[[], bool]]:
        connection.send(None)
        connection.recv()
        yield stop.is_set
        stop.set()
        connection.send(None)
        connection.recv()

    postponed = Postponed(memory, turn)
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder, encoding_postponed(postponed):
        render_scene(source, settings, quality, Path(folder))
    connection.send(EncodedScene(source.name, postponed.frames, postponed.cpu_seconds))
