"""The page's six optimizers are bn_math's, and its random numbers are good enough to shuffle rows with."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from scipy import stats

from bn_math import LeastSquares, article_dataset
from bn_math.descent.optimizers import is_linear
from bn_math.descent.optimizers.registry import ENTRIES
from tests.bnviz.browser import MISSING
from tests.bnviz.play.maths import cases
from tests.bnviz.play.maths.maths_in_page import Run, maths_in_page

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with maths_in_page() as run:
        yield run


def test_the_optimizers_are_those_of_the_race(run: Run) -> None:
    data = article_dataset()
    spectrum = LeastSquares(data).spectrum
    (found,) = run("bests", [{"data": cases.plain(data)}])
    assert {entry["name"] for entry in found} == set(ENTRIES)
    for page in found:
        entry = ENTRIES[page["name"]]
        assert page["decays"] is entry.decays
        if entry.best is None:
            assert page["learningRate"] is None and not page["isLinear"]
            continue
        rule = entry.best(spectrum)
        assert page["isLinear"] is is_linear(rule)
        assert page["hasMomentum"] is (page["momentum"] is not None) is hasattr(rule, "momentum")
        assert page["learningRate"] == pytest.approx(rule.learning_rate, rel=1e-12)
        if page["hasMomentum"]:
            assert page["momentum"] == pytest.approx(rule.momentum, rel=1e-12)


def test_an_update_changes_nothing_that_it_is_given(run: Run) -> None:
    given = cases.descents(seed=12, count=36)
    for case, found in zip(given, run("updates", given), strict=True):
        assert found["points"][0] == case["start"]
        assert found["again"] == found["points"][1] != case["start"]
        # `descend` takes the same steps in place, unless it stops because the run diverges.
        assert found["run"][1] in (found["points"][1], case["start"])
        assert found["run"][2] in (found["points"][2], *found["run"][:2])


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"learningRate": 0}, "learning rate must be a finite number above 0, but is 0"),
        ({"learningRate": 0.1, "momentum": 1.5}, "momentum must be a number from 0 to 1, but is 1.5"),
        ({"learningRate": 0.1, "momentum": 0.5, "decaySteps": 0.5}, "decay steps must be a whole number"),
    ],
)
def test_settings_that_are_none_are_refused(run: Run, settings: dict[str, float], sentence: str) -> None:
    case = {"data": cases.plain(article_dataset()), "start": [0.0, 0.0], "optimizer": "heavy_ball"}
    (found,) = run("updates", [case | {"settings": settings}])
    assert sentence in found["refused"]


def test_random_numbers_and_shuffles(run: Run) -> None:
    """Even and independent as far as tests can tell; the same for the same seed, and others for the next."""
    given = [{"seed": seed, "count": 5, "draws": 2} for seed in range(6000)]
    found = run("shuffles", [{"seed": 42, "count": 1000, "draws": 50_000}, *given])
    drawn = np.array(found[0]["drawn"])
    assert drawn.min() >= 0 and drawn.max() < 1
    assert sorted(found[0]["order"]) == list(range(1000))
    assert stats.kstest(drawn, "uniform").pvalue > 1e-4
    pairs = np.histogram2d(drawn[:-1], drawn[1:], bins=20, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(pairs.ravel()).pvalue > 1e-4
    # Over seeds side by side, too: every order of five is as likely, and no first number tells the next.
    orders, counts = np.unique([one["again"] for one in found[1:]], axis=0, return_counts=True)
    assert len(orders) == 120
    assert stats.chisquare(counts).pvalue > 1e-4
    first, second = np.array([one["drawn"] for one in found[1:]]).T
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.06
    assert abs(np.corrcoef(first[:-1], first[1:])[0, 1]) < 0.06
    (again,) = run("shuffles", [{"seed": 42, "count": 1000, "draws": 50_000}])
    assert again == found[0]
