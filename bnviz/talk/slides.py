"""The film as a talk: HTML (reveal.js), PowerPoint, a PDF of stills, and what ``manim-slides present`` plays.

The videos are the film's own frames, cut at the beats. manim-slides' converters write the files; reveal.js
comes from the package pyreveal, of which nothing but its copy of reveal.js is used, and lies beside the HTML.
"""

from __future__ import annotations

import contextlib
import html
import importlib.util
import io
import json
import re
import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from bnviz.errors import UserError
from bnviz.files import filling, require_files, require_ours
from bnviz.film.make import FilmRequest, Listener, rendered_scenes
from bnviz.film.timeline import PlacedBeat, Timeline, timeline
from bnviz.icon import icon_svg
from bnviz.installation import install
from bnviz.media.cut import cut
from bnviz.media.encoders import FADE, LoopCrossfade, VideoFile
from bnviz.media.encoders import FORMATS as VIDEOS
from bnviz.media.soundtrack import RATE, narration
from bnviz.run.beats import beats_of
from bnviz.run.run_scene import manim_configured
from bnviz.talk.beside import move_data, move_scripts, move_speaker_view
from bnviz.talk.deck import Slide, slides_of

if TYPE_CHECKING:
    from manim_slides.config import PresentationConfig

    from scenes.kit.settings import Settings

FORMATS = ("html", "pptx", "pdf")
NAME = "valley-to-bowl"
ICON = "icon.svg"
REVEAL = "reveal"  # the folder of reveal.js among the deck's files
POINTS = 1280, 720  # a PowerPoint slide: 13.3 by 7.5 inches, whatever the size of the videos


@dataclass(frozen=True)
class Talk:
    """What to make: ``request`` says of which scenes and how; its output is the folder that takes the files.

    ``formats`` are some of :data:`FORMATS`; ``loops`` are beats, as ``Scene/beat``.
    """

    request: FilmRequest
    formats: Collection[str] = FORMATS
    loops: Collection[str] = ()


def missing_packages() -> list[str]:
    """The packages of the extra ``slides`` that are not installed."""
    return [package for package in ("manim-slides", "pyreveal") if not _is_installed(package)]


def _is_installed(package: str) -> bool:
    try:
        return bool(metadata.version(package))
    except metadata.PackageNotFoundError:
        return False


def make_slides(talk: Talk, listener: Listener | None = None) -> list[Slide]:
    """Render the scenes, cut them, and write the deck into ``talk.order.output``.

    Raises:
        SceneFailed: a scene raised an exception; the deck of before has not changed.
        UserError: a package is missing, a beat that is to loop does not exist, or something else than the
            deck of before is where it is to be written.
    """
    if missing := missing_packages():
        raise UserError(f"slides need {' and '.join(missing)}; install them with: {install('slides')}")
    _require_beats(talk)
    request, folder = talk.request, talk.request.output
    require_files([folder / f"{NAME}.{suffix}" for suffix in (*talk.formats, "json")])
    require_ours(folder / f"{NAME}_files")
    with rendered_scenes(request, folder, listener or Listener()) as rendered:
        plan = timeline(rendered)
        slides = slides_of(plan, talk.loops)
        with filling(folder) as place:
            files = place / f"{NAME}_files"
            files.mkdir()
            _write_clips(plan, slides, files)
            _write_deck(slides, place, talk, _background(request.settings))
    return slides


def _require_beats(talk: Talk) -> None:
    """Refuse loops that are no beats before anything is rendered."""
    if not talk.loops:
        return
    known = [f"{source.name}/{beat}" for source in talk.request.sources for beat in beats_of(source)]
    if unknown := [item for item in talk.loops if item not in known]:
        raise UserError(f"--loop names {', '.join(unknown)}; the beats are {', '.join(known)}")


def _background(settings: Settings) -> str:
    with manim_configured(settings):
        from scenes.kit import theme

        return str(theme.current().background.to_hex())


# -- the videos --
def _write_clips(plan: Timeline, slides: Sequence[Slide], files: Path) -> None:
    said = narration(plan.clips, round(Fraction(plan.frames, plan.frame_rate) * RATE))
    for slide in slides:
        placed = slide.placed
        start, end = (
            round(Fraction(placed.offset + frame, plan.frame_rate) * RATE)
            for frame in (placed.first, placed.last)
        )
        samples = None if said is None else said[start:end]
        video, first, last = placed.scene.video, placed.first, placed.last
        with tempfile.TemporaryDirectory(dir=files) as folder:
            if slide.loop:
                video = _with_ends_that_meet(placed, Path(folder))
                first, last = 0, placed.last - placed.first
            cut(video, files / f"{slide.name}.mp4", plan.frame_rate, first, last, samples)


def _with_ends_that_meet(placed: PlacedBeat, folder: Path) -> Path:
    """A looping beat's video, encoded again: its last half second becomes its first picture."""
    straight, looped, rate = folder / "straight.mp4", folder / "looped.mp4", placed.scene.frame_rate
    cut(placed.scene.video, straight, rate, placed.first, placed.last)
    file = VideoFile(looped, VIDEOS["mp4"], placed.scene.size, rate)
    meet = LoopCrossfade(file, round(FADE * rate))
    with av.open(straight) as container:
        for frame in container.decode(video=0):
            meet.write(np.asarray(frame.to_ndarray(format="rgba", threads=1), dtype=np.uint8))
    meet.finish()
    file.finish()
    return looped


