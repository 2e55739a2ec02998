"""The page to hand out: one folder, opened from its file in a browser without a network."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from bnviz.cache.store import Store
from bnviz.errors import SceneFailed, UserError
from bnviz.files import replacing_folder
from bnviz.film import join
from bnviz.film.make import FilmRequest
from bnviz.page.make import MadePage, make_page
from bnviz.page.model import numbers_of
from bnviz.run import discover
from scenes.kit.settings import Settings
from tests.bnviz.browser import MISSING, Browser, chromium
from tests.bnviz.conftest import EXAMPLES, TINY, Notes

FILM = "const film = document.getElementById('film');"
BOTH = ["Small", "Other"]


def wanted(output: Path, names: list[str] = BOTH) -> FilmRequest:
    settings = Settings(voice=False)
    store = Store(output.parent / "cache")
    return FilmRequest(discover.film(names, EXAMPLES), settings, output, TINY, workers=2, store=store)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MadePage]:
    """Both example scenes, silent."""
    folder = tmp_path_factory.mktemp("pages") / "a page"
    return folder, make_page(wanted(folder))


# -- what lies in the folder --
def test_everything_that_the_page_names_lies_beside_it(made: tuple[Path, MadePage]) -> None:
    folder, _ = made
    text = (folder / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:href|src|srcset|poster)="([^"#][^"]*)"', text)
    beside = {unquote(name) for name in named}
    assert len(beside) > 20
    for name in beside:
        assert ":" not in name and not name.startswith("/")
        assert (folder / name).is_file(), name
    assert re.findall(r"https?://", text) == []
    for sheet in (folder / "assets").glob("*.css"):
        for name in re.findall(r'url\("?([^")]+)"?\)', sheet.read_text()):
            assert (folder / "assets" / name).is_file()


def test_each_scene_and_each_figure_is_there(made: tuple[Path, MadePage]) -> None:
    folder, result = made
    assert [scene.name for scene in result.scenes] == BOTH
    assert [figure.name for figure in result.figures] == ["small-appear", "small-move", "other-circle"]
    for stem in ("small-silent", "other-silent"):
        assert {(folder / "scenes" / stem).with_suffix(end).is_file() for end in (".mp4", ".vtt")} == {True}
    text = (folder / "index.html").read_text(encoding="utf-8")
    for figure in result.figures:
        for kind in ("svg", "pdf", "png"):
            assert f'href="figures/{figure.files[kind]}"' in text
    assert "A square &amp; its &lt;side&gt;." in text
    assert "<side>" not in text


def test_the_numbers_are_the_lesson_s(made: tuple[Path, MadePage]) -> None:
    folder, _ = made
    numbers = numbers_of(Settings())
    assert [row.steps for row in numbers.rows] == ["6352", "3919", "53", "7"]
    assert numbers.rows[0].largest == "27\u2009005.94"
    assert (numbers.start, numbers.tolerance) == ("(0, 0)", "1 × 10⁻⁶")
    text = (folder / "index.html").read_text(encoding="utf-8")
    for row in numbers.rows:
        for cell in (row.smallest, row.largest, row.condition, row.rate, row.steps):
            assert f">{cell}</td>" in text


def test_chapters_stand_where_they_stand_in_the_film(made: tuple[Path, MadePage]) -> None:
    _, result = made
    small, other = result.scenes
    assert (small.start, small.beats[0].start) == (0.0, 0.0)
    assert 0 < small.beats[1].start < small.seconds
    assert other.start == other.beats[0].start == small.seconds


# -- what is there, and what is not taken for it --
def test_a_second_page_renders_and_joins_nothing(
    made: tuple[Path, MadePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, result = made
    notes = Notes()
    with monkeypatch.context() as patch:
        patch.setattr(join, "join", lambda *_: pytest.fail("joined again"))
        again = make_page(wanted(folder), notes)
    assert (sorted(notes.taken_names), notes.rendered) == (sorted(BOTH), [])
    assert again.scenes == result.scenes


def test_a_damaged_film_of_the_page_of_before_is_not_taken_over(made: tuple[Path, MadePage]) -> None:
    folder, result = made
    film = result.film.read_bytes()
    result.film.write_bytes(film[:-1] + bytes([film[-1] ^ 1]))
    notes = Notes()
    assert make_page(wanted(folder), notes).film.read_bytes() == film
    assert notes.rendered == []


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="would be replaced as a whole, but holds thesis.txt"):
        make_page(wanted(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_scene_that_fails_leaves_the_old_page(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    with replacing_folder(folder) as new:
        (new / "page.json").write_text("{}")
    with pytest.raises(SceneFailed, match="the circle does not close"):
        make_page(wanted(folder, ["Broken"]))
    assert sorted(path.name for path in tmp_path.rglob("*")) == [".bnviz", "page", "page.json"]


# -- in a browser --
@pytest.fixture(scope="module")
def browser():
    if MISSING:
        pytest.skip(MISSING)
    with chromium(1280, 900) as browser:
        yield browser


def prefer(browser: Browser, **preferences: str) -> None:
    features = [{"name": name.replace("_", "-"), "value": value} for name, value in preferences.items()]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def show(browser: Browser, where: str) -> None:
    browser.open(where)
    browser.wait(FILM + "return film.readyState >= 1 && document.readyState === 'complete'")


def test_it_opens_from_a_file_and_asks_for_nothing_from_elsewhere(
    browser: Browser, made: tuple[Path, MadePage]
) -> None:
    folder, _ = made
    show(browser, (folder / "index.html").as_uri())
    assert browser.run("return navigator.onLine") is False
    browser.run("document.querySelectorAll('img').forEach(image => image.scrollIntoView())")
    browser.wait("return [...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert browser.run("await document.fonts.ready; return document.fonts.check('1rem Lato')") is True
    assert browser.run("return [...document.fonts].every(face => face.status === 'loaded')") is True
    asked = [item for item in browser.requests() if not item.startswith(("blob:", "data:"))]
    assert len(asked) > 10
    assert [item for item in asked if not item.startswith(folder.as_uri())] == []
    assert browser.complaints() == []


def test_nothing_plays_by_itself(browser: Browser, made: tuple[Path, MadePage]) -> None:
    folder, _ = made
    show(browser, (folder / "index.html").as_uri())
    players = "[...document.querySelectorAll('video')]"
    assert browser.run(f"return {players}.length") == 3
    assert browser.run(f"return {players}.every(v => v.paused && !v.autoplay && v.currentTime === 0)") is True


def test_chapter_buttons_seek(browser: Browser, made: tuple[Path, MadePage]) -> None:
    folder, result = made
    show(browser, (folder / "index.html").as_uri())
    beats = [beat for scene in result.scenes for beat in scene.beats]
    for number in (2, 1, 0):
        browser.run(f"document.querySelectorAll('.chapter')[{number}].focus()")
        browser.press("\ue007")  # Enter
        here = f"Math.abs(film.currentTime - {beats[number].start}) < 0.02"
        browser.wait(FILM + f"return !film.seeking && {here} && film.readyState >= 2")
        browser.wait("return document.querySelectorAll('[aria-current]').length === 1")
        assert beats[number].title in browser.run("return document.querySelector('[aria-current]').innerText")
    assert browser.run(FILM + "return film.paused") is True
    assert browser.complaints() == []


def test_captions_show_and_can_be_turned_off(browser: Browser, made: tuple[Path, MadePage]) -> None:
    folder, _ = made
    show(browser, (folder / "index.html").as_uri())
    browser.wait(FILM + "return film.textTracks[0].cues && film.textTracks[0].cues.length === 3")
    browser.run(FILM + "film.currentTime = 0.5")
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


def test_one_film_at_a_time(browser: Browser, made: tuple[Path, MadePage]) -> None:
    folder, _ = made
    show(browser, (folder / "index.html").as_uri())
    browser.run(FILM + "film.muted = true; await film.play()")
    browser.run("const v = document.querySelectorAll('video')[1]; v.muted = true; await v.play()")
    browser.wait(FILM + "return film.paused")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing(
    browser: Browser, made: tuple[Path, MadePage], scheme: str, width: int
) -> None:
    axe = pytest.importorskip("selenium_axe_python")
    folder, _ = made
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    prefer(browser, prefers_color_scheme=scheme)
    show(browser, (folder / "index.html").as_uri())
    axe.Axe(browser.driver).inject()
    found = browser.run("return await axe.run({ preload: false })")  # it may not read files by script
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in found["violations"]] == []
    checked = {item["id"] for item in found["passes"]}
    assert checked >= {"color-contrast", "button-name", "region", "bypass", "image-alt", "heading-order"}
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth") is True
    shown = browser.run("return document.images[0].currentSrc")
    assert shown.endswith("-dark.svg") == (scheme == "dark")


def test_reduced_motion_is_respected(browser: Browser, made: tuple[Path, MadePage]) -> None:
    folder, _ = made
    how = "return getComputedStyle(document.documentElement).scrollBehavior"
    moves = "return getComputedStyle(document.querySelector('.chapter')).transitionDuration"
    prefer(browser, prefers_reduced_motion="no-preference")
    show(browser, (folder / "index.html").as_uri())
    assert browser.run(how) == "smooth"
    prefer(browser, prefers_reduced_motion="reduce")
    show(browser, (folder / "index.html").as_uri())
    assert (browser.run(how), browser.run(moves)) == ("auto", "0s")
    browser.run("document.querySelectorAll('.chapter')[1].click()")
    assert browser.run("return document.getAnimations().length") == 0


def test_the_keyboard_reaches_everything_and_is_seen(browser: Browser, made: tuple[Path, MadePage]) -> None:
    folder, _ = made
    show(browser, (folder / "index.html").as_uri())
    seen = []
    for _ in range(24):
        browser.press("\ue004")  # Tab
        seen.append(
            browser.run(
                "const e = document.activeElement; const s = getComputedStyle(e);"
                "return [e.id || e.className || e.getAttribute('href') || e.tagName,"
                " parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none']"
            )
        )
    assert seen[0][0] == "skip"
    assert [name for name, _ in seen[1:5]] == ["#film-and-chapters", "#numbers", "#scenes", "film"]
    assert {"captions", "chapter"} <= {name for name, _ in seen}
    assert all(is_outlined for name, is_outlined in seen if name != "film")  # its controls are the browser's
