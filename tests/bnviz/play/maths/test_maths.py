"""The page's mathematics give what bn_math gives: losses, spectra, knobs, layers and norms."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from bn_math import BatchNorm, Dataset, GroupNorm, LayerNorm, LeastSquares, Lesson, RMSNorm
from tests.bnviz.browser import MISSING
from tests.bnviz.play.maths import cases
from tests.bnviz.play.maths.maths_in_page import Run, maths_in_page

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)
EPS = float(np.finfo(float).eps)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with maths_in_page() as run:
        yield run


def near(found: Any, expected: Any, relative: float, size: float = 0.0) -> bool:
    """Whether numbers are equal to within a share of their own size, or of one that is given."""
    a, b = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    return a.shape == b.shape and bool((np.abs(a - b) <= relative * np.maximum(np.abs(b), size)).all())


def exact_minimizer(data: Dataset) -> tuple[list[float], list[Fraction]]:
    """The normal equations solved without any rounding, and the entries of the Gram matrix."""
    columns = [_whole_numbers(column) for column in (*data.features.T, data.target)]
    (a, b, y), units = [values for values, _ in columns], [Fraction(1, unit) for _, unit in columns]
    aa, ab, bb, ay, by = (sum(map(int.__mul__, p, q)) for p, q in ((a, a), (a, b), (b, b), (a, y), (b, y)))
    determinant = aa * bb - ab * ab
    one, other = Fraction(bb * ay - ab * by, determinant), Fraction(aa * by - ab * ay, determinant)
    weights = [float(one / units[0] * units[2]), float(other / units[1] * units[2])]
    return weights, [aa * units[0] ** 2, ab * units[0] * units[1], bb * units[1] ** 2]


def _whole_numbers(column: np.ndarray) -> tuple[list[int], int]:
    """A column as whole numbers over one power of two."""
    ratios = [float(value).as_integer_ratio() for value in column]
    unit = max(below for _, below in ratios)
    return [above * (unit // below) for above, below in ratios], unit


def test_losses_and_spectra(run: Run) -> None:
    given = cases.losses(seed=1, count=160)
    as_near = 0
    for case, found in zip(given, run("losses", given), strict=True):
        data = cases.dataset(case["data"])
        loss, points = LeastSquares(data), np.array(case["points"])
        exact, (aa, ab, bb) = exact_minimizer(data)
        assert near(found["minimizer"], exact, 1e-13)
        # bn_math's own minimizer is as near to the exact one as its condition number lets it be.
        if near(loss.minimizer, exact, 1e-12):
            as_near += 1
            assert near(found["minimizer"], loss.minimizer, 1e-12)
        assert near(found["hessian"], loss.hessian, 1e-13, np.abs(loss.hessian).max())
        check_spectrum(found["spectrum"], loss, float((aa * bb - ab * ab) / aa / bb))
        # The rest is measured from the minimizer: bn_math's is to start from the page's to the last bit.
        measured = LeastSquares(data)
        vars(measured)["minimizer"] = np.array(found["minimizer"])
        assert near(found["minimum"], measured.minimum, 1e-10, 1e-12 * float(np.mean(data.target**2)))
        assert near(found["distances"], measured.distance(points), 4 * EPS)
        offsets = np.abs(points - measured.minimizer)
        slopes = offsets @ np.abs(loss.hessian)
        parts = np.abs(data.features) @ np.abs(measured.minimizer) + np.abs(data.target)
        rounding = EPS * np.abs(data.features.T) @ parts
        assert (np.abs(found["gradients"] - measured.gradient(points)) <= 1e-13 * slopes + 4 * rounding).all()
        heights = (offsets * slopes).sum(axis=-1)
        assert (np.abs(found["excesses"] - measured.excess(points)) <= 1e-13 * heights).all()
        assert near(found["values"], np.add(found["minimum"], found["excesses"]), EPS)
        assert near(found["means"], data.means, 4 * EPS, np.abs(data.features).max(axis=0))
        assert near(found["deviations"], data.standard_deviations(1), 1e-12)
        assert found["correlation"] == pytest.approx(data.correlation, abs=1e-13)
    assert as_near > 0.8 * len(given)


def test_perfectly_correlated_features_have_a_line_of_minimizers(run: Run) -> None:
    rng = np.random.default_rng(11)
    whole = rng.integers(-9, 10, (12, 30)).astype(float)
    given = []
    for factor, row in zip((2.0, -3.0, 0.0, 1024.0, 1.0, 0.5), whole, strict=False):
        data = Dataset(np.column_stack([row, factor * row]), row + rng.normal(size=30))
        given.append({"data": cases.plain(data), "points": rng.normal(size=(5, 2)).tolist()})
    for case, found in zip(given, run("losses", given), strict=True):
        if "refused" in found:  # a column of nothing but 0 has no correlation to ask for
            assert "constant" in found["refused"]
            continue
        loss, points = LeastSquares(cases.dataset(case["data"])), np.array(case["points"])
        assert found["spectrum"]["eigenvalues"][0] == loss.spectrum.eigenvalues[0] == 0
        assert found["spectrum"]["conditionNumber"] == "Infinity"
        assert near(found["minimizer"], loss.minimizer, 1e-13, np.abs(loss.minimizer).max())
        assert near(found["distances"], loss.distance(points), 1e-12)
        assert near(found["values"], loss.value(points), 1e-12)
        assert near(found["gradients"], loss.gradient(points), 1e-12, np.abs(loss.hessian).max())


def check_spectrum(found: Any, loss: LeastSquares, independence: float) -> None:
    """`independence` is 1 - cos^2 of the features' angle, exactly."""
    s = loss.spectrum
    # Rounding of the Hessian's entries alone moves the smaller eigenvalue by so much.
    smallest_slack = 1e-9 + 8 * EPS / independence
    assert near(found["eigenvalues"][1], s.eigenvalues[1], 1e-13)
    assert near(found["eigenvalues"][0], s.eigenvalues[0], smallest_slack)
    h = loss.hessian
    exact = h[0, 0] * h[1, 1] * independence / s.eigenvalues[1]
    assert near(found["eigenvalues"][0], exact, 1e-12 + 8 * EPS / independence)
    assert near(found["conditionNumber"], s.condition_number, smallest_slack)
    gap = 1 - s.eigenvalues[0] / s.eigenvalues[1]
    assert near(found["eigenvectors"], s.eigenvectors.T, (8 * EPS) / gap, 1.0)
    assert near(found["bestLearningRate"], s.best_learning_rate, 1e-12)
    assert near(found["largestStableLearningRate"], s.largest_stable_learning_rate, 1e-13)
    assert near(found["bestContraction"], s.best_contraction, 1e-12, 1e-3)
    for name, (rate, momentum) in {"heavyBall": s.heavy_ball, "nesterov": s.nesterov}.items():
        assert near(found[name]["learningRate"], rate, 1e-12 + smallest_slack)
        assert near(found[name]["momentum"], momentum, 1e-12 + smallest_slack, 1e-3)


