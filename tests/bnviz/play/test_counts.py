"""The page counts the steps that bn_math counts where rounding does not decide them, and takes its path."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from bn_math import (
    AdaGrad,
    Adam,
    Dataset,
    GradientDescent,
    HeavyBall,
    LeastSquares,
    Lesson,
    LinearDecay,
    Nesterov,
    Optimizer,
    RMSProp,
    descend,
    steps_against,
    steps_to,
)
from bn_math.descent.settling import settle
from tests.bnviz.browser import MISSING
from tests.bnviz.play import cases
from tests.bnviz.play.maths_in_page import Run, maths_in_page

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)
MAKERS = {
    "gradient_descent": GradientDescent,
    "heavy_ball": HeavyBall,
    "nesterov": Nesterov,
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
}
# How far the start and the gradients are moved to see whether rounding decides a count: see settling.py.
NUDGE, GRADIENT_NUDGE, SHARES = 1e-9, 1e-13, (0.0, 1.0, -1.0, 0.5, -0.3)


@dataclass(frozen=True, eq=False)
class MovedLoss(LeastSquares):
    """A loss whose gradients are all moved by the same."""

    moved: tuple[float, float] = (0.0, 0.0)

    def gradient(self, w: Any) -> np.ndarray:
        return super().gradient(w) + self.moved


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with maths_in_page() as run:
        yield run


def optimizer_of(case: cases.Case) -> Optimizer:
    rate, steps = case["settings"]["learningRate"], case["settings"]["decaySteps"]
    momentum = () if case["settings"]["momentum"] is None else (case["settings"]["momentum"],)
    return MAKERS[case["optimizer"]](rate if steps is None else LinearDecay(rate, steps), *momentum)


def is_linear(case: cases.Case) -> bool:
    return case["optimizer"] not in cases.OPTIMIZERS[3:] and case["settings"]["decaySteps"] is None


def near_runs(case: cases.Case) -> list[tuple[LeastSquares, np.ndarray]]:
    """The loss and the start, and others that differ from them as little as rounding might make them."""
    data, start = cases.dataset(case["data"]), np.array(case["start"])
    loss = LeastSquares(data)
    whole, slope = float(loss.distance(start)), loss.gradient(start)
    found: list[tuple[LeastSquares, np.ndarray]] = []
    for share in SHARES:
        moved = MovedLoss(data, moved=tuple((GRADIENT_NUDGE * share * slope).tolist()))
        found.append((moved, start + NUDGE * whole * share))
    # The eigenvalues of a narrow valley, too, are rounding's.
    rounded = np.random.default_rng(0).choice([-1, 1], data.features.shape) * 3e-16
    found.append((LeastSquares(replace(data, features=data.features * (1 + rounded))), start))
    return found


def test_steps_are_those_of_bn_math_where_they_are_stable(run: Run) -> None:
    given = cases.descents(seed=5, count=240)
    compared: dict[str, int] = dict.fromkeys(("stepsTo", "settled", "counted"), 0)
    arrived = dict.fromkeys(cases.OPTIMIZERS, 0)
    for case, found in zip(given, run("descents", given), strict=True):
        optimizer, tolerance, limit = optimizer_of(case), case["tolerance"], case["limit"]
        near = near_runs(case)
        counts = [steps_to(*pair, optimizer, tolerance, limit) for pair in near]
        settlings = [settle(*pair, optimizer, tolerance, min(limit, 5000), 600) for pair in near]
        expected = {
            "stepsTo": counts,
            "settled": [settling.steps for settling in settlings],
            "counted": counts
            if is_linear(case)
            else [settle(*pair, optimizer, tolerance, limit, limit).steps for pair in near],
        }
        page = {"stepsTo": found["stepsTo"]} | {name: found[name]["steps"] for name in ("settled", "counted")}
        for name, steps in expected.items():
            if len(set(steps)) == 1:
                compared[name] += 1
                assert page[name] == steps[0], (name, case)
        arrived[case["optimizer"]] += counts[0] is not None
        if len(set(expected["settled"])) == 1:
            check_left(float(found["settled"]["left"]), [settling.left for settling in settlings])
        check_own_verdict(found["counted"], found["quick"])
    assert min(compared.values()) >= 0.9 * len(given), compared
    assert min(arrived.values()) >= 10, arrived


def check_left(found: float, near: list[float]) -> None:
    low, high = min(near), max(near)
    if math.isinf(low):
        assert math.isinf(found)
    elif math.isfinite(high):
        slack = 2 * (high - low) + 1e-9 * high + 1e-11
        assert low - slack <= found <= high + slack


def check_own_verdict(counted: dict[str, Any], quick: dict[str, Any]) -> None:
    if counted["isStable"]:
        assert counted["steps"] == quick["steps"] == counted["low"] == counted["high"]
    if counted["low"] is not None:
        assert counted["low"] <= counted["steps"] <= counted["high"]
    if counted["steps"] is None:
        assert counted["isStable"] and counted["high"] is None


def test_the_path_is_that_of_bn_math(run: Run) -> None:
    given = cases.descents(seed=6, count=120)
    compared = 0
    for case, found in zip(given, run("descents", given), strict=True):
        runs = [descend(loss, start, optimizer_of(case), case["steps"]) for loss, start in near_runs(case)]
        expected, page = runs[0], found["run"]
        assert len(page["points"]) == len(page["losses"]) == case["steps"] + 1
        if len({bool(other.diverged) for other in runs}) > 1:
            continue
        assert page["diverged"] is bool(expected.diverged)
        # Where runs as good as the same part ways, nobody can say which is right.
        parted = np.ptp([other.points for other in runs], axis=0)
        reach = np.abs(expected.points).max()
        if parted.max() > 1e-5 * reach:
            continue
        compared += 1
        assert (np.abs(np.array(page["points"]) - expected.points) <= parted + 1e-9 * reach).all()
        high = np.ptp([other.losses for other in runs], axis=0) + 1e-9 * np.abs(expected.losses).max()
        assert (np.abs(np.array(page["losses"]) - expected.losses) <= high).all()
    assert compared >= 0.85 * len(given)


def test_steps_against_the_learning_rate(run: Run) -> None:
    given = cases.descents(seed=7, count=60)
    compared = total = 0
    for case, found in zip(given, run("descents", given), strict=True):
        rates, tolerance = case["rates"], case["tolerance"]
        near = np.array([steps_against(*pair, rates, tolerance) for pair in near_runs(case)])
        stable = (near == near[0]).all(axis=0)
        compared, total = compared + int(stable.sum()), total + len(rates)
        assert (np.array(found["against"], dtype=float) == near[0])[stable].all()
    assert compared >= 0.8 * total


def test_the_article_has_its_steps(run: Run) -> None:
    """With the best learning rate, from valley to bowl, the steps of the lesson's four stages."""
    lesson = Lesson.article()
    given = [
        {
            "data": cases.plain(stage.data),
            "start": list(stage.start),
            "optimizer": "gradient_descent",
            "settings": {"learningRate": stage.spectrum.best_learning_rate, "decaySteps": None},
            "tolerance": stage.tolerance,
            "limit": 10**6,
            "steps": 20,
            "rates": [],
        }
        for stage in lesson.stages
    ]
    found = [answer["counted"] for answer in run("descents", given)]
    assert [count["steps"] for count in found] == [stage.steps for stage in lesson.stages]
    assert all(count["isStable"] for count in found)


def test_a_run_that_diverges_stays_at_its_last_point(run: Run) -> None:
    data = Dataset(np.array([[1.0, 0.0], [0.0, 3.0], [1.0, 1.0]]), np.array([1.0, 2.0, 3.0]))
    rate = 1e6 * LeastSquares(data).spectrum.largest_stable_learning_rate
    case = {
        "data": cases.plain(data),
        "start": [0.0, 0.0],
        "optimizer": "gradient_descent",
        "settings": {"learningRate": rate, "decaySteps": None},
        "tolerance": 1e-6,
        "limit": 1000,
        "steps": 30,
        "rates": [rate],
    }
    (found,) = run("descents", [case])
    expected = descend(LeastSquares(data), [0.0, 0.0], GradientDescent(rate), 30)
    assert found["run"]["diverged"] is True and bool(expected.diverged)
    np.testing.assert_allclose(found["run"]["points"], expected.points, rtol=1e-12)
    assert found["stepsTo"] is None and found["counted"]["steps"] is None
    assert found["settled"] == {"steps": None, "left": "Infinity"}
    assert found["against"] == ["Infinity"]
