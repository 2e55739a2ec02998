"""Tasks in processes of their own."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import pytest

from bnviz.errors import SceneFailed, UserError
from bnviz.workers import process, start
from bnviz.workers.pool import Done, Progress, Task, run_tasks
from bnviz.workers.process import reason

Report = Callable[[int], None]
ROOT = Path(__file__).parents[3]


def process_and_square(number: int, report: Report) -> tuple[int, int]:
    report(number)
    print("squaring")
    return os.getpid(), number**2


def fail(marks: Path, report: Report) -> None:
    mark(marks)
    raise ZeroDivisionError("cannot divide by 0")


def refuse(marks: Path, report: Report) -> None:
    mark(marks)
    raise UserError("mend the lesson")


def die(marks: Path, report: Report) -> None:
    mark(marks)
    os.kill(os.getpid(), signal.SIGKILL)


def leave(marks: Path, report: Report) -> None:
    mark(marks)
    sys.exit(3)


def die_once(marks: Path, report: Report) -> int:
    mark(marks)
    if len(list(marks.iterdir())) == 1:
        print("dying")
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def mark(marks: Path) -> None:
    """Leave a file that says which process ran the task."""
    (marks / str(os.getpid())).touch()


def print_umlauts(report: Report) -> None:
    print("Größe", 5 * "ä")
    print("Größe", file=sys.stderr)


def sleep(seconds: float, report: Report) -> None:
    """Report the process, as if that were frames."""
    report(os.getpid())
    time.sleep(seconds)


def modules_and_threads(report: Report) -> tuple[set[str], int]:
    """What is imported, and how many threads the process has that this one is a copy of."""
    return set(sys.modules), psutil.Process(os.getppid()).num_threads()


def variable(name: str, report: Report) -> str | None:
    return os.environ.get(name)


def written(module: str, report: Report) -> str:
    return str(importlib.import_module(module).WRITTEN)


@pytest.fixture(params=sorted({"forkserver", "spawn"}.intersection(multiprocessing.get_all_start_methods())))
def method(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the ways to start a process that this system has."""
    monkeypatch.setattr(start, "METHOD", request.param)
    return str(request.param)


pytestmark = pytest.mark.usefixtures("method")


def results(tasks: Sequence[Task], workers: int = 2) -> dict[str, Any]:
    return {event.scene: event.result for event in run_tasks(tasks, workers) if isinstance(event, Done)}


def test_every_task_has_a_process_of_its_own_and_reports() -> None:
    events = list(run_tasks([Task(str(n), process_and_square, (n,)) for n in (2, 3)], workers=2))
    done = {event.scene: event for event in events if isinstance(event, Done)}
    assert {scene: event.result[1] for scene, event in done.items()} == {"2": 4, "3": 9}
    assert len({os.getpid(), *(event.result[0] for event in done.values())}) == 3
    assert {event.printed for event in done.values()} == {"squaring\n"}
    assert Progress("2", 2) in events


@pytest.mark.parametrize(
    ("task", "why", "times"),
    [
        (fail, "ZeroDivisionError: cannot divide by 0", 1),
        (refuse, "mend the lesson", 1),
        (die, "its process ended with SIGKILL, and anew with SIGKILL; .* memory ran out: try fewer", 2),
        (leave, "its process ended with exit code 3, and anew with exit code 3$", 2),
    ],
)
def test_a_failure_names_its_scene_and_ends_the_others(
    task: Callable[..., None], why: str, times: int, tmp_path: Path
) -> None:
    events = run_tasks([Task("Slow", sleep, (600,)), Task("Bad", task, (tmp_path,))], workers=2)
    with pytest.raises(SceneFailed, match=f"^scene Bad failed: {why}"):
        list(events)
    assert multiprocessing.active_children() == []
    assert len(list(tmp_path.iterdir())) == times


def test_a_task_whose_process_is_killed_runs_again(tmp_path: Path) -> None:
    tasks = [Task("Killed", die_once, (tmp_path,)), Task("2", process_and_square, (2,))]
    events = list(run_tasks(tasks, 2))
    done = {event.scene: event for event in events if isinstance(event, Done)}
    first_and_second = {int(path.name) for path in tmp_path.iterdir()}
    assert len(first_and_second) == 2
    assert done["Killed"].result in first_and_second
    assert done["2"].result[1] == 4
    assert [event for event in events if isinstance(event, Progress) and event.died] == [
        Progress("Killed", 0, "SIGKILL")
    ]


