"""Tasks side by side: in processes of this machine, or on the workers of a Dask cluster.

Both are a concurrent.futures.Executor, whose every call waits for a process of its own (process.py).
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event
from typing import Any

from bnviz.workers.process import Finished, Progress, Task, perform

__all__ = ["Done", "Progress", "Task", "run_tasks"]

Submit = Callable[[str, bytes], Future[Finished]]
"""Takes a scene's name and its pickled task."""


@dataclass(frozen=True)
class Done:
    """A task is finished; ``printed`` is what it wrote to its standard output and error."""

    scene: str
    result: Any
    printed: str


def run_tasks(tasks: Sequence[Task], workers: int, scheduler: str | None = None) -> Iterator[Progress | Done]:
    """Run ``tasks`` side by side, the first ones first, and yield what they report.

    However this generator ends (a failure, Ctrl-C, or closed by its user), no process is left behind.

    Args:
        tasks: what is to be done; on a cluster they are sent, and must not name what only this machine has.
            They return bytes there: what comes from another machine is not unpickled.
        workers: how many at a time, on this machine.
        scheduler: the address of a Dask scheduler, whose workers are then used instead.

    Raises:
        SceneFailed: a task raised an exception, or its process died twice.
        UserError: the cluster cannot be used.
        ValueError: a task for a cluster returns something else than bytes.
    """
    if scheduler is not None and not all(task.returns_bytes for task in tasks):
        raise ValueError("tasks for a cluster must return bytes")
    events: SimpleQueue[Progress | Future[Finished]] = SimpleQueue()
    with _place(workers, scheduler, events.put) as submit:
        futures = [submit(task.scene, pickle.dumps(task)) for task in tasks]
        for future in futures:
            future.add_done_callback(events.put)
        try:
            left = {task.scene: task for task in tasks}
            while left:
                event = events.get()
                if isinstance(event, Future):
                    finished = event.result()
                    as_it_is = left.pop(finished.scene).returns_bytes
                    result = finished.result if as_it_is else pickle.loads(finished.result)
                    yield Done(finished.scene, result, finished.printed)
                elif event.scene in left:  # a report from afar may come late
                    yield event
        finally:
            for future in futures:
                future.cancel()


def _place(
    workers: int, scheduler: str | None, listen: Callable[[Progress], None]
) -> AbstractContextManager[Submit]:
    if scheduler is None:
        return _here(workers, listen)
    from bnviz.workers.cluster import connected  # Dask is an extra

    return connected(scheduler, listen)


@contextmanager
def _here(workers: int, listen: Callable[[Progress], None]) -> Iterator[Submit]:
    """A thread a worker, which waits for one process after the other."""
    over = Event()
    executor = ThreadPoolExecutor(workers)
    try:
        yield lambda scene, task: executor.submit(perform, scene, task, listen, lambda: not over.is_set())
    finally:
        over.set()
        executor.shutdown(cancel_futures=True)
