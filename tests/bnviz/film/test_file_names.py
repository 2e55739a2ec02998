"""No variant takes the place of the whole, narrated, dark film."""

from __future__ import annotations

from pathlib import Path

import pytest

import scenes
from bnviz.film.file_names import film_file, scene_file
from bnviz.run.cuts import cut
from bnviz.run.discover import SceneSource, film
from scenes.kit.settings import Settings

TWO = [
    SceneSource(name, Path(f"{stem}.py")) for name, stem in (("TwoScales", "two_scales"), ("Bowl", "bowl"))
]


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        (Settings(), "valley-to-bowl.mp4"),
        (Settings(theme="light"), "valley-to-bowl-light.mp4"),
        (Settings(voice=False), "valley-to-bowl-silent.mp4"),
        (Settings(theme="light", voice=False), "valley-to-bowl-light-silent.mp4"),
        (Settings(lesson_name="wine_data"), "valley-to-bowl-wine-data.mp4"),
    ],
)
def test_the_whole_film_says_how_it_differs(settings: Settings, name: str) -> None:
    assert film_file(Path("out"), cut(), settings) == Path("out", name)


def test_another_cut_is_called_after_itself() -> None:
    assert film_file(Path(), cut("short"), Settings(theme="light")).name == "valley-to-bowl-short-light.mp4"
    assert film_file(Path(), film(), Settings()).name == "valley-to-bowl-everything.mp4"


def test_an_excerpt_says_what_is_in_it() -> None:
    assert film_file(Path(), TWO, Settings()).name == "valley-to-bowl-two-scales-bowl.mp4"
    assert film_file(Path(), film(scenes.ORDER[:4]), Settings()).name == "valley-to-bowl-excerpt.mp4"
    assert film_file(Path(), film(scenes.ORDER[::-1]), Settings()).name == "valley-to-bowl-excerpt.mp4"


def test_a_scene_says_how_it_differs() -> None:
    assert scene_file(Path("s"), TWO[0], Settings()) == Path("s/two_scales.mp4")
    assert (
        scene_file(Path("s"), TWO[0], Settings(theme="light", voice=False)).name
        == "two_scales-light-silent.mp4"
    )
