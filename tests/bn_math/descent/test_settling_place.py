"""Where a ball settles that mini-batches drive: on the article's data."""

import numpy as np
import pytest

from bn_math import Lesson
from bn_math.descent.settling_place import SHOWN_STEPS

SETTLING = Lesson.article().batches.settling


def test_the_smaller_the_batches_the_shorter_the_ball_settles() -> None:
    assert SETTLING.sizes == (2, 10, 50)
    assert [round(100 * way) for way in SETTLING.ways] == [59, 94, 99]
    assert list(SETTLING.shivers) == sorted(SETTLING.shivers, reverse=True)
    assert SETTLING.control_way == pytest.approx(1, abs=1e-3)
    assert SETTLING.control_shiver < 1e-3


def test_in_use_the_loss_left_is_about_the_bowl_s_height_where_the_ball_settles() -> None:
    """The targets are free of noise, so that home is at nought."""
    assert SETTLING.left == pytest.approx([(1 - way) ** 2 for way in SETTLING.ways], abs=0.02)
    assert list(SETTLING.left) == sorted(SETTLING.left, reverse=True)
    assert SETTLING.control_left < 1e-4


def test_what_is_left_goes_from_all_to_where_each_size_settles() -> None:
    for which, left in ((0, SETTLING.left[0]), (1, SETTLING.left[1]), (None, SETTLING.control_left)):
        assert SETTLING.left_after(0, which) == pytest.approx(1)
        assert SETTLING.left_after(SHOWN_STEPS, which) == pytest.approx(left, abs=0.005)


def test_every_run_begins_at_the_start_and_the_control_ends_at_home() -> None:
    home = SETTLING.batches.descents[0].minimizer
    assert [len(run) for run in (*SETTLING.runs, SETTLING.control_run)] == [SHOWN_STEPS + 1] * 4
    assert all((run[0] == 0).all() for run in SETTLING.runs)
    assert np.linalg.norm(SETTLING.control_run[-1] - home) < 1
    away = [float(np.linalg.norm(run[-1] - home)) for run in SETTLING.runs]
    assert away == sorted(away, reverse=True)
