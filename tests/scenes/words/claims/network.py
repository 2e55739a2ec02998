"""What is said of the trained networks: counted here seed by seed, from what each run came to."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator

import numpy as np

from bn_math import Lesson
from bn_math.networks.trained.results import DepthStudy
from bn_math.networks.trained.rows import training_rows
from tests.scenes.words.claims import Claim, of_any

WITHOUT, WITH = 0, 1


def shown_were_kept_for_testing(lesson: Lesson) -> bool:
    """Whether no row of a wall is among those that networks are trained on, unless it is there twice."""
    trained = {row.tobytes() for row in training_rows(lesson.settings.network.data).inputs}
    tested = {row.tobytes() for row in training_rows(lesson.settings.network.data).test_inputs}
    walls = {row.tobytes() for row in np.array(lesson.network.walls.test_images)}
    return walls <= tested and not (walls & trained - tested)


def read_in_the_end(lesson: Lesson, norm: int, place: int) -> list[float]:
    """The share of the unseen rows that each seed's network reads after the last step."""
    return [float(curve[-1]) for curve in np.moveaxis(lesson.network.walls.accuracy[norm, place], -1, 0)]


def learn(lesson: Lesson, norm: int, place: int) -> bool:
    """Whether all of them read four in five."""
    return all(5 * share >= 4 - 1e-9 for share in read_in_the_end(lesson, norm, place))


def the_deep_ones_only_guess(lesson: Lesson) -> bool:
    """Those that are pointed out only guess, the deepest among them; the shallowest learn."""
    classes = len(set(training_rows(lesson.settings.network.data).test_labels.tolist()))
    deep = lesson.story.dark_walls
    dark = all(share * classes < 2 for place in deep for share in read_in_the_end(lesson, WITHOUT, place))
    is_deepest = lesson.network.walls.depths[max(deep)] == max(lesson.settings.network.wall_depths)
    return dark and is_deepest and learn(lesson, WITHOUT, 0)


def the_deep_ones_learn(lesson: Lesson) -> bool:
    return all(learn(lesson, WITH, place) for place in lesson.story.dark_walls)


def left_apart(lesson: Lesson, norm: int) -> float:
    """How much of what tells the shown rows apart after the first layer does so after the last."""
    layers = lesson.network.start.activations[norm]
    far = [
        np.mean([np.abs(a - b).mean() for a in layer for b in layer if a is not b])
        for layer in (layers[0], layers[-1])
    ]
    return float(far[1] / far[0])


def left_of_the_gradient(lesson: Lesson, norm: int) -> list[float]:
    """For each seed what comes back to the first layer, layer by layer, as a share of the last one's."""
    found = []
    for sizes in lesson.network.start.gradient[norm].T:
        share = 1.0
        for after, before in zip(sizes[:0:-1], sizes[-2::-1], strict=True):
            share *= before / after
        found.append(float(share))
    return found


def about_a_third(shares: list[float]) -> bool:
    return all(0.24 < share < 0.43 for share in shares)


def a_third_is_left_of_the_rows(lesson: Lesson) -> bool:
    """From each layer to the next, in each seed."""
    spread = lesson.network.start.spread[WITHOUT].T
    return all(about_a_third([b / a for a, b in itertools.pairwise(seed)]) for seed in spread.tolist())


def a_third_is_left_of_the_gradient(lesson: Lesson) -> bool:
    """From each layer to the one in front, in each seed."""
    sizes = lesson.network.start.gradient[WITHOUT].T
    return all(about_a_third([a / b for a, b in itertools.pairwise(seed)]) for seed in sizes.tolist())


def runs(study: DepthStudy, norm: int) -> Iterator[tuple[int, list[int]]]:
    """(layers, steps of each seed)."""
    yield from zip(study.depths.tolist(), study.steps[norm].tolist(), strict=True)


def depths(lesson: Lesson, name: str) -> DepthStudy:
    (found,) = (study for study in lesson.network.depths if study.name == name)
    return found


def all_arrive(study: DepthStudy) -> bool:
    return all(
        0 <= step <= study.limit for norm in (0, 1) for _, steps in runs(study, norm) for step in steps
    )


def their_start_is_made_for_relus(lesson: Lesson) -> bool:
    """The walls' networks have He's start, which is made for ReLUs, and ReLUs all arrive from it."""
    return depths(lesson, "sigmoid").start == "he" and that_start_suits_relus(lesson)


def grown(lesson: Lesson) -> list[float]:
    """For each seed how many times as large the gradient is at the first layer as at the last, with it."""
    return left_of_the_gradient(lesson, WITH)


def it_grows_about_so_many_times(lesson: Lesson) -> bool:
    """To its one digit the middle of the seeds is said, and each grows by half at least."""
    times = float(f"{statistics.median(grown(lesson)):.0e}")
    return min(grown(lesson)) >= 1.499 and float(f"{lesson.story.gradient_growth:.0e}") == times


