"""The page in a browser without a network: in folders, files and frames; for every screen and reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bn_math import Lesson
from tests.bnviz.browser import Browser, prefer, screen, served
from tests.bnviz.play.conftest import PAGE, SETTLED, opened, text, turn

Show = Callable[..., Browser]
ARTICLE = Lesson.article()
TAB = "\ue004"


# -- where it lies --
def test_it_opens_from_a_file_and_asks_for_nothing_from_elsewhere(show: Show, browser: Browser) -> None:
    before = len(browser.requests())
    show()
    assert browser.run("return navigator.onLine") is False
    assert browser.run("await document.fonts.ready; return document.fonts.check('1rem Lato')") is True
    asked = [item for item in browser.requests()[before:] if not item.startswith(("data:", "about:"))]
    own = [item for item in asked if "/a%20page%20%C3%A9/" in item]
    assert len(own) >= 5 and [item for item in asked if not item.startswith("file:")] == []
    assert browser.complaints() == []


def test_a_host_may_allow_nothing_but_its_own(browser: Browser, folder: Path) -> None:
    with served(browser, folder, {"Content-Security-Policy": "default-src 'self'"}) as address:
        opened(browser, f"{address}/play.html")
        assert text(browser, "steps-now") == str(ARTICLE.raw.steps)
        turn(browser, "{ scaling: 1 }")
        assert text(browser, "steps-now") == str(ARTICLE.scaled.steps)
        assert browser.complaints() == []


def test_in_one_file_it_forbids_itself_everything_else(browser: Browser, one_file: Path) -> None:
    opened(browser, one_file.as_uri())
    assert text(browser, "steps-now") == str(ARTICLE.raw.steps)
    assert browser.run("await document.fonts.ready; return document.fonts.check('1rem Lato')") is True
    assert browser.complaints() == []
    refused = browser.run(
        "return await new Promise(done => { document.addEventListener('securitypolicyviolation',"
        " event => done(event.effectiveDirective), { once: true });"
        " new Image().src = 'http://127.0.0.1:9/x.png'; })"
    )
    assert refused == "img-src"


@pytest.mark.parametrize("how", ["src", "srcdoc"])
def test_in_a_sandboxed_frame_it_works_and_does_not_complain(
    browser: Browser, one_file: Path, tmp_path: Path, how: str
) -> None:
    page = tmp_path / "host.html"
    page.write_text("<!doctype html><title>host</title><div id=place></div>", encoding="utf-8")
    browser.open(page.as_uri())
    browser.complaints()
    content = one_file.read_text(encoding="utf-8") if how == "srcdoc" else one_file.as_uri()
    browser.driver.execute_script(
        "const f = document.createElement('iframe'); f.sandbox = 'allow-scripts allow-downloads';"
        f"f.width = 1000; f.height = 800; f[{how!r}] = arguments[0]; document.body.append(f)",
        content,
    )
    browser.driver.switch_to.frame(0)
    try:
        browser.wait("return Boolean(window.bnviz && document.getElementById('steps-now').textContent)")
        browser.run(f"{PAGE}.turn({{ scaling: 1, centering: 1 }}, false)")
        browser.wait(
            f"return document.getElementById('steps-now').textContent === '{ARTICLE.standardized.steps}'"
        )
        browser.run("await new Promise(done => setTimeout(done, 400))")
        browser.run("document.getElementById('copy-embed').click()")
        code = "document.getElementById('by-hand-text').value"
        by_hand = browser.wait(f"return {code} || document.getElementById('copied').textContent")
        assert "iframe" in by_hand or by_hand == "Copied."
    finally:
        browser.driver.switch_to.default_content()
    assert browser.complaints() == []


# -- every screen and every reader --
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing(show: Show, scheme: str, width: int) -> None:
    axe = pytest.importorskip("selenium_axe_python")
    with screen(show(), width) as browser:
        prefer(browser, prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
        axe.Axe(browser.driver).inject()
        for state in ("{}", "{ rate: 1, optimizer: 'gradient_descent' }", "{ batch: 1, share: 'group' }"):
            turn(browser, state)
            found = browser.run("return await axe.run({ preload: false })")
            problems = [(item["id"], [n["html"] for n in item["nodes"]]) for item in found["violations"]]
            assert problems == []
            assert {"color-contrast", "label", "button-name"} <= {item["id"] for item in found["passes"]}


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_scrolled_sideways(show: Show, width: int) -> None:
    with screen(show(), width) as browser:
        assert browser.run("return document.documentElement.scrollWidth") <= width


def test_a_finger_finds_every_control(show: Show) -> None:
    with screen(show(), 390) as browser:
        small = browser.run(
            "const all = 'button, select, input[type=range], .button, .tick, .choice label';"
            "return [...document.querySelectorAll(all)].filter(e => e.checkVisibility())"
            ".map(e => [e.id || e.textContent.trim(), e.getBoundingClientRect()])"
            ".filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)"
        )
        assert small == []


def test_the_keyboard_reaches_everything_and_is_seen(show: Show) -> None:
    browser = show()
    seen = []
    for _ in range(140):
        browser.press(TAB)
        seen.append(
            browser.run(
                "const e = document.activeElement; const s = getComputedStyle(e);"
                "return [e.id || e.name || e.dataset.save || e.className || e.localName,"
                " parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none']"
            )
        )
    names = {name for name, _ in seen}
    wanted = {"run", "step", "reset", "scaling-range", "centering-range", "optimizer", "best", "rate-range"}
    wanted |= {
        "scale_a-range",
        "own-file",
        "shuffle",
        "gamma_a-range",
        "share",
        "copy-link",
        "copy-embed",
        "svg",
    }
    assert wanted - names == set()
    assert [name for name, is_outlined in seen if not is_outlined and name not in ("body", "own-file")] == []


def test_one_panel_alone_for_a_frame_on_another_page(show: Show) -> None:
    browser = show("show=layer")
    seen = "return [...document.querySelectorAll('.panel')].filter(p => p.checkVisibility()).map(p => p.id)"
    assert browser.run(seen) == ["layer-panel"]
    assert browser.run("return document.querySelector('header').checkVisibility()") is False
    assert browser.run(SETTLED) is True
