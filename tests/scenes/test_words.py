"""Every word and every number on the screen: the words are all there, and the numbers are the lesson's own.

The last part proves that nobody typed a number in that the lesson computes. In the files: no literal of a
scene and no number among the words is one of the lesson's. On the screen: with another lesson, every number
is another.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import re
import string
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import tempconfig

import scenes
from bn_math import Lesson
from bn_math.data.dataset import article_recipe
from bnviz.run import discover
from scenes.kit import settings
from scenes.kit.languages import ENGLISH, LANGUAGES
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.typography import HEADING, Lettering
from scenes.kit.script import numbers, words
from scenes.kit.script.words import Words
from tests.scenes.shown import computed

SCENES = Path(scenes.__file__).parent
WORD_FILES = sorted((SCENES / "words").glob("*.toml"))
ARTICLE = Lesson.article()


@functools.cache
def book(language: str = "en") -> Mapping[str, Any]:
    return tomllib.loads((SCENES / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def entries(page: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string of a words file, with where it stands."""
    if isinstance(page, str):
        yield path, page
    elif not isinstance(page, int):  # a year, or another number that no data change
        for key, value in page.items() if isinstance(page, Mapping) else enumerate(page):
            yield from entries(value, (*path, str(key)))


def outside(text: str) -> str:
    """What stands outside of braces."""
    return "".join(plain for plain, *_ in string.Formatter().parse(text))


def placeholders(text: str) -> list[tuple[str, str]]:
    """(name, style) of everything in braces."""
    return [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name is not None]


# -- the words are there --------------------------------------------------------------------------------
def test_every_scene_of_the_film_has_its_words(scene_name: str) -> None:
    page = Words(scene_name, ARTICLE)
    assert page.title.strip()
    assert page.beats
    for beat in page.beats:
        assert page.beat_title(beat).strip()
        sentences = page.narration(beat)
        assert sentences and all(each.caption.strip() and each.spoken.strip() for each in sentences)


def test_no_words_are_left_of_a_scene_that_is_gone() -> None:
    assert set(book()) == {"symbols", "shared", *scenes.ORDER}


def test_every_placeholder_of_the_narration_resolves(scene_name: str) -> None:
    page = Words(scene_name, ARTICLE)
    for beat in page.beats:
        for text in (
            page.beat_title(beat),
            *(each for line in page.narration(beat) for each in (line.caption, line.spoken)),
        ):
            assert not re.search(r"[{}]|nan|inf\b|None", text), text


def test_every_placeholder_of_a_label_is_the_lesson_s_or_the_scene_s_own(scene_name: str) -> None:
    """What the lesson does not have, the scene's file must hand over by name."""
    source = discover.find(scene_name).path.read_text(encoding="utf-8")
    for key, text in {**book()["shared"], **book()[scene_name]}.items():
        for name, _ in placeholders(text) if isinstance(text, str) else ():
            if key in book()["shared"] and f'"{key}"' not in source:
                continue
            try:
                Words(scene_name, ARTICLE).label(
                    key, **{own: 1.0 for own, _ in placeholders(text) if own.isidentifier()}
                )
            except KeyError as error:
                pytest.fail(f"{scene_name}.{key}: {error}")
            if not resolves(name):
                assert re.search(rf'\b{name}=|"{name}":', source), f"{scene_name}.{key} wants {name}"


def resolves(name: str) -> bool:
    try:
        string.Formatter().get_field(f"lesson.{name}", (), {"lesson": ARTICLE})
    except (AttributeError, KeyError, IndexError, TypeError):
        return name in book()["symbols"]
    return True


def test_every_symbol_can_be_seen_read_and_said() -> None:
    for name, symbol in book()["symbols"].items():
        assert set(symbol) == {"screen", "caption", "spoken"}, name
        assert symbol["spoken"].replace(" ", "").isascii() and symbol["spoken"].replace(" ", "").isalpha(), (
            name
        )
        assert "$" not in symbol["caption"]


def test_the_voice_never_has_to_say_a_symbol_or_markup(scene_name: str) -> None:
    page = Words(scene_name, ARTICLE)
    for beat in page.beats:
        for line in page.narration(beat):
            assert line.spoken.isascii(), line.spoken
            assert not re.search(r"[$#_^{}\\]", line.spoken + line.caption), line


