"""Knobs by hand, by keys, by touch; what is given to try."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bn_math import Lesson
from tests.bnviz.browser import Browser, prefer, screen
from tests.bnviz.play.conftest import PAGE, opened, text, turn
from tests.bnviz.play.hands import drag, place_of_start, touch

Show = Callable[..., Browser]
ARTICLE = Lesson.article()
TAB, END, HOME = "\ue004", "\ue010", "\ue011"


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
    steps = ARTICLE.standardized.steps
    assert text(browser, "running-now") == ""
    browser.run("document.getElementById('reset').click()")
    assert text(browser, "running-now") == f"step 0 of {steps}, 100\u202f% of the way left"
    for count in (1, 2):
        browser.run("document.getElementById('step').click()")
        loss, points = ARTICLE.standardized.loss, ARTICLE.standardized.descent.points
        left = 100 * float(loss.distance(points[count]) / loss.distance(points[0]))
        percent = f"{left:.0f}" if left >= 10 else f"{left:.1f}"
        assert text(browser, "running-now") == f"step {count} of {steps}, {percent}\u202f% of the way left"
    browser.run("document.getElementById('run').click()")
    assert text(browser, "run") == "Pause"
    browser.wait("return document.getElementById('run').textContent === 'Run'")
    assert (text(browser, "running-now"), text(browser, "steps-now")) == ("", str(steps))


def test_a_knob_says_what_it_can_be(show: Show) -> None:
    browser = show()
    said = browser.run(
        "const knob = document.getElementById('knob-correlation'); const box = knob.querySelector('.value');"
        "box.value = '1'; box.dispatchEvent(new Event('change'));"
        "await new Promise(done => setTimeout(done, 400));"
        "return [knob.querySelector('.bounds').textContent, window.bnviz.page.state.correlation]"
    )
    assert "from \u22120.999 to 0.999" in said[0] and said[1] == 0.999


def test_a_whole_knob_turns_by_one_and_another_by_a_hundredth(show: Show) -> None:
    browser = show()
    for name, right in (("batch", ARTICLE.settings.batch_size + 1), ("scaling", 0.02)):
        browser.run(f"document.getElementById('{name}-range').focus()")
        browser.press("\ue014" * (2 if name == "scaling" else 1))
        browser.wait(f"return {PAGE}.state.{name} === {right}")


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
