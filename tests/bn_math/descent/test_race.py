"""The race: the grid is stated, each optimizer gets the best of it, and the settings are the lesson's."""

import dataclasses

import numpy as np
import pytest

from bn_math import (
    RACE_DECAY_STEPS,
    RACE_LIMIT,
    RACE_SHARES,
    Adam,
    GradientDescent,
    HeavyBall,
    Lesson,
    LinearDecay,
    Nesterov,
    RaceSettings,
    RMSProp,
)
from bn_math.descent.optimizers import Optimizer
from bn_math.lesson.stage import Stage

NAMES = ["gradient_descent", "heavy_ball", "nesterov", "adagrad", "rmsprop", "adam"]


def test_the_grid_is_stated_sixteen_learning_rates_a_decade_from_a_thousandth_to_ten() -> None:
    assert RaceSettings().shares == RACE_SHARES
    assert RaceSettings().limit == RACE_LIMIT == 10_000
    assert RaceSettings().decay_steps == RACE_DECAY_STEPS == 500
    np.testing.assert_allclose(RACE_SHARES, np.geomspace(1e-3, 10, 65), rtol=1e-12)
    np.testing.assert_allclose(RaceSettings().learning_rates(20.0), 20 * np.array(RACE_SHARES))
    assert RaceSettings().tries[:3] == (1.0, 10 ** (-1 / 16), 10 ** (1 / 16))
    assert sorted(RaceSettings().tries) == sorted(RACE_SHARES)


@pytest.mark.parametrize(
    ("name", "steps"),
    [("raw", [6352, 304, 412, 357, 279, 255]), ("standardized", [7, 6, 7, 9, 9, 250])],
)
def test_all_six_run_until_they_have_settled(lesson: Lesson, name: str, steps: list[int]) -> None:
    stage = getattr(lesson, name)
    race = stage.race()
    assert list(race) == NAMES
    assert list(stage.optimizer_steps.values()) == steps
    for (entrant, run), count in zip(race.items(), steps, strict=True):
        assert run.points.shape == (count + 1, 2)
        assert run.losses.shape == (count + 1,)
        assert not run.diverged
        assert went_for_good(stage, stage.optimizers[entrant]) == count, entrant


def went_for_good(stage: Stage, optimizer: Optimizer) -> int | None:
    """The same count by keeping the whole way and looking back from its end, twice the race's limit."""
    run = stage.descend(optimizer, 2 * stage.rules.limit)
    distances = np.linalg.norm(run.points - stage.loss.minimizer, axis=-1)
    away = np.flatnonzero(distances > stage.tolerance * distances[0])
    settled = int(away[-1]) + 1
    return settled if settled <= stage.rules.limit else None


def test_a_visit_does_not_count(lesson: Lesson) -> None:
    """RMSProp at the constant rate that gets it there first swings through the minimum and out again."""
    stage = lesson.raw
    rates = stage.rules.learning_rates(stage.reach)
    lucky = [stage.steps_with(RMSProp(float(rate)), 300) for rate in rates]
    first = min(count for count in lucky if count is not None)
    by_luck = RMSProp(float(rates[lucky.index(first)]))
    run = stage.descend(by_luck, 2000)
    left = np.linalg.norm(run.points - stage.loss.minimizer, axis=-1)
    left /= left[0]
    assert left[first] <= 1e-6
    assert left[first + 1 :].max() > 0.1
    assert stage.settling(by_luck, RACE_LIMIT).steps is None