# -- what is wrong is named -----------------------------------------------------------------------------
@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Words:
    page = {
        "title": "Small",
        "good": "{raw.steps} of {gamma} and {here:.1f}",
        "typo": "{raw.stepps}",
        "beyond": "{data.highs[9]}",
        "beats": {"one": {"title": "{gamma}", "say": ["{gamma} = {raw.spectrum.best_learning_rate:.1e}."]}},
    }
    symbols = {"gamma": {"screen": "$gamma$", "caption": "γ", "spoken": "gamma"}}
    monkeypatch.setattr(
        words, "_book", lambda _: {"Small": page, "symbols": symbols, "shared": {"both": "shared"}}
    )
    return Words("Small", ARTICLE)


def test_numbers_and_symbols_are_filled_in_by_name_in_the_style_of_their_place(small: Words) -> None:
    assert small.label("good", here=2.25) == f"{ARTICLE.raw.steps} of $gamma$ and 2.2"
    assert small.label("both") == "shared"
    assert small.beat_title("one") == "γ"
    (sentence,) = small.narration("one")
    assert sentence.caption == "γ = 7.4 × 10⁻⁵."
    assert sentence.spoken == "gamma equals seven point four times ten to the minus five."


@pytest.mark.parametrize("key, name", [("typo", "raw.stepps"), ("beyond", "data.highs[9]"), ("good", "here")])
def test_a_number_that_does_not_exist_names_the_file_the_entry_and_itself(
    small: Words, key: str, name: str
) -> None:
    with pytest.raises(KeyError) as caught:
        small.label(key)
    assert all(part in str(caught.value) for part in ("words/en.toml", "[Small]", f" {key}:", f"{{{name}}}"))


def test_a_number_that_does_not_exist_in_the_narration_names_its_beat(small: Words) -> None:
    small._own["beats"]["one"] |= {"title": "{raw.lunch}", "say": ["{raw.dinner}"]}
    with pytest.raises(KeyError, match=r"words/en\.toml \[Small\] beats\.one\.say: \{raw\.dinner\}"):
        small.narration("one")
    with pytest.raises(KeyError, match=r"words/en\.toml \[Small\] beats\.one\.title: \{raw\.lunch\}"):
        small.beat_title("one")


def test_a_word_that_does_not_exist_names_the_file_and_the_entry(small: Words) -> None:
    with pytest.raises(KeyError, match=r"words/en\.toml.*'nothing'.*Small"):
        small.label("nothing")
    with pytest.raises(KeyError, match=r"words/en\.toml.*Small\.beats\.two"):
        small.narration("two")
    with pytest.raises(KeyError, match=r"words/en\.toml.*Small\.beats\.two"):
        small.beat_title("two")
    with pytest.raises(KeyError, match=r"words/en\.toml has no section \[Large\]"):
        Words("Large", ARTICLE)


def test_a_table_of_the_scene_s_own_can_be_named_in_the_narration(small: Words) -> None:
    small._own["papers"] = {"first": {"year": 2015}}
    small._own["beats"]["one"]["say"] = ["In {papers[first][year]:year}."]
    (sentence,) = small.narration("one")
    assert (sentence.caption, sentence.spoken) == ("In 2015.", "In twenty fifteen.")
    assert small.table("papers")["first"] == {"year": 2015}
    with pytest.raises(KeyError, match=r"words/en\.toml has no table \[Small\.books\]"):
        small.table("books")


def test_a_language_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(ValueError, match="language is 'tlh'; it must be one of en"):
        Words("Valley", ARTICLE, "tlh")


def test_a_language_without_words_names_the_file_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANGUAGES, "tlh", replace(ENGLISH, code="tlh"))
    with pytest.raises(ValueError, match=r"'tlh'.*words/tlh\.toml"):
        Words("Valley", ARTICLE, "tlh")


# -- the lesson's numbers -------------------------------------------------------------------------------
@functools.cache
def of_the_article() -> dict[str, float]:
    return dict(computed(ARTICLE))


def digits(literal: str) -> int:
    """How many significant digits are typed; the noughts at a whole number's end are not counted."""
    mantissa = re.split("[eE]", literal.replace("_", ""))[0].lstrip("+-")
    plain = mantissa.replace(".", "").lstrip("0")
    return len(plain if "." in mantissa else plain.rstrip("0"))


