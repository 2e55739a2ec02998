"""Tasks side by side, one process each: a crash takes no other task with it, and all can be ended at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from publish.errors import SceneFailed, UserError

REPORT_EVERY = 0.2  # seconds
Report = Callable[[int], None]


@dataclass(frozen=True)
class Task:
    """Work on one scene: ``run(*arguments, report)`` is called in a process of its own.

    ``run`` is a module's function; ``report`` takes the number of frames made so far.
    """

    scene: str
    run: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Progress:
    """A task has made ``frames`` frames."""

    scene: str
    frames: int


@dataclass(frozen=True)
class Done:
    """A task is finished; ``printed`` is what it wrote to its standard output and error."""

    scene: str
    result: Any
    printed: str


@dataclass(frozen=True)
class _Failure:
    reason: str
    details: str


@dataclass
class _Running:
    task: Task
    process: BaseProcess
    connection: Connection
    log: Path


def run_tasks(tasks: Sequence[Task], workers: int) -> Iterator[Progress | Done]:
    """Run ``tasks`` in at most ``workers`` processes at a time, and yield what they report.

    However this generator ends (a failure, Ctrl-C, or closed by its user), no process is left behind.

    Raises:
        SceneFailed: a task raised an exception, or its process died.
    """
    context = multiprocessing.get_context("spawn")  # a forked child would inherit half of Manim's state
    waiting, running = list(tasks), dict[Any, _Running]()
    with tempfile.TemporaryDirectory(prefix="bnviz-") as logs:
        try:
            while waiting or running:
                while waiting and len(running) < workers:
                    task = waiting.pop(0)
                    ours, theirs = context.Pipe(duplex=False)
                    log = Path(logs) / f"{task.scene}.log"
                    process = context.Process(target=_work, args=(task, theirs, log), daemon=True)
                    process.start()
                    theirs.close()
                    running[ours] = _Running(task, process, ours, log)
                for connection in wait(list(running)):
                    one = running[connection]
                    message = _receive(one)
                    if isinstance(message, _Failure):
                        raise SceneFailed(one.task.scene, message.reason, message.details)
                    if isinstance(message, Done):
                        one.process.join()
                        one.connection.close()
                        del running[connection]
                    yield message
        finally:
            for one in running.values():
                one.process.terminate()
            for one in running.values():
                one.process.join(timeout=5)
                if one.process.is_alive():
                    one.process.kill()
                    one.process.join()
                one.connection.close()


def _receive(one: _Running) -> Progress | Done | _Failure:
    scene = one.task.scene
    try:
        message = one.connection.recv()
    except EOFError:
        one.process.join()
        code = one.process.exitcode or 0
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        killed = (
            "; SIGKILL mostly means that memory ran out: try fewer --workers"
            if code == -signal.SIGKILL
            else ""
        )
        return _Failure(f"its process ended with {name}{killed}", _printed(one.log))
    if isinstance(message, _Failure):
        return _Failure(message.reason, f"{_printed(one.log)}\n{message.details}".strip())
    return (
        Progress(scene, message) if isinstance(message, int) else Done(scene, message[0], _printed(one.log))
    )


def _printed(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


def _work(task: Task, connection: Connection, log: Path) -> None:
    """What a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends its workers
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what is open is closed
    with log.open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    last = 0.0

    def report(frames: int) -> None:
        nonlocal last
        if time.monotonic() - last >= REPORT_EVERY:
            connection.send(frames)
            last = time.monotonic()

    try:
        result = task.run(*task.arguments, report)
        sys.stdout.flush()
        sys.stderr.flush()
        connection.send((result,))
    except Exception as error:
        sys.stdout.flush()
        connection.send(_Failure(reason(error, task), traceback.format_exc()))


def reason(error: BaseException, task: Task) -> str:
    """One line: the exception, and the line of the scene's own file where it was under way."""
    if isinstance(error, UserError):
        return str(error)
    paths = [Path(argument.path) for argument in task.arguments if hasattr(argument, "path")]
    places = [
        f"{frame.filename}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename) in paths
    ]
    where = f" at {places[-1]}" if places else ""
    return f"{type(error).__name__}: {error}{where}"
