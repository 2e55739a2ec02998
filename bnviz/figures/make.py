"""Every beat's last picture as a figure for an article: SVG, PDF and PNG, and an index of them all.

``figures.json`` has a figure's files, its title, caption and alternative text, and the numbers it shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bnviz.errors import UserError
from bnviz.figures import writers
from bnviz.figures.layouts import Printed, printed
from bnviz.figures.look import FILM_WIDTH, Layout, Look
from bnviz.figures.panel_lists import LETTERS, PanelFigure
from bnviz.figures.panels import look_of_a_panel, sheet_of, stopped
from bnviz.figures.shown_numbers import Number, shown_numbers
from bnviz.figures.snippets import snippets
from bnviz.figures.writers import About
from bnviz.files import filling
from bnviz.run.beats import beats_of
from bnviz.run.discover import SceneSource
from bnviz.run.run_scene import run_scene
from bnviz.workers.pool import Done, Task, run_tasks
from scenes.kit import languages, palettes

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene
    from scenes.kit.settings import Settings

INDEX = "figures.json"
ALIASES = {
    ("ValleyToBowl", "parked"): "cost-before-standardizing",
    ("ValleyToBowl", "opened"): "cost-after-standardizing",
    ("VanishingGradient", "slope"): "sigmoid-slope",
    ("BatchSplit", "own"): "all-rows-against-mini-batches",
}
"""The figures of the article that the film is based on; each is written under this name, too."""


@dataclass(frozen=True)
class Figure:
    """One beat's figure. ``files`` are names in the folder of the index, by format; ``numbers`` are shown."""

    name: str
    scene: str
    beat: str
    title: str
    caption: str
    alt: str
    theme: str
    width_mm: float
    height_mm: float
    dpi: int
    transparent: bool
    files: dict[str, str]
    alias: str | None
    alias_files: dict[str, str]
    numbers: tuple[Number, ...]
    layout: str = Layout.film.value
    monochrome: bool = False


@dataclass(frozen=True)
class FigureRequest:
    """What is to be drawn: ``beats`` are names (None: all), ``formats`` some of writers.FORMATS.

    ``panels`` are figures of several beats, in mm ``panel_width`` wide, or as wide as each of them says. With
    ``text`` letters are text in SVGs and outlines in PDFs, else the other way round.
    """

    sources: Sequence[SceneSource]
    settings: Settings
    folder: Path
    workers: int
    formats: Sequence[str] = writers.FORMATS
    width: float = FILM_WIDTH
    dpi: int = 300
    transparent: bool = False
    beats: Collection[str] | None = None
    layout: Layout = Layout.film
    monochrome: bool = False
    panels: Sequence[PanelFigure] = ()
    panel_width: float | None = None
    text: bool = False

    @property
    def look(self) -> Look:
        """How they look."""
        return Look(self.layout, self.width, self.dpi, self.transparent, self.monochrome)

    def stem(self, name: str) -> str:
        """A file's name without its suffix: ``name``, and how this figure differs from the usual one."""
        marks = {
            self.settings.theme: self.settings.theme != palettes.PRINT,
            self.settings.language: self.settings.language != languages.ENGLISH.code,
            "transparent": self.transparent,
            "monochrome": self.monochrome,
            self.settings.letters: self.settings.letters != languages.SANS,
            self.settings.lesson_name or "": self.settings.lesson_name is not None,
        }
        return "-".join([name, *(mark for mark, differs in marks.items() if differs)])


def make_figures(request: FigureRequest, on_done: Callable[[str], None] = lambda scene: None) -> list[Figure]:
    """Draw the figures, and put them and their index into the request's folder; all of them or none.

    Figures that were there before and are not drawn anew stay, and stay in the index.

    Raises:
        UserError: a beat is in none of the scenes, a picture would be too large, the date of PDFs is none, or
            the folder's index is none.
    """
    _require_drawable(request)
    by_scene: dict[str, list[Figure]] = {}
    with filling(request.folder) as folder:
        tasks = [Task(source.name, draw_scene, (source, request, folder)) for source in request.sources]
        tasks += [Task(figure.name, draw_panels, (figure, request, folder)) for figure in request.panels]
        for event in run_tasks(tasks, request.workers):
            if isinstance(event, Done):
                by_scene[event.scene] = event.result
                on_done(event.scene)
        made = [figure for task in tasks for figure in by_scene[task.scene]]
        index = sorted([*_kept(request.folder, made), *map(_entry, made)], key=_place)
        text = json.dumps(index, indent=1, ensure_ascii=False, allow_nan=False)
        (folder / INDEX).write_text(text + "\n", encoding="utf-8", newline="\n")
        for name, snippet in snippets(index).items():
            (folder / name).write_text(snippet, encoding="utf-8", newline="\n")
    return made


def _require_drawable(request: FigureRequest) -> None:
    """Refuse an order that cannot be carried out, before anything is drawn."""
    known = {beat for source in request.sources for beat in beats_of(source)} if request.beats else set()
    if missing := sorted(set(request.beats or ()) - known):
        where = ", ".join(source.name for source in request.sources)
        raise UserError(
            f"--beats names {', '.join(missing)}, which is in none of the scenes {where}; "
            f"they have: {', '.join(sorted(known))}"
        )
    widths = [request.panel_width or figure.width for figure in request.panels]
    writers.require_size(max([request.width, *widths]), request.dpi, request.formats)
    writers.creation_date()
    list(_kept(request.folder, ()))


