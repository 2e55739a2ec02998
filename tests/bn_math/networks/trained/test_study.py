"""A study of trained networks, small: what its results are, that they are kept, and what is refused."""

import dataclasses
import pickle
import tomllib
import warnings
from pathlib import Path

import numpy as np
import pytest

from bn_math import Lesson, NetworkSettings, NetworkStudy
from bn_math.networks.trained import study as study_module
from bn_math.networks.trained.arrival import arrivals_at, best_rate, looks, recipe_of
from bn_math.networks.trained.rows import training_rows
from bn_math.networks.trained.store import Memo, use_store
from bn_math.networks.trained.training import Training, shown_seeds, tuning_seeds
from tests.bn_math.networks.trained.small import SMALL, clouds


@pytest.fixture(scope="module")
def study() -> NetworkStudy:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = NetworkStudy(SMALL)
        for name in made.parts:
            made.part(name)
    return made


def test_every_result_is_there_with_one_axis_for_without_and_with(study: NetworkStudy) -> None:
    assert study.walls.read.shape[:2] == (2, len(SMALL.wall_depths))
    assert study.walls.steps[0] == 0 and study.walls.steps[-1] == SMALL.limit
    assert study.start.spread.shape == (2, SMALL.wall_depths[-1], SMALL.seeds)
    assert [item.name for item in study.depths] == ["sigmoid", "relu", "tanh"]
    assert all(item.steps.shape == (2, 2, SMALL.seeds) for item in study.depths)
    assert study.rates.loss.shape == (2, len(study.rates.rates), SMALL.seeds)
    assert study.starts.steps.shape == study.starts.best_steps.shape
    assert study.unseen.accuracy.shape[0] == 2
    assert study.drift.sums.shape == study.drift.activations.shape
    np.testing.assert_array_equal(np.maximum(study.drift.sums, 0), study.drift.activations)
    assert [item.name for item in study.along] == ["relu", "sigmoid"]
    assert all((item.low <= item.high).all() for item in study.along)


def test_results_are_read_only_and_the_same_after_a_journey(study: NetworkStudy) -> None:
    for result in (study.walls, study.drift, study.rates, *study.depths, *study.along):
        there = pickle.loads(pickle.dumps(result))
        for field in dataclasses.fields(result):
            value = getattr(result, field.name)
            np.testing.assert_array_equal(getattr(there, field.name), value)
            assert not isinstance(value, np.ndarray) or not value.flags.writeable


def test_the_steps_are_the_first_at_which_the_fixed_rows_loss_is_under_the_mark() -> None:
    recipe, seeds = recipe_of(SMALL, "relu", "he", 2, True), shown_seeds(SMALL.seed, 2)
    found = arrivals_at(SMALL, recipe, [0.5, 0.5], seeds)
    rows = training_rows(None)
    fixed = rows.fixed(SMALL.fixed_rows)
    for number, seed in enumerate(seeds):
        training = Training(recipe, rows, SMALL.batch_size, [0.5], [seed])
        losses = []
        while not losses or losses[-1] >= SMALL.mark:
            losses.append(float(training.network.loss(rows.inputs[fixed], rows.labels[fixed])[0]))
            training.step()
        assert found.steps[number] == len(losses) - 1
        seen = looks(SMALL.limit)
        kept = found.losses[number][seen < len(losses)]
        np.testing.assert_allclose(kept, np.array(losses)[seen[seen < len(losses)]], rtol=1e-9)
        assert np.isnan(found.losses[number][seen >= len(losses)]).all()


def test_the_best_rate_is_the_one_that_a_search_of_all_finds() -> None:
    easy = dataclasses.replace(SMALL, mark=2.1)
    recipe = recipe_of(easy, "relu", "he", 2, False)
    seeds = tuning_seeds(easy.tuning_seeds)
    rates = np.geomspace(0.1, 10, 5)
    steps = [arrivals_at(easy, recipe, [rate], seeds).steps[0] for rate in rates]
    first = min(step for step in steps if step >= 0)
    assert best_rate(easy, recipe) == pytest.approx(rates[steps.index(first)])


