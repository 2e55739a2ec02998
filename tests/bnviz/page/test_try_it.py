"""Beside the scenes to which it belongs the page can be played with, and each state is one that it knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import scenes
from bnviz.page import try_it
from bnviz.page.make import make_page
from bnviz.page.try_it import STATES, address_beside
from tests.bnviz.browser import Browser
from tests.bnviz.page.conftest import wanted

Show = Callable[[], Browser]


def test_every_scene_named_is_in_the_film() -> None:
    assert set(STATES) <= {item.name for item in scenes.cuts()[scenes.EVERYTHING]}


def test_a_rate_is_the_article_s_alone() -> None:
    assert address_beside("Downhill", True) == "play.html#show=loss&rate=3e-05"
    assert address_beside("Downhill", False) == "play.html#show=loss"
    assert address_beside("Recap", True) is None


def test_the_page_to_play_with_lies_in_the_folder_and_is_led_to(show: Show) -> None:
    browser = show()
    address = browser.run("return document.querySelector('.contents a[href=\"play.html\"]').href")
    browser.open(address)
    browser.wait(
        "return document.readyState === 'complete' && document.getElementById('steps-now').textContent"
    )
    assert browser.complaints() == []


def test_every_state_is_one_that_the_page_knows(show: Show) -> None:
    browser = show()
    browser.open(browser.run("return new URL('play.html', location).href"))
    browser.wait("return Boolean(window.bnviz && window.bnviz.page)")
    for scene, state in STATES.items():
        for part in state.split("&"):
            name, _, value = part.partition("=")
            kept = browser.run(
                f"const f = window.bnviz.page.fields[{name!r}]; return f && [f.kind, f.of, f.low, f.high]"
            )
            assert kept, (scene, name)
            kind, of, low, high = kept
            assert value in of if kind == "choice" else low <= float(value) <= high, (scene, part)


def test_a_frame_is_loaded_once_it_is_wanted(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(try_it.STATES, "Small", "show=loss&scaling=1")
    folder = tmp_path / "page"
    make_page(wanted(folder, ["Small"]))
    browser.open((folder / "index.html").as_uri())
    frame = "document.querySelector('details.play iframe')"
    assert browser.run(f"return [{frame}.src, {frame}.title.length > 5]") == ["", True]
    browser.run("document.querySelector('details.play summary').click()")
    browser.wait(f"return {frame}.src.endsWith('play.html#show=loss&scaling=1')")
    browser.driver.switch_to.frame(browser.driver.find_element("css selector", "details.play iframe"))
    try:
        browser.wait("return Boolean(window.bnviz && window.bnviz.page)")
        assert browser.run("return window.bnviz.page.state.scaling") == 1
    finally:
        browser.driver.switch_to.default_content()
    assert browser.complaints() == []
