"""``bnviz check`` for lessons: a report before anything is rendered, and on request every still."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.table import Table
from rich.text import Text

from bn_math.data.reading import SUFFIXES
from bnviz.cli.common import console, remember_networks, terminal
from bnviz.cli.options import CACHE
from bnviz.errors import UserError
from bnviz.run import discover
from scenes.kit.languages import named

if TYPE_CHECKING:
    from bnviz.lessons.report import LessonReport
    from bnviz.lessons.stills import Look
    from scenes.kit.settings import Settings

NARROW, WIDE = 60, 100  # characters of a line
complaints = terminal(stderr=True)


def is_lesson(what: str) -> bool:
    """Whether the suffix tells that a lesson's file is meant, or data for one."""
    return Path(what).suffix.lower() in (".toml", *SUFFIXES)


def check_lessons(
    files: Sequence[Path],
    sources: Sequence[discover.SceneSource],
    theme: str,
    silent: bool,
    language: str,
    workers: int,
    as_json: bool,
    stills: bool,
) -> None:
    """Report on lessons and their films of ``sources``; with ``stills`` check every still of these, too.

    Raises:
        typer.Exit: 1 if no film can be made of a lesson, or a still has a fault.
    """
    from bnviz.lessons.report import report

    remember_networks(CACHE)
    found: dict[str, LessonReport] = {}
    refused: dict[str, str] = {}
    settings: dict[str, Settings] = {}
    for file in files:
        try:
            settings[str(file)] = _settings(file, theme, silent, language)
        except UserError as error:
            refused[str(file)] = str(error)
            continue
        found[str(file)] = report(file, settings[str(file)], [source.name for source in sources])
        if not as_json:
            if len(found) > 1:
                console.print()
            _show(found[str(file)])
    for sentence in [] if as_json else refused.values():
        complaints.print(Text.assemble(("error: ", "bold red"), sentence))
    makeable = {name: settings[name] for name, item in found.items() if not item.problems}
    looks = _look(makeable, sources, workers, as_json) if stills else {}
    if as_json:
        data = [
            {"lesson": name, "can_be_made": False, "problems": [reason]} for name, reason in refused.items()
        ]
        data += [item.as_data() | _as_data(looks.get(name)) for name, item in found.items()]
        _print_json(data[0] if len(files) == 1 else data)
    if refused or len(makeable) < len(found) or any(look.problems for look in looks.values()):
        raise typer.Exit(1)


def check_random(count: int, seed: int, theme: str, language: str, workers: int, as_json: bool) -> None:
    """Make every still of films about random data sets, those of ``seed`` and the next ones, and check them.

    Raises:
        typer.Exit: 1 if a still has a fault.
    """
    from bnviz.lessons.random_lessons import random_lesson
    from scenes.kit.settings import Settings

    remember_networks(CACHE)
    lessons: dict[str, Settings] = {}
    reasons: dict[str, str] = {}
    for number in range(seed, seed + count):
        name = f"--random 1 --seed {number}"
        try:
            lesson = random_lesson(number)
        except ValueError as error:
            reasons[name] = str(error)
            if not as_json:
                console.print(f"{name}: refused, {error}", style="dim", highlight=False)
        else:
            lessons[name] = Settings(theme=theme, voice=False, language=language, lesson=lesson)
    looks = _look(lessons, discover.film(), workers, as_json)
    faulty = sum(bool(look.problems) for look in looks.values())
    if as_json:
        _print_json(
            [{"lesson": name, "can_be_made": False, "problems": [why]} for name, why in reasons.items()]
            + [{"lesson": name, "can_be_made": True} | _as_data(look) for name, look in looks.items()]
        )
    else:
        console.print(
            f"{count} data sets: {len(reasons)} refused with a reason, {len(looks) - faulty} without a "
            f"fault, {faulty} with one"
        )
    if faulty:
        raise typer.Exit(1)


