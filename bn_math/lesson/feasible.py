"""Whether a film can be computed from data and a start: what float64 carries, and what can be counted.

Every check says what is wrong, by column or field, and what would be right. Which settings there are is in
settings.py.
"""

from functools import lru_cache

import numpy as np

from bn_math.data.dataset import Dataset
from bn_math.descent.losses import LeastSquares, NormalizedNeuron
from bn_math.lesson.stage import Stage

# Fewer rows make no cloud, and no two mini-batches.
FEWEST_ROWS = 4
# Standard deviations between these leave room for squares, ratios and sums of thousands.
SMALLEST_SPREAD, LARGEST_SPREAD = 1e-12, 1e12
# A column that spans less than this share of its largest value has lost its digits once it is centered.
LEAST_SPAN = 1e-9
# Features are perfectly correlated if |r| is nearer to 1 than this: nearer, the bowl's shape is rounding's.
LEAST_INDEPENDENCE = 1e-9
# Beyond this condition number fewer than four digits of a count of steps hold: 1 - rate * L is then so near
# to -1 that rounding is felt.
WORST_CONDITION = 1e12
# A start whose loss is above the least by less than this share of mean(y^2) is there, to within rounding.
LEAST_DESCENT = 1e-18


# Settings that are fitted to data are made twice on the same data, which are looked at once.
@lru_cache(maxsize=1)
def check_columns(data: Dataset, ddof: int) -> None:
    """Refuses data whose columns a lesson cannot be computed from, one by one and together.

    Raises ValueError naming the column.
    """
    if data.count < FEWEST_ROWS:
        raise ValueError(f"data must have at least {FEWEST_ROWS} rows, but has {data.count}")
    for name, column in zip(data.feature_names, data.features.T, strict=True):
        _check_column(f"feature {name}", column, "it has no spread to divide by; choose another column")
    nothing = "there is nothing to predict; choose another column"
    _check_column(f"the target {data.target_name}", data.target, nothing)
    try:
        standardized = data.standardized(ddof)
    except ValueError as error:
        raise ValueError(f"data cannot be standardized: {error}") from error
    if 1 - abs(standardized.correlation) < LEAST_INDEPENDENCE:
        first, second = data.feature_names
        raise ValueError(
            f"data must not have perfectly correlated features, but {first} and {second} have "
            f"r = {standardized.correlation:.12g}: their loss has no single minimum to show; choose another"
        )
    try:
        LeastSquares(data)
        NormalizedNeuron(data)
    except ValueError as error:
        raise ValueError(f"data give no loss surface: {error}") from error


def _check_column(what: str, column: np.ndarray, consequence: str) -> None:
    span, largest = float(np.ptp(column)), float(np.abs(column).max())
    if span == 0:
        raise ValueError(f"data must vary, but {what} is constant ({column[0]:g}): {consequence}")
    if span < LEAST_SPAN * largest:
        raise ValueError(
            f"data must vary, but {what} spans {span:.3g} around {column[0]:.6g}, less than float64 can tell "
            f"well from constant: subtract {column[0]:.6g} from it"
        )
    spread = float(column.std())
    if not SMALLEST_SPREAD <= spread <= LARGEST_SPREAD:
        size = "smaller" if spread < SMALLEST_SPREAD else "larger"
        raise ValueError(
            f"data must have columns of a standard deviation from {SMALLEST_SPREAD:g} to {LARGEST_SPREAD:g}, "
            f"but that of {what} is {spread:.3g}: give it in {size} units"
        )


@lru_cache(maxsize=1)
def check_descents(data: Dataset, ddof: int, start: tuple[float, ...], tolerance: float) -> None:
    """Refuses data and a start from which one of the four stages has no descent that can be counted.

    Raises ValueError naming the stage, and `data` or `start`.
    """
    stages = {
        "raw": data,
        "centered": data.centered(),
        "scaled": data.scaled(ddof),
        "standardized": data.standardized(ddof),
    }
    for name, form in stages.items():
        stage = Stage(name, form, start, tolerance)
        condition = stage.spectrum.condition_number
        if condition > WORST_CONDITION:
            raise ValueError(
                f"data must have a condition number of at most {WORST_CONDITION:g}, but that of the {name} "
                f"data is {condition:.3g}, beyond what float64 carries and can be counted: {_remedy(data)}"
            )
        # To within rounding: what is left of such a way would be rounding's.
        if float(stage.loss.excess(start)) <= LEAST_DESCENT * float((form.target**2).mean()):
            raise ValueError(
                f"start must not be where the {name} data's loss is least: there is nothing to descend; "
                "give another start"
            )
        if stage.steps is None:
            raise ValueError(
                f"data must let gradient descent arrive, but on the {name} data it never does, or after more "
                "steps than can be counted; give a larger tolerance"
            )


def _remedy(data: Dataset) -> str:
    """What would bring the condition number down: other units, or columns that lie around 0."""
    (first, second), (one, other) = data.feature_names, data.stds
    if max(one, other) > 1000 * min(one, other):
        return (
            f"{first} has a standard deviation of {one:.3g} and {second} of {other:.3g}; give one of them in "
            "other units, so that they are less than a factor of 100,000 apart"
        )
    return f"subtract a constant from {first} and {second}, so that their values lie around 0"
