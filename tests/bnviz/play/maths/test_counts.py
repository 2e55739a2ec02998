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
from tests.bnviz.play.maths import cases
from tests.bnviz.play.maths.maths_in_page import Run, maths_in_page

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
# For so many steps a run has to stay near.
STAY = 200


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
    # The eigenvalues of a narrow valley, too, are rounding's: an entry of the Hessian is moved by some 1e-15.
    for seed in (0, 1):
        signs = np.random.default_rng(seed).choice([-1, 1], data.features.shape)
        rounded = data.features * (1 + 1e-15 * math.sqrt(data.count) * signs)
        found.append((LeastSquares(replace(data, features=rounded)), start))
    return found


def near_distances(case: cases.Case, steps: int) -> np.ndarray:
    """The distances of all `near_runs` after each step, in units of those at the start, (steps, runs)."""
    losses, starts = zip(*near_runs(case), strict=True)
    hessians, minimizers = (
        np.array([getattr(loss, name) for loss in losses]) for name in ("hessian", "minimizer")
    )
    left = np.array([loss.gradient(loss.minimizer) for loss in losses])
    optimizer, points = optimizer_of(case), np.array(starts)
    state, whole = optimizer.init(points), np.linalg.norm(points - minimizers, axis=-1)
    found = np.full((steps, len(losses)), np.inf)
    with np.errstate(all="ignore"):
        for step in range(steps):
            points, state = optimizer.update(
                lambda w: np.einsum("kij,kj->ki", hessians, w - minimizers) + left, points, state
            )
            found[step] = np.nan_to_num(np.linalg.norm(points - minimizers, axis=-1) / whole, nan=np.inf)
            if (found[step] <= 1e-12).all() or np.isinf(found[step]).all():
                found[step + 1 :] = np.where(found[step] <= 1e-12, 0.0, np.inf)
                break
    return found


def stable_counts(case: cases.Case) -> dict[str, list[int | None]]:
    """For each way of counting the counts of all `near_runs`; they are stable if they are the same."""
    tolerance, limit = case["tolerance"], case["limit"]
    if is_linear(case):
        optimizer, near = optimizer_of(case), near_runs(case)
        first = [steps_to(*pair, optimizer, tolerance, limit) for pair in near]
        settled = [settle(*pair, optimizer, tolerance, min(limit, 5000), STAY).steps for pair in near]
        return {"stepsTo": first, "settled": settled, "counted": first}
    distances = near_distances(case, 2 * limit)
    is_near = distances <= tolerance
    first = [_or_never(int(run.argmax()) + 1 if run.any() else limit + 1, limit) for run in is_near.T]
    is_near |= np.logical_or.accumulate(distances <= 1e-12)
    last = [int(np.flatnonzero(~run)[-1]) + 1 if not run.all() else 0 for run in is_near.T]
    settled = [_or_never(outside + 1, limit) for outside in last]
    return {"stepsTo": first, "settled": settled, "counted": settled}


def _or_never(count: int, limit: int) -> int | None:
    return count if count <= limit else None


def test_steps_are_those_of_bn_math_where_they_are_stable(run: Run) -> None:
    given = cases.descents(seed=5, count=240)
    compared = dict.fromkeys(("stepsTo", "settled", "counted"), 0)
    arrived = dict.fromkeys(cases.OPTIMIZERS, 0)
    for case, found in zip(given, run("descents", given), strict=True):
        optimizer, tolerance, limit = optimizer_of(case), case["tolerance"], case["limit"]
        loss, start = LeastSquares(cases.dataset(case["data"])), case["start"]
        first = steps_to(loss, start, optimizer, tolerance, limit)
        settled = settle(loss, start, optimizer, tolerance, min(limit, 5000), STAY)
        expected = {
            "stepsTo": first,
            "settled": settled.steps,
            "counted": first
            if is_linear(case)
            else settle(loss, start, optimizer, tolerance, limit, limit).steps,
        }
        page = {"stepsTo": found["stepsTo"]} | {name: found[name]["steps"] for name in ("settled", "counted")}
        for name, counts in stable_counts(case).items():
            if len(set(counts)) == 1:
                compared[name] += 1
                assert page[name] == expected[name], (name, case)
        arrived[case["optimizer"]] += first is not None
        # RMSProp circles, and rounding decides how far off.
        if page["settled"] == settled.steps and case["optimizer"] != "rmsprop":
            check_left(float(found["settled"]["left"]), settled.left, tolerance)
        check_own_verdict(found["counted"], found["quick"])
    assert min(compared.values()) >= 0.9 * len(given), compared
    assert min(arrived.values()) >= 10, arrived


def check_left(found: float, expected: float, tolerance: float) -> None:
    """Both infinite, both arrived, or the same but for what rounding does in hundreds of steps."""
    if math.isinf(expected):
        assert math.isinf(found)
    elif max(found, expected) > tolerance:
        assert found == pytest.approx(expected, rel=1e-3)


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
