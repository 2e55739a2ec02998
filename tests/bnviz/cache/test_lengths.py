"""How long scenes are, as it is kept: found again for the same code, words and lesson, and for no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bn_math import Lesson
from bnviz.cache.lengths import LENGTHS, LengthCache, SceneLengths, lengths_of
from bnviz.cache.read_tracking import values_now
from bnviz.cache.store import Store
from bnviz.run.discover import SceneSource, find
from bnviz.run.render import RenderedScene
from scenes.kit.script.beat import Beat
from scenes.kit.settings import Settings

SILENT = Settings(voice=False)
FOUND = SceneLengths("Small", (("appear", 1.5), ("move", 2.25)))


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, told: list[str]) -> Store:
    return Store(tmp_path / "cache", tell=told.append)


@pytest.fixture
def small(tmp_path: Path, examples: Path) -> SceneSource:
    """The scene Small in a file that may be changed."""
    path = tmp_path / "small.py"
    path.write_text((examples / "small.py").read_text(encoding="utf-8"), encoding="utf-8")
    return SceneSource("Small", path)


def keep(store: Store, settings: Settings, source: SceneSource) -> LengthCache:
    cache = LengthCache(store, settings)
    cache.keep(source, cache.key(source), FOUND)
    return cache


def test_lengths_are_found_again_whatever_the_colors_are(
    store: Store, small: SceneSource, told: list[str]
) -> None:
    assert LengthCache(store, SILENT).known([small]) == {}
    keep(store, SILENT, small)
    for theme in ("dark", "light"):
        assert LengthCache(store, replace(SILENT, theme=theme)).known([small]) == {"Small": FOUND}
    assert told == []


def test_another_lesson_voice_or_text_has_other_lengths(store: Store, small: SceneSource) -> None:
    keep(store, Settings(voice=False, lesson=Lesson.article(batch_size=12)), small)
    assert LengthCache(store, SILENT).known([small]) == {}
    keep(store, SILENT, small)
    assert LengthCache(store, SILENT).known([small]) == {"Small": FOUND}
    assert LengthCache(store, Settings(voice=True)).known([small]) == {}
    small.path.write_text(small.path.read_text(encoding="utf-8") + "\n# a line\n", encoding="utf-8")
    assert LengthCache(store, SILENT).known([small]) == {}


def test_what_a_scene_has_not_read_does_not_matter(store: Store, small: SceneSource) -> None:
    cache = LengthCache(store, SILENT)
    read = {name: value for name, value in values_now(SILENT).items() if name == "lesson.eps"}
    assert len(read) == 1
    cache.keep(small, cache.key(small), FOUND, {**read, "theme.bowl": "of a theme"})
    other = LengthCache(store, Settings(voice=False, lesson=Lesson.article(batch_size=12)))
    assert other.known([small]) == {"Small": FOUND}
    another = LengthCache(store, Settings(voice=False, lesson=Lesson.article(eps=1e-3)))
    assert another.known([small]) == {}


def test_a_scene_that_was_edited_meanwhile_is_not_kept(store: Store, small: SceneSource) -> None:
    cache = LengthCache(store, SILENT)
    before = cache.key(small)
    small.path.write_text(small.path.read_text(encoding="utf-8") + "\n# a line\n", encoding="utf-8")
    cache.keep(small, before, FOUND)
    assert cache.known([small]) == {}


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:-3],
        lambda text: text.replace("1.5", "-1.5"),
        lambda text: text.replace("1.5", "NaN"),
        lambda text: text.replace('"Small"', '"Other"'),
        lambda text: text.replace("batch_size", "size"),
        lambda text: "[" * 100_000,
    ],
)
def test_a_damaged_entry_is_told_and_found_again(
    damage: object, store: Store, small: SceneSource, told: list[str]
) -> None:
    assert callable(damage)
    cache = keep(store, SILENT, small)
    (path,) = store.folder.glob(f"*{LENGTHS}")
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert cache.known([small]) == {}
    assert len(told) == 1 and str(path) in told[0] and "is damaged" in told[0]
    assert not path.exists()


def test_all_of_them_together_are_known_until_anything_changes(
    store: Store, small: SceneSource, examples: Path
) -> None:
    cache = LengthCache(store, SILENT)
    both = [small, find("Other", examples)]
    assert cache.every(both) is None
    cache.keep_every(both, {"Small": FOUND})  # nothing of the other is told
    assert cache.every(both) == {"Small": FOUND}
    assert cache.every([small]) is None
    assert LengthCache(store, Settings()).every(both) is None
    (note,) = store.folder.iterdir()
    note.write_text('{"Small": 3}', encoding="utf-8")
    assert cache.every(both) is None
    cache.keep_every(both, {"Small": FOUND})
    small.path.write_text(small.path.read_text(encoding="utf-8") + "\n# a line\n", encoding="utf-8")
    assert cache.every(both) is None


def test_a_store_that_is_cleared_holds_none(store: Store, small: SceneSource) -> None:
    keep(store, SILENT, small)
    store.clear()
    assert list(store.folder.iterdir()) == []


def test_a_rendered_scene_says_how_long_it_is() -> None:
    beats = (Beat("one", "One", 0.0, 1.5, (), ()), Beat("two", "Two", 1.5, 4.0, (), ()))
    scene = RenderedScene("Small", "A title", Path("video.mp4"), beats, 60, 15, (426, 240))
    assert lengths_of(scene) == SceneLengths("A title", (("one", 1.5), ("two", 2.5)))
