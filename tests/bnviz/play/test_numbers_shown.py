"""What the page shows of the article's data is what the lesson computes, whichever knob leads there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bn_math import Lesson, steps_to
from bn_math.descent.optimizers import GradientDescent
from tests.bnviz.browser import Browser
from tests.bnviz.play.conftest import PAGE, text, turn

Show = Callable[..., Browser]
ARTICLE = Lesson.article()
STAGES = {"raw": (0, 0), "centered": (1, 0), "scaled": (0, 1), "standardized": (1, 1)}


def spoken(number: float) -> str:
    """A condition number as the film writes it."""
    return f"{number:.1f}" if number > 100 else f"{number:.3f}"


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_has_its_steps_and_its_condition_number(show: Show, stage: str) -> None:
    centering, scaling = STAGES[stage]
    browser = show(f"centering={centering}&scaling={scaling}")
    of_lesson = getattr(ARTICLE, stage)
    assert text(browser, "steps-now") == str(of_lesson.steps)
    assert text(browser, "condition-now") == spoken(of_lesson.spectrum.condition_number)
    rate = browser.run(f"return {PAGE}.panels.loss.rule.learningRate")
    assert rate == pytest.approx(of_lesson.spectrum.best_learning_rate, rel=1e-12)


@pytest.mark.parametrize("stage", ["raw", "standardized"])
def test_the_six_optimizers_arrive_as_in_the_race(show: Show, stage: str) -> None:
    centering, scaling = STAGES[stage]
    browser = show(f"centering={centering}&scaling={scaling}")
    found = {}
    of_lesson = getattr(ARTICLE, stage).optimizer_steps
    for name in of_lesson:
        turn(browser, f"{{ optimizer: '{name}', rate: null, momentum: null }}")
        found[name] = text(browser, "steps-now")
    assert found == {name: str(steps) for name, steps in of_lesson.items()}


def test_beyond_the_cliff_it_diverges_and_just_before_it_it_does_not(show: Show) -> None:
    limit = ARTICLE.raw.spectrum.largest_stable_learning_rate
    browser = show(f"rate={limit * 1.001!r}")
    assert text(browser, "steps-now") == "diverges"
    assert "alarm" in browser.run("return document.querySelector('.counters .steps').className")
    assert "diverges" in text(browser, "told")
    turn(browser, f"{{ rate: {limit * 0.999!r} }}")
    steps = steps_to(ARTICLE.raw.loss, (0, 0), GradientDescent(limit * 0.999))
    assert text(browser, "steps-now").replace("\u2009", "") == str(steps)


def test_the_way_that_is_drawn_is_the_descent(show: Show) -> None:
    browser = show("scaling=1&centering=1")
    points = np.array(browser.run(f"return {PAGE}.panels.loss.way.points.map(p => [...p])"))
    descent = ARTICLE.standardized.descent.points
    assert points.shape == descent.shape
    np.testing.assert_allclose(points, descent, rtol=1e-9, atol=1e-9)


def test_what_is_given_to_try_is_within_reach_and_asks_for_something(show: Show) -> None:
    offered = show().run(f"return {PAGE}.lesson.offered")
    stages = [getattr(ARTICLE, stage).steps for stage in ("centered", "scaled", "standardized")]
    assert (offered["raw"], offered["best"]) == (ARTICLE.raw.steps, min(stages))
    assert min(stages) < offered["home"] <= ARTICLE.raw.steps / 2
    assert ARTICLE.raw.heavy_ball_steps < offered["rule"] <= ARTICLE.raw.steps / 2


def test_the_mini_batch_comes_out_as_from_the_layer(show: Show) -> None:
    from bn_math import BatchNorm

    browser = show("batch=12&shuffles=3&gamma_a=1.5&beta_b=-2&eps=0.01")
    found = browser.run(
        f"const l = {PAGE}.panels.layer;"
        "return { batch: [...l.batch], output: l.result.output.map(c => [...c]), shown:"
        "[...document.querySelectorAll('#row-table [data-part=out] td')].map(c => c.textContent) }"
    )
    layer = BatchNorm(2, eps=0.01)
    layer.gamma, layer.beta = np.array([1.5, 1.0]), np.array([0.0, -2.0])
    chosen = np.array(found["batch"])
    assert chosen[0] == 0 and len(set(chosen)) == 12
    expected = layer.forward(ARTICLE.data.features[chosen])
    np.testing.assert_allclose(np.transpose(found["output"]), expected, rtol=1e-12, atol=1e-12)
    assert [float(cell.replace("\u2212", "-")) for cell in found["shown"]] == pytest.approx(
        expected[0], abs=5e-3
    )


def test_inference_takes_running_statistics_of_the_mini_batches_before(show: Show) -> None:
    from bn_math import BatchNorm

    browser = show("batch=10&shuffles=40&mode=inference")
    found = browser.run(
        f"const l = {PAGE}.panels.layer;"
        "return { output: l.result.output.map(c => [...c]), batches: l.seen(), batch: [...l.batch] }"
    )
    layer = BatchNorm(2, eps=ARTICLE.settings.eps, momentum=ARTICLE.settings.momentum)
    for batch in found["batches"]:
        layer.forward(ARTICLE.data.features[np.array(batch)])
    expected = layer.forward(ARTICLE.data.features[np.array(found["batch"])], training=False)
    assert layer.num_batches_tracked == 40
    np.testing.assert_allclose(np.transpose(found["output"]), expected, rtol=1e-11)


def test_the_matrix_is_normalized_as_by_the_layers(show: Show) -> None:
    from bn_math import BatchNorm, GroupNorm, LayerNorm, RMSNorm

    browser = show("eps=0.001")
    layers = {
        "column": BatchNorm(6, eps=1e-3),
        "row": LayerNorm(6, eps=1e-3),
        "group": GroupNorm(3, 6, eps=1e-3),
        "rms": RMSNorm(6, eps=1e-3),
    }
    for share, layer in layers.items():
        turn(browser, f"{{ share: '{share}', groups: 3 }}")
        found = browser.run(f"const n = {PAGE}.panels.norms; return [n.matrix, n.result.output]")
        expected = layer.forward(np.array(found[0]))
        np.testing.assert_allclose(found[1], expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("share", "changes"), [("column", 6), ("row", 6), ("group", 3), ("rms", 6)])
def test_what_changes_with_a_number_is_what_shares_its_mean(show: Show, share: str, changes: int) -> None:
    browser = show(f"share={share}&groups=2&cell=14")
    moved = browser.run(
        "return [...document.querySelectorAll('#matrix-after td')]"
        ".flatMap((cell, index) => 'moves' in cell.dataset ? [index] : [])"
    )
    row, column = divmod(14, 6)
    same = {
        "column": {(r, column) for r in range(6)},
        "row": {(row, c) for c in range(6)},
        "rms": {(row, c) for c in range(6)},
        "group": {(row, c) for c in range(3)},
    }[share]
    cells = browser.run("return document.querySelectorAll('#matrix-after tbody td').length")
    assert cells == 36 and len(moved) == changes
    heads = browser.run("return document.querySelectorAll('#matrix-after thead td').length")
    assert {divmod(index - heads, 6) for index in moved} == same
