"""What the page to play with is told of a lesson: its data and settings, its words and its colors.

Everything else the page computes itself, and the tests compare that with what the lesson computes.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from bnviz.errors import UserError
from bnviz.html.themes import page_themes
from bnviz.run.run_scene import manim_configured
from scenes.kit import languages
from scenes.kit.palettes import PALETTES
from scenes.kit.script.locales import decimal_mark

if TYPE_CHECKING:
    from bn_math import Lesson
    from scenes.kit.settings import Settings

SECTION = "Play"
OPTIMIZERS = ("gradient_descent", "heavy_ball", "nesterov", "adagrad", "rmsprop", "adam")
"""Those that the page can run, in the order in which it offers them."""
_IN_BRACES = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


@dataclass(frozen=True)
class PlayModel:
    """What the page starts with, as plain numbers and texts.

    Args:
        language: its code of two letters.
        decimal_mark: what stands before the decimals in it.
        words: the words file's section, by key; what stands in braces is filled in on the page.
        palettes: the colors of the light and the dark scheme, by role.
        data: the columns, ``features`` (2, n) and ``target`` (n,), and their names.
        settings: the lesson's own: start, tolerance, batch_size, batch_seed, eps, momentum, ddof; of its race
            the grid (``tries``), its limit, decay_steps, and each optimizer's own settings (``own``).
    """

    language: str
    decimal_mark: str
    words: dict[str, str]
    palettes: dict[str, dict[str, Any]]
    data: dict[str, Any]
    settings: dict[str, Any]

    def for_json(self) -> dict[str, Any]:
        """As what JSON can hold."""
        return asdict(self)


def model_of(settings: Settings) -> PlayModel:
    """What the page is told of the settings' lesson, in their language and theme.

    Raises:
        UserError: the language lacks a word that is needed.
    """
    lesson = settings.lesson
    light, dark = page_themes(settings.theme)
    return PlayModel(
        language=settings.language,
        decimal_mark=decimal_mark(settings.language),
        words=words_of(settings),
        palettes={"light": dict(PALETTES[light]), "dark": dict(PALETTES[dark])},
        data=_data(lesson),
        settings=_settings(lesson),
    )


def words_of(settings: Settings) -> dict[str, str]:
    """Every entry of the words file's section, as plain text; names in braces are left to the page.

    Raises:
        UserError: the language has no such section, or one of its texts asks for what there is not.
    """
    with manim_configured(settings):
        from scenes.kit.script.words import Words, book

        try:
            words = Words(SECTION, settings.lesson, settings.language)
            texts = book(languages.ENGLISH.code)[SECTION], book(settings.language)[SECTION]
            names = {name for page in texts for text in page.values() for name in _IN_BRACES.findall(text)}
            symbols = book(settings.language).get("symbols", {})
            left = {name: f"{{{name}}}" for name in names if name not in symbols}
            return {key: words.text(key, **left) for key in texts[0]}
        except KeyError as error:
            raise UserError(f"the words of the page to play with: {error.args[0]}") from error


def credits_of(settings: Settings) -> list[str]:
    """What the page is owed to: the article or the data's source, if there is one, and who has made it.

    Raises:
        UserError: the language lacks a word that is needed.
    """
    with manim_configured(settings):
        from scenes.kit.script.words import Words

        try:
            data = Words("Talk", settings.lesson, settings.language).script("credits")[0]
            made_by = Words(SECTION, settings.lesson, settings.language).text("made_by")
        except KeyError as error:
            raise UserError(f"the words of the page to play with: {error.args[0]}") from error
    return [data.caption, made_by] if data else [made_by]


def _data(lesson: Lesson) -> dict[str, Any]:
    data, labels = lesson.data, lesson.settings.labels
    return {
        "features": data.features.T.tolist(),
        "target": data.target.tolist(),
        "feature_names": [labels.name(name) for name in data.feature_names],
        "target_name": labels.name(data.target_name),
    }


def _settings(lesson: Lesson) -> dict[str, Any]:
    told, race = lesson.settings, lesson.settings.race
    own = {
        name: {
            field.name.removeprefix(f"{name}_"): getattr(race, field.name)
            for field in fields(race)
            if field.name.startswith(f"{name}_")
        }
        for name in OPTIMIZERS
    }
    return {
        "start": list(told.start),
        "tolerance": told.tolerance,
        "batch_size": told.batch_size,
        "batch_seed": told.batch_seed,
        "eps": told.eps,
        "momentum": told.momentum,
        "ddof": told.ddof,
        "tries": list(race.tries),
        "limit": race.limit,
        "decay_steps": race.decay_steps,
        "own": own,
    }
