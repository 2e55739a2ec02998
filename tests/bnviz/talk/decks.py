"""A talk as HTML for the tests: made of both example scenes, shown in a browser, looked at."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from bnviz.film.make import FilmRequest
from bnviz.run import discover
from bnviz.talk.deck import Slide
from bnviz.talk.slides import Talk
from bnviz.talk.title_and_credits import Occasion
from scenes.kit.settings import Settings
from tests.bnviz.browser import Browser
from tests.bnviz.conftest import EXAMPLES, TINY
from tests.bnviz.films import pictures

RIGHT, LEFT, SPACE = "\ue014", "\ue012", " "
NAME = "valley-to-bowl.html"
OCCASION = Occasion("Ada Lovelace", "Seminar, Room 1 & 2", "1 May")
VIDEO = "const s = Reveal.getCurrentSlide(), v = s.querySelector('video');"
AT_END = VIDEO + "return s.dataset.at === 'end' && v.paused && v.duration && v.currentTime === v.duration"
PLAYS = VIDEO + "return !s.dataset.at && !v.paused && v.currentTime > 0"
FORMS = ["folder", "one file"]


@dataclass(frozen=True)
class Deck:
    """A deck: its page, its slides, and the films that it was made of."""

    page: Path
    slides: list[Slide]
    films: Path

    def still(self, number: int) -> np.ndarray:
        """The last picture of a slide's film."""
        return pictures(self.films / f"{self.slides[number].name}.mp4")[-1]


def talk_of(output: Path, one_file: bool = False, loop: str = "Other/circle", voice: bool = False) -> Talk:
    settings = Settings(voice=voice, theme="light")
    sources = discover.film(["Small", "Other"], EXAMPLES)
    request = FilmRequest(sources, settings, output, TINY, workers=2)
    return Talk(request, ["html"], [loop], OCCASION, one_file=one_file)


def show(browser: Browser, deck: Deck, address: str = "#/small-appear") -> None:
    browser.open("about:blank")  # so that another hash is another visit
    browser.complaints()
    browser.open(deck.page.as_uri() + address)
    browser.wait("return window.Reveal && Reveal.isReady()")


def at(browser: Browser, slide: int) -> None:
    """Wait until a beat is shown, counted from 0; before the first is the title."""
    browser.wait(f"return Reveal.getSlidePastCount() === {slide + 1}")
    browser.wait(VIDEO + "return v.readyState >= 2")


def seen(browser: Browser) -> np.ndarray:
    """What the slide shows, in its film's size."""
    shown = Image.open(io.BytesIO(browser.driver.get_screenshot_as_png())).convert("RGB")
    left, top, width, height = browser.run(
        "const b = document.querySelector('.slides').getBoundingClientRect();"
        "return [b.left, b.top, b.width, b.height]"
    )
    return np.array(shown.crop((left, top, left + width, top + height)).resize((426, 240))).astype(int)


def differ(one: np.ndarray, two: np.ndarray) -> float:
    return float(np.abs(one.astype(int) - two).mean())
