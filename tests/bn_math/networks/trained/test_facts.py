"""What the film says of real networks, found by training them: FACTS as sentences, within ranges.

The default study is trained once for all tests of a run and takes some minutes.
"""

import numpy as np
import pytest

from bn_math import DepthStudy, NetworkStudy


@pytest.fixture(scope="module")
def study() -> NetworkStudy:
    return NetworkStudy()


def of(study: NetworkStudy, name: str) -> DepthStudy:
    return next(item for item in study.depths if item.name == name)


def test_sigmoids_of_eight_layers_and_more_stop_without_and_arrive_with_it(study: NetworkStudy) -> None:
    found = of(study, "sigmoid")
    assert found.arrives[0, found.depths >= 8].tolist() == ["none"] * 3
    assert found.arrives[1].tolist() == ["all"] * 6


def test_one_layer_of_sigmoids_trains_without_it(study: NetworkStudy) -> None:
    assert of(study, "sigmoid").arrives[0, 0] == "all"


@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_started_right_all_depths_arrive_without_it_only_slower(study: NetworkStudy, name: str) -> None:
    found = of(study, name)
    assert (found.arrives == "all").all()
    assert (found.high[1] < found.low[0]).all()


@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_depth_is_not_lifted_for_ever_more_layers_are_slower_with_it_too(
    study: NetworkStudy, name: str
) -> None:
    median = of(study, name).median
    assert (median[:, -1] > 2 * median[:, 0]).all()


def test_steps_are_near_those_of_the_first_look(study: NetworkStudy) -> None:
    # ReLU, He, 20 layers: 224 and 112 were seen; other seeds, and rates six a decade.
    median = of(study, "relu").median[:, -1]
    assert 200 < median[0] < 450 and 70 < median[1] < 170


def test_at_the_start_every_digit_comes_out_nearly_the_same_without_it(study: NetworkStudy) -> None:
    spread = study.start.spread
    assert (spread[0, -1] < 1e-9 * spread[0, 0].max() * 10).all()
    assert (spread[1, -1] > 0.5 * spread[1, 0]).all()


def test_without_it_the_gradient_fades_by_a_third_a_layer_and_with_it_hardly_changes(
    study: NetworkStudy,
) -> None:
    without, with_it = study.start.growth
    assert ((without > 0.28) & (without < 0.36)).all()
    assert ((with_it > 0.9) & (with_it < 1.15)).all()


def test_the_usable_rates_reach_ten_times_as_far(study: NetworkStudy) -> None:
    found = study.rates
    without, with_it = (found.rates[row].max() for row in found.trains)
    assert with_it / without > 5


def test_with_it_every_spread_of_the_start_trains_at_one_rate(study: NetworkStudy) -> None:
    found = study.starts
    assert (found.arrives[1] == "all").all()
    assert found.arrives[0].tolist().count("all") == 2
    # Each at its own rate, tiny starts stay stuck without it.
    assert found.best_arrives[0, :2].tolist() == ["none", "none"]


def test_on_unseen_digits_it_makes_about_a_point_of_difference_either_way(study: NetworkStudy) -> None:
    without, with_it = np.median(study.unseen.accuracy, axis=-1)
    assert (np.abs(with_it - without) < 0.06).all()


def test_along_the_gradient_the_loss_ranges_less_with_it_for_relu_and_not_for_sigmoids(
    study: NetworkStudy,
) -> None:
    relu, sigmoid = (item.swing for item in study.along)
    assert relu[1].max() < 0.5 * relu[0].min()
    assert (sigmoid[1] > sigmoid[0]).all()


def test_the_longest_way_along_a_relu_step_ends_higher_than_the_shortest_without_it_alone(
    study: NetworkStudy,
) -> None:
    without, with_it = study.along[0].overshoots
    assert without.min() > 0.85 and with_it.max() < 0.05


def test_shaken_after_it_networks_train_later_than_with_it_and_sooner_than_without(
    study: NetworkStudy,
) -> None:
    without, with_it, shaken = study.shaking.arrived
    assert with_it.max() < shaken.max() < without.min()


def test_layers_drift_without_it_and_hardly_with_it(study: NetworkStudy) -> None:
    moved, grown = study.drift.moved, study.drift.grown
    assert (moved[0] > 5 * moved[1]).all() and (moved[1] < 0.1).all()
    assert (grown[0, 1:] > 1.3).all() and (np.abs(grown[1] - 1) < 0.1).all()
