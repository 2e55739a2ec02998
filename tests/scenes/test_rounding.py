"""No number shown hangs on rounding: another gradient, another start, another processor show the same."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bn_math import GradientDescent, LeastSquares, NormalizedNeuron
from bn_math.descent import descent, settling
from bn_math.lesson import stage
from tests.scenes import shown

ROOT = Path(__file__).parents[2]
KERNELS = {"Prescott": ("Prescott", "Katmai"), "Nehalem": ("Nehalem",), "Haswell": ("Haswell",)}
UNMOVED = ("VanishingGradient",)  # a scene whose tables descend nothing
MOST = 2000  # steps that are taken one by one against the closed form
DRAWN = 1e-6  # of a column's largest value: no picture shows less
LIT = 0.02  # shares that are drawn as brightness, five of 255 levels


@functools.cache
def as_it_is() -> tuple[dict[str, str], dict[str, list[float]]]:
    article = shown.quick_article()
    return shown.figures(article), shown.tables(article)


def others(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, tuple[str | None, str | None]]:
    """What is written otherwise."""
    names = one.keys() | other.keys()
    return {name: (one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)}


def moved(one: Mapping[str, Sequence[float]], other: Mapping[str, Sequence[float]]) -> list[str]:
    """The columns that are drawn otherwise: whole numbers below a million must be the same."""
    found = [name for name in one if name not in other]
    for name in one.keys() & other.keys():
        here, there = np.array(one[name]), np.array(other[name])
        finite = np.isfinite(here)
        near = tolerance(name, one, other)[finite]
        if (finite != np.isfinite(there)).any() or (np.abs(here[finite] - there[finite]) > near).any():
            found.append(name)
    return sorted(found)


def tolerance(name: str, one: Mapping[str, Sequence[float]], other: Mapping[str, Sequence[float]]) -> Any:
    """By how much each value of a column may differ.

    Training amplifies rounding, as it does another start: what trained networks read of unseen rows, which
    stands there as the seeds' median with the least and the most, may differ by as much as the seeds do.
    It is shown as light, or to the digits that hold; figures and verdicts have columns of their own.
    """
    here = np.array(one[name])
    column, rest = name.split(" of ")[0], name.split(" of ")[1]
    stem = column.removesuffix("_low").removesuffix("_high")
    ends = [f"{stem}_{end} of {rest}" for end in ("low", "high")]
    if all(end in one and end in other for end in ends):
        spreads = [np.subtract(tables[ends[1]], tables[ends[0]]) for tables in (one, other)]
        return np.maximum(*spreads) + 1e-12
    if column.split()[-1].startswith("lit_"):
        return np.full(here.shape, LIT)
    if "steps" in name.split():  # each is read off by itself, on a logarithmic scale
        return np.where(here < 1e6, 0, DRAWN * here)
    return np.full(here.shape, DRAWN * np.abs(here[np.isfinite(here)]).max(initial=0))


def test_what_is_compared_are_the_numbers_of_the_film() -> None:
    figures, tables = as_it_is()
    assert figures["raw.steps"] == "6352"
    assert [figures[f"raw.optimizer_steps[{name}]"] for name in ("adam", "rmsprop")] == ["255", "279"]
    assert "920 times" in figures["Valley why said"] and "9.5 times" in figures["OptimizerRace valley said"]
    assert len(figures) > 500 and len(tables) > 200
    assert np.isfinite(tables["InsideTheNetwork steps steps of 13"]).all()
    assert others(figures, figures | {"raw.steps": "6353"}) == {"raw.steps": ("6352", "6353")}
    assert moved(tables, tables) == []
    name = "InsideTheNetwork steps steps of 13"
    for wrong in (lambda steps: steps + (steps < 1e6), lambda steps: steps * (1 + 3e-6)):
        assert moved(tables, tables | {name: [wrong(steps) for steps in tables[name]]}) == [name]


def test_networks_may_differ_by_rounding_as_far_as_by_their_start_and_figures_not_at_all() -> None:
    _, tables = as_it_is()

    def by(name: str, change: float) -> list[str]:
        """What is noticed when a column's last value is another."""
        (found,) = (key for key in tables if key.startswith(f"RealNetwork {name} of "))
        *values, last = tables[found]
        return [key.split(" of ")[0] for key in moved(tables, tables | {found: [*values, last + change]})]

    medians = ("read with_20_layers", "read with_8_layers")
    for name in medians:
        ends = (f"RealNetwork {name}_{end} of " for end in ("low", "high"))
        low, high = (
            next(column[-1] for key, column in tables.items() if key.startswith(end)) for end in ends
        )
        spread = high - low
        assert by(name, 0.9 * spread) == [] and by(name, 2.1 * spread) == [f"RealNetwork {name}"]
    exact = {
        "read-in-the-end percent_with": 1.0,
        "depth-relu steps_with": 1.0,
        "depth-relu steps_without": 50.0,
    }
    exact |= {"depth-relu arrived_without": 0.2}
    assert [by(name, change) for name, change in exact.items()] == [[f"RealNetwork {name}"] for name in exact]


