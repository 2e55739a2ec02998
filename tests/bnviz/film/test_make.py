"""From scenes to a film, in worker processes."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import pytest

from bn_math import Lesson
from bnviz.errors import SceneFailed
from bnviz.film.forecast import Forecast
from bnviz.film.make import FilmRequest, make_film
from bnviz.run import discover
from bnviz.run.quality import Quality
from bnviz.workers.pool import Done, Progress, Task, run_tasks
from scenes.kit.settings import Settings
from tests.bnviz.conftest import Notes


def wanted(names: list[str], output: Path, examples: Path, quality: Quality) -> FilmRequest:
    return FilmRequest(discover.film(names, examples), Settings(), output, quality, workers=2)


def test_the_film_has_its_scenes_in_order(examples: Path, tiny: Quality, tmp_path: Path) -> None:
    notes = Notes()
    film = tmp_path / "film" / "film.mp4"
    plan = make_film(wanted(["Small", "Other"], film, examples, tiny), notes)
    assert [beat.scene.name for beat in plan.beats] == ["Small", "Small", "Other"]
    with av.open(film) as container:
        assert container.streams.video[0].frames == plan.frames
    assert sorted(notes.rendered) == ["Other", "Small"]
    assert notes.joined == 1
    assert notes.last is not None
    assert (notes.last.scenes, notes.last.frames) == ((2, 2), (plan.frames, plan.frames))
    assert sorted(path.name for path in film.parent.iterdir()) == [
        "film.description.txt",
        "film.mp4",
        "film.srt",
        "film.vtt",
    ]


def test_a_scene_that_fails_half_way_leaves_the_old_film(
    examples: Path, tiny: Quality, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    old = {
        film.with_suffix(suffix): f"old {suffix}" for suffix in (".mp4", ".srt", ".vtt", ".description.txt")
    }
    for path, text in old.items():
        path.write_text(text, encoding="utf-8")
    where = examples / "broken.py"
    with pytest.raises(SceneFailed) as failure:
        make_film(wanted(["Small", "Broken"], film, examples, tiny))
    assert str(failure.value) == f"scene Broken failed: RuntimeError: the circle does not close at {where}:20"
    assert 'raise RuntimeError("the circle does not close")' in failure.value.details
    assert {path: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == old


def test_a_scene_whose_process_dies_is_rendered_again_and_that_is_told(
    examples: Path, tiny: Quality, tmp_path: Path
) -> None:
    scene, mark = tmp_path / "small.py", tmp_path / "mark"
    dies_once = f"""
import os, signal
if not os.path.exists({str(mark)!r}):
    open({str(mark)!r}, "w").close()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    scene.write_text((examples / "small.py").read_text(encoding="utf-8") + dies_once, encoding="utf-8")
    notes = Notes()
    make_film(wanted(["Small"], tmp_path / "film.mp4", tmp_path, tiny), notes)
    assert notes.rendered == ["Small"]
    assert notes.sentences == ["Small is rendered again: its process ended with SIGKILL"]


def test_a_task_is_sent_as_some_kilobytes_whatever_was_computed_before(
    examples: Path, tiny: Quality, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = Lesson.article()
    assert (
        len(lesson.settings.deep.passes.spreads) == lesson.settings.deep.depth
    )  # a page has drawn its figures before
    assert len(lesson.batches.noise_distribution(0, 5).std) == len(lesson.raw.spectrum.eigenvalues)
    sizes = []

    def weighed(tasks: Sequence[Task], workers: int, scheduler: str | None) -> Iterator[Progress | Done]:
        sizes.extend(len(pickle.dumps(task)) for task in tasks)
        return run_tasks(tasks, workers, scheduler)

    monkeypatch.setattr("bnviz.film.render_missing.run_tasks", weighed)
    settings = Settings(voice=False, lesson=lesson)
    make_film(FilmRequest([discover.find("Small", examples)], settings, tmp_path / "film.mp4", tiny))
    assert len(sizes) == 1
    assert sizes[0] < 10_000


def test_a_forecast_learns_from_finished_scenes() -> None:
    forecast = Forecast({"a": 100, "b": 300})
    assert (forecast.scenes, forecast.frames) == ((0, 2), (0, 400))
    forecast.made("b", 30)
    forecast.finish("a", 200)  # twice as long as guessed, so b will be too
    assert (forecast.scenes, forecast.frames) == ((1, 2), (230, 800))
    forecast.made("b", 700)  # longer than guessed: at least what is there
    assert forecast.frames == (900, 900)
    forecast.finish("b", 710)
    assert (forecast.scenes, forecast.frames) == ((2, 2), (910, 910))
