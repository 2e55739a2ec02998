"""Nothing is done twice: which scenes a second film renders, after which change."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bnviz.cache.code_key import ROOMS, ROOT
from bnviz.cache.store import Store
from bnviz.errors import SceneFailed
from bnviz.film.forecast import Forecast
from bnviz.film.make import FilmRequest, make_film, rendered_scenes
from bnviz.run import discover
from bnviz.run.quality import Quality
from bnviz.run.render import RenderedScene
from scenes.kit.settings import Settings
from tests.bnviz.conftest import Notes


# -- in this process --
@pytest.fixture
def wanted(examples: Path, tiny: Quality, tmp_path: Path) -> FilmRequest:
    """Copies of both example scenes, silent."""
    shutil.copytree(examples, tmp_path / "scenes", ignore=shutil.ignore_patterns("__pycache__"))
    sources = discover.film(["Small", "Other"], tmp_path / "scenes")
    output, cache = tmp_path / "film" / "film.mp4", tmp_path / "cache"
    return FilmRequest(sources, Settings(voice=False), output, tiny, workers=2, store=Store(cache))


def made(wanted: FilmRequest) -> Notes:
    notes = Notes()
    make_film(wanted, notes)
    return notes


def files(wanted: FilmRequest) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in wanted.output.parent.iterdir()}


def test_a_second_film_renders_and_joins_nothing(wanted: FilmRequest) -> None:
    first = made(wanted)
    assert (sorted(first.rendered), first.taken_names, first.joined) == (["Other", "Small"], [], 1)
    before, plan = files(wanted), make_film(wanted)
    second = made(wanted)
    assert (second.rendered, second.taken_names, second.joined) == ([], ["Small", "Other"], 0)
    assert second.last is not None
    assert second.last.scenes == (2, 2)
    assert second.last.frames == (plan.frames, plan.frames)
    assert files(wanted) == before
    elsewhere = made(replace(wanted, output=wanted.output.with_name("again.mp4")))
    assert (elsewhere.rendered, elsewhere.joined) == ([], 1)
    assert files(wanted) == before | {name.replace("film", "again", 1): text for name, text in before.items()}


def test_a_damaged_film_is_joined_again_and_no_scene_rendered(wanted: FilmRequest) -> None:
    made(wanted)
    before = files(wanted)
    for path in sorted(wanted.output.parent.iterdir()):
        for damage in (lambda path=path: path.write_bytes(path.read_bytes()[:-1]), path.unlink):
            damage()
            notes = made(wanted)
            assert (notes.rendered, notes.joined) == ([], 1)
            assert files(wanted) == before
    assert made(replace(wanted, title="Another")).joined == 1


def test_a_damaged_entry_is_found_and_its_scene_alone_rendered_again(wanted: FilmRequest) -> None:
    made(wanted)
    assert wanted.store is not None
    largest = max(wanted.store.folder.glob("*.scene"), key=lambda path: path.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-100])
    told: list[str] = []
    notes = made(replace(wanted, store=Store(wanted.store.folder, tell=told.append)))
    assert len(notes.rendered) == 1
    assert sorted(notes.rendered + notes.taken_names) == ["Other", "Small"]
    assert [str(largest) in sentence for sentence in told] == [True]
    assert made(wanted).rendered == []


def test_fresh_renders_and_joins_all(wanted: FilmRequest) -> None:
    made(wanted)
    assert wanted.store is not None
    notes = made(replace(wanted, store=Store(wanted.store.folder, fresh=True)))
    assert (sorted(notes.rendered), notes.joined) == (["Other", "Small"], 1)


class Impatient(Notes):
    """Presses Ctrl-C when the first scene is there."""

    def finished(self, scene: RenderedScene) -> None:
        super().finished(scene)
        raise KeyboardInterrupt


def test_a_stopped_film_keeps_the_scenes_that_were_finished(wanted: FilmRequest) -> None:
    first = Impatient()
    with pytest.raises(KeyboardInterrupt):
        make_film(replace(wanted, workers=1), first)
    assert not wanted.output.exists()
    second = made(wanted)
    assert second.taken_names == first.rendered
    assert sorted(first.rendered + second.rendered) == ["Other", "Small"]


def test_a_failed_scene_takes_no_finished_one_with_it(wanted: FilmRequest, tmp_path: Path) -> None:
    notes = Notes()
    sources = discover.film(["Small", "Broken"], tmp_path / "scenes")
    with pytest.raises(SceneFailed):  # the silent Small is done before Broken starts
        make_film(replace(wanted, sources=sources, workers=1), notes)
    assert made(wanted).taken_names == notes.rendered


def test_a_scene_that_was_edited_while_it_was_rendered_is_not_taken_for_that_of_before(
    wanted: FilmRequest,
) -> None:
    small = wanted.sources[0].path
    before = small.read_text(encoding="utf-8")

    class Author(Notes):
        def advanced(self, forecast: Forecast) -> None:
            small.write_text(before + "# better\n", encoding="utf-8")

    make_film(wanted, Author())
    small.write_text(before, encoding="utf-8")  # that was no better
    assert made(wanted).rendered == ["Small"]


def test_slides_and_pages_find_the_film_s_scenes(wanted: FilmRequest, tmp_path: Path) -> None:
    made(wanted)
    notes = Notes()
    with rendered_scenes(replace(wanted, output=tmp_path / "slides"), tmp_path / "slides", notes) as scenes:
        assert [scene.video.stat().st_size > 0 for scene in scenes] == [True, True]
    assert notes.rendered == []


# -- in a copy of the project, whose every file may be changed --
ONE = '''
"""A scene of the test's own."""
from manim import Create, Square

