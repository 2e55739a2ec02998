"""The numbers and tables that pages name in braces, `{{ raw_steps }}`: each computed, none typed."""

from __future__ import annotations

import inspect
import math
from dataclasses import replace
from functools import lru_cache

import numpy as np

from bn_math import RACE_SHARES, BatchNorm, Dataset, LeastSquares, Lesson, batch_mean_spread
from bn_math.lesson.stage import Stage
from bnviz_site import licences
from bnviz_site.lessons import LESSON
from scenes.kit.script import numbers
from scenes.kit.script.numbers import Style

STAGES = {"raw": "raw", "centered": "centered only", "scaled": "scaled only", "standardized": "standardized"}
OPTIMIZERS = {
    "gradient_descent": "gradient descent",
    "heavy_ball": "heavy ball",
    "nesterov": "Nesterov",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
}
CORRELATIONS = 0.0, 0.5, 0.9, 0.99
BATCHES = 2, 5, 10, 20, 50
SLOWER_DECAY = 1000


def written(value: float, spec: str = "") -> str:
    """A number as the film's captions write it, on one line."""
    return unbroken(numbers.write(value, spec, Style.CAPTION))


def unbroken(text: str) -> str:
    """The spaces inside of numbers as those at which no line ends."""
    return text.replace("\u2009", "\u202f").replace(" × ", "\u00a0×\u00a0")


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


@lru_cache(maxsize=1)
def substitutions() -> dict[str, str]:
    """Every number and table by its name."""
    return {**_stages(), **_curvatures(), **_descents(), **_layer(), **_data(), **_packages()}


def _stages() -> dict[str, str]:
    found: dict[str, str] = {}
    for stage in LESSON.stages:
        spectrum = stage.spectrum
        found |= {
            f"{stage.name}_smallest": written(spectrum.eigenvalues[0], ".2f"),
            f"{stage.name}_largest": written(spectrum.eigenvalues[1], ".2f"),
            f"{stage.name}_condition": _condition(spectrum.condition_number),
            f"{stage.name}_rate": written(spectrum.best_learning_rate, ".3e"),
            f"{stage.name}_contraction": written(spectrum.best_contraction, ".6f"),
            f"{stage.name}_aspect": written(spectrum.contour_aspect, "3s"),
            f"{stage.name}_steps": _steps(stage.steps),
            f"{stage.name}_safe_steps": _steps(stage.steps_at_safe_rate),
        }
    columns = {
        "λ<sub>min</sub>": "smallest",
        "λ<sub>max</sub>": "largest",
        "condition number": "condition",
        "best rate": "rate",
        "contraction": "contraction",
        "steps": "steps",
        "steps at 1/λ<sub>max</sub>": "safe_steps",
    }
    rows = [
        [name, *(found[f"{key}_{column}"] for column in columns.values())] for key, name in STAGES.items()
    ]
    return found | {"stages_table": table(["features", *columns], rows)}


def _curvatures() -> dict[str, str]:
    """What the correlation does to standardized features, from the matrix and not from its formula."""
    standardized = LESSON.standardized.data.features
    cut = Dataset(standardized, LESSON.data.target, LESSON.data.feature_names, LESSON.data.target_name)
    rows = []
    for r in CORRELATIONS:
        stage = LESSON.correlated(r)
        condition = stage.spectrum.condition_number
        rows.append([written(r, ".2f"), _condition(condition), _steps(stage.steps)])
    return {
        "correlation": written(LESSON.correlation, ".4f"),
        "correlated_table": table(["correlation", "condition number", "steps"], rows),
        "condition_at_99": written(LESSON.correlated(0.99).spectrum.condition_number, ".0f"),
        "floor_uncentered": written(LeastSquares(cut).minimum, ".0f"),
        "floor_centered": written(LESSON.standardized.loss.minimum, ".4f"),
        "rate_ratio": written(LESSON.learning_rate_ratio, "d"),
    }


def _descents() -> dict[str, str]:
    raw, bowl = LESSON.raw, LESSON.standardized
    rows = [
        [OPTIMIZERS.get(name, name), _steps(raw.optimizer_steps[name]), _steps(bowl.optimizer_steps[name])]
        for name in raw.optimizers
    ]
    settings = LESSON.settings
    slower = Lesson.of(replace(settings, race=replace(settings.race, decay_steps=SLOWER_DECAY)))
    return {
        "race_table": table(["optimizer", "valley", "bowl"], rows),
        "left_by_a_step": written(raw.percent_left_by_a_step, ".2f"),
        "weight_after_a_step": written(raw.weights_after_a_step[0], ".2f"),
        "weight_at_home": written(raw.loss.minimizer[0], ".2f"),
        "decay_steps": written(settings.race.decay_steps),
        "slower_decay_steps": written(SLOWER_DECAY),
        "rmsprop_slower_decay": _steps(slower.raw.optimizer_steps["rmsprop"]),
        "grid_lowest": written(RACE_SHARES[0], "1s"),
        "grid_highest": written(RACE_SHARES[-1]),
        "grid_a_decade": written((len(RACE_SHARES) - 1) / math.log10(RACE_SHARES[-1] / RACE_SHARES[0])),
        "race_limit": written(settings.race.limit),
        "tolerance": written(settings.tolerance, ".0e"),
        "raw_height": written(_at_start(raw), "d"),
        "standardized_height": written(_at_start(bowl), "d"),
    }


def _layer() -> dict[str, str]:
    defaults = {
        name: parameter.default for name, parameter in inspect.signature(BatchNorm).parameters.items()
    }
    count = LESSON.data.count
    batch = np.arange(10.0)
    rows = [[written(size), written(batch_mean_spread(count, size), ".4f")] for size in BATCHES]
    return {
        "spread_table": table(["rows in a batch", "spread of its mean, over σ"], rows),
        "our_eps": written(defaults["eps"], "e"),
        "our_momentum": written(defaults["momentum"], "1s"),
        "unbiased_ratio_of_ten": written(batch.var(ddof=1) / batch.var(), ".3f"),
        "batch_size": written(LESSON.batches.size),
    }


def _data() -> dict[str, str]:
    data = LESSON.data
    rows = [
        [name, written(mean, ".3f"), written(spread, ".3f")]
        for name, mean, spread in zip(data.feature_names, data.means, data.stds, strict=True)
    ]
    return {
        "rows": written(data.count),
        "data_table": table(["feature", "mean", "standard deviation"], rows),
    }


def _packages() -> dict[str, str]:
    rows = [[f"`{name}`", extra, found] for name, extra, found in licences.installed()]
    return {"packages_table": table(["package", "extra", "license"], rows)}


def _condition(value: float) -> str:
    return written(value, ".1f" if value > 100 else ".3f")


def _steps(steps: int | None) -> str:
    return "never" if steps is None else written(steps, "d")


def _at_start(stage: Stage) -> float:
    return float(stage.loss.value(np.array(stage.start)))