def test_the_knobs_change_the_data(run: Run) -> None:
    given = cases.changes(seed=2, count=120)
    for case, found in zip(given, run("changes", given), strict=True):
        knobs, data = case["knobs"], cases.dataset(case["data"])
        scaled = Dataset(data.features * knobs["scales"] + knobs["offsets"], data.target)
        if knobs["correlation"] is not None:
            scaled = correlated(scaled, knobs["correlation"])
        expected = scaled.partly_standardized(knobs["centering"], knobs["scaling"], knobs["ddof"])
        for column, wanted in zip(found["features"], expected.features.T, strict=True):
            assert near(column, wanted, 1e-11, np.abs(wanted).max())
        assert near(found["target"], expected.target, 1e-9, np.abs(expected.target).max())


def correlated(data: Dataset, r: float) -> Dataset:
    """The second feature tilted by least squares with a bias, computed another way than the page does."""
    (a, b), count = data.features.T, data.count
    with_bias = np.column_stack([data.features, np.ones(count)])
    units = np.linalg.norm(with_bias, axis=0)
    weights = np.linalg.lstsq(with_bias / units, data.target, rcond=None)[0] / units
    za = (a - a.mean()) / a.std()
    line = np.column_stack([za, np.ones(count)])
    own = b - line @ np.linalg.lstsq(line, b, rcond=None)[0]
    own = own - line @ np.linalg.lstsq(line, own, rcond=None)[0]
    tilted = b.mean() + b.std() * (r * za + math.sqrt(1 - r * r) * own / own.std())
    return Dataset(np.column_stack([a, tilted]), data.target + weights[1] * (tilted - b))


