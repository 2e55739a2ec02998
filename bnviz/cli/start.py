"""The command's first lines: whatever it imports afterwards, a signal ends it in a sentence.

Ctrl-C, SIGTERM and a terminal that was closed (SIGHUP) are treated alike. A signal that is ignored when the
command starts, as under nohup, stays ignored.
"""

from __future__ import annotations

import io
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from bnviz.system import signals

SIGNALS = signals("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # Windows has the last in place of SIGHUP
STOPPED = 130
PATIENCE = 2.0  # seconds after a signal in which another one is the same wish: what is open is being closed


class _Stop:
    """Raises KeyboardInterrupt, once for several signals in a row."""

    def __init__(self) -> None:
        self._last = -PATIENCE
        self.was_heard = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        before, self._last = self._last, time.monotonic()
        self.was_heard = True
        if self._last - before >= PATIENCE:
            raise KeyboardInterrupt


_STOP = _Stop()


def listen() -> dict[signal.Signals, Any]:
    """From now on every one of the signals is a KeyboardInterrupt; returns what it was before."""
    heard = [item for item in SIGNALS if signal.getsignal(item) is not signal.SIG_IGN]
    return {item: signal.signal(item, _STOP) for item in heard}


@contextmanager
def stoppable() -> Iterator[None]:
    """In this block every one of the signals is a KeyboardInterrupt."""
    before = listen()
    _STOP.was_heard = False
    try:
        yield
    finally:
        for item, handler in before.items():
            signal.signal(item, handler)


def was_stopped() -> bool:
    """Whether such a signal came: what failed after it, a process that it ended too, is no failure."""
    return _STOP.was_heard


def say_stopped() -> None:
    """Print that the command was stopped; a closed terminal is no error."""
    with suppress(OSError):
        print("stopped; films made before are untouched", file=sys.stderr, flush=True)


def main() -> None:
    """Run the command."""
    try:
        listen()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a file's name need not be text
        from bnviz import own_modules

        own_modules.come_alone()
        from bnviz.cli.app import app

        app()
    except KeyboardInterrupt:
        say_stopped()
        sys.exit(STOPPED)
    finally:  # the end itself is not disturbed: what Python says to a signal there is a traceback
        for item in SIGNALS:
            signal.signal(item, signal.SIG_IGN)


if __name__ == "__main__":
    main()
