"""No number that the lesson computes is typed in, neither in a scene nor in its words."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenes.words.book import (
    SCENES,
    WORD_FILES,
    digits,
    entries,
    found_in,
    is_typed,
    of_the_article,
    outside,
)


def test_the_search_knows_what_the_article_is_known_for() -> None:
    facts = of_the_article()
    assert len(facts) > 150
    for literal in (
        "6352",
        "12101",
        "919.5",
        "0.137",
        "1.317",
        "7.3977e-5",
        "30.3",
        "11879",
        "0.3015",
        "57.8",
    ):
        assert found_in(literal, least=3), literal
    assert found_in("181.8", least=3)  # the first B
    for literal in ("1.234", "8888", "0.42424"):
        assert not found_in(literal, least=3)
    assert (digits("0.137"), digits("1200"), digits("2.50"), digits("7.40e-5"), digits("12_101")) == (
        3,
        2,
        3,
        3,
        5,
    )


SMALL = {  # what is known by one or two digits; in a scene's code such a number is mostly a length or a time
    "raw.spectrum.contour_aspect",
    "standardized.steps",
    "standardized.steps_at_safe_rate",
    "standardized.heavy_ball_steps",
    "standardized.nesterov_steps",
    "standardized.nesterov_textbook_steps",
    "scaled.steps",
    "scaled.steps_at_safe_rate",
    "scaled.spectrum.condition_number",
    "standardized.spectrum.condition_number",
    "standardized.spectrum.best_contraction",
    "standardized.spectrum.best_learning_rate",
    "centered.spectrum.condition_number",
    "raw.spectrum.condition_number",
    "batches.mean_spread",
    "batches.count",
    "span_ratio",
    "data.count",
}


def test_the_small_ones_are_the_lesson_s() -> None:
    assert of_the_article().keys() >= SMALL


# -- none of them is typed in ---------------------------------------------------------------------------
SOURCES = sorted(path for path in SCENES.glob("*.py") if path.name != "__init__.py")


def literals(tree: ast.Module, source: str) -> Iterator[tuple[int, str]]:
    """(line, digits as they are typed) of every number in the code and in its strings, docstrings apart."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and ast.get_docstring(node) is not None
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node.lineno, f"{node.value:.15g}"  # 10.0 is a 10 in code
        elif isinstance(node.value, str) and not re.fullmatch(
            r"[,+ ]*\.?\d*[a-z%]?", node.value
        ):  # a number's style
            for number in re.findall(r"\d+(?:\.\d+)?", node.value):
                yield node.lineno, number


# Places and sizes in the picture that happen to be three digits of something the lesson computes.
LENGTHS: dict[str, tuple[str, ...]] = {}


def test_no_length_is_excused_that_is_not_there() -> None:
    for name, excused in LENGTHS.items():
        source = (SCENES / name).read_text(encoding="utf-8")
        there = {literal for _, literal in literals(ast.parse(source), source)}
        assert there >= set(excused) and all(found_in(literal, least=3) for literal in excused)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_scene_holds_a_number_that_the_lesson_computes(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    typed = {
        f"line {line}: {literal}": places
        for line, literal in literals(ast.parse(source), source)
        if (places := found_in(literal, least=3)) and literal not in LENGTHS.get(path.name, ())
    }
    assert typed == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_scene_counts_to_the_lesson_s_number_of_steps(path: Path) -> None:
    """As in ``range(7)``, ``path.at(7)`` or ``Counter(7)``: one digit is enough where a step is meant."""
    source = path.read_text(encoding="utf-8")
    counts = {int(of_the_article()[name]) for name in SMALL if name.endswith("steps") or "steps_" in name}
    assert 7 in counts
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
            "range", "at", "set_value", "increment_value", "race", "jump", "Counter", "ValueTracker", "write",
        ):  # fmt: skip
            given = [
                *node.args,
                *(keyword.value for keyword in node.keywords if keyword.arg in ("until", "value")),
            ]
            for argument in given:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, int):
                    assert argument.value not in counts, f"line {node.lineno}: {ast.unparse(node)}"


# Numbers that belong to a formula or a way of writing, and would be the same for any data.
OF_A_FORMULA = {
    ("TwoScales", "ratio"): "1",  # {ratio} : 1
    ("ValleyToBowl", "outline"): "1",  # {ratio} : 1
    ("InsideTheNetwork", "twice"): "2",  # double both weights
    ("TrainAndInference", "alone"): "0",  # the spread of one row alone
    ("TrainAndInference", "becomes"): "0",  # a row less itself
}
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SPELLED = {word: value for value, word in enumerate(ONES)} | {
    word: 10 * ten for ten, word in enumerate(TENS) if word
}
WHOLE = {"hundred": 100, "thousand": 1000, "million": 1_000_000}


def spelled_out(text: str) -> list[int]:
    """Numbers above two that are written in letters."""
    found, total, current = [], 0, None
    for word in [*re.findall(r"[a-z]+", text.lower().replace("-", " ")), ""]:
        if word in SPELLED:
            current = (current or 0) + SPELLED[word]
        elif word in WHOLE and current is not None:
            total, current = (
                (total + current * WHOLE[word], 0) if word != "hundred" else (total, 100 * current)
            )
        elif word != "and" or current is None:
            if current is not None:
                found.append(total + current)
            total, current = 0, None
    return [value for value in found if value > 2]


def test_numbers_in_letters_are_read() -> None:
    assert spelled_out("Thirty to one") == [30]
    assert spelled_out("six thousand three hundred and fifty-two steps, seven steps") == [6352, 7]
    assert spelled_out("both, one way and two ways") == []


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.name)
def test_no_words_hold_a_number_outside_of_braces(path: Path) -> None:
    pages = tomllib.loads(path.read_text(encoding="utf-8"))
    typed = {
        place: " ".join(re.findall(r"\d+(?:\.\d+)?", re.sub(r"\^\d", "", outside(text))))  # x^2 is a square
        for place, text in entries(pages)
        if place[0] != "symbols"
    }
    assert {
        place: found
        for place, found in typed.items()
        if found and OF_A_FORMULA.get((place[0], place[1])) != found
    } == {}


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: path.name)
def test_no_words_spell_out_a_number_that_the_lesson_computes(path: Path) -> None:
    pages = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {
        name: of_the_article()[name]
        for name in of_the_article()
        if name in SMALL or of_the_article()[name] > 20
    }
    typed = {
        f"{'.'.join(place)}: {text!r}": [
            name for name, value in known.items() if is_typed(value, str(number), len(f"{number}"))
        ]
        for place, text in entries(pages)
        for number in spelled_out(outside(text))
    }
    assert {place: names for place, names in typed.items() if names} == {}
