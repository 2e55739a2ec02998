"""From scenes to a film: look up what is rendered already, render what is missing, join.

The film of before stays until the new one is whole; a scene that is rendered is kept whatever happens next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.cache.code_key import RenderEnvironment
from bnviz.cache.entry import CacheEntry, unpack
from bnviz.cache.scenes import SceneCache
from bnviz.cache.store import Store
from bnviz.files import absolute, require_files
from bnviz.film.description import about
from bnviz.film.file_names import files_of
from bnviz.film.forecast import UNKNOWN, Forecast, seconds_of
from bnviz.film.join_once import join_once
from bnviz.film.render_missing import render_missing
from bnviz.film.timeline import Timeline
from bnviz.run.discover import SceneSource
from bnviz.run.quality import HIGH, Quality
from bnviz.run.render import RenderedScene
from bnviz.temporary import temporary_folder
from bnviz.workers.pool import Progress

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

TITLE = "From Valley to Bowl"
COMMENT = "A film about batch normalization, computed from the data it shows"


def title_of(settings: Settings) -> str:
    """What a whole film is called: the lesson's title, or the film's own."""
    return settings.lesson.settings.labels.title or TITLE


def comment_of(settings: Settings) -> str:
    """What the film is about, with the lesson's subject, and where its data come from, if it says so."""
    labels = settings.lesson.settings.labels
    source = f" (data: {labels.source})" if labels.source else ""
    return f"{labels.subject}. {COMMENT}{source}" if labels.subject else f"{COMMENT}{source}"


@dataclass(frozen=True)
class FilmRequest:
    """What to make: ``sources`` in the film's order, with ``settings``, in ``quality``, into ``output``.

    What is in ``store`` is not made again, and what is made is kept there. ``scheduler`` is the address of a
    Dask cluster that renders. ``title`` is what the film's metadata call it.
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

    def warn(self, sentence: str) -> None:
        """Something went wrong that does not keep the film from being made."""


def make_film(request: FilmRequest, listener: Listener | None = None) -> Timeline:
    """Render the scenes in worker processes and join them into ``request.output``.

    Raises:
        SceneFailed: a scene raised an exception; nothing of the old film has changed.
        UserError: a scene lacks what it needs, or something else than a file is where one is to be written.
    """
    listener = listener or Listener()
    require_files(files_of(request.output))
    with rendered_scenes(request, request.output.parent, listener) as in_order:
        return film_of(request, in_order, request.output, request.title, listener.joining)


def film_of(
    request: FilmRequest,
    rendered: Sequence[RenderedScene],
    output: Path,
    title: str,
    on_join: Callable[[], None] = lambda: None,
) -> Timeline:
    """Join scenes of ``request`` into ``output``; ``on_join`` is not called if that film is there already.

    Raises:
        JoinError: the scenes do not fit together.
    """
    settings = request.settings
    return join_once(
        rendered,
        output,
        title,
        comment_of(settings),
        settings.language,
        request.quality.encoder_options,
        about(settings),
        request.store,
        on_join,
        request.quality.encoder,
    )


@contextmanager
def rendered_scenes(request: FilmRequest, beside: Path, listener: Listener) -> Iterator[list[RenderedScene]]:
    """The scenes of ``request``, from the store or from worker processes, in a folder in ``beside``.

    The folder goes away again. What is rendered is in the store as soon as it is whole.

    Raises:
        SceneFailed: a scene raised an exception.
        UserError: a scene lacks what it needs.
    """
    settings, quality = request.settings, request.quality
    cache = SceneCache(request.store, RenderEnvironment(settings, quality))
    kept = cache.rendered(request.sources)
    missing = [source for source in request.sources if source.name not in kept]
    expected = {name: entry.scene.duration for name, entry in kept.items()}
    expected |= _expected_seconds((source.name for source in missing), settings)
    forecast = Forecast({name: seconds * quality.frame_rate for name, seconds in expected.items()})
    rendered: dict[str, RenderedScene] = {}

    def heard(progress: Progress) -> None:
        if progress.died:
            listener.warn(f"{progress.scene} is rendered again: its process ended with {progress.died}")
        forecast.made(progress.scene, progress.frames)
        listener.advanced(forecast)

    with temporary_folder(absolute(beside)) as folder:

        def arrived(entry: CacheEntry, hear: Callable[[RenderedScene], None]) -> None:
            scene = unpack(entry, folder / entry.scene.name)
            rendered[scene.name] = scene
            forecast.finish(scene.name, scene.frames)
            hear(scene)

        for entry in kept.values():
            arrived(entry, listener.taken)
        listener.advanced(forecast)
        for source, entry in render_missing(
            missing, settings, quality, expected, request.workers, request.scheduler, heard
        ):
            cache.keep(source, entry)
            arrived(entry, listener.finished)
            listener.advanced(forecast)
        yield [rendered[source.name] for source in request.sources]


def _expected_seconds(names: Iterable[str], settings: Settings) -> dict[str, float]:
    """How long each scene may be, guessed from its words."""
    from scenes.kit.script.words import Words

    def seconds(name: str) -> float:
        try:
            return seconds_of(Words(name, settings.lesson, settings.language))
        except KeyError:
            return UNKNOWN  # a scene with words of its own

    return {name: seconds(name) for name in names}
