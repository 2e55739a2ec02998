"""The command that says how long scenes, beats and cuts are: ``bnviz list``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from bnviz.cli.common import console, require_complete, settings_of, told_of
from bnviz.cli.options import (
    CACHE,
    CORES,
    CacheOption,
    CutOption,
    LanguageOption,
    LessonOption,
    SilentOption,
    WorkersOption,
)
from bnviz.cli.outputs import require_no_file
from bnviz.run import cuts, discover
from scenes.kit.languages import ENGLISH
from scenes.kit.palettes import FILM

if TYPE_CHECKING:
    from bnviz.cache.store import Store
    from bnviz.posters.lengths import Found
    from scenes.kit.settings import Settings

ABOUT = "~"


def list_scenes(
    cut: CutOption = None,
    exact: Annotated[
        bool,
        typer.Option("--exact", help="Run through the scenes whose lengths are not kept, and keep them."),
    ] = False,
    workers: WorkersOption = CORES,
    language: LanguageOption = ENGLISH.code,
    silent: SilentOption = False,
    lesson: LessonOption = None,
    cache: CacheOption = CACHE,
) -> None:
    """List scenes, beats and their durations, and how long each cut is, without rendering.

    What a film or --exact has found is kept; without it lengths are reckoned from the words, and marked.
    """
    from bnviz.cache.store import Store
    from bnviz.cli.progress import tell

    settings = settings_of(FILM, silent, lesson, language)
    require_no_file("--cache", cache)
    store = Store(cache, tell=partial(tell, console))
    sources = cuts.cut(cut) if cut is not None else discover.film(discover.scene_names())
    rows = _rows(sources, settings, store, workers, exact)
    table = Table("scene", "beat", "seconds")
    for source in [source for source in sources if source.name in rows]:
        found = rows[source.name]
        beats = found.lengths.beats
        table.add_row(Text(source.name, "bold"), Text(found.lengths.title, "bold"), _seconds([found], beats))
        for beat in beats:
            table.add_row("", beat[0], _seconds([found], [beat]))
    table.add_section()
    for name in cuts.cut_names() if cut is None else [cut]:
        shown = [item for item in cuts.cut(name) if item.name in rows]
        of_cut = [beat for item in shown for beat in rows[item.name].lengths.beats if item.shows(beat[0])]
        seconds = _seconds([rows[item.name] for item in shown], of_cut)
        table.add_row(Text(f"cut {name}", "bold"), "", seconds)
    console.print(table, soft_wrap=False)
    _say_where_from(rows)


def _rows(
    sources: Sequence[discover.SceneSource], settings: Settings, store: Store, workers: int, exact: bool
) -> dict[str, Found]:
    """What is known or found of the scenes that are told, by name."""
    from bnviz.cache.lengths import LengthCache
    from bnviz.posters import lengths
    from bnviz.posters.lengths import Found, Origin

    cache = LengthCache(store, settings)
    if every := cache.every(sources):
        return {name: Found(item, Origin.FILM) for name, item in every.items()}
    require_complete(sources, settings)
    rows = lengths.kept(sources, settings, store)
    wanted = [item for item in sources if item.name not in rows or (exact and not rows[item.name].is_exact)]
    left = told_of(wanted, settings, or_none=bool(rows)) if wanted else []
    if exact and left:
        with console.status("running through the scenes"):
            rows |= lengths.run_through(left, settings, store, workers)
    else:
        rows |= {source.name: lengths.reckoned(source, settings) for source in left}
    if all(found.is_exact for found in rows.values()):
        cache.keep_every(sources, {name: found.lengths for name, found in rows.items()})
    return rows


def _seconds(found: Sequence[Found], beats: Sequence[tuple[str, float]]) -> str:
    mark = "" if all(item.is_exact for item in found) else ABOUT
    return f"{mark}{sum(seconds for _, seconds in beats):.1f}"


def _say_where_from(rows: dict[str, Found]) -> None:
    """Say which lengths are not the film's own, and what finds those."""
    say = partial(console.print, style="dim", highlight=False)
    origins = {found.origin for found in rows.values() if not found.is_exact}
    for origin in sorted(origins, key=lambda item: item.value):
        names = [name for name, found in rows.items() if found.origin is origin]
        which = ", ".join(names) if len(names) < len(rows) else "all of them"
        say(f"{ABOUT} silent lengths, {origin.value}: {which}")
    if origins:
        say("bnviz list --exact runs through these scenes, and keeps their lengths; so does bnviz film.")
