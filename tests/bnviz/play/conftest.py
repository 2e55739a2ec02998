"""What the tests of the page to play with share: it as a folder and in one file, and a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bnviz.play.make import make_play, write_one_file
from scenes.kit.settings import Settings
from tests.bnviz.browser import MISSING, Browser, chromium, prefer

PAGE = "window.bnviz.page"
SETTLED = f"return {PAGE} && !{PAGE}.waits && document.getElementById('told').textContent !== ''"
Turn = Callable[[str], None]


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, in a place whose name has to be escaped."""
    place = tmp_path_factory.mktemp("plays") / "a page é"
    make_play(Settings(voice=False), place)
    return place


@pytest.fixture(scope="package")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plays") / "play.html"
    write_one_file(Settings(voice=False), path)
    return path


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if MISSING:
        pytest.skip(MISSING)
    with chromium(1280, 900) as browser:
        yield browser


def opened(browser: Browser, address: str) -> Browser:
    """The page, once it has begun; its descent stands still at its end."""
    prefer(browser, prefers_reduced_motion="reduce")
    browser.open("about:blank")  # an address that differs behind "#" alone is not loaded again
    browser.complaints()
    browser.open(address)
    browser.wait("return document.readyState === 'complete'")
    browser.wait(SETTLED)
    return browser


@pytest.fixture
def show(browser: Browser, folder: Path) -> Callable[..., Browser]:
    """Open the page from its file, with a state."""

    def open_page(state: str = "") -> Browser:
        return opened(browser, (folder / "play.html").as_uri() + (f"#{state}" if state else ""))

    return open_page


def turn(browser: Browser, changes: str) -> None:
    """Turn knobs as the page's own code does, and wait until everything has been looked at twice."""
    browser.run(f"{PAGE}.turn({changes}, false)")
    browser.run("await new Promise(done => setTimeout(done, 400))")


def text(browser: Browser, identifier: str) -> str:
    found: str = browser.run(f"return document.getElementById('{identifier}').textContent")
    return found