def that_start_suits_relus(lesson: Lesson) -> bool:
    """It is the one that the sigmoids have, and every network of ReLUs arrives from it."""
    study = depths(lesson, "relu")
    return study.start == depths(lesson, "sigmoid").start and all_arrive(study)


def every_pair_is_faster(lesson: Lesson) -> bool:
    """Any network of ReLUs with batch norm needs fewer steps than any without, of as many layers."""
    study = depths(lesson, "relu")
    pairs = zip(runs(study, WITHOUT), runs(study, WITH), strict=True)
    return all_arrive(study) and all(b < a for (_, one), (_, other) in pairs for a in one for b in other)


def deeper_is_slower(lesson: Lesson) -> bool:
    study = depths(lesson, "relu")
    rows = [dict(runs(study, norm)) for norm in (WITHOUT, WITH)]
    return all(min(row[max(row)]) > max(row[min(row)]) >= 0 for row in rows)


def rates_that_work(lesson: Lesson, norm: int) -> list[float]:
    """The learning rates after which all seeds read 80 of 100 unseen rows."""
    study = lesson.network.rates
    rows = zip(study.rates.tolist(), study.accuracy[norm].tolist(), strict=True)
    return [rate for rate, shares in rows if min(shares) >= 0.8]


def larger_rates_work(lesson: Lesson) -> bool:
    """The largest rate that works with batch norm is so many times the largest that works without."""
    without, with_it = (rates_that_work(lesson, norm) for norm in (WITHOUT, WITH))
    times = with_it[-1] / without[-1]
    return times > 1.9 and bool(np.isclose(times, lesson.story.rate_reach))


def unseen_are_read_alike(lesson: Lesson) -> bool:
    """Of the shallowest all seeds learn, and the medians are near each other; so they are after few rows."""
    found = [[statistics.median(read_in_the_end(lesson, norm, 0)) for norm in (WITHOUT, WITH)]]
    for one, other in zip(*lesson.network.unseen.accuracy.tolist(), strict=True):
        found.append([statistics.median(one), statistics.median(other)])
    is_shown = learn(lesson, WITHOUT, 0) and learn(lesson, WITH, 0)
    return is_shown and all(abs(one - other) < 0.0501 for one, other in found)


CLAIMS: dict[str, Claim] = {
    "RealNetwork.walls.0": shown_were_kept_for_testing,
    "RealNetwork.walls.1.0": lambda it: (
        len(it.network.walls.depths) > 1
        and (it.story.fewest_layers, it.story.most_layers)
        == (min(it.settings.network.wall_depths), max(it.settings.network.wall_depths))
    ),
    "RealNetwork.walls.1.1": lambda it: len(it.network.walls.depths) == 1,
    "RealNetwork.walls.2": of_any("it says what the picture does, and how each network is trained"),
    "RealNetwork.walls.3.0": lambda it: the_deep_ones_only_guess(it) and their_start_is_made_for_relus(it),
    "RealNetwork.walls.3.1": the_deep_ones_only_guess,
    "RealNetwork.walls.3.2": of_any("it says what the numbers are"),
    "RealNetwork.walls.4": the_deep_ones_learn,
    "RealNetwork.walls.5": unseen_are_read_alike,
    "RealNetwork.why.0": lambda it: (
        it.network.start.activations.shape[1:3] == (it.story.most_layers, it.story.classes)
    ),
    "RealNetwork.why.1.0": lambda it: left_apart(it, WITHOUT) < 0.05 and a_third_is_left_of_the_rows(it),
    "RealNetwork.why.1.1": lambda it: left_apart(it, WITHOUT) < 0.05,
    "RealNetwork.why.2.0": lambda it: (
        max(left_of_the_gradient(it, WITHOUT)) < 0.01 and a_third_is_left_of_the_gradient(it)
    ),
    "RealNetwork.why.2.1": lambda it: max(left_of_the_gradient(it, WITHOUT)) < 0.01,
    "RealNetwork.why.3": lambda it: left_apart(it, WITH) > 0.4,
    "RealNetwork.why.4.0": it_grows_about_so_many_times,
    "RealNetwork.why.4.1": lambda it: min(left_of_the_gradient(it, WITH)) >= 0.499,
    "RealNetwork.depth.0.0": that_start_suits_relus,
    "RealNetwork.depth.0.1": of_any("what is shown"),
    "RealNetwork.depth.1.0": lambda it: that_start_suits_relus(it) and deeper_is_slower(it),
    "RealNetwork.depth.1.1": that_start_suits_relus,
    "RealNetwork.depth.1.2": of_any("a question"),
    "RealNetwork.depth.2": every_pair_is_faster,  # dearer: what batch norm computes comes on top
}
