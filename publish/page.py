"""A page to hand out: a folder with the film, its scenes, its figures and its numbers, and no link out of it.

Figures are always drawn anew. The films, which take minutes, are taken from the page of before when they are
made from the very same code, words, lesson, settings and packages; ``page.json`` says from which.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from publish import overview
from publish.errors import UserError
from publish.figures import Figure, FigureOrder, make_figures
from publish.files import replacing
from publish.film import COMMENT, TITLE, Listener, Order, rendered_scenes
from publish.fingerprint import file_fingerprint, film_fingerprint
from publish.join import join
from publish.names import film_file, scene_file
from publish.page_model import (
    PageFigure,
    PageScene,
    captions_address,
    clock,
    numbers_of,
    scenes_of,
    size,
    theme_css,
)

PAGE, RECORD = "index.html", "page.json"
FILM, SCENES, FIGURES, ASSETS = "film", "scenes", "figures", "assets"
FACES = ("Regular", "Bold", "Light")
ON_SCREEN = 110  # dots an inch of what is only looked at on the page


@dataclass(frozen=True)
class MadePage:
    """A page that is whole. ``is_new``: its films were rendered, not taken from the page of before."""

    scenes: list[PageScene]
    figures: list[Figure]
    film: Path
    is_new: bool


def make_page(
    order: Order, listener: Listener | None = None, on_step: Callable[[str], None] = lambda step: None
) -> MadePage:
    """Write the page of the scenes of ``order`` into its output, a folder that is replaced as a whole.

    Args:
        order: which scenes, and how; its output is the folder.
        listener: hears how far the film is.
        on_step: told what is being done.

    Raises:
        SceneFailed: a scene raised an exception; the page of before has not changed.
        UserError: the folder holds something else, or the lesson cannot be read.
    """
    folder = order.output
    _require_ours(folder)
    made_from = film_fingerprint(order)
    film = film_file(Path(FILM), order.sources, order.settings)
    with replacing(folder) as place:
        place.mkdir()
        on_step("drawing figures and posters")
        figures = _make_figures(order, place)
        list(overview.make_posters(order.sources, order.settings, place / SCENES, order.workers))
        before = _scenes_of_before(folder, made_from)
        if before is None:
            on_step("rendering the film and its scenes")
            scenes = _make_films(order, place, film, listener or Listener())
        else:
            on_step("taking the film and its scenes from the page of before, which are made from the same")
            scenes = before
            for name in _record(folder)["films"]:
                (place / name).parent.mkdir(exist_ok=True)
                shutil.copyfile(folder / name, place / name)
        _write_record(place, made_from, scenes)
        _write_assets(place)
        _write_page(order, place, film, scenes, figures)
    return MadePage(scenes, [each.figure for each in figures], folder / film, before is None)


def _require_ours(folder: Path) -> None:
    """Refuse to replace what is no page."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UserError(f"--output {folder} is a file; it must name a folder for the page")
    if any(folder.iterdir()) and not (folder / RECORD).is_file():
        raise UserError(
            f"--output {folder} holds something that is no page (it has no {RECORD}), and would be replaced "
            "as a whole; name a new folder, or an empty one"
        )


# -- the films --
def _make_films(order: Order, place: Path, film: Path, listener: Listener) -> list[PageScene]:
    """Render the scenes once, for the film and for their own files."""
    language = order.settings.language
    with rendered_scenes(order, place, listener) as rendered:
        listener.joining()
        (place / FILM).mkdir()
        join(rendered, place / film, order.title, COMMENT, language)
        stems = []
        for source, scene in zip(order.sources, rendered, strict=True):
            path = scene_file(place / SCENES, source, order.settings)
            stems.append(path.stem)
            join([scene], path, scene.title, COMMENT, language)
        return scenes_of(rendered, stems)


def _scenes_of_before(folder: Path, made_from: str) -> list[PageScene] | None:
    """What the page of before says of its scenes, if its films are whole and made from the same."""
    try:
        record = _record(folder)
        films: dict[str, str] = record["films"]
        if record["made_from"] != made_from or not films:
            return None
        if any(file_fingerprint(folder / name) != content for name, content in films.items()):
            return None
        return [PageScene.from_json(entry) for entry in record["scenes"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # there is none, or somebody has changed it: it is made anew


def _record(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / RECORD).read_text(encoding="utf-8")))


def _write_record(place: Path, made_from: str, scenes: list[PageScene]) -> None:
    every = sorted(path for part in (FILM, SCENES) for path in (place / part).iterdir())
    films = {
        path.relative_to(place).as_posix(): file_fingerprint(path)
        for path in every
        if path.suffix in (".mp4", ".srt", ".vtt")
    }
    record = {"made_from": made_from, "scenes": [asdict(scene) for scene in scenes], "films": films}
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (place / RECORD).write_text(text + "\n", encoding="utf-8")


# -- the figures --
def _make_figures(order: Order, place: Path) -> list[PageFigure]:
    """Every figure in light, in all formats; and in dark to be looked at."""
    folder = place / FIGURES

    def figures(theme: str, **more: Any) -> list[Figure]:
        settings = replace(order.settings, theme=theme)
        return make_figures(FigureOrder(order.sources, settings, folder, order.workers, **more))

    light, dark = figures("light"), figures("dark", formats=("svg",), dpi=ON_SCREEN)
    return [
        PageFigure(day, night.files["svg"], {kind: folder / file for kind, file in day.files.items()})
        for day, night in zip(light, dark, strict=True)
    ]


# -- the page --
def _write_assets(place: Path) -> None:
    import font_lato

    assets = place / ASSETS
    assets.mkdir()
    lato = Path(font_lato.__file__).parent / "files"
    for name in (*(f"Lato-{face}.ttf" for face in FACES), "OFL.txt"):
        shutil.copyfile(lato / name, assets / name)
    web = resources.files("publish") / "web"
    for name in ("page.css", "page.js"):
        (assets / name).write_text((web / name).read_text(encoding="utf-8"), encoding="utf-8")
    (assets / "theme.css").write_text(theme_css(), encoding="utf-8")


def _write_page(
    order: Order, place: Path, film: Path, scenes: list[PageScene], figures: list[PageFigure]
) -> None:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("publish", "web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clock": clock, "size": size, "captions": captions_address}
    template = environment.get_template("index.html.jinja")
    posters = {source.name: f"{SCENES}/{source.path.stem}.png" for source in order.sources}
    text = template.render(
        title=TITLE,
        about=COMMENT,
        language=order.settings.language,
        is_narrated=order.settings.voice,
        place=place,
        film=film.as_posix(),
        posters=posters,
        scenes=scenes,
        seconds=sum(scene.seconds for scene in scenes),
        figures={name: [each for each in figures if each.figure.scene == name] for name in posters},
        picture=order.quality.size,
        numbers=numbers_of(order.settings),
    )
    (place / PAGE).write_text(text, encoding="utf-8")
