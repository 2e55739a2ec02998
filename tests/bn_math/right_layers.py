"""Right calls of the layers that normalize, for right_calls.py."""

from collections.abc import Callable
from typing import Any

import numpy as np

import bn_math
from bn_math import BatchNorm, Dataset

DATA = Dataset(
    [[1.0, 5.0], [2.0, 3.0], [4.0, 9.0], [3.0, 1.0], [0.5, 7.0], [2.5, 2.0]], [1.0, 2.0, 4.0, 3.5, 0.0, 2.0]
)


def layer() -> BatchNorm:
    made = BatchNorm(2)
    made.forward(DATA.features)
    return made


LAYERS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "BatchNorm": (
        BatchNorm,
        {"num_features": 2, "eps": 1e-5, "momentum": 0.1, "affine": True, "track_running_stats": True},
    ),
    "BatchNorm.forward": (lambda **k: BatchNorm(2).forward(**k), {"x": DATA.features, "training": True}),
    "BatchNorm.backward": (lambda **k: layer().backward(**k), {"grad": np.ones((6, 2))}),
    "fold": (bn_math.fold, {"weight": np.ones((2, 3)), "bias": [1.0, 2.0], "layer": layer()}),
    "fold_into_next": (
        bn_math.fold_into_next,
        {"weight": np.ones((3, 2)), "bias": [1.0, 2.0, 3.0], "layer": layer()},
    ),
    "SmallBatches": (
        bn_math.SmallBatches,
        {
            **{"sizes": (2, 4), "rows": 2, "draws": 3, "channels": 4, "filter_size": 3, "groups": 2},
            **{"eps": 1e-5, "seed": 1},
        },
    ),
}
SAMPLE_NORMS: dict[str, Callable[[], Any]] = {
    "LayerNorm": lambda: bn_math.LayerNorm(2),
    "RMSNorm": lambda: bn_math.RMSNorm((2,)),
    "GroupNorm": lambda: bn_math.GroupNorm(1, 3),
    "InstanceNorm": lambda: bn_math.InstanceNorm(3),
}
IMAGES = DATA.features.reshape(2, 3, 2)


def after_forward(made: Any) -> Any:
    made.forward(IMAGES)
    return made


for name, sizes in (
    ("LayerNorm", {"normalized_shape": (2, 3)}),
    ("RMSNorm", {"normalized_shape": 2}),
    ("GroupNorm", {"num_groups": 2, "num_channels": 4}),
    ("InstanceNorm", {"num_features": 2}),
):
    LAYERS[name] = (getattr(bn_math, name), {**sizes, "eps": 1e-5, "affine": True})
for name, make in SAMPLE_NORMS.items():
    LAYERS[f"{name}.forward"] = (lambda make=make, **k: make().forward(**k), {"x": IMAGES, "training": True})
    LAYERS[f"{name}.backward"] = (
        lambda make=make, **k: after_forward(make()).backward(**k),
        {"grad": np.ones(IMAGES.shape)},
    )