def draw_scene(
    source: SceneSource, request: FigureRequest, folder: Path, report: Callable[[int], None]
) -> list[Figure]:
    """Draw one scene's figures into ``folder``, without rendering what leads to them."""
    made: list[Figure] = []

    def take(scene: BeatScene, beat: str) -> None:
        if request.beats is None or beat in request.beats:
            scene.update_mobjects(0)  # as Manim does at the end of an animation that it does not skip
            with printed(scene, request.look) as picture:
                if picture is not None:
                    made.append(_draw(scene, beat, picture, request, folder))
            report(len(made))

    run_scene(source, request.settings, request.look.size, draw=False, on_beat_end=take)
    return made


def draw_panels(
    figure: PanelFigure, request: FigureRequest, folder: Path, report: Callable[[int], None]
) -> list[Figure]:
    """Draw one figure of several beats into ``folder``; none where no beat of it is told of the lesson."""
    look = replace(request.look, width=request.panel_width or figure.width)
    scenes = stopped(figure.panels, request.settings, look_of_a_panel(figure, look))
    with sheet_of(figure, scenes, request.settings, look) as picture:
        if picture is None:
            return []
        lettered = list(zip(LETTERS, scenes, strict=False))
        told = [(letter, item.scene.words, item.beat) for letter, item in lettered]
        title = figure.title or "; ".join(
            f"{letter}: {words.full_title(beat)}" for letter, words, beat in told
        )
        caption = figure.caption or " ".join(
            f"({letter}) {words.figure_caption(beat)}" for letter, words, beat in told
        )
        alt = figure.alt or " ".join(f"{letter}: {words.alt(beat)}" for letter, words, beat in told)
        shown = (number for item in scenes for number in shown_numbers(item.scene, item.beat))
        made = _write(
            picture, request, folder, figure.name, (title, caption, alt), tuple(dict.fromkeys(shown))
        )
        report(1)
    return [made]


def _draw(scene: BeatScene, beat: str, picture: Printed, request: FigureRequest, folder: Path) -> Figure:
    """Write the picture in every format."""
    scene_name, words = type(scene).__name__, scene.words
    told = words.full_title(beat), words.figure_caption(beat), words.alt(beat)
    numbers = tuple(shown_numbers(scene, beat))
    name, alias = figure_name(scene_name, beat), ALIASES.get((scene_name, beat))
    return _write(picture, request, folder, name, told, numbers, (scene_name, beat), alias)


def _write(
    picture: Printed,
    request: FigureRequest,
    folder: Path,
    name: str,
    told: tuple[str, str, str],
    numbers: tuple[Number, ...],
    of: tuple[str, str] = ("", ""),
    alias: str | None = None,
) -> Figure:
    """Write the picture in every format; ``told`` are its title, caption and alternative text."""
    page, (title, caption, alt) = picture.sheet, told
    keywords = (*filter(None, of), *(f"{number.name} = {number.text}" for number in numbers))
    about = About(title, alt, keywords)
    files = {suffix: f"{request.stem(name)}.{suffix}" for suffix in request.formats}
    alias_files = {suffix: f"{request.stem(alias)}.{suffix}" for suffix in request.formats} if alias else {}
    for suffix, file in files.items():
        writers.write(folder / file, picture.draw, page, about, request.text)
        if alias:  # drawn anew, since the ids in an SVG begin with its own name
            writers.write(folder / alias_files[suffix], picture.draw, page, about, request.text)
    return Figure(
        name=name,
        scene=of[0],
        beat=of[1],
        title=title,
        caption=caption,
        alt=alt,
        theme=request.settings.theme,
        width_mm=page.width,
        height_mm=page.height,
        dpi=page.dpi,
        transparent=request.transparent,
        files=files,
        alias=alias,
        alias_files=alias_files,
        numbers=numbers,
        layout=request.layout.value,
        monochrome=request.monochrome,
    )


def figure_name(scene: str, beat: str) -> str:
    """What a beat's figure is called: ``two-scales-table``."""
    from bnviz.run.discover import file_name

    return f"{Path(file_name(scene)).stem.replace('_', '-')}-{beat}"


def _entry(figure: Figure) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(figure)))  # type: ignore[no-any-return]


def _place(entry: dict[str, Any]) -> tuple[int, str, str]:
    """The film's order first."""
    import scenes

    request = scenes.ORDER
    first = request.index(entry["scene"]) if entry["scene"] in request else len(request)
    return first, entry["scene"], min(entry["files"].values())


def _kept(folder: Path, made: Sequence[Figure]) -> Iterator[dict[str, Any]]:
    """What the index of ``folder`` says of figures that are not drawn anew and still lie there."""
    path = folder / INDEX
    if not path.is_file():
        return
    written = {file for figure in made for file in figure.files.values()}
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
        for entry in before:
            files = {kind: file for kind, file in entry["files"].items() if file not in written}
            if files and all((folder / file).exists() for file in files.values()):
                aliases = {kind: file for kind, file in entry["alias_files"].items() if kind in files}
                kept = entry | {"files": files, "alias_files": aliases}
                _place(kept)  # every entry must have one
                yield kept
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(f"{path} is not an index of figures ({error}); remove it and try again") from error
