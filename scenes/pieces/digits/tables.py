"""The arrays behind the pictures of trained networks, as tables of columns with names."""

from __future__ import annotations

import numpy as np

from bn_math.networks.trained.study import NetworkStudy
from scenes.kit.data_tables import Tables
from scenes.pieces.digits.holding import (
    median_and_range,
    percent_that_holds,
    shown_depths,
    steps_that_hold,
)

KINDS = ("without", "with")


def network_tables(study: NetworkStudy) -> Tables:
    """Shares read, the start of training, steps against depth.

    What is a figure on the screen, or a point, stands here to the digits that hold on any processor; of the
    shares read there are the median, the least and the most of the seeds. A network that did not come to the
    mark within the limit has so many steps as the limit, and `arrived` says which share of the seeds did.
    """
    walls, start = study.walls, study.start
    depths = shown_depths(study)
    found: Tables = {
        "read": {"steps": walls.steps},
        "read-in-the-end": {"layers": walls.depths},
        "start": {"layer": np.arange(1, start.spread.shape[1] + 1)},
        f"depth-{depths.name}": {"layers": depths.depths},
    }
    for norm, kind in enumerate(KINDS):
        for place, depth in enumerate(walls.depths):
            found["read"] |= median_and_range(f"{kind}_{depth}_layers", walls.accuracy[norm, place])
        percents = [percent_that_holds(seeds)[0] for seeds in walls.accuracy[norm, :, -1]]
        found["read-in-the-end"][f"percent_{kind}"] = np.array(percents)
        found["start"][f"spread_{kind}"] = np.median(start.spread[norm], axis=-1)
        found["start"][f"gradient_{kind}"] = np.median(start.gradient[norm], axis=-1)
        table = found[f"depth-{depths.name}"]
        table[f"steps_{kind}"] = np.minimum(steps_that_hold(depths)[0, norm], depths.limit)
        table[f"arrived_{kind}"] = (depths.steps[norm] >= 0).mean(axis=-1)
    return found
