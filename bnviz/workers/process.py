"""One task in a process of its own: it can crash, and be ended, and takes nothing else with it.

Who waits for it handles bytes alone: what they mean is known only where it was asked for and where it runs.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bnviz import own_modules
from bnviz.errors import SceneFailed, UserError
from bnviz.system import signals
from bnviz.temporary import temporary_folder
from bnviz.workers import start
from bnviz.workers.memory import keep_what_is_freed

REPORT_EVERY = 0.2  # seconds between two reports, and between two looks at whether the task is still wanted
PATIENCE = 5.0  # seconds in which a process may end by itself
_STARTING = threading.Lock()  # a start also asks how the other processes are, and two may not ask at once


@dataclass(frozen=True)
class Task:
    """Work on one scene: ``run(*arguments, report)`` is called in a process of its own.

    ``run`` is a module's function; ``report`` takes the number of frames made so far. The result of a task
    that ``returns_bytes`` is handed on as it is; that of any other is pickled.
    """

    scene: str
    run: Callable[..., Any]
    arguments: tuple[Any, ...]
    returns_bytes: bool = False


@dataclass(frozen=True)
class Progress:
    """A task has made ``frames`` frames. It begins again if its process has ``died``: of what."""

    scene: str
    frames: int
    died: str | None = None


@dataclass(frozen=True)
class Finished:
    """A task is finished: its result as bytes, and what it wrote to its standard output and error."""

    scene: str
    result: bytes
    printed: str


@dataclass(frozen=True)
class _Failure:
    reason: str
    details: str


@dataclass(frozen=True)
class _Death:
    code: int

    @property
    def cause(self) -> str:
        return signal.Signals(-self.code).name if self.code < 0 else f"exit code {self.code}"


def perform(
    scene: str, task: bytes, listen: Callable[[Progress], None], is_wanted: Callable[[], bool]
) -> Finished:
    """Run a pickled :class:`Task` and wait for its end. A process that dies is started anew, once.

    Args:
        scene: whose task it is.
        task: the task.
        listen: called with what the task reports.
        is_wanted: asked again and again; when it says no, the process is ended.

    Raises:
        SceneFailed: the task raised an exception, or its process died twice.
        CancelledError: the task is not wanted any more.
    """
    with temporary_folder() as folder:
        deaths: list[_Death] = []
        while len(deaths) < 2:
            log = folder / f"{len(deaths)}.log"
            ended = _attempt(scene, task, log, listen, is_wanted)
            printed = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
            if isinstance(ended, bytes):
                return Finished(scene, ended, printed)
            if isinstance(ended, _Failure):
                raise SceneFailed(scene, ended.reason, f"{printed}\n{ended.details}".strip())
            deaths.append(ended)
            if len(deaths) < 2:
                listen(Progress(scene, 0, ended.cause))
    first, second = deaths
    hint = (
        "; SIGKILL mostly means that memory ran out: try fewer --workers"
        if "SIGKILL" in (first.cause, second.cause)
        else ""
    )
    raise SceneFailed(
        scene, f"its process ended with {first.cause}, and anew with {second.cause}{hint}", printed
    )


def _attempt(
    scene: str,
    task: bytes,
    log: Path,
    listen: Callable[[Progress], None],
    is_wanted: Callable[[], bool],
) -> bytes | _Failure | _Death:
    """Start a process, pass on what it reports, and return what it ends with."""
    context = start.context()
    ours, theirs = context.Pipe(duplex=False)
    environment = {**os.environ, **_kept_networks()}
    process = context.Process(target=_work, args=(task, environment, theirs, log), daemon=True)
    try:
        with _STARTING, start.ready():
            process.start()
        theirs.close()
        while is_wanted():
            if not ours.poll(REPORT_EVERY):
                continue
            try:
                message = ours.recv()
            except (EOFError, OSError):
                return _Death(_exit_code(process, None) or 0)
            if not isinstance(message, int):
                _exit_code(process, PATIENCE)
                return message  # type: ignore[no-any-return]
            listen(Progress(scene, message))
        raise CancelledError(f"scene {scene} is not wanted any more")
    finally:
        ours.close()
        if process.pid is not None:
            _end(process)


def _exit_code(process: BaseProcess, timeout: float | None) -> int | None:
    """Of a process that ends within ``timeout`` seconds (None: whenever); None if it does not."""
    if not wait([process.sentinel], timeout):
        return None
    with _STARTING:
        process.join()
        return process.exitcode


def _end(process: BaseProcess) -> None:
    """Whatever it is doing; what is open is closed, if it can be."""
    for end in (process.terminate, process.kill):
        end()  # does nothing to a process that has ended
        if _exit_code(process, PATIENCE) is not None:
            return
    _exit_code(process, None)


def _work(task: bytes, environment: dict[str, str], connection: Connection, log: Path) -> None:
    """What the process does."""
    own_modules.come_first()
    for item in signals("SIGINT", "SIGHUP"):  # the parent hears them and ends its processes
        signal.signal(item, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what is open is closed
    threading.Thread(target=_end_with_parent, daemon=True).start()
    keep_what_is_freed()
    os.environ.clear()  # what the fork server was born with
    os.environ.update(environment)
    _keep_networks()
    _print_to(log)
    last = 0.0

    def report(frames: int) -> None:
        nonlocal last
        if time.monotonic() - last >= REPORT_EVERY:
            connection.send(frames)
            last = time.monotonic()

    arguments: tuple[Any, ...] = ()
    try:
        unpacked: Task = pickle.loads(task)
        arguments = unpacked.arguments
        result = unpacked.run(*arguments, report)
        if not unpacked.returns_bytes:
            result = pickle.dumps(result)
        sys.stdout.flush()
        sys.stderr.flush()
        connection.send(bytes(memoryview(result)))
    except Exception as error:
        sys.stdout.flush()
        connection.send(_Failure(reason(error, arguments), traceback.format_exc()))


def _print_to(log: Path) -> None:
    """Send the standard output and error there, in UTF-8 whatever the terminal that we come from can show."""
    with log.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        stream = open(  # noqa: SIM115 # it stays open
            descriptor,
            "w",
            buffering=1,
            encoding="utf-8",
            errors="backslashreplace",
            newline="\n",
            closefd=False,
        )
        setattr(sys, name, stream)


def _kept_networks() -> dict[str, str]:
    """What tells a worker where results of trained networks are kept."""
    from bnviz.cache.networks import variable_for_workers  # it imports the maths

    return variable_for_workers()


def _keep_networks() -> None:
    """Keep such results where the environment says, if it does."""
    if folder := os.environ.get("BNVIZ_NETWORKS"):
        from bnviz.cache.networks import keep_networks

        keep_networks(Path(folder))


def _end_with_parent() -> None:
    """A parent that was killed cannot end its processes, so they end themselves."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # this is a child
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def reason(error: BaseException, arguments: tuple[Any, ...]) -> str:
    """One line: the exception, and the line of the scene's own file where it was under way."""
    if isinstance(error, UserError):
        return str(error)
    paths = [Path(argument.path) for argument in arguments if hasattr(argument, "path")]
    places = [
        f"{frame.filename}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename) in paths
    ]
    where = f" at {places[-1]}" if places else ""
    return f"{type(error).__name__}: {error}{where}"
