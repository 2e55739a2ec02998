"""How processes are started: forked from a server that has imported what they need, or anew.

Windows has no such server. Neither kind takes modules from the working directory, where a user's folder may
be called like one of ours.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from multiprocessing import util
from pathlib import Path
from typing import Any

from bnviz import own_modules
from bnviz.run.quiet import silenced
from bnviz.temporary import temporary_folder

LONGEST_PLACE = 70  # characters of a folder's path: a socket's in it may have 103
SHORT_PLACE = Path(
    "/tmp"
)  # a socket's path is short there whatever the user's own temporary folder is called
PRELOADED = ("bnviz.run.preload", "typst", "font_lato", "hibari.g2p")
"""What the fork server imports once for all, if it is installed: of this project, whose files may change
meanwhile, only what imports Manim; and not onnxruntime, which starts a thread as it is imported."""

METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def context() -> Any:
    """Multiprocessing's, for METHOD."""
    return multiprocessing.get_context(METHOD)


@contextmanager
def ready() -> Iterator[None]:
    """In this block a process may be started."""
    if METHOD == "forkserver":
        _start_fork_server()
        yield
    else:
        with _variables(PYTHONSAFEPATH="1"):
            yield


@cache
def _start_fork_server() -> None:
    """Start the fork server, once; it would keep the standard output and error it starts with."""
    from multiprocessing import forkserver

    _keep_sockets_here()
    context().set_forkserver_preload(list(PRELOADED))
    paths = [own_modules.ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
    with _variables(PYTHONSAFEPATH="1", PYTHONPATH=os.pathsep.join(paths)), silenced(1, 2):
        forkserver.ensure_running()


@contextmanager
def _variables(**variables: str) -> Iterator[None]:
    """Environment variables for what is started inside of this block."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _keep_sockets_here() -> None:
    """Multiprocessing's own temporary folder lies in one of ours, and is cleared after a SIGKILL."""
    ours = ExitStack()
    util.Finalize(None, ours.close, exitpriority=-200)  # after its own folder, at -100
    place = str(ours.enter_context(temporary_folder()))
    if len(place) > LONGEST_PLACE and os.access(SHORT_PLACE, os.W_OK):
        place = str(ours.enter_context(temporary_folder(SHORT_PLACE)))
    if len(place) > LONGEST_PLACE:
        return
    before, tempfile.tempdir = tempfile.tempdir, place
    try:
        util.get_temp_dir()  # it asks once
    finally:
        tempfile.tempdir = before
