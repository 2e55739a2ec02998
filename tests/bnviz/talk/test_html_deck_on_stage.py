"""The talk as HTML in a real browser, with everything beside it and in one file, as a speaker uses it."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bnviz.talk import html_deck
from bnviz.talk.slides import make_slides
from bnviz.talk.title_and_credits import credits_page, title_page
from scenes.kit.settings import Settings
from tests.bnviz.browser import MISSING, Browser, chromium
from tests.bnviz.talk.decks import (
    AT_END,
    LEFT,
    NAME,
    OCCASION,
    PLAYS,
    RIGHT,
    SPACE,
    VIDEO,
    Deck,
    at,
    differ,
    seen,
    show,
    talk_of,
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if MISSING:
        pytest.skip(MISSING)
    with chromium(960, 720) as browser:
        yield browser


@pytest.fixture
def stage(browser: Browser, deck: Deck) -> Iterator[Browser]:
    """The deck, opened from its file in a browser that has no network, and closed without a complaint."""
    show(browser, deck)
    yield browser
    assert browser.complaints() == []


def test_every_slide_plays_to_its_end_and_stands_on_its_still(browser: Browser, deck: Deck) -> None:
    before, stage = len(browser.requests()), browser
    show(stage, deck)
    assert stage.run("return navigator.onLine") is False
    assert stage.run("return Reveal.getTotalSlides()") == 1 + len(deck.slides) + 1
    for number, slide in enumerate(deck.slides):
        at(stage, number)
        stage.wait(f"return location.hash === '#/{slide.name[3:]}'")
        stage.wait(PLAYS)
        if slide.loop:
            stage.wait(VIDEO + "return v.currentTime > 0.7 * v.duration")
            stage.wait(VIDEO + "return v.currentTime < 0.3 * v.duration && !v.paused")
        else:
            stage.wait(VIDEO + "return v.ended")
            assert differ(seen(stage), deck.still(number)) < 4
        stage.press(RIGHT)
    asked = {address for address in stage.requests()[before:] if address.startswith(("file:", "http"))}
    if deck.page.parent.name == "alone":
        assert asked == {deck.page.as_uri()}
    else:
        assert len(asked) > 1 + 6 + 3  # the page, what it names in its head and at its end, and the films
        assert [name for name in asked if not name.startswith(deck.page.parent.as_uri())] == []
    assert stage.complaints() == []


def test_going_back_shows_the_end_and_plays_nothing(stage: Browser, deck: Deck) -> None:
    at(stage, 0)
    for number in (1, 2):  # the first two are left while they play
        stage.press(RIGHT)
        at(stage, number)
    for number in (1, 0):
        stage.press(LEFT)
        at(stage, number)
        stage.wait(AT_END)
        assert differ(seen(stage), deck.still(number)) < 4
        stage.run("await new Promise(done => setTimeout(done, 300))")
        assert stage.run(AT_END) is True
    stage.press(RIGHT)
    at(stage, 1)
    stage.wait(PLAYS)
    assert stage.run(VIDEO + "return v.currentTime < 0.8 * v.duration")  # from its beginning
    stage.wait(VIDEO + "return v.ended")


def test_it_begins_with_a_title_and_ends_with_the_credits(browser: Browser, deck: Deck) -> None:
    show(browser, deck, "")
    browser.wait("return Reveal.getSlidePastCount() === 0")
    words = "return Reveal.getCurrentSlide().innerText.split(/\\n+/)"
    title = title_page(Settings(), OCCASION)
    assert browser.run(words) == [title.title, title.subject, *title.lines]
    browser.press(SPACE)  # there is no film to stop
    at(browser, 0)
    browser.wait(PLAYS)
    browser.press("\ue010")  # the End key
    browser.wait("return Reveal.isLastSlide()")
    credits = credits_page(Settings(voice=False))
    assert browser.run(words) == [credits.title, *credits.lines]
    assert browser.run("return document.fonts.check('20px Lato')") is True
    browser.press("\ue011")  # and Home
    browser.wait("return Reveal.isFirstSlide()")
    assert browser.complaints() == []


def test_space_pauses_and_plays_again(stage: Browser) -> None:
    stage.wait(PLAYS)
    stage.press(SPACE)
    stage.wait(VIDEO + "return v.paused && !v.ended")
    stage.press(SPACE)
    stage.wait(VIDEO + "return v.ended")
    stage.press(SPACE)
    stage.wait(VIDEO + "return !v.paused && v.currentTime < 0.5 * v.duration")
    stage.press(RIGHT)
    at(stage, 1)
    stage.press(LEFT)
    stage.wait(AT_END)
    stage.press(SPACE)
    stage.wait(PLAYS)


def test_a_black_screen_stops_the_film(stage: Browser) -> None:
    stage.wait(PLAYS)
    stage.press("b")
    stage.wait(VIDEO + "return Reveal.isPaused() && v.paused")
    stage.press("b")
    stage.wait(VIDEO + "return !Reveal.isPaused() && !v.paused")


def test_an_address_plays_its_slide_and_another_one_goes_there(browser: Browser, deck: Deck) -> None:
    show(browser, deck, "#/small-move")
    at(browser, 1)
    browser.wait(PLAYS)
    browser.run("location.hash = '#/other-circle'")
    at(browser, 2)
    browser.wait(PLAYS)
    browser.run("location.hash = '#/2'")  # a number counts from one, which is the title
    at(browser, 0)
    browser.wait(AT_END)
    assert browser.complaints() == []


def test_a_loop_goes_on_when_it_is_reached_going_back(
    browser: Browser, decks: dict[str, Deck], tmp_path: Path
) -> None:
    make_slides(talk_of(tmp_path, loop="Small/move"))
    show(browser, replace(decks["folder"], page=tmp_path / NAME), "#/other-circle")
    at(browser, 2)
    browser.press(LEFT)
    at(browser, 1)
    browser.wait(PLAYS)
    browser.wait(VIDEO + "return v.currentTime > 0.7 * v.duration")
    browser.wait(VIDEO + "return v.currentTime < 0.3 * v.duration && !v.paused")


def test_a_click_goes_on_and_one_far_left_goes_back(stage: Browser) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    slides = stage.driver.find_element("class name", "slides")
    at(stage, 0)
    ActionChains(stage.driver).move_to_element(slides).click().perform()
    at(stage, 1)
    ActionChains(stage.driver).move_to_element_with_offset(slides, -400, 0).click().perform()
    at(stage, 0)
    stage.press("o")  # the overview
    stage.wait("return Reveal.isOverview()")
    second = stage.driver.find_element("id", "small-move")
    ActionChains(stage.driver).move_to_element(second).click().perform()
    at(stage, 1)
    stage.wait("return !Reveal.isOverview()")
    stage.wait(PLAYS)


def test_a_finger_goes_on_and_back(stage: Browser) -> None:
    def touch(kind: str, *points: tuple[int, int]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        stage.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def swipe(start: int, end: int) -> None:
        touch("touchStart", (start, 300))
        for part in range(1, 6):
            touch("touchMove", (start + (end - start) * part // 5, 300))
        touch("touchEnd")

    stage.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    at(stage, 0)
    swipe(700, 300)
    at(stage, 1)
    swipe(300, 700)
    at(stage, 0)
    stage.wait(AT_END)
    stage.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})


def test_the_speaker_sees_this_slide_the_next_the_notes_and_the_time(stage: Browser, deck: Deck) -> None:
    stage.run("const o = window.open; window.open = (...a) => (window.view = o.apply(window, a))")
    stage.press("s")
    view = "const w = window.view, d = w && w.document, f = (name) => d && d.querySelector(name);"
    for number, slide in enumerate(deck.slides):
        at(stage, number)
        words = slide.notes.split("\n")[-1]
        stage.wait(f"{view} return f('.said') && f('.said').innerText === {words!r}")
        assert stage.run(f"{view} return f('.number').textContent") == f"{number + 2} of 5"
        assert stage.run(f"{view} return f('h1').textContent") == slide.title
        after = "f('.next img').naturalWidth === 426" if number < 2 else "!!f('.next .credits')"
        stage.wait(f"{view} return f('.now img').naturalWidth === 426 && {after}")
        pressed = "new w.KeyboardEvent('keydown', { keyCode: 39, bubbles: true })"
        stage.run(f"{view} d.body.dispatchEvent({pressed})")  # the arrow, in the speaker's window
    assert re.fullmatch(r"\d\d:\d\d", stage.run(f"{view} return f('.clock').textContent"))
    assert stage.run(f"{view} return f('.elapsed').textContent.startsWith('0:')")
    assert stage.run(f"{view} return w.getComputedStyle(f('.said')).fontSize") == "24px"
    stage.run("window.view.close()")


def test_printing_gives_a_still_a_page(browser: Browser, deck: Deck) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    for address in ("#/small-move", "?print-pdf"):
        show(browser, deck, address)
        if address == "?print-pdf":
            browser.wait("return document.querySelectorAll('.pdf-page').length === 5")
        options = {"printBackground": True, "preferCSSPageSize": True}
        printed = browser.driver.execute_cdp_cmd("Page.printToPDF", options)["data"]
        pages = pdfium.PdfDocument(base64.b64decode(printed))
        assert len(pages) == 1 + len(deck.slides) + 1, address
        texts = [page.get_textpage().get_text_range() for page in pages]
        assert "Ada Lovelace" in texts[0]
        assert "Manim Community" in texts[-1]
        for number, page in enumerate(list(pages)[1:-1]):
            assert page.get_width() / page.get_height() == pytest.approx(16 / 9, rel=0.01)
            drawn = page.render(scale=426 / page.get_width()).to_pil().convert("RGB").resize((426, 240))
            still = deck.still(number)
            if not deck.slides[number].loop:
                assert differ(np.array(drawn).astype(int), still) < 4, (address, number)
        assert browser.complaints() == []


def test_a_talk_of_many_slides_holds_a_few_films_at_a_time(
    browser: Browser, decks: dict[str, Deck], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chromium refuses the 76th film of a page."""
    still = (decks["folder"].films / f"{decks['folder'].slides[0].name}.jpg").read_bytes()
    monkeypatch.setattr(html_deck, "first_and_last", lambda _: (still, still))
    files = tmp_path / "valley-to-bowl_files"
    files.mkdir()
    first = decks["folder"].slides[0]
    slides = [replace(first, name=f"{number:02}-s-{number}") for number in range(80)]
    for slide in slides:
        shutil.copyfile(decks["folder"].films / f"{first.name}.mp4", files / f"{slide.name}.mp4")
    settings = Settings(voice=False)
    pages = html_deck.HtmlDeck(title_page(settings, OCCASION), slides, credits_page(settings))
    html_deck.write_html(tmp_path / NAME, files, pages, settings)
    show(browser, replace(decks["folder"], page=tmp_path / NAME), "#/s-0")
    for number in range(80):
        at(browser, number)
        browser.run("Reveal.next()")
    browser.wait(PLAYS)
    assert browser.run("return document.querySelectorAll('video[src]').length") <= 7
    assert browser.complaints() == []


def test_a_talk_that_speaks_waits_to_be_started(
    browser: Browser, decks: dict[str, Deck], tmp_path: Path
) -> None:
    make_slides(talk_of(tmp_path, voice=True))
    assert " muted" not in (tmp_path / NAME).read_text(encoding="utf-8")
    show(browser, replace(decks["folder"], page=tmp_path / NAME))
    browser.wait("return !document.getElementById('start').hidden")
    browser.driver.find_element("id", "start").click()
    browser.wait(PLAYS)
    assert browser.run("return document.getElementById('start').hidden") is True
    assert browser.run("return Reveal.getSlidePastCount()") == 1
    assert browser.complaints() == []


def test_everybody_can_use_it(stage: Browser) -> None:
    axe = pytest.importorskip("selenium_axe_python")
    stage.press(RIGHT)
    at(stage, 1)
    stage.press(LEFT)
    stage.wait(AT_END)
    axe.Axe(stage.driver).inject()
    found = stage.run("return await axe.run({ preload: false })")
    assert [
        (item["id"], [node["html"][:200] for node in item["nodes"]]) for item in found["violations"]
    ] == []
    asked = {"image-alt", "region", "document-title", "html-has-lang"}
    assert {item["id"] for item in found["passes"]} >= asked
