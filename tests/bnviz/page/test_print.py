"""The page on paper: a sheet or two a scene, black on white, figures for films, and nothing to press."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

import numpy as np
import pypdfium2
import pytest

from tests.bnviz.browser import Browser, prefer

FRONT, A_SCENE = 1, 2  # sheets at most
DOTS = 40 / 72  # an inch, over a point's
A4 = {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": True}


@pytest.fixture(params=["light", "dark"])
def printed(
    request: pytest.FixtureRequest, show: Callable[[], Browser]
) -> Iterator[tuple[Browser, pypdfium2.PdfDocument]]:
    """The page as Chromium prints it for a reader who prefers a scheme."""
    browser = show()
    prefer(browser, prefers_color_scheme=request.param)
    show()
    data = browser.driver.execute_cdp_cmd("Page.printToPDF", A4)["data"]
    with pypdfium2.PdfDocument(base64.b64decode(data)) as document:
        yield browser, document
    prefer(browser)


def test_each_scene_takes_a_sheet_or_two(printed: tuple[Browser, pypdfium2.PdfDocument]) -> None:
    _, document = printed
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert 3 <= len(texts) <= FRONT + 2 * A_SCENE
    small, other = (
        next(n for n, text in enumerate(texts) if text.startswith(start)) for start in ("1 Small", "2 Other")
    )
    assert 0 < small < other <= small + A_SCENE
    assert "A square & its <side>." in texts[small]
    assert "condition number" in texts[0] and "6352" in texts[0]
    for word in ("Downloads", "MP4", "SVG", "Captions", "Close", "Skip"):
        assert not any(word in text for text in texts), word


def test_it_is_black_on_white_with_a_figure_for_each_film(
    printed: tuple[Browser, pypdfium2.PdfDocument],
) -> None:
    _, document = printed
    for page in document:
        picture = page.render(scale=DOTS).to_numpy()[..., :3].min(axis=2)
        assert np.median(picture) == 255
        assert (picture < 64).mean() < 0.2  # no film's black
    sheet = document[1].render(scale=DOTS).to_numpy()[..., :3].astype(int)
    colored = np.ptp(sheet, axis=2) > 40
    assert colored.any()  # the square of the scene's figure


def test_on_paper_figures_stand_in_for_films(show: Callable[[], Browser]) -> None:
    browser = show()
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = "[...document.querySelectorAll('{}')].filter(item => item.checkVisibility()).length"
    counts = {
        what: browser.run(f"return {seen.format(what)}") for what in ("video", "button", "details", "dialog")
    }
    assert counts == {"video": 0, "button": 0, "details": 0, "dialog": 0}
    wide = "return [...document.querySelectorAll('figure')].map(item => item.offsetWidth)"
    appear, move, circle = browser.run(wide)
    assert move == circle > 1.4 * appear
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
