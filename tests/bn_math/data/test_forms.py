"""Files of data as people have them: separators, decimal marks, encodings, indices, and what is missing."""

import csv
import io
import os
import pickle
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bn_math import Dataset, Lesson, load_dataset

NUMBERS = [[1.5, 100.25, 0.75], [2.5, -113.0, 1.75], [-3.125, 126.0, 1e-9], [4.0, 1.0, 7e12]]


def read(folder: Path, content: str | bytes, name: str = "own.csv", **reading: object) -> Dataset:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_dataset(path, **reading)  # type: ignore[arg-type]


def table(separator: str, mark: str = ".", end: str = "\n") -> str:
    rows = [[f"{cell:g}".replace(".", mark) for cell in row] for row in [[1.5, 2.25, 3.0], [4.5, 5.0, 6.75]]]
    return end.join(separator.join(row) for row in [["a", "b", "y"], *rows]) + end


@pytest.mark.parametrize("content", [
    table(","), table(";"), table("\t"), table(";", ","), table("\t", ","), table(",", end="\r\n"),
    table(";", ",", "\r\n"), table(",", end="\r"),
    "sep=;\n" + table(";"), "sep=,\r\n" + table(",", end="\r\n"),
    '"sep=\t"\n' + table("\t"), "SEP=;\n" + table(";", ","),
    "\n\n" + table(","), table(",") + ",,\n", table(";").replace("\n", ";\n"),
    '"a","b","y"\n"1.5","2.25","3"\n"4.5","5","6.75"\n',
    '"a"; "b"; "y"\n"1,5"; "2,25"; "3"\n"4,5";"5";"6,75"\n',
    table(",").encode("utf-8-sig"), table(";", ",").encode("utf-16"), table("\t").encode("utf-32"),
    "\ufeff".encode("utf-16-be") + table(",").encode("utf-16-be"),
])  # fmt: skip
def test_the_form_is_found_from_the_text(tmp_path: Path, content: str | bytes) -> None:
    data = read(tmp_path, content)
    np.testing.assert_array_equal(data.features, [[1.5, 2.25], [4.5, 5.0]])
    np.testing.assert_array_equal(data.target, [3.0, 6.75])
    assert (*data.feature_names, data.target_name) == ("a", "b", "y")


def test_a_separator_may_stand_in_a_quoted_name_or_in_names_alone(tmp_path: Path) -> None:
    assert read(tmp_path, '"size, m";price;"a;b"\n1,5;2;3\n4,5;6;7\n').feature_names == ("size, m", "price")
    data = read(tmp_path, "Größe, cm;Gewicht, kg;Preis, €\n1,5;2;3\n4,5;6;7\n")
    assert (*data.feature_names, data.target_name) == ("Größe, cm", "Gewicht, kg", "Preis, €")


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ('a,b,y\n"1,234",5,6\n"7,500",8,9\n', ["row 2, column 'a': '1,234'", "parts thousands", "1234"]),
        ('a,b,y\n"1,234.5",5,6\n2,8,9\n', ["'1,234.5'", "a comma between its thousands", "as 1234.5"]),
        ("a;b;y\n1.234,5;5;6\n2,5;8;9\n", ["'1.234,5'", "a point between its thousands", "as 1234,5"]),
        ("a;b;y\n1 234;5;6\n2;8;9\n", ["'1 234'", "a blank between its thousands", "as 1234"]),
        ("a;b;y\n1'234'567;5;6\n2;8;9\n", ["an apostrophe between its thousands", "as 1234567"]),
        ("a;b;y\n1.234.567;5;6\n2;8;9\n", ["'1.234.567'", "a point between its thousands"]),
        ("a;b;y\n1,234;5,5;6\n950;8,5;9\n", ["column 'a': '1,234' may have", 'decimal = ","']),
        ("a;b;y\n1,5;5.5;6\n2;8;9\n", ["'1,5'", "write 1.5", 'decimal = ","']),
        ("a,b,y\n1,5,2,5,3,5\n1,5,2,5,3,5\n", ["row 2 must have 3 values", "separated by semicolons"]),
        ("sep=|\na|b|y\n1|2|3\n", ["row 1 must name a comma, a semicolon or a tab"]),
        ("a,b,y\n1,12%,3\n4,5,6\n", ["'12%' must be a finite decimal number"]),
        ("a,b,y\n1,inf,3\n4,5,6\n", ["'inf' must be a finite decimal number"]),
        ("a,b,y\n1,1_000,3\n4,5,6\n", ["'1_000'", "an underscore between its thousands"]),
    ],
)  # fmt: skip
def test_a_number_in_another_form_is_told_with_the_remedy(
    tmp_path: Path, content: str, parts: list[str]
) -> None:
    with pytest.raises(ValueError) as caught:
        read(tmp_path, content)
    for part in [str(tmp_path / "own.csv"), *parts]:
        assert part in str(caught.value)


