"""The command that checks: a film against its limits, and a lesson before it is rendered: ``bnviz check``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from bnviz.cli.check_lesson import check_lessons, check_random, is_lesson
from bnviz.cli.common import console, film_of, request_of, settings_of, terminal
from bnviz.cli.options import (
    CACHE,
    CORES,
    CacheOption,
    CutOption,
    LanguageOption,
    LessonOption,
    QualityName,
    QualityOption,
    SilentOption,
    ThemeOption,
    WorkersOption,
)
from bnviz.errors import UserError
from bnviz.run.quality import QUALITIES
from scenes.kit.languages import ENGLISH
from scenes.kit.palettes import FILM

if TYPE_CHECKING:
    from bnviz.review.check import Report
    from bnviz.review.measurement import Check

WIDE = 140  # characters of a terminal that has room for places in the table
WHERE = 60  # characters that say where a figure is, in the table; the sentences below it have them all
NAMED = 5  # figures beyond a limit that are listed under the table, a check
progress = terminal(stderr=True)  # so that --json can be piped


def check(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LESSON... or FILM or SCENES]",
            help="A lesson (.toml, .csv and the like), also several; a film's file; or scenes: Valley,Bowl. "
            "By default the film: the cut full, or that of --cut.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the report as JSON.")] = False,
    stills: Annotated[
        bool, typer.Option("--stills", help="Of a lesson, also draw and check every beat's last picture.")
    ] = False,
    random: Annotated[
        int | None,
        typer.Option(min=1, metavar="COUNT", help="The same for so many random data sets instead."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The first random data set's.")] = 1,
    quality: QualityOption = QualityName.low,
    workers: WorkersOption = CORES,
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    silent: SilentOption = False,
    lesson: LessonOption = None,
    cut: CutOption = None,
    cache: CacheOption = CACHE,
) -> None:
    """Check a lesson before rendering, or a film: pace, stillness, flashes, legibility, captions, loudness.

    Of a lesson it says what is taken, which story it tells, how long the film will be and what it leaves out;
    the exit code is 1 if no film can be made. Scenes that are not kept from before are rendered, with the
    options given; of a film's file, pictures, sound and captions are checked; the exit code is 1 beyond a
    limit.
    """
    if random is not None:
        if what:
            raise UserError("--random makes its own data sets: name no lesson with it")
        return check_random(random, seed, theme, language, workers, as_json)
    if what and all(map(is_lesson, what)):
        if lesson is not None:
            raise UserError("name the lesson once: bnviz check LESSON, or bnviz check --lesson LESSON")
        files = [Path(item) for item in what]
        return check_lessons(files, film_of(None, cut), theme, silent, language, workers, as_json, stills)
    if stills:
        raise UserError("--stills needs a lesson: bnviz check my-lesson.toml --stills")
    if what and len(what) > 1:
        raise UserError("name lessons, or one film, or scenes with commas between them: Valley,Bowl")
    one = what[0] if what else None
    if one is not None and _is_file(one):
        report = _of_film(Path(one))
    else:
        sources = film_of(one, cut, "bnviz check")
        settings = settings_of(theme, silent, lesson, language, progress)
        size = QUALITIES[quality.value]
        request = request_of(sources, settings, Path(), size, workers, cache, False, complaints=progress)
        from bnviz.cli.progress import FilmProgress
        from bnviz.film.check import check as check_scenes

        with FilmProgress(progress) as bar:
            report = check_scenes(request, bar)
    if as_json:
        print(json.dumps(report.as_data(), indent=2, ensure_ascii=False))
    else:
        _show(report)
    if report.beyond:
        raise typer.Exit(1)


def _is_file(what: str) -> bool:
    """Whether a file is named, and not scenes, which are identifiers."""
    return any(mark in what for mark in "/\\.") or Path(what).is_file()


def _of_film(film: Path) -> Report:
    if not film.is_file():
        raise UserError(f"there is no film {film}; name a film's file, or scenes: bnviz check Valley,Bowl")
    from bnviz.review.check import check_film

    with progress.status(f"watching {film}"):
        return check_film(film)


def _show(report: Report) -> None:
    """A row a check; where there is room for it, with the place of the worst figure."""
    is_wide = console.width >= WIDE
    table = (
        Table("what", "measured", "worst", "limit", "result", "where")
        if is_wide
        else Table(
            "measured", "worst", "limit", "result", title_justify="left", pad_edge=False, box=SIMPLE_HEAD
        )
    )
    for subject, row in groupby(report.checks, key=lambda check: check.subject):
        if not is_wide:
            table.add_row(Text(subject, "bold"))
        for number, check in enumerate(row):
            *cells, where = _cells(check)
            if is_wide:
                table.add_row("" if number else subject, *cells, where)
            else:
                table.add_row(Text(f"  {check.name}"), *cells[1:3], cells[3] or Text(str(where), "dim"))
        table.add_section()
    console.print(table, soft_wrap=False)
    for line in _sentences(report):
        console.print(line, highlight=False)


def _cells(check: Check) -> tuple[str | Text, ...]:
    """What was measured, the worst figure, the limit, whether it holds, and where that figure is."""
    limit = check.range.bounds
    if (worst := check.worst) is None:
        return check.name, "", limit, "", check.unmeasured or "there is none"
    beyond = Text("BEYOND", "bold red") if check.is_binding else Text("warning", "yellow")
    verdict = beyond if check.beyond else Text("ok", "green")
    where = shorten(str(worst.place), WHERE, placeholder=" …") if worst.value else ""
    return check.name, check.range.write(worst.value), limit, verdict, Text(where)


def _sentences(report: Report) -> Iterator[str]:
    for check in (*report.warnings, *report.beyond):
        kind = check.subject if check.is_binding else f"warning, {check.subject}"
        yield from (f"{kind}: {problem}" for problem in check.problems[:NAMED])
        if more := len(check.problems[NAMED:]):
            yield f"{kind}: and {more} more like this; --json has them all"
    if report.needs_scenes:
        needing = " and ".join(report.needs_scenes)
        yield f"not checked: {needing}, which only the scenes tell: bnviz check, or bnviz check Valley,Bowl"
    if report.beyond:
        yield f"{len(report.beyond)} of {len(report.checks)} checks are beyond their limit"
    else:
        yield "nothing is beyond its limit"
