"""What is said of the noise of mini-batches, of the ball that they drive, and of the layer in use."""

from __future__ import annotations

import itertools

import numpy as np

from bn_math import Lesson
from bn_math.checks import Array
from scenes.pieces.noise.one_row import asked, in_use, passes
from scenes.pieces.noise.sums import Sums
from tests.scenes.words.claims import Claim, of_any

RATE, RUNS = 0.02, 12


def landings(lesson: Lesson, size: int, count: int = 400) -> Array:
    """The first row's A in random batches, drawn here."""
    rng, x = np.random.default_rng(1), lesson.data.features[:, 0]
    drawn = [x[[0, *(1 + rng.choice(len(x) - 1, size - 1, replace=False))]] for _ in range(count)]
    return np.array([(own[0] - own.mean()) / np.sqrt(own.var() + lesson.settings.eps) for own in drawn])


def others_differ(lesson: Lesson) -> bool:
    return len(lesson.batches.rows[0]) < lesson.data.count


def lands_elsewhere(lesson: Lesson) -> bool:
    seen = lesson.batches.batchmates(0, lesson.settings.batch_size, 300)[:3]
    x, eps = lesson.data.features[:, 0], lesson.settings.eps
    places = [(x[0] - x[rows].mean()) / np.sqrt(x[rows].var() + eps) for rows in seen]
    return min(abs(one - other) for one, other in itertools.combinations(places, 2)) > 0.009


