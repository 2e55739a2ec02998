"""The page in a browser without a network: what is loaded, what plays, and who can use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bnviz.film.description import clock
from bnviz.page.make import MadePage
from tests.bnviz.browser import Browser, prefer, screen
from tests.bnviz.page.conftest import FILM

Show = Callable[[], Browser]
ENTER, TAB = "\ue007", "\ue004"


def test_it_opens_from_a_file_and_asks_for_nothing_from_elsewhere(
    show: Show, browser: Browser, made: tuple[Path, MadePage]
) -> None:
    before = len(browser.requests())
    show()
    assert browser.run("return navigator.onLine") is False
    browser.run("document.querySelectorAll('figure').forEach(figure => figure.scrollIntoView())")
    seen = "[...document.images].filter(image => image.checkVisibility())"
    browser.wait(f"return {seen}.every(image => image.complete && image.naturalWidth > 0)")
    assert browser.run("await document.fonts.ready; return document.fonts.check('1rem Lato')") is True
    assert browser.run("return [...document.fonts].every(face => face.status === 'loaded')") is True
    asked = [item for item in browser.requests()[before:] if not item.startswith(("blob:", "data:"))]
    assert len(asked) > 10
    assert [item for item in asked if not item.startswith(made[0].as_uri())] == []
    assert browser.complaints() == []


def test_nothing_plays_by_itself_and_no_film_is_loaded_before_it_is_wanted(show: Show) -> None:
    browser = show()
    asked = len(browser.requests())
    browser.run("document.querySelectorAll('video').forEach(video => video.scrollIntoView())")
    players = "[...document.querySelectorAll('video')]"
    assert browser.run(f"return {players}.length") == 3
    assert browser.run(f"return {players}.every(v => v.paused && !v.autoplay && v.currentTime === 0)") is True
    assert browser.run(f"return {players}.every(v => v.preload === 'none' && v.readyState === 0 && v.poster)")
    assert [item for item in browser.requests()[asked:] if item.endswith(".mp4")] == []


# -- the film --
@pytest.mark.parametrize("place", ["#film-and-scenes", "#scene-2"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_chapter_seeks_scrolls_to_the_film_and_plays(
    show: Show, made: tuple[Path, MadePage], place: str, width: int
) -> None:
    """From the list beside the film and from the text; a film that is not loaded yet is loaded."""
    start = made[1].scenes[1].start
    with screen(show(), width) as browser:
        chapter = f"[...document.querySelectorAll('{place} .chapter')].at(-1)"
        browser.run(FILM + f"film.muted = true; {chapter}.focus()")
        assert browser.run(f"return {chapter}.innerText.trim()") == clock(start)
        browser.press(ENTER)
        browser.wait(FILM + f"return !film.paused && !film.seeking && film.currentTime >= {start}")
        assert browser.run(FILM + "return film.currentTime") < start + 5
        seen = "const box = film.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight"
        browser.wait(FILM + seen)
        assert browser.run(FILM + "return document.activeElement === film") is True
        marked = "return [...document.querySelectorAll('[aria-current]')].map(item => item.dataset.start)"
        browser.wait(marked.replace("return", "return 2 ===", 1) + ".length")
        assert browser.run(marked) == [f"{start:.3f}"] * 2
        assert browser.complaints() == []


def test_from_the_film_back_to_the_text(show: Show) -> None:
    browser = show()
    browser.run(FILM + "film.muted = true; document.querySelector('#scene-2 .chapter').click()")
    browser.wait(FILM + "return !film.paused && film.currentTime > 0")
    browser.run("document.getElementById('back').click()")
    assert browser.run(FILM + "return film.paused") is True
    assert browser.run("return document.activeElement.closest('article').id") == "scene-2"
    assert browser.run("return document.getElementById('back').hidden") is True
    browser.run("document.querySelector('.contents .chapter').click()")
    assert browser.run("return document.getElementById('back').hidden") is True


def test_captions_show_and_can_be_turned_off(show: Show) -> None:
    browser = show()
    browser.wait(FILM + "return film.textTracks[0].cues && film.textTracks[0].cues.length === 3")
    browser.run(FILM + "film.muted = true; await film.play(); film.pause(); film.currentTime = 0.5")
    said = "return [...film.textTracks[0].activeCues].map(cue => cue.getCueAsHTML().textContent).join()"
    browser.wait(FILM + "return film.textTracks[0].activeCues.length > 0")
    assert browser.run(FILM + said) == "A square & its <side>."
    state = "return [film.textTracks[0].mode, document.getElementById('captions').ariaPressed].join()"
    assert browser.run(FILM + state) == "showing,true"
    browser.run("document.getElementById('captions').click()")
    browser.wait(FILM + state.replace("return ", "return 'hidden,false' === "))
    scene = "const track = document.querySelectorAll('video')[1].textTracks[0];"
    browser.run(scene + "track.mode = 'showing'")
    browser.wait(scene + "return track.cues && track.cues.length === 2")


def test_one_film_at_a_time(show: Show) -> None:
    browser = show()
    browser.run(FILM + "film.muted = true; await film.play()")
    browser.run("const v = document.querySelectorAll('video')[1]; v.muted = true; await v.play()")
    browser.wait(FILM + "return film.paused")


# -- every screen and every reader --
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing(show: Show, scheme: str, width: int) -> None:
    """On the page, with all that it can unfold, and in the dialog of a figure."""
    axe = pytest.importorskip("selenium_axe_python")
    browser = show()
    prefer(browser, prefers_color_scheme=scheme)
    with screen(show(), width) as browser:
        axe.Axe(browser.driver).inject()
        browser.run("document.querySelectorAll('details').forEach(item => item.open = true)")
        checked: set[str] = set()
        for opened in ("", "document.querySelector('figure .open').click();"):
            # it may not read files by script
            found = browser.run(f"{opened} return await axe.run({{ preload: false }})")
            problems = [
                (item["id"], [node["html"] for node in item["nodes"]]) for item in found["violations"]
            ]
            assert problems == []
            checked |= {item["id"] for item in found["passes"]}
        assert checked >= {"color-contrast", "button-name", "region", "bypass", "image-alt", "heading-order"}
        shown = browser.run("return [...document.images].filter(i => i.checkVisibility()).map(i => i.src)")
        assert len(shown) == 3 + 1 and {src.endswith("-dark.webp") for src in shown} == {scheme == "dark"}


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_scrolled_sideways_and_nothing_scrolls_in_itself(show: Show, width: int) -> None:
    with screen(show(), width) as browser:
        browser.run("document.querySelectorAll('details').forEach(item => item.open = true)")
        assert browser.run("return document.documentElement.scrollWidth") <= width
        scrolls = "[...document.body.querySelectorAll('*')].filter(item => /auto|scroll/.test("
        scrolls += "getComputedStyle(item).overflow) && item.localName !== 'dialog')"
        assert browser.run(f"return {scrolls}.map(item => item.outerHTML)") == []
        cells = "[...document.querySelectorAll('th, td')].map(cell => cell.getBoundingClientRect())"
        assert browser.run(f"return {cells}.every(box => box.left >= 0 && box.right <= innerWidth)") is True


def test_the_condition_number_and_the_steps_come_first(show: Show) -> None:
    head = "[...document.querySelectorAll('#numbers table:first-of-type thead th')]"
    with screen(show(), 390) as browser:
        assert browser.run(f"return {head}.map(cell => cell.innerText)") == [
            "features",
            "condition number",
            "steps",
        ]


def test_names_keep_their_letters(show: Show) -> None:
    """An x with a hat is no X with one."""
    how = "new Set([...document.querySelectorAll('*')].map(item => getComputedStyle(item).textTransform))"
    assert set(show().run(f"return [...{how}]")) <= {"none", ""}  # nothing where it is not drawn


def test_reduced_motion_is_respected(show: Show) -> None:
    browser = show()
    how = "return getComputedStyle(document.documentElement).scrollBehavior"
    moves = "return getComputedStyle(document.querySelector('.chapter')).transitionDuration"
    prefer(browser, prefers_reduced_motion="no-preference")
    assert show().run(how) == "smooth"
    prefer(browser, prefers_reduced_motion="reduce")
    assert (show().run(how), browser.run(moves)) == ("auto", "0s")
    browser.run(FILM + "film.muted = true; document.querySelectorAll('.chapter')[1].click()")
    assert browser.run("return document.getAnimations().length") == 0


def test_the_keyboard_reaches_everything_and_is_seen(show: Show) -> None:
    browser = show()
    seen = []
    for _ in range(40):
        browser.press(TAB)
        seen.append(
            browser.run(
                "const e = document.activeElement; const s = getComputedStyle(e);"
                "return [e.id || e.className || e.getAttribute('href') || e.localName,"
                " parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none']"
            )
        )
    names = [name for name, _ in seen]
    assert names[:2] == ["skip", "film"]
    assert {"captions", "chapter", "#scene-1", "#numbers", "open", "summary"} <= set(names)
    assert all(is_outlined for name, is_outlined in seen if name not in ("film", "video", "body"))
