"""From a command's options to an order, and the order carried out with a bar that shows how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import Console

from bnviz import doctor
from bnviz.cli.options import CACHE
from bnviz.cli.outputs import require_no_file
from bnviz.errors import UserError
from bnviz.installation import install
from bnviz.review.registries import require_complete as require_complete
from bnviz.review.registries import unsaid_names
from bnviz.run import cuts, discover
from bnviz.run.beats import require_beat
from bnviz.run.quality import Quality
from bnviz.run.told import told
from bnviz.workers.scheduler import require_scheduler
from scenes import FULL
from scenes.kit.languages import ENGLISH, named
from scenes.kit.palettes import FILM

if TYPE_CHECKING:
    from bnviz.film.make import FilmRequest, Listener
    from scenes.kit.settings import Settings


def terminal(**options: Any) -> Console:
    """What sentences are printed on, as they are: a path may hold brackets, colons and blanks."""
    return Console(markup=False, emoji=False, soft_wrap=True, **options)


console = terminal()
Made = TypeVar("Made")


def film_of(scenes: str | None, cut: str | None, option: str = "--scenes") -> list[discover.SceneSource]:
    """The scenes that ``option`` names, or those of ``cut``; those of the full one without both.

    Raises:
        UserError: as :func:`sources_of`; there is no such cut, what it lists is not there, or it and
            ``option`` are both given.
    """
    if scenes is None:
        return cuts.cut(FULL if cut is None else cut)
    if cut is not None:
        raise UserError("scenes and --cut both say what is shown; give one of them")
    return sources_of(scenes, option)


def sources_of(scenes: str | None, option: str = "--scenes") -> list[discover.SceneSource]:
    """The scenes that ``option`` names; every one without it.

    Raises:
        UserError: it names none, one that is not there, or one twice.
    """
    if scenes is None:
        return discover.film()
    names = [name.strip() for name in scenes.split(",") if name.strip()]
    if not names:
        raise UserError(f"{option} names no scene; it should be like {option} Valley,Bowl")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UserError(f"{option} names {', '.join(twice)} more than once")
    return discover.film(names)


def beat_of(what: str) -> tuple[discover.SceneSource, str]:
    """The scene and the beat of ``Scene/beat``; the beat is empty where the whole scene is named.

    Raises:
        UserError: there is no such scene, or it has no such beat.
    """
    name, slash, beat = what.partition("/")
    source = discover.find(name)
    if slash and not beat:
        raise UserError(f"{what} names no beat; it must be like {name}/BEAT, or {name} for the whole scene")
    if beat:
        remember_networks(CACHE)  # which words say what, and so which beats there are, may hang on them
        require_beat(source, beat)
    return source, beat


def told_of(
    sources: Sequence[discover.SceneSource],
    settings: Settings,
    complaints: Console = console,
    or_none: bool = False,
) -> list[discover.SceneSource]:
    """The scenes that tell something of the lesson; ``complaints`` shows which are left out.

    Raises:
        UserError: none of them does, and ``or_none`` does not allow for that.
    """
    kept = told(sources, settings)
    left_out = [source.name for source in sources if source not in kept]
    if not kept and not or_none:
        raise UserError(f"nothing that {' and '.join(left_out)} would tell is true of these data")
    if left_out:
        complaints.print(
            f"{', '.join(left_out)}: left out, for nothing of it is true of these data",
            style="dim",
            highlight=False,
        )
    _say_what_is_trained(kept, settings)
    return kept


def _say_what_is_trained(sources: Sequence[discover.SceneSource], settings: Settings) -> None:
    from bnviz.cache.parts_read import to_be_trained

    if parts := to_be_trained(sources, settings.lesson.network):
        terminal(stderr=True).print(
            f"networks are trained for {', '.join(parts)} where that is not kept from before: "
            "some minutes, once",
            style="dim",
            highlight=False,
        )


def settings_of(
    theme: str,
    silent: bool,
    lesson: Path | None,
    language: str = ENGLISH.code,
    complaints: Console = console,
) -> Settings:
    """What scenes are rendered with; ``complaints`` shows what was decided about the lesson, or lacks.

    Raises:
        UserError: the lesson cannot be read, or says what no lesson can be.
    """
    from scenes.kit.settings import Settings

    remember_networks(CACHE)
    is_spoken = named(language).voice is not None
    settings = Settings(theme=theme, voice=not silent and is_spoken, language=language)
    if lesson is not None:
        try:
            settings = settings.with_lesson(lesson)
        except (ValueError, OSError) as error:
            raise UserError(f"--lesson {error}") from error
        for note in settings.lesson.notes:
            complaints.print(note, style="dim", highlight=False)
    if not silent and not is_spoken:
        complaints.print(f"The film will be silent: there is no voice for {named(language).name}.")
        return settings
    for sentence in unsaid_names(settings):
        complaints.print(sentence, style="dim", highlight=False)
    if not silent and (missing := doctor.missing_voice()):
        complaints.print(
            f"The film will be silent: {' and '.join(missing)} not installed. "
            f"Mend it with: {install('voice')}",
            markup=False,  # the brackets of an extra are none
        )
    return settings


def remember_networks(folder: Path) -> None:
    """Keep what is found by training networks in ``folder``, and say on standard error what is trained.

    The variable BNVIZ_NETWORKS names another folder.
    """
    from bnviz.cache.networks import keep_networks

    keep_networks(folder, partial(terminal(stderr=True).print, style="dim", highlight=False))


def marks_of(theme: str, language: str) -> list[str]:
    """What a file's name says of theme and language: nothing when they are the film's own."""
    return [mark for mark, usual in ((theme, FILM), (language, ENGLISH.code)) if mark != usual]


def request_of(
    sources: Sequence[discover.SceneSource],
    settings: Settings,
    output: Path,
    quality: Quality,
    workers: int,
    cache: Path,
    fresh: bool,
    scheduler: str | None = None,
    title: str | None = None,
    complaints: Console = console,
) -> FilmRequest:
    """What is to be made, with the store in ``cache``; ``complaints`` shows what goes wrong with that.

    Raises:
        UserError: words or colors are missing, ``cache`` can be no folder, or no scheduler answers.
    """
    from bnviz.cache.store import Store
    from bnviz.cli.progress import tell
    from bnviz.film.make import FilmRequest, title_of

    require_complete(sources, settings)
    sources = told_of(sources, settings, complaints)
    if scheduler is not None:
        require_scheduler(scheduler)
    require_no_file("--cache", cache)
    remember_networks(cache)
    store = Store(cache, fresh, tell=partial(tell, complaints))
    return FilmRequest(
        sources, settings, output, quality, workers, title or title_of(settings), store, scheduler
    )


def run(request: FilmRequest, make: Callable[[FilmRequest, Listener], Made]) -> Made:
    """What ``make`` makes of ``order``.

    Raises:
        UserError: its output cannot be written.
    """
    from bnviz.cli.progress import FilmProgress

    try:
        with FilmProgress(console) as progress:
            return make(request, progress)
    except OSError as error:
        raise UserError(f"--output {request.output}: {error}") from error