# -- the files --
def _write_deck(slides: Sequence[Slide], place: Path, talk: Talk, background: str) -> None:
    from manim_slides.config import PresentationConfig, SlideConfig
    from manim_slides.convert import PDF, PowerPoint, RevealJS

    files = place / f"{NAME}_files"
    configs = []
    for slide in slides:
        video = files / f"{slide.name}.mp4"
        # Reversed videos would double the work; manim-slides too plays forwards when they are left out.
        configs.append(SlideConfig(file=video, rev_file=video, loop=slide.loop, notes=slide.notes))
    size = talk.request.quality.size
    deck = PresentationConfig(slides=configs, resolution=size, background_color=background)
    _write_json(deck, place / f"{NAME}.json", talk.request.output.resolve().name)
    with contextlib.redirect_stderr(io.StringIO()):  # progress bars of their own
        if "pdf" in talk.formats:
            PDF(presentation_configs=[deck]).convert_to(place / f"{NAME}.pdf")
        if "pptx" in talk.formats:
            width, height = POINTS
            powerpoint = PowerPoint(presentation_configs=[deck], width=width, height=height)
            powerpoint.convert_to(place / f"{NAME}.pptx")
            _finish_powerpoint(place / f"{NAME}.pptx", slides, background, talk.request.title)
        if "html" in talk.formats:
            for config in deck.slides:
                config.notes = _as_markdown(config.notes)
            reveal = RevealJS(
                presentation_configs=[deck],
                assets_dir="{basename}_files",
                cdn_url=f"{NAME}_files/{REVEAL}",
                title=html.escape(talk.request.title),
                hash="true",
            )
            reveal.convert_to(place / f"{NAME}.html")
            _finish_html(place / f"{NAME}.html", talk.request.settings)


def _write_json(deck: PresentationConfig, path: Path, folder: str) -> None:
    """What ``manim-slides present`` reads. It looks for videos from the folder above the one it lies in."""
    described = json.loads(deck.model_dump_json())
    for slide in described["slides"]:
        for key in ("file", "rev_file"):
            slide[key] = f"{folder}/{NAME}_files/{Path(slide[key]).name}"
    path.write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")


def _as_markdown(notes: str) -> str:
    """Plain text for reveal.js, which takes notes for Markdown inside of HTML; a line is a paragraph."""
    escaped = html.escape(re.sub(r"([\\`*_\[\]#~<>&])", r"\\\1", notes), quote=False)
    return re.sub(r"\n+", "\n\n", escaped)


def _finish_html(path: Path, settings: Settings) -> None:
    """Lay reveal.js beside the page, and mend what manim-slides' template does not leave to us.

    Raises:
        UserError: the page would need the network.
    """
    page = path.read_text(encoding="utf-8").replace("<html>", f'<html lang="{settings.language}">', 1)
    if settings.voice:  # a slide that speaks has to wait for a key when the browser does not let it start
        page = page.replace("data-background-video-muted", "", 1)
    _lay_reveal_beside(path, page)
    files = f"{NAME}_files"
    (path.parent / files / ICON).write_text(icon_svg(), encoding="utf-8")
    page = page.replace("</head>", f'<link rel="icon" href="{files}/{ICON}"></head>', 1)
    path.write_text(move_scripts(page, path.parent / files, files), encoding="utf-8")


def _lay_reveal_beside(path: Path, page: str) -> None:
    """Copy what ``page``, which is to be written to ``path``, names of reveal.js."""
    prefix = f"{NAME}_files/{REVEAL}/"
    needed = re.findall(r"""<(?:link|script)[^>]*?(?:href|src)="([^"]+)\"""", re.sub(r"<!--.*?-->", "", page))
    spec = importlib.util.find_spec("pyreveal")
    assert spec is not None and spec.origin is not None  # it was looked for before anything was rendered
    package = Path(spec.origin).parent / "revealjs"
    for name in needed:
        source = package / name.removeprefix(prefix)
        if not (name.startswith(prefix) and source.is_file()):
            raise UserError(
                f"the deck needs {name}, which pyreveal does not have; "
                f"mend it with: {install('slides', again=True)}"
            )
        target = path.parent / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        if target.suffix == ".css":
            move_data(target)
        if target.name == "notes.js":
            move_speaker_view(target, name.removesuffix("/notes.js"))
    shutil.copyfile(package / "LICENSE", path.parent / prefix / "LICENSE")


def _finish_powerpoint(path: Path, slides: Sequence[Slide], background: str, title: str) -> None:
    """The theme's background behind the videos, their titles for those who do not see them, a title."""
    from pptx import Presentation
    from pptx.dml.color import RGBColor

    presentation = Presentation(str(path))
    presentation.core_properties.title = title
    presentation.core_properties.author = ""
    for page, slide in zip(presentation.slides, slides, strict=True):
        page.background.fill.solid()
        page.background.fill.fore_color.rgb = RGBColor.from_string(background.removeprefix("#"))
        (movie,) = page.shapes
        movie.name = slide.title
        described: Any = movie._element  # python-pptx has no name for the alternative text
        described._nvXxPr.cNvPr.set("descr", slide.title)
    presentation.save(str(path))
