"""Page and talk on a host that allows only files of its own, and on one that sends only whole files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bnviz.cache.store import Store
from bnviz.film.make import FilmRequest
from bnviz.page.make import MadePage, make_page
from bnviz.run import discover
from bnviz.talk.slides import Talk, make_slides
from scenes.kit.settings import Settings
from tests.bnviz.browser import MISSING, Browser, chromium, served
from tests.bnviz.conftest import EXAMPLES, TINY

STRICT = {"Content-Security-Policy": "default-src 'self'"}
FILM = "const film = document.getElementById('film');"
TRACK = FILM + "const track = film.textTracks[0];"
VIDEO = "const v = Reveal.getCurrentSlide().querySelector('video');"
RIGHT = "\ue014"


def wanted(output: Path, names: list[str]) -> FilmRequest:
    store = Store(output.parent / "cache")
    sources = discover.film(names, EXAMPLES)
    return FilmRequest(sources, Settings(voice=False), output, TINY, workers=1, store=store)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("host")


@pytest.fixture(scope="module")
def page(folder: Path) -> MadePage:
    return make_page(wanted(folder / "page", ["Small", "Other"]))


@pytest.fixture(scope="module")
def talk(folder: Path) -> Path:
    make_slides(Talk(wanted(folder / "talk", ["Small"]), formats=["html"]))
    return folder / "talk"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if MISSING:
        pytest.skip(MISSING)
    with chromium(960, 720) as browser:
        yield browser


# -- nothing inline --
def test_the_html_holds_no_script_no_style_and_no_data(page: MadePage, talk: Path, folder: Path) -> None:
    for path in (folder / "page/index.html", folder / "page/play.html", talk / "valley-to-bowl.html"):
        text = path.read_text(encoding="utf-8")
        assert (
            re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:|data:\w*[/,]", text)
            == []
        )
    sheets = [*(folder / "page").rglob("*.css"), *talk.rglob("*.css")]
    assert len(sheets) == 3 + 2 + 2  # the page's, those of the page to play with, reveal.js's and the talk's
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        assert "data:" not in text, sheet.name
        for name in re.findall(r'url\("?([^")]+)"?\)', text):
            assert (sheet.parent / name).stat().st_size > 0, name


# -- the page --
def test_the_page_shows_its_captions_and_its_pictures(browser: Browser, page: MadePage, folder: Path) -> None:
    with served(browser, folder / "page", STRICT) as host:
        browser.open(host)
        browser.wait(TRACK + "return track.mode === 'showing' && track.cues && track.cues.length === 3")
        browser.run(FILM + "film.muted = true; await film.play(); film.pause(); film.currentTime = 0")
        said = "[...track.activeCues].map(cue => cue.getCueAsHTML().textContent).join()"
        browser.wait(TRACK + f"return track.activeCues.length && {said} === 'A square & its <side>.'")
        browser.run("document.querySelectorAll('figure').forEach(figure => figure.scrollIntoView())")
        browser.wait("return [...document.querySelectorAll('.day')].every(image => image.naturalWidth > 0)")
        shown = "getComputedStyle(document.querySelector('.claim .bowl dd')).color"
        assert browser.run(f"return {shown} !== getComputedStyle(document.body).color") is True
        assert browser.run("return getComputedStyle(document.getElementById('captions')).display") != "none"
        browser.run(FILM + "film.muted = true; document.querySelectorAll('.chapter')[1].click()")
        start = page.scenes[1].start
        browser.wait(FILM + f"return !film.seeking && film.currentTime >= {start}")
        assert browser.complaints() == []


@pytest.mark.parametrize(
    ("headers", "where"),
    [
        ({}, ".mp4"),
        ({"Cache-Control": "no-store"}, "blob:"),
        (STRICT | {"Cache-Control": "no-store"}, ".mp4"),
    ],
)
def test_a_host_that_sends_only_whole_files_is_enough(
    browser: Browser, page: MadePage, folder: Path, headers: dict[str, str], where: str
) -> None:
    """Chromium seeks in a file that came without ranges if it may store it, else in the page's own memory.

    If it may do neither, the film cannot be sought in, but still plays.
    """
    with served(browser, folder / "page", headers) as host:
        browser.open(host)
        browser.run(FILM + "film.muted = true; document.querySelectorAll('.chapter')[1].click()")
        browser.wait(FILM + f"return film.currentSrc.includes('{where}') && film.src && film.readyState >= 2")
        if where == "blob:" or not headers:
            start = page.scenes[1].start
            browser.wait(FILM + f"return !film.seeking && film.currentTime >= {start}")
            assert browser.complaints() == []
        browser.run(FILM + "film.muted = true; await film.play()")
        assert browser.run(FILM + "return film.error === null && !film.paused")
    browser.complaints()


# -- the talk --
@pytest.mark.parametrize("is_strict", [True, False], ids=["strict", "file"])
def test_the_talk_starts_moves_on_and_shows_its_notes(browser: Browser, talk: Path, is_strict: bool) -> None:
    with served(browser, talk, STRICT) as host:
        browser.open((host if is_strict else talk.as_uri()) + "/valley-to-bowl.html#/small-appear")
        browser.wait("return window.Reveal && Reveal.isReady()")
        browser.wait(VIDEO + "return v && v.currentTime > 0")
        browser.press(RIGHT)
        browser.wait("return Reveal.getSlidePastCount() === 2")
        browser.wait(VIDEO + "return v && v.currentTime > 0 && v.currentSrc.endsWith('/02-small-move.mp4')")
        browser.run("const o = window.open; window.open = (...a) => (window.view = o.apply(window, a))")
        browser.press("s")
        view = "const d = window.view && window.view.document;"
        browser.wait(
            f"{view} const n = d && d.querySelector('.said'); return n && n.innerText === 'It moves.'"
        )
        browser.wait(f"{view} return window.view.getComputedStyle(d.body).fontSize === '20px'")
        browser.wait(f"{view} return d.querySelector('.now img').naturalWidth > 0")
        browser.run("window.view.close()")
        assert browser.complaints() == []
