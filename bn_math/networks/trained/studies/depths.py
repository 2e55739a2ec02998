"""The more layers, the slower? Steps against depth, digits read as networks learn, and how they start."""

from collections.abc import Callable
from functools import partial

import numpy as np

from bn_math.checks import Array
from bn_math.data.examples import evenly_of_each
from bn_math.networks.layered.network import Network
from bn_math.networks.layered.recipe import HE, XAVIER
from bn_math.networks.trained.arrival import arrivals_at, recipe_of
from bn_math.networks.trained.results import DepthStudy, StartOfTraining, Walls, Whole
from bn_math.networks.trained.rows import training_rows
from bn_math.networks.trained.settings import NetworkSettings
from bn_math.networks.trained.training import Training, shown_seeds
from bn_math.networks.trained.tuned import tuned_rate

# The nonlinearities whose networks are compared, each with the start it is given.
STARTS = {"sigmoid": HE, "relu": HE, "tanh": XAVIER}
# The network that the article's question is answered with.
WALL = "sigmoid"
# So many test rows make a wall.
WALL_ROWS = 36
# A wall is looked at every so many steps up to the first, then more rarely up to the limit.
CLOSE, CLOSE_UNTIL, RARE = 5, 200, 20
BOTH = (False, True)


def depth_study(settings: NetworkSettings, name: str) -> DepthStudy:
    """Steps to the mark against depth, with this nonlinearity."""
    start, seeds = STARTS[name], shown_seeds(settings.seed, settings.seeds)
    shape = (2, len(settings.depths))
    rates = np.zeros(shape)
    found = []
    for at in np.ndindex(shape):
        depth, batch_norm = settings.depths[at[1]], BOTH[at[0]]
        rates[at] = tuned_rate(settings, name, start, depth, batch_norm)
        recipe = recipe_of(settings, name, start, depth, batch_norm)
        found.append(arrivals_at(settings, recipe, np.full(len(seeds), rates[at]), seeds))
    return DepthStudy(
        name=name,
        start=start,
        depths=np.array(settings.depths),
        steps=np.array([run.steps for run in found]).reshape(*shape, -1),
        rates=rates,
        losses=np.array([run.losses for run in found]).reshape(*shape, len(seeds), -1),
        loss_steps=found[0].looks,
        mark=settings.mark,
        limit=settings.limit,
    )


def wall_steps(limit: int) -> Whole:
    """When the wall is looked at, (k,), from 0 to the limit."""
    steps = [*range(0, CLOSE_UNTIL, CLOSE), *range(CLOSE_UNTIL, limit, RARE)]
    return np.array([*(step for step in steps if step < limit), limit], dtype=np.int64)


def walls(settings: NetworkSettings) -> Walls:
    """Test rows read right as networks of growing depth are trained, each at its best rate."""
    rows, seeds = training_rows(settings.data), shown_seeds(settings.seed, settings.seeds)
    shape = (2, len(settings.wall_depths))
    steps = wall_steps(settings.limit)
    wall = evenly_of_each(rows.test_labels, WALL_ROWS)
    rates = np.zeros(shape)
    read = np.zeros((*shape, len(steps), len(wall)))
    accuracy = np.zeros((*shape, len(steps), len(seeds)))
    for at in np.ndindex(shape):
        depth, batch_norm = settings.wall_depths[at[1]], BOTH[at[0]]
        rates[at] = tuned_rate(settings, WALL, STARTS[WALL], depth, batch_norm)
        recipe = recipe_of(settings, WALL, STARTS[WALL], depth, batch_norm)
        training = Training(recipe, rows, settings.batch_size, np.full(len(seeds), rates[at]), seeds)
        with np.errstate(all="ignore"):
            for place, step in enumerate(steps):
                while training.taken < step:
                    training.step()
                correct = training.correct()
                read[at][place], accuracy[at][place] = correct[:, wall].mean(axis=0), correct.mean(axis=1)
    return Walls(
        steps=steps,
        depths=np.array(settings.wall_depths),
        test_images=rows.test_inputs[wall],
        test_labels=rows.test_labels[wall],
        read=read,
        accuracy=accuracy,
        rates=rates,
    )


def start_of_training(settings: NetworkSettings) -> StartOfTraining:
    """The deepest of the walls' networks before the first step."""
    rows, seeds = training_rows(settings.data), shown_seeds(settings.seed, settings.seeds)
    fixed = rows.fixed(settings.fixed_rows)
    of_each = evenly_of_each(rows.test_labels, rows.classes)
    spread, gradient, activations = [], [], []
    for batch_norm in BOTH:
        recipe = recipe_of(settings, WALL, STARTS[WALL], settings.wall_depths[-1], batch_norm)
        network = Network(recipe, rows.inputs.shape[1], rows.classes, Training.starts(seeds))
        passes = network.forward(rows.inputs[fixed])
        by_outputs: list[Array] = []
        network.gradients(passes, rows.labels[fixed], by_outputs)
        spread.append([out.std(axis=1).mean(axis=-1) for out in passes.outputs[1:]])
        gradient.append([np.sqrt((slope**2).sum(axis=(1, 2))) for slope in by_outputs])
        # With batch norm a row's activations depend on the others: those of all rows kept for testing.
        shown = network.forward(rows.test_inputs)
        activations.append([out[0][of_each] for out in shown.outputs[1:]])
    return StartOfTraining(
        spread=np.array(spread),
        gradient=np.array(gradient),
        activations=np.array(activations),
        images=rows.test_inputs[of_each],
        labels=rows.test_labels[of_each],
    )


DEPTHS: dict[str, Callable[[NetworkSettings], DepthStudy]] = {
    name: partial(depth_study, name=name) for name in STARTS
}