def settled(lesson: Lesson, size: int, own: bool = True) -> tuple[float, float]:
    """By a plain loop over mini-batches: the share of the way done in the end, and how it strays."""
    x, y = lesson.data.features, lesson.data.target - lesson.data.target.mean()
    all_rows = (x - x.mean(axis=0)) / x.std(axis=0)
    start = np.array(lesson.settings.start, dtype=float)
    goal = np.linalg.lstsq(all_rows, y, rcond=None)[0] - start
    epochs = max(60, 900 // max(len(x) // size, 1))
    ways, strays = [], []
    for seed in range(RUNS):
        rng, w, late = np.random.default_rng(seed), start.copy(), []
        for epoch in range(epochs):
            order = rng.permutation(len(x))
            for first in range(0, len(x), size):
                rows = order[first : first + size]
                if len(rows) < 2:
                    continue
                batch = x[rows]
                h = (batch - batch.mean(axis=0)) / np.sqrt(batch.var(axis=0) + lesson.settings.eps)
                h = h if own else all_rows[rows]
                w = w - RATE * 2 / len(rows) * h.T @ (h @ w - y[rows])
            if epoch >= epochs - 20:
                late.append(w)
        ways.append((np.mean(late, axis=0) - start) @ goal / (goal @ goal))
        strays.append(np.linalg.norm(np.std(late, axis=0)) / np.linalg.norm(goal))
    return float(np.median(ways)), float(np.median(strays))


def shivers_and_settles_short(lesson: Lesson) -> bool:
    (way, stray), (_, still) = settled(lesson, 2), settled(lesson, 2, own=False)
    shown = lesson.batches.settling.ways[0]
    return way < 0.95 and stray > 1.5 * still and abs(way - shown) < 0.1


def two_become_signs(lesson: Lesson) -> bool:
    """Of all pairs of rows, standardized by their own mean and spread: nearly all values are 1 or -1."""
    found = []
    for one, other in itertools.combinations(lesson.data.features, 2):
        mean, variance = (one + other) / 2, ((one - other) / 2) ** 2
        found.append(np.abs(one - mean) / np.sqrt(variance + lesson.settings.eps))
    return bool((np.mean(np.round(found, 1) == 1, axis=0) > 0.94).all())


def alone_is_zero(lesson: Lesson) -> bool:
    """Every row, a batch of its own, by batch norm's own formula."""
    layer = [
        (row - row.mean()) / np.sqrt(row.var() + lesson.settings.eps) for row in lesson.data.features[:, :1]
    ]
    return lesson.settings.eps > 0 and not np.any(layer)


def larger_come_nearer(lesson: Lesson) -> bool:
    sizes = lesson.batches.settling.sizes
    away = [abs(1 - settled(lesson, size)[0]) for size in sizes]
    return all(after < before + 0.02 for before, after in itertools.pairwise(away)) and away[-1] < away[0]


def nearly_home(lesson: Lesson) -> bool:
    last = settled(lesson, lesson.batches.settling.sizes[-1])[0]
    return larger_come_nearer(lesson) and abs(1 - last) < 0.06


def pulls_towards_its_own(lesson: Lesson) -> bool:
    """Every batch moves the running mean towards its own mean, and less than all of the way."""
    mean = lesson.batches.running_statistics()[0]
    own = [lesson.data.features[list(rows)].mean(axis=0) for rows in lesson.batches.rows]
    left = [(mean[k + 1] - own[k]) / (mean[k] - own[k]) for k in range(len(own))]
    return bool((np.array(left) > 0).all() and (np.array(left) < 1).all())


def averages_of_the_batches(lesson: Lesson) -> bool:
    mean = lesson.batches.running_statistics()[0]
    own = [lesson.data.features[list(rows)].mean(axis=0) for rows in lesson.batches.rows]
    return bool(np.allclose(mean[-1], np.mean(own, axis=0), rtol=1e-6)) or lesson.settings.momentum == 1


def averages_estimate(lesson: Lesson) -> bool:
    """The running mean is within one spread of all rows' mean: an estimate of it, and no other number."""
    mean = lesson.batches.running_statistics(passes(lesson))[0][-1]
    return bool((np.abs(mean - lesson.data.means) < lesson.data.stds).all())


def same_value(lesson: Lesson) -> bool:
    """Alone, or among all rows: the row becomes the same in evaluation mode."""
    rows = lesson.data.features
    together = lesson.batches.inferred(rows, passes(lesson))[0, 0]
    return bool(np.isclose(together, in_use(lesson), rtol=1e-12))


def jumps(lesson: Lesson) -> bool:
    """By the rows themselves: its value is set by the mean and the spread of those it is with."""
    found = asked(lesson)
    x, eps = lesson.data.features[:, 0], lesson.settings.eps
    rows = lesson.batches.batchmates(0, lesson.settings.batch_size, len(found))
    again = [(x[0] - x[it].mean()) / np.sqrt(x[it].var() + eps) for it in rows]
    return bool(np.allclose(found, again, rtol=1e-6, atol=1e-9) and np.ptp(found) > 0.01)


def is_straight(lesson: Lesson) -> bool:
    """The layer in use is straight: a mean of two rows becomes the mean of what they become."""
    x = lesson.data.features
    one, two, mean = lesson.batches.inferred(np.stack([x[0], x[1], (x[0] + x[1]) / 2]), passes(lesson))
    return bool(np.allclose((one + two) / 2, mean, rtol=1e-6, atol=1e-6))


def comes_out_the_same(lesson: Lesson) -> bool:
    """Both layers one after the other, and the one that they become; with the figures shown, too."""
    sums, x = Sums(lesson, passes(lesson)), lesson.data.features[0]
    (weight, bias), (one, other) = sums.linear, sums.folded
    by_hand = weight @ lesson.batches.inferred(x, passes(lesson)) + bias
    same = np.allclose(one @ x + other, by_hand, rtol=1e-9, atol=1e-9 * abs(float(bias[0])))
    return bool(same) and sums.holds(sums.digits)


CLAIMS: dict[str, Claim] = {
    "BatchNoise.company.0": others_differ,
    "BatchNoise.company.1": lands_elsewhere,
    "BatchNoise.company.2": lambda lesson: landings(lesson, lesson.settings.batch_size).std() > 0.005,
    "BatchNoise.descent.0": of_any("a question"),
    "BatchNoise.descent.1": two_become_signs,
    "BatchNoise.descent.2.0": lambda lesson: len(set(lesson.batches.settling.sizes)) == 3,
    "BatchNoise.descent.2.1": of_any("what is shown"),
    "BatchNoise.descent.3": shivers_and_settles_short,
    "BatchNoise.descent.4.0": nearly_home,
    "BatchNoise.descent.4.1": larger_come_nearer,
    "TrainAndInference.running.0": alone_is_zero,
    "TrainAndInference.running.1.0": pulls_towards_its_own,
    "TrainAndInference.running.1.1": averages_of_the_batches,
    "TrainAndInference.inference.0": lambda lesson: same_value(lesson) and averages_estimate(lesson),
    "TrainAndInference.forgotten.0": jumps,
    "TrainAndInference.forgotten.1": same_value,
    "TrainAndInference.folded.0": lambda lesson: is_straight(lesson) and comes_out_the_same(lesson),
}
