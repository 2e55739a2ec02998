"""What columns are called, and what is no name."""

import pytest

from bn_math import Lesson
from bn_math.data.labels import LONGEST, DataLabels


def test_a_header_is_a_name_unless_there_is_a_better_one() -> None:
    labels = DataLabels(names={"a": "rooms"}, units={"b": "m²"}, spoken={"b": "area"})
    assert [labels.name("a"), labels.name("b"), labels.unit("a"), labels.unit("b")] == [
        "rooms",
        "b",
        "",
        "m²",
    ]
    assert (labels.said("a"), labels.said("b")) == ("", "area")
    assert labels.of_columns(["a"]) == DataLabels(names={"a": "rooms"})


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("height (cm)", "height", "cm"),
        ("area [m²]", "area", "m²"),
        ("f(x)", "f", "x"),
        ("(cm)", "(cm)", ""),
        ("price (without any of the taxes)", "price (without any of the taxes)", ""),
        ("price", "price", ""),
    ],
)
def test_a_unit_in_brackets_at_a_header_s_end_is_the_unit(header: str, name: str, unit: str) -> None:
    assert (DataLabels().name(header), DataLabels().unit(header)) == (name, unit)
    other = DataLabels(names={header: "n"})
    assert (other.name(header), other.unit(header)) == ("n", "")
    assert DataLabels(units={header: "u"}).unit(header) == "u"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", 3, "title must be a text in quotes, but is 3"),
        ("source", "a\nb", "source must be one line without control characters"),
        ("subject", "x" * 91, "subject must have at most 90 characters, but has 91"),
        ("title", "高" * 31, "title must have at most 60 characters, but has 31, 31 of them of double width"),
        ("names", {"a": "x" * (LONGEST + 1)}, f"must have at most {LONGEST} characters, but has 201"),
        ("names", {"a": 1}, r"names\['a'\] must be a text in quotes"),
        ("units", {"a": "\x00"}, r"units\['a'\] must be one line"),
    ],
)
def test_what_is_no_text_is_refused_by_field(field: str, value: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        DataLabels(**{field: value})  # type: ignore[arg-type]


@pytest.mark.parametrize("header", ["a\nb", "a\x00", "a\u2028b", "x" * 201])
def test_a_header_that_is_no_name_is_refused_unless_there_is_a_better_one(header: str) -> None:
    with pytest.raises(ValueError, match=r"column .*: its name must .*; call it otherwise .* in \[names\]"):
        DataLabels().checked_for([header])
    better = DataLabels(names={header: "better"})
    assert better.checked_for([header, "y"]).name(header) == "better"
    assert DataLabels(names={"y": ""}).name("y") == "y"


def test_a_table_that_is_none_and_a_column_that_is_not_there_are_named() -> None:
    with pytest.raises(TypeError, match="spoken must be a table from headers to texts"):
        DataLabels(spoken="y")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="units has .Z., which is no column of the data; the columns are A"):
        Lesson.article(labels=DataLabels(units={"Z": "m"}))
