"""A right call of every public function, class and method of the maths, for tests that spoil one argument."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

import bn_math
from bn_math import (
    ACTIVATIONS,
    Activation,
    AdaGrad,
    Adam,
    Dataset,
    DeepStack,
    Ellipse,
    GradientDescent,
    HeavyBall,
    LeastSquares,
    Lesson,
    LessonSettings,
    MiniBatchDescent,
    MiniBatches,
    Nesterov,
    NetworkSettings,
    NetworkStudy,
    NeuronStage,
    NormalizedNeuron,
    NormalizedValueDistribution,
    RaceSettings,
    RMSProp,
    Spectrum,
    StackPasses,
    Stage,
    Trajectory,
    descend,
    normalized_value_distribution,
)
from tests.bn_math.right_layers import DATA, LAYERS
from tests.bn_math.right_results import RIGHT_RESULTS

LOSS, NEURON, RULE = LeastSquares(DATA), NormalizedNeuron(DATA), GradientDescent(0.01)
STAGE = Stage("raw", DATA, (0.0, 0.0), 1e-6)
NEURON_STAGE = NeuronStage("raw", DATA, (1.0, 0.2), 1e-6)
STACK = DeepStack(3, 4, 5)
RUN = descend(LOSS, [0.0, 0.0], RULE, 3)
LAW = normalized_value_distribution(DATA.features, 0, 3)
BATCHES = [np.array([0, 1, 2]), np.array([3, 4, 5])]
LESSON = Lesson(DATA, batch_size=3)
STUDY = NetworkStudy(NetworkSettings(width=4, wall_depths=(1, 2), seeds=2))
EDGES = [-2.0, 0.0, 2.0]


class Frame:
    """What is asked of a frame; those of pandas and polars are in data/test_frames.py."""

    columns = ("A", "B", "y")

    def to_series(self, i: int) -> Any:
        """The column at an index, which has `to_numpy`."""
        return SimpleNamespace(to_numpy=lambda: np.column_stack([DATA.features, DATA.target])[:, i])


SETTINGS = {
    **{"data": DATA, "start": (0.0, 0.0), "tolerance": 1e-6, "batch_size": 3, "batch_seed": 1},
    **{"eps": 1e-5, "momentum": 0.1, "ddof": 0, "learning_rates": (1e-6, 1.0)},
    **{"neuron_learning_rates": (1e-6, 1.0), "neuron_start": (1.0, 0.2), "race": RaceSettings()},
    **{"deep": STACK, "exploding": STACK, "noise_batches": (0.5, 1.0), "network": NetworkSettings()},
}


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


RIGHT: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "Activation": (Activation, {"value": np.tanh, "slope": np.cosh}),
    "AdaGrad": (AdaGrad, {"learning_rate": 0.1, "eps": 1e-10}),
    "Adam": (Adam, {"learning_rate": 0.1, "beta1": 0.9, "beta2": 0.99, "eps": 1e-8}),
    "Dataset": (
        Dataset,
        {
            "features": DATA.features,
            "target": DATA.target,
            "feature_names": ("A", "B"),
            "target_name": "y",
        },
    ),
    "Dataset.from_csv": (Dataset.from_csv, {"path": "x.csv", "target": "y"}),
    "Dataset.partly_standardized": (
        DATA.partly_standardized,
        {"centered": 0.5, "scaled": 0.5, "ddof": 0},
    ),
    "Dataset.scaled": (DATA.scaled, {"ddof": 0}),
    "Dataset.standard_deviations": (DATA.standard_deviations, {"ddof": 0}),
    "Dataset.standardized": (DATA.standardized, {"ddof": 0}),
    "DeepStack": (
        DeepStack,
        {
            **{"depth": 3, "width": 4, "batch": 5, "weight_scale": 1.0, "input_scale": 1.0},
            **{"activation": "tanh", "batch_norm": False, "eps": 1e-5, "seed": 1},
        },
    ),
    "DeepStack.run": (STACK.run, {"weights": STACK.weights}),
    "Ellipse": (Ellipse, {"center": [0.0, 1.0], "half_axes": [2.0, 1.0], "angle": 0.1}),
    "Ellipse.points": (LOSS.spectrum.contour(LOSS.minimizer, 1.0).points, {"count": 8}),
    "GradientDescent": (GradientDescent, {"learning_rate": 0.1}),
    "HeavyBall": (HeavyBall, {"learning_rate": 0.1, "momentum": 0.9}),
    "Nesterov": (Nesterov, {"learning_rate": 0.1, "momentum": 0.9}),
    "RMSProp": (RMSProp, {"learning_rate": 0.1, "decay": 0.9, "eps": 1e-8}),
    "NormalizedValueDistribution": (
        NormalizedValueDistribution,
        {"values": LAW.values, "weights": LAW.weights},
    ),
    "NormalizedValueDistribution.shares": (LAW.shares, {"edges": EDGES}),
    "LeastSquares": (LeastSquares, {"data": DATA}),
    "Lesson": (Lesson, SETTINGS),
    "LinearDecay": (bn_math.LinearDecay, {"initial": 0.1, "steps": 5}),
    "Lesson.of": (Lesson.of, {"settings": LESSON.settings}),
    "LessonSettings": (LessonSettings, SETTINGS),
    "MiniBatchDescent": (
        MiniBatchDescent,
        {
            **{"data": DATA, "batch_size": 3, "by_all_rows": True, "centers_target": True},
            **{"learning_rate": 0.02, "eps": 1e-5, "momentum": 0.1, "start": (0.0, 0.0)},
            **{"seed": 1, "runs": 2},
        },
    ),
    "MiniBatches": (MiniBatches, {"settings": LESSON.settings}),
    "Lesson.article": (Lesson.article, {"batch_size": 10}),
    "Lesson.from_seed": (Lesson.from_seed, {"seed": 3}),
    "Lesson.from_toml": (Lesson.from_toml, {"path": "x.toml"}),
    "Lesson.from_file": (Lesson.from_file, {"path": "x.toml"}),
    "Lesson.from_csv": (
        Lesson.from_csv,
        {
            **{"path": "x.csv", "features": ("A", "B"), "target": "y", "batch_size": 3, "missing": "drop"},
            **{"sample": 6, "encoding": "utf-8", "decimal": "."},
        },
    ),
    "Lesson.from_frame": (
        Lesson.from_frame,
        {"frame": Frame(), "features": ("A", "B"), "target": "y", "batch_size": 3},
    ),
    "Lesson.correlated": (LESSON.correlated, {"r": 0.5}),
    "Lesson.correlated_condition_number": (LESSON.correlated_condition_number, {"r": 0.5}),
    "MiniBatches.sampled_means": (LESSON.batches.sampled_means, {"batch_size": 3, "draws": 4}),
    "MiniBatches.batchmates": (LESSON.batches.batchmates, {"row": 0, "batch_size": 3, "draws": 4}),
    "MiniBatches.asked": (
        LESSON.batches.asked,
        {"row": 0, "batch_size": 3, "times": 4, "feature": 1},
    ),
    "MiniBatches.noise": (LESSON.batches.noise, {"row": 0, "batch_size": 3, "draws": 4}),
    "MiniBatches.noise_distribution": (LESSON.batches.noise_distribution, {"row": 0, "batch_size": 3}),
    "MiniBatches.noise_shares": (
        LESSON.batches.noise_shares,
        {"row": 0, "batch_size": 3, "draws": 4, "edges": EDGES},
    ),
    "MiniBatches.mean_shares": (LESSON.batches.mean_shares, {"batch_size": 3, "edges": EDGES}),
    "MiniBatches.descent": (LESSON.batches.descent, {"batch_size": 3, "by_all_rows": True}),
    "MiniBatches.over_epochs": (LESSON.batches.over_epochs, {"epochs": 2}),
    "MiniBatches.running_statistics": (LESSON.batches.running_statistics, {"epochs": 2}),
    "MiniBatches.start_left": (LESSON.batches.start_left, {"batches": 2}),
    "MiniBatches.expected_running_statistics": (LESSON.batches.expected_running_statistics, {"epochs": 2}),
    "MiniBatches.trained_layer": (LESSON.batches.trained_layer, {"epochs": 2}),
    "MiniBatches.inferred": (LESSON.batches.inferred, {"sample": [1.0, 2.0], "epochs": 2}),
    "NetworkSettings": (
        NetworkSettings,
        {
            **{
                "data": None,
                "width": 8,
                "batch_size": 4,
                "depths": (1, 2),
                "wall_depths": (1, 2),
                "depth": 2,
            },
            **{"seeds": 2, "tuning_seeds": 1, "mark": 0.3, "limit": 9, "fixed_rows": 9, "epochs": 1},
            **{"learning_rates": (0.1, 1.0), "rates_per_decade": 2, "eps": 1e-5, "momentum": 0.1, "seed": 1},
        },
    ),
    "NetworkStudy": (NetworkStudy, {"settings": NetworkSettings()}),
    "NetworkStudy.part": (STUDY.part, {"name": "start"}),
    "NeuronStage": (
        NeuronStage,
        {"data": DATA, "start": (1.0, 0.2), "tolerance": 1e-6, "eps": 0.0},
    ),
    "NeuronStage.steps_against": (NEURON_STAGE.steps_against, {"learning_rates": [0.1, 1.0]}),
    "NeuronStage.steps_at": (NEURON_STAGE.steps_at, {"learning_rate": 0.1}),
    "NeuronStage.descend": (NEURON_STAGE.descend, {"learning_rate": 0.1, "steps": 3}),
    "NormalizedNeuron": (NormalizedNeuron, {"data": DATA, "eps": 0.0}),
    "RaceSettings": (RaceSettings, {"shares": (0.1, 1.0), "limit": 100, "adam_beta1": 0.9, "adam_eps": 1e-8}),
    "RaceSettings.momentum_steps": (RaceSettings().momentum_steps, {"tolerance": 1e-3}),
    "Spectrum": (Spectrum, {"eigenvalues": [1.0, 2.0], "eigenvectors": np.eye(2)}),
    "Spectrum.of": (Spectrum.of, {"hessian": LOSS.hessian}),
    "Spectrum.contraction": (LOSS.spectrum.contraction, {"learning_rate": 0.1}),
    "Spectrum.contour": (LOSS.spectrum.contour, {"center": LOSS.minimizer, "level": 1.0}),
    "StackPasses": (StackPasses, {name: getattr(STACK.passes, name) for name in StackPasses.__annotations__}),
    "StackPasses.flat_shares": (STACK.passes.flat_shares, {"beyond": 2.0}),
    "StackPasses.histograms": (STACK.passes.histograms, {"edges": EDGES}),
    "Stage": (Stage, {"data": DATA, "start": (0.0, 0.0), "tolerance": 1e-6, "rules": RaceSettings()}),
    "Stage.way_left": (STAGE.way_left, {"w": [1.0, 2.0]}),
    "Stage.steps_at": (STAGE.steps_at, {"learning_rate": 0.01}),
    "Stage.steps_with": (STAGE.steps_with, {"optimizer": RULE, "limit": 10}),
    "Stage.steps_against": (STAGE.steps_against, {"learning_rates": [0.1, 1.0]}),
    "Stage.settling": (STAGE.settling, {"optimizer": RULE, "limit": 10}),
    "Stage.descend": (STAGE.descend, {"optimizer": RULE, "steps": 10}),
    "Stage.contour": (STAGE.contour, {"level": 1.0}),
    "Trajectory": (Trajectory, {"points": RUN.points, "losses": RUN.losses, "diverged": RUN.diverged}),
    "article_recipe": (bn_math.article_recipe, {"seed": 1, "count": 5}),
    "batch_mean_shares": (
        bn_math.batch_mean_shares,
        {"x": DATA.features, "batch_size": 3, "edges": EDGES},
    ),
    "batch_mean_spread": (bn_math.batch_mean_spread, {"count": 10, "batch_size": 2}),
    "batch_means": (bn_math.batch_means, {"x": DATA.features, "batches": BATCHES}),
    "batch_stds": (bn_math.batch_stds, {"x": DATA.features, "batches": BATCHES}),
    "descend": (descend, {"loss": LOSS, "start": [0.0, 0.0], "optimizer": RULE, "steps": 3}),
    "normalized_value_distribution": (
        normalized_value_distribution,
        {"x": DATA.features, "row": 0, "batch_size": 3, "eps": 1e-5},
    ),
    "load_dataset": (bn_math.load_dataset, {"path": "x.csv", "target": "y"}),
    "rate_grid": (bn_math.rate_grid, {"lowest": 0.1, "highest": 1.0, "per_decade": 4}),
    "rescale": (bn_math.rescale, {"x_hat": DATA.features, "gamma": [1.0, 2.0], "beta": 0.5}),
    "sigmoid": (bn_math.sigmoid, {"x": [0.0, 1.0]}),
    "sigmoid_slope": (bn_math.sigmoid_slope, {"x": [0.0, 1.0]}),
    "split_batches": (bn_math.split_batches, {"count": 6, "batch_size": 3, "rng": rng(), "drop_last": True}),
    "stable_limit": (bn_math.stable_limit, {"loss": LOSS, "start": [0.0, 0.0]}),
    "standardize": (bn_math.standardize, {"x": DATA.features, "ddof": 0, "eps": 1e-5}),
    "standardized_with_batchmates": (
        bn_math.standardized_with_batchmates,
        {"x": DATA.features, "row": 0, "batch_size": 3, "draws": 2, "rng": rng(), "eps": 1e-5},
    ),
    "steps_against": (
        bn_math.steps_against,
        {"loss": LOSS, "start": [0.0, 0.0], "learning_rates": [0.1], "tolerance": 1e-3, "limit": 9},
    ),
    "steps_to": (
        bn_math.steps_to,
        {"loss": LOSS, "start": [0.0, 0.0], "optimizer": RULE, "tolerance": 1e-3, "limit": 9},
    ),
    "steps_to_excess": (
        bn_math.steps_to_excess,
        {"loss": NEURON, "start": [1.0, 0.2], "learning_rates": [0.1], "excess": 1e-3},
    ),
}
RIGHT |= LAYERS
for name, loss in (("LeastSquares", LOSS), ("NormalizedNeuron", NEURON)):
    for method in ("value", "gradient", "excess", "distance", "gamma", "prediction"):
        if hasattr(loss, method):
            RIGHT[f"{name}.{method}"] = (getattr(loss, method), {"w": [[1.0, 2.0], [3.0, -1.0]]})
RIGHT["NormalizedNeuron.hessian_product"] = (
    NEURON.hessian_product,
    {"w": [1.0, 2.0], "direction": [0.0, 1.0]},
)
for rule in (RULE, HeavyBall(0.01, 0.9), Nesterov(0.01, 0.9), AdaGrad(0.1), RMSProp(0.1), Adam(0.1)):
    name = type(rule).__name__
    RIGHT[f"{name}.init"] = (rule.init, {"start": np.zeros(2)})
    RIGHT[f"{name}.update"] = (
        rule.update,
        {"gradient": np.square, "point": np.zeros(2), "state": rule.init(np.zeros(2))},
    )
    if hasattr(rule, "transition"):
        RIGHT[f"{name}.transition"] = (rule.transition, {"eigenvalues": [1.0, 2.0]})
for name, activation in ACTIVATIONS.items():
    RIGHT[f"ACTIVATIONS[{name}].value"] = (activation.value, {"x": np.zeros(3)})
    RIGHT[f"ACTIVATIONS[{name}].slope"] = (activation.slope, {"x": np.zeros(3)})
RIGHT |= RIGHT_RESULTS
