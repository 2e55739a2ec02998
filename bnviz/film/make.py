"""From scenes to a film: render them side by side, then join them. What is in the store is not done again.

The film of before stays until the new one is whole; a scene that is rendered is kept whatever happens next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.cache.code_key import Studio
from bnviz.cache.entry import Parcel, pack, read, unpack, write
from bnviz.cache.manifest import Damaged
from bnviz.cache.read_tracking import noted, values_now
from bnviz.cache.store import Store
from bnviz.errors import SceneFailed
from bnviz.files import absolute, require_files
from bnviz.film.forecast import UNKNOWN, Forecast, seconds_of
from bnviz.film.join_once import files_of, join_once
from bnviz.film.timeline import Timeline
from bnviz.run.discover import SceneSource
from bnviz.run.lesson import lesson_of
from bnviz.run.quality import HIGH, Quality
from bnviz.run.render import RenderedScene, render_scene
from bnviz.temporary import temporary_folder
from bnviz.workers.pool import Done, Task, run_tasks

if TYPE_CHECKING:
    from bn_math import Lesson
    from scenes.kit.settings import Settings

TITLE = "From Valley to Bowl"
_PARCEL = "parcel.zip"
COMMENT = "A film about batch normalization, computed from the data it shows"


@dataclass(frozen=True)
class Order:
    """What to make: ``sources`` in the film's order, with ``settings``, in ``quality``, into ``output``.

    What is in ``store`` is not made again, and what is made is kept there. ``scheduler`` is the address of a
    Dask cluster that renders.
    """

    sources: Sequence[SceneSource]
    settings: Settings
    output: Path
    quality: Quality = HIGH
    workers: int = 1
    title: str = TITLE
    store: Store | None = None
    scheduler: str | None = None


class Listener:
    """Hears how far a film is. This one is silent."""

    def advanced(self, forecast: Forecast) -> None:
        """There are more frames."""

    def finished(self, scene: RenderedScene) -> None:
        """A scene is rendered."""

    def taken(self, scene: RenderedScene) -> None:
        """A scene was in the store."""

    def joining(self) -> None:
        """Every scene is there, and they are put together."""

    def told(self, sentence: str) -> None:
        """Something went wrong that does not keep the film from being made."""


def make_film(order: Order, listener: Listener | None = None) -> Timeline:
    """Render the scenes in worker processes and join them into ``order.output``.

    Raises:
        SceneFailed: a scene raised an exception; nothing of the old film has changed.
        UserError: the lesson cannot be read, a scene lacks what it needs, or something else than a file is
            where one is to be written.
    """
    listener = listener or Listener()
    require_files(files_of(order.output))
    with rendered_scenes(order, order.output.parent, listener) as in_order:
        return film_of(order, in_order, order.output, order.title, listener.joining)


def film_of(
    order: Order,
    rendered: Sequence[RenderedScene],
    output: Path,
    title: str,
    on_join: Callable[[], None] = lambda: None,
) -> Timeline:
    """Join scenes of ``order`` into ``output``; ``on_join`` is not called if that film is there already.

    Raises:
        JoinError: the scenes do not fit together.
    """
    return join_once(rendered, output, title, COMMENT, order.settings.language, order.store, on_join)


@contextmanager
def rendered_scenes(order: Order, beside: Path, listener: Listener) -> Iterator[list[RenderedScene]]:
    """The scenes of ``order``, from the store or from worker processes, in a folder in ``beside``.

    The folder goes away again. What is rendered is in the store as soon as it is whole.

    Raises:
        SceneFailed: a scene raised an exception.
        UserError: the lesson cannot be read, or a scene lacks what it needs.
    """
    lesson = lesson_of(order.settings)
    shelf = _Shelf(order, lesson)
    kept = {source.name: parcel for source in order.sources if (parcel := shelf.take(source))}
    missing = {source.name: source for source in order.sources if source.name not in kept}
    expected = {name: parcel.scene.duration for name, parcel in kept.items()}
    expected |= _expected_seconds(missing, lesson, order.settings.language)
    forecast = Forecast({name: seconds * order.quality.frame_rate for name, seconds in expected.items()})
    with temporary_folder(absolute(beside)) as folder:
        rendered: dict[str, RenderedScene] = {}

        def arrived(parcel: Parcel, hear: Callable[[RenderedScene], None]) -> None:
            scene = unpack(parcel, folder / parcel.scene.name)
            rendered[scene.name] = scene
            forecast.finish(scene.name, scene.frames)
            hear(scene)

        for parcel in kept.values():
            arrived(parcel, listener.taken)
        listener.advanced(forecast)
        tasks = [
            Task(name, _render, (missing[name], order.settings, lesson, order.quality), returns_bytes=True)
            for name in sorted(missing, key=lambda name: -expected[name])
        ]
        for event in run_tasks(tasks, order.workers, order.scheduler):
            if isinstance(event, Done):
                parcel = _parcel(event.scene, event.result, folder)
                shelf.put(missing[event.scene], parcel)
                arrived(parcel, listener.finished)
            else:
                if event.died:
                    listener.told(f"{event.scene} is rendered again: its process ended with {event.died}")
                forecast.made(event.scene, event.frames)
            listener.advanced(forecast)
        yield [rendered[source.name] for source in order.sources]


class _Shelf:
    """The store as the scenes of one order see it; without a store it is empty, and stays so."""

    def __init__(self, order: Order, lesson: Lesson) -> None:
        self._store = order.store
        self._studio = Studio(order.settings, order.quality)
        self._values = values_now(lesson, order.settings.theme)
        self._keys: dict[str, str] = {}

    def take(self, source: SceneSource) -> Parcel | None:
        if self._store is None:
            return None
        self._keys[source.name] = self._studio.key(source)
        return self._store.find(self._keys[source.name], self._values, source.name)

    def put(self, source: SceneSource, parcel: Parcel) -> None:
        # A scene that was edited while it was rendered is neither that of before nor that of now.
        if self._store and self._studio.key(source) == self._keys[source.name]:
            self._store.keep(self._keys[source.name], parcel)


def _render(
    source: SceneSource, settings: Settings, lesson: Lesson, quality: Quality, report: Callable[[int], None]
) -> bytes:
    """A worker's task, on whatever machine: the callback comes last. Returns a parcel's file."""
    values = values_now(lesson, settings.theme)
    with temporary_folder() as folder, noted(settings, lesson) as (watched, names):
        scene = render_scene(source, watched, quality, folder, report)
        path = folder / _PARCEL
        write(pack(scene, {name: values[name] for name in sorted(names)}), path)
        return path.read_bytes()


def _parcel(name: str, content: bytes, folder: Path) -> Parcel:
    """The scene called ``name`` from the bytes of its parcel's file, which may come from anywhere.

    Raises:
        SceneFailed: they hold something else.
    """
    path = folder / _PARCEL
    path.write_bytes(content)
    try:
        found = read(path)
        if found.scene.name != name:
            raise Damaged(f"it holds {found.scene.name!r}")
    except (Damaged, OSError) as damage:
        raise SceneFailed(name, f"what came back of it is damaged ({damage})") from damage
    return found


def _expected_seconds(names: Iterable[str], lesson: Lesson, language: str) -> dict[str, float]:
    """How long each scene may be, guessed from its words."""
    from scenes.kit.script.words import Words

    def seconds(name: str) -> float:
        try:
            return seconds_of(Words(name, lesson, language))
        except KeyError:
            return UNKNOWN  # a scene with words of its own

    return {name: seconds(name) for name in names}