def test_if_none_settles_the_one_that_ends_nearest_is_taken(lesson: Lesson) -> None:
    stage, limit = Lesson.article(race=RaceSettings(limit=1000)).raw, 1000

    def left(rate: float) -> float:
        run = stage.descend(RMSProp(rate), limit)
        distances = np.linalg.norm(run.points - stage.loss.minimizer, axis=-1)
        return float(distances[limit // 2 + 1 :].max() / distances[0])

    optimizer, found = stage.tuned(RMSProp, stage.reach)
    assert found.steps is None
    rates = stage.rules.learning_rates(stage.reach)
    assert optimizer.learning_rate == pytest.approx(min(rates, key=left), rel=1e-12)


def test_at_a_constant_rate_rmsprop_circles_the_valley_s_minimum(lesson: Lesson) -> None:
    """So its rate has to fall: no rate of the grid settles."""
    assert lesson.raw.tuned(RMSProp, lesson.raw.reach)[1].steps is None


def test_adam_s_pace_is_its_momentum_s_and_hardly_the_schedule_s() -> None:
    """With v as good as constant, no step leaves less than sqrt(beta1) of the distance, on either surface."""
    for beta1 in (0.8, 0.9):
        pace = np.log(1e-6) / np.log(np.sqrt(beta1))
        assert RaceSettings(adam_beta1=beta1).momentum_steps(1e-6) == pytest.approx(pace)
        for decay_steps in (400, 500, 1000):
            rules = RaceSettings(decay_steps=decay_steps, adam_beta1=beta1)
            lesson = Lesson.article(race=rules)
            for stage in (lesson.raw, lesson.standardized):
                assert stage.tuned(rules.tuned_optimizers["adam"], stage.reach)[1].steps == pytest.approx(
                    pace, rel=0.1
                )


def test_rmsprop_s_count_in_the_valley_hangs_on_its_schedule() -> None:
    rules = RaceSettings(decay_steps=1000)
    stages = Lesson.article(race=rules).raw, Lesson.article(race=rules).standardized
    assert [s.tuned(rules.tuned_optimizers["rmsprop"], s.reach)[1].steps for s in stages] == [660, 9]


def test_heavy_ball_first_flies_out_in_the_valley(lesson: Lesson) -> None:
    stage = lesson.raw
    run = stage.descend(HeavyBall(*stage.spectrum.heavy_ball), 304)
    left = np.linalg.norm(run.points - stage.loss.minimizer, axis=-1)
    assert (round(left.max() / left[0], 1), int(left.argmax())) == (9.5, 15)
    assert stage.heavy_ball_excursion == pytest.approx(left.max() / left[0], rel=1e-9)
    assert lesson.standardized.heavy_ball_excursion == 1.0


def test_who_diverges_is_never_taken_for_the_nearest() -> None:
    stage = Lesson.article(race=RaceSettings(shares=(1.0, 1e-7, 1e-6), limit=400)).standardized
    too_fast = 1000 * stage.spectrum.largest_stable_learning_rate
    assert stage.settling(GradientDescent(too_fast), 400).left == np.inf
    assert stage.tuned(GradientDescent, too_fast)[0] == GradientDescent(1e-6 * too_fast)


def test_a_race_of_so_many_steps_is_as_long_for_everyone(lesson: Lesson) -> None:
    stage = lesson.standardized
    race = stage.race(steps=12)
    assert [run.points.shape for run in race.values()] == [(13, 2)] * 6
    np.testing.assert_array_equal(race["adam"].points[:13], stage.race()["adam"].points[:13])
    # Computed once, and nobody's change changes it for the next.
    assert stage.race()["adam"] is stage.race()["adam"]
    stage.race().clear()
    assert list(stage.race()) == NAMES


@pytest.mark.parametrize("name", ["raw", "standardized"])
@pytest.mark.parametrize("entrant", ["adagrad", "rmsprop", "adam"])
def test_no_other_rate_of_the_grid_needs_fewer_steps(lesson: Lesson, name: str, entrant: str) -> None:
    stage = getattr(lesson, name)
    count = stage.optimizer_steps[entrant]
    most = stage.rules.limit if count is None else count - 1
    rates = stage.rules.learning_rates(stage.reach)
    rate = stage.optimizers[entrant].learning_rate
    chosen = rate.initial if isinstance(rate, LinearDecay) else rate
    assert isinstance(rate, LinearDecay) == (entrant != "adagrad")
    assert np.abs(rates / chosen - 1).min() < 1e-12
    assert stage.reach == np.abs(stage.loss.minimizer).max()
    rule = stage.rules.tuned_optimizers[entrant]
    assert all(stage.settling(rule(float(rate)), most).steps is None for rate in rates)
    # The best rate is not the grid's last: a wider one would not help.
    assert count is None or rates[0] < chosen < rates[-1]


@pytest.mark.parametrize("name", ["raw", "standardized"])
def test_the_formulas_are_as_good_as_the_grid(lesson: Lesson, name: str) -> None:
    """Gradient descent and heavy ball would gain nothing by being tried on the grid around their rate."""
    stage = getattr(lesson, name)
    s = stage.spectrum
    for entrant, best, rule in (
        ("gradient_descent", s.best_learning_rate, GradientDescent),
        ("heavy_ball", s.heavy_ball[0], lambda rate: HeavyBall(rate, s.heavy_ball[1])),
    ):
        assert stage.tuned(rule, best)[1].steps == stage.optimizer_steps[entrant]
    # Nesterov's textbook setting would gain by it what the best for a quadratic gains.
    tried = stage.tuned(lambda rate: Nesterov(rate, s.nesterov_textbook[1]), s.nesterov_textbook[0])
    assert tried[1].steps == {"raw": 407, "standardized": 8}[name]
    assert stage.optimizer_steps["nesterov"] == {"raw": 412, "standardized": 7}[name]


def test_conditioning_beats_the_optimizer(lesson: Lesson) -> None:
    """The plain descent in the bowl beats every optimizer in the valley, thirty-six-fold at the least."""
    fastest = min(steps for steps in lesson.raw.optimizer_steps.values() if steps is not None)
    assert lesson.raw.fewest_steps == fastest
    assert fastest > 36 * lesson.standardized.optimizer_steps["gradient_descent"]


def test_the_settings_of_the_race_reach_the_optimizers() -> None:
    rules = RaceSettings(
        shares=[1.0, 0.1], limit=500, decay_steps=300, rmsprop_decay=0.9, adam_beta1=0.5, adam_eps=1e-6
    )
    stage = Lesson.article(race=rules).standardized
    assert stage.rules == rules
    assert rules.shares == (1.0, 0.1)
    rates = [LinearDecay(share * stage.reach, 300) for share in (1.0, 0.1)]
    assert stage.optimizers["adam"] in [Adam(rate, 0.5, 0.999, 1e-6) for rate in rates]
    assert isinstance(stage.optimizers["rmsprop"], RMSProp)
    assert stage.optimizers["rmsprop"].decay == 0.9
    assert stage.optimizer_steps["adagrad"] == 9


def test_one_that_never_settles_runs_to_the_limit() -> None:
    stage = Lesson.article(race=RaceSettings(shares=(1e-3,), limit=40)).standardized
    assert stage.optimizer_steps["adam"] is None
    assert stage.fewest_steps == min(steps for steps in stage.optimizer_steps.values() if steps is not None)
    assert stage.optimizers["adam"].learning_rate == LinearDecay(1e-3 * stage.reach, 500)
    assert stage.race()["adam"].steps == 40


def test_the_race_is_a_table_in_toml(tmp_path) -> None:
    path = tmp_path / "lesson.toml"
    path.write_text("[race]\nshares = [0.5, 1]\ndecay_steps = 200\nadam_beta2 = 0.99\n", encoding="utf-8")
    lesson = Lesson.from_toml(path)
    assert lesson.settings.race == RaceSettings(shares=(0.5, 1.0), decay_steps=200, adam_beta2=0.99)
    assert hash(lesson.settings.race) == hash(
        RaceSettings(shares=(0.5, 1.0), decay_steps=200, adam_beta2=0.99)
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"shares": ()}, "shares must be a row of numbers above 0"),
        ({"shares": (1.0, 0.0)}, "shares must be a row of numbers above 0"),
        ({"shares": "all"}, "shares must be an array of real numbers"),
        ({"limit": 0}, "limit must be a whole number of at least 1"),
        ({"decay_steps": 0}, "decay_steps must be a whole number of at least 1"),
        ({"adam_beta1": 1.0}, "adam_beta1 must be a finite number and at least 0 and below 1, but is 1.0"),
        ({"rmsprop_decay": -0.1}, "rmsprop_decay must be"),
        ({"adagrad_eps": 0.0}, "adagrad_eps must be"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_by_name(settings: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RaceSettings(**settings)
    with pytest.raises(dataclasses.FrozenInstanceError):
        RaceSettings().limit = 5  # type: ignore[misc]
