"""From scenes to a film: render them side by side, then join them.

The film of before stays until the new one is whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from publish.discover import SceneSource
from publish.errors import UserError
from publish.forecast import UNKNOWN, Forecast, seconds_of
from publish.join import join
from publish.quality import HIGH, Quality
from publish.render import RenderedScene, manim_configured, render_scene
from publish.timeline import Timeline
from publish.workers import Done, Task, run_tasks

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

TITLE = "From Valley to Bowl"
COMMENT = "A film about batch normalization, computed from the data it shows"


@dataclass(frozen=True)
class Order:
    """What to make: ``sources`` in the film's order, with ``settings``, in ``quality``, into ``output``."""

    sources: Sequence[SceneSource]
    settings: Settings
    output: Path
    quality: Quality = HIGH
    workers: int = 1
    title: str = field(default=TITLE)


class Listener:
    """Hears how far a film is. This one is silent."""

    def advanced(self, forecast: Forecast) -> None:
        """There are more frames."""

    def finished(self, scene: RenderedScene) -> None:
        """A scene is rendered."""

    def joining(self) -> None:
        """Every scene is rendered."""


def make_film(order: Order, listener: Listener | None = None) -> Timeline:
    """Render the scenes in worker processes and join them into ``order.output``.

    Raises:
        SceneFailed: a scene raised an exception; nothing of the old film has changed.
        UserError: the lesson cannot be read, or a scene lacks what it needs.
    """
    listener = listener or Listener()
    with rendered_scenes(order, order.output.parent, listener) as in_order:
        listener.joining()
        return join(in_order, order.output, order.title, COMMENT, order.settings.language)


@contextmanager
def rendered_scenes(order: Order, beside: Path, listener: Listener) -> Iterator[list[RenderedScene]]:
    """The scenes of ``order``, rendered in worker processes into a folder in ``beside`` that goes away again.

    Raises:
        SceneFailed: a scene raised an exception.
        UserError: the lesson cannot be read, or a scene lacks what it needs.
    """
    expected = _expected_seconds(order)
    forecast = Forecast({name: seconds * order.quality.frame_rate for name, seconds in expected.items()})
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".rendering-", dir=beside) as folder:
        tasks = [
            Task(source.name, _render, (source, order.settings, order.quality, Path(folder, source.name)))
            for source in sorted(order.sources, key=lambda source: -expected[source.name])
        ]
        rendered: dict[str, RenderedScene] = {}
        for event in run_tasks(tasks, order.workers):
            if isinstance(event, Done):
                rendered[event.scene] = event.result
                forecast.finish(event.scene, event.result.frames)
                listener.finished(event.result)
            else:
                forecast.made(event.scene, event.frames)
            listener.advanced(forecast)
        yield [rendered[source.name] for source in order.sources]


def _render(
    source: SceneSource, settings: Settings, quality: Quality, folder: Path, report: Callable[[int], None]
) -> RenderedScene:
    """A worker's task: the callback comes last."""
    return render_scene(source, settings, quality, folder, report)


def _expected_seconds(order: Order) -> dict[str, float]:
    """How long each scene may be, guessed from its words.

    Reads the lesson first, so that a bad one is told at once.
    """
    with manim_configured(order.settings):
        from scenes.kit import settings, words

        try:
            settings.current_lesson()
        except (ValueError, KeyError, OSError) as error:
            raise UserError(f"--lesson {order.settings.lesson}: {error}") from error

        def seconds(name: str) -> float:
            try:
                return seconds_of(words.current(name))
            except KeyError:
                return UNKNOWN  # a scene with words of its own

        return {source.name: seconds(source.name) for source in order.sources}
