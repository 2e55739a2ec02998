"""What of trained networks is shown holds on any processor: training amplifies what each rounds in its way.

Steps are multiples of a unit; a percentage is exact where seeds agree; a rate's dot is full or empty.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bn_math.lesson.network_story import LEARNED
from bn_math.networks.trained.figures import Figure
from bn_math.networks.trained.results import DepthStudy
from bn_math.networks.trained.study import NetworkStudy
from scenes.kit.drawing.canvas import Array
from scenes.kit.script.words import Words

AGREE = 0.05  # shares that are no farther apart agree
CHART = "relu"  # of the nonlinearities, the one whose steps are shown


def shown_depths(study: NetworkStudy) -> DepthStudy:
    """Steps against depth of the networks that the chart is of."""
    return next(depths for depths in study.depths if depths.name == CHART)


def steps_that_hold(study: DepthStudy) -> Array:
    """Median, fewest and most steps, (3, 2, D), as multiples of their unit; inf unless all seeds arrive."""
    found = np.full((3, *study.steps.shape[:2]), np.inf)
    for place in np.ndindex(study.steps.shape[:2]):
        figure = Figure.of_steps(study.steps[place])
        if figure.rounded is not None:
            found[:, *place] = np.maximum(figure.rounded, figure.unit / 2)
    return found


def percent_that_holds(shares: Array) -> tuple[float, bool]:
    """Of shares (k,) the median in percent, and True; where seeds lie apart, the ten below, and False."""
    percent = 100 * float(np.median(shares))
    if np.ptp(shares) <= AGREE:
        return float(round(percent)), True
    return 10.0 * np.floor(percent / 10 + 1e-9), False


def percents_in_words(cases: Sequence[Array], words: Words) -> list[str]:
    """The percentage of each case as it is written beside the others: as it is, or what is exceeded.

    Where one case holds to the ten alone, those of its ten are written like it: they are not told apart.
    """
    held = [percent_that_holds(shares) for shares in cases]
    rough = {percent for percent, is_exact in held if not is_exact}
    found = []
    for percent, _ in held:
        ten = 10.0 * np.floor(percent / 10 + 1e-9)
        key, shown = ("read_over", ten) if ten in rough else ("read", percent)
        found.append(words.label(key, percent=shown))
    return found


def lit_by_rate(study: NetworkStudy) -> Array:
    """The share of unseen rows that the worst seed reads, (2, R); 0 where that has not learned.

    Where a rate is nearly too large some seeds fail, which ones is a matter of rounding: it stays dark.
    """
    worst = study.rates.accuracy.min(axis=-1)
    return np.where(worst >= LEARNED, worst, 0.0)


def median_and_range(name: str, seeds: Array) -> dict[str, Array]:
    """Columns of seeds' values (..., k): their median, least and most; another processor is another seed."""
    kinds: Sequence[tuple[str, Array]] = (
        (name, np.median(seeds, axis=-1)),
        (f"{name}_low", seeds.min(axis=-1)),
        (f"{name}_high", seeds.max(axis=-1)),
    )
    return dict(kinds)