def test_where_no_rate_arrives_the_best_is_the_largest_that_is_no_worse() -> None:
    stuck = dataclasses.replace(SMALL, mark=1e-6, limit=5)
    recipe = recipe_of(stuck, "sigmoid", "he", 12, False)
    losses = []
    for rate in np.geomspace(0.1, 10, 5):
        losses.append(arrivals_at(stuck, recipe, [rate], tuning_seeds(1)).losses[0, -1])
    fine = np.flatnonzero(np.array(losses) <= 1.01 * min(losses)).max()
    assert best_rate(stuck, recipe) == pytest.approx(np.geomspace(0.1, 10, 5)[fine])


def test_what_diverges_is_marked_and_nothing_is_warned_of() -> None:
    recipe = recipe_of(SMALL, "relu", "he", 2, False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = arrivals_at(dataclasses.replace(SMALL, mark=1e-9), recipe, [1e200], shown_seeds(1, 1))
    assert found.steps[0] == -1 and np.isinf(found.losses[0, -1])


def test_tuning_seeds_are_none_of_those_shown_whatever_the_seed() -> None:
    assert not set(tuning_seeds(5)) & {s for seed in range(50) for s in shown_seeds(seed, 5)}


def test_equal_settings_share_their_results_and_another_store_may_keep_them() -> None:
    kept: list[tuple[NetworkSettings, str]] = []

    class Store(Memo):
        def result(self, settings, part, compute):
            kept.append((settings, part))
            return super().result(settings, part, compute)

    before = use_store(Store())
    try:
        one = NetworkStudy(SMALL).start
        again = Lesson.article(network=dataclasses.replace(SMALL)).network.start
    finally:
        assert isinstance(use_store(before), Store)
    assert one is again and kept == [(SMALL, "start")] * 2


def test_a_study_says_what_its_parts_are_called(study: NetworkStudy) -> None:
    assert set(study.parts) == set(study_module.PARTS)
    with pytest.raises(ValueError, match="name must be one of walls, start"):
        study.part("wall")


# Settings, and data of one's own


@pytest.mark.parametrize(
    ("field", "value"),
    [("width", 1), ("depths", (2, 1)), ("depths", ()), ("depths", (0, 1)), ("mark", 0), ("limit", 0)]
    + [
        ("seeds", 0),
        ("batch_size", 1),
        ("learning_rates", (1, 0.1)),
        ("eps", 0),
        ("data", 3),
        ("data", "no.csv"),
    ]
    + [("tuning_seeds", 1.5), ("wall_depths", (1, 65)), ("momentum", 2), ("fixed_rows", 1), ("depth", 1)],
)
def test_a_bad_setting_is_refused_by_its_name(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=rf"^{field}\b"):
        NetworkSettings(**{field: value})  # type: ignore[arg-type]


def test_a_lesson_file_sets_them(tmp_path: Path) -> None:
    rows = "".join(f"{n % 7},{n * n % 11},{'ab'[n % 2]}\n" for n in range(30))
    (tmp_path / "rows.csv").write_text(f"one,two,kind\n{rows}", encoding="utf-8")
    text = '[network]\ndata = "rows.csv"\nseeds = 2\ndepths = [1, 3]\n'
    (tmp_path / "lesson.toml").write_text(text, encoding="utf-8")
    network = Lesson.from_toml(tmp_path / "lesson.toml").settings.network
    assert network.seeds == tomllib.loads(text)["network"]["seeds"] and network.depths == (1, 3)
    assert network.data is not None and network.data.classes == ("a", "b")
    assert network == Lesson.from_toml(tmp_path / "lesson.toml").settings.network
    (tmp_path / "lesson.toml").write_text("[network]\nseeds = 0\n", encoding="utf-8")
    with pytest.raises(ValueError, match="network: seeds must be"):
        Lesson.from_toml(tmp_path / "lesson.toml")


def test_rows_of_ones_own_are_standardized_by_those_trained_on_and_learned() -> None:
    rows = training_rows(clouds())
    np.testing.assert_allclose(rows.inputs.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(rows.inputs.std(axis=0), 1)
    assert len(rows.test_inputs) == 12 and rows.classes == 3
    own = dataclasses.replace(SMALL, data=clouds(), mark=0.7)
    assert (NetworkStudy(own).depths[1].steps[1] > 0).all()
    assert NetworkStudy(own).walls.accuracy[1, 0, -1].min() > 0.8
