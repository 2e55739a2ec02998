"""What the tests of the scenes share: each scene's stills, taken once a process."""

from __future__ import annotations

from functools import cache

import pytest

import scenes
from bnviz.run import discover
from bnviz.run.stills import Still, beat_stills
from scenes.kit.settings import Settings


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``scene_name`` runs for every scene of the film, each in one process."""
    if "scene_name" in metafunc.fixturenames:
        names = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in scenes.ORDER]
        metafunc.parametrize("scene_name", names)


@cache
def take_stills(scene: str, theme: str, width: int, height: int) -> dict[str, Still]:
    return beat_stills(discover.find(scene), Settings(theme=theme, voice=False), width, height, behind=True)


@pytest.fixture(scope="session")
def stills_of():
    """Take a scene's stills: name, theme, width, height."""
    return take_stills
