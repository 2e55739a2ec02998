"""Scenes are found by path, and mistakes are answered with the closest names."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import scenes
from bnviz.errors import UserError
from bnviz.run import discover
from bnviz.run.beats import beats_of


@pytest.mark.parametrize(
    ("name", "file"),
    [("Valley", "valley.py"), ("TwoScales", "two_scales.py"), ("ValleyToBowl", "valley_to_bowl.py")],
)
def test_a_file_is_named_after_its_class(name: str, file: str) -> None:
    assert discover.file_name(name) == file
    assert discover.class_name(Path(file)) == name


def test_the_film_is_the_order_of_the_scenes() -> None:
    assert [source.name for source in discover.film()] == list(scenes.ORDER)


def test_every_scene_of_the_film_can_be_loaded() -> None:
    for source in discover.film():
        loaded = discover.load(source)
        assert loaded.__name__ == source.name
        assert loaded.__module__ == f"scenes.{source.path.stem}"


def test_a_scene_outside_the_package_is_loaded_by_path(examples: Path) -> None:
    loaded = discover.load(discover.find("Small", examples))
    assert loaded.__name__ == "Small"


def test_an_unknown_scene_is_answered_with_the_closest(examples: Path) -> None:
    with pytest.raises(UserError, match=r"no scene 'Smal' .*did you mean Small\?"):
        discover.find("Smal", examples)


@pytest.mark.parametrize("name", ["small", "../small", "", "Small.py"])
def test_only_a_class_name_names_a_scene(name: str, examples: Path) -> None:
    with pytest.raises(UserError, match="there is no scene"):
        discover.find(name, examples)


def test_a_file_without_its_class_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.py").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"must define a class Empty that is a BeatScene"):
        discover.load(discover.find("Empty", tmp_path))


def test_a_scene_of_the_film_is_found_again_on_a_machine_with_another_path() -> None:
    source = discover.find("TwoScales")
    sent = pickle.dumps(source)
    assert str(discover.FOLDER).encode() not in sent
    assert pickle.loads(sent) == source


def test_a_scene_of_one_s_own_keeps_its_path(tmp_path: Path) -> None:
    source = discover.SceneSource("Mine", tmp_path / "mine.py")
    assert pickle.loads(pickle.dumps(source)) == source


def test_a_scene_that_windows_could_keep_no_file_of_is_refused(tmp_path: Path) -> None:
    (tmp_path / "aux.py").touch()
    with pytest.raises(UserError, match=r"no scene can be called Aux, for its file is aux\.py, and Windows"):
        discover.find("Aux", tmp_path)


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (
            ("one", "con"),
            "Named has a beat 'con', and Windows keeps this name for a device: call it otherwise",
        ),
        (("one", "two."), "Named has a beat 'two.', and Windows drops dots"),
        (("one", "One"), "Named has the beats one and One, which are one file where capitals do not count"),
    ],
)
def test_beats_are_called_so_that_a_still_may_bear_their_name(
    names: tuple[str, ...], problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scenes.kit.script import words

    book = {**words.book("en"), "Named": {"title": "A", "beats": {name: {"say": ["A."]} for name in names}}}
    monkeypatch.setattr(words, "_book", lambda code: book)
    with pytest.raises(UserError, match=problem):
        beats_of(discover.SceneSource("Named", discover.FOLDER / "named.py"))
