"""Descents with real mini-batches: what FACTS calls the layer's own shiver, against a plain training loop."""

from dataclasses import replace

import numpy as np
import pytest

from bn_math import BatchNorm, Dataset, Lesson, MiniBatchDescent, article_dataset

DATA = article_dataset()


@pytest.fixture(scope="module")
def descents() -> dict[int, MiniBatchDescent]:
    return {descent.batch_size: descent for descent in Lesson.article().batches.descents}


def percent(share: float) -> float:
    return 100 * share


def test_the_article_is_descended_in_twos_tens_fifties_and_all_rows(descents) -> None:
    assert list(descents) == [2, 10, 50, 100]
    assert [descent.epochs for descent in descents.values()] == [300] * 4
    assert descents[2].steps == 15_000 and all(descent.arrives for descent in descents.values())


@pytest.mark.parametrize(("size", "training", "evaluation"), [(2, 65, 18), (10, 10.5, 0.35), (50, 1.1, 0.01)])
def test_what_is_left_is_what_was_measured_elsewhere(descents, size, training, evaluation) -> None:
    # Measured with other shuffles and fewer runs, in evaluation with running statistics that shake less.
    assert percent(descents[size].training_share) == pytest.approx(training, rel=0.15)
    assert percent(descents[size].evaluation_share) == pytest.approx(evaluation, rel=0.35)
    assert descents[size].training_share > descents[size].floor > 10 * descents[100].training_share


def test_all_rows_leave_what_the_unbiased_variance_leaves(descents) -> None:
    left = descents[100]
    assert percent(left.evaluation_share) == pytest.approx(0.0025, rel=0.05)
    assert left.evaluation_share == pytest.approx((1 - np.sqrt(0.99)) ** 2, rel=0.05)
    assert left.training_share < 1e-6 and left.floor == 0
    np.testing.assert_allclose(left.settled_at, left.minimizer, rtol=1e-3)


def test_the_ball_settles_short(descents) -> None:
    assert descents[10].settled_at[1] == pytest.approx(164, abs=1.5)
    assert descents[2].settled_at[1] == pytest.approx(99, abs=4)
    assert descents[10].minimizer[1] == pytest.approx(173.43, abs=0.01)
    assert descents[2].shiver.mean() > descents[10].shiver.mean() > descents[50].shiver.mean()


def test_the_same_mini_batches_by_all_rows_leave_nothing() -> None:
    for size in (2, 10, 50):
        control = Lesson.article().batches.descent(size, by_all_rows=True)
        assert control.training_share < 1e-5
        np.testing.assert_allclose(control.settled, np.tile(control.minimizer, (25, 1)), rtol=2e-3)


def test_most_of_what_tens_leave_is_the_target_s_batch_mean(descents) -> None:
    centered = replace(descents[10], centers_target=True)
    assert percent(centered.training_share) == pytest.approx(2.1, rel=0.15)
    assert percent(descents[10].floor) == pytest.approx(9.1, abs=0.05)
    assert percent(descents[50].floor) == pytest.approx(1.0, abs=0.05)


def looped(descent: MiniBatchDescent, x, y) -> tuple[np.ndarray, float, float]:
    """The first run as a training loop with the layer: its points, and both shares."""
    layer = BatchNorm(2, eps=descent.eps, momentum=descent.momentum, affine=False)
    rng, w = np.random.default_rng(descent.seed), np.array(descent.start)
    points, training, evaluation = [w], [], []
    for _ in range(descent.epochs):
        order, losses = rng.permutation(len(x)), []
        for first in range(0, len(x), descent.batch_size):
            rows = order[first : first + descent.batch_size]
            if len(rows) > 1:
                x_hat = layer.forward(x[rows])
                error = x_hat @ w - y[rows]
                losses += [np.mean(error**2)] * len(rows)
                w = w - descent.learning_rate * 2 * x_hat.T @ error / len(rows)
                points.append(w)
        training.append(np.mean(losses))
        evaluation.append(np.mean((layer.forward(x, training=False) @ w - y) ** 2))
    return np.array(points), np.mean(training[-20:]), np.mean(evaluation[-20:])


