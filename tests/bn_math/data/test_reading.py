"""Reading a data set from CSV: columns by name, and faults told by row and column."""

from pathlib import Path

import numpy as np
import pytest

from bn_math import Dataset, load_dataset


def test_a_csv_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("\ufeffwidth, height ,price\n1,2.5,-3e2\n\n 4 ,5,6\n", encoding="utf-8")
    data = Dataset.from_csv(path)
    np.testing.assert_array_equal(data.features, [[1, 2.5], [4, 5]])
    np.testing.assert_array_equal(data.target, [-300, 6])
    assert (data.feature_names, data.target_name) == (("width", "height"), "price")


def test_the_target_may_be_any_column(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("price,width,height\n1,2,3\n4,5,6\n", encoding="utf-8")
    data = load_dataset(str(path), target="price")
    np.testing.assert_array_equal(data.target, [1, 4])
    np.testing.assert_array_equal(data.features, [[2, 3], [5, 6]])
    assert data.feature_names == ("width", "height")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ["row 1 must name three columns", "nothing"]),
        ("A,y\n1,2\n3,4\n", ["three columns", "has 2: A, y"]),
        ("A,B,C,y\n1,2,3,4\n", ["at least two rows", "has 1"]),
        ("A,B,C,y\n1,x,a,4\n3,y,b,5\n", ["three columns of numbers", "those with numbers are A, y"]),
        ("A,A,y\n1,2,3\n4,5,6\n", ["distinct", "'A', 'A', 'y'"]),
        ("1,2,3\n4,5,6\n7,8,9\n", ["row 1 must name three columns", "it holds numbers"]),
        ("A,B,y\n1,2,3\n4,five,6\n", ["row 3, column 'B'", "'five'", "finite decimal number"]),
        ("A,B,y\n1,2,3\n\n4,5,\n", ["row 4, column 'y'", "''", "finite decimal number"]),
        ("A,B,y\n1,nan,3\n4,5,6\n", ["row 2, column 'B'", "'nan'", "finite"]),
        ("A,B,y\n1,2,3\n4,5,-inf\n", ["row 3, column 'y'", "'-inf'", "finite"]),
        ("A,B,y\n1,2,3\n4,5\n", ["row 3 must have 3 values", "A, B, y", "has 2"]),
        ("A,B,y\n1,2,3\n4,5,6,7\n", ["row 3 must have 3 values", "has 4"]),
        ("A,B,y\n1,2,3\n", ["at least two rows", "has 1"]),
    ],
)
def test_a_faulty_csv_file_is_told_where_and_what(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = tmp_path / "faulty.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        load_dataset(path)
    for part in [str(path), *parts]:
        assert part in str(caught.value)


def test_an_unknown_target_column_names_the_columns_there_are(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("A,B,y\n1,2,3\n4,5,6\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column 'z'.*A, B, y"):
        load_dataset(path, target="z")


def test_a_file_that_is_not_text_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "binary.csv"
    path.write_bytes(b"A,B,y\n\xff\xfe,1,2\n")
    with pytest.raises(ValueError, match="not UTF-8"):
        load_dataset(path)
    with pytest.raises(FileNotFoundError, match="missing.csv"):
        load_dataset(tmp_path / "missing.csv")
