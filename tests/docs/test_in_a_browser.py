"""The site in a real Chromium, opened from its files."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.bnviz.browser import Browser, prefer, screen
from tests.bnviz.play.conftest import SETTLED

pytestmark = pytest.mark.xdist_group("site")
PAGES = (
    "index.html",
    "gallery/index.html",
    "gallery/valley.html",
    "maths.html",
    "guide/your-data.html",
    "reference/commands.html",
    "reference/normalization.html",
    "project/licences.html",
)
IN_EVERY_WAY = PAGES[:4]
SIGHTS = [
    (page, width, scheme)
    for page in PAGES
    for width in (390, 1280)
    for scheme in ("light", "dark")
    if page in IN_EVERY_WAY or (width == 390) == (scheme == "dark")
]


def opened(browser: Browser, folder: Path, page: str) -> Browser:
    browser.complaints()
    browser.open((folder / page).as_uri())
    browser.wait("return document.readyState === 'complete'")
    return browser


@pytest.mark.parametrize(("page", "width", "scheme"), SIGHTS)
def test_a_page_is_accessible_and_not_scrolled_sideways(
    page: str, width: int, scheme: str, browser: Browser, folder: Path
) -> None:
    axe = pytest.importorskip("selenium_axe_python")
    prefer(browser, prefers_color_scheme=scheme)
    with screen(browser, width):
        opened(browser, folder, page)
        assert browser.complaints() == []
        assert browser.run("return document.documentElement.scrollWidth") <= width
        background = browser.run("return getComputedStyle(document.body).backgroundColor")
        lightness = sum(int(part) for part in background.strip("rgba()").split(",")[:3])
        assert (lightness > 382) == (scheme == "light"), background
        axe.Axe(browser.driver).inject()
        found = browser.run("return await axe.run({ preload: false })")
        problems = [(item["id"], [n["html"] for n in item["nodes"]][:3]) for item in found["violations"]]
        assert problems == []
        assert {"color-contrast", "html-has-lang"} <= {item["id"] for item in found["passes"]}


def test_nothing_is_asked_for_outside_of_the_folder(browser: Browser, folder: Path) -> None:
    before = len(browser.requests())
    for page in PAGES:
        opened(browser, folder, page)
    asked = browser.requests()[before:]
    assert len(asked) > 20
    assert [address for address in asked if not address.startswith((folder.as_uri(), "data:"))] == []


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("AdaGrad", "reference/descent.html"),
        ("learning rate", "maths.html"),
        ("playground", "playground.html"),
    ],
)
def test_the_search_finds_words_from_a_file(words: str, page: str, browser: Browser, folder: Path) -> None:
    opened(browser, folder, "search.html")
    browser.open(f"{(folder / 'search.html').as_uri()}?q={quote(words)}")
    links = "[...document.querySelectorAll('#search-results li a')].map(link => link.getAttribute('href'))"
    browser.wait(f"return {links}.length > 0")
    browser.wait(f"return {links}.some(link => link.split(/[?#]/)[0] === '{page}')")
    assert browser.complaints() == []


def test_what_nobody_wrote_is_not_found(browser: Browser, folder: Path) -> None:
    browser.open(f"{(folder / 'search.html').as_uri()}?q=quagmire")
    browser.wait("return document.getElementById('search-results').textContent.includes('did not match any')")


def test_the_playground_plays_in_its_frame(browser: Browser, folder: Path) -> None:
    opened(browser, folder, "playground.html")
    frame = browser.driver.find_element("css selector", "iframe")
    browser.run("document.querySelector('iframe').scrollIntoView()")
    browser.driver.switch_to.frame(frame)
    try:
        browser.wait(SETTLED)
        assert "6352" in browser.run("return document.body.textContent")
    finally:
        browser.driver.switch_to.default_content()


def test_a_formula_is_drawn_without_a_script(browser: Browser, folder: Path) -> None:
    opened(browser, folder, "maths.html")
    browser.run("await document.fonts.ready")
    assert browser.run("return document.querySelectorAll('math').length") > 40
    drawn = "item => item.getBoundingClientRect().height > 15"
    assert browser.run(f"return [...document.querySelectorAll('.formula math')].every({drawn})")
    assert browser.run("return document.fonts.check('16px \"Valley Math\"')")
    assert browser.run("return !document.querySelector('script[src*=athjax], merror')")
