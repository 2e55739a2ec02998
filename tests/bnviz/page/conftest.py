"""What the tests of the page share: a page of both example scenes, silent, and a browser to open it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bnviz.cache.store import Store
from bnviz.film.make import FilmRequest
from bnviz.page.make import MadePage, make_page
from bnviz.run import discover
from scenes.kit.settings import Settings
from tests.bnviz.browser import MISSING, Browser, chromium
from tests.bnviz.conftest import EXAMPLES, TINY

FILM = "const film = document.getElementById('film');"
BOTH = ["Small", "Other"]


def wanted(output: Path, names: list[str] = BOTH) -> FilmRequest:
    settings = Settings(voice=False)
    store = Store(output.parent / "cache")
    return FilmRequest(discover.film(names, EXAMPLES), settings, output, TINY, workers=2, store=store)


@pytest.fixture(scope="package")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MadePage]:
    """The folder, and what was made."""
    folder = tmp_path_factory.mktemp("pages") / "a page"
    return folder, make_page(wanted(folder))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if MISSING:
        pytest.skip(MISSING)
    with chromium(1280, 900) as browser:
        yield browser


@pytest.fixture
def show(browser: Browser, made: tuple[Path, MadePage]) -> Callable[[], Browser]:
    """Open the page from its file."""

    def open_page() -> Browser:
        browser.open((made[0] / "index.html").as_uri())
        browser.wait("return document.readyState === 'complete'")
        return browser

    return open_page