def _settings(file: Path, theme: str, silent: bool, language: str) -> Settings:
    from scenes.kit.settings import Settings

    voice = not silent and named(language).voice is not None
    try:
        return Settings(theme=theme, voice=voice, language=language).with_lesson(file.resolve())
    except FileNotFoundError:
        raise UserError(f"there is no lesson {file}") from None
    except (ValueError, OSError) as error:
        raise UserError(str(error)) from error


def _look(
    lessons: dict[str, Settings], sources: Sequence[discover.SceneSource], workers: int, as_json: bool
) -> dict[str, Look]:
    from bnviz.lessons.stills import look_at

    def hear(name: str, look: Look) -> None:
        if as_json:
            return
        count = len(look.problems)
        verdict = f"{count} fault{'s' * (count > 1)}" if count else "no fault"
        console.print(f"{name}: {look.stills} stills, {verdict}", highlight=False)
        for problem in look.problems:
            console.print(f"  {problem}", highlight=False)

    with complaints.status("drawing every still"):
        return look_at(lessons, sources, workers, hear)


def _as_data(look: Look | None) -> dict[str, Any]:
    return {} if look is None else {"stills": look.stills, "faults": list(look.problems)}


def _print_json(data: Any) -> None:
    print(json.dumps(data, indent=2, ensure_ascii=False))


def _show(report: LessonReport) -> None:
    table = Table.grid(padding=(0, 2), pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold", max_width=min(max(console.width, NARROW), WIDE) - 14)
    table.add_row("lesson", Text(report.file))
    for head, texts in _rows(report):
        for number, text in enumerate(texts):
            table.add_row("" if number else head, text if isinstance(text, Text) else Text(text))
    console.print(table, soft_wrap=False)


def _rows(report: LessonReport) -> Iterator[tuple[str, Sequence[str | Text]]]:
    narrow, wide, target = report.columns
    yield "data", [f"{report.rows:,} rows", f"features: {narrow}; {wide}", f"target: {target}", *report.notes]
    yield "", []
    for head, kind in (("raw", report.raw), ("standardized", report.standardized)):
        steps = "never arrives" if kind.steps is None else f"{kind.steps:,} step{'s' * (kind.steps != 1)}"
        yield head, [f"condition number {kind.condition_number:,.4g}, {steps} of gradient descent"]
    yield "story", [Text(report.sentences[0], "bold"), *report.sentences[1:]]
    scenes = "" if len(report.scenes) == report.of_scenes else f" of {report.of_scenes}"
    yield (
        "film",
        [
            f"{len(report.scenes)}{scenes} scenes, {report.beats} beats, about {_minutes(report.seconds)}",
            _rendering(report),
        ],
    )
    yield "left out", _left_out(report) or ["nothing: every sentence is true of these data"]
    yield "warnings", [Text(text, "yellow") for text in report.warnings]
    yield "problems", [Text(text, "bold red") for text in report.problems]


def _rendering(report: LessonReport) -> str:
    from bnviz.cli.options import CORES

    times = [
        f"{_minutes(seconds / CORES)} with --quality {name}" for name, seconds in report.core_seconds.items()
    ]
    return f"rendered in about {', '.join(times)}, on {CORES} core{'s' * (CORES > 1)} of the usual kind"


def _left_out(report: LessonReport) -> list[str]:
    lines = []
    for (scene, beat, title), items in groupby(
        report.left_out, key=lambda item: (item.scene, item.beat, item.title)
    ):
        group = list(items)
        needs = ", or ".join(dict.fromkeys(item.needs for item in group))
        what = "the whole beat" if not group[0].sentence else f"{len(group)} sentence{'s' * (len(group) > 1)}"
        lines.append(f"{scene}/{beat} ({title}): {what}; told where {needs.replace('_', ' ')}")
    return lines


def _minutes(seconds: float) -> str:
    if seconds < 90:
        return f"{max(round(seconds, -1), 10):.0f} seconds"
    return f"{seconds / 60:.0f} minutes"
