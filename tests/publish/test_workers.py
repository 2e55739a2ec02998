"""Tasks in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from publish.errors import SceneFailed, UserError
from publish.workers import Done, Progress, Task, reason, run_tasks

Report = Callable[[int], None]


def process_and_square(number: int, report: Report) -> tuple[int, int]:
    report(number)
    print("squaring")
    return os.getpid(), number**2


def fail(number: int, report: Report) -> None:
    raise ZeroDivisionError(f"cannot divide by {number}")


def refuse(number: int, report: Report) -> None:
    raise UserError("mend the lesson")


def die(number: int, report: Report) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(seconds: float, report: Report) -> None:
    report(1)
    time.sleep(seconds)


def test_every_task_has_a_process_of_its_own_and_reports() -> None:
    events = list(run_tasks([Task(str(n), process_and_square, (n,)) for n in (2, 3)], workers=2))
    done = {event.scene: event for event in events if isinstance(event, Done)}
    assert {scene: event.result[1] for scene, event in done.items()} == {"2": 4, "3": 9}
    assert len({os.getpid(), *(event.result[0] for event in done.values())}) == 3
    assert {event.printed for event in done.values()} == {"squaring\n"}
    assert Progress("2", 2) in events


@pytest.mark.parametrize(
    ("task", "why"),
    [
        (fail, "ZeroDivisionError: cannot divide by 7"),
        (refuse, "mend the lesson"),
        (die, "its process ended with SIGKILL; SIGKILL mostly means that memory ran out"),
    ],
)
def test_a_failure_names_its_scene_and_ends_the_others(task: Callable[..., None], why: str) -> None:
    started = time.monotonic()
    with pytest.raises(SceneFailed, match=f"scene Bad failed: {why}"):
        list(run_tasks([Task("Slow", sleep, (60,)), Task("Bad", task, (7,))], workers=2))
    assert time.monotonic() - started < 20
    assert multiprocessing.active_children() == []


def test_leaving_early_ends_every_process() -> None:
    events = run_tasks([Task("Slow", sleep, (60,)), Task("Slower", sleep, (90,))], workers=2)
    next(events)
    events.close()
    assert multiprocessing.active_children() == []


@dataclass(frozen=True)
class Source:
    path: Path


def test_a_reason_says_where_in_the_scene_s_file_it_happened() -> None:
    task = Task("Here", fail, (Source(Path(__file__)),))
    try:
        fail(1, print)
    except ZeroDivisionError as error:
        assert reason(error, task).startswith(f"ZeroDivisionError: cannot divide by 1 at {__file__}:")
