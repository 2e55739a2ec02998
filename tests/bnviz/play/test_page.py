"""The page in a browser without a network: by hand, by keys, by touch; in frames; for every reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bn_math import Lesson
from tests.bnviz.browser import Browser, served
from tests.bnviz.play.conftest import PAGE, SETTLED, opened, prefer, screen, text, turn

Show = Callable[..., Browser]
ARTICLE = Lesson.article()
TAB, RIGHT, END, HOME, SPACE = "\ue004", "\ue014", "\ue010", "\ue011", " "


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


# -- knobs --
def test_by_keys(show: Show) -> None:
    browser = show()
    browser.run("document.getElementById('scaling-range').focus()")
    browser.press(END)
    browser.wait(f"return document.getElementById('steps-now').textContent === '{ARTICLE.scaled.steps}'")
    browser.press(TAB * 2 + END)
    browser.wait(
        f"return document.getElementById('steps-now').textContent === '{ARTICLE.standardized.steps}'"
    )
    told = browser.run("return document.getElementById('centering-range').getAttribute('aria-valuetext')")
    assert told == "100\u2009%"
    browser.press(HOME)
    browser.wait(f"return document.getElementById('steps-now').textContent === '{ARTICLE.scaled.steps}'")
    said = f"return document.getElementById('told').textContent.includes('{ARTICLE.scaled.steps} steps')"
    browser.wait(said)


def test_by_typing_and_what_is_no_number_is_told(show: Show) -> None:
    browser = show()
    box = "const box = document.querySelector('#knob-scaling .value');"

    def typed(value: str) -> Any:
        return browser.run(
            f"{box} box.focus(); box.value = '{value}'; box.dispatchEvent(new Event('change'));"
            "await new Promise(done => setTimeout(done, 400));"
            f"return [box.getAttribute('aria-invalid'), {PAGE}.state.scaling]"
        )

    assert typed("1") == ["false", 1]
    assert typed("one") == ["true", 1]
    assert typed("0,25") == ["false", 0.25]
    assert typed("7") == ["false", 1]  # brought back to what it can be


def test_the_ball_is_dragged_with_the_mouse(show: Show) -> None:
    browser = show("scaling=1&centering=1")
    start = place_of_start(browser)
    drag(browser, start, (15, 45))
    found = browser.run(f"return [{PAGE}.state.start_a, {PAGE}.state.start_b]")
    assert found != [0, 0]
    end = place_of_start(browser)
    assert end == pytest.approx((start[0] + 15, start[1] + 45), abs=3)
    assert "start_a=" in browser.run("return location.hash")


def test_the_shape_is_turned_beside_the_ball(show: Show) -> None:
    browser = show()
    box = browser.run(
        "const b = document.querySelector('#surface canvas').getBoundingClientRect();"
        "return [b.left, b.top, b.width, b.height]"
    )
    drag(browser, (box[0] + 25, box[1] + 25), (60, 0))
    state = browser.run(f"return {PAGE}.state")
    assert state["turn"] != 0 and (state["start_a"], state["start_b"]) == (0, 0)


def test_a_finger_takes_the_ball_and_else_scrolls(show: Show) -> None:
    with screen(show("scaling=1&centering=1"), 390) as browser:
        browser.run("await new Promise(done => setTimeout(done, 300))")
        x, y = place_of_start(browser)
        touch(browser, "touchStart", x, y)
        for k in range(1, 6):
            touch(browser, "touchMove", x + 6 * k, y + 2 * k)
        touch(browser, "touchEnd")
        browser.run("await new Promise(done => setTimeout(done, 400))")
        assert browser.run(f"return {PAGE}.state.start_a !== 0 || {PAGE}.state.start_b !== 0") is True
        assert browser.run("return scrollY") == 0


def test_the_rate_is_set_on_its_curve(show: Show) -> None:
    browser = show()
    browser.run("document.getElementById('cliff').scrollIntoView({ block: 'center', behavior: 'instant' })")
    browser.run("await new Promise(done => setTimeout(done, 300))")
    box = browser.run(
        "const b = document.querySelector('#cliff canvas').getBoundingClientRect();"
        "return [b.left, b.top, b.width, b.height]"
    )
    best = ARTICLE.raw.spectrum.best_learning_rate
    drag(browser, (box[0] + 0.75 * box[2], box[1] + 0.5 * box[3]), (-40, 0))
    rate = browser.run(f"return {PAGE}.state.rate")
    assert 0 < rate < best
    assert browser.run("return document.getElementById('best').checked") is False
    browser.run("document.getElementById('best').click()")
    browser.wait(f"return document.getElementById('steps-now').textContent === '{ARTICLE.raw.steps}'")


def test_step_run_and_start_over(show: Show) -> None:
    browser = show("scaling=1&centering=1")
    browser.run("document.getElementById('reset').click()")
    assert text(browser, "steps-now") == "0"
    for count in ("1", "2"):
        browser.run("document.getElementById('step').click()")
        assert text(browser, "steps-now") == count
    browser.run("document.getElementById('run').click()")
    assert text(browser, "run") == "Pause"
    browser.wait("return document.getElementById('run').textContent === 'Run'")
    assert text(browser, "steps-now") == str(ARTICLE.standardized.steps)


def test_motion_begins_by_itself_only_where_it_is_welcome(browser: Browser, folder: Path) -> None:
    prefer(browser, prefers_reduced_motion="no-preference")
    browser.open("about:blank")
    browser.open((folder / "play.html").as_uri())
    browser.wait(f"return {PAGE}.panels.loss.running.isOn")
    opened(browser, (folder / "play.html").as_uri())
    assert browser.run(f"return {PAGE}.panels.loss.running.isOn") is False


# -- experiments --
def test_the_first_experiment_is_done_by_turning_one_knob(show: Show) -> None:
    browser = show("scaling=0.5&optimizer=adam")
    item = "document.querySelector('[data-experiment=home]')"
    browser.run(f"{item}.querySelector('button').click(); await new Promise(done => setTimeout(done, 500))")
    assert browser.run(f"return [{PAGE}.state.optimizer, {PAGE}.state.scaling]") == ["gradient_descent", 0]
    assert browser.run(f"return {item}.dataset.state") == "on"
    assert str(ARTICLE.raw.steps) in browser.run(f"return {item}.querySelector('output').textContent")
    turn(browser, "{ optimizer: 'adam' }")
    assert browser.run(f"return {item}.dataset.state") == "on"
    turn(browser, "{ optimizer: 'gradient_descent', scaling: 1, centering: 1 }")
    assert browser.run(f"return {item}.dataset.state") == "done"


def test_the_layer_is_undone_by_its_batch_s_own_mean_and_spread(show: Show) -> None:
    browser = show()
    item = "document.querySelector('[data-experiment=undo]')"
    browser.run(f"{item}.querySelector('button').click(); await new Promise(done => setTimeout(done, 500))")
    assert browser.run(f"return {item}.dataset.state") == "on"
    turn(
        browser,
        "(() => { const { mean, variance } = window.bnviz.page.panels.layer.result;"
        "const g = variance.map(v => Math.sqrt(v + window.bnviz.page.state.eps));"
        "return { gamma_a: g[0], gamma_b: g[1], beta_a: mean[0], beta_b: mean[1] }; })()",
    )
    assert browser.run(f"return {item}.dataset.state") == "done"


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


def dropped(browser: Browser, name: str, content: str) -> str:
    browser.run(
        f"const data = new DataTransfer(); data.items.add(new File([{content!r}], {name!r}));"
        "document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));"
        "await new Promise(done => setTimeout(done, 600))"
    )
    return text(browser, "own-said")


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


# -- hands --
def place_of_start(browser: Browser) -> tuple[float, float]:
    """Where the start stands on the surface, in the window."""
    x, y = browser.run(
        f"const l = {PAGE}.panels.loss; const b = l.pictures.surface.canvas.getBoundingClientRect();"
        "const p = l.pictures.surface.places.toPicture(l.model.start); return [p[0] + b.left, p[1] + b.top]"
    )
    return x, y


def drag(browser: Browser, start: tuple[float, float], way: tuple[float, float]) -> None:
    send = browser.driver.execute_cdp_cmd
    x, y = start

    def mouse(kind: str, dx: float, dy: float) -> None:
        send(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x + dx, "y": y + dy, "button": "left", "buttons": 1, "clickCount": 1},
        )

    mouse("mousePressed", 0, 0)
    for share in (0.25, 0.5, 0.75, 1.0):
        mouse("mouseMoved", share * way[0], share * way[1])
    mouse("mouseReleased", *way)
    browser.run("await new Promise(done => setTimeout(done, 500))")


def touch(browser: Browser, kind: str, *place: float) -> None:
    points = [{"x": place[0], "y": place[1]}] if place else []
    browser.driver.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