from scenes.kit.beats import BeatScene
from scenes.kit.charts import slider
from scenes.kit.lettering import layout
from scenes.kit.lettering.typography import label


class One(BeatScene):
    def construct(self):
        with self.beat("only"):
            self.add(label(self.words.label("size")))
            self.play(Create(Square(color=self.theme.bowl)), run_time=0.2)
'''
TWO = (
    ONE.replace("One", "Two")
    .replace("theme.bowl", "theme.valley")
    .replace("from scenes.kit.charts import slider\n", "")
)
WORDS = """
[One]
title = "One"
size = "{batches.size} rows"
beats.only = { title = "Only", say = ["One."] }

[Two]
title = "Two"
size = "{settings.eps:.0e}"
beats.only = { title = "Only", say = ["Two."] }
"""


class Project:
    """A copy of the project with a film of two scenes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for room in ROOMS:
            shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "scenes" / "one.py").write_text(ONE, encoding="utf-8")
        (folder / "scenes" / "two.py").write_text(TWO, encoding="utf-8")
        with (folder / "scenes" / "words" / "en.toml").open("a", encoding="utf-8") as words:
            words.write(WORDS)
        (folder / "lesson.toml").write_text("batch_size = 10\neps = 1e-5\n", encoding="utf-8")

    @contextmanager
    def changed(self, file: str, before: str, after: str) -> Iterator[None]:
        """The project with one change, which is taken back, so that no test depends on another."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(text, encoding="utf-8")

    def film(self, *options: str) -> tuple[set[str], set[str]]:
        """Make the film with the command; the scenes that were rendered, and those that were kept."""
        program = [sys.executable, "-m", "bnviz", "film", "--scenes", "One,Two", "--quality", "low"]
        program += ["--silent", "--lesson", "lesson.toml", "--workers", "2", *options]
        done = subprocess.run(
            program, cwd=self.folder, capture_output=True, text=True, check=False, encoding="utf-8"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        rendered = set(re.findall(r"^(\w+): [\d.]+ s, \d+ frames", done.stdout, re.M))
        return rendered, set(re.findall(r"^(\w+): [\d.]+ s, kept", done.stdout, re.M))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("project"))
    assert project.film() == ({"One", "Two"}, set())
    return project


BOTH = {"One", "Two"}


@pytest.mark.parametrize(
    ("what", "file", "before", "after", "expected"),
    [
        ("nothing", "scenes/one.py", "class", "class", set()),
        ("a line", "scenes/one.py", "run_time=0.2", "run_time=0.4", {"One"}),
        ("a word", "scenes/words/en.toml", '"{settings.eps:.0e}"', '"{settings.eps:.1e}"', {"Two"}),
        (
            "a word of another scene",
            "scenes/words/en.toml",
            '[Recap]\ntitle = "',
            '[Recap]\ntitle = "So: ',
            set(),
        ),
        ("a number", "lesson.toml", "batch_size = 10", "batch_size = 20", {"One"}),
        ("another number", "lesson.toml", "eps = 1e-5", "eps = 1e-3", {"Two"}),
        ("a number that nobody reads", "lesson.toml", "eps", "tolerance = 1e-3\neps", set()),
        ("a color", "scenes/kit/palettes.py", '"bowl": "#62B8EE"', '"bowl": "#0000FF"', {"One"}),
        ("a color that nobody uses", "scenes/kit/palettes.py", '"alarm": "#FF', '"alarm": "#AA', set()),
        ("a part of the kit", "scenes/kit/charts/slider.py", '"""', '""" ', {"One"}),
        ("what all run", "scenes/kit/drawing/canvas.py", '"""', '""" ', BOTH),
        ("the film's order", "scenes/cuts.toml", '  "Question",\n', "", set()),
    ],
)
def test_a_change_renders_the_scenes_that_it_concerns(
    project: Project, what: str, file: str, before: str, after: str, expected: set[str]
) -> None:
    with project.changed(file, before, after):
        assert project.film() == (expected, BOTH - expected), what


def test_a_change_that_is_taken_back_renders_nothing(project: Project) -> None:
    with project.changed("lesson.toml", "batch_size = 10", "batch_size = 30"):
        assert project.film() == ({"One"}, {"Two"})
    assert project.film() == (set(), BOTH)


def test_another_theme_is_another_film_and_the_first_is_kept(project: Project) -> None:
    assert project.film("--theme", "light") == (BOTH, set())
    assert project.film() == (set(), BOTH)
    assert project.film("--theme", "light") == (set(), BOTH)
