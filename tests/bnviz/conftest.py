"""The tiny scenes that the tests of publishing render."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bnviz.film.forecast import Forecast
from bnviz.film.make import Listener
from bnviz.run import discover
from bnviz.run.quality import Quality
from bnviz.run.render import RenderedScene, render_scene
from scenes.kit.settings import Settings

EXAMPLES = Path(__file__).parent / "examples"
TINY = Quality("tiny", 426, 240, 15, 23)


class Notes(Listener):
    """Remembers what it hears."""

    def __init__(self) -> None:
        self.rendered: list[str] = []
        self.taken_names: list[str] = []
        self.joined = 0
        self.sentences: list[str] = []
        self.last: Forecast | None = None

    def advanced(self, forecast: Forecast) -> None:
        self.last = forecast

    def finished(self, scene: RenderedScene) -> None:
        self.rendered.append(scene.name)

    def taken(self, scene: RenderedScene) -> None:
        self.taken_names.append(scene.name)

    def joining(self) -> None:
        self.joined += 1

    def warn(self, sentence: str) -> None:
        self.sentences.append(sentence)


@pytest.fixture
def examples() -> Path:
    return EXAMPLES


@pytest.fixture
def tiny() -> Quality:
    return TINY


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> list[RenderedScene]:
    """Both example scenes, narrated, rendered once a module."""
    folder = tmp_path_factory.mktemp("rendered")
    return [
        render_scene(discover.find(name, EXAMPLES), Settings(), TINY, folder / name)
        for name in ("Small", "Other")
    ]


@pytest.fixture
def sine() -> Callable[..., np.ndarray]:
    """Build a sine wave: frequency, seconds, amplitude, rate."""

    def build(frequency: float, seconds: float, amplitude: float = 1.0, rate: int = 48_000) -> np.ndarray:
        time = np.arange(round(seconds * rate)) / rate
        return (amplitude * np.sin(2 * np.pi * frequency * time)).astype(np.float32)

    return build
