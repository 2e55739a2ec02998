"""Tasks on a real Dask cluster: its scheduler and its workers are processes of this machine."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import av
import distributed
import numpy as np
import psutil
import pytest

from bnviz.errors import SceneFailed, UserError
from bnviz.film.forecast import Forecast
from bnviz.film.make import FilmRequest, Listener, make_film
from bnviz.run import discover
from bnviz.run.quality import Quality
from bnviz.workers import cluster
from bnviz.workers.pool import Done, Progress, Task, run_tasks
from scenes.kit.settings import Settings
from tests.bnviz.dask_processes import PATIENCE, ROOT, a_scheduler, a_worker

pytestmark = pytest.mark.xdist_group("cluster")
Report = Callable[[int], None]


def wait_and_square(number: int, gate: Path, report: Report) -> bytes:
    """Report the process, as if that were frames, and go on when the gate is open."""
    report(os.getpid())
    while not gate.exists():
        time.sleep(0.01)
    return str(number**2).encode()


def fail(number: int, report: Report) -> None:
    raise ZeroDivisionError(f"cannot divide by {number}")


def die_once(mark: Path, report: Report) -> bytes:
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b""


def kill_the_worker(report: Report) -> None:
    worker_of(os.getpid()).kill()
    time.sleep(PATIENCE)


def sent(scene: str, run: Callable[..., object], arguments: tuple[object, ...]) -> Task:
    """A task that may go to another machine."""
    return Task(scene, run, arguments, returns_bytes=True)


def worker_of(task: int) -> psutil.Process:
    """A task is the child of a fork server, which is the worker's."""
    return psutil.Process(task).parents()[1]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[distributed.Client]:
    """The scheduler that most tests share."""
    with a_scheduler(tmp_path_factory.mktemp("scheduler")) as (_, one):
        yield one


@pytest.fixture(scope="module")
def address(client: distributed.Client) -> str:
    return str(client.scheduler.address)


@pytest.fixture(scope="module")
def worker(client: distributed.Client) -> Iterator[psutil.Process]:
    """A worker as users start it: with a nanny, who starts it again when it dies."""
    with a_worker(client) as process:
        yield process


def test_a_cluster_without_workers_is_told(
    client: distributed.Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "TIMEOUT", 0.5)
    with pytest.raises(
        UserError, match=f"^--scheduler {address}: the scheduler has no workers; .* dask worker"
    ):
        list(run_tasks([sent("One", fail, (1,))], 1, address))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ("scenes/valley.py", "is not as this machine: the project's files differ"),
        ("bnviz/workers/cluster.py", "is not as this machine: this project is missing there, or is older"),
    ],
)
def test_a_worker_with_another_version_is_refused(
    client: distributed.Client, address: str, tmp_path: Path, changed: str, why: str
) -> None:
    for room in cluster.ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room)
    text = (tmp_path / changed).read_text(encoding="utf-8")
    (tmp_path / changed).write_text(
        f"{text}# another line\n" if "valley" in changed else "", encoding="utf-8"
    )
    with (
        a_worker(client, "--no-nanny", source=tmp_path),
        pytest.raises(UserError, match=f"^the worker tcp://.* {why}.*run: sh bnviz/setup.sh voice cluster"),
    ):
        list(run_tasks([sent("One", fail, (1,))], 1, address))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_every_result_arrives_though_a_worker_ends_half_way(
    client: distributed.Client, address: str, worker: psutil.Process, tmp_path: Path, number: signal.Signals
) -> None:
    gate, processes = tmp_path / "gate", set[int]()
    tasks = [sent(str(n), wait_and_square, (n, gate)) for n in range(4)]
    results = {}
    with a_worker(client, "--no-nanny") as mortal:
        for event in run_tasks(tasks, 1, address):
            if isinstance(event, Done):
                results[event.scene] = event.result
                continue
            processes.add(event.frames)
            if not gate.exists() and worker_of(event.frames) == mortal:
                orphan = psutil.Process(event.frames)
                mortal.send_signal(number)
                gone, _ = psutil.wait_procs([mortal, orphan], timeout=PATIENCE)
                assert len(gone) == 2
                gate.touch()
    assert results == {str(n): str(n**2).encode() for n in range(4)}
    assert len(processes) == 5


def test_a_failure_is_reported_at_once_and_ends_the_others(
    client: distributed.Client, address: str, worker: psutil.Process, tmp_path: Path
) -> None:
    slow = sent("Slow", wait_and_square, (1, tmp_path / "gate"))
    with a_worker(client, "--no-nanny"):
        events = run_tasks([slow, sent("Bad", fail, (7,))], 1, address)
        other: list[psutil.Process] = []
        why = r"^scene Bad failed: ZeroDivisionError: cannot divide by 7 \(on the worker tcp://"
        with pytest.raises(SceneFailed, match=why) as failure:
            for event in events:
                assert isinstance(event, Progress)
                other.append(psutil.Process(event.frames))
        assert "Traceback" in failure.value.details
        _, left = psutil.wait_procs(other, timeout=PATIENCE)
        assert left == []


def test_who_leaves_early_leaves_no_task_behind(address: str, worker: psutil.Process, tmp_path: Path) -> None:
    events = run_tasks([sent("Slow", wait_and_square, (1, tmp_path / "gate"))], 1, address)
    report = next(events)
    assert isinstance(report, Progress)
    process = psutil.Process(report.frames)
    assert worker in process.parents()
    events.close()
    assert psutil.wait_procs([process], timeout=PATIENCE)[1] == []


