"""A page to hand out: a folder with the film, its scenes, its figures and its numbers, and no link out of it.

Figures are always drawn anew. Scenes that are in the store are not rendered again, and films that the page of
before was made of are taken over where they are whole and made from the same scenes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bnviz.figures.look import Layout
from bnviz.figures.make import Figure, FigureRequest, make_figures
from bnviz.files import replacing_folder
from bnviz.film.description import about, clock
from bnviz.film.file_names import files_of, film_file, scene_file
from bnviz.film.make import FilmRequest, Listener, comment_of, film_of, rendered_scenes
from bnviz.film.timeline import timeline
from bnviz.html.templates import templates_of
from bnviz.html.themes import page_themes, theme_css
from bnviz.icon import icon_svg
from bnviz.page.model import (
    PageFigure,
    PageScene,
    beside,
    captions_script,
    scenes_of,
    size,
)
from bnviz.page.numbers import numbers_of
from bnviz.page.pictures import take_over, take_over_to_look_at
from bnviz.page.try_it import address_beside
from bnviz.play.make import PAGE as PLAY
from bnviz.play.make import write_play
from bnviz.play.model import words_of
from bnviz.posters import overview
from bnviz.run.discover import load
from bnviz.temporary import temporary_folder

if TYPE_CHECKING:
    from bnviz.run.render import RenderedScene

PAGE, RECORD = "index.html", "page.json"
FILM, SCENES, FIGURES, ASSETS = "film", "scenes", "figures", "assets"
FACES = ("Regular", "Bold", "Light")
WEB = ("page.css", "print.css", "page.js", "viewer.js", "tracks.js")
FORMATS, DPI = ("svg", "png"), 200  # of figures; their PDFs would be larger than all the rest


@dataclass(frozen=True)
class MadePage:
    """A page that is whole."""

    scenes: list[PageScene]
    figures: list[Figure]
    film: Path


def make_page(
    request: FilmRequest, listener: Listener | None = None, on_step: Callable[[str], None] = lambda step: None
) -> MadePage:
    """Write the page of the scenes of ``request`` into its output, a folder that is replaced as a whole.

    Args:
        request: which scenes, and how; its output is the folder.
        listener: hears how far the film is.
        on_step: told what is being done.

    Raises:
        SceneFailed: a scene raised an exception; the page of before has not changed.
        UserError: the folder holds something else, or the lesson cannot be read.
    """
    folder = request.output
    film = film_file(Path(FILM), request.sources, request.settings)
    with replacing_folder(folder) as place:
        on_step("drawing figures and posters")
        figures = _make_figures(request, place)
        list(overview.make_posters(request.sources, request.settings, place / SCENES, request.workers))
        on_step("rendering the film and its scenes")
        scenes = _make_films(request, place, film, listener or Listener())
        _write_record(place, scenes, figures)
        _write_assets(place, request.settings.theme)
        write_play(request.settings, place)
        _write_page(request, place, film, scenes, figures)
    return MadePage(scenes, [item.figure for item in figures], folder / film)


# -- the films --
def _make_films(request: FilmRequest, place: Path, film: Path, listener: Listener) -> list[PageScene]:
    """Render the scenes once, for the film and for their own files."""
    with rendered_scenes(request, place, listener) as rendered:
        listener.joining()
        _make_film(request, rendered, place, film, request.title)
        stems = []
        for source, scene in zip(request.sources, rendered, strict=True):
            path = scene_file(Path(SCENES), source, request.settings)
            stems.append(path.stem)
            _make_film(request, [scene], place, path, scene.title)
        return scenes_of(timeline(rendered), stems)


def _make_film(
    request: FilmRequest, rendered: Sequence[RenderedScene], place: Path, path: Path, title: str
) -> None:
    """Write ``path`` in ``place``, where what the page of before has is laid first: it may be right."""
    (place / path).parent.mkdir(exist_ok=True)
    for old, new in zip(files_of(request.output / path), files_of(place / path), strict=True):
        if old.is_file():
            shutil.copyfile(old, new)
    film_of(request, rendered, place / path, title)


def _write_record(place: Path, scenes: list[PageScene], figures: list[PageFigure]) -> None:
    """What the page shows, for programs."""
    told = ("name", "scene", "beat", "title", "caption", "alt", "files")
    record = {
        "scenes": [asdict(scene) for scene in scenes],
        "figures": [{field: getattr(item.figure, field) for field in told} for item in figures],
    }
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (place / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")


# -- the figures --
def _make_figures(request: FilmRequest, place: Path) -> list[PageFigure]:
    """Every figure for a light page, also to be taken away; and for a dark one to be looked at."""
    folder = place / FIGURES
    folder.mkdir()

    def figures(scratch: Path, theme: str, formats: Sequence[str]) -> list[Figure]:
        settings = replace(request.settings, theme=theme)
        order = FigureRequest(request.sources, settings, scratch, request.workers, formats, dpi=DPI)
        return make_figures(replace(order, layout=Layout.film))  # beside the film, what it shows

    on_light, on_dark = page_themes(request.settings.theme)
    with temporary_folder(place) as scratch:
        light, dark = figures(scratch, on_light, FORMATS), figures(scratch, on_dark, ("png",))
        keys = _key_beats(request, light)
        return [
            PageFigure(
                figure=day,
                dark=take_over_to_look_at(scratch / night.files["png"], folder).name,
                files={kind: take_over(scratch / file, folder) for kind, file in day.files.items()},
                is_key=day.beat == keys[day.scene],
            )
            for day, night in zip(light, dark, strict=True)
        ]


def _key_beats(request: FilmRequest, figures: Sequence[Figure]) -> dict[str, str]:
    """The beat that stands for each scene: its poster's, or the last one where that is not told."""
    told = {
        source.name: [item.beat for item in figures if item.scene == source.name]
        for source in request.sources
    }
    posters = {source.name: load(source).poster for source in request.sources}
    return {name: poster if (poster := posters[name]) in beats else beats[-1] for name, beats in told.items()}