def test_the_decimal_mark_may_be_said(tmp_path: Path) -> None:
    content = "a;b;y\n1,234;5,5;6\n950;8,5;9\n"
    np.testing.assert_array_equal(read(tmp_path, content, decimal=",").features, [[1.234, 5.5], [950, 8.5]])
    data = read(tmp_path, 'a,b,y\n"1,5",5,6\n2,8,9\n', decimal=",")
    np.testing.assert_array_equal(data.features, [[1.5, 5], [2, 8]])
    with pytest.raises(ValueError, match='decimal must be "." or ",", but is \';\''):
        read(tmp_path, content, decimal=";")


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("latin-1", "Latin-1"), ("cp1252", "Windows-1252"), ("gb18030", "gb18030"), ("utf-16-le", "utf-16-le")],
)
def test_another_encoding_is_named_with_the_remedy_and_read_when_it_is_said(
    tmp_path: Path, encoding: str, named: str
) -> None:
    names = {"gb18030": "身高,体重,收入", "cp1252": "Länge,Preis in €,y"}.get(encoding, "Größe,Höhe,y")
    content = f"{names}\n1,2,3\n4,5,6\n".encode(encoding)
    if encoding == "utf-16-le":
        content = b"\xff," + content  # else it is UTF-8 with zeros in it
        content = content[2:]
    with pytest.raises(ValueError) as caught:
        read(tmp_path, content)
    said = str(caught.value)
    assert (
        "is not UTF-8 text" in said and named in said and "encoding = " in said and "save it as UTF-8" in said
    )
    codec = said.partition('encoding = "')[2].partition('"')[0]
    data = read(tmp_path, content, encoding=codec)
    assert ",".join((*data.feature_names, data.target_name)) == names
    lesson = tmp_path / "lesson.toml"
    rows = names + "\n1,20,3\n4,50,7\n7,10,9\n2,40,4\n"
    (tmp_path / "own.csv").write_bytes(rows.encode(encoding))
    lesson.write_text(f'data = "own.csv"\nencoding = "{codec}"\n', encoding="utf-8")
    assert {*Lesson.from_toml(lesson).data.feature_names} == set(names.split(",")[:2])


def test_an_encoding_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="encoding must be the name of a text encoding.*but is 'klingon'"):
        read(tmp_path, table(","), encoding="klingon")
    with pytest.raises(ValueError, match="encoding must be the name of a text encoding"):
        read(tmp_path, table(","), encoding="base64")
    with pytest.raises(ValueError, match="is not ascii text"):
        read(tmp_path, "ä,b,y\n1,2,3\n4,5,6\n", encoding="ascii")


WIDE = "id,name,a,b,c,y\n{}\n".format(
    "\n".join(f"{i + 10},n{i},{i * i % 7},{i % 3},{i % 5},{i % 4}" for i in range(6))
)