def is_typed(value: float, literal: str, significant: int) -> bool:
    """Whether ``literal`` is ``value`` rounded to so many digits, itself, in percent, or without its sign."""
    typed = abs(float(literal.replace("_", "")))
    return any(
        float(f"{abs(v):.{significant - 1}e}") == typed for v in (value, 100 * value) if v and np.isfinite(v)
    )


def found_in(literal: str, least: int) -> list[str]:
    """What of the lesson a literal of at least so many digits could have been typed from."""
    count = digits(literal)
    if count < least:
        return []
    places = {name for name, value in of_the_article().items() if is_typed(value, literal, count)}
    if count >= 4:
        rows = [
            ARTICLE.data.features,
            ARTICLE.batches.means,
            ARTICLE.batches.stds,
            *ARTICLE.batches.standardized,
        ]
        data = np.concatenate([ARTICLE.data.target, *(each.ravel() for each in rows)])
        places |= {f"the data ({value})" for value in data if is_typed(float(value), literal, count)}
    return sorted(places)


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
        "97885",
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
LENGTHS = {
    "batch_split.py": ("1.15",),
}


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
    ("Valley", "aspect"): "1",  # {ratio} : 1
    ("Bowl", "largest"): "2 1",  # 2 (1 + |r|)
    ("Bowl", "smallest"): "2 1",  # 2 (1 - |r|)
    ("BatchNoise", "theory"): "1",  # sqrt((N - m) / (m (N - 1)))
    ("TrainAndInference", "nothing"): "0",  # x - mu = 0
    ("TrainAndInference", "variance"): "1",  # over m - 1
    ("Bowl", "ratio"): "1 1",  # (1 + |r|) / (1 - |r|)
    ("LearningRates", "raw_limit"): "2",  # 2 / steepest curvature
    ("LearningRates", "standardized_limit"): "2",
    ("InsideTheNetwork", "on_inputs"): "0 1 0",  # epsilon -> 0, gamma = 1, beta = 0
    ("InsideTheNetwork", "invariance"): "0",  # c > 0
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


# -- and with another lesson every number is another ----------------------------------------------------
@functools.cache
def changed(name: str) -> Lesson:
    """Lessons that share no number with the article's but those that hold for any data."""
    if name == "seed 7":
        return Lesson.from_seed(7)
    stacks = {
        name: dataclasses.replace(getattr(ARTICLE.settings, name), seed=8) for name in ("deep", "exploding")
    }
    return Lesson(article_recipe(7, 96), tolerance=1e-4, batch_size=12, batch_seed=7, **stacks)


def holds_for_any_data(name: str) -> bool:
    """As the best learning rate on standardized features does: it is 1/2."""
    values = [string.Formatter().get_field(f"lesson.{name}", (), {"lesson": each})[0] for each in LESSONS]
    return len(values) == 3 and all(value == pytest.approx(values[0], rel=1e-9) for value in values)


LESSONS = (ARTICLE, changed("seed 7"), changed("everything"))


def texts(scene: str, lesson: Lesson) -> dict[str, str]:
    """Everything that is said, and every label that the lesson's numbers suffice for."""
    page, found = Words(scene, lesson), {}
    for beat in page.beats:
        found[f"{beat} title"] = page.beat_title(beat)
        for place, line in enumerate(page.narration(beat)):
            found[f"{beat} {place} caption"], found[f"{beat} {place} spoken"] = line.caption, line.spoken
    for key, text in book()[scene].items():
        if isinstance(text, str) and all(resolves(name) for name, _ in placeholders(text)):
            found[key] = page.label(key)
    return found


def with_numbers_of_the_data(scene: str) -> dict[str, str]:
    """The texts of ``texts`` that hold a number which depends on the data, with their source."""
    sources = {}
    page = book()[scene]
    for beat, said in page["beats"].items():
        sources[f"{beat} title"] = said["title"]
        for place, line in enumerate(said["say"]):
            sources[f"{beat} {place} caption"] = sources[f"{beat} {place} spoken"] = line
    sources |= {key: text for key, text in page.items() if isinstance(text, str)}

    def depends(text: str) -> bool:
        names = [name for name, _ in placeholders(text) if name not in book()["symbols"]]
        return bool(names) and all(map(resolves, names)) and not all(map(holds_for_any_data, names))

    return {key: text for key, text in sources.items() if depends(text)}


