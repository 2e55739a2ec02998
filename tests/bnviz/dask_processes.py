"""A Dask cluster of this machine's processes, for tests: they are asked to end, and waited for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import distributed
import psutil

ROOT = Path(__file__).parents[2]
PATIENCE = 120  # seconds; nothing here takes so long


@contextmanager
def running(command: Sequence[str], source: Path = ROOT) -> Iterator[psutil.Process]:
    """A program of Dask's, with the project that lies in ``source``; it is asked to end, and waited for."""
    paths = os.pathsep.join(map(str, dict.fromkeys([source, ROOT])))
    environment = {**os.environ, "PYTHONPATH": paths, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    program = [sys.executable, "-m", "dask", *command]
    with subprocess.Popen(
        program, cwd=source, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        itself = psutil.Process(process.pid)
        try:
            yield itself
        finally:
            family = [itself, *itself.children(recursive=True)] if itself.is_running() else []
            process.terminate()
            _, left = psutil.wait_procs(family, timeout=PATIENCE)
            for one in left:
                one.kill()
    assert left == []


@contextmanager
def a_scheduler(folder: Path) -> Iterator[tuple[psutil.Process, distributed.Client]]:
    """A scheduler, and one who only looks at it."""
    file = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    with (
        running(["scheduler", *options]) as process,
        distributed.Client(scheduler_file=str(file), timeout=PATIENCE, set_as_default=False) as client,
    ):
        yield process, client


@contextmanager
def a_worker(client: distributed.Client, *options: str, source: Path = ROOT) -> Iterator[psutil.Process]:
    """One worker more."""
    before = set(client.scheduler_info()["workers"])
    command = ["worker", client.scheduler.address, "--nthreads", "1", "--no-dashboard", *options]
    with running(command, source) as process:
        client.wait_for_workers(len(before) + 1, timeout=PATIENCE)
        yield process
