"""The command that draws one beat's last picture: ``bnviz still``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bnviz.cli.common import beat_of, console, marks_of, require_complete, settings_of
from bnviz.cli.options import LanguageOption, LessonOption, QualityName, QualityOption, ThemeOption, nonempty
from bnviz.cli.outputs import require_file
from bnviz.errors import UserError
from bnviz.run.beats import beats_of
from bnviz.run.quality import QUALITIES
from scenes.kit.languages import ENGLISH
from scenes.kit.palettes import FILM


def still(
    what: Annotated[str, typer.Argument(help="A beat of a scene: Valley/descent.")],
    quality: QualityOption = QualityName.high,
    theme: ThemeOption = FILM,
    language: LanguageOption = ENGLISH.code,
    output: Annotated[
        Path | None, typer.Option(parser=nonempty, metavar="FILE", help="The PNG file to write.")
    ] = None,
    lesson: LessonOption = None,
) -> None:
    """Draw the last picture of one beat, as it is in the film, without rendering what leads to it."""
    source, beat = beat_of(what)
    if not beat:
        raise UserError(f"{what} names no beat; it must be like {what}/{beats_of(source)[-1]}")
    parts = [source.path.stem, beat, *marks_of(theme, language)]
    settings = settings_of(theme, True, lesson, language)
    parts += filter(None, [settings.lesson_name])
    path = output or Path("media/stills") / f"{'-'.join(parts)}.png"
    require_file("--output", path, [".png"])
    require_complete([source], settings)
    from bnviz.run import png
    from bnviz.run.stills import beat_stills

    chosen = QUALITIES[quality.value]
    with console.status(f"drawing {what}"):
        stills = beat_stills(source, settings, *chosen.size, only=beat)
    if beat not in stills:
        raise UserError(f"{what} is left out: it is not true of these data")
    try:
        png.write(stills[beat].picture, path, optimize=False)
    except OSError as error:
        raise UserError(f"--output {path}: {error}") from error
    console.print(f"{path}  {chosen.width}x{chosen.height}, {path.stat().st_size / 1e3:.0f} kB")