@pytest.mark.parametrize(("size", "momentum"), [(3, 0.1), (7, None), (9, 0.3), (19, 0.1)])
def test_a_plain_training_loop_with_the_layer_comes_to_the_same(size: int, momentum) -> None:
    # 19 rows: in nines the last batch is one row, which is left out; in sevens it is shorter.
    few = Dataset(DATA.features[:19], DATA.target[:19])
    descent = MiniBatchDescent(few, size, momentum=momentum, eps=1e-3, start=(3.0, -2.0), seed=5, runs=2)
    y = few.target - few.target.mean()
    points, training, evaluation = looped(descent, few.features, y)
    np.testing.assert_allclose(descent.points, points, rtol=1e-9, atol=1e-9)
    assert descent.training_shares[0] == pytest.approx(training / y.var(), rel=1e-9)
    assert descent.evaluation_shares[0] == pytest.approx(evaluation / y.var(), rel=1e-9)
    assert len(descent.batch_losses) == descent.steps == len(descent.losses) - 1
    assert descent.losses[-1] == pytest.approx(
        np.mean((few.standardized().features @ points[-1] - y) ** 2), rel=1e-9
    )


def test_the_first_run_sees_the_lesson_s_own_mini_batches() -> None:
    batches = Lesson.article().batches
    x, y = DATA.features[batches.rows[0]], DATA.target[batches.rows[0]] - DATA.target_mean
    x_hat = (x - x.mean(0)) / np.sqrt(x.var(0) + 1e-5)
    np.testing.assert_allclose(batches.descent(10).points[1], 0.04 * x_hat.T @ y / 10, rtol=1e-9)


def test_nothing_hangs_on_rounding(descents) -> None:
    for descent in descents.values():
        moved = replace(descent, start=(1e-9, -1e-9))
        assert moved.training_share == pytest.approx(descent.training_share, rel=1e-7)
        assert moved.evaluation_share == pytest.approx(descent.evaluation_share, rel=1e-7)
        np.testing.assert_allclose(moved.points, descent.points, rtol=0, atol=2e-9)


def test_half_is_the_largest_rate_that_twos_stand() -> None:
    twos = MiniBatchDescent(DATA, 2, runs=3)
    assert np.abs(replace(twos, learning_rate=0.5).points).max() < 1e4
    with pytest.raises(ValueError, match=r"learning_rate must be .* at most 0\.5"):
        replace(twos, learning_rate=0.51)


def test_the_units_of_a_column_do_not_matter() -> None:
    shifted = Dataset(DATA.features * [1e6, 1e-3] + [1e9, 0], DATA.target)
    near, far = (MiniBatchDescent(data, 10, eps=1e-12, runs=3) for data in (DATA, shifted))
    np.testing.assert_allclose(far.points, near.points, rtol=1e-5, atol=1e-4)
    np.testing.assert_allclose(far.evaluation_shares, near.evaluation_shares, rtol=1e-4)


def test_any_number_of_rows_has_its_sizes() -> None:
    few = Lesson(Dataset(DATA.features[:9], DATA.target[:9]))
    assert few.batches.descent_sizes == (2, few.batches.size, 9) or few.batches.descent_sizes == (2, 9)
    assert [descent.batches for descent in few.batches.descents][-1] == 1
    for descent in few.batches.descents:
        assert np.isfinite(descent.losses).all() and np.isfinite(descent.evaluation_shares).all()


def test_correlated_features_do_not_arrive() -> None:
    x = np.column_stack([DATA.features[:, 0], DATA.features[:, 0] + 0.01 * DATA.features[:, 1]])
    assert not MiniBatchDescent(Dataset(x, DATA.target), 100).arrives


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"batch_size": 1}, "batch_size must be a whole number of at least 2"),
        ({"batch_size": 101}, "batch_size must be .* at most 100"),
        ({"learning_rate": 0}, "learning_rate must be"),
        ({"start": (1.0,)}, "start must"),
        ({"data": Dataset([[1.0, 2.0], [1.0, 3.0]], [1.0, 2.0])}, "data must vary.*features"),
    ],
)
def test_what_is_wrong_is_refused(changed: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        MiniBatchDescent(**{"data": DATA, "batch_size": 10} | changed)