def test_columns_are_taken_by_name_and_others_ignored(tmp_path: Path) -> None:
    data = read(tmp_path, WIDE, features=["c", "a"], target="id")
    assert (*data.feature_names, data.target_name) == ("c", "a", "id")
    np.testing.assert_array_equal(data.target, range(10, 16))
    assert read(tmp_path, table(","), features=["y", "a"]).target_name == "b"
    assert read(tmp_path, WIDE, features=["a", "b"]).target_name == "y"
    assert read(tmp_path, WIDE, target="a").feature_names == ("id", "b")
    assert read(tmp_path, WIDE).feature_names == ("id", "a")
    # Letters may be composed in one file and not in the other.
    assert read(tmp_path, "Ho\u0308he,b,y,z\n1,2,3,4\n2,5,3,1\n", features=["H\u00f6he", "b"]).count == 2


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        ({"features": ["a", "q"]}, "has no column 'q' for features; its columns are id, name, a, b, c, y"),
        ({"features": ["a", "nam"]}, "did you mean name?"),
        ({"features": ["a", "name"], "target": "y"}, "row 2, column 'name': 'n0' must be a finite decimal"),
        ({"features": ["a"]}, "features must be the names of two columns"),
        ({"features": "ab"}, "features must be the names of two columns"),
        ({"features": ["a", "a"]}, "features must be the names of two columns"),
        ({"features": ["a", "b"], "target": "b"}, "target must not be one of the features, but is 'b'"),
        ({"target": 5}, "target must be a column's name"),
        ({"missing": "skip"}, 'missing must be "error" or "drop", but is \'skip\''),
        ({"sample": 1}, "sample must be a whole number of at least 2"),
    ],
)
def test_what_names_no_columns_is_told(tmp_path: Path, reading: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        read(tmp_path, WIDE, **reading)
    assert message in str(caught.value)


def test_a_name_that_two_columns_have_is_told_if_it_is_taken(tmp_path: Path) -> None:
    content = "a,b,y,y\n1,2,3,4\n5,9,7,8\n"
    with pytest.raises(ValueError, match="has 2 columns named 'y': rename them"):
        read(tmp_path, content)
    assert read(tmp_path, content.replace("y,y", "y,z"), features=["a", "b"], target="z").target_name == "z"


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("name", ["", "n"])
def test_an_index_is_no_feature(tmp_path: Path, first: int, name: str) -> None:
    rows = "\n".join(f"{i + first},{i * i % 7},{i % 3},{i % 4}" for i in range(8))
    data = read(tmp_path, f"{name},a,b,y\n{rows}\n")
    assert data.feature_names == ("a", "b")
    assert read(tmp_path, f"{name},a,b,y\n{rows}\n", "own.tsv".replace("tsv", "csv")).count == 8


def test_rows_without_a_value_are_refused_or_dropped_and_counted(tmp_path: Path) -> None:
    rows = "1,10,3\n2,,5\n4,20,NA\n5,25,8\nnan,1,1\n6,9,2\n7,30,11\n"
    (tmp_path / "own.csv").write_text("a,b,y\n" + rows, encoding="utf-8")
    lesson = tmp_path / "lesson.toml"
    lesson.write_text('data = "own.csv"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="row 3, column 'b': '' must be .*write missing = \"drop\""):
        Lesson.from_toml(lesson)
    lesson.write_text('data = "own.csv"\nmissing = "drop"\n', encoding="utf-8")
    found = Lesson.from_toml(lesson)
    assert found.data.count == 4
    assert "3 of 7 rows are dropped, for want of a value; the first is row 3, column 'b'" in " ".join(
        found.notes
    )
    with pytest.raises(ValueError, match="'x' must be a finite decimal number"):
        read(tmp_path, "a,b,y\n1,2,3\n4,x,6\n,1,2\n", missing="drop")
    # A column that is not taken may lack whatever it likes.
    data = read(tmp_path, "a,b,c,y\n1,2,,3\n4,7,,6\n5,1,x,2\n", features=["a", "b"], target="y")
    assert data.count == 3


def test_what_reads_the_data_needs_data(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.toml"
    for field in ('features = ["A", "B"]', 'target = "y"', "sample = 50", 'encoding = "latin-1"'):
        lesson.write_text(f"{field}\n", encoding="utf-8")
        with pytest.raises(ValueError, match=f"{field.split()[0]} needs data, the path of a file of data"):
            Lesson.from_toml(lesson)


def test_notes_are_no_part_of_what_a_lesson_is(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("a,b,y\n1,10,3\n2,30,5\n4,20,9\n5,25,8\n", encoding="utf-8")
    lesson = Lesson.from_file(tmp_path / "own.csv")
    assert lesson.notes == (f"{tmp_path / 'own.csv'}: the features are a and b, the target is y",)
    assert lesson == Lesson.of(lesson.settings)
    assert str(tmp_path).encode() not in pickle.dumps(lesson)
    assert "own.csv" not in repr(lesson)


@pytest.mark.parametrize("name", ["own.csv", "own.tsv", "OWN.CSV", "own.txt"])
def test_data_are_a_lesson(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("a\tb\ty\n1,5\t10\t3\n2\t30\t5\n4\t20\t9\n5\t25\t8\n", encoding="utf-8")
    lesson = Lesson.from_file(tmp_path / name)
    assert lesson.data.features[0, 0] == 1.5
    assert "numbers have a decimal comma" in lesson.notes[0]


def test_what_is_wrong_with_data_that_are_a_lesson_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("a,b,y\n1,10,3\n2,30,5\n4,20,9\n5,25,8\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"own\.csv: batch_size must be"):
        Lesson.from_csv(path, batch_size=1)
    with pytest.raises(ValueError, match=r"own\.csv has no column 'c' for target"):
        Lesson.from_csv(path, target="c")
    with pytest.raises(FileNotFoundError):
        Lesson.from_file(tmp_path / "none.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(ValueError, match="must be a file, but is a FIFO or a pipe"):
        Lesson.from_file(tmp_path / "pipe.csv")


name = st.text(
    st.characters(codec="latin-1", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=12
).filter(lambda text: text.strip("0123456789.,+-eE\u2212_'") and not text.lower().startswith("sep="))
number = st.one_of(
    st.integers(-(10**9), 10**9).map(float), st.floats(-1e9, 1e9), st.floats(-1e-6, 1e-6)
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    names=st.lists(name, min_size=3, max_size=3, unique_by=lambda text: text.strip()),
    rows=st.lists(st.tuples(number, number, number), min_size=2, max_size=12),
    separator=st.sampled_from([",", ";", "\t"]),
    comma=st.booleans(),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]),
    end=st.sampled_from(["\n", "\r\n"]),
    index=st.sampled_from([None, "", "row"]),
    is_told=st.booleans(),
)
def test_a_table_that_is_written_in_any_form_is_read_back_to_the_same_numbers(
    tmp_path_factory: pytest.TempPathFactory,
    names: list[str],
    rows: list[tuple[float, float, float]],
    separator: str,
    comma: bool,
    quoting: int,
    encoding: str,
    end: str,
    index: str | None,
    is_told: bool,
) -> None:
    mark = "," if comma and separator != "," else "."
    stream = io.StringIO(newline="")
    if is_told:
        stream.write(f"sep={separator}{end}")
    writer = csv.writer(stream, delimiter=separator, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow([*([] if index is None else [index]), *names])
    for i, row in enumerate(rows):
        cells = [repr(cell).replace(".", mark) for cell in row]
        writer.writerow([*([] if index is None else [str(i)]), *cells])
    path = tmp_path_factory.mktemp("forms") / "own.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    reading = {"encoding": "latin-1"} if encoding == "latin-1" else {}
    if index == "row":
        reading |= {"features": names[:2], "target": names[2]}
    data = load_dataset(path, **reading)
    np.testing.assert_array_equal(np.column_stack([data.features, data.target]), rows)
    assert [*data.feature_names, data.target_name] == [unicodedata.normalize("NFC", n).strip() for n in names]
