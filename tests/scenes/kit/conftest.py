"""What the tests of the kit share: the stages, their losses worked out by hand, a place for Manim's files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from manim import tempconfig

from bn_math import Lesson
from bn_math.lesson.stage import Stage
from scenes.kit import settings
from scenes.kit.beats import BeatScene
from scenes.kit.script import words
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow

STAGES = ("raw", "centered", "scaled", "standardized")


@pytest.fixture(scope="module", autouse=True)
def manim_at_320_by_180(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Manim draws small, writes no film, and keeps its letters in a folder that the tests share."""
    folder = tmp_path_factory.getbasetemp() / "media"
    options = {
        "media_dir": str(folder),
        "dry_run": True,
        "pixel_width": 320,
        "pixel_height": 180,
        "frame_rate": 15,
    }
    with tempconfig({**options, "progress_bar": "none", "verbosity": "WARNING"}):
        yield


@pytest.fixture(scope="session")
def lesson() -> Lesson:
    return Lesson.article()


@pytest.fixture(scope="session", params=STAGES)
def stage(request: pytest.FixtureRequest, lesson: Lesson) -> Stage:
    """Each of the four stages in turn."""
    found: Stage = getattr(lesson, request.param)
    return found


class ByHand:
    """A stage's J from its rows: mean((Xw - y)^2), with nothing of bn_math's losses in it."""

    def __init__(self, stage: Stage) -> None:
        self.x, self.y = stage.data.features, stage.data.target
        self.best = np.linalg.lstsq(self.x, self.y, rcond=None)[0]
        self.least = float(self(self.best))

    def __call__(self, weights: Any) -> Any:
        miss = np.einsum("nd,...d->...n", self.x, np.asarray(weights, dtype=float)) - self.y
        return (miss**2).mean(axis=-1)

    def above(self, weights: Any) -> Any:
        """J less its least value, from a Hessian worked out by hand: the same, and quick for many points."""
        away = np.asarray(weights, dtype=float) - self.best
        return np.einsum("...i,ij,...j->...", away, self.x.T @ self.x / len(self.y), away)


@pytest.fixture(scope="session")
def by_hand() -> Callable[[Stage], ByHand]:
    return ByHand


@pytest.fixture
def window(stage: Stage) -> LossWindow:
    return LossWindow.around(stage.loss, np.array(stage.start))


@pytest.fixture
def surface(window: LossWindow) -> LossSurface:
    return LossSurface(window, Viewpoint())


class Recorder:
    """A canvas that remembers what is drawn on it instead of drawing it."""

    def __init__(self) -> None:
        self.strokes: list[SimpleNamespace] = []
        self.discs: list[SimpleNamespace] = []

    def stroke(
        self,
        lines: Any,
        color: Any,
        width: float,
        alpha: float = 1.0,
        closed: bool = False,
        dash: Any = (),
        above: float = 0.0,
    ) -> None:
        kept = [np.array(line) for line in lines]
        self.strokes.append(
            SimpleNamespace(lines=kept, color=color, width=width, alpha=alpha, dash=tuple(dash))
        )

    def disc(self, center: Any, radius: float, stops: Any, light: float = 0.0) -> None:
        self.discs.append(SimpleNamespace(center=np.array(center), radius=radius, stops=list(stops)))


@pytest.fixture
def recorder() -> Callable[[], Recorder]:
    return Recorder


@pytest.fixture
def still_scene(monkeypatch: pytest.MonkeyPatch) -> Callable[..., BeatScene]:
    """Make a silent scene; its words are one beat unless others are given."""

    def make(beats: dict[str, list[str]] | None = None) -> BeatScene:
        said = {"one": ["One sentence."]} if beats is None else beats
        pages = {name: {"title": name.capitalize(), "say": say} for name, say in said.items()}
        monkeypatch.setattr(words, "_book", lambda _: {"BeatScene": {"title": "A scene", "beats": pages}})
        settings.use(settings.Settings(voice=False))
        return BeatScene()

    return make
