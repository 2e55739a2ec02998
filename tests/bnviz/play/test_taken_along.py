"""The state in the address, pictures and numbers to be saved, and rows that a reader brings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bn_math import Lesson
from tests.bnviz.browser import Browser
from tests.bnviz.play.conftest import PAGE, text, turn
from tests.bnviz.play.hands import dropped

Show = Callable[..., Browser]
ARTICLE = Lesson.article()


# -- state and what is taken away --
STATE = (
    "scaling=1&centering=0.25&scale_b=3&correlation=0.5&optimizer=heavy_ball&rate=0.01&momentum=0.8&start_a=1.5"
    "&turn=-20&tilt=30&batch=16&mode=inference&gamma_a=2&share=group"
)


def test_the_address_holds_the_state_and_opens_it_again(show: Show) -> None:
    browser = show(STATE)
    turn(browser, "{ start_b: 2.5 }")
    hash_before = browser.run("return location.hash")
    wanted = dict(part.split("=") for part in f"{STATE}&start_b=2.5".split("&"))
    assert dict(part.split("=") for part in hash_before[1:].split("&")) == wanted
    steps = text(browser, "steps-now")
    browser = show(hash_before[1:])
    assert text(browser, "steps-now") == steps
    assert browser.run("return location.hash") == hash_before


@pytest.mark.parametrize(
    "state",
    [
        "scaling=9&batch=-3&nonsense=1",
        "optimizer=sgd&rate=fast&scaling=&show=<b>",
        "%E0%A4%A&&==",
        "__proto__=1",
    ],
)
def test_an_address_typed_by_hand_does_no_harm(show: Show, state: str) -> None:
    browser = show(state)
    assert text(browser, "steps-now") != ""
    assert browser.run(f"return {PAGE}.state.scaling") in (0, 1)
    assert browser.complaints() == []


def test_pictures_and_numbers_are_saved(show: Show) -> None:
    browser = show("scaling=1&centering=1")
    browser.run(
        "window.saved = []; HTMLAnchorElement.prototype.click = function () {"
        " const name = this.download; window.saved.push(fetch(this.href).then(r => r.blob())"
        ".then(async b => [name, b.type, b.type.startsWith('image/png') ? b.size : await b.text()])); }"
    )
    browser.run("document.querySelectorAll('[data-save]').forEach(button => button.click())")
    browser.run("['numbers', 'batch', 'matrix'].forEach(n => document.getElementById(`${n}-csv`).click())")
    browser.wait("return window.saved.length === 7 * 2 + 3")
    saved = {name: (kind, content) for name, kind, content in browser.run("return await Promise.all(saved)")}
    svgs = [content for name, (_, content) in saved.items() if name.endswith(".svg")]
    pngs = [content for name, (_, content) in saved.items() if name.endswith(".png")]
    assert len(svgs) == len(pngs) == 7 and min(pngs) > 1000
    for svg in svgs:
        title = browser.run(
            "const d = new DOMParser().parseFromString(" + repr(svg) + ", 'image/svg+xml');"
            "return d.querySelector('parsererror') ? 'bad' : d.querySelector('title').textContent"
        )
        assert title not in ("bad", "")
    header, *rows = saved["descent.csv"][1].splitlines()
    assert header == "step,weight of A,weight of B,J above its minimum"
    assert len(rows) == ARTICLE.standardized.steps + 1
    last = [float(cell) for cell in rows[-1].split(",")]
    assert last[1:3] == pytest.approx(ARTICLE.standardized.descent.points[-1], rel=1e-9)
    assert len(saved["mini-batch.csv"][1].splitlines()) == 1 + ARTICLE.settings.batch_size
    assert len(saved["norms.csv"][1].splitlines()) == 7


# -- own rows --
OWN = "length;weight;price\n1,5;20;3\n2,5;24;4,5\n3,5;31;5\n4;28;7,5\n6;45;9\n"


def test_rows_of_one_s_own_are_dropped_and_are_those_of_a_lesson(show: Show, tmp_path: Path) -> None:
    browser = show("scale_b=4")
    before = len(browser.requests())
    file = tmp_path / "own.csv"
    file.write_text(OWN, encoding="utf-8")
    lesson = Lesson.from_csv(file)
    said = dropped(browser, "own.csv", OWN)
    assert said.startswith("own.csv: 5 rows of length, weight and price.") and "semicolons" in said
    assert text(browser, "steps-now").replace("\u2009", "") == str(lesson.raw.steps)
    assert "length and weight predict price" in text(browser, "question")
    turn(browser, "{ scaling: 1, centering: 1 }")
    assert text(browser, "steps-now") == str(lesson.standardized.steps)
    assert browser.run("return document.getElementById('own-rows-stay').hidden") is False
    browser.run("document.getElementById('lesson-rows').click(); await new Promise(d => setTimeout(d, 500))")
    assert text(browser, "steps-now") == str(ARTICLE.standardized.steps)
    asked = browser.requests()[before:]
    assert [item for item in asked if not item.startswith(("file:", "data:", "blob:"))] == []


def test_rows_that_cannot_be_taken_are_told_and_the_others_stay(show: Show) -> None:
    browser = show()
    said = dropped(browser, "bad.csv", "A,B,y\n1,2,3\n2,x,4\n3,4,5\n4,9,6\n")
    assert "bad.csv" in said and "row 3" in said and "B" in said
    assert text(browser, "steps-now") == str(ARTICLE.raw.steps)
    assert browser.complaints() == []
