"""Every beat's last picture as a figure for an article: SVG, PDF and PNG, and an index of them all.

``figures.json`` has a figure's files, its title, caption and alternative text, and the numbers it shows.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bnviz.errors import UserError
from bnviz.figures import writers
from bnviz.figures.writers import About, FigureSheet
from bnviz.files import filling
from bnviz.run.beats import beats_of
from bnviz.run.discover import SceneSource
from bnviz.run.run_scene import run_scene
from bnviz.run.stills import letterings
from bnviz.workers.pool import Done, Task, run_tasks
from scenes.kit import languages, palettes

if TYPE_CHECKING:
    from scenes.kit.beats import BeatScene
    from scenes.kit.settings import Settings

INDEX = "figures.json"
LINES_AS_AT = 1920, 1080  # Manim draws a formula's bars thinner the fewer pixels a picture has
ALIASES = {
    ("ValleyToBowl", "parked"): "cost-before-standardizing",
    ("ValleyToBowl", "opened"): "cost-after-standardizing",
    ("VanishingGradient", "slope"): "sigmoid-slope",
    ("BatchSplit", "statistics"): "all-rows-against-mini-batches",
}
"""The figures of the article that the film is based on; each is written under this name, too."""


@dataclass(frozen=True)
class Number:
    """A number in a figure: its name, how it is written, and its value as far as that is known."""

    name: str
    text: str
    value: float | None = None


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


@dataclass(frozen=True)
class FigureRequest:
    """What is to be drawn: ``beats`` are names (None: all), ``formats`` some of pages.FORMATS."""

    sources: Sequence[SceneSource]
    settings: Settings
    folder: Path
    workers: int
    formats: Sequence[str] = writers.FORMATS
    width: float = FigureSheet.width
    dpi: int = FigureSheet.dpi
    transparent: bool = False
    beats: Collection[str] | None = None

    def stem(self, name: str) -> str:
        """A file's name without its suffix: ``name``, and how this figure differs from the usual one."""
        marks = {
            self.settings.theme: self.settings.theme != palettes.PRINT,
            self.settings.language: self.settings.language != languages.ENGLISH.code,
            "transparent": self.transparent,
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
        for event in run_tasks(tasks, request.workers):
            if isinstance(event, Done):
                by_scene[event.scene] = event.result
                on_done(event.scene)
        made = [figure for source in request.sources for figure in by_scene[source.name]]
        index = [*_kept(request.folder, made), *map(_entry, made)]
        text = json.dumps(sorted(index, key=_place), indent=1, ensure_ascii=False, allow_nan=False)
        (folder / INDEX).write_text(text + "\n", encoding="utf-8")
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
    writers.require_size(request.width, request.dpi, request.formats)
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
            made.append(_draw(scene, beat, request, folder))
            report(len(made))

    run_scene(source, request.settings, LINES_AS_AT, draw=False, on_beat_end=take)
    return made


def _draw(scene: BeatScene, beat: str, request: FigureRequest, folder: Path) -> Figure:
    """Write the picture as it stands in every format."""
    from scenes.kit.drawing.page_canvas import PageCamera, in_units

    def draw(canvas: Any, width: float, height: float) -> None:
        camera = PageCamera(canvas)
        with in_units(canvas.context, width, height, camera.frame_width):
            camera.capture_mobjects([*scene.mobjects, *scene.foreground_mobjects])

    scene_name, words = type(scene).__name__, scene.words
    red, green, blue = (float(channel) for channel in scene.theme.background.to_rgb())
    page = FigureSheet(request.width, request.dpi, None if request.transparent else (red, green, blue))
    numbers = tuple(shown_numbers(scene, beat))
    title = words.full_title(beat)
    about = About(title, words.alt(beat), (scene_name, beat, *(f"{n.name} = {n.text}" for n in numbers)))
    name = figure_name(scene_name, beat)
    files = {suffix: f"{request.stem(name)}.{suffix}" for suffix in request.formats}
    alias = ALIASES.get((scene_name, beat))
    alias_files = {suffix: f"{request.stem(alias)}.{suffix}" for suffix in request.formats} if alias else {}
    for suffix, file in files.items():
        writers.write(folder / file, draw, page, about)
        if alias:  # drawn anew, since the ids in an SVG begin with its own name
            writers.write(folder / alias_files[suffix], draw, page, about)
    return Figure(
        name=name,
        scene=scene_name,
        beat=beat,
        title=title,
        caption=words.caption(beat),
        alt=about.description,
        theme=request.settings.theme,
        width_mm=page.width,
        height_mm=page.height,
        dpi=page.dpi,
        transparent=request.transparent,
        files=files,
        alias=alias,
        alias_files=alias_files,
        numbers=numbers,
    )


def figure_name(scene: str, beat: str) -> str:
    """What a beat's figure is called: ``two-scales-table``."""
    from bnviz.run.discover import file_name

    return f"{Path(file_name(scene)).stem.replace('_', '-')}-{beat}"


def shown_numbers(scene: BeatScene, beat: str) -> Iterator[Number]:
    """The numbers on the screen and in the caption: those of the words, then the key figures."""
    from scenes.kit.lettering.counter import Counter

    seen = [item for item in letterings(scene) if _is_seen(item)]
    texts = [str(getattr(item, "markup", "")) for item in seen]
    texts += [sentence.caption for sentence in scene.words.narration(beat)]
    found = {quantity for text in texts for quantity in scene.words.quantities(text)}
    for quantity in sorted(found, key=lambda item: (item.name, item.text)):
        value = quantity.value if math.isfinite(quantity.value) else None
        yield Number(quantity.name, plain(quantity.text), value)
    for item in seen:
        if item.name != type(item).__name__:
            text = item.written if isinstance(item, Counter) else str(getattr(item, "markup", ""))
            yield Number(plain(item.name), plain(text))


def plain(markup: str) -> str:
    """Typst markup without what only Typst needs."""
    for mark, replacement in {"#super[": "^", "]": "", "$": "", "\\": " "}.items():
        markup = markup.replace(mark, replacement)
    return " ".join(markup.split())


def _is_seen(lettering: Any) -> bool:
    shapes = (part for part in lettering.get_family() if len(part.points) > 1)
    return any(float(part.get_fill_opacity()) > 0 for part in shapes)


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
