"""What is said of clouds between layers holds of the network that is trained, or is not said."""

import numpy as np

from bn_math import Lesson
from bn_math.lesson.drift_story import DriftStory

ARTICLE = Lesson.article()


class Watched:
    """A lesson of which only the network's drift is asked."""

    def __init__(self, factor: float, way: float, kept: float = 1.0) -> None:
        rows = np.random.default_rng(0).normal(size=(32, 2))
        without = np.stack([rows, factor * rows + way * rows.std(axis=0)])
        sums = np.stack([without, np.stack([rows, kept * rows])])[:, :, None]
        drift = type("Drift", (), {})()
        drift.sums, drift.steps = sums, np.array([0, 4])
        self.network = type("Network", (), {"drift": drift})()


def story(*args: float) -> DriftStory:
    return DriftStory(Watched(*args))  # type: ignore[arg-type]


def test_the_digits_clouds_drift_and_stay_with_batch_norm() -> None:
    assert ARTICLE.story.reads_digits and ARTICLE.story.clouds_drift and ARTICLE.story.clouds_stay


def test_a_cloud_drifts_from_a_quarter_of_its_spread_on_or_if_it_grows_by_a_quarter() -> None:
    assert story(1.0, 0.26).clouds_drift and not story(1.0, 0.15).clouds_drift
    assert story(1.26, 0.0).clouds_drift and not story(1.24, 0.0).clouds_drift


def test_the_last_cloud_goes_farthest_if_there_are_others() -> None:
    assert ARTICLE.story.last_cloud_goes_farthest and not story(1.0, 0.5).last_cloud_goes_farthest


def test_with_batch_norm_it_stays_unless_its_spread_changes() -> None:
    assert story(2.0, 1.0, 1.19).clouds_stay and story(2.0, 1.0, 0.84).clouds_stay
    assert not story(2.0, 1.0, 1.21).clouds_stay and not story(2.0, 1.0, 0.82).clouds_stay


def test_what_is_no_number_drifts_nowhere() -> None:
    assert not story(np.inf, 0.0).clouds_drift
