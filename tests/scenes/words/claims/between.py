"""What is claimed of what layers hand on, and of the mini-batches that rows are dealt into."""

from __future__ import annotations

import itertools

import numpy as np

from bn_math import Lesson
from scenes.kit.drawing.canvas import Array
from tests.scenes.words.claims import Claim, of_any

SHOWN = 40  # the last step of training that is seen


def clouds(lesson: Lesson, which: int) -> list[tuple[float, float]]:
    """Of each layer's two neurons: how far the mean goes, and how many times as wide the cloud gets."""
    drift, found = lesson.network.drift, []
    last = max(place for place, step in enumerate(drift.steps) if step <= SHOWN)
    for layer in range(drift.sums.shape[2]):
        way = wider = 0.0
        for neuron in (0, 1):
            before, now = (drift.sums[which, at, layer, :, neuron] for at in (0, last))
            way += (np.mean(now) - np.mean(before)) ** 2 / np.var(before)
            wider += np.var(now) / np.var(before) / 2
        found.append((float(np.sqrt(way)), float(np.sqrt(wider))))
    return found


def every_cloud_drifts(lesson: Lesson) -> bool:
    return all(way > 0.24 or wider > 1.24 for way, wider in clouds(lesson, 0))


def the_last_goes_farthest(lesson: Lesson) -> bool:
    *others, last = (way for way, _ in clouds(lesson, 0))
    return every_cloud_drifts(lesson) and last > max(others)


def the_cloud_stays(lesson: Lesson) -> bool:
    """With batch norm: a small part of a spread, a third of the way without at most, and about as wide."""
    pairs = zip(clouds(lesson, 0), clouds(lesson, 1), strict=True)
    return all(
        other[0] < min(0.21, 0.34 * one[0]) and max(other[1], 1 / other[1]) < 1.21 for one, other in pairs
    )


def batches(lesson: Lesson) -> list[Array]:
    """The rows of each mini-batch, (m, 2)."""
    return [lesson.data.features[list(rows)] for rows in lesson.batches.rows]


def sizes(lesson: Lesson) -> list[int]:
    return [len(rows) for rows in lesson.batches.rows]


def dealt_evenly(lesson: Lesson) -> bool:
    return set(sizes(lesson)) == {lesson.settings.batch_size}


def the_last_has_fewer(lesson: Lesson) -> bool:
    *others, last = sizes(lesson)
    return set(others) == {lesson.settings.batch_size} and last < lesson.settings.batch_size


def dealt_once(lesson: Lesson) -> bool:
    return sorted(itertools.chain(*lesson.batches.rows)) == list(range(lesson.data.count))


def own_mean_and_spread(lesson: Lesson) -> bool:
    """No two have mean and spread in common."""
    found = [(float(np.mean(x[:, 0])), float(np.std(x[:, 0]))) for x in batches(lesson)]
    return len(found) > 1 and all(one != other for one, other in itertools.combinations(found, 2))


CLAIMS: dict[str, Claim] = {
    "BetweenLayers.once.0": of_any("a question"),
    "BetweenLayers.once.1": of_any("a definition: other layers read what layers make"),
    "BetweenLayers.layers.0.0": lambda lesson: lesson.settings.network.data is None,
    "BetweenLayers.layers.0.1": of_any("what is shown"),
    "BetweenLayers.layers.1": of_any("a definition"),
    "BetweenLayers.drift.0.0": the_last_goes_farthest,
    "BetweenLayers.drift.0.1": of_any("what a step of training does"),
    "BetweenLayers.every.0": of_any("what batch normalization does"),
    "BetweenLayers.every.1.0": the_cloud_stays,
    "BetweenLayers.every.1.1": of_any("what is shown"),
    "BatchSplit.deal.0": of_any("how training with mini-batches goes"),
    "BatchSplit.deal.1.0": lambda lesson: dealt_evenly(lesson) and dealt_once(lesson),
    "BatchSplit.deal.1.1": lambda lesson: the_last_has_fewer(lesson) and dealt_once(lesson),
    "BatchSplit.own.0": of_any("what a mean is"),
    "BatchSplit.own.1": of_any("what a spread is"),
    "BatchSplit.own.2.0": own_mean_and_spread,
    "BatchSplit.own.2.1": of_any("every mini-batch has a mean and a spread"),
    "BatchSplit.first.0": lambda lesson: sum(0 in list(rows) for rows in lesson.batches.rows) == 1,
}