def test_a_changed_correlation_is_that_of_the_lesson(run: Run) -> None:
    """On standardized data the features are those of `lesson.correlated`, with the same minimizer."""
    lesson = Lesson.article()
    data = lesson.standardized.data
    shares = (-0.99, 0.0, 0.5, 0.99)
    given = [{"data": cases.plain(data), "knobs": {"correlation": r}} for r in shares]
    for r, found in zip(shares, run("changes", given), strict=True):
        wanted = lesson.correlated(r)
        assert near(np.array(found["features"]).T, wanted.data.features, 1e-12, 1.0)
        page = Dataset(np.array(found["features"]).T, np.array(found["target"]))
        assert near(LeastSquares(page).minimizer, wanted.loss.minimizer, 1e-12)
        left = data.features @ lesson.standardized.loss.minimizer - data.target
        assert near(page.features @ wanted.loss.minimizer - page.target, left, 1e-10, 1.0)


def test_layers(run: Run) -> None:
    given = cases.layers(seed=3, count=80)
    for case, found in zip(given, run("layers", given), strict=True):
        batches = [np.array(batch).T for batch in case["batches"]]
        layer = BatchNorm(batches[0].shape[1], eps=case["eps"], momentum=case["momentum"])
        layer.gamma, layer.beta = np.array(case["gamma"]), np.array(case["beta"])
        for batch in batches[1:]:
            layer.forward(batch)
        assert near(found["running"]["mean"], layer.running_mean, 1e-12)
        assert near(found["running"]["variance"], layer.running_var, 1e-12)
        # Values near 0 are as wrong as the largest: a mean was subtracted that is.
        wanted = layer.forward(batches[0], training=False)
        assert near(np.array(found["inference"]["output"]).T, wanted, 1e-12, np.abs(wanted).max())
        wanted = layer.forward(batches[0])
        training = found["training"]
        assert near(np.array(training["output"]).T, wanted, 1e-12, np.abs(wanted).max())
        assert near(training["mean"], batches[0].mean(axis=0), 1e-12)
        assert near(training["variance"], batches[0].var(axis=0), 1e-9, 1e-18 * np.abs(batches[0]).max() ** 2)
        x_hat = np.array(training["standardized"]).T
        assert near(x_hat * layer.gamma + layer.beta, wanted, 1e-12, np.abs(wanted).max())


def test_a_layer_refuses_what_bn_math_refuses(run: Run) -> None:
    one_row = {
        "batches": [[[1.0], [2.0]]],
        "gamma": [1.0, 1.0],
        "beta": [0.0, 0.0],
        "eps": 1e-5,
        "momentum": 0.1,
    }
    constant = one_row | {"batches": [[[1.0, 1.0], [1.0, 2.0]]], "eps": 0.0}
    found = [answer["refused"] for answer in run("layers", [one_row, constant])]
    for refusal, case in zip(found, (one_row, constant), strict=True):
        with pytest.raises(ValueError, match=".") as expected:
            BatchNorm(2, eps=case["eps"]).forward(np.array(case["batches"][0]).T)
        assert refusal.split(",")[0][:30] == str(expected.value)[:30]


def test_norms(run: Run) -> None:
    given = cases.norms(seed=4, count=120)
    refusals = 0
    for case, found in zip(given, run("norms", given), strict=True):
        x = np.array(case["rows"])
        layer = norm(case, x.shape[1])
        try:
            wanted = layer.forward(x)
        except ValueError:
            refusals += 1
            assert "more than one value" in found["refused"]
            continue
        assert near(found["output"], wanted, 1e-12, 1.0)
        groups = {"column": x.T, "group": x.reshape(len(x) * case["groups"], -1)}.get(case["share"], x)
        is_rms = case["share"] == "row_rms"
        variances = (groups**2).mean(axis=1) if is_rms else groups.var(axis=1)
        assert near(found["variances"], variances, 1e-12, 1e-18 * np.abs(x).max() ** 2)
        assert near(
            found["means"], 0 * variances if is_rms else groups.mean(axis=1), 4 * EPS, np.abs(x).max()
        )
    assert 0 < refusals < 0.3 * len(given)


def norm(case: cases.Case, width: int) -> Any:
    eps = case["eps"]
    return {
        "column": BatchNorm(width, eps),
        "row": LayerNorm(width, eps),
        "group": GroupNorm(case["groups"], width, eps),
        "row_rms": RMSNorm(width, eps),
    }[case["share"]]
