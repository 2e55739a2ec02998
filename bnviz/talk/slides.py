"""The film as a talk: HTML, PowerPoint, a PDF of stills, and what ``manim-slides present`` plays.

The videos are the film's own frames, cut at the beats. Each kind of file has a module of its own.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from bnviz.errors import UserError
from bnviz.files import filling, require_files, require_ours
from bnviz.film.make import FilmRequest, Listener, rendered_scenes
from bnviz.film.timeline import PlacedBeat, Timeline, timeline
from bnviz.installation import install
from bnviz.media.cut import cut
from bnviz.media.encoders import FADE, LoopCrossfade, VideoFile
from bnviz.media.encoders import FORMATS as VIDEOS
from bnviz.media.soundtrack import RATE, narration
from bnviz.run.beats import beats_of
from bnviz.run.run_scene import manim_configured
from bnviz.talk.deck import Slide, slides_of
from bnviz.talk.html_deck import HtmlDeck, write_html
from bnviz.talk.title_and_credits import (
    CreditsPage,
    Occasion,
    TitlePage,
    credits_page,
    require_letters,
    title_page,
)

if TYPE_CHECKING:
    from scenes.kit.settings import Settings

FORMATS = ("html", "pptx", "pdf")
PACKAGES = "manim-slides", "python-pptx", "pyreveal", "pikepdf"  # of the extra `slides`
NAME = "valley-to-bowl"


@dataclass(frozen=True)
class Talk:
    """What to make: ``request`` says of which scenes and how; its output is the folder that takes the files.

    ``formats`` are some of :data:`FORMATS`; ``loops`` are beats, as ``Scene/beat``. ``occasion`` stands on
    the first page; the PDF holds the ``notes``, too, if they are wanted. With ``one_file`` the HTML holds all
    that it needs, and only the files of ``formats`` are written.
    """

    request: FilmRequest
    formats: Collection[str] = FORMATS
    loops: Collection[str] = ()
    occasion: Occasion = Occasion()
    notes: bool = False
    one_file: bool = False


def missing_packages() -> list[str]:
    """The packages of the extra ``slides`` that are not installed."""
    return [package for package in PACKAGES if not _is_installed(package)]


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
    opening, closing = title_page(request.settings, talk.occasion), credits_page(request.settings)
    if "pdf" in talk.formats:
        require_letters(talk.occasion, request.settings)
    require_files([folder / f"{NAME}.{suffix}" for suffix in (*talk.formats, "json")])
    if not talk.one_file:
        require_ours(folder / f"{NAME}_files")
    with rendered_scenes(request, folder, listener or Listener()) as rendered:
        plan = timeline(rendered)
        slides = slides_of(plan, talk.loops)
        with filling(folder) as place:
            files = place / f"{NAME}_files"
            files.mkdir()
            _write_clips(plan, slides, files)
            _write_pages(slides, place, talk, opening, closing)
            if talk.one_file:
                shutil.rmtree(files)
            else:
                _write_json(slides, place, request)
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
def _write_pages(
    slides: Sequence[Slide], place: Path, talk: Talk, opening: TitlePage, closing: CreditsPage
) -> None:
    """Each of the talk's formats."""
    files = place / f"{NAME}_files"
    if "html" in talk.formats:
        html = HtmlDeck(opening, slides, closing, talk.one_file)
        write_html(place / f"{NAME}.html", files, html, talk.request.settings)
    if "pptx" in talk.formats:
        from bnviz.talk.powerpoint import write_powerpoint

        write_powerpoint(place / f"{NAME}.pptx", slides, files, opening, closing, talk.request.settings)
    if "pdf" in talk.formats:
        from bnviz.talk.deck_pdf import DeckPdf, write_deck_pdf

        deck = DeckPdf(slides, opening, closing, talk.notes)
        write_deck_pdf(place / f"{NAME}.pdf", deck, talk.request)


def _write_json(slides: Sequence[Slide], place: Path, request: FilmRequest) -> None:
    """What ``manim-slides present`` reads. It looks for videos from the folder above the one it lies in."""
    from manim_slides.config import PresentationConfig, SlideConfig

    files, folder = place / f"{NAME}_files", request.output.resolve().name
    configs = []
    for slide in slides:
        video = files / f"{slide.name}.mp4"
        # Reversed videos would double the work; manim-slides too plays forwards when they are left out.
        configs.append(SlideConfig(file=video, rev_file=video, loop=slide.loop, notes=slide.notes))
    background = _background(request.settings)
    deck = PresentationConfig(slides=configs, resolution=request.quality.size, background_color=background)
    described = json.loads(deck.model_dump_json())
    for slide in described["slides"]:
        for key in ("file", "rev_file"):
            slide[key] = f"{folder}/{NAME}_files/{Path(slide[key]).name}"
    (place / f"{NAME}.json").write_text(
        json.dumps(described, indent=2) + "\n", encoding="utf-8", newline="\n"
    )
