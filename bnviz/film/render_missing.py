"""Rendering scenes side by side in worker processes, here or on a cluster; each comes back as bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.cache.entry import CacheEntry, pack, read, write
from bnviz.cache.manifest import Damaged
from bnviz.cache.networks import handed_on
from bnviz.cache.parts_read import filled
from bnviz.cache.read_tracking import record_reads, values_now
from bnviz.errors import SceneFailed
from bnviz.review.shown_losses import ShownLosses
from bnviz.review.text_measures import measure_scene
from bnviz.run.discover import SceneSource
from bnviz.run.quality import Quality
from bnviz.run.render import render_scene
from bnviz.temporary import temporary_folder
from bnviz.workers.pool import Done, Progress, Task, run_tasks

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

_FILE = "scene.zip"


def render_missing(
    sources: Sequence[SceneSource],
    settings: Settings,
    quality: Quality,
    expected: Mapping[str, float],
    workers: int,
    scheduler: str | None,
    on_progress: Callable[[Progress], None],
) -> Iterator[tuple[SceneSource, CacheEntry]]:
    """Render ``sources``, and yield each as soon as it is whole.

    Args:
        sources: the scenes.
        settings: theme, voice, language and lesson, which was read once for all workers.
        quality: size and frame rate.
        expected: by name, how long each is guessed to be: the longest is begun first.
        workers: how many processes at a time.
        scheduler: the address of a Dask cluster that renders instead.
        on_progress: hears how many frames a scene has.

    Raises:
        SceneFailed: a scene raised an exception, or what came back of it is damaged.
    """
    by_name = {source.name: source for source in sources}
    # Workers of this machine keep what they compute where we do; those of others have nothing of ours.
    sent = filled(sources, settings.lesson.network) if scheduler and sources else {}
    tasks = [
        Task(name, _render, (by_name[name], settings, quality, sent), returns_bytes=True)
        for name in sorted(by_name, key=lambda name: -expected[name])
    ]
    for event in run_tasks(tasks, workers, scheduler):
        if isinstance(event, Done):
            yield by_name[event.scene], _entry(event.scene, event.result)
        else:
            on_progress(event)


def _render(
    source: SceneSource,
    settings: Settings,
    quality: Quality,
    sent: Mapping[str, bytes],
    report: Callable[[int], None],
) -> bytes:
    """A worker's task, on whatever machine: the callback comes last. Returns a cache entry's file.

    What was found by training networks may be ``sent`` along, by names of the study's parts.
    """
    values = values_now(settings)
    networks = settings.lesson.settings.network
    with (
        temporary_folder() as folder,
        handed_on(sent, networks),
        record_reads(settings) as (watched, names),
    ):
        losses = ShownLosses()
        scene = render_scene(source, watched, quality, folder, report, measure_scene, losses.watch)
        scene = replace(scene, losses=losses.seconds(quality.frame_rate))
        path = folder / _FILE
        write(pack(scene, {name: values[name] for name in sorted(names)}), path)
        return path.read_bytes()


def _entry(name: str, content: bytes) -> CacheEntry:
    """The scene called ``name`` from the bytes of its file, which may come from anywhere.

    Raises:
        SceneFailed: they hold something else.
    """
    with temporary_folder() as folder:
        path = Path(folder, _FILE)
        path.write_bytes(content)
        try:
            found = read(path)
            if found.scene.name != name:
                raise Damaged(f"it holds {found.scene.name!r}")
        except (Damaged, OSError) as damage:
            raise SceneFailed(name, f"what came back of it is damaged ({damage})") from damage
    return found
