"""Both example scenes as a light talk whose last slide loops: with pages, and as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bnviz.film.make import FilmRequest
from bnviz.run import discover
from bnviz.talk.deck import Slide
from bnviz.talk.slides import Talk, make_slides
from bnviz.talk.title_and_credits import Occasion
from scenes.kit.settings import Settings
from tests.bnviz.conftest import EXAMPLES, TINY
from tests.bnviz.talk import decks as html

OCCASION = Occasion("Ada Lovelace", "Seminar, Room 1 & 2", "1 May")


@dataclass(frozen=True)
class MadeTalk:
    folder: Path
    slides: list[Slide]

    @property
    def powerpoint(self) -> Path:
        return self.folder / "valley-to-bowl.pptx"

    @property
    def pdf(self) -> Path:
        return self.folder / "valley-to-bowl.pdf"


def talk_of(folder: Path, notes: bool = False, formats: tuple[str, ...] = ("pptx", "pdf")) -> Talk:
    sources, settings = discover.film(["Small", "Other"], EXAMPLES), Settings(voice=False, theme="light")
    request = FilmRequest(sources, settings, folder, TINY, workers=2)
    return Talk(request, formats, ["Other/circle"], OCCASION, notes)


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory) -> MadeTalk:
    folder = tmp_path_factory.mktemp("paged") / "talk"
    return MadeTalk(folder, make_slides(talk_of(folder)))


@pytest.fixture(scope="session")
def decks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.Deck]:
    """Both example scenes as a light talk whose last slide loops; the one in one file lies alone."""
    place = tmp_path_factory.mktemp("decks")
    folder, alone = place / "a talk", place / "alone"
    for output, one_file in ((folder, False), (alone, True)):
        slides = make_slides(html.talk_of(output, one_file))
    films = folder / "valley-to-bowl_files"
    return {
        form: html.Deck(at / html.NAME, slides, films)
        for form, at in zip(html.FORMS, (folder, alone), strict=True)
    }


@pytest.fixture(scope="session", params=html.FORMS)
def deck(request: pytest.FixtureRequest, decks: dict[str, html.Deck]) -> html.Deck:
    return decks[request.param]
