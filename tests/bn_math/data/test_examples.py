"""The handwritten digits, and rows with labels of one's own."""

from pathlib import Path

import numpy as np
import pytest

from bn_math import LabeledRows, digits
from bn_math.data.examples import digit_rows, evenly_of_each


def test_the_digits_are_all_there() -> None:
    rows = digit_rows()
    assert rows.features.shape == (1797, 64)
    assert np.bincount(rows.labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert rows.features.min() == 0 and rows.features.max() == 1
    # Sixteenths, whose sum is that of scikit-learn's load_digits().data.
    assert (rows.features * 16).sum() == 561718


def test_their_source_and_licence_are_told_beside_them() -> None:
    text = (Path(__file__).parents[3] / "bn_math" / "data" / "digits.txt").read_text(encoding="utf-8")
    assert "CC BY 4.0" in text or "Creative Commons Attribution 4.0" in text
    assert "Alpaydin" in text and "Kaynak" in text


def test_of_each_digit_every_fifth_is_kept_for_testing() -> None:
    found = digits()
    assert len(found.train_images) + len(found.test_images) == 1797
    for digit in range(10):
        trained, kept = (found.train_labels == digit).sum(), (found.test_labels == digit).sum()
        assert kept == (trained + kept) // 5


def test_the_classes_take_turns() -> None:
    assert evenly_of_each([1, 1, 1, 0, 2, 0], 5).tolist() == [3, 0, 4, 5, 1]


def write(folder: Path, text: str) -> Path:
    path = folder / "rows.csv"
    path.write_text(text, encoding="utf-8")
    return path


ROWS = "".join(f"{n},{n * 0.5},{n},{(10, 9)[n % 2]}\n" for n in range(20))


def test_any_number_of_columns_and_last_the_label(tmp_path: Path) -> None:
    rows = LabeledRows.from_csv(write(tmp_path, f"a,b,c,kind\n{ROWS}"))
    assert rows.features.shape == (20, 3)
    assert rows.classes == ("9", "10") and rows.labels[:2].tolist() == [1, 0]
    assert rows == LabeledRows.from_csv(tmp_path / "rows.csv") and len({rows, rows}) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind\n1\n", "row 1 must name at least one column"),
        (f"a,b,c,kind\n{ROWS}x,1,1,9\n", "row 22, column 'a': 'x' must be a finite"),
        (f"a,b,c,kind\n{ROWS}1,1,1,\n", "row 22, column 'kind': there is no label"),
        (f"a,b,c,kind\n{ROWS}1,1,1,8\n", "at least 5 rows of each class, but '8' has 1"),
        ("a,kind\n" + "1,x\n" * 9, "classes must be 2 to 100"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        LabeledRows.from_csv(write(tmp_path, text))
