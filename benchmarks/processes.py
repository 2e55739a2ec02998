"""Measuring in a process of its own, so that nothing that ran before changes time or memory."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

from bn_math.networks.trained.study import NetworkStudy
from bnviz.cache.networks import VARIABLE, keep_networks
from bnviz.errors import UserError

if sys.platform == "win32":
    import psutil
else:
    import resource

Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")


@dataclass(frozen=True)
class Measured(Generic[Result]):
    """What a function returned, and what it took.

    ``seconds`` are those of the clock on the wall, ``cpu_seconds`` those of all threads of the process (user
    and system); ``peak_bytes`` is the most memory that was resident since the process began.
    """

    result: Result
    seconds: float
    cpu_seconds: float
    peak_bytes: int


def measured(function: Callable[[], Result]) -> Measured[Result]:
    """Call ``function`` in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = function()
    seconds, cpu_seconds = time.perf_counter() - wall, time.process_time() - cpu
    return Measured(result, seconds, cpu_seconds, peak_bytes())


def peak_bytes() -> int:
    """The most memory this process has had resident."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    else:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def in_a_process(
    function: Callable[Parameters, Result], *arguments: Parameters.args, **options: Parameters.kwargs
) -> Result:
    """Call a module's ``function`` in a fresh process, and wait for what it returns.

    Raises:
        UserError: the process died.
    """
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        try:
            return pool.submit(function, *arguments, **options).result()
        except BrokenProcessPool as error:
            raise UserError(
                f"the process that measured {function.__name__} died; has the machine enough memory?"
            ) from error


@contextmanager
def networks_trained_before(study: NetworkStudy) -> Iterator[None]:
    """Inside of this block all of ``study`` is found, in this process and in those that it starts."""
    said = os.environ.get(VARIABLE)
    with tempfile.TemporaryDirectory(prefix="bnviz-") as folder:
        os.environ[VARIABLE] = said or folder
        keep_networks(Path(folder))
        try:
            for part in study.parts:
                study.part(part)
            yield
        finally:
            if said is None:
                del os.environ[VARIABLE]


def find_networks() -> None:
    """What a process does that was started inside of such a block, before it draws."""
    if folder := os.environ.get(VARIABLE):
        keep_networks(Path(folder))
