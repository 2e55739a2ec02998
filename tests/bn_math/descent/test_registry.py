"""The race's optimizers are found by their files, each with one way to its settings."""

import dataclasses

import pytest

from bn_math import Adam, GradientDescent, Lesson, RaceSettings
from bn_math.descent.optimizers.entry import Entry
from bn_math.descent.optimizers.registry import ENTRIES


def test_they_race_in_the_order_in_which_history_brought_them() -> None:
    assert [entry.year for entry in ENTRIES.values()] == [1847, 1964, 1983, 2011, 2012, 2015]
    assert list(ENTRIES) == list(Lesson.article().standardized.optimizers)


def test_how_the_settings_are_found() -> None:
    assert [entry.tuning for entry in ENTRIES.values()] == [
        *["from_theory"] * 3, "from_a_grid", "decaying", "decaying",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="lion must have a formula .* and not both"):
        Entry("lion", 2023)
    with pytest.raises(ValueError, match="and not both"):
        Entry("lion", 2023, best=lambda _: GradientDescent(1.0), tuned=Adam)


def test_an_optimizer_s_own_settings_are_those_that_begin_with_its_name() -> None:
    race = RaceSettings(adam_beta1=0.5, adam_eps=1e-6, adagrad_eps=1e-3, rmsprop_decay=0.9, decay_steps=7)
    made = {name: make(0.1) for name, make in race.tuned_optimizers.items()}
    assert list(made) == ["adagrad", "rmsprop", "adam"]
    assert dataclasses.replace(made["adam"], learning_rate=0.1) == Adam(0.1, 0.5, 0.999, 1e-6)  # type: ignore[type-var]
    assert (made["adagrad"].learning_rate, made["adagrad"].eps) == (0.1, 1e-3)  # type: ignore[attr-defined]
    assert made["rmsprop"].learning_rate.steps == 7  # type: ignore[attr-defined]
