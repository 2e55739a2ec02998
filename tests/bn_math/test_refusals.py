"""Whatever is given to a public name of the maths, it answers, or names the argument that is wrong."""

import datetime
import inspect
import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bn_math
from bn_math import NeuronStage, Stage
from tests.bn_math.right_calls import DATA, RIGHT

DEEP: list[Any] = []
for _ in range(70):
    DEEP = [DEEP]

# What is no number, or of no kind that anything takes: it must be refused.
NONSENSE: dict[str, Any] = {
    "dict": {},
    "set": {1.0},
    "object": object(),
    "complex": 1 + 2j,
    "complex array": np.array([[1 + 1j, 2.0]] * 6),
    "masked": np.ma.masked_array([[1.0, 2.0]] * 6, mask=[[True, False]] * 6),
    "masked in a list": [np.ma.masked_array([1.0, 2.0], mask=[True, False])],
    "booleans": np.array([[True, False]] * 6),
    "booleans in a list": [[True, 2.0]] * 6,
    "objects": np.array([[None, object()]] * 6, dtype=object),
    "time spans": np.array([[1, 2]] * 6, dtype="m8[s]"),
    "time span": np.timedelta64(3, "s"),
    "timedelta": datetime.timedelta(1),
    "dates": np.array([[1, 2]] * 6, dtype="M8[D]"),
    "texts": [["1", "2"]] * 6,
    "bytes": b"3",
    "ragged": [[1.0], [1.0, 2.0]],
    "deep": DEEP,
    "nan": float("nan"),
    "nans": np.full((6, 2), np.nan),
}
# What may be right somewhere; elsewhere it must be refused by name as well.
ODD: dict[str, Any] = {
    **{"none": None, "text": "abc", "true": True, "zero": 0, "minus one": -1, "half": 0.5, "inf": np.inf},
    **{"empty": [], "no rows": np.zeros((0, 2)), "cube": np.zeros((2, 2, 2)), "one number": [1.0]},
    **{"huge": 1e160, "larger": 1e305, "minus huge": -1e305, "digits": 10**5000, "many": 10**12},
    **{"huge point": [1e160, -1e160], "larger point": [1e305, -1e305], "huge rows": DATA.features * 1e305},
    **{"tiny rows": DATA.features * 1e-300, "list of indices": [[7, 8]], "list of texts": ["a", "b"]},
}
# NaN in weights, points and activations passes: what diverges is told as such, and not an error.
PASSES_NAN = {"w", "x", "point", "direction", "gradient", "loss"}


def calls() -> Iterator[Any]:
    for called, (function, right) in RIGHT.items():
        for argument in right:
            yield pytest.param(function, right, argument, id=f"{called}-{argument}")


@pytest.fixture(autouse=True)
def in_a_folder_with_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text("A,B,y\n1,2,3\n4,6,5\n2,9,4\n7,3,1\n8,2,2\n5,5,9\n", encoding="utf-8")
    rows = "".join(f"{n},{n * n},{n % 2}\n" for n in range(12))
    (tmp_path / "labeled.csv").write_text(f"a,b,label\n{rows}", encoding="utf-8")
    (tmp_path / "x.toml").write_text("batch_size = 10\n", encoding="utf-8")


def asked(function: Callable[..., Any], right: dict[str, Any], argument: str, value: Any) -> Exception | None:
    """How it is refused; a positional argument where it has no name of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            given = {**right, argument: value}
            if function in (Stage, NeuronStage):
                given["name"] = "raw"
            function(**given)
        except Exception as error:
            return error
    return None


# What takes nothing but itself, what another one's test asks, and what a rule of the race is asked with.
SAFE = {
    *{
        ("Dataset", "centered"),
        ("MiniBatches", "layer"),
        ("BatchNorm", "at_inference"),
        ("Activation", "value"),
        ("Activation", "slope"),
    },
    *{
        ("Stage", "race"),
        ("Stage", "tuned"),
        ("RaceSettings", "learning_rates"),
        ("RaceSettings", "momentum_steps"),
    },
}


def test_every_public_name_is_asked() -> None:
    plain = {
        "ACTIVATIONS",
        "RACE_DECAY_STEPS",
        "RACE_LIMIT",
        "RACE_SHARES",
        "Loss",
        "Optimizer",
        "article_dataset",
        "digits",
    }
    for name in set(bn_math.__all__) - plain:
        assert name in RIGHT, name
        public = getattr(bn_math, name)
        if not isinstance(public, type):
            continue
        for method, value in inspect.getmembers(public):
            takes = (
                callable(value) and not method.startswith("_") and len(inspect.signature(value).parameters)
            )
            if takes and not isinstance(value, type) and (name, method) not in SAFE:
                assert f"{name}.{method}" in RIGHT, f"{name}.{method}"


@pytest.mark.parametrize(("function", "right", "argument"), list(calls()))
def test_what_is_wrong_is_refused_by_name(
    function: Callable[..., Any], right: dict[str, Any], argument: str
) -> None:
    path = argument == "path"
    assert asked(function, right, argument, right[argument]) is None
    for what, value in {**NONSENSE, **ODD}.items():
        refused = asked(function, right, argument, value)
        if path and isinstance(refused, OSError):
            continue
        if refused is None:
            nan_passes = what in ("nan", "nans") and argument in PASSES_NAN
            assert what in ODD or nan_passes, f"{what} is taken for {argument}"
            continue
        assert type(refused) in (ValueError, TypeError), f"{what}: {refused!r}"
        # Where two do not fit each other, it may be the other that is named.
        assert any(re.search(rf"\b{name}\b", str(refused)) for name in right), f"{what}: {refused}"
        assert len(str(refused)) < 600, f"{what}: {refused}"
