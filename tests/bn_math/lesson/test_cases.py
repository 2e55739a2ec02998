"""Every lesson that once broke something loads with the columns it should, or is refused with the reason."""

import numpy as np
import pytest

from bn_math import Lesson
from tests.cases.table import LESSONS, Case, cases

CASES = cases()


def test_every_case_is_in_the_table() -> None:
    assert {path.stem for path in LESSONS.glob("*.toml")} == set(CASES)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_loads_or_is_refused_as_the_table_says(case: Case) -> None:
    if case.refused:
        with pytest.raises(ValueError) as caught:
            Lesson.from_file(case.path)
        for part in (str(case.path), *case.refused):
            assert part in str(caught.value)
        assert "\n" not in str(caught.value)
        return
    lesson = Lesson.from_file(case.path)
    # Which of the features is called first does not matter.
    assert {*lesson.data.feature_names, lesson.data.target_name} == set(case.columns)
    assert lesson.data.target_name == case.columns[-1]
    told = " ".join(lesson.notes)
    for part in case.told:
        assert part in told
    for stage in lesson.stages:
        assert stage.steps is not None and stage.steps >= 1
        assert np.isfinite(stage.spectrum.condition_number)
        assert np.isfinite(stage.loss.minimizer).all() and np.isfinite(stage.loss.minimum)


@pytest.mark.parametrize("name", ["extra", "index", "semicolon_comma", "names_chinese"])
def test_the_data_alone_are_the_lesson_too(name: str) -> None:
    alone, lesson = (Lesson.from_file(LESSONS / f"{name}.{ending}") for ending in ("csv", "toml"))
    np.testing.assert_array_equal(alone.data.features, lesson.data.features)
    assert alone.data.feature_names == lesson.data.feature_names
    assert f"the target is {lesson.data.target_name}" in " ".join(alone.notes)
