"""Right calls of the trained networks' data and results, for right_calls.py: arrays that fit together."""

from collections.abc import Callable
from typing import Any

import numpy as np

from bn_math import (
    AlongGradient,
    DepthStudy,
    Digits,
    Drift,
    LabeledRows,
    RateStudy,
    Shaking,
    StartOfTraining,
    StartSpreadStudy,
    UnseenStudy,
    Walls,
)

LABELS = np.array([0, 1] * 5)


def ones(*shape: int) -> Any:
    return np.ones(shape)


def counts(*shape: int) -> Any:
    return np.ones(shape, dtype=np.int64)


RIGHT_RESULTS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "AlongGradient": (
        AlongGradient,
        {
            **{"name": "relu", "rate": 0.1, "steps": counts(3), "shares": ones(4)},
            "loss": ones(2, 3, 4, 5),
        },
    ),
    "DepthStudy": (
        DepthStudy,
        {
            **{"name": "relu", "start": "he", "depths": counts(3), "steps": counts(2, 3, 5)},
            **{"rates": ones(2, 3), "losses": ones(2, 3, 5, 4), "loss_steps": counts(4)},
            **{"mark": 0.3, "limit": 100},
        },
    ),
    "Digits": (
        Digits,
        {
            **{"train_images": ones(10, 3), "train_labels": LABELS},
            **{"test_images": ones(10, 3), "test_labels": LABELS},
        },
    ),
    "Drift": (
        Drift,
        {
            **{"steps": counts(3), "neurons": counts(4, 2), "activations": ones(2, 3, 4, 5, 2)},
            **{"sums": ones(2, 3, 4, 5, 2), "labels": counts(5), "rate": 0.1},
            **{"rows": counts(5), "moved": ones(2, 4, 3), "grown": ones(2, 4, 3)},
        },
    ),
    "LabeledRows": (LabeledRows, {"features": ones(10, 3), "labels": LABELS, "classes": ("a", "b")}),
    "LabeledRows.from_csv": (LabeledRows.from_csv, {"path": "labeled.csv"}),
    "RateStudy": (
        RateStudy,
        {
            **{"rates": ones(3), "loss": ones(2, 3, 5), "accuracy": ones(2, 3, 5)},
            "mark": 0.3,
        },
    ),
    "Shaking": (Shaking, {"rate": 0.1, "mark": 0.3, "steps": counts(4), "loss": ones(3, 4, 5)}),
    "StartOfTraining": (
        StartOfTraining,
        {
            **{"spread": ones(2, 3, 5), "gradient": ones(2, 3, 5), "activations": ones(2, 3, 4, 6)},
            **{"images": ones(4, 9), "labels": counts(4)},
        },
    ),
    "StartSpreadStudy": (
        StartSpreadStudy,
        {
            **{"spreads": ones(3), "steps": counts(2, 3, 5), "best_steps": counts(2, 3, 5)},
            "best_rates": ones(2, 3),
        },
    ),
    "UnseenStudy": (
        UnseenStudy,
        {"rows": counts(3), "batch_sizes": counts(3), "accuracy": ones(2, 3, 5)},
    ),
    "Walls": (
        Walls,
        {
            **{"steps": counts(3), "depths": counts(4), "test_images": ones(6, 5), "test_labels": counts(6)},
            **{"read": ones(2, 4, 3, 6), "accuracy": ones(2, 4, 3, 5), "rates": ones(2, 4)},
        },
    ),
}
