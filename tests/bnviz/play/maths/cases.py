"""Random cases for the page's mathematics, the same in every run, as plain values that JSON holds exactly.

Each kind has a function from a seed to a list of cases. A data set is {features: two columns, target,
featureNames, targetName}, as the page has it; `dataset` makes bn_math's of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bn_math import Dataset, LeastSquares

Case = dict[str, Any]

CORRELATIONS = (0.0, 0.3, -0.5, 0.9, -0.99, 0.999, 0.999999)
# Means in units of the standard deviation.
MEANS = (0.0, 0.0, 1.0, -3.0, 30.0)
WORST_CONDITION = 1e12
OPTIMIZERS = ("gradient_descent", "heavy_ball", "nesterov", "adagrad", "rmsprop", "adam")
# Learning rates as shares of the best, or, for the adaptive ones, of the farthest weight's distance.
LINEAR_SHARES = (0.05, 0.3, 0.8, 1.0, 1.0, 1.01, 1.2, 2.5)
ADAPTIVE_SHARES = (0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 3.0)


def dataset(data: Case) -> Dataset:
    features = np.column_stack(data["features"])
    return Dataset(features, np.array(data["target"]), tuple(data["featureNames"]), data["targetName"])


def plain(data: Dataset) -> Case:
    return {
        "features": [column.tolist() for column in data.features.T],
        "target": data.target.tolist(),
        "featureNames": list(data.feature_names),
        "targetName": data.target_name,
    }


def data_sets(seed: int, count: int, most_rows: int = 3000) -> list[Case]:
    """Data of many forms, of 4 rows to `most_rows`, all of which a lesson can be made of.

    Scales go over eight orders, correlations to 0.999999; there are offsets, whole numbers, and targets with
    noise, without it, and that have little to do with the features.
    """
    rng = np.random.default_rng(seed)
    found: list[Case] = []
    while len(found) < count:
        rows = int(
            rng.choice(
                [rng.integers(4, 8), rng.integers(8, 200), rng.integers(200, most_rows)], p=[0.3, 0.6, 0.1]
            )
        )
        one, other = rng.normal(size=(2, rows)) if rng.random() < 0.5 else rng.uniform(-1.7, 1.7, (2, rows))
        r = rng.choice(CORRELATIONS)
        x = np.column_stack([one, r * one + np.sqrt(1 - r * r) * other]) + rng.choice(MEANS, 2)
        x = x * 10.0 ** rng.uniform(-4, 4, 2)
        if rng.random() < 0.2:  # whole numbers
            x = np.round(x / np.abs(x).max(axis=0) * rng.choice([9, 100, 30000], 2))
        weights = rng.normal(size=2) / x.std(axis=0).clip(1e-9)
        noise = rng.choice([0.0, 0.01, 1.0, 30.0]) * rng.normal(size=rows)
        y = (x @ weights + rng.choice([0.0, 5.0]) + noise) * 10.0 ** rng.uniform(-3, 3)
        if _is_usable(x, y):
            found.append(plain(Dataset(x, y)))
    return found


def _is_usable(x: np.ndarray, y: np.ndarray) -> bool:
    """Whether a lesson could be made of them."""
    if not (np.ptp(x, axis=0) > 0).all() or np.ptp(y) == 0:
        return False
    data = Dataset(x, y)
    if 1 - abs(data.correlation) < 1e-9:
        return False
    forms = (data, data.centered(), data.scaled(), data.standardized())
    return all(LeastSquares(form).spectrum.condition_number < WORST_CONDITION for form in forms)


def losses(seed: int, count: int) -> list[Case]:
    """Data, and three points at which the loss is asked: near 0, near the minimizer, and far away."""
    rng = np.random.default_rng(seed)
    cases = []
    for data in data_sets(seed, count):
        minimizer = LeastSquares(dataset(data)).minimizer
        points = [
            rng.normal(size=2),
            minimizer * (1 + 1e-6 * rng.normal(size=2)),
            minimizer + 1e5 * rng.normal(size=2),
        ]
        cases.append({"data": data, "points": [point.tolist() for point in points]})
    return cases


def changes(seed: int, count: int) -> list[Case]:
    """Data, and what the knobs are set to."""
    rng = np.random.default_rng(seed)
    cases = []
    for data in data_sets(seed, count, 300):
        knobs = {
            "scales": (10.0 ** rng.uniform(-2, 2, 2) * rng.choice([1, 1, 1, -1], 2)).tolist(),
            "offsets": (np.ptp(np.array(data["features"]), axis=1) * rng.normal(size=2)).tolist(),
            "correlation": rng.choice([None, None, 0.0, 0.5, -0.9, 0.99, -0.999999]),
            "centering": float(rng.choice([0, 0, 1, 1, rng.random()])),
            "scaling": float(rng.choice([0, 0, 1, 1, rng.random()])),
            "ddof": int(rng.integers(2)),
        }
        cases.append({"data": data, "knobs": knobs})
    return cases


def descents(seed: int, count: int) -> list[Case]:
    """Data, raw, centered, scaled or standardized, a start, and an optimizer with its settings.

    Learning rates are far below the best, near it, and beyond what is stable; constant or falling to 0.
    """
    rng = np.random.default_rng(seed)
    cases = []
    for index, data in enumerate(data_sets(seed, count, 300)):
        form = dataset(data).partly_standardized(*rng.integers(0, 2, 2).tolist())
        name = OPTIMIZERS[index % len(OPTIMIZERS)]
        loss = LeastSquares(form)
        start = np.zeros(2) if rng.random() < 0.4 else loss.minimizer * rng.normal(size=2) * 3
        settings = _settings(rng, name, loss, start)
        limit = 500
        if name in OPTIMIZERS[:3] and settings["decaySteps"] is None:
            limit = int(rng.choice([300, 20_000] if name != "gradient_descent" else [100, 10_000, 10**12]))
        tolerance = float(rng.choice([1e-6, 1e-6, 1e-3, 0.05]))
        cases.append(
            {
                "data": plain(form),
                "start": start.tolist(),
                "optimizer": name,
                "settings": settings,
                "tolerance": tolerance,
                "limit": limit,
                "steps": int(rng.integers(1, 60)),
                "rates": (loss.spectrum.best_learning_rate * np.geomspace(1e-4, 1.5, 25)).tolist(),
            }
        )
    return cases


def _settings(rng: np.random.Generator, name: str, loss: LeastSquares, start: np.ndarray) -> Case:
    if name in OPTIMIZERS[3:]:
        reach = float(np.abs(loss.minimizer - start).max())
        decay = int(rng.integers(50, 500)) if rng.random() < 0.6 else None
        # AdaGrad's steps shrink with all its gradients: it needs larger ones.
        share = float(rng.choice(ADAPTIVE_SHARES)) * (8 if name == "adagrad" else 1)
        return {"learningRate": share * reach, "momentum": None, "decaySteps": decay}
    share = float(rng.choice(LINEAR_SHARES))
    decay = int(rng.integers(50, 500)) if rng.random() < 0.15 else None
    spectrum = loss.spectrum
    if name == "gradient_descent":
        return {"learningRate": share * spectrum.best_learning_rate, "momentum": None, "decaySteps": decay}
    rate, momentum = spectrum.heavy_ball if name == "heavy_ball" else spectrum.nesterov
    if rng.random() < 0.4:
        momentum = float(rng.choice([0.0, 0.5, 0.9, 0.99, 1.0]))
    return {"learningRate": share * rate, "momentum": momentum, "decaySteps": decay}


def layers(seed: int, count: int) -> list[Case]:
    """Batches as columns, the layer's settings, and three batches that its running statistics have seen."""
    rng = np.random.default_rng(seed)
    cases = []
    for _ in range(count):
        channels, rows = int(rng.integers(1, 5)), int(rng.choice([2, 3, rng.integers(4, 64)]))
        size, offset = 10.0 ** rng.uniform(-6, 6, channels), 10.0 ** rng.uniform(-2, 4, channels)
        batches = rng.normal(size=(4, rows, channels)) * size + size * offset
        if rng.random() < 0.2:
            batches[:, :, 0] = batches[:, :1, 0]  # a constant channel
        cases.append(
            {
                "batches": [batch.T.tolist() for batch in batches],
                "gamma": rng.normal(size=channels).tolist(),
                "beta": (10 * rng.normal(size=channels)).tolist(),
                "eps": float(rng.choice([1e-5, 1e-3, 1e-12, 10.0])),
                "momentum": rng.choice([0.1, 0.5, 1.0, None]),
            }
        )
    return cases


def norms(seed: int, count: int) -> list[Case]:
    """Small matrices, rows of samples, and which values share a mean and a variance."""
    rng = np.random.default_rng(seed)
    cases = []
    for index in range(count):
        rows, groups, width = (int(size) for size in rng.integers(1, 5, 3))
        matrix = rng.normal(size=(rows, groups * width)) * 10.0 ** rng.uniform(-5, 5) + rng.normal()
        if rng.random() < 0.15:
            matrix[0] = matrix[0, 0]
        share = ("column", "row", "group", "row_rms")[index % 4]
        eps = float(rng.choice([1e-5, 1e-8, 1e-2]))
        cases.append({"rows": matrix.tolist(), "share": share, "groups": groups, "eps": eps})
    return cases
