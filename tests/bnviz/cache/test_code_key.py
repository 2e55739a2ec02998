"""What a scene's key depends on, and what it does not. Nothing is rendered here."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import scenes
from bn_math import Lesson
from bnviz.cache import code_key
from bnviz.cache.code_key import RENDERING, ROOMS, ROOT, RenderEnvironment, modules
from bnviz.run import discover
from bnviz.run.quality import LOW
from scenes.kit.settings import Settings

PIECES = ("rays/surface", "slot/pipeline", "stack/light", "stack/slope")
EVERY = set(scenes.ORDER)
ENVIRONMENT = RenderEnvironment(Settings(voice=False), LOW)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the project that may be changed."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture
def changed(tree: Path) -> Callable[[str, str, str], set[str]]:
    """Change a file of the copy; the scenes whose keys are others then."""

    def keys() -> dict[str, str]:
        return {
            item.name: replace(ENVIRONMENT, root=tree).key(item)
            for item in discover.film(folder=tree / "scenes")
        }

    last = keys()

    def change(file: str, before: str, after: str) -> set[str]:
        nonlocal last
        text, old = (tree / file).read_text(encoding="utf-8"), last
        assert before in text
        (tree / file).write_text(text.replace(before, after, 1), encoding="utf-8")
        last = keys()
        return {name for name in old if last[name] != old[name]}

    return change


def importing(part: str) -> set[str]:
    """The scenes whose own files name a part of the kit; those asked for are imported by scenes alone."""
    texts = {name: (ROOT / "scenes" / discover.file_name(name)).read_text(encoding="utf-8") for name in EVERY}
    named = re.compile(
        rf"from scenes\.[\w.]+?(\.{part} import| import [^\n(]*\b{part}\b| import \([^)]*\b{part}\b)"
    )
    return {name for name, text in texts.items() if named.search(text)}


def test_a_line_of_one_scene_changes_the_key_of_that_scene_alone(
    changed: Callable[[str, str, str], set[str]],
) -> None:
    for name in scenes.ORDER:
        assert changed(f"scenes/{discover.file_name(name)}", '"""', '""" ') == {name}


def test_a_word_of_one_scene_changes_the_key_of_that_scene_alone(
    changed: Callable[[str, str, str], set[str]],
) -> None:
    for name in scenes.ORDER:
        assert changed("scenes/words/en.toml", f"[{name}]\n", f'[{name}]\nanother = "word"\n') == {name}


def test_a_word_that_all_share_changes_every_key(changed: Callable[[str, str, str], set[str]]) -> None:
    assert changed("scenes/words/en.toml", '\nsteps = "steps"', '\nsteps = "paces"') == EVERY


def test_a_comment_among_the_words_changes_no_key(changed: Callable[[str, str, str], set[str]]) -> None:
    assert changed("scenes/words/en.toml", "# ", "# Indeed: ") == set()


@pytest.mark.parametrize("part", [f"pieces/{name}" for name in PIECES])
def test_a_part_changes_the_keys_of_the_scenes_that_import_it(
    changed: Callable[[str, str, str], set[str]], part: str
) -> None:
    found = changed(f"scenes/{part}.py", '"""', '""" ')
    assert found == importing(Path(part).stem)
    assert 0 < len(found) < len(EVERY)


@pytest.mark.parametrize("file", ["scenes/kit/beats.py", "bn_math/normalization/noise.py", *RENDERING])
def test_what_every_scene_runs_changes_every_key(
    changed: Callable[[str, str, str], set[str]], file: str
) -> None:
    assert changed(file, '"""', '""" ') == EVERY


@pytest.mark.parametrize(
    "file",
    [
        "scenes/__init__.py",
        "bnviz/run/cuts.py",
        "scenes/kit/palettes.py",
        "bnviz/cli/app.py",
        "bnviz/film/join.py",
        "bnviz/review/limits.py",
    ],
)
def test_what_draws_nothing_changes_no_key(changed: Callable[[str, str, str], set[str]], file: str) -> None:
    assert changed(file, '"""', '""" ') == set()


def test_another_setting_size_or_version_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    source = discover.find("Valley")
    others = [
        replace(ENVIRONMENT, settings=Settings(voice=False, theme="light")),
        replace(ENVIRONMENT, quality=replace(LOW, frame_rate=10)),
        replace(ENVIRONMENT, quality=replace(LOW, constant_rate_factor=10)),
        RenderEnvironment(Settings(voice=True), LOW),
    ]
    monkeypatch.setattr(code_key.doctor, "missing_voice", lambda: [])
    keys = {item.key(source) for item in (ENVIRONMENT, *others)}
    assert len(keys) == 5
    monkeypatch.setattr(code_key.doctor, "missing_voice", lambda: ["hibari-tts"])
    assert others[-1].key(source) == ENVIRONMENT.key(source)  # a voice that is not installed is none
    monkeypatch.setattr(code_key, "versions", lambda: (("manim", "0.23"),))
    assert ENVIRONMENT.key(source) not in keys


@pytest.mark.parametrize("variable", code_key.VARIABLES)
def test_what_chooses_how_is_computed_is_in_the_key(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = discover.find("Valley")
    monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(code_key, "versions", code_key.versions.__wrapped__)
    before = ENVIRONMENT.key(source)
    monkeypatch.setenv(variable, "other")
    assert ENVIRONMENT.key(source) != before


def test_the_words_of_a_scene_s_base_are_in_its_key(tree: Path) -> None:
    words = tree / "scenes" / "words" / "en.toml"
    file = tree / "mine.py"
    file.write_text(
        "from scenes.batch_noise import BatchNoise\nclass Mine(BatchNoise): ...\n", encoding="utf-8"
    )
    environment, source = replace(ENVIRONMENT, root=tree), discover.SceneSource("Mine", file)
    before = environment.key(source)
    for scene, matters in [("Valley", False), ("BatchNoise", True)]:
        text = words.read_text(encoding="utf-8")
        words.write_text(text.replace(f'[{scene}]\ntitle = "', f'[{scene}]\ntitle = "So: '), encoding="utf-8")
        assert (environment.key(source) != before) is matters


def test_the_lesson_is_not_in_the_key() -> None:
    """What of it is read is: see test_read_tracking.py."""
    other = Settings(voice=False, lesson=Lesson.from_seed(7), lesson_name="other")
    source = discover.find("Valley")
    assert replace(ENVIRONMENT, settings=other).key(source) == ENVIRONMENT.key(source)


def test_imports_are_found_wherever_they_stand(tmp_path: Path) -> None:
    files = {
        "scenes/kit/__init__.py": "raise SystemExit",
        "scenes/kit/deep.py": "def later():\n    if True:\n        from scenes.kit.deeper import Thing",
        "scenes/kit/deeper.py": "from . import sibling\nfrom .sibling import Brother",
        "scenes/kit/sibling.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import bn_math",
        "scenes/kit/other.py": "",
        "bn_math/__init__.py": "",
        "bn_math/table.csv": "1, 2",
        "start.py": "import numpy\nfrom scenes.kit import deep",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    def found(start: str) -> list[str]:
        return [path.relative_to(tmp_path).as_posix() for path in modules([tmp_path / start], tmp_path)]

    kit = ["scenes/kit/deep.py", "scenes/kit/deeper.py", "scenes/kit/sibling.py"]
    assert found("start.py") == [*kit, "start.py"]
    (tmp_path / "scenes/kit/sibling.py").write_text("from bn_math import Lesson", encoding="utf-8")
    assert found("start.py") == ["bn_math/__init__.py", "bn_math/table.csv", *kit, "start.py"]


def test_what_a_registry_finds_beside_it_is_in_the_key_of_those_who_race(tree: Path) -> None:
    lion = tree / "bn_math" / "descent" / "optimizers" / "lion.py"
    lion.touch()
    assert lion in modules([tree / "scenes" / "optimizer_race.py"], tree)
    assert lion not in modules([tree / "scenes" / "kit" / "palettes.py"], tree)
