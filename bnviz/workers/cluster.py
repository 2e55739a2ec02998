"""Tasks on the workers of a Dask cluster. Without the extra ``cluster`` there is none.

A worker is asked first whether it would draw the same pictures. It starts a process for each task, as this
machine does (process.py): a scene finds no leftovers of another, and one worker may render two at once.
"""

from __future__ import annotations

import hashlib
import importlib
import logging
import multiprocessing
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import astuple
from typing import Any

from bnviz.cache.code_key import ROOMS, ROOT, versions
from bnviz.errors import SceneFailed, UserError
from bnviz.workers.process import Finished, Progress, perform

KINDS = (".py", ".csv", ".toml")
FILES = "the project's files"
TIMEOUT = 5  # seconds in which a scheduler has to answer, and the first worker to be there
SET_UP = "sh bnviz/setup.sh voice cluster"


@contextmanager
def connected(
    address: str, listen: Callable[[Progress], None]
) -> Iterator[Callable[[str, bytes], Future[Finished]]]:
    """The cluster of the scheduler at ``address``: yields what takes a scene's name and its pickled task.

    Progress is heard by ``listen``. Tasks that are under way in the end are given up, on the workers too.

    Raises:
        UserError: Dask is not installed, nobody listens, there is no worker, or one is not as this machine.
        SceneFailed: workers died of a scene.
    """
    distributed = _distributed()
    here = installed()
    for logger in ("distributed", "distributed.client"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)  # what goes wrong is said in a sentence
    with _client(distributed, address) as client:
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=TIMEOUT)
        check(address, here, client.run(installed, on_error="return"))
        topic = f"bnviz-{uuid.uuid4().hex}"
        client.subscribe_topic(topic, lambda event: listen(Progress(*event[1])))
        executor = client.get_executor(pure=False)

        def submit(scene: str, task: bytes) -> Future[Finished]:
            # Keys of one group: Dask then keeps tasks until a worker is free, instead of dealing all at once.
            key = topic, scene
            future: Future[Finished] = executor.submit(_on_worker, scene, task, topic, here, key=key)
            return future

        try:
            yield submit
        except distributed.scheduler.KilledWorker as error:
            raise SceneFailed(
                str(error.task[-1]),
                f"{error.allowed_failures + 1} workers died while they had it, the last of them "
                f"{error.last_worker.address}; mostly memory ran out there: give a worker fewer threads",
            ) from None
        except CancelledError:
            raise UserError(
                f"--scheduler {address}: the scheduler has gone away; start it again: dask scheduler"
            ) from None
        finally:
            executor.shutdown(wait=False)
            client.unsubscribe_topic(topic)


def installed() -> dict[str, str]:
    """What a scene's pictures and voice depend on, as it is on this machine."""
    found = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in KINDS:
                name = path.relative_to(ROOT).as_posix().encode()
                found.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return {FILES: found.hexdigest(), **dict(versions())}


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """In words, what is ``there`` and not as it is ``here``; nothing when all is the same."""
    others = [name for name in here if there.get(name) != here[name]]
    return ", ".join(
        f"{FILES} differ" if name == FILES else f"{name} is {there.get(name)} and not {here[name]}"
        for name in others
    )


def check(
    address: str, here: Mapping[str, str], workers: Mapping[str, Mapping[str, str] | BaseException]
) -> None:
    """Look at what every worker has installed, or why it could not say.

    Raises:
        UserError: there is no worker, or one is not as this machine.
    """
    if not workers:
        raise UserError(
            f"--scheduler {address}: the scheduler has no workers; start one on each machine: "
            f"dask worker {address}"
        )
    for worker, there in workers.items():
        if isinstance(there, BaseException):
            raise UserError(_mend(worker, f"this project is missing there, or is older ({there})"))
        if other := differences(here, there):
            raise UserError(_mend(worker, other))


def _mend(worker: str, what: str) -> str:
    return (
        f"the worker {worker} is not as this machine: {what}. There, in a checkout with the same files "
        f"as here, run: {SET_UP}, and start the worker again"
    )


def _on_worker(scene: str, task: bytes, topic: str, here: Mapping[str, str]) -> Finished:
    """What a worker does: it may have come later than the others, so it looks at itself again."""
    distributed = _distributed()
    worker = distributed.get_worker()
    key = worker.get_current_task()
    if other := differences(here, installed()):
        raise UserError(_mend(worker.address, other))

    def is_wanted() -> bool:
        asked = worker.state.tasks.get(key)
        is_closing = worker.status.name in ("closing", "closed")
        return asked is not None and asked.state != "cancelled" and not is_closing

    # Dask's nanny starts workers as daemons, which may have no children; but these end with their parent.
    multiprocessing.current_process().daemon = False
    try:
        return perform(scene, task, lambda report: worker.log_event(topic, astuple(report)), is_wanted)
    except CancelledError:
        raise distributed.Reschedule from None  # on another worker, if it is wanted at all
    except SceneFailed as error:
        raise SceneFailed(
            error.scene, f"{error.reason} (on the worker {worker.address})", error.details
        ) from None


def _distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise UserError(f"--scheduler needs Dask ({error}); install it with: {SET_UP}") from error


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UserError(
            f"--scheduler {address}: no Dask scheduler answers there within {TIMEOUT} seconds ({error}); "
            f"start one with: dask scheduler"
        ) from error
