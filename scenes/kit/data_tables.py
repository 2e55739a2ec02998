"""The arrays behind a scene's pictures, as tables of columns with names.

Only what the lesson computes; the grid of a surface is the one that is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bn_math import AlongGradient, Lesson, Shaking, StackPasses, batch_mean_spread, sigmoid, sigmoid_slope
from bn_math.data.dataset import Dataset
from bn_math.descent.trajectory import Trajectory
from bn_math.lesson.stage import Stage
from scenes.kit.drawing.canvas import Array
from scenes.kit.surface.loss_surface import RINGS, SPOKES, polar_grid
from scenes.kit.surface.window import LossWindow

CURVE = 161  # points of a curve
Table = dict[str, NDArray[Any]]
"""Columns by name, all (n,)."""
Tables = dict[str, Table]


def rows(data: Dataset) -> Table:
    """The rows of a data set, counted from 1."""
    table = apart(data, {"row": np.arange(1, data.count + 1)})
    return table | by_feature(data, "", data.features) | {data.target_name: data.target}


def apart(data: Dataset, ours: Table) -> Table:
    """``ours``, with a _ after every name that a column of the data has already."""
    taken, found = set(data.names), Table()
    for name, column in ours.items():
        while name in taken:
            name += "_"
        taken.add(name)
        found[name] = column
    return found


def by_feature(data: Dataset, prefix: str, values: Array) -> Table:
    """Values (n, d), a column for each feature: its name after ``prefix``."""
    return {f"{prefix}{name}": column for name, column in zip(data.feature_names, values.T, strict=True)}


def dealt(lesson: Lesson) -> Table:
    """Every row in the order of dealing: its mini-batch, its features, and what the batch makes of them."""
    order = np.concatenate(lesson.batches.rows)
    batch = np.repeat(np.arange(1, lesson.batches.count + 1), [len(rows) for rows in lesson.batches.rows])
    table = apart(lesson.data, {"batch": batch, "row": order + 1})
    table |= by_feature(lesson.data, "", lesson.data.features[order])
    x_hat = by_feature(lesson.data, "x_hat_", np.concatenate(lesson.batches.standardized))
    return table | apart(lesson.data, x_hat)


def batches(lesson: Lesson) -> Table:
    """Every mini-batch: how many rows, and their means and standard deviations."""
    table: Table = {
        "batch": np.arange(1, lesson.batches.count + 1),
        "rows": np.array([len(rows) for rows in lesson.batches.rows]),
    }
    table |= by_feature(lesson.data, "mean_", lesson.batches.means)
    return table | by_feature(lesson.data, "std_", lesson.batches.stds)


def surface(stage: Stage) -> Table:
    """The loss on the grid that is drawn: ring by ring round the minimizer, each ring counter-clockwise."""
    window = LossWindow.around(stage.loss, np.asarray(stage.start))
    weights = window.weights(polar_grid(window.radius, RINGS, SPOKES))
    return {
        "ring": np.repeat(np.arange(RINGS), SPOKES),
        "spoke": np.tile(np.arange(SPOKES), RINGS),
        **by_feature(stage.data, "weight_", weights),
        "loss": stage.loss.value(weights),
    }


def descent(stage: Stage, run: Trajectory | None = None) -> Table:
    """Every step of a descent, gradient descent at theory's best rate by default; step 0 is the start."""
    run = stage.descent if run is None else run
    away = np.linalg.norm(run.points - stage.loss.minimizer, axis=1)
    return {
        "step": np.arange(len(run.points)),
        **by_feature(stage.data, "weight_", run.points),
        "loss": run.losses,
        "distance_left": away / away[0],
    }


def way(data: Dataset, points: Array) -> Table:
    """The weights after each step of a way, (n, 2); step 0 is the start."""
    return {"step": np.arange(len(points)), **by_feature(data, "weight_", points)}