def test_with_other_data_every_sentence_and_label_with_a_number_is_another(scene_name: str) -> None:
    article, other = texts(scene_name, ARTICLE), texts(scene_name, changed("everything"))
    same = {key: article[key] for key in with_numbers_of_the_data(scene_name) if article[key] == other[key]}
    assert same == {}


def test_with_seed_7_every_number_in_the_words_that_depends_on_the_seed_is_another(scene_name: str) -> None:
    article, other = texts(scene_name, ARTICLE), texts(scene_name, changed("seed 7"))
    same = {}
    for key, source in with_numbers_of_the_data(scene_name).items():
        names = [name for name, _ in placeholders(source) if name not in book()["symbols"]]
        values = [
            [string.Formatter().get_field(f"lesson.{name}", (), {"lesson": each})[0] for name in names]
            for each in (ARTICLE, changed("seed 7"))
        ]
        if values[0] != pytest.approx(values[1], rel=1e-6) and article[key] == other[key]:
            same[key] = article[key]
    assert same == {}


def test_what_does_not_depend_on_the_lesson_stays(scene_name: str) -> None:
    article, other = texts(scene_name, ARTICLE), texts(scene_name, changed("everything"))
    depends = with_numbers_of_the_data(scene_name)
    assert article.keys() == other.keys()
    assert {key: text for key, text in other.items() if key not in depends} == {
        key: text for key, text in article.items() if key not in depends
    }


# -- on the screen --------------------------------------------------------------------------------------
def letterings(mobject: Any) -> Iterator[Any]:
    if isinstance(mobject, Lettering):
        yield mobject
    else:
        for part in mobject.submobjects:
            yield from letterings(part)


def is_visible(lettering: Any) -> bool:
    inked = [
        part for part in lettering.get_family() if len(part.points) > 1 and part.get_fill_opacity() > 0.05
    ]
    return any(np.ptp(part.points, axis=0).any() for part in inked)


class Screen:
    """What a scene writes on the screen: the texts at the end of every beat, with their sizes."""

    def __init__(self, scene: str, lesson: Path | None, folder: Path) -> None:
        self.texts: dict[str, list[tuple[str, float]]] = {}
        self.keys = {"title"}
        options = {
            "media_dir": str(folder),
            "dry_run": True,
            "pixel_width": 320,
            "pixel_height": 180,
            "frame_rate": 15,
        }
        chosen = settings.Settings(voice=False)
        settings.use(chosen.with_lesson(lesson) if lesson else chosen)
        with tempconfig({**options, "verbosity": "WARNING", "progress_bar": "none"}):
            made: Any = discover.load(discover.find(scene))(skip_animations=True)
            made.skip_animation_preview = True
            made.renderer.update_frame = lambda *_, **__: None
            label = made.words.label

            def note(key: str, **values: Any) -> str:
                self.keys.add(key)
                return str(label(key, **values))

            made.words.label = note
            made.on_beat_end = lambda beat: self.collect(made, beat)
            made.render()
        settings.use(None)

    def collect(self, scene: Any, beat: str) -> None:
        scene.update_mobjects(0)
        seen = {id(each): each for top in scene.mobjects for each in letterings(top) if is_visible(each)}
        self.texts[beat] = [
            (each._written, HEADING) if isinstance(each, Counter) else (each.markup, each.size)
            for each in seen.values()
        ]


@pytest.fixture(scope="session")
def screen_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path | None], Screen]:
    """Run a scene with a lesson; nothing is drawn or animated, and no scene runs twice."""
    folder = tmp_path_factory.getbasetemp() / "media"
    return functools.cache(lambda scene, lesson: Screen(scene, lesson, folder))


UNSETTLED = {"unsettled", "unsettled_means"}  # labels of optimizers that do not settle


def test_every_label_is_shown(scene_name: str, screen_of: Callable[..., Screen], tmp_path: Path) -> None:
    labels = {key for key, text in book()[scene_name].items() if isinstance(text, str)}
    seen = set(screen_of(scene_name, None).keys)
    if scene_name == "OptimizerRace":
        assert not seen & UNSETTLED
        (tmp_path / "short.toml").write_text("[race]\nlimit = 40\nshares = [0.001]\n")
        seen |= screen_of(scene_name, tmp_path / "short.toml").keys & UNSETTLED
    assert labels - seen == set()


