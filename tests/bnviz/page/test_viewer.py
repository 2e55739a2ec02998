"""Figures that open large: with the keyboard alone, one after the other, and back to where one was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.bnviz.browser import Browser, screen

Show = Callable[[], Browser]
ENTER, ESCAPE, RIGHT, LEFT, TAB = "\ue007", "\ue00c", "\ue014", "\ue012", "\ue004"
IS_OPEN = "return document.getElementById('viewer').open"
TITLE = "return document.getElementById('viewer-title').innerText"
HERE = "return document.activeElement.closest('figure')?.id"


def opened(browser: Browser, figure: str) -> None:
    browser.run(f"document.querySelector('#{figure} .open').focus()")
    browser.press(ENTER)
    browser.wait(IS_OPEN)


def test_enter_opens_escape_closes_and_the_reader_is_where_he_was(show: Show) -> None:
    browser = show()
    opened(browser, "small-move")
    assert browser.run(TITLE) == "It moves"
    shown = "document.querySelector('#viewer .day')"
    browser.wait(f"return {shown}.complete && {shown}.naturalWidth > 0")
    assert browser.run(f"return {shown}.alt.length") > 10
    browser.press(ESCAPE)
    browser.wait(IS_OPEN.replace("return ", "return !"))
    assert browser.run(HERE) == "small-move"
    assert browser.complaints() == []


def test_arrows_go_from_figure_to_figure_and_round(show: Show) -> None:
    browser = show()
    opened(browser, "small-appear")
    titles = []
    for key in (RIGHT, RIGHT, RIGHT, LEFT):
        browser.press(key)
        titles.append(browser.run(TITLE))
    assert titles == ["It moves", "A circle", "A square", "A circle"]
    browser.press(ESCAPE)
    assert browser.run(HERE) == "other-circle"


def test_the_keyboard_stays_in_the_dialog_and_reaches_its_buttons_and_files(show: Show) -> None:
    browser = show()
    opened(browser, "small-move")
    reached = set()
    for _ in range(12):
        reached.add(browser.run("const e = document.activeElement; return e.id || e.innerText.slice(0, 3)"))
        assert browser.run("return document.activeElement.closest('figure')") is None
        browser.press(TAB)
    assert {"previous", "next", "close", "SVG", "PNG"} <= reached
    browser.run("document.getElementById('close').click()")
    assert browser.run(HERE) == "small-move"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1280, 900)])
def test_a_figure_is_as_large_as_the_screen_allows(show: Show, width: int, height: int) -> None:
    with screen(show(), width, height) as browser:
        opened(browser, "small-move")
        box = browser.run(
            "const box = document.querySelector('#viewer .day').getBoundingClientRect();"
            "return [box.left, box.right, box.top, box.bottom]"
        )
        assert box[0] >= 0 and box[1] <= width and box[3] <= height
        assert box[1] - box[0] > 0.9 * width or box[3] - box[2] > 0.5 * height
        assert browser.run("return document.getElementById('viewer').scrollWidth") <= width


def test_without_scripts_the_link_is_the_drawing(show: Show) -> None:
    link = show().run("return document.querySelector('#small-move .open').getAttribute('href')")
    assert link == "figures/small-move.svg"
