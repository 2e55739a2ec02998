"""What was forgotten of a new optimizer, scene, language or theme: a sentence each, nothing is rendered.

English is the language in which the film is written: what it says, every other one has to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import scenes
from bnviz.errors import UserError
from bnviz.installation import install
from bnviz.run.discover import FOLDER, SceneSource, file_name
from bnviz.run.quiet import import_manim
from scenes.kit.cjk import has_cjk, needs_cjk
from scenes.kit.languages import ENGLISH, LANGUAGES, named
from scenes.kit.palettes import FILM, PALETTES, PRINT
from scenes.kit.script import variants
from scenes.kit.settings import Settings

SHARED, TALK, PLAY = ("symbols", "columns", "shared"), "Talk", "Play"
TOLD = ("alt", "figure")  # of a beat's still


def problems() -> list[str]:
    """Everything that a registered theme, optimizer, scene or language lacks; empty when all are whole."""
    found = [problem for name in PALETTES for problem in theme_problems(name)]
    found += _without_entry()
    try:
        cuts = {cut: [item.name for item in items] for cut, items in scenes.cuts().items()}
    except ValueError as error:
        return [*found, str(error)]
    for cut, names in cuts.items():
        found += scene_problems(cut, names)
    every = dict.fromkeys(name for names in cuts.values() for name in names)
    left_out = [name for name in every if name not in cuts[scenes.EVERYTHING]]
    found += [f"{scenes.CUTS}: the cut {scenes.EVERYTHING!r} lacks the scene {name}" for name in left_out]
    for code in LANGUAGES:
        found += language_problems(code, [*every, TALK, PLAY])
    return found


def require_complete(sources: Sequence[SceneSource], settings: Settings) -> None:
    """Refuse to begin with words or colors that are missing: a scene would fail, or a box be drawn.

    Raises:
        UserError: a sentence for each.
    """
    language = settings.language
    found = theme_problems(settings.theme) if settings.theme not in (FILM, PRINT) else []
    if language != ENGLISH.code:
        found += language_problems(language, [source.name for source in sources])
    found += column_problems(settings)
    if found:
        raise UserError("; ".join(found))


def theme_problems(name: str) -> list[str]:
    """What the palette ``name`` lacks."""
    import_manim()
    from scenes.kit import theme

    return theme.problems(name)


def scene_problems(cut: str, names: Iterable[str]) -> list[str]:
    """Scenes of a cut without a file, or without a word in English."""
    found, book = [], _book(ENGLISH.code)
    for name in names:
        if not (FOLDER / file_name(name)).is_file():
            found.append(f"the cut {cut!r} names the scene {name}, but there is no scenes/{file_name(name)}")
        if name not in book:
            found.append(f"words/en.toml has no section [{name}], a scene of the cut {cut!r}")
    return found


def language_problems(code: str, names: Iterable[str]) -> list[str]:
    """What the words of the language ``code`` lack for the scenes ``names``, and letters it cannot draw."""
    language, reference = named(code), _book(ENGLISH.code)
    try:
        book = _book(code)
    except ValueError as error:
        return [str(error)]
    wanted = [name for name in (*SHARED, *names) if name in reference]
    found = [
        sentence for name in wanted for sentence in _lacking(code, name, reference[name], book.get(name))
    ]

    from scenes.kit.lettering import fonts

    for name in (name for name in wanted if name in book):
        for entry, text in _drawn(name, book[name]):
            if reason := fonts.missing(text, language):
                found.append(f"words/{code}.toml {entry}: {reason}")
    return found


def column_problems(settings: Settings) -> list[str]:
    """Letters in the names and units of the lesson's columns that the language's fonts cannot draw."""
    from scenes.kit.lettering import fonts
    from scenes.kit.script import data_names

    language, labels = named(settings.language), settings.lesson.settings.labels
    found = [
        f"the data's column {text!r} cannot be drawn: {reason}; {_letters_for(text)}"
        for name in data_names.of_lesson(settings.lesson, language, _book(language.code)["columns"]).values()
        if isinstance(name, data_names.Name)
        for text in (name.text, name.unit)
        if (reason := fonts.missing(data_names.markup(text), language))
    ]
    for field in ("title", "subject", "source"):
        if reason := fonts.missing(data_names.markup(getattr(labels, field)), language):
            remedy = _letters_for(getattr(labels, field))
            found.append(f"the lesson's {field} cannot be drawn: {reason}; {remedy}")
    return found


def _letters_for(text: str) -> str:
    """What to do about letters that are in no font."""
    if needs_cjk(text) and not has_cjk():
        return f"Chinese, Japanese, Korean, Cyrillic and Greek letters come with: {install('fonts-cjk')}"
    return "call it otherwise in [names]"


def unsaid_names(settings: Settings) -> list[str]:
    """A sentence for each column's name that the voice cannot say; none for a film without a voice."""
    if not settings.voice:
        return []
    from scenes.kit.script import data_names

    return data_names.unsaid(settings.lesson, _book(settings.language)["columns"])


def _without_entry() -> Iterator[str]:
    for file in sorted((FOLDER / "words").glob("*.toml")):
        if file.stem not in LANGUAGES:
            yield f"words/{file.name} has no entry in scenes/kit/languages.py, so that nobody can ask for it"


def _lacking(code: str, place: str, wanted: Any, there: Any) -> Iterator[str]:
    """What ``there`` lacks of ``wanted``, the English words of the same place."""
    file = f"words/{code}.toml"
    match wanted:
        case _ if variants.is_entry(wanted) and there is not None:
            if not variants.is_entry(there):
                yield f"{file} needs a text, or texts under conditions, in {place}"
        case Mapping() if not isinstance(there, Mapping):
            yield f"{file} has no section [{place}]"
        case Mapping():
            for key in wanted:
                if key not in TOLD:  # without one, what is said stands for it
                    yield from _lacking(code, f"{place}.{key}", wanted[key], there.get(key))
            for key in there:
                if key not in wanted and key not in TOLD:
                    yield f"{file} has {place}.{key}, which words/en.toml has not"
        case _ if there is None:
            yield f"{file} has no {place}"
        case list() if not isinstance(there, list) or len(there) != len(wanted):
            yield f"{file} needs {len(wanted)} sentences in {place}, as many as words/en.toml has"


def _drawn(place: str, words: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts that are seen, not said or captioned, each with the name of its entry."""
    for key, value in words.items():
        if variants.is_entry(value) and key != "film":
            yield from ((f"{place}.{key}", text) for _, text in variants.texts(value))
        elif place == "symbols":
            yield f"{place}.{key}.screen", value["screen"]


def _book(code: str) -> Mapping[str, Any]:
    from scenes.kit.script import words

    return words.book(code)
