"""Clouds between layers: each begins in the middle of its pane with a spread of one, whatever its units."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from scenes.pieces.panes.clouds import FARTHEST, WITH, WITHOUT, LayerClouds
from scenes.pieces.panes.pictures import Pictures


def drift(layers: int = 6, steps: int = 5, seed: int = 0) -> SimpleNamespace:
    rng = np.random.default_rng(seed)
    sums = (
        1e6 + 1e3 * rng.normal(size=(2, steps, layers, 32, 2)) * np.arange(1, steps + 1)[:, None, None, None]
    )
    return SimpleNamespace(sums=sums, steps=2 * np.arange(steps))


@pytest.mark.parametrize(("layers", "most", "shown"), [(6, 3, (1, 3, 6)), (2, 3, (1, 2)), (20, 2, (1, 20))])
def test_the_first_and_the_last_layer_are_shown(layers: int, most: int, shown: tuple[int, ...]) -> None:
    assert LayerClouds.of(drift(layers), most).layers == shown


def test_a_cloud_begins_in_the_middle_with_its_own_spread() -> None:
    clouds = LayerClouds.of(drift(), 3)
    for which in (WITHOUT, WITH):
        start = clouds.at(which, 0.0) * clouds.reach
        np.testing.assert_allclose(start.mean(axis=1), 0, atol=1e-9)
        np.testing.assert_allclose(start.std(axis=1), 1)


def test_between_two_recorded_steps_a_cloud_is_between_its_two_places() -> None:
    clouds = LayerClouds.of(drift(), 3)
    np.testing.assert_allclose(
        clouds.at(WITHOUT, 3.0), (clouds.at(WITHOUT, 2.0) + clouds.at(WITHOUT, 4.0)) / 2
    )


def test_training_is_shown_until_a_sum_is_no_number() -> None:
    made = drift()
    made.sums[0, 3] = np.inf
    clouds = LayerClouds.of(made, 3)
    assert clouds.last == 4 and np.isfinite(clouds.sums).all()
    assert np.abs(clouds.sums).max() <= FARTHEST * clouds.reach * (1 + 1e-9)


def test_rows_of_any_number_of_columns_are_pictures_and_row_one_s_is_in_the_middle() -> None:
    pictures = Pictures(np.random.default_rng(0).normal(size=(64, 10)))
    assert pictures.shades.shape == (64, 4, 4) and 0 <= pictures.shades.min() <= pictures.shades.max() <= 1
    assert np.abs(pictures.places[0]).max() <= pictures.tile
    assert len(np.unique(pictures.places.round(9), axis=0)) == 64
