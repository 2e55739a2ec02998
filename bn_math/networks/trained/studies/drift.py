"""What two neurons of each layer add up, row by row, while a network trains."""

import numpy as np

from bn_math.checks import Array, Indices
from bn_math.networks.layered.recipe import HE
from bn_math.networks.trained.arrival import recipe_of
from bn_math.networks.trained.results import Drift, Whole
from bn_math.networks.trained.rows import training_rows
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.studies.robustness import BOTH, ORDINARY, PLAIN
from bn_math.networks.trained.training import Training, shown_seeds

# Rows of the mini-batch that is looked at.
ROWS = 64
# It is looked at at every step up to the first number, then every so many up to the next.
LOOKS = ((1, 20), (4, 100), (10, 400))
# The step by which a neuron's way is judged when two typical ones are chosen.
JUDGED = 100


def drift_steps(limit: int) -> Whole:
    """When the mini-batch is looked at, (T,), from 0."""
    steps, start = [0], 0
    for every, until in LOOKS:
        steps += range(start + every, until + 1, every)
        start = until
    return np.array([step for step in steps if step <= limit], dtype=np.int64)


def drift(settings: NetworkSettings) -> Drift:
    """Two typical neurons of each layer for one mini-batch's rows, while the network is trained."""
    rows, seeds = training_rows(settings.data), shown_seeds(settings.seed, settings.seeds)
    fixed = rows.fixed(ROWS)
    steps = drift_steps(settings.limit)
    judged = int(np.flatnonzero(steps <= JUDGED)[-1])
    outputs, sums, ways, growths = [], [], [], []
    for batch_norm in BOTH:
        recipe = recipe_of(settings, PLAIN, HE, settings.depth, batch_norm)
        training = Training(recipe, rows, settings.batch_size, [ORDINARY] * len(seeds), seeds)
        given, entering = [], []
        with np.errstate(all="ignore"):
            for place, step in enumerate(steps):
                while training.taken < step:
                    training.step()
                passes = training.network.forward(rows.inputs[fixed], keep_sums=True)
                given.append([out[0] for out in passes.outputs[1:]])
                entering.append([z[0] for z in passes.sums])
                # (L, seeds, neurons)
                means = np.array([z.mean(axis=1) for z in passes.sums])
                spreads = np.array([z.std(axis=1) for z in passes.sums])
                if not place:
                    first, narrow = means, np.where(spreads > 0, spreads, 1.0)
                if place == judged:
                    ways.append(np.abs(means - first) / narrow)
                    growths.append(spreads / narrow)
        outputs.append(given)
        sums.append(entering)
    way, growth = np.array(ways), np.array(growths)
    neurons = _typical(way[:, :, 0], growth[:, :, 0])
    index = neurons[None, None, :, None, :]
    return Drift(
        steps=steps,
        neurons=neurons,
        activations=np.take_along_axis(np.array(outputs), index, axis=-1),
        sums=np.take_along_axis(np.array(sums), index, axis=-1),
        labels=rows.labels[fixed],
        rows=fixed,
        moved=np.median(way, axis=-1),
        grown=np.median(growth, axis=-1),
        rate=ORDINARY,
    )


def _typical(way: Array, growth: Array) -> Indices:
    """The two neurons of each layer nearest to their layer's medians, (L, 2); both (2, L, neurons)."""
    far = np.zeros(way.shape[1:])
    for figure in (way, np.log(np.maximum(growth, 1e-9))):
        middle = np.median(figure, axis=-1, keepdims=True)
        spread = np.median(np.abs(figure - middle), axis=-1, keepdims=True)
        far += (((figure - middle) / np.where(spread > 0, spread, 1.0)) ** 2).sum(axis=0)
    return np.sort(np.argsort(far, axis=-1, kind="stable")[:, :2], axis=-1).astype(np.intp)
