"""All scenes at once, without rendering them: their stills, their posters, their table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bnviz.errors import UserError
from bnviz.posters import readme_table
from bnviz.review import reference_frames
from bnviz.run import png
from bnviz.run.discover import SceneSource, file_name, load
from bnviz.run.run_scene import manim_configured
from bnviz.run.stills import Still, beat_stills
from bnviz.workers.pool import Done, Task, run_tasks

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

POSTER_SIZE = 1280, 720


def all_stills(
    sources: Sequence[SceneSource], settings: Settings, workers: int
) -> dict[str, dict[str, Still]]:
    """Every beat's last picture in the size of the frame tests, by scene and beat."""
    return _side_by_side(
        _stills, sources, (settings, (reference_frames.WIDTH, reference_frames.HEIGHT)), workers
    )


def make_posters(
    sources: Sequence[SceneSource], settings: Settings, folder: Path, workers: int
) -> Iterator[tuple[Path, int]]:
    """Write a poster of each scene, the still of its ``poster`` beat; yields files and their sizes."""
    for name, still in _side_by_side(_poster, sources, (settings, POSTER_SIZE), workers).items():
        path = folder / Path(file_name(name)).with_suffix(".png")
        yield path, png.write_poster(still.picture, path)


def contents_table(sources: Sequence[SceneSource], settings: Settings) -> str:
    """The posters as the README shows them, with the titles of the words file."""
    with manim_configured(settings):
        from scenes.kit.script import words

        return readme_table.table(
            sources, {source.name: words.current(source.name).title for source in sources}
        )


def renew_contents(readme: Path, sources: Sequence[SceneSource], settings: Settings) -> bool:
    """Lay the README's table of posters anew; returns whether that changed it."""
    return readme_table.renew(readme, contents_table(sources, settings))


def _side_by_side(
    run: Callable[..., Any], sources: Sequence[SceneSource], more: tuple[Any, ...], workers: int
) -> dict[str, Any]:
    tasks = [Task(source.name, run, (source, *more)) for source in sources]
    results = {event.scene: event.result for event in run_tasks(tasks, workers) if isinstance(event, Done)}
    return {source.name: results[source.name] for source in sources}


def _stills(
    source: SceneSource, settings: Settings, size: tuple[int, int], report: Callable[[int], None]
) -> dict[str, Still]:
    return beat_stills(source, settings, *size)


def _poster(
    source: SceneSource, settings: Settings, size: tuple[int, int], report: Callable[[int], None]
) -> Still:
    poster = load(source).poster
    stills = beat_stills(source, settings, *size, only=poster)
    is_left_out = poster in _beats_that_are_left_out(source, settings)
    if not stills and (is_left_out or (source.beats and poster not in source.beats)):
        stills = beat_stills(source, settings, *size)  # the last that is told stands for the scene
    if not stills:
        raise UserError(f"{source.name} has no beat {poster!r}, which its poster names")
    return list(stills.values())[-1]


def _beats_that_are_left_out(source: SceneSource, settings: Settings) -> list[str]:
    from scenes.kit.script import words

    every = words.book(settings.language).get(source.name, {}).get("beats", {})
    told = words.Words(source.name, settings.lesson, settings.language).beats if every else ()
    return [beat for beat in every if beat not in told]