def test_leaving_early_ends_every_process() -> None:
    events = run_tasks([Task("Slow", sleep, (600,)), Task("Slower", sleep, (600,))], workers=2)
    reported = next(events)
    assert isinstance(reported, Progress)
    assert psutil.pid_exists(reported.frames)
    events.close()
    assert multiprocessing.active_children() == []
    assert not psutil.pid_exists(reported.frames)


SLEEPERS = """
from bnviz.workers import start
from bnviz.workers.pool import Task, run_tasks
from tests.bnviz.workers.test_pool import sleep
start.METHOD = {method!r}
for event in run_tasks([Task("One", sleep, (600,)), Task("Two", sleep, (600,))], 2):
    print(event.frames, flush=True)
"""


@pytest.fixture
def sleepers(method: str) -> Iterator[subprocess.Popen[str]]:
    """A program in a process group of its own, as in a terminal; it prints its tasks' process ids."""
    program = [sys.executable, "-c", SLEEPERS.format(method=method)]
    with subprocess.Popen(
        program, cwd=ROOT, stdout=-1, stderr=-1, text=True, start_new_session=True, encoding="utf-8"
    ) as one:
        yield one
        one.kill()


@pytest.mark.parametrize(("number", "everyone"), [(signal.SIGINT, True), (signal.SIGKILL, False)])
def test_ctrl_c_and_even_a_kill_leave_no_process_behind(
    sleepers: subprocess.Popen[str], number: signal.Signals, everyone: bool
) -> None:
    assert sleepers.stdout is not None and sleepers.stderr is not None
    for _ in range(2):
        sleepers.stdout.readline()
    family = psutil.Process(sleepers.pid).children(recursive=True)
    assert len(family) >= 2
    (os.killpg if everyone else os.kill)(sleepers.pid, number)
    assert sleepers.wait(timeout=60) == -number
    _, left = psutil.wait_procs(family, timeout=60)
    assert left == []
    complaint = sleepers.stderr.read()
    assert complaint.count("Traceback") == everyone  # the program's own: the tasks have nothing to say
    assert ("KeyboardInterrupt" in complaint) == everyone


def test_others_packages_are_imported_once_for_all_and_nothing_of_ours_that_draws(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        process, "_kept_networks", lambda: {"BNVIZ_NETWORKS": ""}
    )  # the store needs the maths
    if method != "forkserver":
        pytest.skip("only the fork server imports anything for others")
    found, threads = results([Task("One", modules_and_threads, ())])["One"]
    installed = {name for name in start.PRELOADED if find_spec(name.partition(".")[0])}
    assert {"manim", "typst"} | installed <= found
    assert not {"scenes", "bn_math", "bnviz.run.render", "onnxruntime"} & found
    assert threads == 1  # a copy of a process with threads may lack a lock's owner


def test_a_task_sees_the_files_and_the_environment_of_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    for text in ("then", "now"):
        (tmp_path / "rewritten_module.py").write_text(f"WRITTEN = {text!r}", encoding="utf-8")
        monkeypatch.setenv("BNVIZ_TEST", text)
        tasks = [Task("file", written, ("rewritten_module",)), Task("shell", variable, ("BNVIZ_TEST",))]
        assert results(tasks) == {"file": text, "shell": text}


def test_what_a_task_prints_arrives_whatever_the_terminal_can_show(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if method == "spawn":  # the fork server has been started already
        monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    (done,) = [e for e in run_tasks([Task("One", print_umlauts, ())], 1) if isinstance(e, Done)]
    assert done.printed == "Größe äääää\nGröße\n"


@dataclass(frozen=True)
class Source:
    path: Path


def test_a_reason_says_where_in_the_scene_s_file_it_happened(tmp_path: Path) -> None:
    try:
        fail(tmp_path, print)
    except ZeroDivisionError as error:
        where = reason(error, (Source(Path(__file__)),))
        assert where.startswith(f"ZeroDivisionError: cannot divide by 0 at {__file__}:")
