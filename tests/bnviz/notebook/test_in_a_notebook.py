"""All that a notebook can show, in one that is run: what its cells hold, and how that opens in a browser."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import av
import nbformat
import pytest

from bn_math import Lesson
from tests.bnviz.browser import MISSING, Browser, chromium

CSV = "rooms,area,price\n" + "".join(
    f"{1 + row % 7},{20 + 31 * row % 170},{5 * (row % 7) + 2 * (31 * row % 170) + row % 3}\n"
    for row in range(24)
)
CELLS = {
    "imports": "import bnviz\nfrom bn_math import Lesson",
    "lesson": "lesson = Lesson.from_csv('flats.csv')\nlesson",
    "video": "bnviz.show('Valley/descent', lesson=lesson)",
    "again": "bnviz.show('Valley/descent', lesson='flats.csv')",
    "figure": "figure = bnviz.figure('Valley/descent', lesson=lesson)\nfigure.save('figure.pdf')\nfigure",
    "playground": "bnviz.playground(lesson, height=300)",
    "text": "print(repr(figure))",
    "mistake": "bnviz.show('Valley/desent')",
}
WITHOUT_THE_NET = ("require_js_url", "mathjax_url", "jquery_url", "mermaid_js_url")


@dataclass(frozen=True)
class Run:
    """A notebook that was run: its folder, and each cell's outputs by its name."""

    folder: Path
    outputs: dict[str, list[Any]]

    def shown(self, cell: str, kind: str = "text/html") -> str:
        """What a cell shows of this kind."""
        (output,) = self.outputs[cell]
        assert output["output_type"] == "execute_result", output
        return str(output["data"][kind])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "flats.csv").write_text(CSV, encoding="utf-8")
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS.values()]
    cells[-1]["metadata"]["tags"] = ["raises-exception"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "own.ipynb")
    environment = os.environ | {"HOME": str(folder)}
    convert = [sys.executable, "-m", "nbconvert", "--to"]
    empty = [f"--HTMLExporter.{name}=" for name in WITHOUT_THE_NET]
    for words in (["notebook", "--execute", "--inplace"], ["html", *empty]):
        done = subprocess.run(
            [*convert, *words, "own.ipynb"],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
    made = nbformat.read(folder / "own.ipynb", as_version=4)
    return Run(folder, {name: cell["outputs"] for name, cell in zip(CELLS, made["cells"], strict=True)})


class Tags(HTMLParser):
    """Every tag of a text with its attributes, and the words between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def only(self, tag: str) -> dict[str, str | None]:
        (found,) = [attributes for name, attributes in self.tags if name == tag]
        return found


def held(address: str | None, kind: str) -> bytes:
    """What an address holds."""
    assert address is not None
    before, _, content = address.partition(",")
    assert before == f"data:{kind};base64"
    return base64.b64decode(content)


# -- what the cells hold --
def test_the_lesson_is_a_table_of_its_numbers(run: Run) -> None:
    html = run.shown("lesson")
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)[1:]]
    stages = Lesson.from_csv(run.folder / "flats.csv").stages
    assert len(rows) == len(stages)
    for (condition, steps, *numbers), stage in zip(rows, stages, strict=True):
        spectrum = stage.spectrum
        assert int(steps) == stage.steps
        wanted = [spectrum.condition_number, *spectrum.eigenvalues, spectrum.best_learning_rate]
        assert [float(item) for item in (condition, *numbers)] == pytest.approx(wanted, rel=1e-4)
    assert "price from rooms and area, 24 rows" in html


def test_the_video_has_its_size_its_captions_and_its_poster(run: Run) -> None:
    tags = Tags(run.shown("video"))
    video, track = tags.only("video"), tags.only("track")
    assert (video["width"], video["height"]) == ("854", "480")
    assert "trough" in (video["aria-label"] or "")
    movie = held(tags.only("source")["src"], "video/mp4")
    with av.open(io.BytesIO(movie)) as opened:
        frames = [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]
    assert frames[0].shape == (480, 854, 3) and len(frames) > 15
    captions = held(track["src"], "text/vtt").decode()
    assert captions.startswith("WEBVTT\n") and "A ball steps downhill" in captions
    assert (track["kind"], track["srclang"], track["label"]) == ("captions", "en", "English")
    assert "default" in track, "a silent film says nothing else"
    with av.open(io.BytesIO(held(video["poster"], "image/jpeg"))) as opened:
        poster = next(opened.decode(video=0)).to_ndarray(format="rgb24")
    apart = abs(poster.astype(int) - frames[-1]).mean()
    assert apart < 2 < abs(poster.astype(int) - frames[0]).mean(), "the poster is the last picture"
    assert "a video of" in run.shown("video", "text/plain")


def test_a_second_call_takes_the_same_from_the_store(run: Run) -> None:
    """Also by another way to the same lesson."""
    assert run.shown("again") == run.shown("video")
    assert len(list((run.folder / "media" / "cache").glob("*.scene"))) == 1


def test_the_figure_is_an_svg_and_a_file(run: Run) -> None:
    root = ElementTree.fromstring(run.shown("figure", "image/svg+xml").encode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg" and root.get("width") == "85mm"
    image = Tags(run.shown("figure")).only("img")
    assert ElementTree.fromstring(held(image["src"], "image/svg+xml")).get("width") == "85mm"
    described = root.find("{http://www.w3.org/2000/svg}desc")
    assert described is not None and image["alt"] == described.text
    assert (run.folder / "figure.pdf").read_bytes().startswith(b"%PDF-")
    assert not (run.folder / "media" / "figures").exists()


def test_the_playground_is_a_page_in_a_frame(run: Run) -> None:
    frame = Tags(run.shown("playground")).only("iframe")
    assert frame["sandbox"] == "allow-scripts allow-downloads"
    assert frame["title"] and "height: 300px" in (frame["style"] or "")
    assert (frame["srcdoc"] or "").lower().startswith("<!doctype html>")


def test_a_mistake_is_a_sentence_without_a_traceback(run: Run) -> None:
    (error,) = run.outputs["mistake"]
    assert error["traceback"] == ["Valley has no beat 'desent'; did you mean Valley/descent?"]


# -- in a browser --
@pytest.fixture(scope="module")
def browser(run: Run) -> Iterator[Browser]:
    if MISSING:
        pytest.skip(MISSING)
    with chromium(1000, 1400) as browser:
        browser.open((run.folder / "own.html").as_uri())
        browser.wait("return document.readyState === 'complete'")
        yield browser


def test_the_page_to_play_with_shows_the_lesson_s_numbers(browser: Browser, run: Run) -> None:
    lesson = Lesson.from_csv(run.folder / "flats.csv")
    browser.driver.switch_to.frame(browser.driver.find_element("css selector", "iframe"))
    try:
        browser.wait("return Boolean(document.getElementById('steps-now')?.textContent && window.bnviz.page)")
        browser.run("window.bnviz.page.turn({ scaling: 1, centering: 1 }, false)")
        wanted = str(lesson.standardized.steps)
        browser.wait(f"return document.getElementById('steps-now').textContent === '{wanted}'")
    finally:
        browser.driver.switch_to.default_content()


def test_the_video_plays_with_its_captions(browser: Browser) -> None:
    first = "const film = document.querySelector('video'); const track = film.textTracks[0];"
    browser.wait(f"{first} return film.readyState === 4")
    told = browser.run(f"{first} return [film.videoWidth, film.videoHeight, film.error, track.mode]")
    assert told == [854, 480, None, "showing"]
    browser.run(f"{first} film.muted = true; film.currentTime = 1; await film.play()")
    browser.wait(f"{first} return film.currentTime > 1.2")
    cue = browser.run(f"{first} film.pause(); return track.activeCues[0].text")
    assert "ball steps downhill" in cue.replace("\n", " ")


def test_figure_and_table_are_seen(browser: Browser) -> None:
    image = "const image = document.querySelector('img[alt^=\"A loss surface\"]');"
    assert browser.run(
        f"{image} return image.complete && image.naturalWidth > 100 && image.clientWidth > 100"
    )
    heads = browser.run("return [...document.querySelectorAll('table th')].map(head => head.scope)")
    assert set(heads) == {"col", "row"}


def test_the_page_in_the_frame_runs(browser: Browser) -> None:
    frame = browser.driver.find_element("css selector", "iframe")
    browser.run("document.querySelector('iframe').scrollIntoView()")
    browser.driver.switch_to.frame(frame)
    try:
        assert browser.wait("return document.readyState === 'complete' && document.body.innerText.trim()")
        assert browser.run("return origin") == "null", "it is shut off from the notebook"
    finally:
        browser.driver.switch_to.default_content()


def test_nothing_comes_from_elsewhere_and_nothing_complains(browser: Browser, run: Run) -> None:
    asked = {
        address for address in browser.requests() if not address.startswith(("data:", "blob:", "about:"))
    }
    assert asked == {(run.folder / "own.html").as_uri()}
    assert browser.complaints() == []