def spectrum(stage: Stage) -> Table:
    """The Hessian's eigenvalues, ascending, and the directions that they belong to."""
    found = stage.spectrum
    return {"eigenvalue": found.eigenvalues, **by_feature(stage.data, "direction_", found.eigenvectors.T)}


def landscape(stage: Stage) -> Tables:
    """All of one stage: surface, descent and spectrum."""
    return {"surface": surface(stage), "descent": descent(stage), "spectrum": spectrum(stage)}


def side_by_side(stages: Sequence[Stage]) -> Tables:
    """Surfaces and descents of several stages, each under the stage's name."""
    return {
        f"{stage.name}-{name}": table
        for stage in stages
        for name, table in {"surface": surface(stage), "descent": descent(stage)}.items()
    }


def races(stages: Sequence[Stage]) -> Tables:
    """Every optimizer's descent on each stage, under the names of both."""
    return {
        f"{stage.name}-{name.replace('_', '-')}": descent(stage, run)
        for stage in stages
        for name, run in stage.race().items()
    }


def rays(lesson: Lesson) -> Table:
    """The batch-normalized neuron's loss by direction, which is all of the weights that it depends on."""
    angle = np.arange(SPOKES) * (2 * np.pi / SPOKES)
    return {
        "angle": angle,
        "loss": lesson.story.shown_neuron.loss.value(np.column_stack([np.cos(angle), np.sin(angle)])),
    }


def sigmoid_curve(farthest: float) -> Table:
    """The sigmoid and its slope, from ``-farthest`` to ``farthest``."""
    x = np.linspace(-farthest, farthest, CURVE)
    return {"x": x, "sigmoid": sigmoid(x), "slope": sigmoid_slope(x)}


def layers(passes: StackPasses) -> Table:
    """A deep stack, layer by layer from the input on: how wide what goes in spreads, and its gradients."""
    return {
        "layer": np.arange(1, len(passes.gradient_norms) + 1),
        "spread": passes.spreads,
        "share_on_flat_ends": passes.flat_shares(),
        "gradient_of_weights": passes.gradient_norms,
        "gradient_of_activations": passes.signal_gradient_norms,
    }


def running(lesson: Lesson, epochs: int) -> Table:
    """The running statistics before and after each batch, and what they are on average."""
    batches = lesson.batches
    table: Table = {"batches": np.arange(epochs * batches.count + 1)}
    for kind, (means, variances) in {
        "": batches.running_statistics(epochs),
        "expected_": batches.expected_running_statistics(epochs),
    }.items():
        table |= by_feature(lesson.data, f"{kind}mean_", means)
        table |= by_feature(lesson.data, f"{kind}variance_", variances)
    return table


def noise(lesson: Lesson, row: int) -> Table:
    """How much a row's place varies with its batch, and a batch's mean, by the number of rows in a batch."""
    sizes = lesson.batches.noise_sizes
    spreads = np.array([lesson.batches.noise_distribution(row, size).std for size in sizes])
    means = [batch_mean_spread(lesson.data.count, size) for size in sizes]
    return {
        "batch_size": np.array(sizes),
        **by_feature(lesson.data, "spread_x_hat_", spreads),
        "spread_of_means": np.array(means),
    }


def shaking(found: Shaking) -> Tables:
    """The loss at each look, for every run: without batch norm, with it, and with it but shaken."""
    return {
        f"shaking-{which}": {
            "step": found.steps,
            **{f"loss_{run + 1}": found.loss[kind, :, run] for run in range(found.loss.shape[2])},
        }
        for kind, which in enumerate(("without", "with", "shaken"))
    }


def along_the_gradient(cases: Sequence[AlongGradient]) -> Tables:
    """The loss along each step of training, without and with, for every run and every length looked at."""
    return {
        f"{case.name}-{which}": {
            "step": case.steps,
            **{
                f"loss_{run + 1}_at_{share:.3g}": case.loss[side, :, place, run]
                for run in range(case.loss.shape[3])
                for place, share in enumerate(case.shares)
            },
        }
        for case in cases
        for side, which in enumerate(("without", "with"))
    }
