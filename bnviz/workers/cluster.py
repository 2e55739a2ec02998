"""Tasks on the workers of a Dask cluster. Without the extra ``cluster`` there is none.

A worker is asked first whether it would draw the same pictures. It starts a process for each task, as this
machine does (process.py): a scene finds no leftovers of another, and one worker may render two at once.

What a worker answers is plain: texts and bytes. Dask itself unpickles what others on the cluster send, here
as there, so everybody on it can run code on every machine of it, this one included.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import astuple

from bnviz.cache.code_key import ROOMS, ROOT, versions
from bnviz.errors import SceneFailed, UserError
from bnviz.installation import install_elsewhere
from bnviz.workers.process import Finished, Progress, perform
from bnviz.workers.scheduler import require_scheduler

KINDS = (".py", ".csv", ".toml")
FILES = "the project's files"
TIMEOUT = 5  # seconds in which the first worker has to be there
Answer = dict[str, str | bytes]
"""What a worker sends: ``result`` and ``printed``, or ``failed`` and ``details``, or ``refused``."""


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
    distributed = require_scheduler(address)
    here = installed()
    with distributed.Client(address, timeout=TIMEOUT, set_as_default=False) as client:
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=TIMEOUT)
        check(address, here, client.run(installed, on_error="return"))
        topic = f"bnviz-{uuid.uuid4().hex}"
        client.subscribe_topic(topic, lambda event: listen(Progress(*event[1])))
        executor = client.get_executor(pure=False)

        def submit(scene: str, task: bytes) -> Future[Finished]:
            # Keys of one group: Dask then keeps tasks until a worker is free, instead of dealing all at once.
            key = topic, scene
            return _as_finished(scene, executor.submit(_on_worker, scene, task, topic, here, key=key))

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
        f"the worker {worker} is not as this machine: {what}. There, "
        f"{install_elsewhere('voice', 'cluster')}, and start the worker again"
    )


def _as_finished(scene: str, asked: Future[Answer]) -> Future[Finished]:
    """The answer to come, read."""
    finished: Future[Finished] = Future()

    def hand_on(answered: Future[Answer]) -> None:
        if finished.set_running_or_notify_cancel():
            try:
                finished.set_result(received(scene, answered.result()))
            except BaseException as error:  # it is raised where it is waited for
                finished.set_exception(error)

    asked.add_done_callback(hand_on)
    return finished


def received(scene: str, answer: Answer) -> Finished:
    """A worker's answer to being asked for ``scene``.

    Raises:
        SceneFailed: the scene failed there, or this is no answer.
        UserError: the worker is not as this machine.
    """
    match answer:
        case {"result": bytes(result), "printed": str(printed)}:
            return Finished(scene, result, printed)
        case {"failed": str(reason), "details": str(details)}:
            raise SceneFailed(scene, reason, details)
        case {"refused": str(sentence)}:
            raise UserError(sentence)
    raise SceneFailed(scene, "a worker sent something else than a scene")


def _on_worker(scene: str, task: bytes, topic: str, here: Mapping[str, str]) -> Answer:
    """What a worker does: it may have come later than the others, so it looks at itself again."""
    import distributed

    worker = distributed.get_worker()
    key = worker.get_current_task()
    if other := differences(here, installed()):
        return {"refused": _mend(worker.address, other)}

    def is_wanted() -> bool:
        asked = worker.state.tasks.get(key)
        is_closing = worker.status.name in ("closing", "closed")
        return asked is not None and asked.state != "cancelled" and not is_closing

    # Dask's nanny starts workers as daemons, which may have no children; but these end with their parent.
    multiprocessing.current_process().daemon = False
    try:
        done = perform(scene, task, lambda report: worker.log_event(topic, astuple(report)), is_wanted)
        return {"result": done.result, "printed": done.printed}
    except CancelledError:
        raise distributed.Reschedule from None  # on another worker, if it is wanted at all
    except SceneFailed as error:
        return {"failed": f"{error.reason} (on the worker {worker.address})", "details": error.details}
    except OSError as error:  # a full disk, for example
        return {"failed": f"{error} (on the worker {worker.address})", "details": ""}