# -- the page --
def _write_assets(place: Path, theme: str) -> None:
    import font_lato

    assets = place / ASSETS
    assets.mkdir()
    lato = Path(font_lato.__file__).parent / "files"
    for name in (*(f"Lato-{face}.ttf" for face in FACES), "OFL.txt"):
        shutil.copyfile(lato / name, assets / name)
    web = resources.files("bnviz.page") / "web"
    files = {name: (web / name).read_text(encoding="utf-8") for name in WEB}
    files |= {"theme.css": theme_css(theme), "icon.svg": icon_svg(), "captions.js": captions_script(place)}
    for name, text in files.items():
        (assets / name).write_text(text, encoding="utf-8", newline="\n")


def _write_page(
    request: FilmRequest, place: Path, film: Path, scenes: list[PageScene], figures: list[PageFigure]
) -> None:
    environment = templates_of("bnviz.page")
    environment.filters |= {"beside": beside, "clock": clock, "size": size}
    template = environment.get_template("index.html.jinja")
    told = about(request.settings)
    posters = {source.name: f"{SCENES}/{source.path.stem}.png" for source in request.sources}
    text = template.render(
        title=request.title,
        about=comment_of(request.settings),
        lead=told.subject,
        credits=told.credits,
        language=request.settings.language,
        is_narrated=request.settings.voice,
        place=place,
        film=film.as_posix(),
        posters=posters,
        scenes=scenes,
        seconds=scenes[-1].start + scenes[-1].seconds,
        figures={name: [item for item in figures if item.figure.scene == name] for name in posters},
        picture=request.quality.size,
        numbers=numbers_of(request.settings),
        play_page=PLAY,
        plays={name: address_beside(name, request.settings.lesson.story.is_the_article) for name in posters},
        play_words=words_of(request.settings),
    )
    (place / PAGE).write_text(text, encoding="utf-8", newline="\n")