def test_the_beats_of_the_words_are_those_of_the_scene_in_their_order(
    scene_name: str, screen_of: Callable[..., Screen]
) -> None:
    assert tuple(screen_of(scene_name, None).texts) == Words(scene_name, ARTICLE).beats


def test_every_shared_label_is_shown_somewhere() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in SCENES.rglob("*.py"))
    stages = {stage.name for stage in ARTICLE.stages}
    assert {key for key in book()["shared"] if f'"{key}"' not in sources} - stages == set()


def figures(written: str) -> set[str]:
    """The numbers in a text, powers of ten apart."""
    plain = re.sub(r"10#super\[[^]]*\]", "", written.replace(numbers.THIN_SPACE, ""))
    return set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", plain))


# What a scene chooses for itself, whatever the data, and shows: its constants, by name.
CHOSEN = {"ScaleShift": ["STRETCHED"]}  # how far the dial of gamma is turned to show what it does


# What follows from constants by a formula, for any data: how long the valley is at a chosen correlation.
FOLLOWS = {
    "Correlation": lambda module: map(ARTICLE.correlated_condition_number, module.TILTS),
    "VanishingGradient": lambda module: [ARTICLE.settings.exploding.weight_scale],  # a setting, the root of 2
}


YEARS = range(2015, 2027)  # of what the film cites


def tables(page: Mapping[str, Any]) -> Iterator[int]:
    """The whole numbers in the tables of a scene's words, such as a paper's year: what no data change."""
    for key, value in page.items():
        if isinstance(value, Mapping) and key != "beats":
            yield from tables(value)
        elif isinstance(value, int):
            yield value


def test_a_table_of_the_words_may_hold_years_but_no_number_that_the_lesson_computes(scene_name: str) -> None:
    typed = [number for number in tables(book()[scene_name]) if number not in YEARS]
    assert not [
        number for number in typed if found_in(str(number), least=3) or number in of_the_article().values()
    ]


def chosen(scene: str) -> set[str]:
    module = sys.modules[discover.load(discover.find(scene)).__module__]
    values = [getattr(module, name) for name in CHOSEN.get(scene, [])]
    values += FOLLOWS.get(scene, lambda _: [])(module)
    values += tables(book()[scene])
    return {f"{value:.{places}f}" for value in values for places in range(4)}


@pytest.fixture(scope="session")
def seed_7(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson with another seed; and another tolerance, for the bowl takes seven steps with either seed."""
    path = tmp_path_factory.mktemp("lessons") / "seed-7.toml"
    path.write_text("seed = 7\ntolerance = 1e-5\n")
    return path


def test_on_the_screen_no_number_of_the_article_s_survives_another_seed(
    scene_name: str, seed_7: Path, screen_of: Callable[..., Screen]
) -> None:
    article, other = screen_of(scene_name, None).texts, screen_of(scene_name, seed_7).texts
    assert article.keys() == other.keys()
    facts, others = of_the_article(), dict(computed(Lesson.from_toml(seed_7), slow=False))

    def rounds_alike(figure: str) -> bool:
        """One quantity that both write alike: such as the weight of B, which the recipe makes about 3."""
        pairs = [(value, others.get(name, np.nan)) for name, value in facts.items()]
        return any(all(is_typed(value, figure, digits(figure)) for value in pair) for pair in pairs)

    counts = {str(int(facts[name])) for name in SMALL if "steps" in name}
    counts -= {str(int(value)) for name, value in others.items() if "steps" in name or "count" in name}
    survivors, changes = {}, 0
    for beat in article:
        here, there = (
            {figure for text, _ in each[beat] for figure in figures(text)} for each in (article, other)
        )
        exact = {figure for figure in here & there if digits(figure) >= 3 and not rounds_alike(figure)}
        whole = {text for text, size in other[beat] if size >= HEADING and text in counts & here}
        survivors[beat] = (exact | whole) - chosen(scene_name)
        changes += len({figure for figure in here - there if digits(figure) >= 2})
    assert {beat: left for beat, left in survivors.items() if left} == {}
    assert changes, "no number on the screen has changed at all"


def test_the_bowl_s_seven_steps_would_be_noticed_if_they_were_typed(seed_7: Path) -> None:
    assert ARTICLE.standardized.steps == 7 != Lesson.from_toml(seed_7).standardized.steps
