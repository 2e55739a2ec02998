"""The arrays behind the pictures are the lesson's own numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bn_math import Dataset, Lesson
from bn_math.lesson.stage import Stage
from scenes.kit import data_tables
from scenes.kit.data_tables import Table
from scenes.kit.surface.loss_surface import LossSurface
from scenes.kit.surface.viewpoint import Viewpoint
from scenes.kit.surface.window import LossWindow
from scenes.scale_shift import ScaleShift


def test_rows_are_the_data(lesson: Lesson) -> None:
    table = data_tables.rows(lesson.data)
    assert list(table) == ["row", "A", "B", "y"]
    assert table["row"][[0, -1]].tolist() == [1, 100]
    np.testing.assert_array_equal(np.column_stack([table["A"], table["B"]]), lesson.data.features)
    np.testing.assert_array_equal(table["y"], lesson.data.target)


def test_dealt_rows_are_standardized_by_their_own_batch(lesson: Lesson) -> None:
    table = data_tables.dealt(lesson)
    assert sorted(table["row"]) == list(range(1, 101))
    np.testing.assert_array_equal(table["A"], lesson.data.features[table["row"] - 1, 0])
    for batch in range(1, 11):
        own = table["batch"] == batch
        values = table["B"][own]
        expected = (values - values.mean()) / np.sqrt(values.var() + lesson.settings.eps)
        np.testing.assert_allclose(table["x_hat_B"][own], expected, atol=1e-12)


def test_batches_have_their_statistics(lesson: Lesson) -> None:
    rows, table = data_tables.dealt(lesson), data_tables.batches(lesson)
    assert table["rows"].sum() == 100
    third = rows["B"][rows["batch"] == 3]
    assert (table["mean_B"][2], table["std_B"][2]) == pytest.approx((third.mean(), third.std()))


def test_a_surface_is_the_grid_that_is_drawn(stage: Stage, by_hand: Callable[[Stage], Callable]) -> None:
    table = data_tables.surface(stage)
    weights = np.column_stack([table["weight_A"], table["weight_B"]])
    np.testing.assert_allclose(table["loss"], by_hand(stage)(weights), rtol=1e-9, atol=1e-6)
    window = LossWindow.around(stage.loss, np.asarray(stage.start))
    drawn = LossSurface(window, Viewpoint())
    np.testing.assert_allclose(window.place(weights), drawn.points, atol=1e-12)
    assert table["ring"].max() + 1 == drawn.rings and table["spoke"].max() + 1 == drawn.spokes


def test_a_descent_goes_from_the_start_to_the_minimum(stage: Stage) -> None:
    table = data_tables.descent(stage)
    assert table["step"][-1] == stage.steps
    assert (table["weight_A"][0], table["weight_B"][0]) == stage.start
    assert table["distance_left"][0] == 1
    assert table["distance_left"][-1] <= stage.tolerance < table["distance_left"][-2]


def test_a_direction_and_its_eigenvalue_belong_together(stage: Stage) -> None:
    table = data_tables.spectrum(stage)
    for value, a, b in zip(*table.values(), strict=True):
        np.testing.assert_allclose(stage.loss.hessian @ [a, b], value * np.array([a, b]), rtol=1e-9)


def test_stages_side_by_side_have_their_names(lesson: Lesson) -> None:
    tables = data_tables.side_by_side((lesson.raw, lesson.standardized))
    assert list(tables) == ["raw-surface", "raw-descent", "standardized-surface", "standardized-descent"]
    assert len(tables["raw-descent"]["step"]) == lesson.raw.steps + 1


def test_columns_of_a_table_have_one_length(lesson: Lesson) -> None:
    tables: list[Table] = [*data_tables.landscape(lesson.standardized).values(), data_tables.dealt(lesson)]
    for table in tables:
        assert len({column.shape for column in table.values()}) == 1


def test_a_race_has_every_optimizer_s_descent(lesson: Lesson) -> None:
    tables = data_tables.races((lesson.standardized,))
    assert {name.removeprefix("standardized-"): len(table["step"]) - 1 for name, table in tables.items()} == {
        name.replace("_", "-"): steps for name, steps in lesson.standardized.optimizer_steps.items()
    }


def test_the_neuron_s_loss_depends_on_the_angle_alone(lesson: Lesson) -> None:
    table = data_tables.rays(lesson)
    angle = table["angle"][7]
    longer = 5.0 * np.array([np.cos(angle), np.sin(angle)])
    assert table["loss"][7] == pytest.approx(float(lesson.standardized_neuron.loss.value(longer)))


def test_the_sigmoid_s_slope_is_steepest_in_the_middle() -> None:
    table = data_tables.sigmoid_curve(6.0)
    middle = len(table["x"]) // 2
    assert (table["x"][middle], table["sigmoid"][middle], table["slope"][middle]) == (0.0, 0.5, 0.25)
    measured = np.gradient(table["sigmoid"], table["x"])
    np.testing.assert_allclose(table["slope"][1:-1], measured[1:-1], atol=1e-3)


def test_a_stack_s_layers_are_in_order(lesson: Lesson) -> None:
    table = data_tables.layers(lesson.plain_stack.passes)
    assert table["layer"].tolist() == list(range(1, lesson.settings.deep.depth + 1))
    passes = lesson.plain_stack.passes
    for of, expected in (("weights", passes.growth), ("activations", passes.signal_growth)):
        first, last = table[f"gradient_of_{of}"][[0, -1]]
        assert (first / last) ** (1 / (lesson.settings.deep.depth - 1)) == pytest.approx(expected)


def test_running_statistics_start_at_zero_and_one(lesson: Lesson) -> None:
    table = data_tables.running(lesson, epochs=2)
    assert len(table["batches"]) == 2 * lesson.batches.count + 1
    first = [table[f"{kind}{name}"][0] for kind in ("mean_", "variance_") for name in "AB"]
    assert first == [0, 0, 1, 1]
    assert table["mean_A"][1] == pytest.approx(lesson.settings.momentum * lesson.batches.means[0, 0])


def test_noise_shrinks_with_the_batch(lesson: Lesson) -> None:
    table = data_tables.noise(lesson, row=0)
    assert table["batch_size"].tolist() == [5, 10, 20, 50]
    for name in ("spread_x_hat_A", "spread_x_hat_B", "spread_of_means"):
        assert (np.diff(table[name]) < 0).all()
    assert table["spread_of_means"][1] == pytest.approx(0.3015, abs=1e-4)


def test_a_column_of_any_name_loses_nothing() -> None:
    x, y = np.array([[1.0, 20.0], [3.0, 10.0], [2.0, 60.0], [5.0, 0.0]]), np.array([1.0, 2.0, 4.0, 3.0])
    for names, target in ((("row", "batch"), "row_"), (("A", "x_hat_A"), "y"), (("batch_", "batch"), "rows")):
        lesson = Lesson(Dataset(x, y, names, target), batch_size=2)
        dealt, rows = data_tables.dealt(lesson), data_tables.rows(lesson.data)
        assert len(dealt) == 6 and len(rows) == 4
        order = np.concatenate(lesson.batches.rows)
        for table, places in ((dealt, order), (rows, np.arange(4))):
            np.testing.assert_array_equal([table[name] for name in names], x[places].T)
        np.testing.assert_array_equal(rows[target], y)
        # Ours come first, with a _ where a column of the data has the name.
        assert list(dealt.values())[0].tolist() == [1, 1, 2, 2]
        assert list(dealt.values())[1].tolist() == (order + 1).tolist()
        x_hat = np.concatenate(lesson.batches.standardized)
        np.testing.assert_array_equal(np.column_stack(list(dealt.values())[4:]), x_hat)
        np.testing.assert_array_equal(ScaleShift.data(lesson)["rows"][names[0]], x[order, 0])
