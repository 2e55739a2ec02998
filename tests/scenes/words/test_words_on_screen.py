"""What the words say is shown, and with another lesson other numbers are on the screen."""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import tempconfig

from bn_math import Lesson
from bn_math.networks.stack import ACTIVATIONS
from bnviz.run import discover
from scenes.kit import settings
from scenes.kit.lettering.counter import Counter
from scenes.kit.lettering.typography import HEADING, Lettering
from scenes.kit.script import numbers
from scenes.kit.script.words import Words
from scenes.pieces.trough.leaps import pace
from tests.scenes.shown import computed
from tests.scenes.words.book import ARTICLE, SCENES, book, digits, found_in, is_typed, of_the_article
from tests.scenes.words.test_words_typed import SMALL


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
        seen = {id(item): item for top in scene.mobjects for item in letterings(top) if is_visible(item)}
        self.texts[beat] = [
            (item._written, HEADING) if isinstance(item, Counter) else (item.markup, item.size)
            for item in seen.values()
        ]


@pytest.fixture(scope="session")
def screen_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path | None], Screen]:
    """Run a scene with a lesson; nothing is drawn or animated, and no scene runs twice."""
    folder = tmp_path_factory.getbasetemp() / "media"
    return functools.cache(lambda scene, lesson: Screen(scene, lesson, folder))


UNSETTLED = {"unsettled"}  # labels of optimizers that do not settle


def test_every_label_is_shown(scene_name: str, screen_of: Callable[..., Screen], tmp_path: Path) -> None:
    labels = {key for key, text in book()[scene_name].items() if isinstance(text, str)}
    seen = set(screen_of(scene_name, None).keys)
    if scene_name == "OptimizerRace":
        assert not seen & UNSETTLED
        (tmp_path / "short.toml").write_text("[race]\nlimit = 40\nshares = [0.001]\n", encoding="utf-8")
        seen |= screen_of(scene_name, tmp_path / "short.toml").keys & UNSETTLED
    assert labels - seen == set()


def test_the_beats_of_the_words_are_those_of_the_scene_in_their_order(
    scene_name: str, screen_of: Callable[..., Screen]
) -> None:
    assert tuple(screen_of(scene_name, None).texts) == Words(scene_name, ARTICLE).beats


def test_every_shared_label_is_shown_somewhere() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in SCENES.rglob("*.py"))
    stages = {stage.name for stage in ARTICLE.stages}
    shown = {key.removesuffix("_short") for key in book()["shared"]}  # a short form is chosen by its suffix
    assert {key for key in shown if f'"{key}"' not in sources} - stages == set()


def figures(written: str) -> set[str]:
    """The numbers in a text, powers of ten apart, and the width at which it is broken into lines."""
    plain = re.sub(r"10#super\[[^]]*\]|#box\(width: [^)]*\)", "", written.replace(numbers.THIN_SPACE, ""))
    return set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", plain))


# What a scene chooses for itself, whatever the data, and shows: its constants, by name.
CHOSEN: dict[str, list[str]] = {}


# What follows from constants by a formula, for any data: at what steps a count stands that does not reach its
# end, how a gradient grows in wide layers with batch norm.
FOLLOWS = {
    "Question": lambda module: range(int(pace(module.SEEN, 10**6)[-1])),
    "VanishingGradient": lambda module: [ACTIVATIONS["sigmoid"].normalized_growth],
}


TRAINED = {"WhyItWorks", "BetweenLayers", "RealNetwork"}
"""Scenes whose numbers are those of networks trained on the digits, which no seed of the lesson changes: they
are held against other networks, with another seed, and smaller, so that they are trained in seconds."""
OTHER_NETWORKS = """
[network]
seed = 7
width = 32
depth = 4
depths = [1, 12]
wall_depths = [1, 12]
seeds = 1
tuning_seeds = 1
limit = 300
epochs = 8
fixed_rows = 256
rates_per_decade = 2
"""
UNCHANGED = {"BatchSplit", "Downhill", "ScaleShift"}
"""Scenes whose only numbers count mini-batches, or stand along an axis; or that have none."""
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
    path.write_text("seed = 7\ntolerance = 1e-5\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def other_networks(seed_7: Path) -> Path:
    """The same, with other networks."""
    path = seed_7.with_name("other-networks.toml")
    path.write_text(seed_7.read_text(encoding="utf-8") + OTHER_NETWORKS, encoding="utf-8")
    return path


def numbers_gone(article: Screen, other: Screen, least: int) -> set[tuple[str, str]]:
    """Of every beat the numbers of at least so many digits that the one screen has and the other has not."""
    found = set()
    for beat in article.texts:
        here, there = ({f for text, _ in it.texts[beat] for f in figures(text)} for it in (article, other))
        found |= {(beat, figure) for figure in here - there if digits(figure) >= least}
    return found


def test_on_the_screen_no_number_of_the_article_s_survives_another_seed(
    scene_name: str, seed_7: Path, other_networks: Path, screen_of: Callable[..., Screen]
) -> None:
    lesson, least = (other_networks, 1) if scene_name in TRAINED else (seed_7, 2)
    screens = screen_of(scene_name, None), screen_of(scene_name, lesson)
    article, other = (screen.texts for screen in screens)
    assert article.keys() == other.keys()
    facts, others = of_the_article(), dict(computed(Lesson.from_toml(lesson), slow=False))

    def rounds_alike(figure: str) -> bool:
        """One quantity that both write alike: such as the weight of B, which the recipe makes about 3."""
        pairs = [(value, others.get(name, np.nan)) for name, value in facts.items()]
        return any(all(is_typed(value, figure, digits(figure)) for value in pair) for pair in pairs)

    counts = {str(int(facts[name])) for name in SMALL if "steps" in name}
    counts -= {str(int(value)) for name, value in others.items() if "steps" in name or "count" in name}
    survivors = {}
    for beat in article:
        here, there = (
            {figure for text, _ in item[beat] for figure in figures(text)} for item in (article, other)
        )
        exact = {figure for figure in here & there if digits(figure) >= 3 and not rounds_alike(figure)}
        whole = {text for text, size in other[beat] if size >= HEADING and text in counts & here}
        survivors[beat] = (exact | whole) - chosen(scene_name)
    assert {beat: left for beat, left in survivors.items() if left} == {}
    changed = numbers_gone(*screens, least)
    assert changed or scene_name in UNCHANGED, "no number on the screen has changed at all"


@pytest.mark.parametrize("scene", sorted(TRAINED))
def test_a_scene_that_does_not_follow_its_networks_would_be_noticed(
    scene: str, seed_7: Path, screen_of: Callable[..., Screen]
) -> None:
    assert numbers_gone(screen_of(scene, None), screen_of(scene, seed_7), 1) == set()  # the same networks


def test_the_bowl_s_seven_steps_would_be_noticed_if_they_were_typed(seed_7: Path) -> None:
    assert ARTICLE.standardized.steps == 7 != Lesson.from_toml(seed_7).standardized.steps