def test_a_scene_whose_process_dies_is_rendered_again_and_that_is_told(
    address: str, worker: psutil.Process, tmp_path: Path
) -> None:
    events = list(run_tasks([sent("Killed", die_once, (tmp_path / "mark",))], 1, address))
    assert Progress("Killed", 0, "SIGKILL") in events
    assert isinstance(events[-1], Done)


def test_a_scene_that_kills_its_workers_is_named(address: str, worker: psutil.Process) -> None:
    with pytest.raises(
        SceneFailed, match=r"^scene Deadly failed: 2 workers died while they had it, .* tcp://"
    ):
        list(run_tasks([sent("Deadly", kill_the_worker, ())], 1, address))


def test_a_scheduler_that_goes_away_is_told(tmp_path: Path) -> None:
    with a_scheduler(tmp_path) as (process, client), a_worker(client, "--no-nanny"):
        address = client.scheduler.address
        events = run_tasks([sent("Slow", wait_and_square, (1, tmp_path / "gate"))], 1, address)
        report = next(events)
        assert isinstance(report, Progress)
        task = psutil.Process(report.frames)
        process.kill()
        with pytest.raises(UserError, match=f"^--scheduler {address}: the scheduler has gone away; start it"):
            list(events)
    assert psutil.wait_procs([task], timeout=PATIENCE)[1] == []


def test_a_worker_that_comes_later_looks_at_itself(
    client: distributed.Client, worker: psutil.Process
) -> None:
    other = {**cluster.installed(), "python": "2.7.18"}
    late = client.submit(cluster._on_worker, "Late", b"", "topic", other, pure=False)
    answer = late.result(timeout=PATIENCE)
    with pytest.raises(UserError, match=r"^the worker tcp://.* python is 3\..* and not 2\.7\.18"):
        cluster.received("Late", answer)


def test_a_film_is_the_same_as_one_that_is_made_here(
    client: distributed.Client,
    address: str,
    worker: psutil.Process,
    examples: Path,
    tiny: Quality,
    tmp_path: Path,
) -> None:
    def make(scheduler: str | None) -> Path:
        film = tmp_path / ("there" if scheduler else "here") / "film.mp4"
        lesson = tmp_path / "lesson.toml"
        lesson.write_text("batch_size = 20", encoding="utf-8")
        sources, settings = discover.film(["Small", "Other"], examples), Settings().with_lesson(lesson)
        wanted = FilmRequest(sources, settings, film, tiny, workers=2, scheduler=scheduler)
        make_film(wanted, Hiding(lesson))
        return film

    client.wait_for_workers(1, timeout=PATIENCE)  # its nanny may be starting it again
    here, there = make(None), make(address)
    assert np.array_equal(pictures(here), pictures(there))
    for suffix in (".srt", ".vtt"):
        assert here.with_suffix(suffix).read_text(encoding="utf-8") == there.with_suffix(suffix).read_text(
            encoding="utf-8"
        )


class Hiding(Listener):
    """Takes a file away before anything is rendered: a worker on another machine would not have it either."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def advanced(self, forecast: Forecast) -> None:
        self.file.unlink(missing_ok=True)


def pictures(film: Path) -> np.ndarray:
    with av.open(film) as container:
        frames = [frame.to_ndarray(format="rgb24", threads=1) for frame in container.decode(video=0)]
        return np.array(frames)


def test_a_missing_voice_and_another_manim_are_named() -> None:
    here = cluster.installed()
    assert cluster.differences(here, dict(here)) == ""
    there = {**here, "manim": "0.21.0", "hibari-tts": "none"}
    assert cluster.differences(here, there) == (
        f"manim is 0.21.0 and not {here['manim']}, hibari-tts is none and not {here['hibari-tts']}"
    )


class Bomb:
    """Unpickled, it would run code."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch exploded",)


@pytest.mark.parametrize(
    "answer", [{"result": Bomb(), "printed": ""}, {"result": "text", "printed": ""}, {}, [], None, Bomb()]
)
def test_an_answer_that_is_not_texts_and_bytes_is_no_scene(answer: Any) -> None:
    with pytest.raises(SceneFailed, match="^scene One failed: a worker sent something else than a scene"):
        cluster.received("One", answer)


def test_a_cluster_is_asked_for_bytes_alone() -> None:
    with pytest.raises(ValueError, match="must return bytes"):
        list(run_tasks([Task("One", fail, (1,))], 1, "tcp://127.0.0.1:1"))


def test_bytes_from_afar_are_read_as_an_entry_and_never_unpickled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path, tiny: Quality
) -> None:
    monkeypatch.chdir(tmp_path)

    def answered(tasks: Sequence[Task], *_: object) -> Iterator[Done]:
        yield from (Done(task.scene, pickle.dumps(Bomb()), "") for task in tasks)

    monkeypatch.setattr("bnviz.film.render_missing.run_tasks", answered)
    wanted = FilmRequest(discover.film(["Small"], examples), Settings(), tmp_path / "film.mp4", tiny)
    with pytest.raises(SceneFailed, match="^scene Small failed: what came back of it is damaged"):
        make_film(wanted)
    assert list(tmp_path.iterdir()) == []
