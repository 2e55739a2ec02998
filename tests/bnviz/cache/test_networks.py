"""What was found by training networks is computed once, kept, shared, sent, and made again where damaged."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from bn_math import Lesson, NetworkSettings, NetworkStudy, article_recipe
from bn_math.networks.trained import study as study_module
from bn_math.networks.trained.results import AlongGradient, DepthStudy, Result
from bn_math.networks.trained.store import current_store, use_store
from bnviz.cache import networks
from bnviz.cache.manifest import Damaged
from bnviz.cache.networks import (
    NetworkFiles,
    handed_on,
    keep_networks,
    key_of,
    packed,
    unpacked,
    variable_for_workers,
)
from bnviz.cache.parts_read import filled, parts_read, to_be_trained
from bnviz.cache.read_tracking import record_reads
from bnviz.cache.store import Store
from bnviz.run.discover import SceneSource
from bnviz.workers.pool import Done, Task, run_tasks
from scenes.kit.settings import Settings

SMALL = NetworkSettings(
    width=8, seeds=1, tuning_seeds=1, limit=5, depths=(1,), wall_depths=(1,), fixed_rows=16
)
ALONG = AlongGradient(
    "relu", 0.1, np.arange(3), np.array([0.1, 0.2]), np.tile([0.25, np.inf], (2, 3, 1))[..., None]
)
DEPTHS = DepthStudy(
    *("tanh", "xavier", np.array([1, 4]), np.full((2, 2, 3), -1), np.full((2, 2), 0.1)),
    *(np.full((2, 2, 3, 2), np.nan), np.array([0, 5]), 0.3, 1000),
)


def alike(one: Result, other: Result) -> bool:
    return type(one) is type(other) and all(
        np.array_equal(
            *(np.asarray(getattr(item, field.name)) for item in (one, other)),
            equal_nan=np.asarray(getattr(one, field.name)).dtype.kind == "f",
        )
        for field in fields(one)
    )


@pytest.fixture(autouse=True)
def own_store() -> Iterator[None]:
    before = current_store()
    yield
    use_store(before)


class Computing:
    def __init__(self, result: Result = ALONG) -> None:
        self.times, self.made = 0, result

    def __call__(self) -> Result:
        self.times += 1
        return self.made


@pytest.mark.parametrize("result", [ALONG, DEPTHS])
def test_a_result_comes_out_of_its_bytes_as_it_was(result: Result) -> None:
    assert alike(unpacked(packed(result)), result)


@pytest.mark.parametrize(
    "content", [b"", b"nothing", packed(ALONG)[:-40], packed(ALONG).replace(b"relu", b"rely")]
)
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(Damaged):
        unpacked(content)


def test_what_was_computed_is_there_for_the_next_process(tmp_path: Path) -> None:
    told: list[str] = []
    compute = Computing()
    first, second = (NetworkFiles(tmp_path / "cache", told.append) for _ in range(2))
    assert first.result(SMALL, "along.relu", compute) is first.result(SMALL, "along.relu", compute)
    assert alike(second.result(SMALL, "along.relu", compute), ALONG)
    assert compute.times == 1
    assert told == [f"training networks (along.relu); it is kept in {tmp_path / 'cache'} for the next time"]
    second.result(SMALL, "along.sigmoid", compute)
    second.result(replace(SMALL, width=9), "along.relu", compute)
    assert compute.times == 3


def test_lessons_with_other_rows_share_the_networks() -> None:
    article, other = Lesson.article(), Lesson(article_recipe(3))
    assert key_of(article.settings.network) == key_of(other.settings.network)
    assert key_of(SMALL) != key_of(article.settings.network)


def test_the_key_hangs_on_the_networks_code_and_not_on_the_rest() -> None:
    ours = networks._code()
    assert "bn_math/networks/trained/training.py" in ours and "digits.csv" in ours and "numpy" in ours
    assert "bn_math/lesson" not in ours and "scenes" not in ours and "manim" not in ours


def test_a_damaged_file_is_told_and_made_anew(tmp_path: Path) -> None:
    store = NetworkFiles(tmp_path)
    store.result(SMALL, "along.relu", Computing())
    path = store.path(SMALL, "along.relu")
    path.write_bytes(path.read_bytes()[:100])
    told: list[str] = []
    compute = Computing()
    assert alike(NetworkFiles(tmp_path, told.append).result(SMALL, "along.relu", compute), ALONG)
    assert compute.times == 1 and "networks are trained again" in told[0]
    assert alike(NetworkFiles(tmp_path).result(SMALL, "along.relu", compute), ALONG) and compute.times == 1


def test_a_failure_leaves_nothing_and_a_full_disk_is_no_failure(tmp_path: Path) -> None:
    def failing() -> Result:
        raise RuntimeError("no memory")

    store = NetworkFiles(tmp_path / "cache")
    with pytest.raises(RuntimeError):
        store.result(SMALL, "along.relu", failing)
    assert not store.path(SMALL, "along.relu").exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    told: list[str] = []
    nowhere = NetworkFiles(tmp_path / "file" / "below", told.append)
    assert alike(nowhere.result(SMALL, "along.relu", Computing()), ALONG)
    assert "not kept" in told[-1]


def _slowly(folder: Path, log: Path) -> None:
    def compute() -> Result:
        with log.open("a", encoding="utf-8") as file:
            file.write("computed\n")
        time.sleep(0.5)
        return ALONG

    NetworkFiles(folder).result(SMALL, "along.relu", compute)


def _for_ever(folder: Path, log: Path) -> None:
    def compute() -> Result:
        log.write_text("begun", encoding="utf-8")
        time.sleep(600)
        return ALONG

    NetworkFiles(folder).result(SMALL, "along.relu", compute)


def test_two_processes_do_not_compute_the_same(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    log = tmp_path / "log"
    both = [context.Process(target=_slowly, args=(tmp_path / "cache", log)) for _ in range(3)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert log.read_text(encoding="utf-8") == "computed\n"


def test_a_killed_process_leaves_nobody_waiting(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    log = tmp_path / "log"
    killed = context.Process(target=_for_ever, args=(tmp_path / "cache", log))
    killed.start()
    while not log.exists():
        time.sleep(0.02)
    assert killed.pid is not None
    os.kill(killed.pid, signal.SIGKILL)
    killed.join()
    compute = Computing()
    assert alike(NetworkFiles(tmp_path / "cache").result(SMALL, "along.relu", compute), ALONG)
    assert compute.times == 1


def test_the_cache_counts_and_clears_them(tmp_path: Path) -> None:
    NetworkFiles(tmp_path).result(SMALL, "depths.tanh", Computing(DEPTHS))
    (tmp_path / "mine.network").write_text("", encoding="utf-8")
    store = Store(tmp_path)
    assert store.contents.scenes == 0 and store.contents.size > 100
    store.clear()
    assert [path.name for path in tmp_path.iterdir()] == ["mine.network"]


def test_a_study_reads_what_is_kept_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    parts = dict.fromkeys(("along.relu", "along.sigmoid"), lambda settings: asked.append("along") or ALONG)
    monkeypatch.setattr(study_module, "PARTS", study_module.PARTS | parts)
    for _ in range(2):
        keep_networks(tmp_path, environment=False)
        assert [alike(item, ALONG) for item in NetworkStudy(SMALL).along] == [True, True]
    assert asked == ["along", "along"]
    assert len(list(tmp_path.glob("*.network"))) == 2


def test_what_is_sent_along_is_not_computed() -> None:
    study = NetworkStudy(SMALL)
    with handed_on({"along.relu": packed(ALONG), "along.sigmoid": packed(ALONG)}, SMALL):
        assert alike(study.along[0], ALONG)
    with pytest.raises(Damaged), handed_on({"along.relu": b"something else"}, SMALL):
        pass


def test_a_scene_that_reads_the_network_is_noted() -> None:
    with record_reads(Settings(lesson=Lesson.article())) as (chosen, names):
        assert chosen.lesson.network.settings.width == 64
        assert names == {"lesson.network"}


def _scene(folder: Path, text: str) -> SceneSource:
    path = folder / "some_scene.py"
    path.write_text(f'"""A scene."""\n\n\ndef construct(self):\n    {text}\n', encoding="utf-8")
    return SceneSource("SomeScene", path)


def test_the_code_tells_which_parts_a_scene_may_read(tmp_path: Path) -> None:
    study = NetworkStudy(SMALL)
    assert parts_read([_scene(tmp_path, "self.lesson.network.along")], study) == [
        "along.relu",
        "along.sigmoid",
    ]
    assert set(parts_read([_scene(tmp_path, "lesson.network.depths[0]")], study)) == {
        *("depths.sigmoid", "depths.relu", "depths.tanh")
    }
    assert parts_read([_scene(tmp_path, "pass")], study) == []
    assert parts_read([_scene(tmp_path, "draw(self.lesson.network)")], study) == list(study.parts)


def test_it_is_said_what_will_be_trained(tmp_path: Path) -> None:
    study, source = NetworkStudy(SMALL), _scene(tmp_path, "self.lesson.network.along")
    keep_networks(tmp_path, environment=False)
    assert to_be_trained([source], study) == ["along.relu", "along.sigmoid"]
    current_store().result(SMALL, "along.relu", Computing())
    assert to_be_trained([source], study) == ["along.sigmoid"]


def test_parts_are_filled_to_be_sent(tmp_path: Path) -> None:
    study = NetworkStudy(SMALL)
    with handed_on({name: packed(ALONG) for name in ("along.relu", "along.sigmoid")}, SMALL):
        sent = filled([_scene(tmp_path, "self.lesson.network.along")], study)
    assert alike(unpacked(sent["along.sigmoid"]), ALONG)


def _folder_in_use(name: str, report: object) -> str:
    return variable_for_workers()[networks.VARIABLE]


def test_workers_keep_them_where_we_do(tmp_path: Path) -> None:
    keep_networks(tmp_path, environment=False)
    (done,) = (
        event for event in run_tasks([Task("Any", _folder_in_use, ("Any",))], 1) if isinstance(event, Done)
    )
    assert done.result == str(tmp_path)


def test_the_environment_names_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(networks.VARIABLE, str(tmp_path / "elsewhere"))
    keep_networks(tmp_path)
    assert variable_for_workers() == {networks.VARIABLE: str(tmp_path / "elsewhere")}
