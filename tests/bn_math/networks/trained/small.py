"""Small networks and rows that the tests of trained networks share."""

from collections.abc import Callable, Iterator

import numpy as np

from bn_math import LabeledRows, NetworkSettings
from bn_math.checks import Array
from bn_math.networks.layered.network import Network, Parameters
from bn_math.networks.layered.recipe import Recipe

# Trained in a second or two, and still with every kind of result.
SMALL = NetworkSettings(
    width=8,
    batch_size=32,
    depths=(1, 2),
    wall_depths=(1, 3),
    depth=2,
    seeds=2,
    tuning_seeds=1,
    mark=1.5,
    limit=60,
    fixed_rows=64,
    epochs=2,
    learning_rates=(0.1, 10.0),
    rates_per_decade=2,
)


def network(activation: str, batch_norm: bool, depth: int = 3, count: int = 2, **settings: float) -> Network:
    """Networks (count) of 5 neurons a layer, 4 inputs and 3 classes; gamma and beta are none of 1 and 0."""
    recipe = Recipe(activation, "he", depth, batch_norm, width=5, **settings)
    made = Network(recipe, 4, 3, [(7, i) for i in range(count)])
    rng = np.random.default_rng(1)
    for values in (made.parameters.shifts, made.parameters.gammas):
        for value in values:
            value += 0.3 * rng.standard_normal(value.shape)
    return made


def batch(count: int = 2, rows: int = 6) -> tuple[Array, np.ndarray]:
    """A mini-batch (count, rows, 4) and its labels (count, rows)."""
    rng = np.random.default_rng(2)
    return rng.standard_normal((count, rows, 4)), rng.integers(0, 3, (count, rows))


def slopes(value: Array, loss: Callable[[], Array], step: float = 1e-6) -> Array:
    """Central differences of `loss()` (count,) in each entry of `value` (count, ...), which is put back."""
    found = np.zeros_like(value)
    for at in np.ndindex(value.shape):
        kept = value[at]
        ends = []
        for side in (1, -1):
            value[at] = kept + side * step
            ends.append(loss()[at[0]])
        value[at] = kept
        found[at] = (ends[0] - ends[1]) / (2 * step)
    return found


def pairs(values: Parameters, gradients: Parameters) -> Iterator[tuple[str, Array, Array]]:
    """Every array of parameters with its gradient, by name."""
    for name in ("weights", "shifts", "gammas"):
        for layer, (value, slope) in enumerate(
            zip(getattr(values, name), getattr(gradients, name), strict=True)
        ):
            yield f"{name}[{layer}]", value, slope


def clouds(rows: int = 60, scale: float = 100.0) -> LabeledRows:
    """Two features of unlike scales, and three classes that lie apart."""
    rng = np.random.default_rng(3)
    labels = np.arange(rows) % 3
    points = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]])[labels] + rng.standard_normal((rows, 2))
    return LabeledRows(points * [1.0, scale], labels, ("a", "b", "c"))