# -- the data's gradient --------------------------------------------------------------------------------
def least_squares_of_the_rows(self: LeastSquares, w: Any) -> Any:
    """(2/n) X'(Xw - y)."""
    x, y = self.data.features, self.data.target
    return 2 / len(x) * (np.asarray(w) @ x.T - y) @ x


def layer_s_backward_pass(self: NormalizedNeuron, w: Any) -> Any:
    """Through gamma x_hat + beta at their best, then back through the batch's statistics to the weights."""
    x, y = self.data.features, self.data.target
    z = np.asarray(w) @ x.T
    centered = z - z.mean(axis=-1, keepdims=True)
    std = np.sqrt((centered**2).mean(axis=-1, keepdims=True))
    x_hat = centered / std
    gamma = (x_hat * (y - y.mean())).mean(axis=-1, keepdims=True)
    g = gamma * 2 * (gamma * x_hat + y.mean() - y) / len(y)
    back = g - g.mean(axis=-1, keepdims=True) - x_hat * (g * x_hat).mean(axis=-1, keepdims=True)
    return back / std @ x


def steps_of_the_rows(loss: LeastSquares, start: Any, rates: Any, *rest: Any) -> Any:
    """`steps_against`, where it is at most `MOST` the count of steps that were taken."""
    counts = descent.steps_against(loss, start, rates, *rest)
    few = counts <= MOST
    if few.any():
        rule = GradientDescent(np.asarray(rates)[few][:, None])
        ways = descent.distances(loss, np.tile(start, (int(few.sum()), 1)), rule)
        near = np.array([next(ways) <= rest[0] * (1 + descent.ROUNDING) for _ in range(MOST)])
        counts[few] = np.where(near.any(axis=0), near.argmax(axis=0) + 1, np.inf)
    return counts


def test_with_the_gradient_of_the_rows_every_step_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    figures, tables = as_it_is()
    monkeypatch.setattr(LeastSquares, "gradient", least_squares_of_the_rows)
    monkeypatch.setattr(NormalizedNeuron, "gradient", layer_s_backward_pass)
    for module in (descent, settling):
        monkeypatch.setattr(module, "is_linear", lambda _: False)
    monkeypatch.setattr(stage, "steps_against", steps_of_the_rows)

    class NoRule:
        """So that gradient descent is not counted in closed form."""

    monkeypatch.setattr(descent, "GradientDescent", NoRule)
    article = shown.quick_article()
    changed = others(figures, shown.figures(article))
    assert {name for name in changed if ".start_on_the_wall[" not in name} == set()  # the start itself
    assert (
        moved(
            {k: v for k, v in tables.items() if k.split()[0] not in UNMOVED}, shown.tables(article, UNMOVED)
        )
        == []
    )


# -- another start --------------------------------------------------------------------------------------
def test_with_the_start_moved_a_little() -> None:
    figures, tables = as_it_is()
    article = shown.quick_article(start=(1e-9, 1e-9), neuron_start=(100.0 + 1e-7, 20.0))
    changed = others(figures, shown.figures(article))
    assert {name for name in changed if ".start_on_the_wall[" not in name} == set()  # the start itself
    assert (
        moved(
            {k: v for k, v in tables.items() if k.split()[0] not in UNMOVED}, shown.tables(article, UNMOVED)
        )
        == []
    )


# -- another processor ----------------------------------------------------------------------------------
PROGRAM = """
import json, threadpoolctl, numpy, scipy.linalg
found = {each.get("architecture") for each in threadpoolctl.threadpool_info()}
print(json.dumps(sorted(map(str, found))), flush=True)
"""


@pytest.mark.parametrize("kernel", KERNELS)
def test_on_another_processor(kernel: str) -> None:
    """With the sums of another kernel of OpenBLAS; what this processor lacks is skipped."""
    pytest.importorskip("threadpoolctl")
    environment = {**os.environ, "OPENBLAS_CORETYPE": kernel, "PYTHONPATH": str(ROOT)}

    def run(*arguments: str) -> Any:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if done.returncode in (-signal.SIGILL, -signal.SIGSEGV):
            pytest.skip(f"this processor cannot run OpenBLAS's kernel {kernel}")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    reported = run("-c", PROGRAM)
    if not set(reported) & set(KERNELS[kernel]):
        pytest.skip(f"OpenBLAS does not run its kernel {kernel} here, but {', '.join(reported)}")
    there = run("-m", "tests.scenes.shown")
    figures, tables = as_it_is()
    assert others(figures, there["figures"]) == {}
    assert moved(tables, there["tables"]) == []
